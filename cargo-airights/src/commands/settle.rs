//! What `allow` and `clarify` share: which package is meant, and what becomes of it with one more entry in the policy.
//! Nothing is written before it is known what the entry settles.

use std::collections::BTreeSet;

use airights::facts::Gathered;
use airights::finding::PolicyEntry;
use airights::policy::CrateSpec;
use airights::{DependencyGraph, Entry, Evaluation, Finding, Level, PackageFacts, PackageIx, Role, Subject};
use airights_manifest::spelling::nearest;
use airights_report::Report;
use airights_report::settle::{Settlement, write};
use airights_session::{Project, SessionError};
use airights_store::ProjectLock;
use semver::VersionReq;

use super::failure::Failure;
use super::policy_file::PolicyFile;
use super::project::report;
use crate::Exit;
use crate::console::Console;

/// The packages that an entry is to be for.
pub(super) struct Chosen {
    pub(super) packages: Vec<PackageIx>,
    /// How the entry names them.
    pub(super) krate: String,
}

impl Chosen {
    /// Finds what is meant in the graph. Of several packages the one that waits for an entry is meant, unless a version
    /// requirement says that all are.
    pub(super) fn of(
        subject: &str,
        requirement: Option<&VersionReq>,
        is_offer: fn(&Entry) -> bool,
        project: &Project,
    ) -> Result<Self, Failure> {
        let graph = &project.resolved.graph;
        let spec: CrateSpec = subject.parse().map_err(|_| not_in_graph(subject, subject, graph))?;
        let wanted = requirement.map_or_else(|| spec.clone(), |requirement| spec.within(requirement.clone()));
        let all: Vec<PackageIx> = graph
            .iter()
            .filter(|(_, package)| wanted.matches(package))
            .map(|(place, _)| place)
            .collect();
        if all.is_empty() {
            return Err(not_in_graph(subject, spec.name(), graph));
        }
        if requirement.is_some() {
            let sources = all.iter().map(|&place| {
                let package = graph.package(place);
                (&package.source, &package.directory_url)
            });
            if sources.collect::<BTreeSet<_>>().len() > 1 {
                return Err(ambiguous(subject, &spec, &all, graph));
            }
            let krate = wanted.to_string();
            return Self { packages: all, krate }.judged(project);
        }
        let waiting = |place: &&PackageIx| {
            let findings = shown(&project.evaluation, graph, std::slice::from_ref(*place)).into_iter();
            findings.filter_map(|finding| finding.entry.as_ref()).any(is_offer)
        };
        let waiting: Vec<PackageIx> = all.iter().filter(waiting).copied().collect();
        let packages = match (all.as_slice(), waiting.as_slice()) {
            ([_], _) | (_, []) => all,
            (_, [_]) => waiting,
            _ => return Err(ambiguous(subject, &spec, &waiting, graph)),
        };
        let krate = exactly(packages[0], &spec, graph).to_string();
        Self { packages, krate }.judged(project)
    }

    fn judged(self, project: &Project) -> Result<Self, Failure> {
        let mut missing = project.evaluation.not_evaluated.iter();
        match missing.find(|missing| self.packages.contains(&missing.package)) {
            Some(missing) => Err(Failure::from(SessionError::NotEvaluated {
                package: project.resolved.graph.package(missing.package).to_string(),
                reason: missing.reason.clone(),
            })),
            None => Ok(self),
        }
    }

    /// The findings about them.
    pub(super) fn findings<'p>(&self, project: &'p Project) -> Vec<&'p Finding> {
        shown(&project.evaluation, &project.resolved.graph, &self.packages)
    }

    /// What is known of the first.
    pub(super) fn facts<'p>(&self, project: &'p Project) -> Option<&'p PackageFacts> {
        match project.facts.get(self.packages[0])? {
            Gathered::Facts(facts) => Some(facts),
            Gathered::Not(_) => None,
        }
    }

    /// Whether an entry of the policy is for these and no others of the graph.
    pub(super) fn are_meant_by(&self, spec: &CrateSpec, graph: &DependencyGraph) -> bool {
        let mut meant = graph.iter().filter(|(_, package)| spec.matches(package)).peekable();
        meant.peek().is_some() && meant.all(|(place, _)| self.packages.contains(&place))
    }
}

/// How an entry names a package and no other.
fn exactly(place: PackageIx, spec: &CrateSpec, graph: &DependencyGraph) -> CrateSpec {
    let package = graph.package(place);
    let exact = spec.at(&package.version);
    let is_alone = graph.iter().filter(|(_, other)| exact.matches(other)).count() == 1;
    if is_alone { exact } else { CrateSpec::of(package) }
}

/// The findings about packages and about the policy's entries for them, without those that are only listed on request.
fn shown<'e>(evaluation: &'e Evaluation, graph: &DependencyGraph, packages: &[PackageIx]) -> Vec<&'e Finding> {
    let is_for_them = |krate: &str| {
        let spec: Result<CrateSpec, _> = krate.parse();
        spec.is_ok_and(|spec| packages.iter().any(|&place| spec.matches(graph.package(place))))
    };
    let is_about = |finding: &&Finding| match &finding.subject {
        Subject::Package(place) => packages.contains(place),
        Subject::Policy(PolicyEntry::Exception(krate) | PolicyEntry::Clarification(krate)) => is_for_them(krate),
        Subject::Policy(PolicyEntry::Allowance(_)) | Subject::Publication => false,
    };
    let findings = evaluation
        .findings
        .iter()
        .filter(|finding| finding.level > Level::Allow);
    findings.filter(is_about).collect()
}

/// An entry that is to be written.
pub(super) struct NewEntry<'a> {
    /// As TOML.
    pub(super) text: &'a str,
    /// The number in the file of the one whose place it takes.
    pub(super) replaces: Option<usize>,
    /// The keys that stay of that one.
    pub(super) kept: &'a [&'a str],
}

/// Judges with the entry, writes it where the project is held to be changed, and says what it settles and what is left.
pub(super) fn settle(
    entry: &NewEntry<'_>,
    mut file: PolicyFile,
    chosen: &Chosen,
    project: &Project,
    lock: Option<&ProjectLock>,
    console: &Console,
) -> Result<Exit, Failure> {
    match entry.replaces {
        Some(number) => file.replace(number, entry.text, entry.kept)?,
        None => file.add(entry.text)?,
    }
    let after = project.judged_by(&file.load()?.policy);
    let remaining = shown(&after, &project.resolved.graph, &chosen.packages);
    let is_left = |finding: &Finding| {
        let mut remaining = remaining.iter();
        remaining
            .any(|left| (left.rule, &left.subject, &left.problem) == (finding.rule, &finding.subject, &finding.problem))
    };
    let settled: Vec<&Finding> = chosen
        .findings(project)
        .into_iter()
        .filter(|finding| !is_left(finding))
        .collect();
    if settled.is_empty() {
        return Err(settles_nothing(&file, chosen, &project.resolved.graph));
    }
    if let Some(lock) = lock {
        lock.change(&[], &[file.edit()])?.forget();
    }
    let exit = exit_of(&remaining);
    let origins = |path: &[_]| project.origin(path);
    let settlement = Settlement {
        report: &Report {
            evaluation: &after,
            ..report(project, &origins, exit, console)
        },
        packages: &chosen.packages,
        entry: entry.text,
        settled: &settled,
        remaining: &remaining,
        file: file.shown(),
        is_new: file.is_new(),
        is_written: lock.is_some(),
    };
    console.write(|out, terminal| write(&settlement, terminal, out))?;
    Ok(exit)
}

/// Whether what is left violates the policy.
pub(super) fn exit_of(remaining: &[&Finding]) -> Exit {
    if remaining.iter().any(|finding| finding.level == Level::Deny) {
        Exit::Violated
    } else {
        Exit::Clean
    }
}

fn settles_nothing(file: &PolicyFile, chosen: &Chosen, graph: &DependencyGraph) -> Failure {
    let in_graph = |&place: &PackageIx| {
        let package = graph.package(place);
        let roles: Vec<&str> = package.roles.iter().map(Role::as_str).collect();
        format!("`{package}` is in the graph as {}", roles.join(", "))
    };
    let packages: Vec<String> = chosen.packages.iter().map(in_graph).collect();
    Failure::new(
        format!("the entry would settle nothing, so `{}` was not changed", file.shown()),
        Some(packages.join("; ")),
    )
}

fn not_in_graph(subject: &str, name: &str, graph: &DependencyGraph) -> Failure {
    let of_name = graph.packages().iter().filter(|package| package.name == name);
    let versions: Vec<String> = of_name.map(|package| format!("`{package}`")).collect();
    let near = nearest(name, graph.packages().iter().map(|package| package.name.as_str()));
    let hint = match (versions.as_slice(), near) {
        ([_, ..], _) => format!("the graph has {}", versions.join(", ")),
        ([], Some(near)) => format!("did you mean `{near}`?"),
        ([], None) => "`cargo airights list` shows the crates".to_owned(),
    };
    Failure::new(
        format!("`{subject}` is not a crate in the dependency graph"),
        Some(hint),
    )
}

fn ambiguous(subject: &str, spec: &CrateSpec, packages: &[PackageIx], graph: &DependencyGraph) -> Failure {
    let exact = |&place: &PackageIx| format!("`{}`", exactly(place, spec, graph));
    let specs: Vec<String> = packages.iter().map(exact).collect();
    Failure::new(
        format!("`{subject}` means several packages of the dependency graph"),
        Some(format!("name one of {}", specs.join(", "))),
    )
}
