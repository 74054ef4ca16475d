//! What became of the policy's own entries while every package was judged.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::PackageFacts;
use crate::finding::NotEvaluated;
use crate::package::Package;
use crate::policy::{CrateSpec, Date, Policy};

/// The entries of a policy that judging one package, or all of them, made use of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UsedEntries {
    /// Allowances, as written.
    pub allowances: BTreeSet<String>,
    /// Exceptions, by number.
    pub exceptions: BTreeSet<usize>,
    /// Clarifications, by number.
    pub clarifications: BTreeSet<usize>,
}

impl UsedEntries {
    /// Takes over what another judgement used.
    pub(crate) fn extend(&mut self, other: Self) {
        self.allowances.extend(other.allowances);
        self.exceptions.extend(other.exceptions);
        self.clarifications.extend(other.clarifications);
    }
}

/// The policy, what was used of it, and the packages its entries could have meant.
pub(crate) struct Ledger<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) used: UsedEntries,
    /// The packages whose license does not pass.
    unsettled: Vec<&'a Package>,
    pub(crate) today: Date,
    pub(crate) not_evaluated: &'a [NotEvaluated],
    /// Whether only a part of the graph was judged, which says nothing of what entries are needed for.
    pub(crate) is_part: bool,
    /// For each package whose name an entry gives, the package and its facts.
    packages: BTreeMap<&'a str, Vec<(&'a Package, &'a PackageFacts)>>,
}

impl<'a> Ledger<'a> {
    /// Opens the ledger.
    pub(crate) fn new(
        policy: &'a Policy,
        evaluated: impl Iterator<Item = (&'a Package, &'a PackageFacts)>,
        not_evaluated: &'a [NotEvaluated],
        (used, unsettled): (UsedEntries, Vec<&'a Package>),
        (today, is_part): (Date, bool),
    ) -> Self {
        let mut packages: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        if !policy.exceptions.is_empty() || !policy.clarifications.is_empty() {
            for (package, facts) in evaluated {
                packages.entry(&package.name).or_default().push((package, facts));
            }
        }
        Self {
            policy,
            used,
            unsettled,
            today,
            not_evaluated,
            is_part,
            packages,
        }
    }

    /// Whether the license of a package passes.
    pub(crate) fn is_settled(&self, package: &Package) -> bool {
        !self.unsettled.iter().any(|unsettled| std::ptr::eq(*unsettled, package))
    }

    /// The packages of the graph that an entry's crate spec means.
    pub(crate) fn packages_of(&self, krate: &CrateSpec) -> impl Iterator<Item = (&'a Package, &'a PackageFacts)> {
        let named = self.packages.get(krate.name()).map(Vec::as_slice).unwrap_or_default();
        named.iter().copied().filter(|(package, _)| krate.matches(package))
    }
}
