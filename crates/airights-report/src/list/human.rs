//! The inventory for people.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use airights::judge::Judgement;
use airights::{AiUse, UseValue};
use anstyle::Style;

use super::{By, Common, Group, UNKNOWN, groups};
use crate::escape::visible;
use crate::wording::{counted, wrap_list};
use crate::{Report, Terminal};

/// Writes the inventory for people.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, by: By, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups(report, by);
    for group in &groups {
        let heading = terminal.paint(Style::new().bold(), &heading(&group.common));
        writeln!(out, "{heading}: {}", counted(group.packages.len(), "package"))?;
        match by {
            By::Class => write_by_license(report, group, terminal, out)?,
            By::License | By::AiUse => {
                write_packages(report, &group.packages, "", max_lines(report, group), terminal, out)?;
            }
        }
    }
    for missing in &report.evaluation.not_evaluated {
        let package = report.graph.package(missing.package).to_string();
        writeln!(
            out,
            "not evaluated: {} ({})",
            visible(&package),
            visible(&missing.reason)
        )?;
    }
    Ok(())
}

fn heading(common: &Common<'_>) -> String {
    match common {
        Common::License { effective, elected } => in_words(*effective, *elected),
        Common::Class(class) => class.to_string(),
        Common::AiUse {
            ai_use,
            value,
            force,
            conditions,
        } => {
            let conditions: Vec<&str> = conditions.iter().map(|condition| condition.as_str()).collect();
            let on = if conditions.is_empty() { "" } else { " on " };
            let force = force.0.map_or_else(String::new, |force| format!(" ({force})"));
            format!("{ai_use} {}{on}{}{force}", value.0, conditions.join(", "))
        }
    }
}

/// "MIT OR Apache-2.0 → MIT": the expression, and the branch that was elected.
fn in_words(effective: Option<&str>, elected: Option<&str>) -> String {
    let effective = visible(effective.unwrap_or(UNKNOWN));
    match elected {
        Some(elected) => format!("{effective} → {}", visible(elected)),
        None => effective.into_owned(),
    }
}

/// The packages of a class, by their licenses.
fn write_by_license(report: &Report<'_>, group: &Group<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let mut by_license: BTreeMap<String, Vec<&Judgement>> = BTreeMap::new();
    for &judgement in &group.packages {
        let license = &judgement.license;
        let words = in_words(license.effective.as_deref(), license.elected.as_deref());
        by_license.entry(words).or_default().push(judgement);
    }
    for (license, packages) in &by_license {
        write_packages(report, packages, &format!("{license}: "), usize::MAX, terminal, out)?;
    }
    Ok(())
}

/// The ordinary needs no list: of a use nobody speaks of, or of software free for any purpose, a few packages are told.
fn max_lines(report: &Report<'_>, group: &Group<'_>) -> usize {
    let is_ordinary = matches!(
        &group.common,
        Common::AiUse {
            value: Reverse(UseValue::Unknown),
            ..
        } | Common::AiUse {
            ai_use: AiUse::UseRestrictions,
            value: Reverse(UseValue::Allowed),
            ..
        }
    );
    if is_ordinary && report.verbose == 0 {
        2
    } else {
        usize::MAX
    }
}

fn write_packages(
    report: &Report<'_>,
    packages: &[&Judgement],
    lead: &str,
    max_lines: usize,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let names = packages.iter().map(|judgement| {
        let name = report.graph.package(judgement.package).to_string();
        visible(&name).into_owned()
    });
    let names: Vec<String> = names.collect();
    let list = wrap_list(lead, &names, terminal.width.max(40) - 4, max_lines);
    for (index, line) in list.lines().enumerate() {
        let indent = if index == 0 || lead.is_empty() { "  " } else { "    " };
        writeln!(out, "{indent}{line}")?;
    }
    Ok(())
}
