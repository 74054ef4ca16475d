//! The JSON report, version 1. Scripts rely on every name here: add, never change.
//!
//! The names themselves are in `v1/names.rs`; the schema is published as `schemas/report-v1.schema.json`.

pub(crate) mod names;

use std::io::{self, Write};

use airights::finding::Finding;
use airights::judge::{AiJudgement, Judgement};
use airights::policy::PolicySource;
use airights::{Evidence, Excerpt, Package, PackageIx, Subject, Verdict};

use self::names::{
    AiTerms, Counts, Explanation, License, NotEvaluated, PackageName, Place, Policy, Tool, WireError, WireFinding,
    WirePackage, WireReport,
};
pub(crate) use self::names::{WireEvidence, WireProblem};
use crate::Report;
use crate::advice::advice;
use crate::diagnostic::Diagnostic;
use crate::entry::entry_of;
use crate::escape::without_user;
use crate::failure::Failure;
use crate::sentence::{entry_name, message};

/// Writes the report.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    super::safe::write(&wire_report(report), out)
}

/// Writes what is known of one package: the same objects as in the report, and who depends on it.
///
/// # Errors
///
/// What the writer says.
pub fn write_package(report: &Report<'_>, place: PackageIx, out: &mut dyn Write) -> io::Result<()> {
    let evaluation = report.evaluation;
    let package = report.graph.package(place);
    let mut judgements = evaluation.judgements.iter();
    let judgement = judgements.find(|judgement| judgement.package == place);
    let mut missing = evaluation.not_evaluated.iter();
    let findings = evaluation.findings.iter();
    let dependents = report.graph.dependencies().iter().filter(|edge| edge.to == place);
    let explanation = Explanation {
        version: 1,
        package: judgement.map(|judgement| wire_package(package, judgement)),
        not_evaluated: missing
            .find(|missing| missing.package == place)
            .map(|missing| wire_missing(package, &missing.reason)),
        path: path_names(report, &report.graph.shortest_paths().to(place)),
        dependents: dependents
            .map(|edge| report.graph.package(edge.from).to_string())
            .collect(),
        findings: findings
            .filter(|finding| finding.subject == Subject::Package(place))
            .map(|finding| wire_finding(report, finding))
            .collect(),
    };
    super::safe::write(&explanation, out)
}

fn wire_report<'a>(report: &'a Report<'a>) -> WireReport<'a> {
    let evaluation = report.evaluation;
    let counts = evaluation.counts();
    WireReport {
        version: 1,
        tool: Tool {
            name: "cargo-airights",
            version: report.tool_version,
        },
        policy: wire_policy(&evaluation.policy),
        verdict: evaluation.verdict.as_str(),
        counts: Counts {
            resolved: counts.resolved,
            evaluated: counts.evaluated,
            not_evaluated: counts.not_evaluated,
            unbuilt: counts.unbuilt,
            denied: counts.denied,
            warned: counts.warned,
            baselined: counts.baselined,
        },
        notes: report.notes,
        packages: evaluation
            .judgements
            .iter()
            .map(|judgement| wire_package(report.graph.package(judgement.package), judgement))
            .collect(),
        not_evaluated: evaluation
            .not_evaluated
            .iter()
            .map(|missing| wire_missing(report.graph.package(missing.package), &missing.reason))
            .collect(),
        findings: report.findings().map(|finding| wire_finding(report, finding)).collect(),
        baselined: evaluation
            .baselined
            .iter()
            .map(|finding| wire_finding(report, finding))
            .collect(),
        errors: Vec::new(),
    }
}

/// Writes why nothing was judged: a report of no package, which has an `errors` in addition.
///
/// # Errors
///
/// What the writer says.
pub fn write_failure(failure: &Failure<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = WireReport {
        version: 1,
        tool: Tool {
            name: "cargo-airights",
            version: failure.tool_version,
        },
        policy: Policy {
            source: "none",
            sha256: None,
        },
        verdict: Verdict::Incomplete.as_str(),
        counts: Counts::default(),
        notes: &[],
        packages: Vec::new(),
        not_evaluated: Vec::new(),
        findings: Vec::new(),
        baselined: Vec::new(),
        errors: failure.errors.iter().map(wire_error).collect(),
    };
    super::safe::write(&report, out)
}

fn wire_error(error: &Diagnostic) -> WireError<'_> {
    WireError {
        message: &error.message,
        places: error.places.iter().map(|place| wire_place(&place.excerpt)).collect(),
        notes: &error.notes,
        causes: &error.causes,
        help: error.help.as_deref(),
    }
}

pub(crate) fn wire_policy(source: &PolicySource) -> Policy<'_> {
    match source {
        PolicySource::BuiltIn => Policy {
            source: "built-in",
            sha256: None,
        },
        PolicySource::File { path, sha256 } => Policy {
            source: path,
            sha256: Some(sha256),
        },
    }
}

fn wire_package<'a>(package: &'a Package, judgement: &'a Judgement) -> WirePackage<'a> {
    let license = &judgement.license;
    WirePackage {
        name: &package.name,
        version: package.version.to_string(),
        source: package.source.as_deref().map(without_user),
        checksum: package.checksum.as_deref(),
        member: package.is_member,
        roles: package.roles.iter().map(airights::Role::as_str).collect(),
        role: judgement.role.as_str(),
        license: License {
            declared: license.declared.as_deref(),
            notes: &license.notes,
            found: &license.found,
            effective: license.effective.as_deref(),
            elected: license.elected.as_deref(),
            class: license.class.as_str(),
            level: license.level.as_str(),
            decided_by: license.decided_by.as_ref().map(wire_place),
            residue: license.residue.iter().map(wire_place).collect(),
        },
        ai: judgement
            .ai
            .iter()
            .map(|(ai_use, terms)| (ai_use.as_str(), wire_terms(terms)))
            .collect(),
    }
}

fn wire_terms(terms: &AiJudgement) -> AiTerms<'_> {
    AiTerms {
        value: terms.value.as_str(),
        force: terms.force.map(airights::facts::Force::as_str),
        conditions: terms.conditions.iter().map(|condition| condition.as_str()).collect(),
        level: terms.level.as_str(),
        decided_by: terms.decided_by.as_ref().map(wire_place),
        evidence: terms.evidence.iter().map(wire_evidence).collect(),
    }
}

fn wire_finding<'a>(report: &'a Report<'a>, finding: &'a Finding) -> WireFinding<'a> {
    let (package, policy_entry) = match &finding.subject {
        Subject::Package(place) => (Some(report.graph.package(*place)), None),
        Subject::Policy(entry) => (None, Some(entry_name(entry))),
        Subject::Publication => (None, None),
    };
    WireFinding {
        rule: finding.rule.id(),
        level: finding.level.as_str(),
        package: package.map(|package| PackageName {
            name: &package.name,
            version: package.version.to_string(),
        }),
        policy_entry,
        ai_use: finding.ai_use.map(airights::AiUse::as_str),
        message: message(report.graph, finding),
        problem: wire_problem(finding),
        help: finding.help.as_ref().map(advice),
        entry: entry_of(finding, report),
        evidence: finding.evidence.iter().map(wire_evidence).collect(),
        decided_by: finding.decided_by.as_ref().map(wire_place),
        path: path_names(report, &finding.path),
        path_left_out: finding.path.left_out(),
    }
}

fn wire_missing<'a>(package: &'a Package, reason: &'a str) -> NotEvaluated<'a> {
    NotEvaluated {
        name: &package.name,
        version: package.version.to_string(),
        source: package.source.as_deref().map(without_user),
        reason,
    }
}

pub(crate) fn wire_problem(finding: &Finding) -> Option<WireProblem> {
    finding.problem.key().map(|key| WireProblem {
        key: key.name.into_owned(),
        terms: key.terms,
    })
}

fn path_names(report: &Report<'_>, path: &[PackageIx]) -> Vec<String> {
    let names = path.iter().map(|&place| report.graph.package(place).to_string());
    names.collect()
}

/// A piece of evidence, as in every JSON of ours.
pub(crate) fn wire_evidence(evidence: &Evidence) -> WireEvidence<'_> {
    WireEvidence {
        kind: evidence.kind.as_str(),
        place: wire_place(&evidence.excerpt),
    }
}

fn wire_place(excerpt: &Excerpt) -> Place<'_> {
    Place {
        path: &excerpt.path,
        lines: (excerpt.lines.0 > 0).then_some(excerpt.lines),
        excerpt: excerpt.one_line(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;
    use serde_json::Value;

    use super::*;
    use crate::failure::sample::with_sample;
    use crate::sample::{HOSTILE, sample_evaluation};

    fn written(report: &Report<'_>) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_sample_is_written_as_scripts_rely_on_it() {
        let sample = sample_evaluation();
        expect_file!["../goldens/report-v1.json"].assert_eq(&written(&sample.report()));
    }

    fn written_failure() -> String {
        let mut out = Vec::new();
        with_sample(|failure| write_failure(failure, &mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_failure_is_a_report_that_says_why_there_is_nothing_in_it() {
        expect_file!["../goldens/failure-v1.json"].assert_eq(&written_failure());
    }

    #[test]
    fn every_report_is_valid_by_the_published_schema() {
        let schema: Value = serde_json::from_str(include_str!("../../schemas/report-v1.schema.json")).unwrap();
        assert!(jsonschema::meta::is_valid(&schema));
        let validator = jsonschema::validator_for(&schema).unwrap();
        let sample = sample_evaluation();
        let verbose = Report {
            verbose: 1,
            ..sample.report()
        };
        for text in [written(&sample.report()), written(&verbose), written_failure()] {
            let value: Value = serde_json::from_str(&text).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert_eq!(errors, Vec::<String>::new());
        }
        // A schema that lets everything pass would prove nothing.
        assert!(!validator.is_valid(&serde_json::json!({"version": 1})));
    }

    #[test]
    fn every_evaluated_package_has_all_four_uses() {
        let sample = sample_evaluation();
        let value: Value = serde_json::from_str(&written(&sample.report())).unwrap();
        let packages = value["packages"].as_array().unwrap();
        assert_eq!(packages.len(), value["counts"]["evaluated"]);
        for package in packages {
            for ai_use in airights::AiUse::ALL {
                assert!(package["ai"][ai_use.as_str()]["value"].is_string());
            }
        }
    }

    #[test]
    fn one_package_is_explained_by_the_objects_of_the_report() {
        let sample = sample_evaluation();
        let report = sample.report();
        let whole: Value = serde_json::from_str(&written(&report)).unwrap();
        let explained = |place| {
            let mut out = Vec::new();
            write_package(&report, PackageIx(place), &mut out).unwrap();
            serde_json::from_slice::<Value>(&out).unwrap()
        };
        let ishell = explained(2);
        assert_eq!(ishell["package"], whole["packages"][2]);
        assert_eq!(ishell["findings"][0], whole["findings"][1]);
        assert_eq!(ishell["dependents"], serde_json::json!(["middle 2.0.0"]));
        let vanished = explained(5);
        assert!(vanished["package"].is_null());
        assert_eq!(vanished["not_evaluated"], whole["not_evaluated"][0]);
    }

    #[test]
    fn hostile_words_are_escaped_and_kept() {
        let sample = sample_evaluation();
        let text = written(&sample.report());
        assert!(!text.contains(|c| c != '\n' && crate::escape::is_hidden(c)));
        assert!(text.contains(r"\u001b[2J") && HOSTILE.contains("\u{1b}[2J"));
    }
}
