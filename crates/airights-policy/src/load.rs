//! Finding the policy file and reading it from disk.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use airights::{Excerpt, Policy};
use airights_manifest::root_of;
use airights_store::most;

use super::deny_toml::parse_with_exceptions;
use super::problem::PolicyProblem;
use super::{GraphTable, LoadedPolicy, parse};

/// Where to look for a policy.
#[derive(Clone, Debug, Default)]
pub struct PolicyOptions {
    /// `--policy`: the file to read. That of cargo-deny is read as such.
    pub path: Option<PathBuf>,
    /// The workspace root, or the current directory: where `airights.toml` and `deny.toml` are looked for.
    pub root: PathBuf,
}

/// Where a policy is looked for in a directory, best first. cargo-deny looks for its own in these three places.
const PLACES: &[(&str, Kind)] = &[
    ("airights.toml", Kind::Own),
    (".cargo/airights.toml", Kind::Own),
    ("deny.toml", Kind::OfCargoDeny),
    (".deny.toml", Kind::OfCargoDeny),
    (".cargo/deny.toml", Kind::OfCargoDeny),
];

/// Whose format a file is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Own,
    OfCargoDeny,
}

impl Kind {
    /// The kind of a file that was named: that of cargo-deny is called so, or has tables that only it has.
    fn of(name: &str, text: &str) -> Self {
        const ONLY_OF_CARGO_DENY: [&str; 4] = ["advisories", "bans", "sources", "output"];
        let has_its_tables = || {
            let table = text.parse::<toml::Table>();
            table.is_ok_and(|table| ONLY_OF_CARGO_DENY.iter().any(|key| table.contains_key(*key)))
        };
        if name.ends_with("deny.toml") || has_its_tables() {
            Self::OfCargoDeny
        } else {
            Self::Own
        }
    }
}

/// Where a policy may be in a directory, best first.
pub fn policy_names() -> impl Iterator<Item = &'static str> {
    PLACES.iter().map(|(name, _)| *name)
}

/// A directory and those above it, up to the root of the repository.
fn within_repository(root: &Path) -> impl Iterator<Item = &Path> {
    let top = root_of(root, root);
    let is_within = move |directory: &&Path| top.as_ref().is_some_and(|top| directory.starts_with(top));
    root.ancestors().take_while(is_within)
}

/// Loads the policy: the file that was asked for; otherwise the `airights.toml` of the root, or of the nearest directory
/// above it in its repository; otherwise the `[licenses]` of its `deny.toml`; otherwise [`Policy::built_in`].
///
/// # Errors
///
/// Every problem there is, where at least one is an error: the file cannot be read, or something in it is wrong.
pub fn load(options: &PolicyOptions) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    if let Some(found) = PolicyLocation::find(options) {
        return found.load();
    }
    Ok(LoadedPolicy {
        policy: Policy::built_in(),
        graph: GraphTable::default(),
        problems: Vec::new(),
    })
}

/// Where the policy of a project is. Nothing of it has been read.
#[derive(Clone, Debug)]
pub struct PolicyLocation {
    /// Where the search began.
    root: PathBuf,
    /// The file.
    path: PathBuf,
    /// What reports call it.
    shown: String,
    /// Where the names of files start that it extends.
    folder: PathBuf,
    /// `None`: it says so itself.
    kind: Option<Kind>,
}

impl PolicyLocation {
    /// The file that [`load`] reads; `None` where the built-in policy judges.
    pub fn find(options: &PolicyOptions) -> Option<Self> {
        match &options.path {
            Some(path) => Some(Self {
                root: options.root.clone(),
                path: path.clone(),
                shown: with_slashes(path),
                folder: PathBuf::new(),
                kind: None,
            }),
            None => Self::find_in(&options.root, |_| true),
        }
    }

    /// The configuration of cargo-deny, where that is what judges, or would without the `airights.toml` beside it.
    pub fn find_of_cargo_deny(root: &Path, without_own: bool) -> Option<Self> {
        let found = Self::find_in(root, |kind| !without_own || kind == Kind::OfCargoDeny);
        found.filter(|found| found.kind == Some(Kind::OfCargoDeny))
    }

    /// Where a policy of one's own would be in a directory that has none.
    pub fn new_in(root: &Path) -> Self {
        let (name, kind) = PLACES[0];
        Self {
            root: root.to_owned(),
            path: root.join(name),
            shown: name.to_owned(),
            folder: root.to_owned(),
            kind: Some(kind),
        }
    }

    /// The nearest directory above `root`, itself included, that has a policy of a wanted kind, and the best of these there.
    fn find_in(root: &Path, is_wanted: impl Fn(Kind) -> bool) -> Option<Self> {
        let best_in = |directory: &Path| {
            let mut wanted = PLACES.iter().filter(|(_, kind)| is_wanted(*kind));
            wanted.find(|(name, _)| exists(&directory.join(name)))
        };
        let found = within_repository(root).enumerate().find_map(|(height, directory)| {
            let (name, kind) = best_in(directory)?;
            Some((height, directory.join(name), *name, *kind))
        });
        let (height, path, name, kind) = found?;
        Some(Self {
            root: root.to_owned(),
            path,
            shown: "../".repeat(height) + name,
            folder: root.to_owned(),
            kind: Some(kind),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What reports call it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether a text in this place is read as a configuration of cargo-deny.
    pub fn is_of_cargo_deny(&self, text: &str) -> bool {
        self.kind.unwrap_or_else(|| Kind::of(&self.shown, text)) == Kind::OfCargoDeny
    }

    /// Loads it.
    ///
    /// # Errors
    ///
    /// Every problem there is, where at least one is an error.
    pub fn load(&self) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
        let name = &self.shown;
        let bytes = read_bytes(&self.path).map_err(|reason| {
            let problem = PolicyProblem::error(format!("failed to read policy `{name}`")).cause(reason);
            let help = "see that it is a file you may read, or name another with `--policy`";
            vec![problem.help(help.to_owned()).at(Excerpt::whole_file(name))]
        })?;
        let text = String::from_utf8(bytes).map_err(|error| vec![not_utf8(name, &error)])?;
        self.load_as(&text)
    }

    /// Loads it as if this stood in it.
    ///
    /// # Errors
    ///
    /// Every problem there is, where at least one is an error.
    pub fn load_as(&self, text: &str) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
        if self.is_of_cargo_deny(text) {
            let (exceptions, problems) = exceptions_for(&self.path, &self.root);
            let exceptions = exceptions.as_ref().map(|(name, text)| (name.as_str(), text.as_str()));
            let mut loaded = parse_with_exceptions(&self.shown, text, exceptions)?;
            loaded.problems.extend(problems);
            return Ok(loaded);
        }
        parse(&self.shown, text, &mut |path| read_text(&self.folder.join(path)))
    }
}

/// The exceptions that cargo-deny reads in addition, by name and text, and what is wrong with them: beside its own file, or
/// where it looks for that one.
fn exceptions_for(policy: &Path, root: &Path) -> (Option<(String, String)>, Vec<PolicyProblem>) {
    const NAMES: [&str; 3] = [
        "deny.exceptions.toml",
        ".deny.exceptions.toml",
        ".cargo/deny.exceptions.toml",
    ];
    let beside = policy.parent().into_iter().map(|folder| (folder, String::new()));
    let above = (0..).map(|height| "../".repeat(height));
    let folders = beside.chain(within_repository(root).zip(above));
    let mut files = folders.flat_map(|(folder, shown)| NAMES.map(|name| (folder.join(name), format!("{shown}{name}"))));
    let Some((path, name)) = files.find(|(path, _)| exists(path)) else {
        return (None, Vec::new());
    };
    match read_text(&path) {
        Ok(text) => (Some((name, text)), Vec::new()),
        Err(reason) => {
            let problem = PolicyProblem::warning(format!("the exceptions of `{name}` are left out")).cause(reason);
            (None, vec![problem.at(Excerpt::whole_file(&name))])
        }
    }
}

/// Whether there is something by that name, be it readable or not: a policy that cannot be read must not be passed
/// over for a milder one.
pub(super) fn exists(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound)
}

fn read_text(path: &Path) -> Result<String, String> {
    String::from_utf8(read_bytes(path)?).map_err(|error| format!("it is not UTF-8 ({})", error.utf8_error()))
}

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let in_words = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::FileTooLarge => format!("it is larger than {} MiB", most::CONFIGURATION >> 20),
        _ => error.to_string(),
    };
    airights_store::read(path, most::CONFIGURATION).map_err(in_words)
}

pub(super) fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> PolicyProblem {
    let start = error.utf8_error().valid_up_to();
    // What precedes the bad byte is valid, so it stands at the same place in the repaired text.
    let repaired = String::from_utf8_lossy(error.as_bytes());
    let end = start + char::REPLACEMENT_CHARACTER.len_utf8();
    PolicyProblem::error(format!("`{name}` is not UTF-8"))
        .label("this byte belongs to no character")
        .help("save the file as UTF-8".to_owned())
        .at(Excerpt::of(name, &repaired, start..end))
}

pub(super) fn with_slashes(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if cfg!(windows) {
        shown.replace('\\', "/")
    } else {
        shown.into_owned()
    }
}
