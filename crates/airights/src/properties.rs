//! What holds of every judgement, tried on scenes made at random.

use airights_text::UseValue;
use proptest::prelude::*;

use crate::finding::Subject;
use crate::graph::{Dependency, DependencyGraph};
use crate::level::Level;
use crate::package::PackageIx;
use crate::policy::Date;
use crate::rule::Rule;
use crate::scene::{Scene, exception, play, worst};
use crate::{Entry, Evaluation, evaluate};

const LICENSES: &[&str] = &["MIT", "Apache-2.0", "GPL-3.0-only", "Unicode-3.0", "LicenseRef-own"];

fn expression() -> impl Strategy<Value = String> {
    let license = proptest::sample::select(LICENSES).prop_map(str::to_owned);
    license.prop_recursive(3, 8, 2, |inner| {
        let operator = prop_oneof![Just("AND"), Just("OR")];
        (inner.clone(), operator, inner).prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})"))
    })
}

/// The lines of a package, without its first.
fn facts() -> impl Strategy<Value = String> {
    let declared = proptest::option::of(expression());
    let text = proptest::option::of((
        proptest::sample::select(LICENSES),
        prop_oneof![Just(""), Just("clauses"), Just("unclassified")],
    ));
    let says = proptest::option::of((
        prop_oneof![Just("README.md"), Just("NOTICE"), Just("LICENSE"), Just("Cargo.toml")],
        prop_oneof![Just("train-ai"), Just("ai-input"), Just("use-restrictions")],
        prop_oneof![Just("allowed"), Just("conditional credit"), Just("disallowed")],
    ));
    (declared, text, says, any::<bool>()).prop_map(|(declared, text, says, residue)| {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(declared.map(|declared| format!("license {declared}")));
        if let Some((id, modification)) = text {
            lines.push(format!("text LICENSE {id} {modification}"));
            lines.extend(residue.then(|| "residue LICENSE".to_owned()));
        }
        lines.extend(says.map(|(path, ai_use, value)| format!("says {path} {ai_use} {value}")));
        lines.join("\n")
    })
}

/// One more file of a package, which grants nothing and leaves no choice.
fn another_text() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        Just("LICENSE-2"),
        Just("COPYRIGHT"),
        Just("NOTICE"),
        Just("vendor/c/LICENSE"),
        Just("LICENSE-DOCS")
    ];
    let names = proptest::sample::select(LICENSES).prop_map(str::to_owned);
    let two = (proptest::sample::select(LICENSES), proptest::sample::select(LICENSES));
    let all = two.prop_map(|(one, other)| format!("{one} AND {other}"));
    let says = prop_oneof![
        names.clone().prop_map(|id| format!("text PATH {id}")),
        names.prop_map(|id| format!("text PATH {id} unclassified")),
        all.prop_map(|expression| format!("names PATH {expression}")),
        Just("names PATH no expression at all".to_owned()),
        Just("text PATH -".to_owned()),
        Just("text PATH -\nresidue PATH operative".to_owned()),
        Just("unreadable PATH".to_owned()),
    ];
    (path, says).prop_map(|(path, says)| says.replace("PATH", path))
}

fn graph() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        (facts(), prop_oneof![Just("shipped"), Just("build"), Just("dev")]),
        1..6,
    )
    .prop_map(|packages| {
        let lines = packages.iter().enumerate().map(|(number, (facts, role))| {
            let next = (number + 1) % packages.len();
            let member = if number == 0 { "member" } else { "" };
            format!("package p{number} 1.0.0 {role} {member}\nneeds p{next}\n{facts}\n")
        });
        lines.collect()
    })
}

/// A policy without its allowances, and the allowances.
fn rest_and_allowances() -> impl Strategy<Value = (String, Vec<&'static str>)> {
    let uses = prop_oneof![Just("respect"), Just("ignore"), Just("require")];
    let preferences = prop_oneof![Just("allow"), Just("warn"), Just("deny")];
    let rest = (uses, preferences)
        .prop_map(|(how, preferences)| format!("policy\ntrain-ai {how}\npreferences {preferences}\n"));
    (rest, proptest::sample::subsequence(LICENSES, 0..LICENSES.len()))
}

fn policy() -> impl Strategy<Value = String> {
    rest_and_allowances().prop_map(|(rest, allowed)| with_allowances(&rest, &allowed))
}

fn with_allowances(rest: &str, allowed: &[&str]) -> String {
    format!("{rest}allow {}\n", allowed.join(" "))
}

/// Findings as words, with packages by name, so that scenes can be compared.
fn in_words(graph: &DependencyGraph, evaluation: &Evaluation) -> Vec<String> {
    let mut words: Vec<String> = evaluation
        .findings
        .iter()
        .map(|finding| {
            let subject = match &finding.subject {
                Subject::Package(place) => graph.package(*place).to_string(),
                Subject::Policy(entry) => format!("{entry:?}"),
                Subject::Publication => "publication".to_owned(),
            };
            format!(
                "{:?} {} {subject} {}",
                finding.level,
                finding.rule,
                finding.problem.identity()
            )
        })
        .collect();
    words.sort();
    words
}

proptest! {
    #[test]
    fn every_package_is_evaluated_or_named(policy in policy(), graph in graph()) {
        let (graph, evaluation) = play(&(policy + &graph));
        let counts = evaluation.counts();
        prop_assert_eq!(counts.resolved, graph.packages().len());
        prop_assert_eq!(counts.resolved, counts.evaluated + counts.not_evaluated);
    }

    #[test]
    fn an_allowance_never_makes_it_worse(
        (rest, mut allowed) in rest_and_allowances(),
        graph in graph(),
        more in proptest::sample::select(LICENSES),
    ) {
        let refused = |scene: &str| {
            let (_, evaluation) = play(scene);
            evaluation.findings.iter().filter(|finding| finding.rule == Rule::LicenseNotAllowed).count()
        };
        let before = with_allowances(&rest, &allowed) + &graph;
        allowed.push(more);
        let after = with_allowances(&rest, &allowed) + &graph;
        prop_assert!(worst(&after) <= worst(&before));
        prop_assert!(refused(&after) <= refused(&before));
    }

    #[test]
    fn another_branch_never_makes_it_worse(policy in policy(), one in expression(), other in expression()) {
        let scene = |expression: &str| format!("{policy}package p 1.0.0\nlicense {expression}");
        let both = scene(&format!("({one}) OR ({other})"));
        prop_assert!(worst(&both) <= worst(&scene(&one)));
    }

    /// Where something is known of a license, nothing that is read besides makes it milder.
    #[test]
    fn another_text_never_makes_it_milder(policy in policy(), facts in facts(), more in another_text()) {
        prop_assume!(facts.contains("license ") || facts.contains("text "));
        // What the file of one branch says is said of that branch alone as soon as another has a text, too.
        prop_assume!(!(facts.contains(" OR ") && facts.contains("says LICENSE")));
        let before = format!("{policy}package p 1.0.0\n{facts}\n");
        let after = format!("{before}{more}\n");
        prop_assert!(worst(&after) >= worst(&before));
    }

    /// Who agrees with the exception that is offered for what is denied is not asked for another one, and so with what is
    /// warned of.
    #[test]
    fn the_exception_that_is_offered_settles_all_that_an_exception_can(
        policy in policy(), facts in facts(), more in another_text(), roles in prop_oneof![Just("shipped"), Just("build dev")],
    ) {
        let mut scene = Scene::parse(&format!("{policy}package p 1.0.0 {roles}\n{facts}\n{more}\n"));
        let offered = |evaluation: &Evaluation, level: Level| {
            let shown = evaluation.findings.iter().filter(|finding| finding.level == level);
            Entry::merged(shown.filter_map(|finding| finding.entry.as_ref()))
        };
        for level in [Level::Deny, Level::Warn] {
            let before = scene.judge();
            let Some(Entry::Exception { krate, licenses, ai, .. }) = offered(&before, level) else {
                continue;
            };
            let mut granted = exception(&krate, &[]);
            granted.licenses = licenses.iter().map(|license| license.parse().expect("a pattern")).collect();
            granted.ai = ai.into_iter().map(|ai_use| (ai_use, UseValue::Disallowed)).collect();
            scene.policy.exceptions.push(granted);
            let after = scene.judge();
            prop_assert_eq!(offered(&after, level), None);
            prop_assert!(after.findings.len() <= before.findings.len());
        }
    }

    #[test]
    fn the_order_of_packages_changes_nothing(policy in policy(), graph in graph()) {
        let scene = Scene::parse(&(policy + &graph));
        let today = Date::new(2026, 11, 22).expect("a day");
        let count = u32::try_from(scene.graph.packages().len()).expect("a small graph");
        let turn = |place: PackageIx| PackageIx(count - 1 - place.0);
        let packages = scene.graph.packages().iter().rev().cloned().collect();
        let edges = scene.graph.dependencies().iter();
        let edges = edges.map(|edge| Dependency { from: turn(edge.from), to: turn(edge.to), key: edge.key.clone() });
        let turned = DependencyGraph::new(packages, edges.collect());
        let facts = scene.facts.values().iter().rev().cloned().collect();
        let one = evaluate(&scene.policy, &scene.graph, &scene.facts, today);
        let other = evaluate(&scene.policy, &turned, &facts, today);
        prop_assert_eq!(in_words(&scene.graph, &one), in_words(&turned, &other));
        prop_assert_eq!(one.verdict, other.verdict);
    }

    #[test]
    fn the_verdict_is_that_of_the_worst_finding(policy in policy(), graph in graph()) {
        let (_, evaluation) = play(&(policy + &graph));
        let worst = evaluation.findings.iter().map(|finding| finding.level).max().unwrap_or_default();
        prop_assert_eq!(evaluation.verdict == crate::Verdict::Clean, worst < Level::Deny);
    }
}
