//! What each state knows of a package: its facts are read where the state has them, and judged by the one judge.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use airights::diff::{Known, Side, Terms, Text};
use airights::facts::Gathered;
use airights::policy::Date;
use airights::suggest::LockedPackage;
use airights::{Package, PackageFacts, PackageIx, Policy, Role, Roles, Subject, judge_package};
use airights_cargo::graph::{Locked, PackageManifest};
use airights_facts::text_of;
use airights_manifest::LocalPackage;
use airights_registry::{IndexEntry, is_registry};
use airights_session::Project;
use airights_session::Published;

/// Without a graph nobody knows what a package is for, so it is judged by the strictest section.
pub(super) const UNKNOWN_ROLES: [Role; 1] = [Role::Shipped];

/// Reads and judges packages.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    pub(super) published: &'a Published,
    pub(super) policy: &'a Policy,
    pub(super) today: Date,
}

/// Where a package of a state can be read.
pub(super) enum Place<'a> {
    /// In the graph that was resolved and judged.
    Graph(&'a Project, PackageIx),
    /// In the registry.
    Published(IndexEntry),
    /// In a directory, as a revision has it.
    Local(&'a LocalPackage),
    /// Nowhere, for this reason.
    Nowhere(String),
}

impl Place<'_> {
    /// Where a package is read that only a lockfile names.
    pub(super) fn of_locked(locked: &Locked, judge: Judge<'_>) -> Self {
        let package = &locked.package;
        match package.source.as_deref() {
            Some(registry) if is_registry(registry) => {
                let (name, version) = (&package.name, &package.version);
                let entry = judge
                    .published
                    .entry(registry, name, version, locked.checksum.as_deref());
                entry.map_or_else(Self::Nowhere, Self::Published)
            }
            Some(_) => {
                Self::Nowhere("it is from a git repository, whose other commits are not on this disk".to_owned())
            }
            None => Self::Nowhere("a lockfile does not say where it lies".to_owned()),
        }
    }

    /// Everything that is known of the package.
    pub(super) fn side(&self, locked: &Locked, roles: Roles, judge: Judge<'_>) -> Side {
        let known = match self {
            Self::Graph(project, place) => return side_in_graph(project, *place),
            Self::Published(entry) => match judge.published.facts(entry) {
                Gathered::Facts(facts) => judged(locked, roles, &facts, None, judge),
                Gathered::Not(reason) => Known::Not(reason),
            },
            Self::Local(local) => match judge.published.facts_of_local(local) {
                Gathered::Facts(facts) => judged(locked, roles, &facts, Some(local), judge),
                Gathered::Not(reason) => Known::Not(reason),
            },
            Self::Nowhere(reason) => Known::Not(reason.clone()),
        };
        Side {
            package: locked.package.clone(),
            checksum: locked.checksum.clone(),
            roles,
            known,
        }
    }

    /// The words of some of its texts, by their path; a text whose words cannot be had is left out.
    pub(super) fn texts(&self, paths: &BTreeSet<&str>, judge: Judge<'_>) -> Result<BTreeMap<String, String>, String> {
        match self {
            Self::Graph(project, place) => {
                let resolved = &project.resolved;
                let manifest = resolved.manifests.get(*place);
                let manifest = manifest.ok_or("cargo says nothing of its manifest")?;
                Ok(texts_in(manifest, &resolved.workspace_root, paths))
            }
            Self::Local(local) => Ok(texts_in(&local.manifest, &local.workspace_root, paths)),
            Self::Published(entry) => judge.published.texts(entry, paths),
            Self::Nowhere(reason) => Err(reason.clone()),
        }
    }
}

fn texts_in(manifest: &PackageManifest, workspace_root: &Path, paths: &BTreeSet<&str>) -> BTreeMap<String, String> {
    let texts = paths.iter().filter_map(|&path| {
        let text = text_of(manifest, workspace_root, path).ok()?;
        Some((path.to_owned(), text))
    });
    texts.collect()
}

/// A package as the graph has it.
pub(super) fn side_in_graph(project: &Project, place: PackageIx) -> Side {
    let package = project.resolved.graph.package(place);
    Side {
        package: LockedPackage::from(package),
        checksum: package.checksum.clone(),
        roles: package.roles,
        known: in_graph(project, place),
    }
}

/// What the evaluation of the whole graph made of a package.
fn in_graph(project: &Project, place: PackageIx) -> Known {
    let evaluation = &project.evaluation;
    let mut judgements = evaluation.judgements.iter();
    let facts = match project.facts.get(place) {
        Some(Gathered::Facts(facts)) => facts,
        Some(Gathered::Not(reason)) => return Known::Not(reason.clone()),
        None => return Known::Not("no facts were gathered".to_owned()),
    };
    match judgements.find(|judgement| judgement.package == place) {
        Some(judgement) => Known::Terms(Box::new(Terms {
            judgement: judgement.clone(),
            findings: evaluation
                .findings
                .iter()
                .filter(|finding| finding.subject == Subject::Package(place))
                .cloned()
                .collect(),
            texts: Some(Text::all_of(facts)),
        })),
        None => Known::Not("it was not evaluated".to_owned()),
    }
}

/// What the judge makes of a package that is in no graph.
fn judged(
    locked: &Locked,
    roles: Roles,
    facts: &PackageFacts,
    local: Option<&LocalPackage>,
    judge: Judge<'_>,
) -> Known {
    let package = Package {
        source: locked.package.source.clone(),
        checksum: locked.checksum.clone(),
        roles: if local.is_some() {
            Roles::from_iter([Role::Member])
        } else {
            roles
        },
        is_member: local.is_some(),
        is_private: local.is_some_and(|local| local.is_private),
        ..Package::new(locked.package.name.clone(), locked.package.version.clone())
    };
    let judged = judge_package(judge.policy, PackageIx(0), &package, facts, judge.today);
    Known::Terms(Box::new(Terms {
        judgement: judged.judgement,
        findings: judged.findings,
        texts: Some(Text::all_of(facts)),
    }))
}
