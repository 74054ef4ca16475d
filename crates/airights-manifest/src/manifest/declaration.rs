//! The declaration in a manifest, and where its keys stand, so that whoever speaks of one can show it.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::{Manifest, first_line};

/// A declaration in a manifest's own text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacedDeclaration {
    /// The table.
    pub table: Value,
    /// Where each key of it stands, two levels deep; the table itself under the empty name. Sorted by name.
    pub places: Vec<(String, Range<usize>)>,
}

impl Manifest<'_> {
    /// The `[OWNER.metadata.airights]`, where `owner` is `package` or `workspace`; `None` where there is none.
    pub fn declaration(&self, owner: &str) -> Option<PlacedDeclaration> {
        let owner = match owner {
            "package" => self.package(),
            owner => self.table(&[owner]),
        };
        let declaration = owner?.get("metadata")?.get_ref().as_table()?.get("airights")?;
        Some(PlacedDeclaration {
            table: Value::deserialize(ValueDeserializer::from(declaration.clone())).unwrap_or_default(),
            places: places(self.text, declaration),
        })
    }
}

impl PlacedDeclaration {
    /// Where a key stands, else the table around it.
    pub fn place(&self, key: &str) -> Option<Range<usize>> {
        nearest_place(&self.places, key).cloned()
    }
}

/// The place of a key: its own, else that of the table around it.
pub fn nearest_place<'a, T>(places: &'a [(String, T)], key: &str) -> Option<&'a T> {
    let outer = key.split('.').next().unwrap_or_default();
    let mut names = [key, outer, ""].into_iter();
    names.find_map(|name| Some(&places.iter().find(|(known, _)| known == name)?.1))
}

fn places(text: &str, declaration: &Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
    let mut places = vec![(String::new(), first_line(text, declaration.span()))];
    for (name, key, value) in members(declaration) {
        places.push((name.clone(), first_line(text, key.start..value.span().end)));
        for (inner, key, value) in members(value) {
            places.push((format!("{name}.{inner}"), first_line(text, key.start..value.span().end)));
        }
    }
    places.sort_by(|a, b| a.0.cmp(&b.0));
    places
}

fn members<'v, 'i>(
    value: &'v Spanned<DeValue<'i>>,
) -> impl Iterator<Item = (String, Range<usize>, &'v Spanned<DeValue<'i>>)> {
    let table = value.get_ref().as_table();
    table
        .into_iter()
        .flat_map(|table| table.iter())
        .map(|(key, value)| (key.get_ref().to_string(), key.span(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_of_packages_and_workspaces_are_found_with_their_places() {
        let manifest = "[workspace.metadata.airights]\ncontact = 'a@b'\n\n[package]\nname = 'a'\n\n\
                        [package.metadata.airights]\nuse = { train-ai = 'no' }\n";
        let parsed = Manifest::parse(manifest).expect("TOML");
        let shared = parsed.declaration("workspace").expect("a declaration");
        assert_eq!(shared.table, serde_json::json!({ "contact": "a@b" }));
        let own = parsed.declaration("package").expect("a declaration");
        let shown = |key: &str| own.place(key).map(|place| &manifest[place]);
        assert_eq!(shown("use.train-ai"), Some("train-ai = 'no'"));
        assert_eq!(shown("contact"), Some("[package.metadata.airights]"));
        let silent = Manifest::parse("[package]\n").expect("TOML");
        assert_eq!(silent.declaration("package"), None);
    }
}
