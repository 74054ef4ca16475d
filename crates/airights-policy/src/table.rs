//! Reading a TOML table key by key: what is no key, or of the wrong type, is reported with its place and left out.

use std::ops::Range;
use std::str::FromStr;

use airights_manifest::spelling::{alternatives, enumeration, nearest};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::PolicyProblem;
use super::source::{Placed, Source};

/// A table whose keys are known.
#[derive(Clone)]
pub(super) struct Table<'t> {
    /// The file it stands in.
    pub(super) source: &'t Source<'t>,
    entries: &'t DeTable<'t>,
    span: Range<usize>,
    title: String,
}

impl<'t> Table<'t> {
    /// The top of a document.
    pub(super) fn root(source: &'t Source<'t>, document: &'t Spanned<DeTable<'t>>) -> Self {
        Self {
            source,
            entries: document.get_ref(),
            span: document.span(),
            title: String::new(),
        }
    }

    /// Where it stands: its header or its braces.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Reports every key that is not one of these.
    pub(super) fn only(self, keys: &[&str]) -> Self {
        for key in self.entries.keys() {
            let name: &str = key.get_ref();
            if keys.contains(&name) {
                continue;
            }
            let label = match self.title.as_str() {
                "" => format!("no key of {}", self.source.kind),
                title => format!("no key of `{title}`"),
            };
            let help = match nearest(name, keys.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys here are {}", enumeration(keys.iter().copied())),
            };
            let problem = PolicyProblem::error(format!("unknown key `{name}`"));
            self.source.report(key.span(), problem.label(label).help(help));
        }
        self
    }

    /// Whether the key is there, whatever its value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Where a key stands.
    pub(super) fn key_span(&self, key: &str) -> Option<Range<usize>> {
        let (key, _) = self.entries.get_key_value(key)?;
        Some(key.span())
    }

    /// The value of a key, of whatever type.
    pub(super) fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.entries.get(key)
    }

    /// Notes a problem with the value of a key.
    pub(super) fn report_value(&self, key: &str, problem: PolicyProblem) {
        let span = self.value(key).map_or_else(|| self.span(), Spanned::span);
        self.source.report(span, problem);
    }

    /// The value of a key that must be there.
    pub(super) fn required<T>(&self, key: &str, read: impl FnOnce(&Self, &str) -> Option<T>) -> Option<T> {
        if !self.has(key) && !self.source.has_blanks() {
            let problem = PolicyProblem::error(format!("missing key `{key}`"));
            let label = format!("`{}` needs `{key}`", self.title);
            self.source.report(self.span(), problem.label(label));
        }
        read(self, key)
    }

    /// A string.
    pub(super) fn string(&self, key: &str) -> Option<Placed<&'t str>> {
        self.typed(key, "a string", as_str)
    }

    /// `true` or `false`.
    pub(super) fn boolean(&self, key: &str) -> Option<bool> {
        self.typed(key, "`true` or `false`", DeValue::as_bool)
            .map(|placed| placed.value)
    }

    /// A list of strings; items of another type are reported and left out.
    pub(super) fn strings(&self, key: &str) -> Option<Vec<Placed<&'t str>>> {
        let items = self.typed(key, "a list of strings", |value| value.as_array())?.value;
        let strings = items
            .iter()
            .filter_map(|item| self.cast(key, item, "a list of strings", as_str));
        Some(strings.collect())
    }

    /// One word of a closed list.
    pub(super) fn word<T: FromStr>(&self, key: &str, noun: &str, words: &[&str]) -> Option<T> {
        let string = self.string(key)?;
        parse_word(self.source, &string, noun, words)
    }

    /// A table.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        let table = self.typed(key, "a table", |value| value.as_table())?;
        Some(Self {
            source: self.source,
            entries: table.value,
            span: table.span,
            title: self.title_of(key),
        })
    }

    /// A list of tables, however written; items of another type are reported and left out.
    pub(super) fn tables(&self, key: &str) -> Option<Vec<Self>> {
        let items = self.typed(key, "a list of tables", |value| value.as_array())?.value;
        let tables = items.iter().filter_map(|item| {
            let table = self.cast(key, item, "a list of tables", |value| value.as_table())?;
            Some(Self {
                source: self.source,
                entries: table.value,
                span: table.span,
                title: self.title_of(key),
            })
        });
        Some(tables.collect())
    }

    fn title_of(&self, key: &str) -> String {
        if self.title.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.title)
        }
    }

    fn typed<T>(
        &self,
        key: &str,
        expected: &str,
        cast: impl FnOnce(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<Placed<T>> {
        self.cast(key, self.value(key)?, expected, cast)
    }

    fn cast<T>(
        &self,
        key: &str,
        value: &'t Spanned<DeValue<'t>>,
        expected: &str,
        cast: impl FnOnce(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<Placed<T>> {
        let span = value.span();
        if let Some(value) = cast(value.get_ref()) {
            return Some(Placed { value, span });
        }
        let problem = PolicyProblem::error(format!("`{key}` must be {expected}"));
        self.source
            .report(span, problem.label(format!("this is {}", type_name(value.get_ref()))));
        None
    }
}

/// Reads one word of a closed list, or reports what the words are.
pub(super) fn parse_word<T: FromStr>(
    source: &Source<'_>,
    string: &Placed<&str>,
    noun: &str,
    words: &[&str],
) -> Option<T> {
    let is_listed = words.contains(&string.value);
    let parsed = is_listed.then(|| string.value.parse().ok()).flatten();
    if parsed.is_none() {
        let help = nearest(string.value, words.iter().copied()).map(|near| format!("did you mean `{near}`?"));
        let problem = PolicyProblem::error(format!("unknown {noun} `{}`", string.value));
        let label = format!("expected {}", alternatives(words.iter().copied()));
        source.report(string.span.clone(), problem.label(label).help(help));
    }
    parsed
}

fn as_str<'t>(value: &'t DeValue<'t>) -> Option<&'t str> {
    value.as_str()
}

/// The type of a value, in words.
pub(super) fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
