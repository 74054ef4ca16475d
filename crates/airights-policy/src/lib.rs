//! From `airights.toml`, or a `deny.toml`, or nothing, to the [`Policy`] that judges.
//!
//! A policy is read in two steps: each file becomes a `PolicyFile`, in which every entry is checked and knows its
//! place, and these are then laid over each other, the defaults lowest. Whatever is wrong is collected on the way, so
//! that the user sees every mistake at once, each with its caret.

pub mod baseline;
mod contradiction;
mod deny_toml;
mod entries;
mod extends;
mod file;
mod load;
mod pattern;
mod problem;
mod section;
mod source;
mod table;
#[cfg(test)]
mod tests;

pub use deny_toml::parse_deny_toml;
pub use extends::ReadFile;
pub use load::{PolicyLocation, PolicyOptions, load, policy_names};
pub use problem::{PolicyProblem, Severity};

use airights::policy::{CrateSpec, PolicySource, Section};
use airights::{Policy, Role, Rule};
use sha2::{Digest, Sha256};

use extends::Chain;
use file::PolicyFile;
use problem::in_file_order;
use section::SectionFile;

/// A policy that can judge.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedPolicy {
    /// The policy.
    pub policy: Policy,
    /// What to resolve, where the command line does not say.
    pub graph: GraphTable,
    /// What its author should know; warnings only.
    pub problems: Vec<PolicyProblem>,
}

/// The `[graph]` table: what to resolve.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphTable {
    /// `--all-features`
    pub all_features: bool,
    /// `--no-default-features`
    pub no_default_features: bool,
    /// `--features`
    pub features: Vec<String>,
    /// Target triples; empty: every target.
    pub targets: Vec<String>,
    /// Packages that are left out with all that only they bring in, as cargo-deny leaves them out.
    pub exclude: Vec<CrateSpec>,
    /// Whether members that are never published are there only where others depend on them.
    pub exclude_unpublished: bool,
}

/// Reads the text of an `airights.toml`. Pure, but for what `read_file` does to follow `extends`.
///
/// `name` is the path that reports show; the paths given to `read_file` start where it starts.
///
/// # Errors
///
/// Every problem of the file and those it extends, where at least one is an error.
pub fn parse(name: &str, text: &str, read_file: &mut ReadFile<'_>) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    let chain = Chain::follow(name, text, read_file);
    let mut loaded = assemble(&chain.files, source_file(name, text.as_bytes()));
    let mut problems = chain.problems;
    problems.extend(contradiction::dead_allowances(&loaded.policy));
    loaded.problems = in_file_order(problems, &chain.names);
    unless_errors(loaded)
}

/// Lays what the files say over the defaults, one after the other.
fn assemble(files: &[PolicyFile], source: PolicySource) -> LoadedPolicy {
    let mut policy = Policy {
        source,
        ..Policy::built_in()
    };
    let mut graph = GraphTable::default();
    for file in files {
        file.graph.apply_to(&mut graph);
        file.base.apply_to(&mut policy.base);
        policy.lints.extend(&file.lints);
        policy.exceptions.extend(file.exceptions.iter().cloned());
        policy.clarifications.extend(file.clarifications.iter().cloned());
    }
    let base = policy.base.clone();
    policy.base = role_section(files, Role::Shipped, &base).unwrap_or_else(|| base.clone());
    // Where `[roles.shipped]` differs from the top of the file, the other roles must not fall back on it.
    let unsaid = (policy.base != base).then_some(&base);
    policy.build = role_section(files, Role::Build, &base).or(unsaid.cloned());
    policy.dev = role_section(files, Role::Dev, &base).or(unsaid.cloned());
    policy.private_member = base.for_members();
    policy.member = spared_section(files, Role::Member, &base, base.for_members());
    policy.unbuilt = spared_section(files, Role::Unbuilt, &base, base.for_unbuilt());
    if files.iter().filter_map(|file| file.include_private).next_back() == Some(true) {
        policy.private_member.clone_from(&policy.member);
    }
    LoadedPolicy {
        policy,
        graph,
        problems: Vec::new(),
    }
}

/// What holds for a role where a file says something of it: that, over what holds for all.
fn role_section(files: &[PolicyFile], role: Role, base: &Section) -> Option<Section> {
    let mut said = files.iter().filter_map(|file| file.roles.get(&role)).peekable();
    said.peek()?;
    let mut section = base.clone();
    said.for_each(|file| file.apply_to(&mut section));
    Some(section)
}

/// What holds for a role whose packages are spared unless a file says otherwise. Which licenses they may have weighs as for
/// all others as soon as a file says it.
fn spared_section(files: &[PolicyFile], role: Role, base: &Section, spared: Section) -> Section {
    let said = || files.iter().filter_map(|file| file.roles.get(&role));
    let mut section = spared;
    if said().any(SectionFile::judges_licenses) {
        for rule in [Rule::LicenseNotAllowed, Rule::LicenseUnknown] {
            section.levels.set(rule, base.levels.of(rule));
        }
    }
    said().for_each(|file| file.apply_to(&mut section));
    section
}

fn unless_errors(loaded: LoadedPolicy) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    let is_error = |problem: &PolicyProblem| problem.severity == Severity::Error;
    if loaded.problems.iter().any(is_error) {
        Err(loaded.problems)
    } else {
        Ok(loaded)
    }
}

fn source_file(name: &str, bytes: &[u8]) -> PolicySource {
    let hex = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]));
    PolicySource::File {
        path: name.to_owned(),
        sha256: Sha256::digest(bytes).iter().flat_map(hex).collect(),
    }
}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
