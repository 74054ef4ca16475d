//! One package: who brings it in, what was read in it, how that was judged, and what was found.

use std::io::{self, Write};

use airights::judge::{AiJudgement, Judgement};
use airights::{Excerpt, Level, Package, PackageFacts, PackageIx, Role, Subject};
use cargo_metadata::Source;

use super::{Sheet, facts};
use crate::escape::without_user;
use crate::place::{in_words, named_excerpt};
use crate::wording::in_force;
use crate::{Report, Terminal, human};

/// Writes what is known of a package of the report's graph. `facts` are those it was judged by, where they are at hand.
///
/// # Errors
///
/// What the writer says.
pub fn write_package(
    report: &Report<'_>,
    package: PackageIx,
    facts: Option<&PackageFacts>,
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
        write_license(&mut sheet, judgement, facts)?;
        sheet.gap()?;
        write_ai(&mut sheet, described, judgement)?;
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

fn write_license(sheet: &mut Sheet<'_>, judgement: &Judgement, facts: Option<&PackageFacts>) -> io::Result<()> {
    let license = &judgement.license;
    sheet.heading("license")?;
    let declared = match facts {
        Some(facts) => facts::declared(facts),
        None => license.declared.clone().unwrap_or_else(|| "nothing".to_owned()),
    };
    sheet.value("declared", &declared)?;
    for note in &license.notes {
        sheet.detail(note)?;
    }
    match facts {
        Some(facts) => facts::write_texts(sheet, facts)?,
        None if license.found.is_empty() => sheet.value("texts", "none that is known")?,
        None => sheet.value("texts", &license.found.join("; "))?,
    }
    sheet.value("effective", license.effective.as_deref().unwrap_or("unknown"))?;
    if let Some(elected) = &license.elected {
        sheet.value("elected", elected)?;
    }
    sheet.value("class", license.class.as_str())?;
    sheet.value("judged", &judged(license.level, Some(judgement.role)))?;
    write_deciding_line(sheet, license.decided_by.as_ref())
}

fn write_ai(sheet: &mut Sheet<'_>, package: &Package, judgement: &Judgement) -> io::Result<()> {
    sheet.heading("AI uses")?;
    for (ai_use, terms) in judgement.ai.iter() {
        sheet.value(ai_use.as_str(), &terms_in_words(terms))?;
        for evidence in &terms.evidence {
            let excerpt = named_excerpt(package, evidence);
            let words = excerpt.one_line();
            let place = format!("{} {}", evidence.kind.as_str(), in_words(&excerpt));
            let quoted = if words.is_empty() {
                String::new()
            } else {
                format!(": “{words}”")
            };
            sheet.detail(&(place + &quoted))?;
        }
        if terms.level > Level::Allow || !terms.evidence.is_empty() {
            write_deciding_line(sheet, terms.decided_by.as_ref())?;
        }
    }
    Ok(())
}

/// "disallowed, by its license: denied"
fn terms_in_words(terms: &AiJudgement) -> String {
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

fn judged(level: Level, role: Option<airights::Role>) -> String {
    let outcome = match level {
        Level::Allow => "passes",
        Level::Warn => "warned of",
        Level::Deny => "denied",
    };
    role.map_or_else(|| outcome.to_owned(), |role| format!("{outcome}, as {role}"))
}

fn write_deciding_line(sheet: &mut Sheet<'_>, line: Option<&Excerpt>) -> io::Result<()> {
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
    use crate::sample::{sample_evaluation, sample_facts};

    #[test]
    fn packages_are_explained_with_their_evidence() {
        let sample = sample_evaluation();
        let facts = sample_facts();
        let mut shown = String::new();
        for (place, package) in sample.graph.iter().take(6) {
            let facts = (package.name == "ishell").then_some(&facts);
            let mut out = Vec::new();
            write_package(&sample.report(), place, facts, Terminal::PLAIN, &mut out).unwrap();
            shown.push_str(&String::from_utf8(out).unwrap());
            shown.push_str("----\n");
        }
        assert!(!shown.contains(|c| c != '\n' && is_hidden(c)));
        expect_file!["../goldens/explain.txt"].assert_eq(&shown);
    }
}
