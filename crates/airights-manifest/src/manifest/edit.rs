//! Edits of a `Cargo.toml` that leave comments, order and layout as they are.

use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::NotToml;

/// A manifest to be edited.
///
/// # Errors
///
/// If it is no TOML.
pub fn document(text: &str) -> Result<DocumentMut, NotToml> {
    text.parse::<DocumentMut>().map_err(|error| NotToml {
        message: error.message().to_owned(),
        span: error.span(),
    })
}

/// Whether the rest of an entry stands in the manifest of the workspace.
pub fn is_inherited(item: &Item) -> bool {
    let workspace = item.as_table_like().and_then(|table| table.get("workspace")?.as_bool());
    workspace.unwrap_or_default()
}

/// Sets a key of a table, and leaves what stands around the value before.
pub fn set(table: &mut dyn TableLike, key: &str, value: Value) {
    match table.get_mut(key) {
        Some(item) => replace(item, value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Puts a value in the place of another, with the blanks and comments around it.
pub fn replace(item: &mut Item, mut value: Value) {
    if let Some(known) = item.as_value() {
        *value.decor_mut() = known.decor().clone();
    }
    *item = Item::Value(value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_value_stays() {
        let mut manifest = document("[package]\nlicense =  'MIT' # since 2020\n").expect("TOML");
        let package = manifest["package"].as_table_like_mut().expect("a table");
        set(package, "license", "ISC".into());
        set(package, "readme", false.into());
        assert_eq!(
            manifest.to_string(),
            "[package]\nlicense =  \"ISC\" # since 2020\nreadme = false\n"
        );
        assert!(document("[package").is_err());
    }

    #[test]
    fn what_the_workspace_gives_is_inherited() {
        let manifest = document("a.workspace = true\nb = { workspace = false }\nc = '1'\n").expect("TOML");
        let inherited = ["a", "b", "c"].map(|key| is_inherited(&manifest[key]));
        assert_eq!(inherited, [true, false, false]);
    }
}
