//! One section of a policy: the licenses it allows and the AI uses it makes.

use std::collections::BTreeSet;

use airights_text::{AiUse, Condition, UseValue};

use super::{Levels, LicensePattern, PolicyPlace};
use crate::level::Level;
use crate::rule::Rule;

/// What holds for the packages of a role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// `[licenses]`
    pub licenses: LicenseSection,
    /// `[ai]`
    pub ai: AiSection,
    /// What the rules about packages weigh, of both tables.
    pub levels: Levels,
}

impl Section {
    /// What holds for the project's own packages where a policy does not speak of them: nobody needs leave for a license
    /// of their own, or for what they reserve for themselves. What publishing needs is for `publish-check` to see.
    #[must_use]
    pub fn for_members(&self) -> Self {
        let mut section = self.clone();
        section.levels.set(Rule::LicenseNotAllowed, Level::Allow);
        section.levels.set(Rule::LicenseUnknown, Level::Allow);
        section.ai.uses = PerUse::from_fn(|_| UseLevels::IGNORE);
        section
    }

    /// What holds for packages that no build contains where a policy does not speak of them: they are listed.
    #[must_use]
    pub fn for_unbuilt(&self) -> Self {
        let mut section = self.with_licenses_unjudged();
        for (rule, _) in Rule::set_in("ai") {
            section.levels.set(rule, Level::Allow);
        }
        section.ai.uses = PerUse::from_fn(|_| UseLevels::IGNORE);
        section
    }

    /// The same, but of licenses nothing is denied and nothing warned of.
    #[must_use]
    pub fn with_licenses_unjudged(&self) -> Self {
        let mut section = self.clone();
        for (rule, _) in Rule::set_in("licenses") {
            section.levels.set(rule, Level::Allow);
        }
        section
    }
}

/// What the `[licenses]` table says of licenses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LicenseSection {
    /// What is allowed.
    pub allow: Vec<Allowance>,
    /// Where `allow` stands as a whole.
    pub allow_at: PolicyPlace,
    /// What is not, whatever `allow` says.
    pub deny: Vec<Allowance>,
    /// What code of others within a package may have besides, where `allow` was written for the licenses of packages alone.
    pub allow_bundled: Vec<LicensePattern>,
    /// Which branch of an `OR` to elect where several would do, best first.
    pub prefer: Vec<LicensePattern>,
}

/// One entry of `allow` or `deny`, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    /// What it covers.
    pub pattern: LicensePattern,
    /// Where it stands.
    pub at: PolicyPlace,
}

/// What the `[ai]` table says of AI uses.
#[derive(Clone, Debug, PartialEq)]
pub struct AiSection {
    /// What each value of each use weighs.
    pub uses: PerUse<UseLevels>,
    /// Where each use is set.
    pub places: PerUse<PolicyPlace>,
    /// The conditions the user meets.
    pub accept_conditions: BTreeSet<Condition>,
    /// The most a mere preference may weigh. `Allow`: preferences are shown and nothing else.
    pub preferences: Level,
}

impl Default for AiSection {
    fn default() -> Self {
        Self {
            uses: PerUse::from_fn(|_| UseLevels::RESPECT),
            places: PerUse::default(),
            accept_conditions: BTreeSet::new(),
            preferences: Level::Warn,
        }
    }
}

/// What each [`UseValue`] of one AI use weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseLevels {
    /// For `disallowed`.
    pub disallowed: Level,
    /// For `conditional` with a condition that is not accepted.
    pub conditional: Level,
    /// For `unknown`.
    pub unknown: Level,
}

impl UseLevels {
    /// `"respect"`: an explicit refusal is denied.
    pub const RESPECT: Self = Self {
        disallowed: Level::Deny,
        conditional: Level::Warn,
        unknown: Level::Allow,
    };
    /// `"ignore"`: the user does not make this use.
    pub const IGNORE: Self = Self {
        disallowed: Level::Allow,
        conditional: Level::Allow,
        unknown: Level::Allow,
    };
    /// `"require"`: only an explicit permission passes.
    pub const REQUIRE: Self = Self {
        disallowed: Level::Deny,
        conditional: Level::Deny,
        unknown: Level::Deny,
    };

    /// What a value weighs. `Conditional` is meant with its conditions unmet.
    pub const fn of(self, value: UseValue) -> Level {
        match value {
            UseValue::Allowed => Level::Allow,
            UseValue::Unknown => self.unknown,
            UseValue::Conditional => self.conditional,
            UseValue::Disallowed => self.disallowed,
        }
    }
}

/// One value for each [`AiUse`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PerUse<T>([T; 4]);

impl<T> PerUse<T> {
    /// Makes the four values.
    pub fn from_fn(mut make: impl FnMut(AiUse) -> T) -> Self {
        Self(std::array::from_fn(|index| make(AiUse::ALL[index])))
    }

    /// The uses with their values, in the order of [`AiUse::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (AiUse, &T)> {
        AiUse::ALL.iter().copied().zip(&self.0)
    }
}

impl<T> std::ops::Index<AiUse> for PerUse<T> {
    type Output = T;

    fn index(&self, ai_use: AiUse) -> &T {
        &self.0[ai_use as usize]
    }
}

impl<T> std::ops::IndexMut<AiUse> for PerUse<T> {
    fn index_mut(&mut self, ai_use: AiUse) -> &mut T {
        &mut self.0[ai_use as usize]
    }
}
