//! Another crate under the same key. That is enough to resolve and judge it; what the user is told to run gives it its own
//! name.

use std::path::Path;

use airights_manifest::Manifest;
use airights_manifest::manifest::DependencyTable;
use airights_manifest::manifest::edit::{replace, set};
use toml_edit::{InlineTable, Item};

use super::Manifests;
use super::tidy::tidy_end;

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
        let parsed = Manifest::parse(self.text(manifest)?).ok()?;
        let found = parsed.dependencies().into_iter().filter(|found| found.key == key);
        let flags = found.filter_map(|found| {
            let is_plain = found.target.is_none() && !found.optional && !found.is_inherited;
            let flag = match found.table {
                DependencyTable::Normal => "",
                DependencyTable::Dev => "--dev ",
                DependencyTable::Build => "--build ",
                DependencyTable::Workspace => return None,
            };
            Some(is_plain.then_some(flag))
        });
        flags.collect()
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
