//! What is to be declared, and all files as they are to be then.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use airights::declaration::{Declaration, TermsAt};
use airights::facts::Gathered;
use airights_cargo::workspace::{Member, Workspace};
use airights_facts::SingleReader;
use airights_manifest::{LocalPackage, local_packages};
use airights_report::declare::{Carrier, CarrierKind, DeclaredTerms};
use airights_report::diagnostic::Diagnostic;

use super::files::Files;
use super::manifests::{declare, declared};
use super::rider::{RiderWish, SharedTerms, ride};
use super::signals::Signal;
use super::{contradictions, readme};
use crate::commands::failure::Failure;
use crate::declaration::{Contradiction, Owner, Wish};

/// For whom something is declared.
pub(super) enum Scope<'a> {
    /// For these packages.
    Packages(Vec<&'a Member>),
    /// For the workspace; members that are published carry it along, since cargo leaves the workspace's metadata behind.
    Workspace,
}

/// Where else to say it.
pub(super) struct Elsewhere {
    /// In the license.
    pub(super) rider: RiderWish,
    /// In the README.
    pub(super) readme: bool,
    /// In these files for machines.
    pub(super) signals: Vec<Signal>,
}

/// Everything that is to be.
pub(super) struct Plan {
    /// The files.
    pub(super) files: Files,
    /// What is declared for each package.
    pub(super) declared: Vec<DeclaredTerms>,
    /// What its author should know.
    pub(super) warnings: Vec<Diagnostic>,
    /// The packages of the workspace as they are.
    packages: Vec<LocalPackage>,
    reader: SingleReader,
}

/// Works out what is to be.
pub(super) fn plan(
    workspace: &Workspace,
    scope: &Scope<'_>,
    wish: &Wish,
    elsewhere: &Elsewhere,
) -> Result<Plan, Failure> {
    let manifests = workspace.members.iter().map(|member| member.manifest.clone());
    let manifests: BTreeSet<PathBuf> = manifests.chain([workspace.root_manifest.clone()]).collect();
    let mut plan = Plan {
        files: Files::default(),
        declared: Vec::new(),
        warnings: Vec::new(),
        packages: local_packages(workspace.root(), &manifests.into_iter().collect::<Vec<_>>()),
        reader: SingleReader::new(None),
    };
    match scope {
        Scope::Packages(members) => {
            let shared = declared(&mut plan.files, &workspace.root_manifest, Owner::Workspace)?;
            for member in members {
                let own = declared(&mut plan.files, &member.manifest, Owner::Package)?;
                let current = inherited(own, shared.as_ref());
                refuse_nothing(wish, current.as_ref())?;
                let granted = wish.granted(&current.unwrap_or_default()).map_err(in_words)?;
                plan.declare_for(member, granted, elsewhere, None, workspace)?;
            }
        }
        Scope::Workspace => {
            let root = workspace.root_manifest.as_path();
            let before = declared(&mut plan.files, root, Owner::Workspace)?;
            refuse_nothing(wish, before.as_ref())?;
            let before = before.unwrap_or_default();
            let after = wish.granted(&before).map_err(in_words)?;
            declare(&mut plan.files, root, Owner::Workspace, &after)?;
            let shared = SharedTerms {
                manifest: root,
                declaration: &after,
            };
            for member in &workspace.members {
                let own = declared(&mut plan.files, &member.manifest, Owner::Package)?;
                if own.is_none() && !member.is_published {
                    continue;
                }
                let granted = carried(own.unwrap_or_default(), &before, &after);
                plan.declare_for(member, granted, elsewhere, Some(&shared), workspace)?;
            }
        }
    }
    plan.warnings = contradictions::condensed(plan.warnings);
    Ok(plan)
}

impl Plan {
    fn declare_for(
        &mut self,
        member: &Member,
        mut declaration: Declaration,
        elsewhere: &Elsewhere,
        shared: Option<&SharedTerms<'_>>,
        workspace: &Workspace,
    ) -> Result<(), Failure> {
        let shown = |path: &Path| workspace.shown(path);
        refuse_terms_outside(member, &declaration)?;
        let rider = ride(&mut self.files, member, shared, &mut declaration, elsewhere.rider)?;
        declare(&mut self.files, &member.manifest, Owner::Package, &declaration)?;
        // Nothing that is told of the whole may permit what a part refuses.
        let terms = declaration.ai_terms_with_parts();
        let mut carriers = vec![Carrier {
            kind: CarrierKind::Declaration,
            path: shown(&member.manifest),
        }];
        carriers.extend(rider.iter().map(|rider| Carrier {
            kind: CarrierKind::Rider(rider.license.clone()),
            path: shown(&rider.file),
        }));
        let readme = readme::write(&mut self.files, member, &terms, elsewhere.readme)?;
        carriers.extend(readme.map(|path| Carrier {
            kind: CarrierKind::Readme,
            path: shown(&path),
        }));
        for signal in Signal::ALL {
            let is_asked_for = elsewhere.signals.contains(&signal);
            if let Some(written) = signal.write(&mut self.files, member, &terms, is_asked_for)? {
                let path = shown(&written.path);
                self.warnings.extend(contradictions::losses(&path, &written.losses));
                carriers.push(Carrier {
                    kind: signal.carrier(&terms),
                    path,
                });
            }
        }
        let package = self
            .packages
            .iter()
            .find(|package| package.manifest.manifest_path == member.manifest);
        if let Some(Gathered::Facts(facts)) = package.map(|package| self.reader.facts_of_local(package)) {
            let contrary = contradictions::with_files(member, &facts, &terms, &carriers, shown);
            self.warnings.extend(contrary);
        }
        self.warnings
            .extend(contradictions::of(member, &declaration, rider.as_ref()));
        self.declared.push(DeclaredTerms {
            package: member.spec(),
            terms,
            carriers,
        });
        Ok(())
    }
}

/// A declaration with what it does not say itself taken from its workspace.
fn inherited(own: Option<Declaration>, shared: Option<&Declaration>) -> Option<Declaration> {
    match (own, shared) {
        (Some(own), Some(shared)) => Some(carried(own, &Declaration::default(), shared)),
        (own, shared) => own.or_else(|| shared.cloned()),
    }
}

/// A member's declaration after its workspace's has changed: what the member says otherwise on purpose stays, and all
/// that it had from the workspace, or did not say, follows.
fn carried(own: Declaration, before: &Declaration, after: &Declaration) -> Declaration {
    fn follow<T: Clone + Default + PartialEq>(own: T, before: &T, after: &T) -> T {
        if own == T::default() || own == *before {
            after.clone()
        } else {
            own
        }
    }
    Declaration {
        vocab: follow(own.vocab, &before.vocab, &after.vocab),
        content_usage: follow(own.content_usage, &before.content_usage, &after.content_usage),
        uses: follow(own.uses, &before.uses, &after.uses),
        conditions: follow(own.conditions, &before.conditions, &after.conditions),
        terms: follow(own.terms, &before.terms, &after.terms),
        contact: follow(own.contact, &before.contact, &after.contact),
        scopes: follow(own.scopes, &before.scopes, &after.scopes),
    }
}

fn refuse_nothing(wish: &Wish, current: Option<&Declaration>) -> Result<(), Failure> {
    if current.is_none() && *wish == Wish::default() {
        return Err(Failure::new(
            "nothing is declared yet, and nothing was said to declare",
            Some("name terms, such as `--preset no-training` or `--train-ai disallowed`".to_owned()),
        ));
    }
    Ok(())
}

/// What is not in the package does not travel with it.
fn refuse_terms_outside(member: &Member, declaration: &Declaration) -> Result<(), Failure> {
    let Some(TermsAt::File(path)) = &declaration.terms else {
        return Ok(());
    };
    let is_inside = !Path::new(path).is_absolute() && !path.split(['/', '\\']).any(|part| part == "..");
    if is_inside {
        return Ok(());
    }
    Err(Failure::new(
        format!(
            "the terms `{path}` are outside of `{}`, and would not be published with it",
            member.spec()
        ),
        Some("copy them into the package, or give an address".to_owned()),
    ))
}

fn in_words(contradiction: Contradiction) -> Failure {
    Failure::new(contradiction.message, Some(contradiction.help))
}
