//! Somebody is asked: ask your policy owner for an exception; and the maintainer, for other terms.
//!
//! An exception is only proposed where the one judge lets the crate pass with it, and then it is as narrow as can be.

use std::collections::BTreeSet;
use std::fmt::Write;

use airights::facts::Gathered;
use airights::judge::Judgement;
use airights::suggest::{Cost, LockedPackage, Proposal, Rung, Violation, violations};
use airights::terms::LicenseExpression;
use airights::{Package, PackageFacts};
use airights_report::sentence::words_without_policy;
use airights_session::Project;

use super::WayOut;
use crate::exception::{self, Allowances, passes_with, refused_terms, refused_uses};

/// What may be asked for each package that is to go.
pub(super) fn somebody(project: &Project, targets: &BTreeSet<LockedPackage>) -> Vec<WayOut> {
    let violations = violations(&project.evaluation);
    let meant = violations.iter().filter(|violation| {
        let package = project.resolved.graph.package(violation.package);
        targets.contains(&LockedPackage::from(package))
    });
    meant.flat_map(|violation| asked_for(project, violation)).collect()
}

fn asked_for(project: &Project, violation: &Violation<'_>) -> Vec<WayOut> {
    let package = project.resolved.graph.package(violation.package);
    let judgements = project.evaluation.judgements.iter();
    let judgement = judgements
        .into_iter()
        .find(|judgement| judgement.package == violation.package);
    let (Some(judgement), Some(Gathered::Facts(facts))) = (judgement, project.facts.get(violation.package)) else {
        return Vec::new();
    };
    let mut ways = Vec::new();
    ways.extend(other_branches(project, package, judgement, facts));
    ways.extend(exception(project, package, judgement, facts));
    ways.extend(words_to_the_maintainer(package, violation));
    ways
}

/// Of an `OR` of which no branch is allowed, the branch of the mildest class that an exception alone would let pass.
fn other_branches(project: &Project, package: &Package, judgement: &Judgement, facts: &PackageFacts) -> Option<WayOut> {
    judgement.license.elected.as_ref()?;
    let effective = judgement.license.effective.as_deref()?;
    let expression = LicenseExpression::parse(effective).ok()?;
    let mut terms: Vec<_> = expression
        .terms()
        .map(|term| (airights::policy::class_of(term), term.to_string()))
        .collect();
    terms.sort();
    terms.dedup();
    // Where the branch that was elected is the mildest already, there is no other to elect.
    let refused = refused_terms(&project.policy, judgement);
    let passing = terms
        .into_iter()
        .filter(|(class, term)| *class < judgement.license.class && !refused.contains(term))
        .find(|(_, term)| {
            let allowances = Allowances {
                licenses: vec![term.clone()],
                uses: refused_uses(judgement),
            };
            passes_with(&project.policy, package, facts, &allowances)
        });
    let (class, term) = passing?;
    let allowances = Allowances {
        licenses: vec![term.clone()],
        uses: refused_uses(judgement),
    };
    let name = &package.name;
    Some(unproved(
        Rung::Elect,
        package,
        format!("take `{name}` under `{term}` ({class})"),
        format!("of `{effective}` this branch is the mildest; with this exception `{name}` passes"),
        exception::stanza(package, &allowances),
    ))
}

fn exception(project: &Project, package: &Package, judgement: &Judgement, facts: &PackageFacts) -> Option<WayOut> {
    let allowances = exception::narrowest(&project.policy, package, judgement, facts)?;
    Some(unproved(
        Rung::Ask,
        package,
        "ask your policy owner for an exception".to_owned(),
        format!("with it `{package}` passes, and nothing else is let in"),
        exception::stanza(package, &allowances),
    ))
}

fn words_to_the_maintainer(package: &Package, violation: &Violation<'_>) -> Option<WayOut> {
    package.source.as_ref()?;
    let mut text = format!("Subject: terms of {package}\n\nWe depend on {package} and read its terms as follows:\n");
    for finding in &violation.findings {
        let problem = words_without_policy(&finding.problem);
        let _ = write!(text, "- it {problem}");
        let evidence = finding.evidence.first();
        let place = evidence.map(|evidence| match evidence.excerpt.lines {
            (0, _) => format!(" ({})", evidence.excerpt.path),
            (first, _) => format!(" ({}:{first})", evidence.excerpt.path),
        });
        text += &place.unwrap_or_default();
        text.push('\n');
    }
    text += "Do we read this as you mean it? If so, would you consider other terms, or an additional license, such as\n\
             `MIT OR Apache-2.0`? We would gladly stay with your crate.";
    Some(unproved(
        Rung::Ask,
        package,
        "the maintainer, for other terms".to_owned(),
        "only who holds the rights can change the terms".to_owned(),
        text,
    ))
}

fn unproved(rung: Rung, package: &Package, summary: String, why: String, text: String) -> WayOut {
    WayOut::unproved(Proposal {
        rung,
        solves: vec![package.to_string()],
        summary,
        why,
        edits: Vec::new(),
        changes: Vec::new(),
        commands: Vec::new(),
        text: Some(text),
        substitutes: Vec::new(),
        cost: Cost::default(),
        is_proved: false,
    })
}
