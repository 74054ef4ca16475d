//! One group of findings as one message: what is the matter, the words it rests on, whom it concerns, what to do.

use airights::facts::EvidenceKind;
use airights::{DependencyGraph, Entry, Evidence, Excerpt, Finding, Level, PackageIx, Problem, Subject};

use super::group::Group;
use crate::Report;
use crate::advice::{advice, advice_for_many, advice_on_plan, command_line};
use crate::diagnostic::{Diagnostic, MAX_LINES, Place, Severity};
use crate::entry::{allow_line, command_for, entry_of};
use crate::place::{link, named_excerpt};
use crate::sentence::{message, message_for_many};
use crate::wording::{path_in_words, wrap_list};

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Detail {
    /// What and where, without the words.
    Short,
    /// A few words of the first case.
    Brief,
    /// The words of the first case.
    Normal,
    /// Everything.
    Full,
}

/// Makes the message of a group.
pub(super) fn diagnostic(report: &Report<'_>, group: &Group<'_>, detail: Detail, width: usize) -> Diagnostic {
    let first = group.first();
    let text = match group.len() {
        1 => message(report.graph, first),
        count => message_for_many(count, &first.problem),
    };
    let mut diagnostic = Diagnostic::new(severity(first.level), text);
    diagnostic.code = Some(first.rule.id().to_owned());
    diagnostic.places = places(report.graph, first, detail);
    let width = width.saturating_sub(14).max(30);
    if group.len() > 1 {
        diagnostic.notes.push(affected(report.graph, group, detail, width));
    }
    if detail > Detail::Short || group.len() == 1 {
        diagnostic
            .notes
            .extend(required_by(report, first, group.len() > 1, detail));
    }
    if detail > Detail::Short {
        diagnostic.notes.extend(decided_by(first));
        diagnostic.help = help(report, group, detail);
    }
    diagnostic
}

pub(super) fn severity(level: Level) -> Severity {
    match level {
        Level::Allow => Severity::Note,
        Level::Warn => Severity::Warning,
        Level::Deny => Severity::Error,
    }
}

/// What a finding rests on, with paths that say whose files they are.
pub(super) fn places(graph: &DependencyGraph, finding: &Finding, detail: Detail) -> Vec<Place> {
    let (count, max_lines) = match detail {
        Detail::Short => (1, 0),
        Detail::Brief => (1, 2),
        Detail::Normal => (2, MAX_LINES),
        Detail::Full => (usize::MAX, usize::MAX),
    };
    let place = |excerpt: Excerpt, label: Option<&str>, link| Place {
        excerpt,
        label: label.map(str::to_owned),
        max_lines,
        link,
    };
    match &finding.subject {
        Subject::Package(package) => {
            let package = graph.package(*package);
            let evidence = finding.evidence.iter().take(count);
            evidence
                .map(|evidence| {
                    let excerpt = named_excerpt(package, evidence);
                    place(
                        at_fault(finding, evidence, &excerpt).unwrap_or(excerpt),
                        label(evidence),
                        link(package, evidence),
                    )
                })
                .collect()
        }
        Subject::Policy(_) | Subject::Publication => finding
            .decided_by
            .iter()
            .cloned()
            .map(|line| place(line, None, None))
            .collect(),
    }
}

/// Of a declared expression the one term that is not allowed.
fn at_fault(finding: &Finding, evidence: &Evidence, excerpt: &Excerpt) -> Option<Excerpt> {
    let Problem::LicenseNotAllowed { at_fault, .. } = &finding.problem else {
        return None;
    };
    let (Some(term), 1, EvidenceKind::LicenseExpression) = (at_fault.first(), at_fault.len(), evidence.kind) else {
        return None;
    };
    excerpt.narrowed_to(term)
}

/// What stands beside the mark, where the words alone do not say why they are shown.
fn label(evidence: &Evidence) -> Option<&'static str> {
    match evidence.kind {
        EvidenceKind::Catalogue => Some("this license says so"),
        EvidenceKind::Clarification => Some("your clarification says so"),
        _ => None,
    }
}

/// "in a 1.0.0, b 1.0.0, … and 37 more"
fn affected(graph: &DependencyGraph, group: &Group<'_>, detail: Detail, width: usize) -> String {
    let packages: Vec<String> = group
        .packages()
        .map(|package| graph.package(package).to_string())
        .collect();
    let max_lines = match detail {
        Detail::Short => 1,
        Detail::Brief => 2,
        Detail::Normal => MAX_LINES,
        Detail::Full => usize::MAX,
    };
    wrap_list("in ", &packages, width, max_lines)
}

/// Who brings the package in, and where the user's own manifest says so.
fn required_by(report: &Report<'_>, finding: &Finding, names_package: bool, detail: Detail) -> Option<String> {
    let (&package, way) = finding.path.split_last()?;
    let name = |package: PackageIx| format!("`{}`", report.graph.package(package));
    let subject = if names_package {
        format!("{} is ", name(package))
    } else {
        String::new()
    };
    if way.is_empty() {
        return report
            .graph
            .package(package)
            .is_member
            .then(|| format!("{subject}a member of this workspace"));
    }
    let way = path_in_words(way, finding.path.left_out(), detail == Detail::Full, name);
    let origin = (report.origins)(&finding.path);
    let origin = origin
        .map(|line| format!(" ({}:{})", line.path, line.lines.0))
        .unwrap_or_default();
    Some(format!("{subject}required by {way}{origin}"))
}

/// The line of the policy that decides, where a file says it and the finding is not about that line itself.
fn decided_by(finding: &Finding) -> Option<String> {
    let line = finding.decided_by.as_ref()?;
    let says = line.text.lines().next().unwrap_or_default().trim();
    match finding.subject {
        Subject::Policy(_) | Subject::Publication => None,
        Subject::Package(_) if line.lines.0 == 0 => Some(format!("{} decides", line.path)),
        Subject::Package(_) => Some(format!("{}:{} decides: {says}", line.path, line.lines.0)),
    }
}

/// The way forward; where it differs from package to package, that of the first. Of what is denied the entry that settles
/// it is shown, since nothing else may; of several packages what settles all of them.
fn help(report: &Report<'_>, group: &Group<'_>, detail: Detail) -> Option<String> {
    let first = group.first();
    let help = first.help.as_ref()?;
    let is_decided = first.level == Level::Deny;
    let is_exception = matches!(first.entry, Some(Entry::Exception { .. })) && !report.is_planned;
    if is_exception && group.len() > 1 && (is_decided || detail == Detail::Full) {
        let line = first.allow.as_ref();
        let line = line.and_then(|allow| allow_line(allow, &report.evaluation.policy));
        let help = advice_for_many(help, line.as_deref(), command_for(first, report).is_some());
        return Some(if line.is_some() {
            help
        } else {
            for_first(report, group, help)
        });
    }
    let is_shown = detail == Detail::Full || (detail == Detail::Normal && is_decided);
    let advice = if report.is_planned { advice_on_plan } else { advice };
    let mut help = advice(help);
    if is_news(report, first) && (is_shown || is_decided) {
        let entry = entry_of(first, report).filter(|_| is_shown);
        let next = match command_for(first, report) {
            Some(command) => Some(command_line(&command, entry.as_deref())),
            None => entry,
        };
        help.extend(next.map(|next| format!("\n{next}")));
    }
    Some(for_first(report, group, help))
}

/// Says whom a help is for, where it is not for all of a group.
fn for_first(report: &Report<'_>, group: &Group<'_>, help: String) -> String {
    match group.first().subject {
        Subject::Package(package) if !group.agrees_on_help() => {
            format!("for `{}`: {help}", report.graph.package(package))
        }
        _ => help,
    }
}

/// Whether the entry of a finding was not shown before: one settles all that is denied of a package.
fn is_news(report: &Report<'_>, finding: &Finding) -> bool {
    let mut findings = report.findings();
    let shown = findings.find(|other| other.subject == finding.subject && other.entry == finding.entry);
    shown.is_none_or(|shown| std::ptr::eq(shown, finding))
}
