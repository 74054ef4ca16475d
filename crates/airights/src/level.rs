//! How much a finding weighs.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Listed on request.
    #[default]
    Allow,
    /// Shown.
    Warn,
    /// Violates the policy.
    Deny,
}

impl Level {
    /// The spelling used in policies and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

impl std::str::FromStr for Level {
    type Err = airights_text::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Allow, Self::Warn, Self::Deny]
            .into_iter()
            .find(|level| level.as_str() == text)
            .ok_or(airights_text::UnknownWord)
    }
}
