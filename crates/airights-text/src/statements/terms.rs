//! The parts of an expression, and what of them is said twice.

use std::collections::{BTreeMap, BTreeSet};

use super::UNKNOWN;

/// Licenses of which one may be chosen.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    pub(super) terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own about a license")]
pub(super) struct Term {
    pub(super) licenses: String,
    pub(super) with: Vec<String>,
    pub(super) family: String,
    pub(super) is_loose: bool,
    pub(super) is_text: bool,
    pub(super) is_pointer: bool,
    /// Another part of the text says in full what is meant here.
    pub(super) is_void: bool,
    /// A tag or a sentence grants it by itself.
    pub(super) is_own: bool,
}

pub(super) fn push_new(list: &mut Vec<String>, word: &str) {
    if !list.iter().any(|known| known == word) {
        list.push(word.to_owned());
    }
}

/// Leaves out what is said twice, and what another part says better.
pub(super) fn simplify(all: &mut Vec<Choice>) {
    say_in_full(all);
    say_as_perl(all);
    say_as_granted(all);
    for choice in all.iter_mut() {
        choice.without_repeats();
    }
    all.retain(|choice| !choice.terms.is_empty());
    leave_out_what_others_say(all);
}

/// A name without its version gives way to one that has it.
fn say_in_full(all: &mut [Choice]) {
    let terms = || all.iter().flat_map(|choice| &choice.terms);
    let mut precise: BTreeMap<String, String> = BTreeMap::new();
    for term in terms().filter(|term| !term.is_loose) {
        let licenses = || term.licenses.clone();
        precise.entry(term.family.clone()).or_insert_with(licenses);
    }
    // Exceptions stay with what takes the place of the loose name they were said of.
    let carried: Vec<(String, Vec<String>)> = terms()
        .filter(|term| term.is_loose && precise.contains_key(&term.family) && !term.with.is_empty())
        .map(|term| (term.family.clone(), term.with.clone()))
        .collect();
    for choice in all.iter_mut() {
        // A choice keeps its branches, under the name that is said in full elsewhere.
        for term in choice.terms.iter_mut().filter(|term| term.is_loose) {
            if let Some(licenses) = precise.get(&term.family) {
                term.licenses.clone_from(licenses);
                term.is_void = true;
            }
        }
        if choice.terms.iter().all(|term| term.is_void) {
            choice.terms.clear();
        }
        for term in choice.terms.iter_mut().filter(|term| !term.licenses.contains(' ')) {
            for (_, with) in carried.iter().filter(|(family, _)| *family == term.family) {
                for exception in with {
                    push_new(&mut term.with, exception);
                }
            }
        }
    }
}

/// Whoever says "the same terms as Perl" and shows the two licenses, each under its title, shows those of Perl.
fn say_as_perl(all: &mut [Choice]) {
    const PERL: &str = "Artistic-1.0-Perl OR GPL-1.0-or-later";
    if !all.iter().any(|choice| choice.written(false) == PERL) {
        return;
    }
    for term in all.iter_mut().flat_map(|choice| &mut choice.terms) {
        let of_perl = match term.licenses.as_str() {
            "Artistic-1.0" => "Artistic-1.0-Perl",
            "GPL-1.0-only" => "GPL-1.0-or-later",
            _ => continue,
        };
        of_perl.clone_into(&mut term.licenses);
        term.is_own = false;
    }
}

/// Texts say less than the words beside them: which of the GNU versions, the GPL as part of the LGPL.
fn say_as_granted(all: &mut [Choice]) {
    let terms = all.iter().flat_map(|choice| &choice.terms);
    let said = terms.filter(|term| !term.is_text && !term.is_pointer);
    let granted: BTreeSet<String> = said
        .flat_map(|term| term.licenses.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let is_lgpl = |term: &Term| term.is_text && term.licenses.starts_with("LGPL-3.0");
    let has_lgpl = all.iter().any(|choice| choice.terms.iter().any(is_lgpl));
    for choice in all.iter_mut() {
        for term in choice.terms.iter_mut().filter(|term| term.is_text || term.is_pointer) {
            if let Some(base) = term.licenses.strip_suffix("-only") {
                let later = format!("{base}-or-later");
                if granted.contains(&later) && !granted.contains(&term.licenses) {
                    term.licenses = later;
                }
            }
        }
        // The LGPL, version 3, is written as additions to the GPL and is often shipped together with it.
        let is_part = |term: &Term| term.is_text && term.licenses.starts_with("GPL-3.0") && term.with.is_empty();
        choice.terms.retain(|term| !(has_lgpl && is_part(term)));
    }
}

/// Parts of an expression that are compared with each other at most: a text that names more is a catalog.
const MOST_COMPARED: usize = 200;

/// What a choice already offers, or a longer statement already says, is not said again; unless it is a grant of its own,
/// which is for another part of the work.
fn leave_out_what_others_say(all: &mut Vec<Choice>) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    all.retain(|choice| seen.insert(choice.written(true)));
    if all.len() > MOST_COMPARED {
        return;
    }
    let mut is_dropped = vec![false; all.len()];
    for number in 0..all.len() {
        is_dropped[number] = (0..all.len()).any(|other| {
            let (choice, by) = (&all[number], &all[other]);
            let is_wider = by.licenses() > choice.licenses();
            let is_own = is_wider && choice.is_own() && !is_shown_whole(all, by, number);
            other != number && !is_dropped[other] && !is_own && choice.is_within(by) && (is_wider || other < number)
        });
    }
    let mut is_dropped = is_dropped.into_iter();
    all.retain(|_| !is_dropped.next().unwrap_or(false));
}

/// Whether other branches of a choice stand by themselves as well: then these are what is chosen from, each said in full.
pub(super) fn is_shown_whole(all: &[Choice], choice: &Choice, but: usize) -> bool {
    let is_alone = |term: &Term| {
        let stands =
            |(number, other): (usize, &Choice)| number != but && other.terms.len() == 1 && other.terms[0].covers(term);
        all.iter().enumerate().any(stands)
    };
    let others = choice
        .terms
        .iter()
        .filter(|term| !all[but].terms.iter().any(|own| own.covers(term)));
    let mut others = others.peekable();
    others.peek().is_some() && others.all(is_alone)
}

impl Choice {
    /// Each license once, with the exceptions that are said of it.
    fn without_repeats(&mut self) {
        let mut seen: Vec<Term> = Vec::new();
        for term in self.terms.drain(..) {
            let repeats = |known: &&mut Term| {
                let is_open = known.is_text || term.is_text || known.is_loose || term.is_loose;
                let is_one_bare = known.with.is_empty() != term.with.is_empty();
                known.licenses == term.licenses && (known.with == term.with || is_one_bare && is_open)
            };
            if let Some(known) = seen.iter_mut().find(repeats) {
                if known.with.is_empty() {
                    known.with.clone_from(&term.with);
                }
            } else {
                seen.push(term);
            }
        }
        self.terms = seen;
    }

    /// A license that nobody knows.
    pub(super) fn unknown() -> Self {
        let term = Term {
            licenses: UNKNOWN.to_owned(),
            with: Vec::new(),
            family: UNKNOWN.to_owned(),
            is_loose: false,
            is_text: false,
            is_pointer: false,
            is_void: false,
            is_own: false,
        };
        Self { terms: vec![term] }
    }

    pub(super) fn is_own(&self) -> bool {
        self.terms.len() == 1 && self.terms[0].is_own
    }

    /// Whether it is only where something that another grants can be read, or its short name.
    pub(super) fn only_points_at(&self, granted: &Self) -> bool {
        let [term] = self.terms.as_slice() else { return false };
        let is_same = |known: &Term| known.family == term.family && !known.is_loose;
        term.is_loose && term.with.is_empty() && granted.terms.len() == 1 && is_same(&granted.terms[0])
    }

    /// How many licenses it offers.
    pub(super) fn licenses(&self) -> usize {
        let of = |term: &Term| {
            term.licenses
                .split(' ')
                .filter(|part| !matches!(*part, "OR" | "AND" | "WITH"))
                .count()
        };
        self.terms.iter().map(of).sum()
    }

    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.terms
            .iter()
            .all(|term| other.terms.iter().any(|known| known.covers(term)))
    }

    pub(super) fn written(&self, is_part: bool) -> String {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| term.written(self.terms.len() > 1))
            .collect();
        let all = terms.join(" OR ");
        if is_part && (terms.len() > 1 || all.contains(" OR ")) {
            format!("({all})")
        } else {
            all
        }
    }
}

impl Term {
    /// Whether this is the same license, said at least as fully.
    pub(super) fn covers(&self, other: &Self) -> bool {
        let is_same = self.licenses == other.licenses
            || self.licenses.split(' ').any(|id| id == other.licenses) && !self.licenses.contains("WITH");
        is_same && other.with.iter().all(|exception| self.with.contains(exception))
    }
}

impl Term {
    pub(super) fn written(&self, is_part: bool) -> String {
        if self.with.is_empty() {
            let needs_brackets = is_part && self.licenses.contains(" AND ");
            return if needs_brackets {
                format!("({})", self.licenses)
            } else {
                self.licenses.clone()
            };
        }
        let all: Vec<String> = self
            .with
            .iter()
            .map(|exception| format!("{} WITH {exception}", self.licenses))
            .collect();
        if is_part && all.len() > 1 {
            format!("({})", all.join(" AND "))
        } else {
            all.join(" AND ")
        }
    }
}
