//! A state of dependencies by what its lockfile names: a file, a git revision, the workspace as it is now.

use std::path::{Path, PathBuf};

use airights::suggest::LockedPackage;
use airights_cargo::graph::{self, Locked};
use airights_policy::LoadedPolicy;
use airights_session::Project;

use super::checkout::Checkout;
use super::git::{Revision, top};
use super::request::{StateOf, read};
use crate::commands::failure::Failure;

/// What the state as it is now is called.
pub(super) const NOW: &str = "the working tree";

/// A directory as it is called from the top of its repository.
fn below_top(root: &Path) -> PathBuf {
    let below = || Some(root.canonicalize().ok()?.strip_prefix(top(root)?).ok()?.to_owned());
    below().unwrap_or_default()
}

/// The packages of a state, by what a lockfile names.
pub(super) struct State {
    pub(super) name: String,
    pub(super) packages: Vec<Locked>,
    /// The workspace's own packages, where a revision has them.
    pub(super) checkout: Option<Checkout>,
    /// The policy that a revision has.
    pub(super) policy: Option<LoadedPolicy>,
}

impl State {
    /// Reads a state that is not the one at hand.
    pub(super) fn of(state: StateOf, root: &Path) -> Result<Self, Failure> {
        match state {
            StateOf::Lockfile(path) => {
                let name = path.display().to_string();
                Self::parse(&name, &read(&path)?)
            }
            StateOf::Revision(name) => {
                let revision = Revision::find(root, &name)?;
                let Some(lockfile) = revision.file("Cargo.lock")? else {
                    return Err(Failure::new(
                        format!("`{name}` has no `Cargo.lock` in `{}`", root.display()),
                        Some("only what is committed can be compared: commit the lockfile".to_owned()),
                    ));
                };
                let parsed = Self::parse(&format!("{name}:Cargo.lock"), &lockfile)?;
                let checkout = Checkout::of(&revision)?;
                Ok(Self {
                    policy: checkout.policy(&below_top(root))?,
                    checkout: Some(checkout),
                    name: revision.name,
                    ..parsed
                })
            }
            StateOf::WorkingTree => unreachable!("the working tree is resolved first"),
        }
    }

    fn parse(name: &str, bytes: &[u8]) -> Result<Self, Failure> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned());
        let packages = text.and_then(graph::locked).map_err(|reason| {
            Failure::new(
                format!("`{name}` is not a lockfile"),
                Some("name a `Cargo.lock` as cargo wrote it".to_owned()),
            )
            .because_of(reason)
        })?;
        Ok(Self {
            name: name.to_owned(),
            packages,
            checkout: None,
            policy: None,
        })
    }

    /// What the workspace has locked. A graph that came from a file has no lockfile, and stands for itself.
    pub(super) fn of_project(project: &Project) -> Result<Self, Failure> {
        let lockfile = &project.resolved.lockfile;
        let name = NOW.to_owned();
        if lockfile.is_file() {
            let parsed = Self::parse(&lockfile.display().to_string(), &read(lockfile)?)?;
            return Ok(Self { name, ..parsed });
        }
        let packages = project.resolved.graph.packages().iter().map(|package| Locked {
            package: LockedPackage::from(package),
            checksum: package.checksum.clone(),
        });
        Ok(Self {
            name,
            packages: packages.collect(),
            checkout: None,
            policy: None,
        })
    }

    /// What it names.
    pub(super) fn named(&self) -> Vec<LockedPackage> {
        self.packages.iter().map(|locked| locked.package.clone()).collect()
    }

    /// A package as it has it locked.
    pub(super) fn locked(&self, package: &LockedPackage) -> Option<&Locked> {
        self.packages.iter().find(|locked| locked.package == *package)
    }
}
