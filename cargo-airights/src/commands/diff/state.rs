//! Two states of dependencies: lockfiles, git revisions of them, the workspace as it is now.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use airights::diff::{PackageChange, Side};
use airights::suggest::{LockedPackage, Pair, pairs};
use airights::{PackageIx, Policy, Roles};

use super::git::Revision;
use super::request::{StateOf, read};
use super::sides::{Judge, Place, UNKNOWN_ROLES, side_in_graph};
use super::words::compare_texts;
use super::{Compared, Whole, in_report_order};
use crate::cli::ProjectArgs;
use crate::commands::failure::Failure;
use crate::commands::project::{Project, load_policy, resolve_options, roles_in};
use crate::commands::published::Published;
use crate::console::Console;
use crate::gather::clock;
use crate::gather::facts::in_parallel;
use crate::gather::graph::{self, Locked, ResolveOptions};
use crate::gather::report;

/// Compares them.
pub(super) fn compare(
    before: StateOf,
    after: StateOf,
    args: &ProjectArgs,
    console: &Console,
) -> Result<Compared, Failure> {
    if let StateOf::Report(path) = &before {
        let known = read_report(path)?;
        let project = Project::judge(args, console)?;
        return Ok(compare_with_report(&path.display().to_string(), known, &project));
    }
    if after == StateOf::WorkingTree {
        let project = Project::judge(args, console)?;
        let root = project.resolved.workspace_root.clone();
        let before = State::of(before, &root)?;
        let after = State::of_project(&project)?;
        compare_states(&before, &after, Some(&project), &project.policy, &project.options)
    } else {
        let policy = load_policy(args, console)?;
        let options = resolve_options(args, &policy.graph);
        let root = root_of(&options)?;
        let (before, after) = (State::of(before, &root)?, State::of(after, &root)?);
        compare_states(&before, &after, None, &policy.policy, &options)
    }
}

fn read_report(path: &Path) -> Result<Vec<Side>, Failure> {
    report::sides(&read(path)?).map_err(|reason| {
        Failure::new(
            format!(
                "`{}` is no report of `cargo airights check --format json`: {reason}",
                path.display()
            ),
            Some("write one with `cargo airights check --format json > report.json`".to_owned()),
        )
    })
}

/// Compares what a report says with the workspace as it is now, package by package.
fn compare_with_report(name: &str, known: Vec<Side>, project: &Project) -> Compared {
    let graph = Graph::of(project);
    let was: Vec<LockedPackage> = known.iter().map(|side| side.package.clone()).collect();
    let is: Vec<LockedPackage> = graph.places.keys().cloned().collect();
    let known: BTreeMap<LockedPackage, Side> = known.into_iter().map(|side| (side.package.clone(), side)).collect();
    let before = |package: &LockedPackage| known.get(package).cloned();
    let after = |package: &LockedPackage| {
        let place = *graph.places.get(package)?;
        Some(side_in_graph(project, place))
    };
    let differing = pairs(&was, &is).into_iter().map(|pair| match pair {
        Pair::Moved(from, to) => PackageChange::between(before(from), after(to)),
        Pair::Added(package) => PackageChange::between(None, after(package)),
        Pair::Removed(package) => PackageChange::between(before(package), None),
    });
    let mut changes: Vec<PackageChange> = differing.collect();
    let stayed = was.iter().filter(|package| graph.places.contains_key(package));
    let stayed = stayed.map(|package| PackageChange::between(before(package), after(package)));
    changes.extend(stayed.filter(|change| change.has_other_terms() || !change.not_compared().is_empty()));
    in_report_order(&mut changes);
    Compared {
        names: (name.to_owned(), NOW.to_owned()),
        changes,
        whole: Some(Whole::of(project)),
        policy: project.policy.source.clone(),
        notes: vec!["a report holds no words of licence texts, so these were not compared".to_owned()],
    }
}

/// What the state as it is now is called.
const NOW: &str = "the working tree";

/// The directory of the lockfile, where it can be found without asking cargo.
fn root_of(options: &ResolveOptions) -> Result<PathBuf, Failure> {
    let lockfile = graph::lockfile_of(options);
    match lockfile.as_deref().and_then(Path::parent) {
        Some(root) => Ok(root.to_owned()),
        None => Ok(std::env::current_dir()?),
    }
}

/// The packages of a state, by what a lockfile names.
struct State {
    name: String,
    packages: Vec<Locked>,
}

impl State {
    fn of(state: StateOf, root: &Path) -> Result<Self, Failure> {
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
                Ok(Self {
                    name: revision.name,
                    ..parsed
                })
            }
            StateOf::WorkingTree | StateOf::Report(_) => unreachable!("these are no lockfiles"),
        }
    }

    fn parse(name: &str, bytes: &[u8]) -> Result<Self, Failure> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned());
        let packages = text.and_then(graph::locked).map_err(|reason| {
            Failure::new(
                format!("`{name}` is no lockfile: {reason}"),
                Some("name a `Cargo.lock` as cargo wrote it".to_owned()),
            )
        })?;
        Ok(Self {
            name: name.to_owned(),
            packages,
        })
    }

    /// What the workspace has locked. A graph that came from a file has no lockfile, and stands for itself.
    fn of_project(project: &Project) -> Result<Self, Failure> {
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
        })
    }

    fn named(&self) -> Vec<LockedPackage> {
        self.packages.iter().map(|locked| locked.package.clone()).collect()
    }

    fn locked(&self, package: &LockedPackage) -> Option<&Locked> {
        self.packages.iter().find(|locked| locked.package == *package)
    }
}

fn compare_states(
    before: &State,
    after: &State,
    project: Option<&Project>,
    policy: &Policy,
    options: &ResolveOptions,
) -> Result<Compared, Failure> {
    let published = Published::open(options)?;
    let judge = Judge {
        published: &published,
        policy,
        today: clock::today(),
    };
    let graph = project.map(Graph::of);
    let (differing, unused) = differing(before, after, graph.as_ref());
    let mut changes = in_parallel(&differing, |(was, is)| change(*was, *is, graph.as_ref(), judge));
    published.save();
    in_report_order(&mut changes);
    Ok(Compared {
        names: (before.name.clone(), after.name.clone()),
        changes,
        whole: project.map(Whole::of),
        policy: policy.source.clone(),
        notes: notes(before, after, unused),
    })
}

/// A package before and after.
type Differing<'a> = (Option<&'a Locked>, Option<&'a Locked>);

/// What differs; and how many packages do that are locked but no part of the graph.
fn differing<'a>(before: &'a State, after: &'a State, graph: Option<&Graph<'_>>) -> (Vec<Differing<'a>>, usize) {
    let (was, is) = (before.named(), after.named());
    let found = pairs(&was, &is).into_iter().map(|pair| match pair {
        Pair::Moved(from, to) => (before.locked(from), after.locked(to)),
        Pair::Added(package) => (None, after.locked(package)),
        Pair::Removed(package) => (before.locked(package), None),
    });
    let mut found: Vec<Differing<'a>> = found.collect();
    // One version never changes, so whoever claims two checksums for it has something to explain.
    found.extend(before.packages.iter().filter_map(|was| {
        let is = after.locked(&was.package)?;
        let differ = was.checksum.is_some() && is.checksum.is_some() && was.checksum != is.checksum;
        differ.then_some((Some(was), Some(is)))
    }));
    let in_all = found.len();
    if let Some(graph) = graph {
        found.retain(|(_, is)| is.is_none_or(|is| graph.place_of(&is.package).is_some()));
    }
    let unused = in_all - found.len();
    (found, unused)
}

fn change(was: Option<&Locked>, is: Option<&Locked>, graph: Option<&Graph<'_>>, judge: Judge<'_>) -> PackageChange {
    let name = was.or(is).map_or("", |locked| locked.package.name.as_str());
    let known_roles = graph.map(|graph| roles_in(&graph.project.resolved.graph, name));
    let roles = known_roles.filter(|roles| !roles.is_empty());
    let roles = roles.unwrap_or_else(|| Roles::from_iter(UNKNOWN_ROLES));
    let was_at = was.map(|was| Place::of_locked(was, judge));
    let is_at = is.map(|is| match graph.and_then(|graph| graph.at(&is.package)) {
        Some(place) => place,
        None => Place::of_locked(is, judge),
    });
    let side = |at: &Option<Place<'_>>, locked: Option<&Locked>| Some(at.as_ref()?.side(locked?, roles, judge));
    let mut change = PackageChange::between(side(&was_at, was), side(&is_at, is));
    if let (Some(was_at), Some(is_at)) = (&was_at, &is_at) {
        compare_texts(&mut change, was_at, is_at, judge);
    }
    change
}

/// A resolved graph, by what a lockfile names.
struct Graph<'a> {
    project: &'a Project,
    places: BTreeMap<LockedPackage, PackageIx>,
}

impl<'a> Graph<'a> {
    fn of(project: &'a Project) -> Self {
        let graph = &project.resolved.graph;
        Self {
            project,
            places: graph
                .iter()
                .map(|(place, package)| (LockedPackage::from(package), place))
                .collect(),
        }
    }

    /// Where a locked package is in the graph. Lockfiles and cargo's own answer may spell a git source differently.
    fn place_of(&self, package: &LockedPackage) -> Option<PackageIx> {
        let is_alike = |known: &LockedPackage| known.name == package.name && known.version == package.version;
        self.places.get(package).copied().or_else(|| {
            let mut alike = self.places.iter().filter(|(known, _)| is_alike(known));
            let is_git = package
                .source
                .as_deref()
                .is_some_and(|source| source.starts_with("git+"));
            alike.next().filter(|_| is_git).map(|(_, place)| *place)
        })
    }

    fn at(&self, package: &LockedPackage) -> Option<Place<'a>> {
        Some(Place::Graph(self.project, self.place_of(package)?))
    }
}

/// What was left out, so that nothing looks the same that was not compared.
fn notes(before: &State, after: &State, unused: usize) -> Vec<String> {
    let mut notes = Vec::new();
    let is_local = |locked: &&Locked| locked.package.source.is_none();
    let local = before.packages.iter().filter(is_local);
    let local: Vec<String> = local
        .filter(|was| after.locked(&was.package).is_some())
        .map(|was| format!("`{}`", was.package))
        .collect();
    match &local[..] {
        [] => {}
        [one] => notes.push(format!("not compared: {one}, whose source is no part of a lockfile")),
        [first, .., last] => notes.push(format!(
            "not compared: {} local packages ({first} to {last}), whose sources are no part of a lockfile",
            local.len()
        )),
    }
    if unused > 0 {
        let packages = if unused == 1 {
            "1 package"
        } else {
            &format!("{unused} packages")
        };
        notes.push(format!(
            "left out: {packages} that the lockfile names and these features and targets do not use"
        ));
    }
    notes
}
