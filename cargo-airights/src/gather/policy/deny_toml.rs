//! The `[licenses]` and `[graph]` of a cargo-deny configuration, for projects that have no `airights.toml` yet.
//!
//! Everything else in that file is cargo-deny's own business, and so are its mistakes: what cannot be carried over is
//! left out with a warning, which can only make the policy stricter.

use airights::policy::{Allowance, CrateSpec, Exception, LicensePattern, Lints};
use airights::{Level, Policy, Roles};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{PolicyProblem, in_file_order};
use super::source::Source;
use super::{GraphTable, LoadedPolicy, source_file, unless_errors};

/// Reads the text of a cargo-deny configuration. Without `[licenses]` the built-in policy judges.
///
/// # Errors
///
/// Every problem, where the file is no TOML.
pub fn parse_deny_toml(name: &str, text: &str) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    let source = Source::new(name, text);
    let parsable = source.parsable().unwrap_or_default();
    let (document, _) = DeTable::parse_recoverable(&parsable);
    let root = document.get_ref();
    let mut policy = Policy::built_in();
    if let Some(licenses) = table(root, "licenses") {
        policy.source = source_file(name, text.as_bytes());
        let entries = Licenses {
            source: &source,
            licenses,
        };
        entries.apply_to(&mut policy);
    }
    let graph = table(root, "graph").map(graph).unwrap_or_default();
    unless_errors(LoadedPolicy {
        policy,
        graph,
        problems: in_file_order(source.into_problems(), &[name.to_owned()]),
    })
}

struct Licenses<'t> {
    source: &'t Source<'t>,
    licenses: &'t DeTable<'t>,
}

impl Licenses<'_> {
    fn apply_to(&self, policy: &mut Policy) {
        policy.base.licenses.allow = self.allowances(self.licenses);
        policy.exceptions = self.exceptions();
        policy.lints = self.lints();
        self.warn_of_clarifications();
        // Cargo-deny judges what only tests need on request, and what only builds need unless told otherwise.
        if !flag(self.licenses, "include-dev").unwrap_or(false) {
            policy.dev = Some(unjudged(policy));
        }
        if !flag(self.licenses, "include-build").unwrap_or(true) {
            policy.build = Some(unjudged(policy));
        }
    }

    fn allowances(&self, table: &DeTable<'_>) -> Vec<Allowance> {
        let pattern = |item: &Spanned<DeValue<'_>>| {
            let pattern = item
                .get_ref()
                .as_str()?
                .parse()
                .map_err(|error| self.leave_out(item, &error));
            let at = Some(self.source.excerpt(item.span()));
            Some(Allowance {
                pattern: pattern.ok()?,
                at,
            })
        };
        list(table, "allow").iter().filter_map(pattern).collect()
    }

    fn leave_out(&self, item: &Spanned<DeValue<'_>>, error: &dyn std::fmt::Display) {
        let problem = PolicyProblem::warning(format!("this entry is left out: {error}"));
        self.source.report(item.span(), problem);
    }

    fn exceptions(&self) -> Vec<Exception> {
        let exceptions = list(self.licenses, "exceptions").iter();
        exceptions.filter_map(|entry| self.exception(entry)).collect()
    }

    fn exception(&self, entry: &Spanned<DeValue<'_>>) -> Option<Exception> {
        let table = entry.get_ref().as_table()?;
        let name = ["crate", "name"].iter().find_map(|key| table.get(*key))?;
        let version = table.get("version").and_then(|version| version.get_ref().as_str());
        let Some(krate) = crate_spec(name.get_ref().as_str()?, version) else {
            let problem = PolicyProblem::warning("this exception is left out: its version is a requirement");
            let help = "in an `airights.toml`, write `crate = \"NAME@VERSION\"`, where `1.2` means every `1.2.x`";
            self.source.report(name.span(), problem.help(help.to_owned()));
            return None;
        };
        let licenses: Vec<LicensePattern> = self
            .allowances(table)
            .into_iter()
            .map(|allowance| allowance.pattern)
            .collect();
        Some(Exception {
            krate,
            licenses,
            ai: airights::policy::AiAllowance::new(),
            roles: Roles::ALL,
            files: Vec::new(),
            reason: "an exception of cargo-deny's configuration".to_owned(),
            owner: None,
            expires: None,
            at: Some(self.source.excerpt(name.span())),
        })
    }

    fn lints(&self) -> Lints {
        let level = |key: &str| self.licenses.get(key)?.get_ref().as_str()?.parse::<Level>().ok();
        let default = Lints::default();
        Lints {
            allowance_unused: level("unused-allowed-license").unwrap_or(default.allowance_unused),
            exception_unused: level("unused-license-exception").unwrap_or(default.exception_unused),
            ..default
        }
    }

    fn warn_of_clarifications(&self) {
        let Some((key, value)) = self.licenses.get_key_value("clarify") else {
            return;
        };
        let span = match value.get_ref().as_array() {
            Some(entries) if entries.is_empty() => return,
            Some(entries) => entries.iter().next().map_or_else(|| key.span(), Spanned::span),
            None => key.span(),
        };
        let problem = PolicyProblem::warning("clarifications of cargo-deny's configuration are not used");
        let help = "their hashes are too short to tell two texts apart; in an `airights.toml` they have a SHA-256";
        self.source.report(span, problem.help(help.to_owned()));
    }
}

/// A section that lists the licences of packages and judges none.
fn unjudged(policy: &Policy) -> airights::policy::Section {
    let mut section = policy.base.clone();
    let licenses = &mut section.licenses;
    for level in [
        &mut licenses.not_allowed,
        &mut licenses.unknown,
        &mut licenses.mismatch,
        &mut licenses.residue,
        &mut licenses.bundled,
    ] {
        *level = Level::Allow;
    }
    section
}

/// Cargo-deny has `NAME`, `NAME@VERSION`, `NAME:REQUIREMENT` and a key of its own for the requirement. Of requirements
/// only those are carried over that a package spec can say.
fn crate_spec(name: &str, version: Option<&str>) -> Option<CrateSpec> {
    let (name, requirement) = match (name.split_once(['@', ':']), version) {
        (Some((name, requirement)), _) => (name, Some(requirement)),
        (None, version) => (name, version),
    };
    match requirement.map(str::trim) {
        None | Some("*" | "") => name.parse().ok(),
        Some(requirement) => format!("{name}@{}", requirement.trim_start_matches('=').trim())
            .parse()
            .ok(),
    }
}

fn graph(table: &DeTable<'_>) -> GraphTable {
    let names = |key: &str| {
        let name = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::Table(target) => target.get("triple")?.get_ref().as_str().map(str::to_owned),
            other => other.as_str().map(str::to_owned),
        };
        list(table, key).iter().filter_map(name).collect()
    };
    GraphTable {
        all_features: flag(table, "all-features").unwrap_or(false),
        no_default_features: flag(table, "no-default-features").unwrap_or(false),
        features: names("features"),
        targets: names("targets"),
    }
}

fn table<'t>(table: &'t DeTable<'t>, key: &str) -> Option<&'t DeTable<'t>> {
    table.get(key)?.get_ref().as_table()
}

fn list<'t>(table: &'t DeTable<'t>, key: &str) -> &'t [Spanned<DeValue<'t>>] {
    let items = table.get(key).and_then(|value| value.get_ref().as_array());
    items.map(|items| &items[..]).unwrap_or_default()
}

fn flag(table: &DeTable<'_>, key: &str) -> Option<bool> {
    table.get(key)?.get_ref().as_bool()
}
