//! The `[licenses]` and `[graph]` of a cargo-deny configuration, for projects that have no `airights.toml` yet.
//!
//! Everything else in that file is cargo-deny's own business, and so are its mistakes: what cannot be carried over is
//! left out with a warning, which can only make the policy stricter.

use airights::policy::{Allowance, CrateSpec, Exception, Levels, LicensePattern, PolicySource, Section};
use airights::{Policy, Roles, Rule};
use airights_manifest::spelling::nearest;
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
    let graph_table = table(root, "graph");
    if let Some(graph) = graph_table {
        warn_of_keys(&source, graph, GRAPH);
        // What is left out there is in nobody's graph.
        if flag(graph, "exclude-dev") == Some(true) && policy.source != PolicySource::BuiltIn {
            policy.dev = Some(policy.base.with_licenses_unjudged());
        }
    }
    let graph = graph_table.map(graph).unwrap_or_default();
    unless_errors(LoadedPolicy {
        policy,
        graph,
        problems: in_file_order(source.into_problems(), &[name.to_owned()]),
    })
}

/// The same, with the name and the text of the file of exceptions beside it.
pub(super) fn parse_with_exceptions(
    name: &str,
    text: &str,
    exceptions: Option<(&str, &str)>,
) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    let mut loaded = parse_deny_toml(name, text)?;
    let Some((name, text)) = exceptions else {
        return Ok(loaded);
    };
    let source = Source::new(name, text);
    let parsable = source.parsable().unwrap_or_default();
    let (document, _) = DeTable::parse_recoverable(&parsable);
    let entries = Licenses {
        source: &source,
        licenses: document.get_ref(),
    };
    loaded.policy.exceptions.extend(entries.exceptions());
    loaded.problems.extend(source.into_problems());
    unless_errors(loaded)
}

/// The keys of one of cargo-deny's tables.
struct Keys {
    title: &'static str,
    /// Those that are carried over, or change nothing of what passes.
    known: &'static [&'static str],
    /// Those to speak of, with what is made of them.
    spoken_of: &'static [(&'static str, &'static str)],
}

const LICENSES: &Keys = &Keys {
    title: "licenses",
    known: &[
        "allow",
        "exceptions",
        "clarify",
        "include-dev",
        "include-build",
        "unused-allowed-license",
        "unused-license-exception",
        "confidence-threshold",
        "private",
        "version",
    ],
    spoken_of: &[
        ("unlicensed", "a package without a license is denied"),
        ("copyleft", "what is not listed in `allow` is denied"),
        ("allow-osi-fsf-free", "what is not listed in `allow` is denied"),
        ("default", "what is not listed in `allow` is denied"),
        (
            "deny",
            "cargo-deny reads it no more; here it is applied, and wins over `allow`",
        ),
    ],
};

const PRIVATE: &Keys = &Keys {
    title: "licenses.private",
    known: &["ignore"],
    spoken_of: &[
        (
            "registries",
            "members that are published to these registries are judged like all others",
        ),
        (
            "ignore-sources",
            "the crates of these registries are judged like all others",
        ),
    ],
};

const GRAPH: &Keys = &Keys {
    title: "graph",
    known: &[
        "targets",
        "features",
        "all-features",
        "no-default-features",
        "exclude-dev",
    ],
    spoken_of: &[
        ("exclude", "the crates that it names are judged like all others"),
        (
            "exclude-unpublished",
            "members that are not published are judged like all others",
        ),
    ],
};

/// Warns of each key that does not do what its author means, and of those that nobody knows.
fn warn_of_keys(source: &Source<'_>, table: &DeTable<'_>, keys: &Keys) {
    for key in table.keys() {
        let name: &str = key.get_ref();
        if keys.known.contains(&name) {
            continue;
        }
        let spoken_of = keys.spoken_of.iter().find(|(key, _)| *key == name);
        let problem = if let Some((_, meaning)) = spoken_of {
            PolicyProblem::warning(format!("`{name}` in `[{}]`: {meaning}", keys.title))
        } else {
            let near = nearest(name, keys.known.iter().copied());
            PolicyProblem::warning(format!("unknown key `{name}` in `[{}]`", keys.title))
                .help(near.map(|near| format!("did you mean `{near}`?")))
        };
        source.report(key.span(), problem);
    }
}

struct Licenses<'t> {
    source: &'t Source<'t>,
    licenses: &'t DeTable<'t>,
}

impl Licenses<'_> {
    fn apply_to(&self, policy: &mut Policy) {
        warn_of_keys(self.source, self.licenses, LICENSES);
        policy.base.licenses.allow = self.allowances(self.licenses, "allow");
        policy.base.licenses.deny = self.allowances(self.licenses, "deny");
        policy.exceptions = self.exceptions();
        policy.lints = self.lints();
        self.warn_of_clarifications();
        // Cargo-deny judges what only tests need on request, and what only builds need unless told otherwise.
        if !flag(self.licenses, "include-dev").unwrap_or(false) {
            policy.dev = Some(policy.base.with_licenses_unjudged());
        }
        if !flag(self.licenses, "include-build").unwrap_or(true) {
            policy.build = Some(policy.base.with_licenses_unjudged());
        }
        self.judge_members(policy);
    }

    /// Cargo-deny judges members like all others, those that are not published only unless told otherwise.
    fn judge_members(&self, policy: &mut Policy) {
        let spared = policy.base.for_members();
        policy.unbuilt = policy.base.for_unbuilt();
        policy.member = Section {
            ai: spared.ai.clone(),
            ..policy.base.clone()
        };
        let private = table(self.licenses, "private");
        if let Some(private) = private {
            warn_of_keys(self.source, private, PRIVATE);
        }
        let ignores_private = private.and_then(|private| flag(private, "ignore")).unwrap_or(false);
        policy.private_member = if ignores_private { spared } else { policy.member.clone() };
    }

    fn allowances(&self, table: &DeTable<'_>, key: &str) -> Vec<Allowance> {
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
        list(table, key).iter().filter_map(pattern).collect()
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
            let problem = PolicyProblem::warning("this exception is left out: it names no crate and no version of one");
            self.source.report(name.span(), problem);
            return None;
        };
        let licenses: Vec<LicensePattern> = self
            .allowances(table, "allow")
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

    fn lints(&self) -> Levels {
        let mut lints = Levels::default();
        for (key, rule) in [
            ("unused-allowed-license", Rule::AllowanceUnused),
            ("unused-license-exception", Rule::ExceptionUnused),
        ] {
            let written = self.licenses.get(key).and_then(|value| value.get_ref().as_str());
            if let Some(level) = written.and_then(|level| level.parse().ok()) {
                lints.set(rule, level);
            }
        }
        lints
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

/// Cargo-deny has `NAME`, `NAME@VERSION`, `NAME:REQUIREMENT` and a key of its own for the requirement.
fn crate_spec(name: &str, version: Option<&str>) -> Option<CrateSpec> {
    let (name, requirement) = match name.split_once(':') {
        Some((name, requirement)) => (name, Some(requirement)),
        None => (name, version),
    };
    match requirement.map(str::trim) {
        None | Some("*" | "") => name.parse().ok(),
        Some(requirement) => CrateSpec::requiring(name, requirement).ok(),
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
