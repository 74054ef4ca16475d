//! How strict a license is, as far as one text can be stricter than another: by class.

use airights_text::{LicenseClass, catalogue};
use spdx::{AdditionItem, LicenseItem, LicenseReq};

use super::LicenseExpression;
use crate::policy::class_of;

/// How much a license asks for. Of the classes from [`Strictness::Own`] on, none stands for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strictness {
    /// Keep the notices, or nothing at all.
    Free,
    /// Share changes to the work itself.
    Weak,
    /// Share what contains the work.
    Strong,
    /// Share what is used over a network.
    Network,
    /// Terms of the licensor's own: limits on who may use the work and for what, or nobody knows what.
    Own,
}

impl Strictness {
    /// That of one license.
    pub(super) fn of(term: &LicenseReq) -> Self {
        if only_grants_patents(term) {
            return Self::Free;
        }
        match class_of(term) {
            LicenseClass::PublicDomain | LicenseClass::Permissive => Self::Free,
            LicenseClass::WeakCopyleft => Self::Weak,
            LicenseClass::StrongCopyleft => Self::Strong,
            LicenseClass::NetworkCopyleft => Self::Network,
            LicenseClass::SourceAvailable
            | LicenseClass::NonCommercial
            | LicenseClass::UseRestricted
            | LicenseClass::Proprietary
            | LicenseClass::Unknown => Self::Own,
        }
    }

    /// That of the mildest choice an expression leaves. A name that its author made up counts for nothing beside licenses
    /// that are known.
    pub(super) fn of_mildest(expression: &LicenseExpression) -> Self {
        let mildest = expression.fold(
            |_, term| (!is_own_name(term)).then(|| Self::of(term)),
            Option::max,
            |left, right| match (left, right) {
                (Some(left), Some(right)) => Some(left.min(right)),
                (known, None) | (None, known) => known,
            },
        );
        mildest.flatten().unwrap_or(Self::Free)
    }

    /// Whether terms this strict ask for more than what is `declared`.
    pub(super) fn exceeds(self, declared: Self) -> bool {
        self > declared || self >= Self::Network
    }
}

/// Whether a term adds a grant of patents to the license beside it, and nothing else.
fn only_grants_patents(term: &LicenseReq) -> bool {
    let known = || catalogue::license(&term.license.to_string());
    term.addition.is_none() && known().is_some_and(|license| license.grants_only_patents)
}

/// Whether a term is a name that its author made up: nobody but the author can say which terms it stands for. Names of
/// ours say themselves what they mean.
pub(crate) fn is_own_name(term: &LicenseReq) -> bool {
    let is_own = |name: &str| !name.starts_with("airights-");
    let is_unlisted = match &term.license {
        LicenseItem::Spdx { .. } => false,
        LicenseItem::Other(reference) => {
            is_own(&reference.lic_ref) && catalogue::license(&reference.to_string()).is_none()
        }
    };
    is_unlisted || matches!(&term.addition, Some(AdditionItem::Other(addition)) if is_own(&addition.add_ref))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn of(expression: &str) -> Strictness {
        Strictness::of_mildest(&LicenseExpression::parse(expression).expect("the test's expression parses"))
    }

    #[test]
    fn and_takes_the_worst_and_or_the_mildest() {
        assert_eq!(of("MIT AND MPL-2.0"), Strictness::Weak);
        assert_eq!(of("MIT OR GPL-3.0-only"), Strictness::Free);
        assert_eq!(of("(MIT OR ISC) AND (GPL-3.0-only OR BUSL-1.1)"), Strictness::Strong);
    }

    #[test]
    fn a_made_up_name_says_nothing() {
        assert_eq!(of("LicenseRef-somebody"), Strictness::Free);
        assert_eq!(of("GPL-3.0-only OR LicenseRef-somebody"), Strictness::Strong);
        assert_eq!(of("MIT AND LicenseRef-somebody"), Strictness::Free);
        assert_eq!(of("LicenseRef-NON-AI-MIT"), Strictness::Own);
    }

    #[test]
    fn an_exception_changes_no_class_and_a_modification_does() {
        assert_eq!(of("GPL-2.0-only WITH Classpath-exception-2.0"), Strictness::Strong);
        assert_eq!(of("MIT WITH AdditionRef-airights-unclassified"), Strictness::Own);
    }

    #[test]
    fn of_licensors_own_terms_none_stands_for_another() {
        assert!(Strictness::Strong.exceeds(Strictness::Weak));
        assert!(!Strictness::Weak.exceeds(Strictness::Strong));
        assert!(!Strictness::Strong.exceeds(Strictness::Strong));
        assert!(Strictness::Own.exceeds(Strictness::Own));
        assert!(Strictness::Network.exceeds(Strictness::Own));
    }
}
