//! The whole judgement: every package judged by the same [`judge_package`], the policy's
//! own entries looked after, and the verdict.

use crate::facts::{Facts, Gathered};
use crate::finding::{Finding, NotEvaluated, Subject, Verdict};
use crate::graph::DependencyGraph;
use crate::judge::{Judgement, judge_package};
use crate::ledger::{Ledger, UsedEntries};
use crate::level::Level;
use crate::package::{Package, Role};
use crate::policy::{Date, Policy, PolicySource};
use crate::rules;

/// Judges a whole graph. `facts` has one entry per package, in the graph's order; a package without one was not
/// evaluated. Where only some roles are judged, packages of others are left out.
pub fn evaluate(policy: &Policy, graph: &DependencyGraph, facts: &Facts, today: Date) -> Evaluation {
    let mut judgements = Vec::with_capacity(graph.packages().len());
    let mut findings = Vec::new();
    let mut used = UsedEntries::default();
    let mut evaluated = Vec::with_capacity(graph.packages().len());
    let mut unsettled = Vec::new();
    let mut not_evaluated = Vec::new();
    for (place, package) in graph.iter() {
        let roles = graph.judged_roles_of(package);
        if roles.is_empty() && graph.judged_roles().is_some() {
            continue;
        }
        match facts.get(place) {
            Some(Gathered::Facts(facts)) => {
                let judged = if roles == package.roles {
                    judge_package(policy, place, package, facts, today)
                } else {
                    let package = Package {
                        roles,
                        ..package.clone()
                    };
                    judge_package(policy, place, &package, facts, today)
                };
                if judged.judgement.license.level > Level::Allow {
                    unsettled.push(package);
                }
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
        (used, unsettled),
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
            finding.path = paths.cut_to(place);
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
    /// Packages of the graph, in the roles that are judged: always `evaluated + not_evaluated`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::Roles;
    use crate::scene::Scene;

    #[test]
    fn only_packages_of_the_roles_that_are_asked_for_are_judged() {
        let scene = "policy
               allow MIT
               dev allow GPL-3.0-only MIT
               exception gone license:ISC
             package app 1.0.0 member
               needs both
               needs tested
             package both 1.0.0 shipped dev
               license GPL-3.0-only
             package tested 1.0.0 dev
               license ISC";
        let today = Date::new(2026, 11, 22).expect("a day");
        for (roles, denied, resolved) in [
            (vec![Role::Shipped], vec!["both 1.0.0"], 1),
            (vec![Role::Dev], vec!["tested 1.0.0"], 2),
            (vec![Role::Build], vec![], 0),
            (Role::ALL.to_vec(), vec!["both 1.0.0", "tested 1.0.0"], 3),
        ] {
            let Scene { policy, graph, facts } = Scene::parse(scene);
            let graph = graph.judged_in(Roles::from_iter(roles.clone()));
            let evaluation = evaluate(&policy, &graph, &facts, today);
            let names = evaluation
                .findings
                .iter()
                .filter(|finding| finding.level == Level::Deny);
            let names = names.filter_map(|finding| match finding.subject {
                Subject::Package(place) => Some(graph.package(place).to_string()),
                _ => None,
            });
            assert_eq!(names.collect::<Vec<_>>(), denied, "{roles:?}");
            assert_eq!(evaluation.counts().resolved, resolved, "{roles:?}");
            // What is not used in a part may be used elsewhere.
            let unused = evaluation
                .findings
                .iter()
                .find(|finding| finding.rule == crate::Rule::ExceptionUnused);
            assert_eq!(unused, None, "{roles:?}");
        }
    }
}
