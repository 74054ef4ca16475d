//! For programs, version 1: names are only ever added. The schema is published as
//! `schemas/publish-check-v1.schema.json`.

use std::io::{self, Write};

use airights::{Finding, Fix, Level, Package};
use serde::Serialize;

use super::{CheckedPackage, Outcome, PublishReport, message};
use crate::advice::advice;
use crate::json;
use crate::json::v1::{WireEvidence, WireProblem, wire_evidence, wire_problem};

/// Writes the report.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &PublishReport, out: &mut dyn Write) -> io::Result<()> {
    let fixed = report.fixed.iter().map(|(package, fix)| WireFixed {
        package,
        fix: wire_fix(fix),
    });
    let wire = WireReport {
        version: 1,
        verdict: report.verdict().as_str(),
        counts: Counts {
            denied: report.of_level(Level::Deny),
            warned: report.of_level(Level::Warn),
        },
        packages: report.packages.iter().map(wire_package).collect(),
        fixed: fixed.collect(),
    };
    json::safe::write(&wire, out)
}

fn wire_package(checked: &CheckedPackage) -> WirePackage<'_> {
    let package = &checked.package;
    let (status, reason, files, findings): (_, _, _, &[Finding]) = match &checked.outcome {
        Outcome::Checked { files, findings } => ("checked", None, Some(*files), findings),
        Outcome::NeverPublished => ("never-published", None, None, &[]),
        Outcome::NotChecked(reason) => ("not-checked", Some(reason.as_str()), None, &[]),
    };
    WirePackage {
        name: &package.name,
        version: package.version.to_string(),
        manifest: &package.manifest,
        status,
        reason,
        files,
        findings: findings.iter().map(|finding| wire_finding(package, finding)).collect(),
    }
}

fn wire_finding<'a>(package: &Package, finding: &'a Finding) -> WireFinding<'a> {
    WireFinding {
        rule: finding.rule.id(),
        level: finding.level.as_str(),
        message: message(package, finding),
        problem: wire_problem(finding),
        help: finding.help.as_ref().map(advice),
        evidence: finding.evidence.iter().map(wire_evidence).collect(),
        fixes: finding.fixes.iter().map(wire_fix).collect(),
    }
}

fn wire_fix(fix: &Fix) -> WireFix<'_> {
    match fix {
        Fix::Expression { to } => WireFix::Expression { to },
        Fix::Include { path } => WireFix::Include { path },
        Fix::Copy { from, to } => WireFix::Copy { from, to },
    }
}

#[derive(Serialize)]
struct WireReport<'a> {
    version: u32,
    verdict: &'static str,
    counts: Counts,
    packages: Vec<WirePackage<'a>>,
    fixed: Vec<WireFixed<'a>>,
}

#[derive(Serialize)]
struct Counts {
    denied: usize,
    warned: usize,
}

#[derive(Serialize)]
struct WirePackage<'a> {
    name: &'a str,
    version: String,
    manifest: &'a str,
    status: &'static str,
    reason: Option<&'a str>,
    files: Option<usize>,
    findings: Vec<WireFinding<'a>>,
}

#[derive(Serialize)]
struct WireFinding<'a> {
    rule: &'static str,
    level: &'static str,
    message: String,
    problem: Option<WireProblem>,
    help: Option<String>,
    evidence: Vec<WireEvidence<'a>>,
    fixes: Vec<WireFix<'a>>,
}

#[derive(Serialize)]
struct WireFixed<'a> {
    package: &'a str,
    #[serde(flatten)]
    fix: WireFix<'a>,
}

#[derive(Serialize)]
#[serde(tag = "fix", rename_all = "kebab-case")]
enum WireFix<'a> {
    Expression { to: &'a str },
    Include { path: &'a str },
    Copy { from: &'a str, to: &'a str },
}
