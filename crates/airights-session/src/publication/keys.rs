//! The text of a manifest, and where its keys stand in it.

use std::path::Path;

use airights::Excerpt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name under which a manifest appears in evidence.
pub(super) const MANIFEST: &str = "Cargo.toml";

/// The text of a manifest that cargo can read.
pub(super) struct ManifestText(String);

impl ManifestText {
    /// Reads a manifest.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path);
        text.map(Self)
            .map_err(|error| format!("its manifest cannot be read: {error}"))
    }

    /// The line on which a key stands, its value marked up to the line's end.
    pub(super) fn at(&self, path: &[&str]) -> Option<Excerpt> {
        let document = DeTable::parse(&self.0).ok()?;
        let (last, tables) = path.split_last()?;
        let mut table = document.get_ref();
        for name in tables {
            table = table.get(*name)?.get_ref().as_table()?;
        }
        let (key, value) = table.iter().find(|(key, _)| key.get_ref() == last)?;
        // A table under a heading of its own is told by its heading.
        let start = if is_under_heading(&self.0, value) {
            value.span().start
        } else {
            key.span().start
        };
        let end = self.0[start..]
            .find('\n')
            .map_or(self.0.len(), |newline| start + newline);
        let end = value.span().end.clamp(start, end);
        Some(Excerpt::of(MANIFEST, &self.0, start..end))
    }

    /// Whether the manifest lists what to publish.
    pub(super) fn has_include(&self) -> bool {
        let include = self.at(&["package", "include"]);
        include.is_some()
    }
}

fn is_under_heading(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    value.get_ref().is_table() && text[value.span().start..].starts_with('[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_with_their_lines() {
        let text = "[package]\nname = \"a\"\nreadme.workspace = true\nlicense-file = \"L\" # why\n\n\
            [package.metadata.airights]\nterms = \"AI.md\"\n";
        let text = ManifestText(text.to_owned());
        let marked = |path: &[&str]| {
            let excerpt = text.at(path)?;
            Some((
                excerpt.lines.0,
                excerpt.text[excerpt.marked_start..excerpt.marked_end].to_owned(),
            ))
        };
        let found = |line: u32, words: &str| Some((line, words.to_owned()));
        assert_eq!(marked(&["package", "license-file"]), found(4, "license-file = \"L\""));
        assert_eq!(
            marked(&["package", "metadata", "airights", "terms"]),
            found(7, "terms = \"AI.md\"")
        );
        assert_eq!(
            marked(&["package", "metadata", "airights"]),
            found(6, "[package.metadata.airights]")
        );
        assert_eq!(marked(&["package", "license"]), None);
        assert!(marked(&["package", "readme"]).is_some_and(|(line, _)| line == 3));
        assert!(!text.has_include());
    }
}
