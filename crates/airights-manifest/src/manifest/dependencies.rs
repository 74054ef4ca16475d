//! The dependencies that a manifest names, in whatever table, and the paths that lead to other manifests.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Manifest, strings};

/// A dependency as it stands in one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency<'m> {
    /// The table.
    pub table: DependencyTable,
    /// The platforms it is for, where the table is for some only.
    pub target: Option<&'m str>,
    /// The key it stands under.
    pub key: &'m str,
    /// Where that stands.
    pub key_at: Range<usize>,
    /// The package, where it has another name than the key.
    pub package: Option<&'m str>,
    /// Which versions are asked for.
    pub requirement: Option<&'m str>,
    /// The directory it is in.
    pub path: Option<&'m str>,
    /// Whether the default features are asked for.
    pub default_features: bool,
    /// Which other features are.
    pub features: Vec<&'m str>,
    /// Whether a feature has to turn it on.
    pub optional: bool,
    /// Whether the rest of it stands in the manifest of the workspace.
    pub is_inherited: bool,
}

/// The tables of dependencies: what ships before what only builds or tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DependencyTable {
    /// `[dependencies]`
    Normal,
    /// `[build-dependencies]`
    Build,
    /// `[dev-dependencies]`
    Dev,
    /// `[workspace.dependencies]`, which others inherit from.
    Workspace,
}

/// The tables of a package or a target, also as older editions spell them.
const TABLES: [(&str, DependencyTable); 5] = [
    ("dependencies", DependencyTable::Normal),
    ("dev-dependencies", DependencyTable::Dev),
    ("dev_dependencies", DependencyTable::Dev),
    ("build-dependencies", DependencyTable::Build),
    ("build_dependencies", DependencyTable::Build),
];

impl Manifest<'_> {
    /// Every dependency: the package's own, those for some platforms, and those that a workspace shares.
    pub fn dependencies(&self) -> Vec<Dependency<'_>> {
        let mut found = Vec::new();
        in_tables(self.root.get_ref(), None, &mut found);
        for (target, tables) in entries(self.value(&["target"])) {
            if let Some(tables) = tables.as_table() {
                in_tables(tables, Some(target.get_ref()), &mut found);
            }
        }
        let shared = entries(self.value(&["workspace", "dependencies"]));
        found.extend(shared.map(|(key, value)| Dependency::read(DependencyTable::Workspace, None, key, value)));
        found
    }

    /// The directories that patches and replacements name.
    pub fn patched_paths(&self) -> impl Iterator<Item = &str> {
        let patches = entries(self.value(&["patch"])).flat_map(|(_, registry)| entries(Some(registry)));
        let replacements = entries(self.value(&["replace"]));
        patches
            .chain(replacements)
            .filter_map(|(_, patch)| patch.as_table()?.get("path")?.get_ref().as_str())
    }

    /// The directories of other manifests that it leads to: those of dependencies, of patches, and of its workspace.
    pub fn paths(&self) -> Vec<&str> {
        let dependencies = self.dependencies();
        let mut paths: Vec<&str> = dependencies.iter().filter_map(|dependency| dependency.path).collect();
        paths.extend(self.patched_paths());
        paths.extend(self.package_string("workspace"));
        paths
    }
}

fn in_tables<'m>(tables: &'m DeTable<'_>, target: Option<&'m str>, found: &mut Vec<Dependency<'m>>) {
    for (name, table) in TABLES {
        let dependencies = entries(tables.get(name).map(Spanned::get_ref));
        found.extend(dependencies.map(|(key, value)| Dependency::read(table, target, key, value)));
    }
}

/// The keys of a table with their values.
fn entries<'m, 't: 'm>(table: Option<&'m DeValue<'t>>) -> impl Iterator<Item = (&'m Key<'t>, &'m DeValue<'t>)> {
    let entries = table
        .and_then(DeValue::as_table)
        .into_iter()
        .flat_map(|table| table.iter());
    entries.map(|(key, value)| (key, value.get_ref()))
}

type Key<'t> = Spanned<Cow<'t, str>>;

impl<'m> Dependency<'m> {
    fn read(table: DependencyTable, target: Option<&'m str>, key: &'m Key<'_>, value: &'m DeValue<'_>) -> Self {
        let of = |name: &str| Some(value.as_table()?.get(name)?.get_ref());
        let string = |name: &str| of(name).and_then(DeValue::as_str);
        let flag = |name: &str| of(name).and_then(DeValue::as_bool);
        Self {
            table,
            target,
            key: key.get_ref(),
            key_at: key.span(),
            package: string("package"),
            requirement: value.as_str().or_else(|| string("version")),
            path: string("path"),
            default_features: flag("default-features").or(flag("default_features")).unwrap_or(true),
            features: strings(of("features")).collect(),
            optional: flag("optional").unwrap_or_default(),
            is_inherited: flag("workspace").unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = 'a'\nworkspace = '..'\n[lib]\npath = 'x.rs'\n\
        [dependencies]\nb = { path = '../b' }\nplain = '1'\n\
        [target.'cfg(unix)'.dev-dependencies]\nc = { path = 'c', package = 'see', features = ['f'], optional = true }\n\
        [build_dependencies]\nshared = { workspace = true, default-features = false }\n\
        [patch.crates-io]\nd = { path = 'd' }\n[replace]\n'r:1.0.0' = { path = 'r' }\n\
        [workspace.dependencies]\ne = { path = 'e', version = '2' }\n[[bin]]\nname = 'y'\npath = 'y.rs'\n";

    #[test]
    fn dependencies_are_read_wherever_they_stand() {
        let manifest = Manifest::parse(MANIFEST).expect("TOML");
        let told: Vec<_> = manifest
            .dependencies()
            .into_iter()
            .map(|found| {
                (
                    found.table,
                    found.target,
                    found.key,
                    found.requirement,
                    found.is_inherited,
                )
            })
            .collect();
        let expected = [
            (DependencyTable::Normal, None, "b", None, false),
            (DependencyTable::Normal, None, "plain", Some("1"), false),
            (DependencyTable::Build, None, "shared", None, true),
            (DependencyTable::Dev, Some("cfg(unix)"), "c", None, false),
            (DependencyTable::Workspace, None, "e", Some("2"), false),
        ];
        assert_eq!(told, expected);
        let dependencies = manifest.dependencies();
        let c = &dependencies[3];
        assert_eq!(
            (c.package, c.features.as_slice(), c.optional, c.default_features),
            (Some("see"), &["f"][..], true, true)
        );
        assert!(!dependencies[2].default_features);
        assert_eq!(&MANIFEST[c.key_at.clone()], "c");
    }

    #[test]
    fn paths_to_other_manifests_are_found() {
        let manifest = Manifest::parse(MANIFEST).expect("TOML");
        assert_eq!(manifest.paths(), ["../b", "c", "e", "d", "r", ".."]);
        assert_eq!(manifest.patched_paths().collect::<Vec<_>>(), ["d", "r"]);
    }
}
