//! One policy file as it is written: every entry read and checked, nothing yet put together.

use std::collections::BTreeMap;

use airights::policy::{Clarification, CrateSpec, Exception, Levels};
use airights::{Excerpt, Role};
use toml::de::{DeTable, DeValue};

use super::GraphTable;
use super::entries::{clarifications, crate_spec_of, exceptions, roles};
use super::problem::PolicyProblem;
use super::section::{SectionFile, level_keys, levels};
use super::source::{Placed, Source};
use super::table::Table;

pub(super) const ROOT_KEYS: &[&str] = &[
    "version",
    "extends",
    "graph",
    "licenses",
    "ai",
    "roles",
    "exceptions",
    "clarify",
    "lints",
];
pub(super) const GRAPH_KEYS: &[&str] = &[
    "all-features",
    "no-default-features",
    "features",
    "targets",
    "exclude",
    "exclude-unpublished",
];
pub(super) const ROLE_KEYS: &[&str] = &["licenses", "ai"];
pub(super) const MEMBER_KEYS: &[&str] = &["licenses", "ai", "include-private"];

/// What one file says.
#[derive(Debug, Default)]
pub(super) struct PolicyFile {
    pub(super) extends: Vec<(String, Excerpt)>,
    pub(super) graph: GraphFile,
    pub(super) base: SectionFile,
    pub(super) roles: BTreeMap<Role, SectionFile>,
    /// Whether members that are never published are judged like those that are.
    pub(super) include_private: Option<bool>,
    pub(super) exceptions: Vec<Exception>,
    pub(super) clarifications: Vec<Clarification>,
    pub(super) lints: Levels,
}

/// `[graph]`, as far as the file says something.
#[derive(Debug, Default)]
pub(super) struct GraphFile {
    pub(super) all_features: Option<bool>,
    pub(super) no_default_features: Option<bool>,
    pub(super) features: Option<Vec<String>>,
    pub(super) targets: Option<Vec<String>>,
    pub(super) exclude: Option<Vec<CrateSpec>>,
    pub(super) exclude_unpublished: Option<bool>,
}

impl PolicyFile {
    /// Reads a file; what is wrong with it is noted in the source.
    pub(super) fn read(source: &Source<'_>) -> Self {
        let Some(text) = source.parsable() else {
            return Self::default();
        };
        let (document, _) = DeTable::parse_recoverable(&text);
        let root = Table::root(source, &document);
        if !is_version_1(&root) {
            // Another version has other keys; complaints about them would only hide the one that matters.
            return Self::default();
        }
        let root = root.only(ROOT_KEYS);
        let roles_table = root.table("roles").map(|table| table.only(&roles()));
        let member = roles_table
            .as_ref()
            .and_then(|table| table.table(Role::Member.as_str()));
        Self {
            extends: extends(&root),
            graph: root.table("graph").map(GraphFile::read).unwrap_or_default(),
            base: SectionFile::read(&root),
            roles: roles_table.as_ref().map(role_sections).unwrap_or_default(),
            include_private: member.and_then(|table| table.boolean("include-private")),
            exceptions: exceptions(&root),
            clarifications: clarifications(&root),
            lints: root.table("lints").map(lints).unwrap_or_default(),
        }
    }
}

/// Whether the file is of the one version there is. A file that does not say so is read as if it did, and reported.
fn is_version_1(root: &Table<'_>) -> bool {
    let Some(value) = root.value("version") else {
        if root.source.has_blanks() {
            return true;
        }
        let problem = PolicyProblem::error("missing key `version`");
        let help = "begin the file with `version = 1`";
        root.source.report_whole(problem.help(help.to_owned()));
        return true;
    };
    match value.get_ref() {
        DeValue::Integer(number) if number.as_str() == "1" => true,
        DeValue::Integer(number) => {
            let problem = PolicyProblem::error(format!("policies of version {number} are not known here"));
            let help = "this cargo-airights reads version 1; a newer one may read yours";
            root.report_value("version", problem.label("expected 1").help(help.to_owned()));
            false
        }
        _ => {
            let problem = PolicyProblem::error("`version` must be the number 1");
            root.report_value("version", problem.help("write `version = 1`".to_owned()));
            true
        }
    }
}

fn lints(table: Table<'_>) -> Levels {
    let keys: Vec<&str> = level_keys("lints").collect();
    levels(&table.only(&keys), "lints")
}

fn extends(root: &Table<'_>) -> Vec<(String, Excerpt)> {
    let entries = root.strings("extends").unwrap_or_default();
    let placed = |entry: Placed<&str>| (entry.value.to_owned(), root.source.excerpt(entry.span));
    entries.into_iter().map(placed).collect()
}

fn role_sections(table: &Table<'_>) -> BTreeMap<Role, SectionFile> {
    let section = |role: Role| {
        let keys = if role == Role::Member { MEMBER_KEYS } else { ROLE_KEYS };
        let section = table.table(role.as_str())?.only(keys);
        Some((role, SectionFile::read(&section)))
    };
    Role::ALL.into_iter().filter_map(section).collect()
}

impl GraphFile {
    fn read(table: Table<'_>) -> Self {
        let table = table.only(GRAPH_KEYS);
        let strings = |key| {
            let strings = table.strings(key)?.into_iter();
            Some(strings.map(|string| string.value.to_owned()).collect())
        };
        Self {
            all_features: table.boolean("all-features"),
            no_default_features: table.boolean("no-default-features"),
            features: strings("features"),
            targets: strings("targets"),
            exclude: table.strings("exclude").map(|specs| {
                let specs = specs.into_iter();
                specs.filter_map(|string| crate_spec_of(&table, string)).collect()
            }),
            exclude_unpublished: table.boolean("exclude-unpublished"),
        }
    }

    /// Lays what the file says over what held before.
    pub(super) fn apply_to(&self, graph: &mut GraphTable) {
        graph.all_features = self.all_features.unwrap_or(graph.all_features);
        graph.no_default_features = self.no_default_features.unwrap_or(graph.no_default_features);
        if let Some(features) = &self.features {
            graph.features.clone_from(features);
        }
        if let Some(targets) = &self.targets {
            graph.targets.clone_from(targets);
        }
        if let Some(exclude) = &self.exclude {
            graph.exclude.clone_from(exclude);
        }
        graph.exclude_unpublished = self.exclude_unpublished.unwrap_or(graph.exclude_unpublished);
    }
}
