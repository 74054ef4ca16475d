//! A git revision of the workspace, read through the user's own git.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tracing::debug;

use crate::commands::failure::Failure;

/// A revision.
pub(super) struct Revision {
    /// The root of the workspace in the working tree.
    root: PathBuf,
    /// What the user calls it.
    pub(super) name: String,
    /// What it means: the hash of a commit.
    commit: String,
}

impl Revision {
    /// Looks a revision up in the repository around a workspace.
    pub(super) fn find(root: &Path, name: &str) -> Result<Self, Failure> {
        let question = format!("{name}^{{commit}}");
        // Whatever the name begins with, it is no option.
        let found = git(
            root,
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &question],
        )?;
        if !found.status.success() {
            return Err(not_found(root, name)?);
        }
        Ok(Self {
            root: root.to_owned(),
            name: name.to_owned(),
            commit: String::from_utf8_lossy(&found.stdout).trim().to_owned(),
        })
    }

    /// A file of the revision, by its path from the root of the workspace; `None` where it has none there.
    pub(super) fn file(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        let place = format!("{}:./{path}", self.commit);
        let blob = git(&self.root, &["cat-file", "blob", &place])?;
        Ok(blob.status.success().then_some(blob.stdout))
    }
}

impl Revision {
    /// The files of the revision, by their path from the top of the repository.
    pub(super) fn tree(&self) -> Result<BTreeMap<String, Entry>, Failure> {
        let listed = git(&self.root, &["ls-tree", "-r", "-z", "--full-tree", &self.commit])?;
        if !listed.status.success() {
            return Err(self.unreadable(&listed.stderr));
        }
        let text = String::from_utf8_lossy(&listed.stdout);
        let entries = text.split('\0').filter_map(|line| {
            let (about, path) = line.split_once('\t')?;
            let mut words = about.split(' ');
            let (mode, kind, object) = (words.next()?, words.next()?, words.next()?);
            let entry = Entry {
                is_link: mode == "120000",
                object: object.to_owned(),
            };
            (kind == "blob").then(|| (path.to_owned(), entry))
        });
        Ok(entries.collect())
    }

    /// The bytes of several files, in their order.
    pub(super) fn contents(&self, entries: &[&Entry]) -> Result<Vec<Vec<u8>>, Failure> {
        let mut command = command(&self.root, &["cat-file", "--batch"]);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(not_run)?;
        let questions: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let read = std::thread::scope(|scope| {
            // Git answers while it is asked, and would wait for somebody to take the answers.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(questions.as_bytes())));
            let mut answers = BufReader::new(stdout?);
            entries.iter().map(|_| answer(&mut answers)).collect::<Option<Vec<_>>>()
        });
        // Whoever has read what it wanted does not care how the rest ends.
        let _ = child.kill();
        let _ = child.wait();
        read.ok_or_else(|| self.unreadable(b""))
    }

    fn unreadable(&self, words: &[u8]) -> Failure {
        let words = match String::from_utf8_lossy(words).trim() {
            "" => "git does not have all of its files".to_owned(),
            words => words.to_owned(),
        };
        Failure::new(
            format!("the revision `{}` cannot be read", self.name),
            Some("`git fetch` may bring what is missing".to_owned()),
        )
        .because_of(words)
    }
}

/// A file of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Whether it is a symbolic link, whose content is where it leads.
    pub(super) is_link: bool,
    object: String,
}

/// One answer of `git cat-file --batch`: a line that ends in the size, the bytes, and a line end.
fn answer(answers: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut heading = String::new();
    answers.read_line(&mut heading).ok()?;
    let size: usize = heading.trim_end().rsplit(' ').next()?.parse().ok()?;
    let mut bytes = Vec::new();
    answers.take(size as u64).read_to_end(&mut bytes).ok()?;
    let mut end = [0];
    answers.read_exact(&mut end).ok()?;
    (bytes.len() == size).then_some(bytes)
}

/// The directory that holds the repository's working tree, without links.
pub(super) fn top(root: &Path) -> Option<PathBuf> {
    let found = git(root, &["rev-parse", "--show-toplevel"]).ok()?;
    let path = String::from_utf8(found.stdout).ok()?;
    Path::new(path.trim_end_matches(['\n', '\r'])).canonicalize().ok()
}

fn not_found(root: &Path, name: &str) -> Result<Failure, Failure> {
    let inside = git(root, &["rev-parse", "--is-inside-work-tree"])?;
    if inside.status.success() {
        return Ok(Failure::new(
            format!("git knows no revision `{name}`"),
            Some("`git fetch` may bring it, or name another with `--base`".to_owned()),
        ));
    }
    let words = String::from_utf8_lossy(&inside.stderr);
    let hint = || Some("compare lockfiles instead: `cargo airights diff OLD.lock NEW.lock`".to_owned());
    if words.contains("not a git repository") {
        let message = format!("`{}` is in no git repository", root.display());
        return Ok(Failure::new(message, hint()));
    }
    let message = format!("git refuses to look into `{}`", root.display());
    Ok(Failure::new(message, hint()).because_of(words.trim()))
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, Failure> {
    let mut git = command(root, arguments);
    git.stdin(Stdio::null()).output().map_err(not_run)
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    // Its words are matched, and so they have to be those it was written with.
    git.args(arguments).current_dir(root).env("LC_ALL", "C");
    debug!(?arguments, "running git");
    git
}

fn not_run(error: io::Error) -> Failure {
    let failure = Failure::new(
        "git cannot be run",
        Some("compare lockfiles instead: `cargo airights diff OLD.lock NEW.lock`".to_owned()),
    );
    match error.kind() {
        io::ErrorKind::NotFound => failure.because_of("it is not installed, or not on the `PATH`"),
        _ => failure.because(error),
    }
}
