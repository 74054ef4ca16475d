//! What was denied on the day a project began to look: those very findings pass, so that it can start at once and only
//! get better.
//!
//! An entry is bound to what was judged: the problem that was found, the license texts of the crate, and the words of other
//! files that the finding rests on. When one of these changes, the entry means nothing any more. It is not bound to a
//! version, since an update without other terms is nothing new to judge. What was not evaluated, and what is wrong with
//! the policy itself, never passes.

use std::collections::BTreeSet;

use airights_text::AiUse;

use crate::evaluate::Evaluation;
use crate::facts::{BoundFile, EvidenceKind, Facts, Gathered, PackageFacts};
use crate::finding::{Finding, Subject};
use crate::graph::DependencyGraph;
use crate::level::Level;
use crate::problem::{Problem, ProblemKey};
use crate::rule::Rule;

/// The findings that pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Its entries, each once.
    pub entries: BTreeSet<BaselineEntry>,
}

/// A finding that passes, by what was judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BaselineEntry {
    /// The crate's name.
    pub krate: String,
    /// The rule that speaks.
    pub rule: Rule,
    /// The AI use it is about.
    pub ai_use: Option<AiUse>,
    /// What is the matter.
    pub problem: KnownProblem,
    /// The license texts of the crate; sorted by path.
    pub files: Vec<BoundFile>,
    /// What it rests on outside these texts: lines of a README, an `AGENTS.md`, a manifest, each on one line; sorted.
    pub words: Vec<String>,
}

/// How an entry says what is the matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownProblem {
    /// As a value, which no release words anew.
    Key(ProblemKey),
    /// In the words of the release that wrote it: version 1. [`Baseline::with_keys`] puts keys in their place.
    Words(String),
}

impl Baseline {
    /// The same entries, with keys where a finding of today has the words of an entry. `words` says a problem in the words
    /// that baselines of version 1 have.
    #[must_use]
    pub fn with_keys(
        mut self,
        evaluation: &Evaluation,
        graph: &DependencyGraph,
        facts: &Facts,
        words: impl Fn(&Problem) -> String,
    ) -> Self {
        if !self
            .entries
            .iter()
            .any(|entry| matches!(entry.problem, KnownProblem::Words(_)))
        {
            return self;
        }
        for finding in &evaluation.findings {
            let Some(keyed) = entry(finding, graph, facts) else {
                continue;
            };
            let worded = BaselineEntry {
                problem: KnownProblem::Words(words(&finding.problem)),
                ..keyed.clone()
            };
            if self.entries.remove(&worded) {
                self.entries.insert(keyed);
            }
        }
        self
    }

    /// What is denied today, as far as a baseline can let it pass.
    pub fn of(evaluation: &Evaluation, graph: &DependencyGraph, facts: &Facts) -> Self {
        let findings = evaluation.findings.iter().chain(&evaluation.baselined);
        Self {
            entries: findings.filter_map(|finding| entry(finding, graph, facts)).collect(),
        }
    }
}

impl Evaluation {
    /// Lets pass what a baseline knows, and returns the entries of which nothing is left.
    pub fn soften(&mut self, baseline: &Baseline, graph: &DependencyGraph, facts: &Facts) -> Vec<BaselineEntry> {
        let mut left = baseline.entries.clone();
        let findings = std::mem::take(&mut self.findings);
        for finding in findings {
            match entry(&finding, graph, facts).filter(|entry| baseline.entries.contains(entry)) {
                Some(entry) => {
                    left.remove(&entry);
                    self.baselined.push(finding);
                }
                None => self.findings.push(finding),
            }
        }
        self.verdict = self.verdict_now();
        left.into_iter().collect()
    }
}

/// The entry that would let a finding pass.
fn entry(finding: &Finding, graph: &DependencyGraph, facts: &Facts) -> Option<BaselineEntry> {
    let Subject::Package(place) = finding.subject else {
        return None;
    };
    if finding.level != Level::Deny || finding.rule == Rule::NotEvaluated {
        return None;
    }
    let Some(Gathered::Facts(facts)) = facts.get(place) else {
        return None;
    };
    Some(BaselineEntry {
        krate: graph.package(place).name.clone(),
        rule: finding.rule,
        ai_use: finding.ai_use,
        problem: KnownProblem::Key(finding.problem.key()?),
        files: texts_of(facts),
        words: words_of(finding),
    })
}

fn texts_of(facts: &PackageFacts) -> Vec<BoundFile> {
    let texts = facts.texts.iter().map(|text| BoundFile {
        path: text.path.clone(),
        sha256: text.sha256.clone(),
    });
    texts.collect()
}

/// License texts are bound as a whole, and what the catalogue knows of a license stands in no file.
fn words_of(finding: &Finding) -> Vec<String> {
    let is_of_no_text = |kind| {
        !matches!(
            kind,
            EvidenceKind::LicenseText | EvidenceKind::Notice | EvidenceKind::Catalogue | EvidenceKind::Clarification
        )
    };
    let evidence = finding.evidence.iter().filter(|evidence| is_of_no_text(evidence.kind));
    let words: BTreeSet<String> = evidence
        .map(|evidence| evidence.excerpt.one_line())
        .filter(|words| !words.is_empty())
        .collect();
    words.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Verdict;
    use crate::policy::Date;
    use crate::scene::Scene;

    fn judged(scene: &str) -> (Scene, Evaluation) {
        let scene = Scene::parse(scene);
        let today = Date::new(2026, 11, 22).expect("a day");
        let evaluation = crate::evaluate(&scene.policy, &scene.graph, &scene.facts, today);
        (scene, evaluation)
    }

    /// What becomes of one scene under the baseline of another: the verdict, and how many findings pass and entries are
    /// left over.
    #[track_caller]
    fn check(before: &str, after: &str, verdict: Verdict, passing: usize, left: usize) {
        let (scene, evaluation) = judged(before);
        let baseline = Baseline::of(&evaluation, &scene.graph, &scene.facts);
        let (scene, mut evaluation) = judged(after);
        let in_all = evaluation.findings.len();
        let unused = evaluation.soften(&baseline, &scene.graph, &scene.facts);
        assert_eq!(
            (evaluation.verdict, evaluation.baselined.len(), unused.len()),
            (verdict, passing, left)
        );
        assert_eq!(evaluation.findings.len() + evaluation.baselined.len(), in_all);
    }

    const DENIED: &str = "package p 1.0.0\n license GPL-3.0-only\n text LICENSE GPL-3.0-only\n\
                          says README.md train-ai disallowed\n";

    #[test]
    fn what_was_denied_passes_and_nothing_else() {
        check(DENIED, DENIED, Verdict::Clean, 1, 0);
        let another = format!("{DENIED}package q 1.0.0\n license GPL-3.0-only\n");
        check(DENIED, &another, Verdict::Violated, 1, 0);
        check("", DENIED, Verdict::Violated, 0, 0);
        check(DENIED, "package p 1.0.0\n license MIT", Verdict::Clean, 0, 1);
    }

    #[test]
    fn an_entry_ends_with_the_terms_it_was_written_for() {
        // An update without other terms is nothing new.
        check(DENIED, &DENIED.replace("1.0.0", "1.0.1"), Verdict::Clean, 1, 0);
        check(
            DENIED,
            &DENIED.replace("license GPL-3.0", "license AGPL-3.0"),
            Verdict::Violated,
            0,
            1,
        );
        check(
            DENIED,
            &DENIED.replace("text LICENSE", "text COPYING"),
            Verdict::Violated,
            0,
            1,
        );
        let hard = format!("policy\n preferences deny\n{DENIED}");
        check(&hard, &hard, Verdict::Clean, 2, 0);
        check(&hard, &hard.replace("README.md", "AGENTS.md"), Verdict::Clean, 2, 0);
        check(
            &hard,
            &hard.replace("disallowed", "conditional credit"),
            Verdict::Clean,
            1,
            1,
        );
    }

    /// An entry that a release wrote in its words holds for the finding that has them.
    #[test]
    fn words_of_another_release_become_keys() {
        let (scene, evaluation) = judged(DENIED);
        let (graph, facts) = (&scene.graph, &scene.facts);
        let mut baseline = Baseline::of(&evaluation, graph, facts);
        let keyed = baseline.clone();
        let words = |problem: &Problem| format!("in old words: {problem:?}");
        let denied = evaluation.findings.iter().find(|finding| finding.level == Level::Deny);
        let mut entry = baseline.entries.pop_first().expect("one is denied");
        entry.problem = KnownProblem::Words(words(&denied.expect("one is denied").problem));
        baseline.entries.insert(entry.clone());
        assert_eq!(baseline.clone().with_keys(&evaluation, graph, facts, words), keyed);
        let others = |_: &Problem| "in other words".to_owned();
        assert_eq!(baseline.clone().with_keys(&evaluation, graph, facts, others), baseline);
    }

    #[test]
    fn what_was_not_looked_at_never_passes() {
        let missing = "package p 1.0.0\n not gathered";
        check(missing, missing, Verdict::Incomplete, 0, 0);
        let policy = "policy\n exception q license:MIT expires:2020-01-01\npackage q 1.0.0\n license MIT";
        check(policy, policy, Verdict::Violated, 0, 0);
    }
}
