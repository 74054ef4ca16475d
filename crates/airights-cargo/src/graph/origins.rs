//! Where the user's own files bring a package in: the line of a member's manifest, or of `Cargo.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use airights::{Excerpt, Package, PackageIx};
use airights_manifest::Manifest;
use airights_manifest::lockfile::{Entry, entries};
use airights_manifest::manifest::DependencyTable;
use airights_safe::text::without_user;
use airights_store::{most, read_to_string};

use super::Resolved;

/// The lines that bring packages in, by the first two packages of the path to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origins(BTreeMap<(PackageIx, PackageIx), Excerpt>);

impl Origins {
    /// The line that begins a path from a workspace member to a package: that of the direct dependency, or for a path
    /// of the member alone, that of its name. `None` where the path was not asked for, or no line is to be found.
    pub fn of(&self, path: &[PackageIx]) -> Option<&Excerpt> {
        self.0.get(&beginning(path)?)
    }
}

/// Finds the lines that begin these paths. Reads each manifest once, and only those needed.
pub fn origins<'a>(resolved: &Resolved, paths: impl Iterator<Item = &'a [PackageIx]>) -> Origins {
    let mut wanted: BTreeMap<PackageIx, BTreeSet<PackageIx>> = BTreeMap::new();
    for (from, to) in paths.filter_map(beginning) {
        wanted.entry(from).or_default().insert(to);
    }
    let mut found = BTreeMap::new();
    let mut missing = Vec::new();
    for (from, dependencies) in wanted {
        let text = shown_text(&resolved.manifests[from].manifest_path);
        let manifest = Manifest::parse(&text).ok();
        let package = resolved.graph.package(from);
        for to in dependencies {
            let marked = manifest.as_ref().and_then(|manifest| {
                if from == to {
                    return manifest.package_key("name");
                }
                let edges = resolved.graph.dependencies_of(from).iter();
                edges
                    .filter(|edge| edge.to == to)
                    .find_map(|edge| dependency_span(manifest, &edge.key))
            });
            match marked {
                Some(marked) if package.is_member => {
                    found.insert((from, to), Excerpt::of(&package.manifest, &text, marked));
                }
                _ => missing.push((from, to)),
            }
        }
    }
    if !missing.is_empty() {
        let lockfile = shown_text(&resolved.lockfile);
        let shown = shown_lockfile(resolved);
        for (from, to) in missing {
            let marked = locked_span(&lockfile, resolved.graph.package(to));
            found.extend(marked.map(|marked| ((from, to), Excerpt::of(&shown, &lockfile, marked))));
        }
    }
    Origins(found)
}

/// A file whose lines are quoted.
fn shown_text(path: &Path) -> String {
    without_user(&read_to_string(path, most::LOCKFILE).unwrap_or_default()).into_owned()
}

fn beginning(path: &[PackageIx]) -> Option<(PackageIx, PackageIx)> {
    let from = *path.first()?;
    Some((from, path.get(1).copied().unwrap_or(from)))
}

/// The key of a dependency, in whichever table holds it: what ships before what only builds or tests.
fn dependency_span(manifest: &Manifest<'_>, key: &str) -> Option<Range<usize>> {
    let found = manifest.dependencies().into_iter();
    let found = found.filter(|found| found.key == key && found.table != DependencyTable::Workspace);
    let first = found.min_by_key(|found| (found.table, found.target.is_some()));
    first.map(|found| found.key_at)
}

/// The name of a package in `Cargo.lock`, which cargo writes with the version on the line after it.
fn locked_span(lockfile: &str, package: &Package) -> Option<Range<usize>> {
    let version = package.version.to_string();
    let is_it = |entry: &Entry<'_>| entry.name == package.name && entry.version == version;
    entries(lockfile).find(is_it).map(|entry| entry.name_at)
}

/// `Cargo.lock` as reports show it.
fn shown_lockfile(resolved: &Resolved) -> String {
    let shown = resolved.lockfile.strip_prefix(&resolved.workspace_root);
    let shown = shown.unwrap_or(Path::new(&resolved.lockfile));
    shown.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use airights::PackageIx;

    use super::super::fixture::Fixture;
    use super::origins;

    const WORKSPACE: &str = "\
=== Cargo.toml
[workspace]
resolver = '3'
members = ['app']
[workspace.dependencies]
shared = { path = '../shared' }
=== app/Cargo.toml
[package]
description = 'dependencies'
name = 'app'

[dependencies]
\"plain\" = { path = '../../plain' }
shared.workspace = true
new-name = { package = 'renamed', path = '../../renamed' }

[dependencies.headed]
path = '../../headed'

[dev-dependencies]
tested = { path = '../../tested' }

[target.'cfg(unix)'.build-dependencies]
built = { path = '../../built' }
=== ../plain/Cargo.toml
[package]
name = 'plain'
[dependencies]
deep = { path = '../deep' }
=== ../shared/Cargo.toml
[package]
name = 'shared'
=== ../renamed/Cargo.toml
[package]
name = 'renamed'
=== ../headed/Cargo.toml
[package]
name = 'headed'
=== ../tested/Cargo.toml
[package]
name = 'tested'
=== ../built/Cargo.toml
[package]
name = 'built'
=== ../deep/Cargo.toml
[package]
name = 'deep'
";

    /// The line that is shown for each package, with what is marked in brackets.
    fn lines(resolved: &super::Resolved) -> Vec<String> {
        let paths = resolved.graph.shortest_paths();
        let paths: Vec<_> = resolved.graph.iter().map(|(place, _)| paths.to(place)).collect();
        let origins = origins(resolved, paths.iter().map(Vec::as_slice));
        let shown = paths.iter().map(|path| {
            let name = &resolved.graph.package(path[path.len() - 1]).name;
            let Some(excerpt) = origins.of(path) else {
                return format!("{name}: nowhere");
            };
            let (before, rest) = excerpt.text.split_at(excerpt.marked_start);
            let (marked, after) = rest.split_at(excerpt.marked_end - excerpt.marked_start);
            format!("{name}: {}:{} {before}>{marked}<{after}", excerpt.path, excerpt.lines.0)
        });
        shown.collect()
    }

    #[test]
    fn the_line_of_the_members_manifest_is_found() {
        let fixture = Fixture::new(WORKSPACE);
        fixture.write("app/build.rs", "fn main() {}");
        let resolved = fixture.resolve().unwrap();
        let expected = [
            "app: app/Cargo.toml:3 >name< = 'app'",
            "built: app/Cargo.toml:17 >built< = { path = '../../built' }",
            "deep: app/Cargo.toml:6 >\"plain\"< = { path = '../../plain' }",
            "headed: app/Cargo.toml:10 [dependencies.>headed<]",
            "plain: app/Cargo.toml:6 >\"plain\"< = { path = '../../plain' }",
            "renamed: app/Cargo.toml:8 >new-name< = { package = 'renamed', path = '../../renamed' }",
            "shared: app/Cargo.toml:7 >shared<.workspace = true",
            "tested: app/Cargo.toml:14 >tested< = { path = '../../tested' }",
        ];
        assert_eq!(lines(&resolved), expected);
    }

    #[test]
    fn the_lockfile_stands_in_for_a_manifest_that_does_not_tell() {
        let fixture = Fixture::new(WORKSPACE);
        let resolved = fixture.resolve().unwrap();
        fixture.write("app/Cargo.toml", "[[[");
        let shown = lines(&resolved);
        assert_eq!(shown[0], "app: Cargo.lock:6 >name = \"app\"<");
        assert!(shown.iter().all(|line| line.contains(": Cargo.lock:")), "{shown:#?}");
        fixture.write("Cargo.lock", "");
        assert_eq!(lines(&resolved)[0], "app: nowhere");
    }

    #[test]
    fn what_was_not_asked_for_has_no_line() {
        let fixture = Fixture::new(WORKSPACE);
        let resolved = fixture.resolve().unwrap();
        let origins = origins(&resolved, std::iter::empty());
        assert_eq!(origins.of(&[PackageIx(0)]), None);
        assert_eq!(origins.of(&[]), None);
    }
}
