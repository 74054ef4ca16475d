//! What a project allows: the policy, parsed and checked, ready to judge with.
//!
//! How an `airights.toml` becomes a [`Policy`] is the tool's business; here stands only what it can say. Every entry
//! keeps the [`Excerpt`] of the file it came from, so that a finding can point at the line that decided.

mod crate_spec;
mod entries;
mod levels;
mod pattern;
mod private;
mod section;

pub use crate_spec::{CrateSpec, InvalidCrateSpec, SourceSpec};
pub use entries::{AiAllowance, Binding, Clarification, Date, Exception, InvalidDate, Misfit};
pub use levels::Levels;
pub use pattern::{InvalidPattern, LicensePattern, UNCLASSIFIED, class_of, is_unclassified};
pub use private::AlsoPrivate;
pub use section::{AiSection, Allowance, LicenseSection, PerUse, Section, UseLevels};

use airights_text::LicenseClass;

use crate::facts::Excerpt;
pub use crate::facts::{BoundFile, HashedFile};
use crate::package::{Package, Role};

/// A whole policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Where it came from.
    pub source: PolicySource,
    /// What holds for shipped packages, and where no role says otherwise.
    pub base: Section,
    /// What holds for build-time packages, where `[roles.build]` says something.
    pub build: Option<Section>,
    /// What holds for those of them that only build scripts need, where that is something else.
    pub build_scripts: Option<Section>,
    /// What holds for packages that only tests need, where `[roles.dev]` says something.
    pub dev: Option<Section>,
    /// What holds for the project's own packages.
    pub member: Section,
    /// What holds for those of them that are never published, and for what else is private.
    pub private_member: Section,
    /// What is private beyond those.
    pub also_private: AlsoPrivate,
    /// What holds for packages that no build contains.
    pub unbuilt: Section,
    /// What single crates may have beyond that, in the order of the file.
    pub exceptions: Vec<Exception>,
    /// Whether of several exceptions that mean a package only the first one works.
    pub first_exception_only: bool,
    /// What the user knows better about single crates, in the order of the file.
    pub clarifications: Vec<Clarification>,
    /// `[lints]`: what the rules about the policy's own entries weigh.
    pub lints: Levels,
}

impl Policy {
    /// The section that judges packages in a role.
    pub fn section(&self, role: Role) -> &Section {
        match role {
            Role::Shipped => &self.base,
            Role::Build => self.build.as_ref().unwrap_or(&self.base),
            Role::Dev => self.dev.as_ref().unwrap_or(&self.base),
            Role::Member => &self.member,
            Role::Unbuilt => &self.unbuilt,
        }
    }

    /// The section that judges a package in a role.
    pub fn section_for(&self, package: &Package, role: Role) -> &Section {
        if role == Role::Member && package.is_private || self.also_private.means(package) {
            return &self.private_member;
        }
        let of_build_scripts = self.build_scripts.as_ref();
        match of_build_scripts.filter(|_| role == Role::Build && package.is_of_build_scripts) {
            Some(section) => section,
            None => self.section(role),
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
        Self::of(Section {
            licenses: LicenseSection {
                allow: allow.into(),
                ..LicenseSection::default()
            },
            ai: AiSection::default(),
            levels: Levels::default(),
        })
    }

    /// A policy that says nothing but what holds for dependencies.
    pub fn of(base: Section) -> Self {
        Self {
            source: PolicySource::BuiltIn,
            member: base.for_members(),
            private_member: base.for_members(),
            also_private: AlsoPrivate::default(),
            unbuilt: base.for_unbuilt(),
            base,
            build: None,
            build_scripts: None,
            dev: None,
            exceptions: Vec::new(),
            first_exception_only: false,
            clarifications: Vec::new(),
            lints: Levels::default(),
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

/// Where in a policy file something stands; `None` where no file says it.
pub type PolicyPlace = Option<Excerpt>;
