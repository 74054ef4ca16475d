//! What the author of a declaration should know: where it says one thing and something else another, and what it leads to.

use std::path::Path;

use airights::declaration::{AiTerms, Declaration};
use airights::facts::{EvidenceKind, Statement, TextPlace};
use airights::terms::LicenseExpression;
use airights::{Excerpt, PackageFacts, UseValue};
use airights_cargo::workspace::Member;
use airights_report::declare::Carrier;
use airights_report::diagnostic::{Diagnostic, Severity};
use airights_vocabularies::{Loss, Lost};

use super::rider::Rider;

/// The same warning about many packages is one warning: the first, with how many there are besides. Warnings that show a
/// place of somebody's file stand for themselves.
pub(super) fn condensed(warnings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for warning in warnings {
        let is_alike = |known: &Diagnostic| {
            known.places.is_empty()
                && warning.places.is_empty()
                && known.help == warning.help
                && known.notes == warning.notes
        };
        match kept.iter_mut().find(|(known, _)| is_alike(known)) {
            Some((_, more)) => *more += 1,
            None => kept.push((warning, 0)),
        }
    }
    let told = kept.into_iter().map(|(mut warning, more)| {
        match more {
            0 => {}
            1 => warning.notes.push("and so it is with 1 more package".to_owned()),
            more => warning.notes.push(format!("and so it is with {more} more packages")),
        }
        warning
    });
    told.collect()
}

/// The warnings about one package.
pub(super) fn of(member: &Member, declaration: &Declaration, rider: Option<&Rider>) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let uses = declaration.ai_terms_with_parts().uses;
    if let Some(rider) = rider {
        let restricts = uses.values().any(|said| said.value > UseValue::Unknown);
        warnings.extend(restricts.then(|| copyleft(member, rider)).flatten());
        warnings.extend((!restricts).then(|| only_permits(member)));
        warnings.extend((member.license.as_ref() != Some(&rider.license)).then(|| seen_by_oneself(member)));
    }
    warnings.extend(missing_terms(member, declaration));
    warnings
}

/// What the package's own files say to the contrary, but for those that `declare` itself writes.
pub(super) fn with_files(
    member: &Member,
    facts: &PackageFacts,
    terms: &AiTerms,
    carriers: &[Carrier],
    shown: impl Fn(&Path) -> String,
) -> Vec<Diagnostic> {
    let path_of = |statement: &Statement| shown(&member.directory().join(&statement.evidence.excerpt.path));
    let texts = facts.texts.iter().filter(|text| text.place == TextPlace::Own);
    let said = texts.flat_map(|text| &text.statements).chain(&facts.statements);
    let is_foreign = |statement: &&Statement| {
        let path = path_of(statement);
        statement.evidence.kind != EvidenceKind::Declaration && carriers.iter().all(|carrier| carrier.path != path)
    };
    let contrary = said.filter(is_foreign).filter_map(|statement| {
        let declared = terms.uses.get(&statement.ai_use)?.value;
        let permits = |value: UseValue| value == UseValue::Allowed;
        (permits(declared) != permits(statement.value)).then(|| {
            let ai_use = statement.ai_use;
            let message = format!(
                "`{ai_use}` is declared to be {declared} in `{}`, and {} elsewhere in it",
                member.spec(),
                statement.value
            );
            let place = Excerpt {
                path: path_of(statement),
                ..statement.evidence.excerpt.clone()
            };
            let help = "readers of both must respect the stricter one; bring the two together";
            warning(message, help).at(place, None)
        })
    });
    contrary.collect()
}

/// What a file for machines says otherwise than meant. What it cannot say at all is no contradiction.
pub(super) fn losses(path: &str, losses: &[Loss]) -> Option<Diagnostic> {
    let otherwise = losses
        .iter()
        .filter(|loss| !matches!(loss.lost, Lost::LeftOut | Lost::Meaning(_)));
    let notes: Vec<String> = otherwise.map(ToString::to_string).collect();
    (!notes.is_empty()).then(|| Diagnostic {
        notes,
        ..warning(
            format!("`{path}` has no words for just what is declared, and says more than that"),
            "readers of both must respect the stricter one; leave the file out if that is not meant",
        )
    })
}

/// The GNU licenses let whoever receives the work remove further restrictions (GPL-3.0, section 7; GPL-2.0, section 6).
fn copyleft(member: &Member, rider: &Rider) -> Option<Diagnostic> {
    let expression = LicenseExpression::parse(&rider.license).ok()?;
    let gnu = expression.terms().map(|term| term.license.to_string());
    let gnu = gnu
        .into_iter()
        .find(|id| ["GPL", "LGPL", "AGPL"].iter().any(|family| id.starts_with(family)))?;
    Some(warning(
        format!(
            "`{gnu}` lets recipients of `{}` remove further restrictions",
            member.spec()
        ),
        "a rider beside it may come to nothing; say it as a preference, or choose another license",
    ))
}

/// Whoever runs the gate on the workspace itself meets the rider first.
fn seen_by_oneself(member: &Member) -> Diagnostic {
    let message = format!(
        "`cargo airights check` judges `{}` by its rider in this workspace, too",
        member.spec()
    );
    Diagnostic {
        help: Some("where that denies it, grant it an exception in `airights.toml`: the terms are your own".to_owned()),
        ..Diagnostic::new(Severity::Note, message)
    }
}

fn only_permits(member: &Member) -> Diagnostic {
    warning(
        format!(
            "the rider of `{}` only permits, and tools that do not know it refuse the crate",
            member.spec()
        ),
        "a declaration and a README say as much; `--rider none` removes it",
    )
}

fn missing_terms(member: &Member, declaration: &Declaration) -> Option<Diagnostic> {
    let airights::declaration::TermsAt::File(path) = declaration.terms.as_ref()? else {
        return None;
    };
    let is_written = path.starts_with("LICENSES/") && path.contains("Ref-airights-");
    let is_there = is_written || member.directory().join(path).is_file();
    (!is_there).then(|| {
        warning(
            format!("the terms `{path}` are not in `{}`", member.spec()),
            "write them, or name another file with `--terms`",
        )
    })
}

fn warning(message: String, help: &str) -> Diagnostic {
    Diagnostic {
        help: Some(help.to_owned()),
        ..Diagnostic::new(Severity::Warning, message)
    }
}
