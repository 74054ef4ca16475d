//! A comparison for programs, version 1: names are only ever added. The schema is published as
//! `schemas/diff-v1.schema.json`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use airights::diff::{Hunk, Known, PackageChange, Piece, Said, Scope, Side, Terms, Text, TextChange};
use airights::{AiUse, Finding};
use serde::Serialize;

use super::{Comparison, Tally};
use crate::escape::without_user;
use crate::json;
use crate::json::v1::names::{Policy, Tool};
use crate::json::v1::wire_policy;
use crate::sentence::words;

/// Writes the comparison.
///
/// # Errors
///
/// What the writer says.
pub fn write(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Tally {
        added,
        removed,
        moved,
        changed,
        other_terms,
        not_compared,
        denied_anew,
    } = comparison.tally();
    let wire = WireComparison {
        version: 1,
        tool: Tool {
            name: "cargo-airights",
            version: comparison.tool_version,
        },
        policy: wire_policy(comparison.policy),
        before: comparison.before,
        after: comparison.after,
        only_new: comparison.scope == Scope::OnlyNew,
        verdict: comparison.verdict.as_str(),
        counts: Counts {
            added,
            removed,
            moved,
            changed,
            other_terms,
            not_compared,
            denied_anew,
            denied: comparison.whole.map(|whole| whole.denied),
        },
        policy_change: comparison.policy_change.map(|change| WirePolicyChange {
            judged_by: &change.at,
            let_in: change.let_in.iter().map(ToString::to_string).collect(),
        }),
        notes: comparison.notes,
        changes: comparison.changes.iter().map(wire_change).collect(),
    };
    json::safe::write(&wire, out)
}

#[derive(Serialize)]
struct WireComparison<'a> {
    version: u32,
    tool: Tool<'a>,
    policy: Policy<'a>,
    before: &'a str,
    after: &'a str,
    only_new: bool,
    verdict: &'static str,
    counts: Counts,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_change: Option<WirePolicyChange<'a>>,
    notes: &'a [String],
    changes: Vec<WireChange<'a>>,
}

#[derive(Serialize)]
struct WirePolicyChange<'a> {
    judged_by: &'a str,
    let_in: Vec<String>,
}

#[derive(Serialize)]
struct Counts {
    added: usize,
    removed: usize,
    moved: usize,
    changed: usize,
    other_terms: usize,
    not_compared: usize,
    denied_anew: usize,
    /// Of the whole state after the change; absent where only what differs was read.
    denied: Option<usize>,
}

#[derive(Serialize)]
struct WireChange<'a> {
    kind: &'static str,
    name: &'a str,
    before: Option<WireSide<'a>>,
    after: Option<WireSide<'a>>,
    /// What of the sides differs: `declared`, `effective`, `elected`, `class`, and AI uses by name.
    differs: Vec<&'static str>,
    texts: Vec<WireText<'a>>,
    not_compared: Vec<String>,
}

#[derive(Serialize)]
struct WireSide<'a> {
    version: String,
    source: Option<Cow<'a, str>>,
    checksum: Option<&'a str>,
    roles: Vec<&'static str>,
    license: Option<License<'a>>,
    ai: Option<BTreeMap<&'static str, Use>>,
    findings: Vec<WireFinding>,
}

#[derive(Serialize)]
struct License<'a> {
    declared: Option<&'a str>,
    effective: Option<&'a str>,
    elected: Option<&'a str>,
    class: &'static str,
}

#[derive(Serialize)]
struct Use {
    value: &'static str,
    force: Option<&'static str>,
    conditions: Vec<&'static str>,
}

#[derive(Serialize)]
struct WireFinding {
    rule: &'static str,
    level: &'static str,
    #[serde(rename = "use")]
    ai_use: Option<&'static str>,
    problem: String,
    /// Whether it was not there before.
    new: bool,
}

#[derive(Serialize)]
struct WireText<'a> {
    before: Option<TextName<'a>>,
    after: Option<TextName<'a>>,
    words: Option<Words<'a>>,
    not_compared: Option<&'a str>,
}

#[derive(Serialize)]
struct TextName<'a> {
    path: &'a str,
    sha256: &'a str,
    expression: Option<&'a str>,
}

#[derive(Serialize)]
struct Words<'a> {
    kept: usize,
    removed: usize,
    added: usize,
    hunks: Vec<WireHunk<'a>>,
}

#[derive(Serialize)]
struct WireHunk<'a> {
    clause: bool,
    lines_before: Option<(u32, u32)>,
    lines_after: Option<(u32, u32)>,
    pieces: Vec<WirePiece<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum WirePiece<'a> {
    Same(&'a str),
    Removed(&'a str),
    Added(&'a str),
}

fn wire_change(change: &PackageChange) -> WireChange<'_> {
    let new: Vec<&Finding> = change.new_findings().collect();
    let is_new = |finding: &Finding| new.iter().any(|known| std::ptr::eq(*known, finding));
    WireChange {
        kind: change.kind().as_str(),
        name: change.name(),
        before: change.before.as_ref().map(|side| wire_side(side, &|_| false)),
        after: change.after.as_ref().map(|side| wire_side(side, &is_new)),
        differs: differing(change),
        texts: change.texts.iter().map(wire_text).collect(),
        not_compared: change.not_compared(),
    }
}

fn differing(change: &PackageChange) -> Vec<&'static str> {
    let Some(terms) = &change.terms else {
        return Vec::new();
    };
    let keys = [
        ("declared", terms.declared.is_some()),
        ("effective", terms.effective.is_some()),
        ("elected", terms.elected.is_some()),
        ("class", terms.class.is_some()),
    ];
    let keys = keys.into_iter().filter(|(_, differs)| *differs).map(|(key, _)| key);
    keys.chain(terms.ai.iter().map(|(ai_use, _)| ai_use.as_str())).collect()
}

fn wire_side<'a>(side: &'a Side, is_new: &dyn Fn(&Finding) -> bool) -> WireSide<'a> {
    let terms: Option<&Terms> = match &side.known {
        Known::Terms(terms) => Some(terms),
        Known::Not(_) => None,
    };
    let findings = terms.map(|terms| terms.findings.as_slice()).unwrap_or_default();
    WireSide {
        version: side.package.version.to_string(),
        source: side.package.source.as_deref().map(without_user),
        checksum: side.checksum.as_deref(),
        roles: side.roles.iter().map(airights::Role::as_str).collect(),
        license: terms.map(|terms| {
            let license = &terms.judgement.license;
            License {
                declared: license.declared.as_deref(),
                effective: license.effective.as_deref(),
                elected: license.elected.as_deref(),
                class: license.class.as_str(),
            }
        }),
        ai: terms.map(|terms| {
            let uses = terms.judgement.ai.iter();
            uses.map(|(ai_use, said)| (ai_use.as_str(), wire_use(&Said::of(said))))
                .collect()
        }),
        findings: findings
            .iter()
            .map(|finding| WireFinding {
                rule: finding.rule.id(),
                level: finding.level.as_str(),
                ai_use: finding.ai_use.map(AiUse::as_str),
                problem: words(&finding.problem),
                new: is_new(finding),
            })
            .collect(),
    }
}

fn wire_use(said: &Said) -> Use {
    Use {
        value: said.value.as_str(),
        force: said.force.map(airights::facts::Force::as_str),
        conditions: said.conditions.iter().map(|condition| condition.as_str()).collect(),
    }
}

fn wire_text(text: &TextChange) -> WireText<'_> {
    WireText {
        before: text.pair.before.as_ref().map(wire_name),
        after: text.pair.after.as_ref().map(wire_name),
        words: text.words.as_ref().map(|words| Words {
            kept: words.kept,
            removed: words.removed,
            added: words.added,
            hunks: words.hunks.iter().map(wire_hunk).collect(),
        }),
        not_compared: text.unread.as_deref(),
    }
}

fn wire_name(text: &Text) -> TextName<'_> {
    TextName {
        path: &text.path,
        sha256: &text.sha256,
        expression: text.expression.as_deref(),
    }
}

fn wire_hunk(hunk: &Hunk) -> WireHunk<'_> {
    WireHunk {
        clause: hunk.is_clause,
        lines_before: hunk.lines_before,
        lines_after: hunk.lines_after,
        pieces: hunk.pieces.iter().map(wire_piece).collect(),
    }
}

fn wire_piece(piece: &Piece) -> WirePiece<'_> {
    match piece {
        Piece::Same(words) => WirePiece::Same(words),
        Piece::Removed(words) => WirePiece::Removed(words),
        Piece::Added(words) => WirePiece::Added(words),
    }
}
