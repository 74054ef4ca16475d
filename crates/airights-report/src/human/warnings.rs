//! Makes warnings fit: told with the words they rest on where there are few, in short where there are many, and by rule where there are
//! very many. The rule that takes most room gives way first, so that a flood of one kind does not drown the others.

use std::collections::BTreeSet;

use airights::{PackageIx, Rule};

use super::block::{Detail, diagnostic, places, severity};
use super::group::Group;
use super::line_count;
use crate::diagnostic::Diagnostic;
use crate::sentence::{message, words};
use crate::wording::wrap_list;
use crate::{Report, Terminal};

/// Draws warnings, grouped by rule, in `room` lines where that can be done.
pub(super) fn fit(report: &Report<'_>, groups: &[&Group<'_>], terminal: Terminal, room: usize) -> Vec<String> {
    let mut rules: Vec<OfRule<'_, '_>> = Vec::new();
    for &group in groups {
        let rule = group.first().rule;
        match rules.iter_mut().find(|of_rule| of_rule.rule == rule) {
            Some(of_rule) => of_rule.groups.push(group),
            None => rules.push(OfRule {
                rule,
                groups: vec![group],
                telling: Telling::Words,
                blocks: Vec::new(),
            }),
        }
    }
    for of_rule in &mut rules {
        of_rule.draw(report, terminal);
    }
    while rules.iter().map(OfRule::lines).sum::<usize>() > room {
        let can_shrink = rules.iter_mut().filter(|of_rule| of_rule.telling != Telling::Tally);
        // Of several equally long ones the first gives way, so that the same report always looks the same.
        let Some(longest) = can_shrink.rev().max_by_key(|of_rule| of_rule.lines()) else {
            break;
        };
        longest.telling = match longest.telling {
            Telling::Words => Telling::Short,
            Telling::Short | Telling::Tally => Telling::Tally,
        };
        longest.draw(report, terminal);
    }
    rules.into_iter().flat_map(|of_rule| of_rule.blocks).collect()
}

/// The warnings of one rule, and how they are told.
struct OfRule<'g, 'f> {
    rule: Rule,
    groups: Vec<&'g Group<'f>>,
    telling: Telling,
    blocks: Vec<String>,
}

/// How warnings are told, longest first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Telling {
    Words,
    Short,
    Tally,
}

impl OfRule<'_, '_> {
    fn lines(&self) -> usize {
        line_count(&self.blocks)
    }

    fn draw(&mut self, report: &Report<'_>, terminal: Terminal) {
        let detail = match self.telling {
            Telling::Words => Detail::Brief,
            Telling::Short => Detail::Short,
            Telling::Tally if self.groups.len() == 1 => Detail::Short,
            Telling::Tally => {
                self.blocks = vec![tally(report, &self.groups, terminal.width).draw(terminal)];
                return;
            }
        };
        let groups = self.groups.iter();
        self.blocks = groups
            .map(|group| diagnostic(report, group, detail, terminal.width).draw(terminal))
            .collect();
    }
}

/// All groups of one rule as one message.
fn tally(report: &Report<'_>, groups: &[&Group<'_>], width: usize) -> Diagnostic {
    let first = groups[0].first();
    let findings: usize = groups.iter().map(|group| group.len()).sum();
    let packages: BTreeSet<PackageIx> = groups.iter().flat_map(|group| group.packages()).collect();
    let names: Vec<String> = packages
        .iter()
        .map(|&package| report.graph.package(package).to_string())
        .collect();
    let text = match names.len() {
        0 => format!("{findings} findings; the first: {}", message(report.graph, first)),
        1 => format!(
            "{findings} findings in `{}`; the first: it {}",
            names[0],
            words(&first.problem)
        ),
        count if count == findings => format!("{count} packages; the first: {}", message(report.graph, first)),
        count => format!(
            "{findings} findings in {count} packages; the first: {}",
            message(report.graph, first)
        ),
    };
    let mut tally = Diagnostic::new(severity(first.level), text);
    tally.code = Some(first.rule.id().to_owned());
    tally.places = places(report.graph, first, Detail::Short);
    if names.len() > 1 {
        tally
            .notes
            .push(wrap_list("in ", &names, width.saturating_sub(14).max(30), 2));
    }
    tally.help = Some("`-v` shows each of them".to_owned());
    tally
}
