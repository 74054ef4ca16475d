//! Ways out for people: each violation, and below it what to do about it, cheapest first.

use std::io::{self, Write};

use airights::PackageIx;
use airights::suggest::{Change, Cost, Proposal, Rung, Violation};
use anstyle::{AnsiColor, Style};

use super::{Applied, Suggestions};
use crate::Terminal;
use crate::escape::visible;
use crate::sentence::message;
use crate::wording::{counted, path_in_words};

/// Columns for the names of values.
const NAME_WIDTH: usize = 8;
/// So many changes of a lockfile are listed.
const MOST_CHANGES: usize = 12;

/// Writes the suggestions.
///
/// # Errors
///
/// What the writer says.
pub fn write(suggestions: &Suggestions<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let violations = suggestions.violations();
    let mut told: Vec<&Proposal> = Vec::new();
    let mut solved = 0;
    for (package, violation) in &violations {
        write_violation(suggestions, violation, terminal, out)?;
        for dead_end in suggestions.dead_ends_of(package) {
            writeln!(
                out,
                "  no way by {}: {}",
                rung(dead_end.rung),
                visible(&dead_end.reason)
            )?;
        }
        let is_solved = suggestions
            .ways_for(package)
            .any(|way| way.is_proved && way.rung.can_be_applied());
        let shows_texts = !is_solved || suggestions.report.verbose > 0;
        let (shown, texts): (Vec<_>, Vec<_>) = suggestions
            .ways_for(package)
            .partition(|way| way.is_proved || shows_texts);
        for (proposal, number) in shown.into_iter().zip(1..) {
            if told.iter().any(|known| std::ptr::eq(*known, proposal)) {
                write_told(proposal, number, out)?;
            } else {
                write_proposal(proposal, number, terminal, out)?;
                told.push(proposal);
            }
        }
        if !texts.is_empty() {
            writeln!(out, "\n  or ask: `-v` shows what to ask for, and who to ask")?;
        }
        solved += usize::from(is_solved);
        writeln!(out)?;
    }
    write_summary(suggestions, violations.len(), solved, terminal, out)
}

fn write_violation(
    suggestions: &Suggestions<'_>,
    violation: &Violation<'_>,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let graph = suggestions.report.graph;
    let denied = terminal.paint(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), "denied");
    for finding in &violation.findings {
        writeln!(out, "{denied}: {}", visible(&message(graph, finding)))?;
    }
    let path = &violation.findings[0].path;
    let dependents = &path[..path.len().saturating_sub(1)];
    let name = |place: PackageIx| format!("`{}`", visible(&graph.package(place).to_string()));
    if !dependents.is_empty() {
        let way = path_in_words(dependents, path.left_out(), false, name);
        writeln!(out, "  required by {way}")?;
    }
    Ok(())
}

/// A way out that was told for another package already.
fn write_told(proposal: &Proposal, number: usize, out: &mut dyn Write) -> io::Result<()> {
    let first = proposal.solves.first().map(String::as_str).unwrap_or_default();
    let (rung, summary) = (rung(proposal.rung), visible(&proposal.summary));
    writeln!(out, "\n  {number}. {rung}: {summary}, as for `{}`", visible(first))
}

fn write_proposal(proposal: &Proposal, number: usize, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{number}. {}: {}", rung(proposal.rung), visible(&proposal.summary));
    writeln!(out, "\n  {}", terminal.paint(Style::new().bold(), &title))?;
    for edit in &proposal.edits {
        let (before, after) = (visible(&edit.before), visible(&edit.after));
        value("edit", &visible(&edit.path), out)?;
        if !edit.before.is_empty() {
            value("", &format!("- {before}"), out)?;
        }
        if !edit.after.is_empty() {
            value("", &format!("+ {after}"), out)?;
        }
    }
    list(
        "run",
        proposal.commands.iter().map(|command| visible(command).into_owned()),
        out,
    )?;
    let count = proposal.changes.len();
    let mut changes: Vec<String> = proposal.changes.iter().map(change).collect();
    if count > MOST_CHANGES {
        changes.truncate(MOST_CHANGES - 1);
        changes.push(format!(
            "… and {} more (`--format json` lists them)",
            count - changes.len()
        ));
    }
    list("changes", changes.into_iter(), out)?;
    if proposal.is_proved {
        value("cost", &cost(proposal.cost), out)?;
    }
    value("why", &visible(&proposal.why), out)?;
    if let Some(text) = &proposal.text {
        list("text", text.lines().map(|line| visible(line).into_owned()), out)?;
    }
    if proposal.is_proved {
        value(
            "proof",
            "cargo resolved it; no new violations in the dependency graph",
            out,
        )?;
    }
    Ok(())
}

fn write_summary(
    suggestions: &Suggestions<'_>,
    count: usize,
    solved: usize,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let bold = |word: &str, color: AnsiColor| terminal.paint(Style::new().bold().fg_color(Some(color.into())), word);
    let packages = |count| match count {
        1 => "1 package is denied".to_owned(),
        count => format!("{count} packages are denied"),
    };
    match suggestions.applied {
        Applied::Clean => writeln!(
            out,
            "{}: it complies with the policy now",
            bold("applied", AnsiColor::Green)
        ),
        Applied::NothingChanged => writeln!(
            out,
            "{}: nothing was changed, because not every violation has a proved fix",
            bold("not applied", AnsiColor::Red)
        ),
        Applied::NotAsked if count == 0 && suggestions.report.exit_code > 0 => writeln!(
            out,
            "{}: no package is denied, but the policy file has errors; `cargo airights check` shows them",
            bold("failed", AnsiColor::Red)
        ),
        Applied::NotAsked if count == 0 => {
            let what = suggestions.only.map_or(
                "no package is denied",
                |_| "the crate complies with the policy; nothing to suggest",
            );
            writeln!(out, "{}: {what}", bold("passed", AnsiColor::Green))
        }
        Applied::NotAsked => {
            writeln!(
                out,
                "{}: {}, {solved} with a proved fix",
                bold("failed", AnsiColor::Red),
                packages(count)
            )?;
            if solved == count {
                write_together(suggestions, out)?;
            }
            writeln!(out, "not legal advice")
        }
    }
}

/// What `--apply` takes, and what that costs where it is more than one way.
fn write_together(suggestions: &Suggestions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let apply = "`cargo airights suggest --apply` takes the first of each";
    let one = "`cargo airights suggest CRATE --apply` takes the first of one";
    match suggestions.together {
        None if suggestions.is_cut_short => {
            writeln!(
                out,
                "whether they go together was not tried to its end, as it takes long; {one}"
            )
        }
        None => writeln!(out, "they do not go together; {one}"),
        Some(together) if together.proposals.len() > 1 => {
            writeln!(out, "{apply}; together they cost {}", cost(together.cost))
        }
        Some(_) => writeln!(out, "{apply}"),
    }
}

fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::Elect => "electing another branch",
        Rung::OtherVersion => "another version",
        Rung::ParentMoves => "moving a dependent",
        Rung::FeatureOff => "switching off a feature",
        Rung::OtherMajor => "another major version",
        Rung::Replace => "another crate",
        Rung::Patch => "a copy in its place",
        Rung::Pin => "pinning",
        Rung::Ask => "asking",
    }
}

fn change(change: &Change) -> String {
    match change {
        Change::Moved { name, from, to } if from == to => format!("{} {to} from another source", visible(name)),
        Change::Moved { name, from, to } => format!("{} {from} → {to}", visible(name)),
        Change::Added { name, version } => format!("{} {version} added", visible(name)),
        Change::Removed { name, version } => format!("{} {version} removed", visible(name)),
    }
}

fn cost(cost: Cost) -> String {
    let Cost {
        advisories,
        yanked,
        manifest_edits,
        incompatible_moves,
        downgrades,
        moves,
        releases,
        days_older,
        added,
        removed,
    } = cost;
    let parts = [
        (manifest_edits, counted(manifest_edits, "edited line")),
        (moves, counted(moves, "moved package")),
        (
            incompatible_moves,
            format!("{incompatible_moves} to an incompatible version"),
        ),
        (downgrades, format!("{downgrades} to an older version")),
        (releases, counted(releases, "release") + " away"),
        (days_older, counted(days_older, "day") + " older"),
        (yanked, format!("{yanked} yanked")),
        (
            advisories,
            match advisories {
                1 => "1 new security advisory".to_owned(),
                _ => format!("{advisories} new security advisories"),
            },
        ),
        (added, format!("{added} added")),
        (removed, format!("{removed} removed")),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, words)| words)
        .collect();
    parts.join(", ")
}

fn value(name: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", format!("     {name:NAME_WIDTH$} {value}").trim_end())
}

fn list(name: &str, values: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let mut name = name;
    for item in values {
        value(std::mem::take(&mut name), &item, out)?;
    }
    Ok(())
}
