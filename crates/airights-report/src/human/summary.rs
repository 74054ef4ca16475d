//! The end of the report: the verdict in words, what was judged, by which policy.

use std::io::{self, Write};

use airights::{Counts, Finding, Rule, Subject, Verdict};
use anstyle::{AnsiColor, Style};

use crate::escape::visible;
use crate::sentence::message;
use crate::wording::{counted, policy_in_words};
use crate::{Report, Terminal};

/// Writes the summary; after `-q` only the verdict.
pub(super) fn write(report: &Report<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let counts = report.evaluation.counts();
    let verdict = report.evaluation.verdict;
    if !report.quiet {
        for missing in untold(report) {
            writeln!(out, "not evaluated: {missing}")?;
        }
        for finding in baselined(report) {
            writeln!(out, "baselined: {}", visible(&message(report.graph, finding)))?;
        }
        for note in report.notes {
            writeln!(out, "note: {}", visible(note))?;
        }
    }
    let (word, color) = match verdict {
        Verdict::Clean => ("clean", AnsiColor::Green),
        Verdict::Violated => ("violated", AnsiColor::Red),
        Verdict::Incomplete => ("incomplete", AnsiColor::Red),
    };
    let word = terminal.paint(Style::new().bold().fg_color(Some(color.into())), word);
    writeln!(out, "{word}: {}", in_words(verdict, counts))?;
    if report.quiet {
        return Ok(());
    }
    let Counts {
        resolved,
        evaluated,
        not_evaluated,
        ..
    } = counts;
    writeln!(
        out,
        "resolved {resolved} = evaluated {evaluated} + not evaluated {not_evaluated} · judged by {} · not legal advice",
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

fn in_words(verdict: Verdict, counts: Counts) -> String {
    let denied = match counts.denied {
        0 => "nothing is denied".to_owned(),
        1 => "1 finding is denied".to_owned(),
        count => format!("{count} findings are denied"),
    };
    let warned = match counts.warned {
        0 => "no warnings".to_owned(),
        count => counted(count, "warning"),
    };
    let baselined = match counts.baselined {
        0 => String::new(),
        count => format!(", {count} baselined"),
    };
    match verdict {
        Verdict::Clean | Verdict::Violated => format!("{denied}, {warned}{baselined}"),
        Verdict::Incomplete => {
            let missing = counted(counts.not_evaluated, "package");
            format!("{missing} could not be judged; {denied}, {warned}{baselined}")
        }
    }
}
