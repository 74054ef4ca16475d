//! The `[licenses]` and `[graph]` of a cargo-deny configuration, for projects that have no `airights.toml` yet.
//!
//! Everything else in that file is cargo-deny's own business, and so are its mistakes: what cannot be carried over is
//! left out with a warning, which can only make the policy stricter.

mod keys;

use std::collections::BTreeMap;

use airights::policy::{
    Allowance, AlsoPrivate, Binding, Clarification, CrateSpec, Exception, HashedFile, Levels, LicensePattern,
    PolicySource, Section, SourceSpec,
};
use airights::{Excerpt, Level, LicenseClass, Policy, Roles, Rule};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::keys::Keys;
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
    let graph = Graph::of(&source, root);
    // What is left out there is in nobody's graph.
    if graph.flag("exclude-dev") && policy.source != PolicySource::BuiltIn {
        policy.dev = Some(policy.base.with_licenses_unjudged());
    }
    let graph = graph.read();
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

struct Licenses<'t> {
    source: &'t Source<'t>,
    licenses: &'t DeTable<'t>,
}

impl Licenses<'_> {
    fn apply_to(&self, policy: &mut Policy) {
        keys::LICENSES.check(self.source, self.licenses);
        policy.base.licenses.allow = self.allowances(self.licenses, "allow");
        let allow = self.licenses.get_key_value("allow");
        policy.base.licenses.allow_at = allow.map(|(key, _)| self.source.excerpt(key.span()));
        policy.base.licenses.deny = self.allowances(self.licenses, "deny");
        // Cargo-deny looks at no code within packages, so its lists say nothing of what that may have.
        policy.base.licenses.allow_bundled = vec![
            LicensePattern::Class(LicenseClass::Permissive),
            LicensePattern::Class(LicenseClass::PublicDomain),
        ];
        policy.exceptions = self.exceptions().collect();
        policy.first_exception_only = true;
        policy.clarifications = self.clarifications();
        policy.lints = self.lints();
        // Cargo-deny judges what only tests need on request, and what only build scripts need unless told otherwise.
        if !flag(self.licenses, "include-dev").unwrap_or(false) {
            policy.dev = Some(policy.base.with_licenses_unjudged());
        }
        if !flag(self.licenses, "include-build").unwrap_or(true) {
            policy.build_scripts = Some(policy.base.with_licenses_unjudged());
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
        let ignores_private = private.and_then(|private| flag(private, "ignore")).unwrap_or(false);
        policy.private_member = if ignores_private { spared } else { policy.member.clone() };
        if let Some(private) = private {
            keys::PRIVATE.check(self.source, private);
            if ignores_private {
                policy.also_private = self.also_private(private);
            }
        }
    }

    fn also_private(&self, private: &DeTable<'_>) -> AlsoPrivate {
        let source = |item: &Spanned<DeValue<'_>>| {
            let source = item.get_ref().as_str().and_then(SourceSpec::parse);
            if source.is_none() {
                self.leave_out(item, &"it is no address");
            }
            source
        };
        AlsoPrivate {
            dependencies: true,
            registries: strings(private, "registries"),
            sources: list(private, "ignore-sources").iter().filter_map(source).collect(),
        }
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

    fn exceptions(&self) -> impl Iterator<Item = Exception> {
        let exceptions = list(self.licenses, "exceptions").iter();
        exceptions.filter_map(|entry| self.exception(entry))
    }

    fn exception(&self, entry: &Spanned<DeValue<'_>>) -> Option<Exception> {
        let (table, krate, at) = self.entry(entry, keys::EXCEPTION)?;
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
            at: Some(at),
        })
    }

    /// The table of an entry for one crate, the crate, and where it stands.
    fn entry<'e>(&self, entry: &'e Spanned<DeValue<'_>>, keys: &Keys) -> Option<(&'e DeTable<'e>, CrateSpec, Excerpt)> {
        let Some(table) = entry.get_ref().as_table() else {
            self.leave_out(entry, &"it is no table");
            return None;
        };
        keys.check(self.source, table);
        let name = ["crate", "name"]
            .iter()
            .find_map(|key| table.get(*key))
            .unwrap_or(entry);
        let version = table.get("version").and_then(|version| version.get_ref().as_str());
        let krate = name.get_ref().as_str().and_then(|name| crate_spec(name, version));
        let Some(krate) = krate else {
            self.leave_out(name, &"it names no crate and no version of one");
            return None;
        };
        Some((table, krate, self.source.excerpt(name.span())))
    }

    fn lints(&self) -> Levels {
        let mut lints = Levels::default();
        // Cargo-deny passes over a clarification that does not fit, and judges the crate by what it says now.
        lints.set(Rule::ClarificationStale, Level::Warn);
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

    fn clarifications(&self) -> Vec<Clarification> {
        let clarifications = list(self.licenses, "clarify").iter();
        clarifications.filter_map(|entry| self.clarification(entry)).collect()
    }

    fn clarification(&self, entry: &Spanned<DeValue<'_>>) -> Option<Clarification> {
        let (table, krate, at) = self.entry(entry, keys::CLARIFICATION)?;
        let expression = table.get("expression").unwrap_or(entry);
        let license = match expression.get_ref().as_str().map(spdx::Expression::parse) {
            Some(Ok(license)) => license,
            Some(Err(error)) => {
                self.leave_out(expression, &error.reason);
                return None;
            }
            None => {
                self.leave_out(expression, &"it states no `expression`");
                return None;
            }
        };
        let files = list(table, "license-files");
        if table.get("license-files").is_none() {
            self.leave_out(entry, &"it names no `license-files`");
            return None;
        }
        let hashed: Vec<HashedFile> = files.iter().filter_map(|file| self.hashed_file(file)).collect();
        (hashed.len() == files.len()).then(|| Clarification {
            krate,
            license,
            ai: BTreeMap::new(),
            files: Vec::new(),
            bound_to: hashed.is_empty().then_some(Binding::Name),
            hashed,
            reason: None,
            at: Some(at),
        })
    }

    fn hashed_file(&self, file: &Spanned<DeValue<'_>>) -> Option<HashedFile> {
        let key = |key: &str| file.get_ref().as_table()?.get(key).map(Spanned::get_ref);
        let path = key("path").and_then(DeValue::as_str);
        let hash = key("hash").and_then(DeValue::as_integer);
        let hash = hash.and_then(|hash| u32::from_str_radix(hash.as_str(), hash.radix()).ok());
        let (Some(path), Some(xxh32)) = (path, hash) else {
            self.leave_out(file, &"expected a `path` and a `hash` of 32 bits");
            return None;
        };
        Some(HashedFile {
            path: path.trim_start_matches("./").to_owned(),
            xxh32,
        })
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

/// What to resolve: `[graph]`, and the keys that stood at the top of the file before there was one.
struct Graph<'t> {
    source: &'t Source<'t>,
    tables: Vec<&'t DeTable<'t>>,
}

impl<'t> Graph<'t> {
    fn of(source: &'t Source<'t>, root: &'t DeTable<'t>) -> Self {
        let graph = table(root, "graph");
        if let Some(graph) = graph {
            keys::GRAPH.check(source, graph);
        }
        let tables = std::iter::once(root).chain(graph).collect();
        Self { source, tables }
    }

    fn flag(&self, key: &str) -> bool {
        self.tables.iter().any(|table| flag(table, key) == Some(true))
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &'t Spanned<DeValue<'t>>> {
        let mut lists = self.tables.iter().map(|table| list(table, key));
        lists.find(|list| !list.is_empty()).unwrap_or_default().iter()
    }

    fn read(&self) -> GraphTable {
        let text = |item: &Spanned<DeValue<'_>>| item.get_ref().as_str().map(str::to_owned);
        let target = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
            DeValue::Table(target) => text(target.get("triple")?),
            _ => text(item),
        };
        GraphTable {
            all_features: self.flag("all-features"),
            no_default_features: self.flag("no-default-features"),
            features: self.list("features").filter_map(text).collect(),
            targets: self.list("targets").filter_map(target).collect(),
            exclude: self.list("exclude").filter_map(|item| self.excluded(item)).collect(),
            exclude_unpublished: self.flag("exclude-unpublished"),
        }
    }

    fn excluded(&self, item: &Spanned<DeValue<'_>>) -> Option<CrateSpec> {
        let spec = item.get_ref().as_str().and_then(|text| text.parse().ok());
        if spec.is_none() {
            let problem = PolicyProblem::warning("this entry is left out: it names no crate");
            self.source.report(item.span(), problem);
        }
        spec
    }
}

fn strings(table: &DeTable<'_>, key: &str) -> Vec<String> {
    let items = list(table, key).iter();
    items
        .filter_map(|item| item.get_ref().as_str().map(str::to_owned))
        .collect()
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
