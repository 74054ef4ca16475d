//! Somebody is asked: whoever answers for the policy, for an exception; and the maintainer, for other terms.
//!
//! An exception is only proposed where the one judge lets the crate pass with it, and then it is as narrow as can be.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use airights::facts::Gathered;
use airights::judge::Judgement;
use airights::policy::Exception;
use airights::suggest::{Cost, LockedPackage, Proposal, Rung, Violation, violations};
use airights::terms::LicenseExpression;
use airights::{AiUse, Level, Package, PackageFacts, UseValue, judge_package};

use super::WayOut;
use crate::commands::project::Project;
use crate::gather::clock;

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
    let (Some(judgement), Some(Gathered::Facts(facts))) = (judgement, project.facts.get(violation.package.index()))
    else {
        return Vec::new();
    };
    let mut ways = Vec::new();
    ways.extend(other_branches(project, package, judgement, facts));
    ways.extend(exception(project, package, judgement, facts));
    ways.extend(words_to_the_maintainer(package, violation));
    ways
}

/// What an exception would have to allow.
#[derive(Clone, Debug, Default)]
struct Allowances {
    licenses: Vec<String>,
    uses: BTreeMap<AiUse, UseValue>,
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
    let refused = refused_terms(project, judgement);
    let passing = terms
        .into_iter()
        .filter(|(_, term)| !refused.contains(term))
        .find(|(_, term)| {
            let allowances = Allowances {
                licenses: vec![term.clone()],
                uses: refused_uses(judgement),
            };
            passes_with(project, package, facts, &allowances)
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
        stanza(package, &allowances),
    ))
}

fn exception(project: &Project, package: &Package, judgement: &Judgement, facts: &PackageFacts) -> Option<WayOut> {
    let allowances = Allowances {
        licenses: refused_terms(project, judgement),
        uses: refused_uses(judgement),
    };
    let asks_for_something = !allowances.licenses.is_empty() || !allowances.uses.is_empty();
    (asks_for_something && passes_with(project, package, facts, &allowances)).then(|| {
        unproved(
            Rung::Ask,
            package,
            "whoever answers for the policy, for an exception".to_owned(),
            format!("with it `{package}` passes, and nothing else is let in"),
            stanza(package, &allowances),
        )
    })
}

/// The terms that are elected and not allowed.
fn refused_terms(project: &Project, judgement: &Judgement) -> Vec<String> {
    if judgement.license.level < Level::Deny {
        return Vec::new();
    }
    let elected = judgement
        .license
        .elected
        .as_ref()
        .or(judgement.license.effective.as_ref());
    let expression = elected.and_then(|text| LicenseExpression::parse(text).ok());
    let licenses = &project.policy.section(judgement.role).licenses;
    let terms = expression.iter().flat_map(LicenseExpression::terms);
    let refused = terms.filter(|term| {
        let covers = |allowance: &&airights::policy::Allowance| allowance.pattern.covers(term);
        licenses.deny.iter().any(|allowance| covers(&allowance)) || !licenses.allow.iter().any(|a| covers(&a))
    });
    let refused: BTreeSet<String> = refused.map(ToString::to_string).collect();
    refused.into_iter().collect()
}

fn refused_uses(judgement: &Judgement) -> BTreeMap<AiUse, UseValue> {
    let refused = judgement.ai.iter().filter(|(_, terms)| terms.level == Level::Deny);
    refused.map(|(ai_use, terms)| (ai_use, terms.value)).collect()
}

/// Asks the judge whether the package passes with an exception.
fn passes_with(project: &Project, package: &Package, facts: &PackageFacts, allowances: &Allowances) -> bool {
    let licenses = allowances.licenses.iter().map(|term| term.parse());
    let (Ok(krate), Ok(licenses)) = (
        format!("{}@{}", package.name, package.version).parse(),
        licenses.collect(),
    ) else {
        return false;
    };
    let mut policy = project.policy.clone();
    policy.exceptions.push(Exception {
        krate,
        licenses,
        ai: allowances.uses.clone(),
        roles: package.roles,
        files: Vec::new(),
        reason: String::new(),
        owner: None,
        expires: None,
        at: None,
    });
    let judged = judge_package(&policy, airights::PackageIx(0), package, facts, clock::today());
    !judged.findings.iter().any(|finding| finding.level == Level::Deny)
}

fn stanza(package: &Package, allowances: &Allowances) -> String {
    let list = |words: Vec<String>| {
        words
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut text = format!("[[exceptions]]\ncrate = \"{}@{}\"\n", package.name, package.version);
    if !allowances.licenses.is_empty() {
        let _ = writeln!(text, "licenses = [{}]", list(allowances.licenses.clone()));
    }
    if !allowances.uses.is_empty() {
        let uses = allowances.uses.keys().map(ToString::to_string).collect();
        let _ = writeln!(text, "ai = [{}]", list(uses));
    }
    let roles = package.roles.iter().map(|role| role.to_string()).collect();
    let _ = writeln!(text, "roles = [{}]", list(roles));
    text + "reason = \"\"  # why this may be\nowner = \"\"   # who answers for it"
}

fn words_to_the_maintainer(package: &Package, violation: &Violation<'_>) -> Option<WayOut> {
    package.source.as_ref()?;
    let mut text = format!("Subject: terms of {package}\n\nWe depend on {package} and read its terms as follows:\n");
    for finding in &violation.findings {
        let problem = finding.problem.split(", which this policy").next().unwrap_or_default();
        let _ = write!(text, "- it {problem}");
        let evidence = finding.evidence.first();
        let place = evidence.map(|evidence| match evidence.excerpt.lines {
            (0, _) => format!(" ({})", evidence.excerpt.path),
            (first, _) => format!(" ({}:{first})", evidence.excerpt.path),
        });
        text += &place.unwrap_or_default();
        text.push('\n');
    }
    text += "Do we read this as you mean it? If so, would you consider other terms, or an additional licence, such as\n\
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
