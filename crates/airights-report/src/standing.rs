//! How each package fared, in a word or two: what `list` and `tree` mark packages with, and what they choose by.

use airights::judge::Judgement;
use airights::{Level, PerPackage, Role, Subject};

use super::Report;
use crate::wording::counted;

/// How one package fared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing<'a> {
    /// Its judgement; `None` where it was not evaluated, or was not to be.
    pub judgement: Option<&'a Judgement>,
    /// The worst that was found of it.
    pub level: Level,
    /// Whether it was to be judged and could not be.
    pub is_missing: bool,
    /// Whether it belongs to the workspace.
    pub is_member: bool,
}

/// What can be said of how a package fared. Several may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PackageVerdict {
    /// Something of it is denied.
    Denied,
    /// Something of it is warned of, and nothing denied.
    Warned,
    /// Nothing of it is warned of or denied.
    Allowed,
    /// An exception of the policy was needed.
    Excepted,
    /// It could not be judged.
    NotEvaluated,
}

impl PackageVerdict {
    /// Every verdict.
    pub const ALL: [Self; 5] = [
        Self::Denied,
        Self::Warned,
        Self::Allowed,
        Self::Excepted,
        Self::NotEvaluated,
    ];

    /// The spelling used on the command line and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Warned => "warned",
            Self::Allowed => "allowed",
            Self::Excepted => "excepted",
            Self::NotEvaluated => "not-evaluated",
        }
    }
}

impl<'a> Standing<'a> {
    /// That of each package, in the graph's order.
    pub fn of(report: &Report<'a>) -> PerPackage<Self> {
        let packages = report.graph.packages().iter();
        let mut standings: Vec<Self> = packages
            .map(|package| Self {
                is_member: package.is_member,
                ..Self::default()
            })
            .collect();
        for judgement in &report.evaluation.judgements {
            standings[judgement.package.index()].judgement = Some(judgement);
        }
        for missing in &report.evaluation.not_evaluated {
            standings[missing.package.index()].is_missing = true;
        }
        for finding in &report.evaluation.findings {
            if let Subject::Package(package) = finding.subject {
                let level = &mut standings[package.index()].level;
                *level = finding.level.max(*level);
            }
        }
        standings.into()
    }

    /// Whether this can be said of it.
    pub fn is(&self, verdict: PackageVerdict) -> bool {
        match (verdict, self.judgement) {
            (PackageVerdict::NotEvaluated, _) => self.is_missing,
            (_, None) => false,
            (PackageVerdict::Denied, Some(_)) => self.level == Level::Deny,
            (PackageVerdict::Warned, Some(_)) => self.level == Level::Warn,
            (PackageVerdict::Allowed, Some(_)) => self.level == Level::Allow,
            (PackageVerdict::Excepted, Some(judgement)) => judgement.is_excepted,
        }
    }

    /// Whether it has none of the roles that were to be judged.
    pub fn is_outside(&self) -> bool {
        self.judgement.is_none() && !self.is_missing
    }

    /// Whether no build contains it.
    pub fn is_unbuilt(&self) -> bool {
        self.judgement.is_some_and(|judgement| judgement.role == Role::Unbuilt)
    }

    /// What is worth a mark: " (denied, excepted)", or nothing; with a role, where one is worth it.
    pub(crate) fn marks(&self, role: Option<&str>) -> String {
        let marks = [
            (self.is(PackageVerdict::NotEvaluated), "not evaluated"),
            (self.is(PackageVerdict::Denied), "denied"),
            (self.is(PackageVerdict::Warned), "warned"),
            (self.is(PackageVerdict::Excepted), "excepted"),
            (self.is_unbuilt(), "unbuilt"),
            (self.is_member, "member"),
        ];
        let marks = marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, mark)| mark);
        in_brackets(marks.chain(role).map(str::to_owned))
    }
}

/// How many packages fared how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) packages: usize,
    pub(crate) denied: usize,
    pub(crate) warned: usize,
    pub(crate) excepted: usize,
    pub(crate) unbuilt: usize,
    pub(crate) members: usize,
    pub(crate) not_evaluated: usize,
}

impl<'s, 'a: 's> FromIterator<&'s Standing<'a>> for Totals {
    fn from_iter<I: IntoIterator<Item = &'s Standing<'a>>>(standings: I) -> Self {
        let mut totals = Self::default();
        for standing in standings {
            totals.packages += 1;
            totals.denied += usize::from(standing.is(PackageVerdict::Denied));
            totals.warned += usize::from(standing.is(PackageVerdict::Warned));
            totals.excepted += usize::from(standing.is(PackageVerdict::Excepted));
            totals.unbuilt += usize::from(standing.is_unbuilt());
            totals.members += usize::from(standing.is_member);
            totals.not_evaluated += usize::from(standing.is(PackageVerdict::NotEvaluated));
        }
        totals
    }
}

impl Totals {
    /// "12 packages (1 denied, 3 warned)"; of a part of more, "12 of 374 packages (…)".
    pub(crate) fn in_words(&self, of: Option<usize>) -> String {
        let count = match of {
            Some(all) if all != self.packages => format!("{} of {}", self.packages, counted(all, "package")),
            _ => counted(self.packages, "package"),
        };
        let parts = [
            (self.not_evaluated, "not evaluated"),
            (self.denied, "denied"),
            (self.warned, "warned"),
            (self.excepted, "excepted"),
            (self.unbuilt, "unbuilt"),
            (self.members, if self.members == 1 { "member" } else { "members" }),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        count + &in_brackets(parts.map(|(count, what)| format!("{count} {what}")))
    }
}

fn in_brackets(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join(", "))
    }
}
