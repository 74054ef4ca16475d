//! Ways out for programs, version 1: names are only ever added. The schema is published as
//! `schemas/suggest-v1.schema.json`.

mod substitute;

use std::borrow::Cow;
use std::io::{self, Write};

use airights::suggest::{Change, Cost, Proposal};
use serde::Serialize;

use self::substitute::WireSubstitute;
use super::{Applied, Suggestions};
use crate::escape::without_user;
use crate::json;
use crate::json::v1::names::is_none_left_out;
use crate::sentence::message;

/// Writes the suggestions.
///
/// # Errors
///
/// What the writer says.
pub fn write(suggestions: &Suggestions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let graph = suggestions.report.graph;
    let violations = suggestions.violations();
    let violations = violations.iter().map(|(name, violation)| {
        let package = graph.package(violation.package);
        let path = &violation.findings[0].path;
        WireViolation {
            name: &package.name,
            version: package.version.to_string(),
            source: package.source.as_deref().map(without_user),
            findings: violation
                .findings
                .iter()
                .map(|finding| WireFinding {
                    rule: finding.rule.id(),
                    ai_use: finding.ai_use.map(airights::AiUse::as_str),
                    message: message(graph, finding),
                })
                .collect(),
            path: path.iter().map(|&place| graph.package(place).to_string()).collect(),
            path_left_out: path.left_out(),
            proposals: suggestions
                .proposals
                .iter()
                .zip(0..)
                .filter(|(proposal, _)| proposal.solves.contains(name))
                .map(|(_, number)| number)
                .collect(),
            dead_ends: suggestions
                .dead_ends_of(name)
                .map(|dead_end| WireDeadEnd {
                    rung: dead_end.rung.as_str(),
                    reason: &dead_end.reason,
                })
                .collect(),
        }
    });
    let wire = WireSuggestions {
        version: 1,
        applied: match suggestions.applied {
            Applied::NotAsked => None,
            Applied::Clean => Some(true),
            Applied::NothingChanged => Some(false),
        },
        violations: violations.collect(),
        together: suggestions.together.map(|together| WireCombination {
            proposals: &together.proposals,
            commands: &together.commands,
            cost: wire_cost(together.cost),
        }),
        proposals: suggestions.proposals.iter().map(wire_proposal).collect(),
    };
    json::safe::write(&wire, out)
}

#[derive(Serialize)]
struct WireSuggestions<'a> {
    version: u32,
    applied: Option<bool>,
    violations: Vec<WireViolation<'a>>,
    together: Option<WireCombination<'a>>,
    proposals: Vec<WireProposal<'a>>,
}

#[derive(Serialize)]
struct WireCombination<'a> {
    proposals: &'a [usize],
    commands: &'a [String],
    cost: WireCost,
}

#[derive(Serialize)]
struct WireViolation<'a> {
    name: &'a str,
    version: String,
    source: Option<Cow<'a, str>>,
    findings: Vec<WireFinding>,
    path: Vec<String>,
    /// How many packages are left out in the middle of the path.
    #[serde(skip_serializing_if = "is_none_left_out")]
    path_left_out: usize,
    /// Places in the list of proposals, best first.
    proposals: Vec<usize>,
    dead_ends: Vec<WireDeadEnd<'a>>,
}

#[derive(Serialize)]
struct WireFinding {
    rule: &'static str,
    #[serde(rename = "use")]
    ai_use: Option<&'static str>,
    message: String,
}

#[derive(Serialize)]
struct WireDeadEnd<'a> {
    rung: &'static str,
    reason: &'a str,
}

#[derive(Serialize)]
struct WireProposal<'a> {
    rung: &'static str,
    proved: bool,
    solves: &'a [String],
    summary: &'a str,
    why: &'a str,
    commands: &'a [String],
    edits: Vec<WireEdit<'a>>,
    changes: Vec<WireChange<'a>>,
    cost: WireCost,
    substitutes: Vec<WireSubstitute<'a>>,
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct WireEdit<'a> {
    path: &'a str,
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct WireChange<'a> {
    name: &'a str,
    from: Option<String>,
    to: Option<String>,
}

#[derive(Serialize)]
struct WireCost {
    advisories: usize,
    yanked: usize,
    manifest_edits: usize,
    incompatible_moves: usize,
    downgrades: usize,
    moves: usize,
    releases: usize,
    days_older: usize,
    added: usize,
    removed: usize,
}

fn wire_proposal(proposal: &Proposal) -> WireProposal<'_> {
    WireProposal {
        rung: proposal.rung.as_str(),
        proved: proposal.is_proved,
        solves: &proposal.solves,
        summary: &proposal.summary,
        why: &proposal.why,
        commands: &proposal.commands,
        edits: proposal
            .edits
            .iter()
            .map(|edit| WireEdit {
                path: &edit.path,
                before: &edit.before,
                after: &edit.after,
            })
            .collect(),
        changes: proposal.changes.iter().map(wire_change).collect(),
        cost: wire_cost(proposal.cost),
        substitutes: proposal.substitutes.iter().map(WireSubstitute::from).collect(),
        text: proposal.text.as_deref(),
    }
}

fn wire_cost(cost: Cost) -> WireCost {
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
    WireCost {
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
    }
}

fn wire_change(change: &Change) -> WireChange<'_> {
    let (name, from, to) = change.parts();
    WireChange {
        name,
        from: from.map(ToString::to_string),
        to: to.map(ToString::to_string),
    }
}
