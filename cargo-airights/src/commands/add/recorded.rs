//! `--force`: exceptions for what is denied anew, as narrow as can be, and the policy they are written into.

use std::path::{Path, PathBuf};

use airights::facts::Gathered;
use airights::{PackageIx, Policy};
use airights_session::JudgedCopy;
use airights_session::Project;
use airights_ways::exception::{Allowances, entry, narrowest};
use toml_edit::{ArrayOfTables, DocumentMut, Item, TomlError, value};

use crate::cli::AddArgs;
use crate::commands::failure::Failure;
use crate::commands::project::policy_place;
use crate::console::Console;

/// Exceptions, and the policy with them.
pub(super) struct Recorded {
    /// What each is for, as `NAME VERSION`.
    exceptions: Vec<String>,
    /// Whether there is one for all that is denied anew.
    covers_all: bool,
    path: PathBuf,
    text: String,
}

impl Recorded {
    /// Whether nothing is denied anew any more.
    pub(super) const fn covers_all(&self) -> bool {
        self.covers_all
    }

    /// What the exceptions are for.
    pub(super) fn exceptions(&self) -> &[String] {
        &self.exceptions
    }

    /// The policy's file, and what it is to be; `None` where it stays as it is.
    pub(super) fn file(&self) -> Option<(&Path, &str)> {
        (!self.exceptions.is_empty()).then_some((&self.path, &self.text))
    }
}

/// Works the exceptions out. Nothing is written here.
pub(super) fn record(
    args: &AddArgs,
    project: &Project,
    after: &JudgedCopy,
    anew: &[PackageIx],
    console: &Console,
) -> Result<Recorded, Failure> {
    let path = policy_place(&args.project(), console);
    let mut recorded = Recorded {
        exceptions: Vec::new(),
        covers_all: true,
        text: String::new(),
        path,
    };
    if anew.is_empty() {
        return Ok(recorded);
    }
    let mut document = policy_at(&recorded.path)?;
    for &place in anew {
        let package = after.resolved.graph.package(place);
        let Some(allowances) = allowances(&project.policy, after, place) else {
            recorded.covers_all = false;
            continue;
        };
        let text = entry(package, &allowances);
        add(&mut document, &text, args.reason.as_deref().unwrap_or_default())?;
        recorded.exceptions.push(package.to_string());
    }
    recorded.text = document.to_string();
    Ok(recorded)
}

fn allowances(policy: &Policy, after: &JudgedCopy, place: PackageIx) -> Option<Allowances> {
    let mut judgements = after.evaluation.judgements.iter();
    let judgement = judgements.find(|judgement| judgement.package == place)?;
    match after.facts.get(place)? {
        Gathered::Facts(facts) => narrowest(policy, after.resolved.graph.package(place), judgement, facts),
        Gathered::Not(_) => None,
    }
}

/// The policy that is there, or the beginning of one.
fn policy_at(path: &Path) -> Result<DocumentMut, Failure> {
    let shown = path.display();
    let is_deny_toml = path.file_name().is_some_and(|name| name == "deny.toml");
    if is_deny_toml || (!path.exists() && path.with_file_name("deny.toml").exists()) {
        return Err(Failure::new(
            "a `deny.toml` has no place for an exception of ours",
            Some("write an `airights.toml` first; `cargo airights init` makes one".to_owned()),
        ));
    }
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "version = 1\n".to_owned(),
        Err(error) => return Err(Failure::new(format!("cannot read `{shown}`"), None).because(error)),
    };
    let document: Result<DocumentMut, TomlError> = text.parse();
    document.map_err(|error| Failure::new(format!("`{shown}` cannot be edited"), None).because(error))
}

fn add(policy: &mut DocumentMut, entry: &str, reason: &str) -> Result<(), Failure> {
    let not_edited = || {
        Failure::new(
            "the policy's `exceptions` cannot be added to",
            Some("write them as `[[exceptions]]`".to_owned()),
        )
    };
    let entry: DocumentMut = entry.parse().map_err(|_| not_edited())?;
    let table = entry.get("exceptions").and_then(Item::as_array_of_tables);
    let mut table = table.and_then(|tables| tables.get(0)).ok_or_else(not_edited)?.clone();
    table.insert("reason", value(reason));
    table.decor_mut().set_prefix("\n");
    // Its place among the tables is that of the document it comes from.
    table.set_position(None);
    let exceptions = policy
        .entry("exceptions")
        .or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    exceptions.as_array_of_tables_mut().ok_or_else(not_edited)?.push(table);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy: &str, after: &str) {
        let mut document: DocumentMut = policy.parse().unwrap();
        let entry = "[[exceptions]]\ncrate = \"a@1.0.0\"\nlicenses = [\"ISC\"]\n";
        add(&mut document, entry, "said \"legal\"").unwrap();
        assert_eq!(document.to_string(), after);
    }

    #[test]
    fn an_exception_is_added_and_comments_stay() {
        let ours = "\n[[exceptions]]\ncrate = \"a@1.0.0\"\nlicenses = [\"ISC\"]\nreason = 'said \"legal\"'\n";
        check("version = 1\n", &format!("version = 1\n{ours}"));
        let before = "version = 1 # first\n\n[[exceptions]] # theirs\ncrate = \"b\"\nreason = \"x\"\n\n# the uses\n[ai]\ntrain-ai = \"respect\"\n";
        let mut document: DocumentMut = before.parse().unwrap();
        add(&mut document, "[[exceptions]]\ncrate = \"a@1.0.0\"\n", "y").unwrap();
        let after = document.to_string();
        assert!(after.contains("[[exceptions]] # theirs\ncrate = \"b\""), "{after}");
        assert!(after.contains("# the uses\n[ai]"), "{after}");
        assert_eq!(
            after.parse::<DocumentMut>().unwrap()["exceptions"]
                .as_array_of_tables()
                .unwrap()
                .len(),
            2
        );
    }

    #[test]
    fn exceptions_written_in_another_way_are_left_alone() {
        let mut document: DocumentMut = "version = 1\nexceptions = []\n".parse().unwrap();
        assert!(add(&mut document, "[[exceptions]]\ncrate = \"a\"\n", "y").is_err());
    }
}
