//! Trials: cases that show what users meet, kept beside this repository. Those that pass are listed here, so that none of
//! them is lost again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, ensure};
use clap::Args;

/// What passes.
const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/trials-that-pass.txt");
/// What stands above it.
const HEADER: &str =
    "# Trials that pass, by name; CI fails where one of them does not. Made by `cargo xtask trials --write`.\n";

/// Which trials, of which program.
#[derive(Debug, Args)]
pub(crate) struct TrialsArgs {
    /// The directory of the trials, with their `run`
    trials: PathBuf,
    /// The cargo-airights to try
    tool: PathBuf,
    /// Add what passes to the list, and take off it what is gone
    #[arg(long)]
    write: bool,
}

/// How the trials ended: each name with the line that says so.
#[derive(Debug, Default)]
struct Ended {
    passed: BTreeSet<String>,
    failed: BTreeMap<String, String>,
}

/// Whether every trial passes that is listed.
pub(crate) fn run(args: &TrialsArgs) -> anyhow::Result<bool> {
    let listed = names(&fs::read_to_string(LIST).context("cannot read the list of trials that pass")?);
    let ended = ended(&args.trials, &args.tool)?;
    if args.write {
        fs::write(LIST, list(&listed, &ended)).context("cannot write the list of trials that pass")?;
    }
    let is_broken = |name: &String| !args.write && listed.contains(name);
    let broken: Vec<&String> = ended.failed.keys().filter(|name| is_broken(name)).collect();
    for name in &broken {
        println!("{}", ended.failed[*name]);
    }
    let (passed, failed) = (ended.passed.len(), ended.failed.len());
    println!(
        "{passed} trials passed, {failed} failed, of which {} are listed as passing",
        broken.len()
    );
    Ok(broken.is_empty())
}

/// Runs the trials, on a copy that they may write to: wherever they lie, they may be read-only.
fn ended(trials: &Path, tool: &Path) -> anyhow::Result<Ended> {
    let place = tempfile::tempdir().context("cannot make a temporary directory")?;
    copy(trials, place.path()).context("cannot copy the trials")?;
    let mut command = Command::new(place.path().join("run"));
    let output = command.arg("--tool").arg(tool).arg("--verbose").output();
    let output = output.with_context(|| format!("cannot run `{}`", command.get_program().display()))?;
    let ended = read(&String::from_utf8_lossy(&output.stdout));
    // Trials of which none passes were not tried.
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(!ended.passed.is_empty(), "no trial passed: {}", words.trim());
    Ok(ended)
}

/// Copies a directory, each file as executable as it was.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, place) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &place)?;
        } else if path.exists() {
            fs::copy(&path, &place)?;
            #[cfg(unix)]
            fs::set_permissions(&place, writable(&fs::metadata(&path)?.permissions()))?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn writable(permissions: &fs::Permissions) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    fs::Permissions::from_mode(permissions.mode() | 0o200)
}

/// What is printed of each trial: `passed NAME`, or `failed NAME` and why.
fn read(printed: &str) -> Ended {
    let mut ended = Ended::default();
    for line in printed.lines() {
        let mut words = line.split(' ');
        match (words.next(), words.next()) {
            (Some("passed"), Some(name)) => {
                ended.passed.insert(name.to_owned());
            }
            (Some("failed"), Some(name)) => {
                ended.failed.insert(name.to_owned(), line.to_owned());
            }
            _ => {}
        }
    }
    ended
}

fn names(list: &str) -> BTreeSet<String> {
    let names = list.lines().map(str::trim);
    let names = names.filter(|line| !line.is_empty() && !line.starts_with('#'));
    names.map(str::to_owned).collect()
}

/// The list with what passes, and without what fails. What was not tried stays.
fn list(listed: &BTreeSet<String>, ended: &Ended) -> String {
    let kept = listed.iter().filter(|name| !ended.failed.contains_key(*name));
    let names: BTreeSet<&String> = ended.passed.iter().chain(kept).collect();
    names
        .into_iter()
        .fold(HEADER.to_owned(), |list, name| list + name + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_follows_what_was_tried() {
        let ended =
            read("passed one\nfailed two [cli] exit 1\nnot tried three\npassed four as well\n3 passed, 1 failed\n");
        let listed = names("# a heading\n\ntwo\n three\n");
        assert_eq!(list(&listed, &ended), format!("{HEADER}four\none\nthree\n"));
        assert_eq!(ended.failed["two"], "failed two [cli] exit 1");
    }
}
