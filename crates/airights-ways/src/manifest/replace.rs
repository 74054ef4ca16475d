//! Another crate under the same key. That is enough to resolve and judge it; what the user is told to run gives it its own
//! name.

use std::path::Path;

use toml_edit::{InlineTable, Item, TableLike};

use super::Manifests;
use super::entry::{each_entry, is_inherited, replace, set, tidy_end};

/// What is said of where a crate comes from and what of it is used; none of it holds for another crate.
const OF_THE_OLD_ONE: [&str; 9] = [
    "path",
    "git",
    "branch",
    "tag",
    "rev",
    "registry",
    "features",
    "default-features",
    "default_features",
];

/// Asks for another crate in the place of this one.
pub(super) fn with(item: &mut Item, name: &str, requirement: &str) {
    if item.as_table_like().is_none() {
        replace(item, InlineTable::new().into());
    }
    let Some(table) = item.as_table_like_mut() else { return };
    for key in OF_THE_OLD_ONE {
        table.remove(key);
    }
    set(table, "package", name.into());
    set(table, "version", requirement.into());
    tidy_end(item);
}

impl Manifests<'_> {
    /// What `cargo add` and `cargo remove` need to be told to find a dependency: the flag of each table it stands in. `None`
    /// where it is inherited, optional or for one target only, which takes an editor.
    pub(crate) fn tables_of(&self, manifest: &Path, key: &str) -> Option<Vec<&'static str>> {
        let mut document = self.document(manifest)?;
        let (mut entries, mut is_plain) = (0, true);
        each_entry(&mut document, key, &mut |item| {
            entries += 1;
            let is_optional = |table: &dyn TableLike| table.get("optional").and_then(Item::as_bool).unwrap_or(false);
            is_plain &= !is_inherited(item) && !item.as_table_like().is_some_and(is_optional);
        });
        let flags = [
            ("dependencies", ""),
            ("dev-dependencies", "--dev "),
            ("build-dependencies", "--build "),
        ];
        let stands_in = |table: &str| document.get(table).and_then(|table| table.get(key)).is_some();
        let found: Vec<_> = flags
            .iter()
            .filter(|(table, _)| stands_in(table))
            .map(|(_, flag)| *flag)
            .collect();
        (is_plain && found.len() == entries).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_of_the_old_crate_goes() {
        let cases = [
            ("a = { version = '1' }", "a = { version = '2', package = 'b' }"),
            ("a = '1' # why", "a = { package = 'b', version = '2' }"),
            (
                "a = { version = '1', features = ['x'], optional = true }",
                "a = { version = '2', optional = true, package = 'b' }",
            ),
            ("[a]\ngit = 'x'\nrev = 'y'", "[a]\npackage = 'b'\nversion = '2'"),
        ];
        for (before, after) in cases {
            let mut document: toml_edit::DocumentMut = before.parse().unwrap();
            with(&mut document["a"], "b", "2");
            assert!(!document.to_string().contains(" ,"), "{document}");
            let found: toml::Table = document.to_string().parse().unwrap();
            assert_eq!(found, after.parse().unwrap());
        }
    }
}
