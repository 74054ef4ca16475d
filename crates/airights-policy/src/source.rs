//! A policy file that is being read: its text, its lines, and what was found wrong with it so far.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;

use airights::Excerpt;
use toml::de::DeTable;

use super::problem::PolicyProblem;

/// So often is a text mended in search of further errors.
const MAX_ROUNDS: usize = 16;

/// A file that is being read, and what was found wrong with it so far.
pub(super) struct Source<'s> {
    name: &'s str,
    /// What kind of file it is, as "unknown key" says it.
    pub(super) kind: &'static str,
    text: &'s str,
    line_starts: Vec<usize>,
    problems: RefCell<Vec<PolicyProblem>>,
    has_blanks: Cell<bool>,
}

impl<'s> Source<'s> {
    /// Starts reading a file, named as reports should name it.
    pub(super) fn new(name: &'s str, text: &'s str) -> Self {
        Self {
            name,
            kind: "a policy",
            text,
            line_starts: text.match_indices('\n').map(|(newline, _)| newline + 1).collect(),
            problems: RefCell::default(),
            has_blanks: Cell::new(false),
        }
    }

    /// The same, of another kind of file.
    pub(super) fn of_kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// The part of the file at some bytes.
    pub(super) fn excerpt(&self, span: Range<usize>) -> Excerpt {
        // Only the lines from the first marked one on are cut, so that a policy of many entries is not read through
        // for each of them.
        let lines_before = self.line_starts.partition_point(|&line_start| line_start <= span.start);
        let cut = lines_before.checked_sub(1).map_or(0, |line| self.line_starts[line]);
        let mut excerpt = Excerpt::of(self.name, &self.text[cut..], span.start - cut..span.end - cut);
        let shift = u32::try_from(lines_before).unwrap_or(u32::MAX);
        excerpt.lines = (
            excerpt.lines.0.saturating_add(shift),
            excerpt.lines.1.saturating_add(shift),
        );
        excerpt
    }

    /// Where a part of a string's value stands; the whole string, where it is written with escapes.
    pub(super) fn inside(&self, string: &Placed<&str>, part: Range<usize>) -> Range<usize> {
        let quotes = (string.span.len() - string.value.len().min(string.span.len())) / 2;
        let start = string.span.start + quotes;
        if self.text.get(start..start + string.value.len()) == Some(string.value) && !part.is_empty() {
            start + part.start..start + part.end
        } else {
            string.span.clone()
        }
    }

    /// Notes a problem at some bytes.
    pub(super) fn report(&self, span: Range<usize>, problem: PolicyProblem) {
        self.report_placed(problem.at(self.excerpt(span)));
    }

    /// Notes a problem of the file as a whole.
    pub(super) fn report_whole(&self, problem: PolicyProblem) {
        self.report_placed(problem.at(Excerpt::whole_file(self.name)));
    }

    /// Notes a problem that knows its place.
    pub(super) fn report_placed(&self, problem: PolicyProblem) {
        self.problems.borrow_mut().push(problem);
    }

    /// Whether so much is wrong already that advice on each further mistake would be lost on anybody.
    pub(super) fn has_many_problems(&self) -> bool {
        self.problems.borrow().len() > 100
    }

    /// Everything noted.
    pub(super) fn into_problems(self) -> Vec<PolicyProblem> {
        self.problems.into_inner()
    }

    /// The text, if its syntax can be understood; otherwise what is wrong with it is noted.
    ///
    /// Where the syntax is broken within single lines, the text comes back with these lines blank, so that mistakes
    /// elsewhere are found in the same run. Anything worse makes nonsense of what follows, and only its beginning is
    /// reported.
    pub(super) fn parsable(&self) -> Option<Cow<'s, str>> {
        let mut text = Cow::Borrowed(self.text);
        let mut errors = Vec::new();
        // Each round can bring errors to light that those before it hid.
        for _ in 0..MAX_ROUNDS {
            let (_, found) = DeTable::parse_recoverable(&text);
            if found.is_empty() {
                self.report_syntax(errors);
                return Some(text);
            }
            let mended = with_lines_blank(&text, &found);
            errors.extend(found);
            let Some(mended) = mended else { break };
            text = Cow::Owned(mended);
        }
        errors.truncate(1);
        self.report_syntax(errors);
        None
    }

    /// Notes what is wrong with the syntax. The rest of a broken line is often complained about again; only the first
    /// complaint about a line helps.
    fn report_syntax(&self, mut errors: Vec<toml::de::Error>) {
        errors.sort_by_key(|error| error.span().map(|span| span.start));
        self.has_blanks.set(!errors.is_empty());
        let mut reported = BTreeSet::new();
        for error in &errors {
            let excerpt = self.excerpt(error.span().unwrap_or_default());
            if reported.insert(excerpt.lines.0) {
                let message = error.message().lines().collect::<Vec<_>>().join(", ");
                self.report_placed(PolicyProblem::error(format!("invalid TOML: {message}")).at(excerpt));
            }
        }
    }

    /// Whether a key may be missing only because its line is broken.
    pub(super) fn has_blanks(&self) -> bool {
        self.has_blanks.get()
    }
}

/// The text with blanks for every line in which an error starts, so that all else keeps its place. `None` where such
/// a line is a header: without it, what follows would seem to belong to another table.
fn with_lines_blank(text: &str, errors: &[toml::de::Error]) -> Option<String> {
    let mut mended = text.to_owned();
    for error in errors {
        let start = error.span()?.start;
        let line_start = text.get(..start)?.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        if line.trim_start().starts_with('[') {
            return None;
        }
        mended.replace_range(line_start..line_start + line.len(), &" ".repeat(line.len()));
    }
    Some(mended)
}

/// A value with the place it stands at.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed<T> {
    /// The value.
    pub(super) value: T,
    /// Its bytes in the file.
    pub(super) span: Range<usize>,
}
