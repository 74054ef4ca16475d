//! The narrowest exception with which a package passes, and how it is written into a policy.

use std::collections::{BTreeMap, BTreeSet};

use airights::judge::Judgement;
use airights::policy::Exception;
use airights::terms::LicenseExpression;
use airights::{AiUse, Entry, Level, Package, PackageFacts, Policy, UseValue, judge_package};
use airights_report::entry::entry_with;
use airights_session::clock;

/// What an exception would have to allow.
#[derive(Clone, Debug, Default)]
pub struct Allowances {
    /// Terms, as license expressions name them.
    pub licenses: Vec<String>,
    /// What is said of each use that is to pass.
    pub uses: BTreeMap<AiUse, UseValue>,
}

/// The narrowest allowances with which the judge lets a package pass; `None` where no exception helps.
pub fn narrowest(
    policy: &Policy,
    package: &Package,
    judgement: &Judgement,
    facts: &PackageFacts,
) -> Option<Allowances> {
    let allowances = Allowances {
        licenses: refused_terms(policy, judgement),
        uses: refused_uses(judgement),
    };
    let asks_for_something = !allowances.licenses.is_empty() || !allowances.uses.is_empty();
    (asks_for_something && passes_with(policy, package, facts, &allowances)).then_some(allowances)
}

/// The exception as an entry of `airights.toml`, its reason left to be filled in.
pub fn stanza(package: &Package, allowances: &Allowances) -> String {
    let entry = entry_with(&entry(package, allowances), None, None);
    entry + "\nreason = \"\"  # why this may be\nowner = \"\"   # who answers for it"
}

/// The exception as an entry of a policy.
pub fn entry(package: &Package, allowances: &Allowances) -> Entry {
    Entry::Exception {
        krate: format!("{}@{}", package.name, package.version),
        licenses: allowances.licenses.clone(),
        ai: allowances.uses.keys().copied().collect(),
        roles: package.roles,
    }
}

/// The terms that are elected and not allowed.
pub fn refused_terms(policy: &Policy, judgement: &Judgement) -> Vec<String> {
    if judgement.license.level < Level::Deny {
        return Vec::new();
    }
    let elected = judgement
        .license
        .elected
        .as_ref()
        .or(judgement.license.effective.as_ref());
    let expression = elected.and_then(|text| LicenseExpression::parse(text).ok());
    let licenses = &policy.section(judgement.role).licenses;
    let terms = expression.iter().flat_map(LicenseExpression::terms);
    let refused = terms.filter(|term| {
        let covers = |allowance: &&airights::policy::Allowance| allowance.pattern.covers(term);
        licenses.deny.iter().any(|allowance| covers(&allowance)) || !licenses.allow.iter().any(|a| covers(&a))
    });
    let refused: BTreeSet<String> = refused.map(ToString::to_string).collect();
    refused.into_iter().collect()
}

/// The uses that are refused, with what is said of them.
pub fn refused_uses(judgement: &Judgement) -> BTreeMap<AiUse, UseValue> {
    let refused = judgement.ai.iter().filter(|(_, terms)| terms.level == Level::Deny);
    refused.map(|(ai_use, terms)| (ai_use, terms.value)).collect()
}

/// Asks the judge whether the package passes with an exception.
pub fn passes_with(policy: &Policy, package: &Package, facts: &PackageFacts, allowances: &Allowances) -> bool {
    let licenses = allowances.licenses.iter().map(|term| term.parse());
    let (Ok(krate), Ok(licenses)) = (
        format!("{}@{}", package.name, package.version).parse(),
        licenses.collect(),
    ) else {
        return false;
    };
    let mut policy = policy.clone();
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
