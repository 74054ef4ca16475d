//! One package before the judge, in one role: everything a rule may look at, worked out once.

mod outcome;

use spdx::LicenseReq;

use crate::facts::{Declared, Evidence, FileProblem, LicenseText, PackageFacts, TextKind, TextPlace};
use crate::finding::{Finding, Subject};
use crate::level::Level;
use crate::package::{Package, PackageIx, Role};
use crate::policy::{Clarification, Date, Exception, LicensePattern, PerUse, Policy, Section, is_unclassified};
use crate::problem::Problem;
use crate::rule::Rule;
use crate::terms::{Ballot, EffectiveLicense, LicenseExpression, Origin, PackageStatements, elect};

pub(crate) use outcome::{TermOutcome, UseOutcome, is_ignored};
use outcome::{ballot, judge_term, judge_use};

/// A package, its facts, and what a policy's section makes of them.
pub(crate) struct Case<'a> {
    pub(crate) place: PackageIx,
    pub(crate) package: &'a Package,
    pub(crate) facts: &'a PackageFacts,
    pub(crate) role: Role,
    pub(crate) section: &'a Section,
    /// The exceptions that work for it in this role, with their numbers in the policy.
    pub(crate) exceptions: Vec<(usize, &'a Exception)>,
    /// The clarification in force, with its number in the policy.
    pub(crate) clarification: Option<(usize, &'a Clarification)>,
    pub(crate) license: EffectiveLicense,
    /// One outcome per term of the effective license, in its order.
    pub(crate) terms: Vec<TermOutcome<'a>>,
    /// Which of the terms are elected.
    pub(crate) elected: Vec<usize>,
    /// The outcome for each AI use.
    pub(crate) uses: PerUse<UseOutcome>,
}

impl<'a> Case<'a> {
    /// Works out a case.
    pub(crate) fn new(
        policy: &'a Policy,
        (place, package, facts): (PackageIx, &'a Package, &'a PackageFacts),
        role: Role,
        today: Date,
    ) -> Self {
        let section = policy.section_for(package, role);
        let clarification = clarification_for(policy, package, facts);
        let clarified = clarification.map(|(_, clarification)| clarification);
        let license = EffectiveLicense::of(facts, clarified);
        let said = PackageStatements::of(facts, license.expression.as_ref(), clarified);
        let exceptions = exceptions_for(policy, package, facts, role, today);
        let terms: Vec<TermOutcome<'_>> = license
            .expression
            .iter()
            .flat_map(LicenseExpression::terms)
            .map(|term| judge_term(term, license.other_grant_of(term).as_ref(), section, &exceptions))
            .collect();
        let ballots: Vec<Ballot> = (0..terms.len())
            .map(|position| ballot(&terms[position], position, &said, section, &exceptions))
            .collect();
        let elected = license
            .expression
            .as_ref()
            .map(|expression| elect(expression, &ballots))
            .unwrap_or_default();
        let uses = PerUse::from_fn(|ai_use| judge_use(ai_use, &said, &elected, &section.ai, &exceptions));
        Self {
            place,
            package,
            facts,
            role,
            section,
            exceptions,
            clarification,
            license,
            terms,
            elected,
            uses,
        }
    }

    /// How the policy judges the license as a whole.
    pub(crate) fn license_level(&self) -> Level {
        if self.license.expression.is_some() {
            return self
                .elected_terms()
                .map(|outcome| outcome.level)
                .fold(self.unread_level(), Level::max);
        }
        self.section.levels.of(Rule::LicenseUnknown)
    }

    /// How the policy judges that a license file of the package could not be read: whatever else is known, its license is
    /// not.
    pub(crate) fn unread_level(&self) -> Level {
        if self.license.is_partly_unread {
            self.section.levels.of(Rule::LicenseUnknown)
        } else {
            Level::Allow
        }
    }

    /// The terms that were elected.
    pub(crate) fn elected_terms(&self) -> impl Iterator<Item = &TermOutcome<'a>> {
        self.elected.iter().map(|&position| &self.terms[position])
    }

    /// The effective expression, as written.
    pub(crate) fn expression(&self) -> Option<String> {
        self.license.expression.as_ref().map(ToString::to_string)
    }

    /// The package's own license files that no clarification speaks for.
    pub(crate) fn unclarified_licenses(&self) -> impl Iterator<Item = &'a LicenseText> {
        let clarification = self.clarification;
        let is_bound = move |text: &LicenseText| {
            clarification.is_some_and(|(_, known)| known.paths().any(|path| path == text.path))
        };
        crate::terms::own_licenses(self.facts).filter(move |text| !is_bound(text))
    }

    /// The `license` key as written, where it could be read.
    pub(crate) fn declared_raw(&self) -> Option<&'a str> {
        match &self.facts.declared {
            Declared::Expression(declared) => Some(&declared.raw),
            Declared::Absent | Declared::Unreadable { .. } => None,
        }
    }

    /// The expression that is declared, as far as it can be read.
    pub(crate) fn declared_expression(&self) -> Option<&LicenseExpression> {
        self.license.declared.as_ref()
    }

    /// Where the manifest names the license.
    pub(crate) fn named_at(&self) -> Option<Evidence> {
        match &self.facts.declared {
            Declared::Expression(declared) => Some(declared.evidence.clone()),
            Declared::Unreadable { evidence, .. } => Some(evidence.clone()),
            Declared::Absent => None,
        }
    }

    /// The notices in the package's root: what it says of others' licenses, and of its own beside its license files.
    pub(crate) fn own_notices(&self) -> impl Iterator<Item = &'a LicenseText> + use<'a> {
        // `THIRD-PARTY-NOTICES` speaks of what others wrote, and it is the package that says so.
        let is_own = |text: &LicenseText| text.place == TextPlace::Own || !text.path.contains('/');
        let is_notice = move |text: &&LicenseText| text.kind != TextKind::License && is_own(text);
        self.facts.texts.iter().filter(is_notice)
    }

    /// The license files of the package that could not be read.
    pub(crate) fn unread_licenses(&self) -> impl Iterator<Item = &'a FileProblem> {
        let is_unread = |problem: &&FileProblem| problem.is_unread_license();
        self.facts.problems.iter().filter(is_unread)
    }

    /// How the policy, with the exceptions of this package, judges a term.
    pub(crate) fn judged(&self, term: &LicenseReq) -> TermOutcome<'a> {
        judge_term(
            term,
            self.license.other_grant_of(term).as_ref(),
            self.section,
            &self.exceptions,
        )
    }

    /// Whether the policy, or an exception of this package, allows a term.
    pub(crate) fn allows(&self, term: &LicenseReq) -> bool {
        self.judged(term).level == Level::Allow
    }

    /// Whether a term may stand over code of others within the package.
    pub(crate) fn allows_of_others(&self, term: &LicenseReq) -> bool {
        self.allows(term) || self.is_allowed_of_others(term)
    }

    /// Whether the policy, or an exception of this package, lists a term: not where it spares the package altogether.
    pub(crate) fn lists(&self, term: &LicenseReq) -> bool {
        let outcome = self.judged(term);
        outcome.allowance.is_some() || outcome.exception.is_some()
    }

    /// Whether the policy allows a term over code of others as such.
    pub(crate) fn is_allowed_of_others(&self, term: &LicenseReq) -> bool {
        let licenses = &self.section.licenses;
        let covers_it = |pattern: &LicensePattern| pattern.covers(term);
        let is_denied = || licenses.deny.iter().any(|entry| covers_it(&entry.pattern));
        licenses.allow_bundled.iter().any(covers_it) && !is_denied()
    }

    /// Whether an elected term is, or carries, words that nobody has read, and is not allowed for them.
    pub(crate) fn is_denied_unread(&self) -> bool {
        self.elected_terms()
            .any(|outcome| outcome.level > Level::Allow && is_unclassified(&outcome.term))
    }

    /// Whether the license was taken from the manifest.
    pub(crate) fn is_declared(&self) -> bool {
        self.license.origin == Origin::Declared
    }

    /// A finding about this package, to be completed by the rule that makes it.
    pub(crate) fn finding(&self, rule: Rule, level: Level, problem: Problem) -> Finding {
        let mut finding = Finding::new(rule, level, Subject::Package(self.place), problem);
        finding.decided_by = self.section.levels.place_of(rule).cloned();
        finding
    }

    /// The worst level of license and AI uses.
    pub(crate) fn worst_level(&self) -> Level {
        self.uses
            .iter()
            .map(|(_, outcome)| outcome.level)
            .fold(self.license_level(), Level::max)
    }
}

/// The first clarification for a package whose files are all as they were.
fn clarification_for<'a>(
    policy: &'a Policy,
    package: &Package,
    facts: &PackageFacts,
) -> Option<(usize, &'a Clarification)> {
    let mut clarifications = policy.clarifications.iter().enumerate();
    clarifications.find(|(_, clarification)| clarification.speaks_for(package, facts))
}

/// The exceptions that work for a package in a role, with their numbers.
fn exceptions_for<'a>(
    policy: &'a Policy,
    package: &Package,
    facts: &PackageFacts,
    role: Role,
    today: Date,
) -> Vec<(usize, &'a Exception)> {
    let works = |exception: &Exception| {
        exception.krate.matches(package)
            && exception.roles.contains(role)
            && !exception.is_expired(today)
            && facts.holds_all(&exception.files)
    };
    policy
        .exceptions
        .iter()
        .enumerate()
        .filter(|(_, exception)| works(exception))
        .take(if policy.first_exception_only { 1 } else { usize::MAX })
        .collect()
}
