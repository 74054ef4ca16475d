//! The inventory for people.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use airights::judge::Judgement;
use airights::{AiUse, UseValue};
use anstyle::Style;

use super::{By, Common, Group, Inventory, Listing, UNKNOWN};
use crate::escape::visible;
use crate::wording::wrap_list;
use crate::{Report, Terminal};

/// Writes the inventory for people: each group with its packages, then the totals. After `-q` no package is named.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, listing: &Listing, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let inventory = Inventory::of(report, listing);
    let mut page = Page {
        report,
        inventory: &inventory,
        terminal,
        out,
    };
    for group in &inventory.groups {
        page.write_group(group, listing.by)?;
    }
    for missing in &inventory.not_evaluated {
        let package = report.graph.package(missing.package).to_string();
        writeln!(
            page.out,
            "not evaluated: {} ({})",
            visible(&package),
            visible(&missing.reason)
        )?;
    }
    if inventory.totals.packages > 0 {
        writeln!(page.out)?;
    }
    writeln!(
        page.out,
        "{}",
        inventory.totals.in_words(Some(report.graph.packages().len()))
    )
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

/// What is written, and to where.
struct Page<'a, 'r> {
    report: &'a Report<'r>,
    inventory: &'a Inventory<'r>,
    terminal: Terminal,
    out: &'a mut dyn Write,
}

impl Page<'_, '_> {
    fn write_group(&mut self, group: &Group<'_>, by: By) -> io::Result<()> {
        let heading = self.terminal.paint(Style::new().bold(), &heading(&group.common));
        let totals = self.inventory.totals_of(group).in_words(None);
        writeln!(self.out, "{heading}: {totals}")?;
        match by {
            _ if self.report.quiet => Ok(()),
            By::Class => self.write_by_license(group),
            By::License | By::AiUse => self.write_packages(&group.packages, "", max_lines(self.report, group)),
        }
    }

    /// The packages of a class, by their licenses.
    fn write_by_license(&mut self, group: &Group<'_>) -> io::Result<()> {
        let mut by_license: BTreeMap<String, Vec<&Judgement>> = BTreeMap::new();
        for &judgement in &group.packages {
            let license = &judgement.license;
            let words = in_words(license.effective.as_deref(), license.elected.as_deref());
            by_license.entry(words).or_default().push(judgement);
        }
        for (license, packages) in &by_license {
            self.write_packages(packages, &format!("{license}: "), usize::MAX)?;
        }
        Ok(())
    }

    fn write_packages(&mut self, packages: &[&Judgement], lead: &str, max_lines: usize) -> io::Result<()> {
        let names = packages.iter().map(|judgement| {
            let name = self.report.graph.package(judgement.package).to_string();
            visible(&name).into_owned() + &self.inventory.standings[judgement.package].marks(None)
        });
        let names: Vec<String> = names.collect();
        let list = wrap_list(lead, &names, self.terminal.width.max(40) - 4, max_lines);
        for (index, line) in list.lines().enumerate() {
            let indent = if index == 0 || lead.is_empty() { "  " } else { "    " };
            writeln!(self.out, "{indent}{line}")?;
        }
        Ok(())
    }
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
