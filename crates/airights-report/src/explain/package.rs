//! One package: who brings it in, what was read in it, how that was judged, and what was found.

use std::io::{self, Write};

use airights::account::{Account, Said, StatementFate, Term};
use airights::facts::EvidenceKind;
use airights::judge::{AiJudgement, Judgement};
use airights::{Evidence, Excerpt, Level, Package, PackageFacts, PackageIx, Role, Subject, UseValue};
use cargo_metadata::Source;

use super::{Sheet, facts};
use crate::escape::without_user;
use crate::place::{in_words, named_excerpt};
use crate::wording::in_force;
use crate::{Report, Terminal, human};

/// What a package was judged by.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// What was read in it.
    pub facts: &'a PackageFacts,
    /// What became of each statement in it.
    pub account: &'a Account,
}

/// Writes what is known of a package of the report's graph, with what it was judged by, where that is at hand.
///
/// # Errors
///
/// What the writer says.
pub fn write_package(
    report: &Report<'_>,
    package: PackageIx,
    known: Option<Known<'_>>,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sheet = Sheet { terminal, out };
    let described = report.graph.package(package);
    sheet.heading(&described.to_string())?;
    write_origin(&mut sheet, report, package, described)?;
    let evaluation = report.evaluation;
    let mut missing = evaluation.not_evaluated.iter();
    if let Some(missing) = missing.find(|missing| missing.package == package) {
        sheet.value("not evaluated", &missing.reason)?;
    }
    let mut judgements = evaluation.judgements.iter();
    if let Some(judgement) = judgements.find(|judgement| judgement.package == package) {
        sheet.gap()?;
        write_license(&mut sheet, judgement, known)?;
        sheet.gap()?;
        write_ai(&mut sheet, described, judgement, known)?;
    }
    let findings = report.findings();
    let findings = findings.filter(|finding| finding.subject == Subject::Package(package));
    human::write_findings(report, findings, terminal, out)
}

/// The source as a person would name it.
fn source_of(package: &Package) -> String {
    match &package.source {
        None => package.manifest.clone(),
        Some(source) if (Source { repr: source.clone() }).is_crates_io() => "crates.io".to_owned(),
        Some(source) => without_user(source).into_owned(),
    }
}

/// Where it comes from and who wants it.
fn write_origin(sheet: &mut Sheet<'_>, report: &Report<'_>, place: PackageIx, package: &Package) -> io::Result<()> {
    sheet.value("source", &source_of(package))?;
    if let Some(checksum) = &package.checksum {
        sheet.value("checksum", checksum)?;
    }
    let roles: Vec<&str> = package.roles.iter().map(airights::Role::as_str).collect();
    sheet.value("roles", &roles.join(", "))?;
    let path = report.graph.shortest_paths().to(place);
    let names = path.iter().map(|&package| report.graph.package(package).to_string());
    let names: Vec<String> = names.collect();
    if package.is_member {
        sheet.value("required by", "a member of this workspace")?;
    } else if package.roles.contains(Role::Unbuilt) {
        sheet.value(
            "required by",
            "no build: `Cargo.lock` lists it, and cargo never compiles it",
        )?;
    } else {
        sheet.value("required by", &names.join(" → "))?;
        if let Some(line) = (report.origins)(&path) {
            sheet.detail(&line_in_words(&line))?;
        }
    }
    let edges = report.graph.dependencies().iter().filter(|edge| edge.to == place);
    let dependents: Vec<String> = edges
        .map(|edge| {
            let dependent = report.graph.package(edge.from);
            if edge.key == package.name {
                dependent.to_string()
            } else {
                format!("{dependent} (as {})", edge.key)
            }
        })
        .collect();
    if dependents.len() > 1 {
        sheet.value("dependents", &dependents.join(", "))?;
    }
    Ok(())
}

fn write_license(sheet: &mut Sheet<'_>, judgement: &Judgement, known: Option<Known<'_>>) -> io::Result<()> {
    let license = &judgement.license;
    sheet.heading("license")?;
    let declared = match known {
        Some(known) => facts::declared(known),
        None => license.declared.clone().unwrap_or_else(|| "nothing".to_owned()),
    };
    sheet.value("declared", &declared)?;
    for note in &license.notes {
        sheet.detail(note)?;
    }
    match known {
        Some(known) => facts::write_texts(sheet, known)?,
        None if license.found.is_empty() => sheet.value("texts", "none that is known")?,
        None => sheet.value("texts", &license.found.join("; "))?,
    }
    sheet.value("effective", license.effective.as_deref().unwrap_or("unknown"))?;
    if let Some(elected) = &license.elected {
        sheet.value("elected", elected)?;
    }
    write_terms(sheet, known.map_or(&[], |known| &known.account.terms))?;
    sheet.value("class", license.class.as_str())?;
    sheet.value("judged", &judged(license.level, Some(judgement.role)))?;
    write_deciding_line(sheet, license.decided_by.as_ref())
}

/// Where there are several, each term with what the policy makes of it.
fn write_terms(sheet: &mut Sheet<'_>, terms: &[Term]) -> io::Result<()> {
    let has_choice = terms.iter().any(|term| !term.is_elected);
    for (index, term) in terms.iter().enumerate().filter(|_| terms.len() > 1) {
        let chosen = match (has_choice, term.is_elected) {
            (false, _) => "",
            (true, true) => ", chosen",
            (true, false) => ", not chosen",
        };
        let line = term.decided_by.as_ref();
        let line = line.map_or_else(String::new, |line| format!(" ({})", in_words(line)));
        let name = if index == 0 { "terms" } else { "" };
        sheet.value(
            name,
            &format!("{}: {}{chosen}{line}", term.term, judged(term.level, None)),
        )?;
    }
    Ok(())
}

fn write_ai(
    sheet: &mut Sheet<'_>,
    package: &Package,
    judgement: &Judgement,
    known: Option<Known<'_>>,
) -> io::Result<()> {
    sheet.heading("AI uses")?;
    for (ai_use, terms) in judgement.ai.iter() {
        sheet.value(ai_use.as_str(), &terms_in_words(terms))?;
        let mut lines: Vec<String> = if let Some(known) = known {
            let said = known.account.uses[ai_use].iter();
            let said = said.filter(|said| is_news(said, terms.value));
            said.map(|said| evidence_in_words(package, &said.statement.evidence) + &fate_in_words(said, terms.value))
                .collect()
        } else {
            let evidence = terms.evidence.iter();
            evidence.map(|evidence| evidence_in_words(package, evidence)).collect()
        };
        // Several licenses of one expression may say the same in the same place.
        lines.dedup();
        for line in lines {
            sheet.detail(&line)?;
        }
        if terms.level > Level::Allow || !terms.evidence.is_empty() {
            write_deciding_line(sheet, terms.decided_by.as_ref())?;
        }
    }
    Ok(())
}

/// "readme a-1.0.0/README.md:3: “Do not train on this.”"
fn evidence_in_words(package: &Package, evidence: &Evidence) -> String {
    let excerpt = named_excerpt(package, evidence);
    let words = excerpt.one_line();
    let place = format!("{} {}", evidence.kind.as_str(), in_words(&excerpt));
    if words.is_empty() {
        place
    } else {
        format!("{place}: “{words}”")
    }
}

/// Whether a statement is worth a line: a license that was not chosen, and is known to say what counts anyway, has lost
/// nothing.
fn is_news(said: &Said, value: UseValue) -> bool {
    let is_of_other_branch = matches!(said.fate, StatementFate::OfOtherBranch(_));
    let is_known_of_id = said.statement.evidence.kind == EvidenceKind::Catalogue;
    !(is_of_other_branch && is_known_of_id && said.statement.value == value)
}

/// What became of a statement that does not decide.
fn fate_in_words(said: &Said, value: UseValue) -> String {
    let why = match &said.fate {
        StatementFate::Decides => return String::new(),
        StatementFate::Outweighed if value == UseValue::Unknown => {
            "not counted, since another license that was chosen does not say so".to_owned()
        }
        StatementFate::Outweighed => "not counted, since a stricter statement decides".to_owned(),
        StatementFate::Ignored => "not counted, since the policy ignores preferences".to_owned(),
        StatementFate::OfOtherBranch(term) => format!("not counted, since `{term}` was not chosen"),
        StatementFate::Clarified => "not counted, since your clarification decides".to_owned(),
    };
    format!(" → {}, {why}", said.statement.value)
}

/// "disallowed, by its license: denied"
pub(super) fn terms_in_words(terms: &AiJudgement) -> String {
    let conditions: Vec<&str> = terms.conditions.iter().map(|condition| condition.as_str()).collect();
    let on = if conditions.is_empty() { "" } else { " on " };
    let force = terms
        .force
        .map_or_else(String::new, |force| format!(", {}", in_force(force)));
    format!(
        "{}{on}{}{force}: {}",
        terms.value,
        conditions.join(", "),
        judged(terms.level, None)
    )
}

pub(super) fn judged(level: Level, role: Option<airights::Role>) -> String {
    let outcome = match level {
        Level::Allow => "passes",
        Level::Warn => "warned of",
        Level::Deny => "denied",
    };
    role.map_or_else(|| outcome.to_owned(), |role| format!("{outcome}, as {role}"))
}

pub(super) fn write_deciding_line(sheet: &mut Sheet<'_>, line: Option<&Excerpt>) -> io::Result<()> {
    match line {
        Some(line) => sheet.detail(&format!("decided by {}", line_in_words(line))),
        None => Ok(()),
    }
}

/// "airights.toml:4: allow = […]"
fn line_in_words(line: &Excerpt) -> String {
    let says = line.text.lines().next().unwrap_or_default().trim();
    format!("{}: {says}", in_words(line))
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;
    use crate::escape::is_hidden;
    use crate::sample::{sample_account, sample_evaluation, sample_facts};

    #[test]
    fn packages_are_explained_with_their_evidence() {
        let sample = sample_evaluation();
        let facts = sample_facts();
        let mut shown = String::new();
        let account = sample_account();
        let known = Known {
            facts: &facts,
            account: &account,
        };
        for (place, package) in sample.graph.iter().take(6) {
            let known = (package.name == "ishell").then_some(known);
            let mut out = Vec::new();
            write_package(&sample.report(), place, known, Terminal::PLAIN, &mut out).unwrap();
            shown.push_str(&String::from_utf8(out).unwrap());
            shown.push_str("----\n");
        }
        assert!(!shown.contains(|c| c != '\n' && is_hidden(c)));
        expect_file!["../goldens/explain.txt"].assert_eq(&shown);
    }
}
