//! `Cargo.toml`: its one reader, and its one editor.

mod declaration;
mod dependencies;
pub mod edit;

use std::collections::BTreeMap;
use std::ops::Range;

use airights::Excerpt;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use self::declaration::{PlacedDeclaration, nearest_place};
pub use self::dependencies::{Dependency, DependencyTable};

/// The name of the file, under which it appears in evidence.
pub const MANIFEST: &str = "Cargo.toml";

/// A manifest, with the places of all that is in it.
#[derive(Clone, Debug)]
pub struct Manifest<'t> {
    text: &'t str,
    root: Spanned<DeTable<'t>>,
}

/// A text is no TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotToml {
    /// What the parser says.
    pub message: String,
    /// Where.
    pub span: Option<Range<usize>>,
}

impl<'t> Manifest<'t> {
    /// Parses a manifest.
    ///
    /// # Errors
    ///
    /// If it is no TOML.
    pub fn parse(text: &'t str) -> Result<Self, NotToml> {
        let root = DeTable::parse(text).map_err(|error| NotToml {
            message: error.message().to_owned(),
            span: error.span(),
        })?;
        Ok(Self { text, root })
    }

    /// Whether it is the manifest of a package, and perhaps of a workspace as well.
    pub fn has_package(&self) -> bool {
        self.package().is_some()
    }

    /// Whether it is the root of a workspace.
    pub fn has_workspace(&self) -> bool {
        self.value(&["workspace"]).is_some_and(DeValue::is_table)
    }

    /// A key of the package that is a string.
    pub fn package_string(&self, key: &str) -> Option<&str> {
        self.package()?.get(key)?.get_ref().as_str()
    }

    /// Where a key of the package stands.
    pub fn package_key(&self, key: &str) -> Option<Range<usize>> {
        let mut keys = self.package()?.keys();
        keys.find(|known| known.get_ref() == key).map(Spanned::span)
    }

    /// Where the value of a key of the package stands; the whole line for `license.workspace = true` and its like.
    pub fn package_value(&self, key: &str) -> Option<Range<usize>> {
        let mut entries = self.package()?.iter();
        let (key, value) = entries.find(|(known, _)| known.get_ref() == key)?;
        let span = value.span();
        if span.start > key.span().start {
            return Some(span);
        }
        let line = self.text[span.start..].lines().next().unwrap_or_default();
        Some(span.start..span.start + line.trim_end().len())
    }

    /// A key of the package that is a list of strings.
    pub fn package_strings(&self, key: &str) -> impl Iterator<Item = &str> {
        strings(
            self.package()
                .and_then(|package| package.get(key))
                .map(Spanned::get_ref),
        )
    }

    /// The directories of members as the workspace gives them; some of them may be globs.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.strings(&["workspace", "members"])
    }

    /// The resolver it asks for: as a workspace, else as a package.
    pub fn resolver(&self) -> Option<&str> {
        let of = |owner| self.value(&[owner, "resolver"])?.as_str();
        of("workspace").or_else(|| of("package"))
    }

    /// The directories that are none of its members, whatever their patterns say.
    pub fn excluded(&self) -> impl Iterator<Item = &str> {
        self.strings(&["workspace", "exclude"])
    }

    /// Its features, each with what it turns on.
    pub fn features(&self) -> BTreeMap<String, Vec<String>> {
        let table = self.table(&["features"]).into_iter().flatten();
        let features = table.map(|(name, list)| {
            let list = strings(Some(list.get_ref())).map(str::to_owned).collect();
            (name.get_ref().to_string(), list)
        });
        features.collect()
    }

    /// The features that it turns on by default.
    pub fn default_features(&self) -> impl Iterator<Item = &str> {
        self.strings(&["features", "default"])
    }

    /// The source files that its targets name.
    pub fn target_paths(&self) -> impl Iterator<Item = &str> {
        let lists = ["bin", "example", "test", "bench"].into_iter();
        let listed = lists
            .filter_map(|kind| self.value(&[kind])?.as_array())
            .flat_map(|list| list.iter());
        let targets = self.value(&["lib"]).into_iter().chain(listed.map(Spanned::get_ref));
        targets.filter_map(|target| target.as_table()?.get("path")?.get_ref().as_str())
    }

    /// The line on which a key stands, its value marked up to the line's end; `None` where there is no such key.
    pub fn excerpt(&self, path: &[&str]) -> Option<Excerpt> {
        let (last, tables) = path.split_last()?;
        let table = self.table(tables)?;
        let (key, value) = table.iter().find(|(key, _)| key.get_ref() == last)?;
        // A table under a heading of its own is told by its heading.
        let is_under_heading = value.get_ref().is_table() && self.text[value.span().start..].starts_with('[');
        let start = if is_under_heading { value.span() } else { key.span() }.start;
        let span = first_line(self.text, start..value.span().end);
        Some(Excerpt::of(MANIFEST, self.text, span))
    }

    /// The table of the package, under the name that it has had since Cargo 0.1 or the one before.
    pub(crate) fn package(&self) -> Option<&DeTable<'t>> {
        self.table(&["package"]).or_else(|| self.table(&["project"]))
    }

    pub(crate) fn value(&self, path: &[&str]) -> Option<&DeValue<'t>> {
        let (last, tables) = path.split_last()?;
        Some(self.table(tables)?.get(*last)?.get_ref())
    }

    fn table(&self, path: &[&str]) -> Option<&DeTable<'t>> {
        let mut table = self.root.get_ref();
        for name in path {
            table = table.get(*name)?.get_ref().as_table()?;
        }
        Some(table)
    }

    fn strings(&self, path: &[&str]) -> impl Iterator<Item = &str> {
        strings(self.value(path))
    }
}

/// The strings of a list.
fn strings<'m>(list: Option<&'m DeValue<'_>>) -> impl Iterator<Item = &'m str> {
    let items = list
        .and_then(DeValue::as_array)
        .into_iter()
        .flat_map(|list| list.iter());
    items.filter_map(|item| item.get_ref().as_str())
}

/// A span, up to the end of its first line: what a reader needs to find the place.
fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    // The span of a table may end before a key of it that is written with a dot.
    let end = span.end.max(span.start);
    let newline = text[span.start..end].find('\n');
    span.start..newline.map_or(end, |newline| span.start + newline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_with_their_lines() {
        let text = "[package]\nname = \"a\"\nreadme.workspace = true\nlicense-file = \"L\" # why\n\n\
            [package.metadata.airights]\nterms = \"AI.md\"\n";
        let manifest = Manifest::parse(text).expect("TOML");
        let marked = |path: &[&str]| {
            let excerpt = manifest.excerpt(path)?;
            let marked = &excerpt.text[excerpt.marked_start..excerpt.marked_end];
            Some((excerpt.lines.0, marked.to_owned()))
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
    }

    #[test]
    fn what_a_workspace_and_its_targets_are_is_read() {
        let text = "[workspace]\nmembers = ['a', 'crates/*', 1]\nresolver = '2'\n[package]\nname = 'r'\nresolver = '1'\n\
                    [lib]\npath = 'x.rs'\n[[bin]]\nname = 'y'\npath = 'y.rs'\n[[bin]]\nname = 'z'\n\
                    [features]\ndefault = ['fast']\n";
        let manifest = Manifest::parse(text).expect("TOML");
        assert!(manifest.has_package() && manifest.has_workspace());
        assert_eq!(manifest.members().collect::<Vec<_>>(), ["a", "crates/*"]);
        assert_eq!(manifest.resolver(), Some("2"));
        assert_eq!(manifest.target_paths().collect::<Vec<_>>(), ["x.rs", "y.rs"]);
        assert_eq!(manifest.default_features().collect::<Vec<_>>(), ["fast"]);
        assert_eq!(manifest.package_string("name"), Some("r"));
        assert_eq!(manifest.package_key("name").map(|key| &text[key]), Some("name"));
        let error = Manifest::parse("[package").expect_err("no TOML");
        assert_eq!(error.span.map(|span| span.end), Some(8));
    }
}
