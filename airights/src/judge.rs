//! The one judge: what a package may be used for under a policy.

use airights_text::{Condition, LicenseClass, UseValue};

use crate::facts::{Evidence, Excerpt, Force};
use crate::package::{PackageIx, Role};
use crate::policy::{Level, PerUse};

/// What was made of one package.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Which.
    pub package: PackageIx,
    /// The role whose section judged: of its roles, the one with the harshest outcome.
    pub role: Role,
    /// Its licence.
    pub license: LicenseJudgement,
    /// Its AI terms.
    pub ai: PerUse<AiJudgement>,
}

/// The licence of a package, as it was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct LicenseJudgement {
    /// The `license` key as written.
    pub declared: Option<String>,
    /// What was read leniently in it, in words.
    pub notes: Vec<String>,
    /// The expressions of its own texts, distinct and sorted.
    pub found: Vec<String>,
    /// The expression that counts; `None`: unknown.
    pub effective: Option<String>,
    /// Of an expression with `OR`, the terms that were elected, joined with `AND`; `None` where there was no choice.
    pub elected: Option<String>,
    /// The class of what was elected: the most restrictive one of its terms.
    pub class: LicenseClass,
    /// Words of its own texts that nobody has classified.
    pub residue: Vec<Excerpt>,
    /// How the policy judges the licence itself.
    pub level: Level,
    /// The line of the policy that decides; `None` where a default does.
    pub decided_by: Option<Excerpt>,
}

/// What a package says of one AI use, as it was judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AiJudgement {
    /// The most restrictive thing said.
    pub value: UseValue,
    /// What a conditional value asks for; sorted.
    pub conditions: Vec<Condition>,
    /// How strongly it binds; `None` where nothing was said.
    pub force: Option<Force>,
    /// What it rests on, most telling first.
    pub evidence: Vec<Evidence>,
    /// How the policy judges it.
    pub level: Level,
    /// The line of the policy that decides; `None` where a default does.
    pub decided_by: Option<Excerpt>,
}
