//! Puts findings that say the same of several packages together, so that a reader meets each problem once.

use std::collections::HashMap;

use airights::finding::PolicyEntry;
use airights::{AiUse, Finding, Level, PackageIx, Problem, Rule, Subject};

/// Findings that differ in nothing but the package. Never empty.
pub(super) struct Group<'a> {
    findings: Vec<&'a Finding>,
}

impl<'a> Group<'a> {
    /// The finding that stands for all of them.
    pub(super) fn first(&self) -> &'a Finding {
        self.findings[0]
    }

    /// How many findings there are.
    pub(super) fn len(&self) -> usize {
        self.findings.len()
    }

    /// How much each weighs.
    pub(super) fn level(&self) -> Level {
        self.first().level
    }

    /// The packages, in the order of the findings.
    pub(super) fn packages(&self) -> impl Iterator<Item = PackageIx> {
        self.findings.iter().filter_map(|finding| match finding.subject {
            Subject::Package(package) => Some(package),
            Subject::Policy(_) | Subject::Publication => None,
        })
    }

    /// Whether all of them propose the same way forward.
    pub(super) fn agrees_on_help(&self) -> bool {
        self.findings.iter().all(|finding| finding.help == self.first().help)
    }
}

/// What findings of one group have in common.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    rule: Rule,
    level: Level,
    ai_use: Option<AiUse>,
    problem: &'a Problem,
    // Each entry of a policy is a matter of its own.
    policy_entry: Option<&'a PolicyEntry>,
}

/// Groups findings; groups stand in the order of their first findings.
pub(super) fn group<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut place_of: HashMap<Key<'a>, usize> = HashMap::new();
    for finding in findings {
        let key = Key {
            rule: finding.rule,
            level: finding.level,
            ai_use: finding.ai_use,
            problem: &finding.problem,
            policy_entry: match &finding.subject {
                Subject::Package(_) | Subject::Publication => None,
                Subject::Policy(entry) => Some(entry),
            },
        };
        let place = *place_of.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group {
                findings: vec![finding],
            }),
        }
    }
    groups
}
