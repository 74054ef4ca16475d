//! Where the keys of a declaration stand in a `Cargo.toml`, so that whoever speaks of one can show it.

use std::ops::Range;

use airights::Excerpt;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::excerpt::cut_counting;
use super::stored::StoredExcerpt;

/// A declaration in a manifest's own text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacedDeclaration {
    /// The table, for [`super::declaration::read`].
    pub table: Value,
    places: Vec<(String, StoredExcerpt)>,
}

impl PlacedDeclaration {
    /// The `[OWNER.metadata.airights]` of a manifest, where `owner` is `package` or `workspace`; `None` where there is none.
    ///
    /// # Errors
    ///
    /// Where the manifest is no TOML: what the parser says, and where.
    pub fn find(manifest: &str, owner: &str) -> Result<Option<Self>, (String, Option<Range<usize>>)> {
        let document = DeTable::parse(manifest).map_err(|error| (error.message().to_owned(), error.span()))?;
        let metadata = document
            .get_ref()
            .get(owner)
            .and_then(|owner| owner.get_ref().as_table()?.get("metadata"));
        let Some(declaration) = metadata.and_then(|metadata| metadata.get_ref().as_table()?.get("airights")) else {
            return Ok(None);
        };
        let whole: toml::Table =
            toml::from_str(manifest).map_err(|error| (error.message().to_owned(), error.span()))?;
        let table = whole
            .get(owner)
            .and_then(|owner| owner.get("metadata")?.get("airights"));
        Ok(Some(Self {
            table: table
                .and_then(|table| serde_json::to_value(table).ok())
                .unwrap_or_default(),
            places: places(manifest, declaration),
        }))
    }

    /// Where a key stands, else the table around it, in a file of this path.
    pub fn place(&self, key: &str, path: &str) -> Option<Excerpt> {
        let found = place_of(&self.places, key)?;
        Some(Excerpt {
            path: path.to_owned(),
            lines: found.lines,
            text: found.text.clone(),
            marked_start: found.marked.0 as usize,
            marked_end: found.marked.1 as usize,
        })
    }
}

/// The place of a key: its own line, else that of the table around it.
pub(super) fn place_of<'a>(places: &'a [(String, StoredExcerpt)], key: &str) -> Option<&'a StoredExcerpt> {
    let outer = key.split('.').next().unwrap_or_default();
    let mut names = [key, outer, ""].into_iter();
    names.find_map(|name| Some(&places.iter().find(|(known, _)| known == name)?.1))
}

/// Where each key of a declaration stands, two levels deep; the table itself under the empty name.
pub(super) fn places(text: &str, declaration: &Spanned<DeValue<'_>>) -> Vec<(String, StoredExcerpt)> {
    let mut places = vec![(String::new(), cut_counting(text, &first_line(text, declaration.span())))];
    for (name, key, value) in members(declaration) {
        places.push((
            name.clone(),
            cut_counting(text, &first_line(text, key.start..value.span().end)),
        ));
        for (inner, key, value) in members(value) {
            let span = first_line(text, key.start..value.span().end);
            places.push((format!("{name}.{inner}"), cut_counting(text, &span)));
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

/// A span, up to the end of its first line: what a reader needs to find the place.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let end = text[span.clone()]
        .find('\n')
        .map_or(span.end, |newline| span.start + newline);
    span.start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_of_packages_and_workspaces_are_found_with_their_places() {
        let manifest = "[workspace.metadata.airights]\ncontact = 'a@b'\n\n[package]\nname = 'a'\n\n\
                        [package.metadata.airights]\nuse = { train-ai = 'no' }\n";
        let of = |owner| PlacedDeclaration::find(manifest, owner).expect("TOML");
        let shared = of("workspace").expect("a declaration");
        assert_eq!(shared.table, serde_json::json!({ "contact": "a@b" }));
        let own = of("package").expect("a declaration");
        let place = own.place("use.train-ai", "Cargo.toml").expect("a place");
        assert_eq!(
            (place.lines, &place.text[place.marked_start..place.marked_end]),
            ((8, 8), "train-ai = 'no'")
        );
        let nearest = own.place("contact", "Cargo.toml").expect("a place");
        assert_eq!(nearest.lines, (7, 7));
        assert_eq!(PlacedDeclaration::find("[package]\n", "package"), Ok(None));
        assert!(PlacedDeclaration::find("[package", "package").is_err());
    }
}
