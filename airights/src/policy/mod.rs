//! What a project allows: the policy, parsed and checked, ready to judge with.
//!
//! How an `airights.toml` becomes a [`Policy`] is the tool's business; here stands only what it can say. Every entry
//! keeps the [`Excerpt`] of the file it came from, so that a finding can point at the line that decided.

mod entries;
mod pattern;
mod section;

pub use entries::{AiAllowance, Clarification, CrateSpec, Date, Exception, InvalidCrateSpec, InvalidDate};
pub use pattern::{InvalidPattern, LicensePattern, UNCLASSIFIED, class_of, is_unclassified};
pub use section::{AiSection, Allowance, LicenseSection, PerUse, Section, UseLevels};

use airights_text::LicenseClass;

pub use crate::facts::BoundFile;
use crate::facts::Excerpt;
use crate::package::Role;

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

/// A whole policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Where it came from.
    pub source: PolicySource,
    /// What holds for shipped packages, and where no role says otherwise.
    pub base: Section,
    /// What holds for build-time packages, where `[roles.build]` says something.
    pub build: Option<Section>,
    /// What holds for packages that only tests need, where `[roles.dev]` says something.
    pub dev: Option<Section>,
    /// What single crates may have beyond that, in the order of the file.
    pub exceptions: Vec<Exception>,
    /// What the user knows better about single crates, in the order of the file.
    pub clarifications: Vec<Clarification>,
    /// How much the upkeep of the policy itself matters.
    pub lints: Lints,
}

impl Policy {
    /// The section that judges packages in a role.
    pub fn section(&self, role: Role) -> &Section {
        match role {
            Role::Shipped => &self.base,
            Role::Build => self.build.as_ref().unwrap_or(&self.base),
            Role::Dev => self.dev.as_ref().unwrap_or(&self.base),
        }
    }

    /// The policy that judges where the user has none: permissive, public domain and weak copyleft are allowed, and
    /// AI terms are respected.
    pub fn built_in() -> Self {
        let allow = [
            LicenseClass::Permissive,
            LicenseClass::PublicDomain,
            LicenseClass::WeakCopyleft,
        ];
        let allow = allow.map(|class| Allowance {
            pattern: LicensePattern::Class(class),
            at: None,
        });
        Self {
            source: PolicySource::BuiltIn,
            base: Section {
                licenses: LicenseSection {
                    allow: allow.into(),
                    ..LicenseSection::default()
                },
                ai: AiSection::default(),
            },
            build: None,
            dev: None,
            exceptions: Vec::new(),
            clarifications: Vec::new(),
            lints: Lints::default(),
        }
    }
}

/// Where a policy came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicySource {
    /// No file: [`Policy::built_in`].
    BuiltIn,
    /// A file, named as reports should name it.
    File {
        /// Path as the user would write it, with `/`.
        path: String,
        /// SHA-256 of its bytes, in lower-case hex.
        sha256: String,
    },
}

/// Levels of the rules that judge the policy's own entries: the `[lints]` table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lints {
    /// `clarification-stale`
    pub clarification_stale: Level,
    /// `exception-expired`
    pub exception_expired: Level,
    /// `exception-unused`
    pub exception_unused: Level,
    /// `allowance-unused`
    pub allowance_unused: Level,
}

impl Default for Lints {
    fn default() -> Self {
        Self {
            clarification_stale: Level::Deny,
            exception_expired: Level::Deny,
            exception_unused: Level::Warn,
            allowance_unused: Level::Allow,
        }
    }
}

/// Where in a policy file something stands; `None` where no file says it.
pub type PolicyPlace = Option<Excerpt>;
