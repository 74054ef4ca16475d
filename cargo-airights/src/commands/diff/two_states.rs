//! Two states of dependencies, package by package.

use std::collections::BTreeSet;

use airights::diff::{Kind, Known, PackageChange};
use airights::suggest::{LockedPackage, Pair, pairs, violations};
use airights::{Evaluation, Level, Policy, Roles};
use airights_cargo::graph::{Locked, ResolveOptions};
use airights_facts::in_parallel;
use airights_policy::LoadedPolicy;
use airights_session::{Project, Published, clock};

use super::graph::Graph;
use super::request::StateOf;
use super::sides::{Judge, Place, UNKNOWN_ROLES};
use super::state::State;
use super::words::compare_texts;
use super::{Compared, Whole, in_report_order};
use crate::cli::ProjectArgs;
use crate::commands::failure::Failure;
use crate::commands::project::{judge_by, load_policy, session_options};
use crate::console::Console;

/// Compares them, by the policy that the first one has, where that is a revision with one: a change does not choose by what
/// it is judged. A policy that was named is meant.
pub(super) fn compare(
    before: StateOf,
    after: StateOf,
    args: &ProjectArgs,
    console: &Console,
) -> Result<Compared, Failure> {
    let options = session_options(args, console);
    let root = options.root();
    let before = State::of(before, &root)?;
    let after = match after {
        StateOf::WorkingTree => None,
        other => Some(State::of(other, &root)?),
    };
    let now = match after.as_ref().and_then(|after| after.policy.clone()) {
        Some(policy) if args.policy.is_none() => policy,
        _ => load_policy(args, console)?,
    };
    let of_base = before.policy.clone().filter(|_| args.policy.is_none());
    let is_other = |base: &LoadedPolicy| (&base.policy, &base.graph) != (&now.policy, &now.graph);
    let (policy, changed) = match of_base.filter(is_other) {
        Some(base) => (base, Some(now.policy)),
        None => (now, None),
    };
    let at = before.name.clone();
    let Some(after) = after else {
        let project = judge_by(Some(policy), args, console)?;
        let states = States {
            before,
            after: State::of_project(&project)?,
            graph: Some(Graph::of(&project)),
        };
        let compared = states.compare(&project.policy, &project.options)?;
        let let_in = |changed| let_in_by(&project, changed);
        return Ok(compared.with_policy_change(at, changed.as_ref().map(let_in)));
    };
    let options = options.resolve_options(&policy.graph);
    let states = States {
        before,
        after,
        graph: None,
    };
    let compared = states.compare(&policy.policy, &options)?;
    let by_changed = changed.map(|changed| states.compare(&changed, &options)).transpose()?;
    let let_in = by_changed.map(|other| &denied(&compared.changes) - &denied(&other.changes));
    Ok(compared.with_policy_change(at, let_in))
}

/// The packages of a graph that are denied, and would not be by another policy.
fn let_in_by(project: &Project, other: &Policy) -> BTreeSet<LockedPackage> {
    let graph = &project.resolved.graph;
    let denied = |evaluation: &Evaluation| -> BTreeSet<LockedPackage> {
        let packages = violations(evaluation).into_iter();
        packages
            .map(|violation| graph.package(violation.package).into())
            .collect()
    };
    &denied(&project.evaluation) - &denied(&project.judged_by(other))
}

/// The packages that are denied after a change.
fn denied(changes: &[PackageChange]) -> BTreeSet<LockedPackage> {
    let sides = changes.iter().filter_map(|change| change.after.as_ref());
    let denied = sides.filter(|side| matches!(&side.known, Known::Terms(terms) if terms.level() == Level::Deny));
    denied.map(|side| side.package.clone()).collect()
}

/// The states, and the graph of the second one where it was resolved.
struct States<'a> {
    before: State,
    after: State,
    graph: Option<Graph<'a>>,
}

/// A package before and after.
type Differing<'a> = (Option<&'a Locked>, Option<&'a Locked>);

impl States<'_> {
    fn compare(&self, policy: &Policy, options: &ResolveOptions) -> Result<Compared, Failure> {
        let locked = self.before.packages.iter().chain(&self.after.packages);
        let sources = locked.filter_map(|locked| locked.package.source.as_deref());
        let published = Published::open(options, sources)?;
        let judge = Judge {
            published: &published,
            policy,
            today: clock::today(),
        };
        let (differing, unused) = self.differing();
        let mut changes = in_parallel(&differing, |(was, is)| self.change(*was, *is, judge));
        published.save();
        // What is there before and after is only worth a word where something of it differs, or may.
        changes.retain(|change| {
            change.kind() != Kind::Changed
                || change.has_other_terms()
                || change.has_other_bytes()
                || !change.not_compared().is_empty()
        });
        in_report_order(&mut changes);
        let project = self.graph.as_ref().map(|graph| graph.project);
        Ok(Compared {
            names: (self.before.name.clone(), self.after.name.clone()),
            changes,
            whole: project.map(Whole::of),
            policy: policy.source.clone(),
            policy_change: None,
            notes: self.notes(unused),
        })
    }

    /// What differs or may; and how many packages do that are locked but no part of the graph.
    fn differing(&self) -> (Vec<Differing<'_>>, usize) {
        let (before, after) = (&self.before, &self.after);
        let (was, is) = (before.named(), after.named());
        let found = pairs(&was, &is).into_iter().map(|pair| match pair {
            Pair::Moved(from, to) => (before.locked(from), after.locked(to)),
            Pair::Added(package) => (None, after.locked(package)),
            Pair::Removed(package) => (before.locked(package), None),
        });
        let mut found: Vec<Differing<'_>> = found.collect();
        found.extend(before.packages.iter().filter_map(|was| {
            let is = after.locked(&was.package)?;
            // One version never changes, so whoever claims two checksums for it has something to explain.
            let differ = was.checksum.is_some() && is.checksum.is_some() && was.checksum != is.checksum;
            // The workspace's own packages change as they please.
            let may_differ = was.package.source.is_none() && self.knows_local_packages();
            (differ || may_differ).then_some((Some(was), Some(is)))
        }));
        let in_all = found.len();
        if let Some(graph) = &self.graph {
            found.retain(|(_, is)| is.is_none_or(|is| graph.place_of(&is.package).is_some()));
        }
        let unused = in_all - found.len();
        (found, unused)
    }

    /// Whether both states say where the workspace's own packages are.
    fn knows_local_packages(&self) -> bool {
        self.before.checkout.is_some() && (self.after.checkout.is_some() || self.graph.is_some())
    }

    fn change(&self, was: Option<&Locked>, is: Option<&Locked>, judge: Judge<'_>) -> PackageChange {
        let name = was.or(is).map_or("", |locked| locked.package.name.as_str());
        let known_roles = self.graph.as_ref().map(|graph| graph.roles_of(name));
        let roles = known_roles.filter(|roles| !roles.is_empty());
        let roles = roles.unwrap_or_else(|| Roles::from_iter(UNKNOWN_ROLES));
        let was_at = was.map(|was| self.place(&self.before, was, judge));
        let is_at = is.map(|is| match self.graph.as_ref().and_then(|graph| graph.at(&is.package)) {
            Some(place) => place,
            None => self.place(&self.after, is, judge),
        });
        let side = |at: &Option<Place<'_>>, locked: Option<&Locked>| Some(at.as_ref()?.side(locked?, roles, judge));
        let mut change = PackageChange::between(side(&was_at, was), side(&is_at, is));
        if let (Some(was_at), Some(is_at)) = (&was_at, &is_at) {
            compare_texts(&mut change, was_at, is_at, judge);
        }
        change
    }

    /// Where a package can be read that is in no graph.
    fn place<'s>(&self, state: &'s State, locked: &Locked, judge: Judge<'_>) -> Place<'s> {
        let package = &locked.package;
        match &state.checkout {
            Some(checkout) if package.source.is_none() => {
                let beside = || self.graph.as_ref()?.directory_of(&package.name);
                let found = checkout.package(package, beside);
                found.map_or_else(Place::Nowhere, Place::Local)
            }
            _ => Place::of_locked(locked, judge),
        }
    }

    /// What was left out, so that nothing looks the same that was not compared.
    fn notes(&self, unused: usize) -> Vec<String> {
        let mut notes = Vec::new();
        let is_local = |package: &&LockedPackage| package.source.is_none() && !self.knows_local_packages();
        let before = self.before.packages.iter().map(|locked| &locked.package);
        let stayed = before
            .filter(is_local)
            .filter(|package| self.after.locked(package).is_some());
        let local: Vec<String> = stayed.map(|package| format!("`{package}`")).collect();
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
}
