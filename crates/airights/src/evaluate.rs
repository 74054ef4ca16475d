//! The whole judgement: every package judged by the same [`judge_package`], the policy's
//! own entries looked after, and the verdict.

use crate::facts::{Facts, Gathered};
use crate::finding::{Finding, NotEvaluated, Subject, Verdict};
use crate::graph::DependencyGraph;
use crate::judge::{Judgement, judge_package};
use crate::ledger::{Ledger, UsedEntries};
use crate::level::Level;
use crate::package::Role;
use crate::policy::{Date, Policy, PolicySource};
use crate::rules;

/// Judges a whole graph. `facts` has one entry per package, in the graph's order; a package without one was not
/// evaluated.
pub fn evaluate(policy: &Policy, graph: &DependencyGraph, facts: &Facts, today: Date) -> Evaluation {
    let mut judgements = Vec::with_capacity(graph.packages().len());
    let mut findings = Vec::new();
    let mut used = UsedEntries::default();
    let mut evaluated = Vec::with_capacity(graph.packages().len());
    let mut not_evaluated = Vec::new();
    for (place, package) in graph.iter() {
        match facts.get(place) {
            Some(Gathered::Facts(facts)) => {
                let judged = judge_package(policy, place, package, facts, today);
                judgements.push(judged.judgement);
                findings.extend(judged.findings);
                used.extend(judged.used);
                evaluated.push((package, &**facts));
            }
            Some(Gathered::Not(reason)) => {
                not_evaluated.push(NotEvaluated {
                    package: place,
                    reason: reason.clone(),
                });
            }
            None => {
                let reason = "no facts were gathered".to_owned();
                not_evaluated.push(NotEvaluated { package: place, reason });
            }
        }
    }
    let ledger = Ledger::new(
        policy,
        evaluated.into_iter(),
        &not_evaluated,
        used,
        (today, graph.is_part()),
    );
    findings.extend(rules::of_policy(&ledger));
    add_paths(graph, &mut findings);
    findings.sort_by(in_report_order);
    let mut evaluation = Evaluation {
        policy: policy.source.clone(),
        judgements,
        not_evaluated,
        findings,
        baselined: Vec::new(),
        verdict: Verdict::Clean,
    };
    evaluation.verdict = evaluation.verdict_now();
    evaluation
}

fn add_paths(graph: &DependencyGraph, findings: &mut [Finding]) {
    let paths = graph.shortest_paths();
    for finding in findings {
        if let Subject::Package(place) = finding.subject {
            finding.path = paths.to(place);
        }
    }
}

/// Worst first, then by rule, and what has the same problem together.
fn in_report_order(one: &Finding, other: &Finding) -> std::cmp::Ordering {
    let key = |finding: &Finding| (std::cmp::Reverse(finding.level), finding.rule, finding.ai_use);
    key(one)
        .cmp(&key(other))
        .then_with(|| one.problem.cmp(&other.problem))
        .then_with(|| one.subject.cmp(&other.subject))
        .then_with(|| one.evidence.cmp(&other.evidence))
}

/// Everything a report needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Which policy judged.
    pub policy: PolicySource,
    /// One judgement for each package that was evaluated, in the graph's order.
    pub judgements: Vec<Judgement>,
    /// The packages that were not, each with its reason.
    pub not_evaluated: Vec<NotEvaluated>,
    /// Every finding: worst first, then by rule, subject, use and place. Those of level `Allow` included.
    pub findings: Vec<Finding>,
    /// Findings that a baseline lets pass, in the same order. They are denied, and count for nothing.
    pub baselined: Vec<Finding>,
    /// The verdict.
    pub verdict: Verdict,
}

/// How many packages were resolved and judged, and how many findings that made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Packages of the graph: always `evaluated + not_evaluated`.
    pub resolved: usize,
    /// Packages that were judged.
    pub evaluated: usize,
    /// Packages that could not be.
    pub not_evaluated: usize,
    /// Of those that were judged, packages that no build contains.
    pub unbuilt: usize,
    /// Findings of level `Deny`.
    pub denied: usize,
    /// Findings of level `Warn`.
    pub warned: usize,
    /// Findings that a baseline lets pass.
    pub baselined: usize,
}

impl Evaluation {
    /// Counts packages and findings.
    pub fn counts(&self) -> Counts {
        let of_level = |level: Level| self.findings.iter().filter(|finding| finding.level == level).count();
        Counts {
            resolved: self.judgements.len() + self.not_evaluated.len(),
            evaluated: self.judgements.len(),
            not_evaluated: self.not_evaluated.len(),
            unbuilt: self
                .judgements
                .iter()
                .filter(|judgement| judgement.role == Role::Unbuilt)
                .count(),
            denied: of_level(Level::Deny),
            warned: of_level(Level::Warn),
            baselined: self.baselined.len(),
        }
    }

    /// The verdict that the findings make.
    pub(crate) fn verdict_now(&self) -> Verdict {
        if !self.not_evaluated.is_empty() {
            Verdict::Incomplete
        } else if self.findings.iter().any(|finding| finding.level == Level::Deny) {
            Verdict::Violated
        } else {
            Verdict::Clean
        }
    }
}
