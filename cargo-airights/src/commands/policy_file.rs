//! The project's own policy as a file that entries are written into. Comments and layout stay as they are.

use airights::facts::Excerpt;
use airights_policy::{LoadedPolicy, PolicyLocation};
use airights_store::Edit;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, TomlError, Value};

use super::failure::Failure;
use super::hold::text_of;
use super::project::session_options;
use crate::cli::ProjectArgs;
use crate::console::Console;

/// The file of a policy, and what is to stand in it.
pub(super) struct PolicyFile {
    location: PolicyLocation,
    /// What stood in it when it was opened; `None`: there was none.
    found: Option<String>,
    text: String,
}

impl PolicyFile {
    /// The policy that judges, or the beginning of one, which judges as the built-in policy does.
    pub(super) fn open(args: &ProjectArgs, console: &Console) -> Result<Self, Failure> {
        let location = session_options(args, console).policy_location();
        let found = text_of(location.path())?;
        let text = found.clone().unwrap_or_else(|| "version = 1\n".to_owned());
        Ok(Self { location, found, text })
    }

    /// Whether there is none yet.
    pub(super) const fn is_new(&self) -> bool {
        self.found.is_none()
    }

    /// Whether it is the configuration of cargo-deny.
    pub(super) fn is_of_cargo_deny(&self) -> bool {
        self.location.is_of_cargo_deny(&self.text)
    }

    /// The same, unless it is the configuration of cargo-deny.
    pub(super) fn of_ours(self) -> Result<Self, Failure> {
        if self.is_of_cargo_deny() {
            Err(self.has_no_place())
        } else {
            Ok(self)
        }
    }

    /// Why an entry is not written into the configuration of cargo-deny.
    pub(super) fn has_no_place(&self) -> Failure {
        let hint = "`cargo airights init` makes an `airights.toml` of it, which has one";
        Failure::new(
            format!(
                "`{}`, the configuration of cargo-deny, has no place for this entry",
                self.shown()
            ),
            Some(hint.to_owned()),
        )
    }

    /// What reports call it.
    pub(super) fn shown(&self) -> &str {
        self.location.shown()
    }

    /// What is to become of the user's file.
    pub(super) fn edit(&self) -> Edit<'_> {
        Edit {
            path: self.location.path(),
            before: self.found.as_deref(),
            after: Some(&self.text),
        }
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
        let (path, table) = parsed(entry)?;
        let mut document = self.document()?;
        match at(&mut document, &path) {
            None => {
                let text = self.text.trim_end();
                let gap = if text.is_empty() { "" } else { "\n\n" };
                self.text = format!("{text}{gap}{entry}\n");
                return Ok(());
            }
            Some(Item::ArrayOfTables(tables)) => {
                let mut table = table;
                let gap = format!("\n{}", comment_of(&table));
                table.decor_mut().set_prefix(gap);
                tables.push(table);
            }
            Some(Item::Value(Value::Array(array))) => push(array, table),
            Some(_) => return Err(self.not_edited()),
        }
        self.text = document.to_string();
        Ok(())
    }

    /// Has an entry say what this one says. Of the keys that it has and this one has not, these stay.
    pub(super) fn replace(&mut self, number: usize, entry: &str, kept: &[&str]) -> Result<(), Failure> {
        let (path, table) = parsed(entry)?;
        let mut document = self.document()?;
        let old: Option<&mut dyn TableLike> = match at(&mut document, &path) {
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

/// Where an entry belongs, and what it says.
fn parsed(entry: &str) -> Result<(Vec<String>, Table), Failure> {
    let document: Result<DocumentMut, TomlError> = entry.parse();
    let document =
        document.map_err(|error| Failure::new("the entry cannot be written as TOML", None).because(error))?;
    let mut path = Vec::new();
    let mut item = document.as_item();
    while let Some((key, below)) = item.as_table().and_then(|table| table.iter().next()) {
        path.push(key.to_owned());
        item = below;
    }
    let first = item.as_array_of_tables().and_then(|tables| tables.get(0));
    let mut table = first.cloned().ok_or_else(|| Failure::new("the entry is empty", None))?;
    // Its place among the tables is that of the document it comes from.
    table.set_position(None);
    Ok((path, table))
}

/// What a policy has where entries belong.
fn at<'d>(document: &'d mut DocumentMut, path: &[String]) -> Option<&'d mut Item> {
    let below = |item: &'d mut Item, key: &String| item.as_table_like_mut()?.get_mut(key);
    path.iter().try_fold(document.as_item_mut(), below)
}

/// The lines of comment above an entry.
fn comment_of(entry: &Table) -> String {
    let prefix = entry.decor().prefix().and_then(|prefix| prefix.as_str());
    prefix.unwrap_or_default().to_owned()
}

/// Adds to a list, laid out as what is there. A comment behind the last one stays behind it.
fn push(array: &mut Array, entry: Table) {
    let last = array.iter().last().and_then(|last| last.decor().prefix()?.as_str());
    let last = last.unwrap_or_default();
    let mut before = last[last.rfind('\n').unwrap_or_default()..].to_owned();
    let trailing = array.trailing().as_str().unwrap_or_default().to_owned();
    let (behind, mut end) = trailing.split_at(trailing.rfind('\n').unwrap_or_default());
    let own = comment_of(&entry);
    if !own.is_empty() && !before.contains('\n') {
        // A comment needs lines.
        "\n    ".clone_into(&mut before);
        end = "\n";
        array.set_trailing_comma(true);
    }
    let own: String = own.lines().map(|line| format!("{before}{line}")).collect();
    let mut value = Value::InlineTable(inline(entry));
    value.decor_mut().set_prefix(format!("{behind}{own}{before}"));
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    const ENTRY: &str = "[[exceptions]]\ncrate = \"a@1.0.0\"\nlicenses = [\"ISC\"]\nreason = \"said \\\"legal\\\"\"";

    fn file(text: &str) -> PolicyFile {
        PolicyFile {
            location: PolicyLocation::new_in(Path::new("")),
            found: Some(text.to_owned()),
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
    fn cargo_deny_has_its_exceptions_below_another_key() {
        let entry = "# said\n# legal\n[[licenses.exceptions]]\ncrate = \"a:=1.0.0\"\nallow = [\"ISC\"]";
        let line = "{ crate = \"a:=1.0.0\", allow = [\"ISC\"] }";
        let theirs = "{ crate = \"b\", allow = [\"ISC\"] }";
        let table = "[[licenses.exceptions]]\ncrate = \"b\"\nallow = [\"ISC\"]\n";
        for (before, after) in [
            (
                "[licenses]\nallow = []\n".to_owned(),
                format!("[licenses]\nallow = []\n\n{entry}\n"),
            ),
            (
                format!("[licenses]\n{table}\n[bans]\n"),
                format!("[licenses]\n{table}\n{entry}\n\n[bans]\n"),
            ),
            (
                "[licenses]\nexceptions = []\n\n[bans]\n".to_owned(),
                format!("[licenses]\nexceptions = [\n    # said\n    # legal\n    {line},\n]\n\n[bans]\n"),
            ),
            (
                format!("[licenses]\nexceptions = [\n  # as ever\n  {theirs}, # one\n]\n"),
                format!(
                    "[licenses]\nexceptions = [\n  # as ever\n  {theirs}, # one\n  # said\n  # legal\n  {line},\n]\n"
                ),
            ),
        ] {
            let mut file = file(&before);
            file.add(entry).unwrap();
            assert_eq!(file.text, after);
            assert!(file.text.parse::<DocumentMut>().is_ok());
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
