//! What an entry that was just written into the policy settles, and what is left of the packages it is for.

use std::io::{self, Write};

use airights::{Entry, Finding, Level, PackageIx};
use anstyle::{AnsiColor, Style};

use super::escape::{visible, visible_lines};
use super::human::write_findings;
use super::sentence::message;
use super::wording::counted;
use super::{Report, Terminal};

/// An entry, and what became of the packages it is for.
pub struct Settlement<'a> {
    /// The judgement with the entry.
    pub report: &'a Report<'a>,
    /// The packages.
    pub packages: &'a [PackageIx],
    /// The entry, as it stands in the policy.
    pub entry: &'a str,
    /// What was found without it and is no more.
    pub settled: &'a [&'a Finding],
    /// What is found with it.
    pub remaining: &'a [&'a Finding],
    /// The policy, as reports call it.
    pub file: &'a str,
    /// Whether there was none before.
    pub is_new: bool,
    /// Whether it was written.
    pub is_written: bool,
}

/// Writes it.
///
/// # Errors
///
/// What the writer says.
pub fn write(settlement: &Settlement<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let report = settlement.report;
    if !report.quiet {
        writeln!(out, "{}\n", visible_lines(settlement.entry))?;
        let word = terminal.paint(Style::new().bold().fg_color(Some(AnsiColor::Green.into())), "settled");
        for finding in settlement.settled {
            writeln!(out, "{word}: {}", visible(&message(report.graph, finding)))?;
        }
    }
    write_remaining(report, settlement.remaining, report.quiet, terminal, out)?;
    let wrote = if settlement.is_written { "wrote" } else { "would write" };
    let end = end(report, settlement.packages, settlement.remaining);
    let new = if settlement.is_new {
        " (new: all else is judged as before)"
    } else {
        ""
    };
    writeln!(out, "{wrote} `{}`{new}: {end}", visible(settlement.file))
}

/// Says that no exception is needed, or that none settles what is found of these packages.
///
/// # Errors
///
/// What the writer says.
pub fn write_nothing_to_allow(
    report: &Report<'_>,
    packages: &[PackageIx],
    remaining: &[&Finding],
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_remaining(report, remaining, true, terminal, out)?;
    let can_be_clarified = |finding: &&Finding| matches!(finding.entry, Some(Entry::Clarification { .. }));
    let next = match packages {
        [package] if remaining.iter().any(can_be_clarified) => {
            let name = &report.graph.package(*package).name;
            format!("; `cargo airights clarify {name}` records which license it has")
        }
        _ => String::new(),
    };
    let end = end(report, packages, remaining);
    if remaining.is_empty() {
        writeln!(out, "{end}; nothing to allow")
    } else {
        writeln!(out, "no exception settles this: {end}{}", visible(&next))
    }
}

/// Says that there is nothing to clarify.
///
/// # Errors
///
/// What the writer says.
pub fn write_nothing_to_clarify(
    report: &Report<'_>,
    packages: &[PackageIx],
    remaining: &[&Finding],
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_remaining(report, remaining, true, terminal, out)?;
    let end = end(report, packages, remaining);
    if remaining.is_empty() {
        writeln!(out, "{end}; nothing to clarify")
    } else {
        writeln!(out, "no clarification settles this: {end}")
    }
}

/// Of what is left, what the reader asked to see.
fn write_remaining(
    report: &Report<'_>,
    remaining: &[&Finding],
    is_first: bool,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = remaining.iter().copied();
    let mut shown = shown
        .filter(|finding| !report.quiet || finding.level == Level::Deny)
        .peekable();
    if shown.peek().is_none() {
        return Ok(());
    }
    let mut blocks = Vec::new();
    write_findings(report, shown, terminal, &mut blocks)?;
    let blocks = if is_first {
        blocks.strip_prefix(b"\n").unwrap_or(&blocks)
    } else {
        &blocks
    };
    out.write_all(blocks)?;
    writeln!(out)
}

/// "`parser 2.1.0` passes with 1 warning"
fn end(report: &Report<'_>, packages: &[PackageIx], remaining: &[&Finding]) -> String {
    let named = |place: &PackageIx| format!("`{}`", visible(&report.graph.package(*place).to_string()));
    let whose = match packages {
        [one] => named(one),
        many => counted(many.len(), "package"),
    };
    let [passes, has] = if packages.len() == 1 {
        ["passes", "has"]
    } else {
        ["pass", "have"]
    };
    let count = |level| remaining.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings) = (count(Level::Deny), count(Level::Warn));
    let warned = counted(warnings, "warning");
    match (errors, warnings) {
        (0, 0) => format!("{whose} {passes}"),
        (0, _) => format!("{whose} {passes} with {warned}"),
        (_, 0) => format!("{whose} still {has} {}", counted(errors, "error")),
        (..) => format!("{whose} still {has} {}, {warned}", counted(errors, "error")),
    }
}
