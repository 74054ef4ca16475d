//! All sources together: which crates to look at, in which order, and what each suggestion rests on.

use super::blend::{Alike, alike};
use super::catalog::Catalog;
use super::mined::{Rule, Rules};
use super::table::{Pair, Table, is_same};

/// What is asked; each source may be missing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    /// The reviewed table.
    pub table: Option<&'a Table>,
    /// Mined rules.
    pub rules: Option<&'a Rules>,
    /// The catalog.
    pub catalog: Option<&'a Catalog>,
}

/// A crate that may do the job.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// What the suggestion rests on, the strongest first; never empty.
    pub grounds: Vec<Ground>,
}

/// What a suggestion rests on.
#[derive(Clone, Debug, PartialEq)]
pub enum Ground {
    /// The reviewed table.
    Reviewed(Pair),
    /// Others have done it.
    Mined(Rule),
    /// It is like it.
    Alike(Alike),
}

impl Ground {
    /// What it says, for the crate whose job is to be done.
    pub fn evidence(&self, of: &str) -> String {
        match self {
            Self::Reviewed(pair) => {
                let note = pair.note.as_ref().map(|note| format!(", {note}")).unwrap_or_default();
                let relation = pair.relation;
                format!("{relation} of `{of}`{note} ({})", pair.evidence)
            }
            Self::Mined(rule) => rule.evidence(),
            Self::Alike(alike) => alike.evidence(of),
        }
    }
}

/// A rule that rests on fewer crates than this comes after all that is better founded.
const WELL_FOUNDED: usize = 2;
/// So many crates that are like it are looked at.
const MOST_ALIKE: usize = 50;
/// What a rule that rests on one crate counts beside how alike two crates are.
const SINGLE_RULE: f64 = 1.0;

impl Sources<'_> {
    /// The crates that may do the job of one, best first: reviewed ones, then what several crates have done, then what
    /// is like it.
    pub fn of(&self, name: &str) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for pair in self.table.iter().flat_map(|table| table.of(name)) {
            take(&mut found, &pair.to, Ground::Reviewed(pair.clone()));
        }
        let rules = self.rules.map(|rules| rules.of(name)).unwrap_or_default();
        let (founded, single): (Vec<_>, Vec<_>) = rules.iter().partition(|rule| rule.support >= WELL_FOUNDED);
        for rule in founded {
            take(&mut found, &rule.to, Ground::Mined(rule.clone()));
        }
        let alike = self
            .catalog
            .map(|catalog| alike(catalog, name, MOST_ALIKE))
            .unwrap_or_default();
        let mut rest: Vec<(f64, &str, Ground)> = Vec::new();
        rest.extend(
            alike
                .iter()
                .map(|alike| (alike.score, alike.name.as_str(), Ground::Alike(alike.clone()))),
        );
        rest.extend(
            single
                .iter()
                .map(|rule| (0.0, rule.to.as_str(), Ground::Mined((*rule).clone()))),
        );
        let best = single.first().map_or(1.0, |rule| rule.score);
        let score = |name: &str| -> f64 {
            let alike = alike
                .iter()
                .find(|alike| alike.name == name)
                .map_or(0.0, |alike| alike.score);
            let rule = single
                .iter()
                .find(|rule| rule.to == name)
                .map_or(0.0, |rule| rule.score / best);
            alike + SINGLE_RULE * rule
        };
        for (known, name, _) in &mut rest {
            *known = score(name);
        }
        rest.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
        for (_, name, ground) in rest {
            take(&mut found, name, ground);
        }
        found.retain(|candidate| !is_same(&candidate.name, name));
        found
    }
}

/// Adds a ground to a candidate, or a candidate with it.
fn take(found: &mut Vec<Candidate>, name: &str, ground: Ground) {
    match found.iter_mut().find(|candidate| is_same(&candidate.name, name)) {
        Some(known) => known.grounds.push(ground),
        None => found.push(Candidate {
            name: name.to_owned(),
            grounds: vec![ground],
        }),
    }
}
