//! The end of the report: the verdict in words, what was judged, by which policy.

use std::io::{self, Write};

use airights::{Counts, Finding, Rule, Subject, Verdict};

use crate::escape::visible;
use crate::sentence::message;
use crate::wording::{counted, policy_in_words, verdict_in_words};
use crate::{Report, Terminal};

/// Writes the summary; after `-q` only the verdict.
pub(super) fn write(report: &Report<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let counts = report.evaluation.counts();
    let verdict = report.evaluation.verdict;
    if !report.quiet {
        let mut line = |line: String| writeln!(out, "{}", terminal.wrap(line, 2).replace('\n', "\n  "));
        for missing in untold(report) {
            line(format!("not evaluated: {missing}"))?;
        }
        for finding in baselined(report) {
            line(format!("baselined: {}", visible(&message(report.graph, finding))))?;
        }
        for note in report.notes {
            line(format!("note: {}", visible(note)))?;
        }
    }
    let word = verdict_in_words(verdict, terminal);
    writeln!(out, "{word}{}", in_words(verdict, counts))?;
    if report.quiet {
        return Ok(());
    }
    writeln!(
        out,
        "policy: {} · not legal advice",
        policy_in_words(&report.evaluation.policy)
    )
}

/// Packages that were not evaluated and of which no finding speaks: none may go unnamed.
fn untold(report: &Report<'_>) -> Vec<String> {
    let is_told = |package| {
        let mut findings = report.evaluation.findings.iter();
        findings.any(|finding| finding.rule == Rule::NotEvaluated && finding.subject == Subject::Package(package))
    };
    let missing = report.evaluation.not_evaluated.iter();
    missing
        .filter(|missing| !is_told(missing.package))
        .map(|missing| {
            let package = report.graph.package(missing.package).to_string();
            format!("`{}`: {}", visible(&package), visible(&missing.reason))
        })
        .collect()
}

/// What a baseline lets pass, for those who ask for everything.
fn baselined<'a>(report: &'a Report<'_>) -> &'a [Finding] {
    if report.verbose > 0 {
        &report.evaluation.baselined
    } else {
        &[]
    }
}

/// "failed: 3 errors, 6 warnings (374 packages checked)", "passed with 5 warnings (374 packages checked)".
fn in_words(verdict: Verdict, counts: Counts) -> String {
    let parts = [
        (counts.denied > 0).then(|| counted(counts.denied, "error")),
        (counts.warned > 0).then(|| counted(counts.warned, "warning")),
        (counts.baselined > 0).then(|| format!("{} accepted by the baseline", counts.baselined)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let unbuilt = match counts.unbuilt {
        0 => String::new(),
        count => format!(", {count} of them in no build"),
    };
    let checked = format!(" ({} checked{unbuilt})", counted(counts.evaluated, "package"));
    match verdict {
        Verdict::Clean if parts.is_empty() => checked,
        Verdict::Clean => format!(" with {}{checked}", parts.join(", ")),
        Verdict::Violated => format!(": {}{checked}", parts.join(", ")),
        Verdict::Incomplete => {
            let missing = format!("{} could not be checked", counted(counts.not_evaluated, "package"));
            let all: Vec<String> = std::iter::once(missing).chain(parts).collect();
            format!(": {}{checked}", all.join(", "))
        }
    }
}
