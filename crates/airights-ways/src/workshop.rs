//! Where ways out are tried and proved: a scratch copy of the workspace, cargo behind a registry that withholds what is
//! denied, and the whole resulting graph judged again as `check` judges it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use airights::Roles;
use airights::suggest::{LockedPackage, ManifestEdit};
use airights_cargo::graph::{self, ResolveOptions, Resolved};
use airights_facts::SingleReader;
use airights_manifest::shown;
use airights_manifest::{Manifest, lockfile};
use airights_registry::{Filter, FilteredRegistries, Registries};
use airights_session::Project;
use airights_session::clock;
use airights_session::{Scratch, manifest_started_from};
use airights_store::{most, read_to_string};

use super::denied::denied;
use super::filtered_cargo::{Ended, Faults, update};
use super::manifest::{DirectEdit, Manifests};
use super::release_info::ReleaseInfo;
use super::verdicts::Verdicts;
use crate::WaysError;
use crate::advisories::AdvisoryDatabase;

/// A project's workshop: its scratch copy, and what was learned of versions so far.
pub struct Workshop<'a> {
    pub(super) project: &'a Project,
    pub(super) scratch: Scratch,
    pub(super) verdicts: Verdicts,
    pub(super) release_info: ReleaseInfo,
    /// What the lockfile names today.
    pub(super) locked: Vec<LockedPackage>,
    /// What the policy denies today.
    pub(super) denied: BTreeSet<LockedPackage>,
    behind: FilteredRegistries,
    /// How the copy is resolved.
    pub(super) options: ResolveOptions,
    /// When to stop looking.
    until: Instant,
    /// Whether something was not tried, or not to its end.
    is_out_of_time: Cell<bool>,
}

/// So long is looked for ways out. What is found by then is shown, and what was not tried is named.
const PATIENCE: Duration = Duration::from_mins(1);

impl<'a> Workshop<'a> {
    /// Opens the workshop on a project.
    ///
    /// # Errors
    ///
    /// Where the project cannot be copied, or cargo's configuration names no registry that can be asked.
    pub fn open(project: &'a Project) -> Result<Self, WaysError> {
        let here = std::env::current_dir().map_err(WaysError::local("find the current directory"))?;
        let (config, mut options) = airights_session::configuration(&project.options)?;
        let until = Instant::now() + PATIENCE;
        options.until = Some(until);
        let offline = options.offline;
        let scratch = Scratch::of(&project.resolved)?;
        let locked = lockfile::packages(scratch.locked());
        let sources = locked.iter().filter_map(|package| package.source.as_deref());
        let registries = Registries::of(&config, sources, &options)?;
        let reader = SingleReader::new(project.options.cache.as_deref());
        let verdicts = Verdicts::new(
            registries,
            project.policy.clone(),
            clock::today(),
            reader,
            scratch.unpacking(),
        );
        let advisories = airights_facts::cargo_home()
            .as_deref()
            .and_then(AdvisoryDatabase::in_cargo_home);
        let release_info = ReleaseInfo::new(advisories);
        let rulings = Arc::clone(verdicts.rulings());
        let filter: Filter = Arc::new(move |entry| rulings.on(entry));
        let behind = verdicts.registries.behind(&filter)?;
        let manifest = manifest_started_from(project, &here);
        let options = ResolveOptions {
            manifest_path: Some(scratch.place_of(&manifest)),
            locked: true,
            offline,
            cache: None,
            until: Some(until),
            ..project.options.clone()
        };
        Ok(Self {
            locked,
            denied: denied(&project.evaluation, &project.resolved.graph),
            project,
            scratch,
            verdicts,
            release_info,
            behind,
            options,
            until,
            is_out_of_time: Cell::new(false),
        })
    }

    /// Whether RustSec advisories are known, as other tools leave them in cargo's home. Without them none count.
    pub fn has_advisories(&self) -> bool {
        self.release_info.has_advisories()
    }

    /// Asks the registries for everything cargo is going to ask for, at once.
    pub(super) fn ask_ahead(&self) -> Result<(), WaysError> {
        Ok(self.verdicts.ask_ahead(&self.locked)?)
    }

    /// In which roles a crate is in the graph today.
    pub(super) fn roles_of(&self, name: &str) -> Roles {
        self.project.resolved.graph.roles_of(name)
    }

    /// The features of a package, each with what it turns on: as its registry lists them, or its manifest on this disk.
    pub(super) fn features_of(&self, package: &LockedPackage) -> Result<BTreeMap<String, Vec<String>>, WaysError> {
        let index = self.verdicts.index_of(package)?;
        if let Some(entry) = index.entry(&package.version) {
            return Ok(entry.features());
        }
        let resolved = &self.project.resolved;
        let mut packages = resolved.packages();
        let found = packages.find(|(known, _)| LockedPackage::from(*known) == *package);
        let manifest = found.and_then(|(_, manifest)| read_to_string(&manifest.manifest_path, most::MANIFEST).ok());
        Ok(manifest.map_or_else(BTreeMap::new, |text| {
            Manifest::parse(&text)
                .map(|parsed| parsed.features())
                .unwrap_or_default()
        }))
    }

    /// The manifest of the copy that stands for the workspace's own.
    pub(super) fn manifest(&self) -> PathBuf {
        self.scratch
            .place_of(&self.project.resolved.workspace_root.join("Cargo.toml"))
    }

    /// Resolves the copy as it is, denied versions withheld.
    pub(super) fn resolve(&self, edits: &[DirectEdit]) -> Result<Ended, WaysError> {
        let faults = if edits.is_empty() {
            Faults::OnlyVersions
        } else {
            Faults::Anything
        };
        if Instant::now() > self.until {
            self.is_out_of_time.set(true);
            return Ok(Ended::OutOfTime);
        }
        let arguments = ["--workspace".to_owned()];
        let (manifest, until) = (self.manifest(), self.until);
        let ended = update(&self.scratch, &manifest, &self.behind, &arguments, faults, until)?;
        self.is_out_of_time
            .set(self.is_out_of_time.get() || ended == Ended::OutOfTime);
        Ok(ended)
    }

    /// Whether something was not tried to its end since this was last asked.
    pub(super) fn take_out_of_time(&self) -> bool {
        let of_registries = self.verdicts.take_out_of_time();
        self.is_out_of_time.take() || of_registries
    }

    /// What cargo has resolved; `None` where it was still at it when there was no more time.
    pub(super) fn in_time<T>(&self, resolved: Result<T, WaysError>) -> Result<Option<T>, WaysError> {
        if resolved.is_err() && Instant::now() >= self.until {
            self.is_out_of_time.set(true);
            return Ok(None);
        }
        resolved.map(Some)
    }

    /// Runs one of the commands that are proposed, as the user will run it: with every version to be seen.
    pub(super) fn update_unfiltered(&self, arguments: &[String]) -> Result<Ended, WaysError> {
        self.verdicts.rulings().show_everything(true);
        let ended = update(
            &self.scratch,
            &self.manifest(),
            &self.behind,
            arguments,
            Faults::Anything,
            // What is proved already is worth another minute.
            Instant::now() + PATIENCE,
        );
        self.verdicts.rulings().show_everything(false);
        ended
    }

    /// The manifests after some edits.
    pub(super) fn manifests_after(&self, edits: &[DirectEdit]) -> Manifests<'_> {
        let root = self.project.resolved.workspace_root.join("Cargo.toml");
        Manifests::after(edits, self.scratch.manifests(), root)
    }

    /// Edits as reports show them, line by line.
    pub(super) fn shown_edits(&self, edits: &[DirectEdit]) -> Vec<ManifestEdit> {
        let root = &self.project.resolved.workspace_root;
        self.manifests_after(edits).edits(|path| shown(path, root))
    }

    /// What cargo would resolve after these edits, nothing withheld. `None` where nothing fits.
    pub(super) fn resolved_after(&self, edits: &[DirectEdit]) -> Result<Option<Resolved>, WaysError> {
        self.verdicts.rulings().tolerate(self.denied.iter());
        self.verdicts.rulings().ban(&BTreeSet::new());
        self.scratch
            .reset(self.manifests_after(edits).edited(), self.scratch.locked())?;
        match self.resolve(edits)? {
            Ended::WithoutSolution | Ended::OutOfTime => Ok(None),
            Ended::Well => self.in_time(graph::resolve(&self.options).map_err(WaysError::from)),
        }
    }
}
