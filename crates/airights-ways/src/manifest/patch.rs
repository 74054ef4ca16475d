//! `[patch.crates-io]`: a package of this disk in the place of a published one.

use toml_edit::{DocumentMut, InlineTable, Item, Table, Value};

/// Adds an entry. `None` where there is one already, or what is there is no table.
pub(super) fn add(document: &mut DocumentMut, name: &str, path: &str) -> Option<()> {
    let mut patches = Table::new();
    patches.set_implicit(true);
    let patches = document
        .entry("patch")
        .or_insert(Item::Table(patches))
        .as_table_like_mut()?;
    let mut registry = Table::new();
    registry.decor_mut().set_prefix("\n");
    let registry = patches
        .entry("crates-io")
        .or_insert(Item::Table(registry))
        .as_table_like_mut()?;
    if registry.contains_key(name) {
        return None;
    }
    let mut entry = InlineTable::new();
    entry.insert("path", path.into());
    registry.insert(name, Item::Value(Value::InlineTable(entry)));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: Option<&str>) {
        let mut document: DocumentMut = before.parse().expect("a manifest");
        let added = add(&mut document, "a", "patched/a");
        assert_eq!(added.map(|()| document.to_string()).as_deref(), after);
    }

    #[test]
    fn an_entry_is_added_and_none_is_changed() {
        let package = "[package]\nname = 'x' # ours\n";
        let table = "[patch.crates-io]\n";
        let entry = "a = { path = \"patched/a\" }\n";
        check(package, Some(&format!("{package}\n{table}{entry}")));
        let others = format!("{package}\n{table}b = {{ path = 'b' }} # theirs\n");
        check(&others, Some(&format!("{others}{entry}")));
        check(&format!("{table}a = {{ git = 'a' }}\n"), None);
        check("patch = 1\n", None);
    }
}
