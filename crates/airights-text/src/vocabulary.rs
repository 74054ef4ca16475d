//! The words every other module speaks in: AI uses, their values and conditions, licence classes.
//!
//! The words are the standards' own where a standard has one (IETF AIPREF, RSL, CAWG, CC signals, RAIL). Nothing here
//! reads or judges; the spellings returned by `as_str` are those of policies and reports.

use std::fmt;
use std::str::FromStr;

/// Declares a closed list of words with their spelling, so that parsing, printing and listing cannot drift apart.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $spelling:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)+ }

        impl $name {
            /// Every word of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The spelling used in policies and reports.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $spelling,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or(UnknownWord)
            }
        }
    };
}

/// The text is not one of the words of the list it was parsed as; `ALL` has those that are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord;

impl fmt::Display for UnknownWord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("unknown word")
    }
}

impl std::error::Error for UnknownWord {}

words! {
    /// A use of a crate that AI made worth asking about.
    AiUse {
        /// May its source, docs or assets train, fine-tune or evaluate models, or enter datasets made for it?
        /// AIPREF `train-ai`; RSL and Content Signals `ai-train`; CAWG `ai_generative_training` and `ai_training`.
        TrainAi = "train-ai",
        /// May it be fed to a model at inference: retrieval, embeddings, an assistant's context?
        /// RSL and Content Signals `ai-input`; CAWG `ai_inference`.
        AiInput = "ai-input",
        /// May the software be run for any purpose, AI included, or only within a list that flows down?
        /// RAIL's use-based restrictions; ODRL prohibition with a purpose.
        UseRestrictions = "use-restrictions",
        /// May its outputs train other models? No standard names this; the Llama 2 clause is the pattern.
        TrainOnOutput = "train-on-output",
    }
}

words! {
    /// What was said of a use. The order is that of restriction: `Allowed < Unknown < Conditional < Disallowed`.
    #[derive(Default)]
    UseValue {
        /// An explicit permission. For `use-restrictions`: free for any purpose.
        Allowed = "allowed",
        /// Nothing was said (AIPREF's word). Never a permission.
        #[default]
        Unknown = "unknown",
        /// Allowed when the [`Condition`]s that come with it are met.
        Conditional = "conditional",
        /// An explicit refusal.
        Disallowed = "disallowed",
    }
}

words! {
    /// What a conditional permission asks for in return: a closed list.
    Condition {
        /// Name the author (CC signals `cc-cr`, RSL attribution).
        Credit = "credit",
        /// Give to the author (CC signals `cc-cr-dc`, RSL payment).
        DirectContribution = "direct-contribution",
        /// Give to the commons (CC signals `cc-cr-ec`).
        EcosystemContribution = "ecosystem-contribution",
        /// Open the model or the result (CC signals `cc-cr-op`).
        OpenResult = "open-result",
        /// No commercial use.
        NonCommercial = "non-commercial",
        /// Ask first (ODRL `obtainConsent`).
        Consent = "consent",
        /// Carry a name, as in "Built with Llama".
        Naming = "naming",
        /// Only below a number of users or an amount of revenue.
        ScaleCap = "scale-cap",
        /// Pass the same restrictions on.
        FlowDown = "flow-down",
        /// Something else; a reader that does not understand it treats the use as disallowed.
        Other = "other",
    }
}

words! {
    /// What kind of licence it is. A policy may name one as `class:NAME`.
    LicenseClass {
        /// No rights reserved.
        PublicDomain = "public-domain",
        /// Any use, with notices kept.
        Permissive = "permissive",
        /// Changes to the work itself stay under its licence.
        WeakCopyleft = "weak-copyleft",
        /// Works that contain it come under its licence.
        StrongCopyleft = "strong-copyleft",
        /// Copyleft that use over a network sets off.
        NetworkCopyleft = "network-copyleft",
        /// Source to read, with limits on competing or on production use.
        SourceAvailable = "source-available",
        /// No commercial use.
        NonCommercial = "non-commercial",
        /// RAIL, ethical licences, riders: a list of what the work may not be used for.
        UseRestricted = "use-restricted",
        /// A vendor's own terms.
        Proprietary = "proprietary",
        /// Not known.
        Unknown = "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_parses_back_from_its_spelling() {
        for &word in AiUse::ALL {
            assert_eq!(word.as_str().parse(), Ok(word));
        }
        for &word in Condition::ALL {
            assert_eq!(word.as_str().parse(), Ok(word));
        }
        for &word in LicenseClass::ALL {
            assert_eq!(word.as_str().parse(), Ok(word));
        }
        assert_eq!("ai-train".parse::<AiUse>(), Err(UnknownWord));
    }

    #[test]
    fn values_are_ordered_by_restriction() {
        assert!(UseValue::Allowed < UseValue::Unknown);
        assert!(UseValue::Unknown < UseValue::Conditional);
        assert!(UseValue::Conditional < UseValue::Disallowed);
    }
}
