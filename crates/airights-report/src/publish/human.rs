//! For people: one block for each finding, what was mended, and a summary.

use std::io::{self, Write};

use airights::{Finding, Fix, Level, Package};

use super::{Outcome, PublishReport, message};
use crate::Terminal;
use crate::advice::advice;
use crate::diagnostic::{Diagnostic, Severity};
use crate::escape::visible;
use crate::place::{link, named_excerpt};
use crate::wording::{counted, verdict_in_words};

/// So much of what a finding rests on is shown.
const MOST_PLACES: usize = 3;

/// Writes the report; where `quiet`, only what keeps a package from being published, and the verdict.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &PublishReport, quiet: bool, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for (package, finding) in report.findings() {
        if !quiet || finding.level == Level::Deny {
            writeln!(out, "{}\n", diagnostic(package, finding).draw(terminal))?;
        }
    }
    for checked in &report.packages {
        if let Outcome::NotChecked(reason) = &checked.outcome {
            writeln!(out, "{}\n", not_checked(&checked.package, reason).draw(terminal))?;
        }
    }
    if !quiet {
        for (package, fix) in &report.fixed {
            writeln!(out, "fixed `{}`: {}", visible(package), visible(&in_words(fix)))?;
        }
    }
    write_summary(report, quiet, terminal, out)
}

fn diagnostic(package: &Package, finding: &Finding) -> Diagnostic {
    let severity = match finding.level {
        Level::Deny => Severity::Error,
        Level::Warn => Severity::Warning,
        Level::Allow => Severity::Note,
    };
    let mut diagnostic = Diagnostic::new(severity, message(package, finding));
    diagnostic.code = Some(finding.rule.id().to_owned());
    for evidence in finding.evidence.iter().take(MOST_PLACES) {
        diagnostic = diagnostic.at(named_excerpt(package, evidence), None);
        if let Some(place) = diagnostic.places.last_mut() {
            place.link = link(package, evidence);
        }
    }
    diagnostic.help = finding.help.as_ref().map(advice);
    diagnostic
}

/// What cargo has to say stands below our own sentence.
fn not_checked(package: &Package, reason: &str) -> Diagnostic {
    Diagnostic::new(Severity::Error, format!("`{package}` could not be checked: {reason}"))
}

fn in_words(fix: &Fix) -> String {
    match fix {
        Fix::Expression { to } => format!("`license` is `{to}`"),
        Fix::Include { path } => format!("`{path}` is in `include`"),
        Fix::Copy { from, to } => format!("`{to}` is a copy of `{from}` of the workspace"),
    }
}

fn write_summary(report: &PublishReport, quiet: bool, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let verdict = report.verdict();
    let word = verdict_in_words(verdict, terminal);
    let (denied, warned) = (report.of_level(Level::Deny), report.of_level(Level::Warn));
    let mut said = format!("{} to fix, {}", counted(denied, "finding"), counted(warned, "warning"));
    let mendable = report
        .findings()
        .filter(|(_, finding)| !finding.fixes.is_empty())
        .count();
    if mendable > 0 {
        said += &format!("; `--fix` fixes {mendable}");
    }
    writeln!(out, "{word}: {said}")?;
    if quiet {
        return Ok(());
    }
    let count = |is_meant: fn(&Outcome) -> bool| {
        let mut outcomes = report.packages.iter().map(|checked| &checked.outcome);
        outcomes.by_ref().filter(|outcome| is_meant(outcome)).count()
    };
    let checked = count(|outcome| matches!(outcome, Outcome::Checked { .. }));
    let never = count(|outcome| matches!(outcome, Outcome::NeverPublished));
    let not = count(|outcome| matches!(outcome, Outcome::NotChecked(_)));
    writeln!(
        out,
        "{} = checked {checked} + never published {never} + not checked {not} · not legal advice",
        counted(report.packages.len(), "package")
    )
}
