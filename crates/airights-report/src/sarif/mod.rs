//! SARIF 2.1.0 for code scanning: one result for each finding, at the line of the user's own manifest that brings the
//! crate in, since that is the line the user can change.

mod log;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use airights::policy::PolicySource;
use airights::{Finding, Level, PackageIx, Rule, Subject, Verdict};

use self::log::{
    Counts, Driver, EvidenceProperties, Fingerprints, Help, Id, Invocation, Location, Log, LogicalLocation,
    Notification, Result, ResultProperties, RuleDescriptor, Run, RunProperties, Tags, Text, Tool,
};
use self::place::{location, start_of};
use super::advice::advice;
use super::diagnostic::Diagnostic;
use super::entry::entry_of;
use super::escape::visible_lines;
use super::failure::Failure;
use super::markdown::plain_text;
use super::place::{in_words, is_absolute, named_excerpt, workspace_excerpt};
use super::sentence::{entry_name, message};
use super::{Report, json};

/// Where the schema is published.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the report.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    json::safe::write(&log(report), out)
}

/// Writes why nothing was judged: a run without results that was not successful.
///
/// # Errors
///
/// What the writer says.
pub fn write_failure(failure: &Failure<'_>, out: &mut dyn Write) -> io::Result<()> {
    let invocation = Invocation {
        execution_successful: false,
        exit_code: failure.exit_code,
        tool_execution_notifications: failure.errors.iter().map(notification).collect(),
    };
    let properties = RunProperties {
        verdict: Verdict::Incomplete.as_str(),
        policy: "none",
        counts: Counts::default(),
    };
    let run = run(failure.tool_version, Vec::new(), invocation, Vec::new(), properties);
    json::safe::write(&run, out)
}

fn log<'a>(report: &Report<'a>) -> Log<'a> {
    let rules: BTreeSet<Rule> = report.findings().map(|finding| finding.rule).collect();
    let index_of: BTreeMap<Rule, usize> = rules.iter().copied().zip(0..).collect();
    let counts = report.evaluation.counts();
    let properties = RunProperties {
        verdict: report.evaluation.verdict.as_str(),
        policy: policy_name(&report.evaluation.policy),
        counts: Counts {
            resolved: counts.resolved,
            evaluated: counts.evaluated,
            not_evaluated: counts.not_evaluated,
            denied: counts.denied,
            warned: counts.warned,
        },
    };
    let rules = rules.into_iter().map(descriptor).collect();
    let results = results(report, &index_of);
    run(report.tool_version, rules, invocation(report), results, properties)
}

/// A log of one run.
fn run<'a>(
    tool_version: &'a str,
    rules: Vec<RuleDescriptor>,
    invocation: Invocation,
    results: Vec<Result>,
    properties: RunProperties<'a>,
) -> Log<'a> {
    let driver = Driver {
        name: "cargo-airights",
        semantic_version: tool_version,
        rules,
    };
    Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            automation_details: Id { id: "cargo-airights/" },
            invocations: [invocation],
            column_kind: "unicodeCodePoints",
            results,
            properties,
        }],
    }
}

/// What is wrong, what lies behind it, what to do, and where.
fn notification(error: &Diagnostic) -> Notification {
    let causes = error.causes.iter().map(|cause| format!("caused by: {cause}"));
    let help = error.help.iter().map(|help| format!("help: {help}"));
    let lines = std::iter::once(error.message.clone()).chain(error.notes.iter().cloned());
    let lines: Vec<String> = lines.chain(causes).chain(help).collect();
    let places = error.places.iter().map(|place| &place.excerpt);
    Notification {
        level: "error",
        message: message_text(&lines.join("\n")),
        locations: places.filter(|place| !place.path.is_empty()).map(location).collect(),
    }
}

fn policy_name(policy: &PolicySource) -> &str {
    match policy {
        PolicySource::BuiltIn => "built-in",
        PolicySource::File { path, .. } => path,
    }
}

fn descriptor(rule: Rule) -> RuleDescriptor {
    let docs = rule.docs();
    // Its second heading ends what the rule checks; the rest is help.
    let checks = docs.split("\n## ").nth(1).and_then(|section| section.split_once('\n'));
    RuleDescriptor {
        id: rule.id(),
        short_description: text(&plain_text(&rule.summary())),
        full_description: text(&plain_text(checks.map_or("", |(_, words)| words))),
        help: Help {
            text: plain_text(&docs),
            markdown: docs,
        },
        properties: Tags {
            tags: [if rule.id().starts_with("ai-") { "ai" } else { "license" }],
        },
    }
}

/// How the run went, and what could not be judged.
fn invocation(report: &Report<'_>) -> Invocation {
    let missing = report.evaluation.not_evaluated.iter().map(|missing| Notification {
        level: "error",
        message: message_text(&format!(
            "`{}` was not evaluated: {}",
            report.graph.package(missing.package),
            missing.reason
        )),
        locations: Vec::new(),
    });
    let notes = report.notes.iter().map(|note| Notification {
        level: "note",
        message: message_text(note),
        locations: Vec::new(),
    });
    Invocation {
        execution_successful: report.evaluation.verdict != Verdict::Incomplete,
        exit_code: report.exit_code,
        tool_execution_notifications: missing.chain(notes).collect(),
    }
}

fn results(report: &Report<'_>, index_of: &BTreeMap<Rule, usize>) -> Vec<Result> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let findings = report.findings();
    findings
        .map(|finding| {
            let mut fingerprint = fingerprint(report, finding);
            let times = seen.entry(fingerprint.clone()).or_default();
            *times += 1;
            if *times > 1 {
                fingerprint = format!("{fingerprint}#{times}");
            }
            result(report, finding, index_of[&finding.rule], fingerprint)
        })
        .collect()
}

fn result(report: &Report<'_>, finding: &Finding, rule_index: usize, fingerprint: String) -> Result {
    let names = |places: &[PackageIx]| -> Vec<String> {
        let names = places.iter().map(|&place| report.graph.package(place).to_string());
        names.collect()
    };
    let (start, end) = finding.path.ends();
    let mut path = names(start);
    if finding.path.left_out() > 0 {
        path.push(format!("… {} more …", finding.path.left_out()));
    }
    path.extend(names(end));
    let package = match finding.subject {
        Subject::Package(package) => Some(report.graph.package(package)),
        Subject::Policy(_) | Subject::Publication => None,
    };
    let evidence = finding.evidence.iter();
    Result {
        rule_id: finding.rule.id(),
        rule_index,
        level: match finding.level {
            Level::Deny => "error",
            Level::Warn => "warning",
            Level::Allow => "note",
        },
        message: message_text(&sentences(report, finding, &path)),
        locations: [Location {
            logical_locations: Vec::from_iter(package.map(|package| LogicalLocation {
                name: package.name.clone(),
                fully_qualified_name: path.join(" > "),
                kind: "module",
            })),
            ..main_location(report, finding)
        }],
        related_locations: package.map_or_else(Vec::new, |package| {
            let inside = finding.evidence.iter().filter_map(|evidence| {
                let excerpt = workspace_excerpt(package, evidence)?;
                Some((excerpt, evidence.kind.as_str()))
            });
            let numbered = (1..).zip(inside);
            let related = numbered.map(|(id, (excerpt, kind))| Location {
                id: Some(id),
                message: Some(text(kind)),
                ..location(&excerpt)
            });
            related.collect()
        }),
        partial_fingerprints: Fingerprints { airights: fingerprint },
        properties: ResultProperties {
            package: package.map(ToString::to_string),
            ai_use: finding.ai_use.map(airights::AiUse::as_str),
            path,
            decided_by: finding.decided_by.as_ref().map(in_words),
            entry: entry_of(finding, report),
            evidence: evidence
                .map(|evidence| EvidenceProperties {
                    kind: evidence.kind.as_str(),
                    path: evidence.excerpt.path.clone(),
                    lines: (evidence.excerpt.lines.0 > 0).then_some(evidence.excerpt.lines),
                    excerpt: evidence.excerpt.one_line(),
                })
                .collect(),
        },
    }
}

/// The line the user can change: that of the policy for its own entries, that of the manifest which brings the crate
/// in, or else the start of the member's manifest.
fn main_location(report: &Report<'_>, finding: &Finding) -> Location {
    match &finding.subject {
        Subject::Policy(_) | Subject::Publication => match (&finding.decided_by, &report.evaluation.policy) {
            (Some(line), _) => location(line),
            (None, PolicySource::File { path, .. }) => start_of(path),
            (None, PolicySource::BuiltIn) => start_of("Cargo.toml"),
        },
        Subject::Package(_) => {
            if let Some(line) = (report.origins)(&finding.path) {
                return location(&line);
            }
            let member = finding.path.first().map(|&member| report.graph.package(member));
            let manifest = member.map(|member| member.manifest.as_str());
            start_of(manifest.filter(|path| !is_absolute(path)).unwrap_or("Cargo.toml"))
        }
    }
}

/// The message, the words it rests on, the way to the crate and the way forward.
fn sentences(report: &Report<'_>, finding: &Finding, path: &[String]) -> String {
    let mut lines = vec![message(report.graph, finding)];
    if let (Some(evidence), Subject::Package(package)) = (finding.evidence.first(), &finding.subject) {
        let excerpt = named_excerpt(report.graph.package(*package), evidence);
        let words = excerpt.one_line();
        lines.push(if words.is_empty() {
            in_words(&excerpt)
        } else {
            format!("{}: “{words}”", in_words(&excerpt))
        });
    }
    if path.len() > 1 {
        lines.push(format!("required by {}", path.join(" → ")));
    }
    lines.extend(finding.help.as_ref().map(|help| format!("help: {}", advice(help))));
    lines.join("\n")
}

/// What stays the same of a finding from run to run, so that a scanner can follow it. The version is left out: an
/// update does not settle the matter by itself.
fn fingerprint(report: &Report<'_>, finding: &Finding) -> String {
    let subject = match &finding.subject {
        Subject::Package(package) => &report.graph.package(*package).name,
        Subject::Policy(entry) => &entry_name(entry),
        Subject::Publication => "",
    };
    let ai_use = finding.ai_use.map_or("", airights::AiUse::as_str);
    format!("{}:{subject}:{ai_use}", finding.rule.id())
}

fn text(text: &str) -> Text {
    Text { text: text.to_owned() }
}

/// A message (§3.11). Some of its words are not ours: hidden characters are spelled out, and what would make an
/// embedded link (§3.11.6) is escaped.
fn message_text(words: &str) -> Text {
    Text {
        text: visible_lines(words).replace("](", "\\]("),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::process::Command;

    use expect_test::expect_file;
    use serde_json::Value;

    use super::*;
    use crate::failure::sample::with_sample;
    use crate::sample::sample_evaluation;

    fn written(report: &Report<'_>) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The official schema. It is not ours to hold, so it is read from the package of `serde-sarif`, which ships it;
    /// cargo knows where that is.
    fn official_schema() -> Value {
        let host = Command::new("rustc").args(["--print", "host-tuple"]).output().unwrap();
        let host = String::from_utf8(host.stdout).unwrap();
        let metadata = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--format-version=1",
                "--offline",
                "--filter-platform",
                host.trim(),
            ])
            .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
            .output()
            .unwrap();
        assert!(
            metadata.status.success(),
            "{}",
            String::from_utf8_lossy(&metadata.stderr)
        );
        let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
        let mut packages = metadata["packages"].as_array().unwrap().iter();
        let package = packages.find(|package| package["name"] == "serde-sarif").unwrap();
        let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
        let schema = std::fs::read(manifest.with_file_name("src").join("schema.json")).unwrap();
        serde_json::from_slice(&schema).unwrap()
    }

    #[test]
    fn the_sample_is_written_for_code_scanning() {
        let sample = sample_evaluation();
        expect_file!["../goldens/report.sarif"].assert_eq(&written(&sample.report()));
    }

    fn written_failure() -> String {
        let mut out = Vec::new();
        with_sample(|failure| write_failure(failure, &mut out)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_failure_is_a_run_that_was_not_successful() {
        expect_file!["../goldens/failure.sarif"].assert_eq(&written_failure());
    }

    #[test]
    fn every_report_is_valid_by_the_official_schema() {
        let mut schema = official_schema();
        // The pattern of a property that we do not write is no valid regular expression (a stray `]`).
        for definition in ["run", "toolComponent"] {
            let language = &mut schema["definitions"][definition]["properties"]["language"];
            assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
        }
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
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
        assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0"})));
    }

    #[test]
    fn each_result_points_at_a_line_of_the_user() {
        let sample = sample_evaluation();
        let value: Value = serde_json::from_str(&written(&sample.report())).unwrap();
        let results = value["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), 45);
        let line_of = |rule: &str, level: &str| {
            let mut found = results.iter();
            let found = found
                .find(|result| result["ruleId"] == rule && result["level"] == level)
                .unwrap();
            let place = &found["locations"][0]["physicalLocation"];
            format!("{}:{}", place["artifactLocation"]["uri"], place["region"]["startLine"])
        };
        assert_eq!(line_of("ai-use-disallowed", "error"), "\"Cargo.toml\":7");
        assert_eq!(line_of("exception-unused", "warning"), "\"airights.toml\":11");
    }

    #[test]
    fn findings_are_told_apart_from_run_to_run() {
        let sample = sample_evaluation();
        let value: Value = serde_json::from_str(&written(&sample.report())).unwrap();
        let results = value["runs"][0]["results"].as_array().unwrap();
        let fingerprints: BTreeSet<&str> = results
            .iter()
            .map(|result| result["partialFingerprints"]["airights/v1"].as_str().unwrap())
            .collect();
        assert_eq!(fingerprints.len(), results.len());
        assert!(fingerprints.contains("ai-use-disallowed:ishell:train-ai"));
    }

    #[test]
    fn words_that_are_not_ours_make_no_links() {
        assert_eq!(message_text("[a](https://b)\u{1b}").text, "[a\\](https://b)\\u{1b}");
    }
}
