//! The project's own policy as a file that entries are written into. Comments and layout stay as they are.

use std::io::ErrorKind;
use std::path::Path;

use airights::facts::Excerpt;
use airights_policy::{LoadedPolicy, PolicyLocation};
use airights_report::diagnostic::{Diagnostic, Severity};
use airights_store::Undo;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, TomlError, Value};

use super::failure::Failure;
use super::project::session_options;
use crate::cli::ProjectArgs;
use crate::console::Console;

/// The file of a policy, and what is to stand in it.
pub(super) struct PolicyFile {
    location: PolicyLocation,
    text: String,
}

impl PolicyFile {
    /// The policy that judges, or the beginning of one, which judges as the built-in policy does. `to_paste` is what its
    /// author may write where the file belongs to cargo-deny.
    pub(super) fn open(args: &ProjectArgs, to_paste: Option<&str>, console: &Console) -> Result<Self, Failure> {
        let location = session_options(args, console).policy_location();
        let text = match std::fs::read_to_string(location.path()) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => "version = 1\n".to_owned(),
            Err(error) => {
                return Err(Failure::new(format!("cannot read `{}`", location.shown()), None).because(error));
            }
        };
        if location.is_of_cargo_deny(&text) {
            return Err(of_cargo_deny(location.shown(), to_paste));
        }
        Ok(Self { location, text })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.location.path()
    }

    /// What reports call it.
    pub(super) fn shown(&self) -> &str {
        self.location.shown()
    }

    /// What is to stand in it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Which of the entries that a policy has in a list stand in this very file, by their places: `extends` brings others.
    /// Of each its number in the policy; they stand in the order of the file.
    pub(super) fn own<'p>(&self, places: impl Iterator<Item = Option<&'p Excerpt>>) -> Vec<usize> {
        let is_own = |place: Option<&Excerpt>| place.is_some_and(|place| place.path == self.shown());
        let own = places.enumerate().filter(|(_, place)| is_own(*place));
        own.map(|(number, _)| number).collect()
    }

    /// Writes an entry behind the others of its kind, or at the end of the file.
    pub(super) fn add(&mut self, entry: &str) -> Result<(), Failure> {
        let (key, table) = parsed(entry)?;
        let mut document = self.document()?;
        match document.get_mut(&key) {
            None => {
                let text = self.text.trim_end();
                let gap = if text.is_empty() { "" } else { "\n\n" };
                self.text = format!("{text}{gap}{entry}\n");
                return Ok(());
            }
            Some(Item::ArrayOfTables(tables)) => {
                let mut table = table;
                table.decor_mut().set_prefix("\n");
                tables.push(table);
            }
            Some(Item::Value(Value::Array(array))) => push(array, inline(table)),
            Some(_) => return Err(self.not_edited()),
        }
        self.text = document.to_string();
        Ok(())
    }

    /// Has an entry say what this one says. Of the keys that it has and this one has not, these stay.
    pub(super) fn replace(&mut self, number: usize, entry: &str, kept: &[&str]) -> Result<(), Failure> {
        let (key, table) = parsed(entry)?;
        let mut document = self.document()?;
        let old: Option<&mut dyn TableLike> = match document.get_mut(&key) {
            Some(Item::ArrayOfTables(tables)) => tables.get_mut(number).map(|table| table as &mut dyn TableLike),
            Some(Item::Value(Value::Array(array))) => {
                let value = array.get_mut(number).and_then(Value::as_inline_table_mut);
                value.map(|table| table as &mut dyn TableLike)
            }
            _ => None,
        };
        let Some(old) = old else {
            return Err(self.not_edited());
        };
        let spare: Vec<String> = old.iter().map(|(key, _)| key.to_owned()).collect();
        for key in spare {
            if !table.contains_key(&key) && !kept.contains(&key.as_str()) {
                old.remove(&key);
            }
        }
        for (key, value) in table {
            old.insert(&key, value);
        }
        self.text = document.to_string();
        Ok(())
    }

    /// The policy that it makes.
    pub(super) fn load(&self) -> Result<LoadedPolicy, Failure> {
        Ok(self.location.load_as(&self.text)?)
    }

    /// Puts it in the place of the user's.
    pub(super) fn write(&self) -> Result<(), Failure> {
        Undo::replace(&[(self.path(), Some(self.text()))], self.path())?.forget();
        Ok(())
    }

    fn document(&self) -> Result<DocumentMut, Failure> {
        let document: Result<DocumentMut, TomlError> = self.text.parse();
        document.map_err(|error| Failure::new(format!("`{}` cannot be edited", self.shown()), None).because(error))
    }

    fn not_edited(&self) -> Failure {
        let hint = "write its exceptions as `[[exceptions]]`, its clarifications as `[[clarify]]`";
        Failure::new(
            format!("the entries of `{}` cannot be edited", self.shown()),
            Some(hint.to_owned()),
        )
    }
}

/// The key of an entry, and what it says.
fn parsed(entry: &str) -> Result<(String, Table), Failure> {
    let document: Result<DocumentMut, TomlError> = entry.parse();
    let document =
        document.map_err(|error| Failure::new("the entry cannot be written as TOML", None).because(error))?;
    let first = document.iter().find_map(|(key, item)| {
        let table = item.as_array_of_tables()?.get(0)?.clone();
        Some((key.to_owned(), table))
    });
    let (key, mut table) = first.ok_or_else(|| Failure::new("the entry is empty", None))?;
    // Its place among the tables is that of the document it comes from.
    table.set_position(None);
    Ok((key, table))
}

/// Adds to a list, laid out as what is there. A comment behind the last one stays behind it.
fn push(array: &mut Array, entry: InlineTable) {
    let last = array.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let before = last.unwrap_or_default().to_owned();
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    let (comment, end) = trailing.split_at(trailing.rfind('\n').unwrap_or_default());
    let mut value = Value::InlineTable(entry);
    value.decor_mut().set_prefix(format!("{comment}{before}"));
    array.push_formatted(value);
    array.set_trailing(end);
}

/// The same in one line: what of it had a line of its own has none there.
fn inline(table: Table) -> InlineTable {
    let mut inline = table.into_inline_table();
    for (mut key, value) in inline.iter_mut() {
        key.fmt();
        if let Some(list) = value.as_array_mut() {
            list.fmt();
        }
        value.decor_mut().clear();
    }
    inline.fmt();
    inline
}

fn of_cargo_deny(shown: &str, to_paste: Option<&str>) -> Failure {
    let message = format!("`{shown}` is the configuration of cargo-deny, which is left as it is");
    let hint = "`cargo airights init` makes an `airights.toml` of it, which can hold the entry";
    let notes = to_paste.map(|entry| format!("to allow it there, add:\n{entry}"));
    Failure::of(vec![Diagnostic {
        notes: notes.into_iter().collect(),
        help: Some(hint.to_owned()),
        ..Diagnostic::new(Severity::Error, message)
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "[[exceptions]]\ncrate = \"a@1.0.0\"\nlicenses = [\"ISC\"]\nreason = \"said \\\"legal\\\"\"";

    fn file(text: &str) -> PolicyFile {
        PolicyFile {
            location: PolicyLocation::new_in(Path::new("")),
            text: text.to_owned(),
        }
    }

    #[track_caller]
    fn added(before: &str) -> String {
        let mut file = file(before);
        file.add(ENTRY).unwrap();
        file.load().unwrap();
        file.text
    }

    #[test]
    fn an_entry_is_added_and_all_else_stays_as_it_is() {
        for before in [
            "version = 1",
            "version = 1\n",
            "# mine\nversion = 1 # first\n\n[ai]\ntrain-ai   =   \"ignore\"\n\n# for later:\n# [[exceptions]]\n",
            "version = 1\n[[exceptions]] # theirs\ncrate = 'b'\nlicenses=['ISC']\nreason = \"x\"\n",
        ] {
            assert_eq!(added(before), format!("{}\n\n{ENTRY}\n", before.trim_end()));
        }
    }

    #[test]
    fn it_stands_behind_the_others_of_its_kind() {
        let others = "version = 1\n\n[[exceptions]] # theirs\ncrate = \"b\"\nlicenses = [\"ISC\"]\nreason = \"x\"\n";
        let behind = "\n# the uses\n[ai]\ntrain-ai = \"respect\"\n";
        assert_eq!(
            added(&format!("{others}{behind}")),
            format!("{others}\n{ENTRY}\n{behind}")
        );
    }

    #[test]
    fn a_list_of_entries_gets_one_more() {
        let line = "{ crate = \"a@1.0.0\", licenses = [\"ISC\"], reason = \"said \\\"legal\\\"\" }";
        let theirs = "{ crate = \"b\", licenses = [\"ISC\"], reason = \"x\" }";
        for (before, after) in [
            (
                "version = 1\nexceptions = []\n",
                format!("version = 1\nexceptions = [{line}]\n"),
            ),
            (
                &format!("version = 1\nexceptions = [{theirs}] # two\n"),
                format!("version = 1\nexceptions = [{theirs},{line}] # two\n"),
            ),
            (
                &format!("version = 1\nexceptions = [\n    {theirs}, # one\n]\n"),
                format!("version = 1\nexceptions = [\n    {theirs}, # one\n    {line},\n]\n"),
            ),
        ] {
            assert_eq!(added(before), after);
        }
    }

    #[test]
    fn an_entry_is_replaced_where_it_stands() {
        let before = "version = 1\n\n# ours\n[[exceptions]]\ncrate = \"b\"\nlicenses = [\"MIT\"] # then\nreason = \"x\"\n\n\
                      # theirs\n[[exceptions]]\nowner = \"legal\" # ask\ncrate = \"a@1.0.0\"\nlicenses = [\"MIT\"]\n\
                      reason = \"y\"\nexpires = 2020-01-01\n\n[ai]\n";
        let mut file = file(before);
        file.replace(1, ENTRY, &["owner"]).unwrap();
        let after = before
            .replace("a@1.0.0\"\nlicenses = [\"MIT\"]\n", "a@1.0.0\"\nlicenses = [\"ISC\"]\n")
            .replace(
                "reason = \"y\"\nexpires = 2020-01-01\n",
                "reason = \"said \\\"legal\\\"\"\n",
            );
        assert_eq!(file.text, after);
        assert!(file.replace(2, ENTRY, &[]).is_err());
    }
}
