//! What each rule weighs under a policy.

use std::collections::BTreeMap;

use super::PolicyPlace;
use crate::facts::Excerpt;
use crate::level::Level;
use crate::rule::Rule;

/// The levels that a policy sets for rules. A rule that it does not set has its own default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Rule, (Level, PolicyPlace)>);

impl Levels {
    /// What a rule weighs.
    pub fn of(&self, rule: Rule) -> Level {
        self.0
            .get(&rule)
            .map_or_else(|| rule.default_level(), |(level, _)| *level)
    }

    /// Sets the level of a rule.
    pub fn set(&mut self, rule: Rule, level: Level) {
        self.set_at(rule, level, None);
    }

    /// Sets the level of a rule, and where the policy says so.
    pub fn set_at(&mut self, rule: Rule, level: Level, place: PolicyPlace) {
        self.0.insert(rule, (level, place));
    }

    /// Where the policy sets the level of a rule.
    pub fn place_of(&self, rule: Rule) -> Option<&Excerpt> {
        self.0.get(&rule)?.1.as_ref()
    }

    /// Sets every level that `others` sets.
    pub fn extend(&mut self, others: &Self) {
        let others = others.0.iter();
        self.0.extend(others.map(|(rule, set)| (*rule, set.clone())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_weighs_what_is_set_or_its_default() {
        let mut levels = Levels::default();
        assert_eq!(levels.of(Rule::LicenseMismatch), Level::Warn);
        let mut others = Levels::default();
        others.set(Rule::LicenseMismatch, Level::Deny);
        levels.extend(&others);
        assert_eq!(levels.of(Rule::LicenseMismatch), Level::Deny);
        assert_eq!(levels.of(Rule::LicenseResidue), Level::Warn);
    }
}
