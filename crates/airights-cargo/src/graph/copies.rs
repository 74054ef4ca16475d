//! Whose a member of the workspace is: a path dependency below the workspace's root is a member, whoever wrote it.

use std::collections::{HashMap, HashSet};

use guppy::PackageId;
use guppy::graph::{PackageGraph, PackageMetadata};

/// What cargo leaves in the directory of a package that somebody published, and nobody writes by hand.
pub(super) const MARKS_OF_PUBLISHED: [&str; 3] = [".cargo_vcs_info.json", ".cargo-checksum.json", ".cargo-ok"];

/// Names of folders for what others wrote, in lower case and without what parts their words.
const OF_OTHERS: [&str; 6] = ["3rdparty", "extern", "external", "thirdparty", "vendor", "vendored"];

/// The members that others wrote: packages that were copied into the workspace.
#[derive(Default)]
pub(super) struct Copies<'g>(HashSet<&'g PackageId>);

impl<'g> Copies<'g> {
    /// Looks at each member. What is at the root is what the workspace is for, wherever it was unpacked from.
    pub(super) fn among(packages: &'g PackageGraph) -> Self {
        let root = packages.workspace().root();
        let members = || packages.workspace().iter();
        let ours = owners(members());
        let is_copy = |member: &PackageMetadata<'g>| {
            let directory = member.manifest_path().parent().unwrap_or("".into());
            let below = directory.strip_prefix(root).unwrap_or(directory);
            let is_of_others = |folder: &str| {
                let folder = folder.to_ascii_lowercase().replace(['-', '_'], "");
                OF_OTHERS.contains(&folder.as_str())
            };
            directory != root
                && (MARKS_OF_PUBLISHED.iter().any(|mark| directory.join(mark).exists())
                    || below.iter().any(is_of_others)
                    || owner(member).is_some_and(|owner| !ours.is_empty() && !ours.contains(&owner)))
        };
        Self(members().filter(is_copy).map(|member| member.id()).collect())
    }

    /// Whether others wrote a package of the workspace.
    pub(super) fn contains(&self, package: &PackageMetadata<'_>) -> bool {
        self.0.contains(package.id())
    }
}

/// Whose the workspace is: the owner that most members name, and the one its root package names.
fn owners<'g>(members: impl Iterator<Item = PackageMetadata<'g>>) -> HashSet<String> {
    let mut root = None;
    let mut named: HashMap<String, usize> = HashMap::new();
    for member in members {
        let is_root = member
            .source()
            .workspace_path()
            .is_some_and(|path| path.as_str().is_empty());
        if let Some(owner) = owner(&member) {
            root = if is_root { Some(owner.clone()) } else { root };
            *named.entry(owner).or_default() += 1;
        }
    }
    let most = named.values().copied().max().unwrap_or_default();
    let most_named = named.into_iter().filter(|(_, times)| *times == most);
    most_named.map(|(owner, _)| owner).chain(root).collect()
}

/// The host and the first folder of the address of a package's repository: whose it is.
fn owner(member: &PackageMetadata<'_>) -> Option<String> {
    let address = member.repository()?.to_ascii_lowercase();
    let (_, address) = address.split_once("://")?;
    let mut parts = address.split('/');
    let host = parts.next()?.rsplit('@').next()?.trim_start_matches("www.");
    Some(format!("{host}/{}", parts.next().filter(|owner| !owner.is_empty())?))
}

#[cfg(test)]
mod tests {
    use crate::graph::fixture::{Fixture, roles};

    #[test]
    fn a_published_package_that_was_copied_into_the_workspace_is_a_dependency() {
        let files = "=== Cargo.toml
[package]
name = 'app'
[workspace]
[dependencies]
copied = { path = 'third-party/copied' }
own = { path = 'own' }
=== own/Cargo.toml
[package]
name = 'own'
=== third-party/copied/Cargo.toml
[package]
name = 'copied'
=== third-party/copied/.cargo_vcs_info.json
{}
=== .cargo_vcs_info.json
{}
";
        let resolved = Fixture::new(files).resolve().unwrap();
        let expected = ["app 0.0.0: member", "copied 0.0.0: shipped", "own 0.0.0: member"];
        assert_eq!(roles(&resolved), expected);
    }

    /// A workspace whose members are introduced with what their manifests say beside the name.
    fn check(members: &[(&str, &str)], expected: &[&str]) {
        let places: Vec<_> = members.iter().map(|(place, _)| format!("'{place}'")).collect();
        let mut files = format!("=== Cargo.toml\n[workspace]\nmembers = [{}]\n", places.join(", "));
        for (place, says) in members {
            let name = place.rsplit('/').next().unwrap();
            files += &format!("=== {place}/Cargo.toml\n[package]\nname = '{name}'\n{says}\n");
        }
        assert_eq!(roles(&Fixture::new(&files).resolve().unwrap()), expected);
    }

    #[test]
    fn a_folder_for_what_others_wrote_says_so() {
        check(
            &[
                ("app", ""),
                ("Third_Party/one", ""),
                ("crates/vendor/two", ""),
                ("vendors/three", ""),
            ],
            &[
                "app 0.0.0: member",
                "one 0.0.0: shipped",
                "three 0.0.0: member",
                "two 0.0.0: shipped",
            ],
        );
    }

    #[test]
    fn a_package_of_somebody_elses_repository_is_not_ours() {
        let ours = "repository = 'https://forge.example/ours/app'";
        check(
            &[
                ("app", ours),
                ("fork", "repository = 'https://forge.example/theirs/fork'"),
                (
                    "more",
                    "repository = 'https://www.Forge.example/Ours/more/tree/main/more'",
                ),
                ("plain", ""),
            ],
            &[
                "app 0.0.0: member",
                "fork 0.0.0: shipped",
                "more 0.0.0: member",
                "plain 0.0.0: member",
            ],
        );
        // One against one is nobody's word.
        check(
            &[
                ("app", ours),
                ("fork", "repository = 'https://forge.example/theirs/fork'"),
            ],
            &["app 0.0.0: member", "fork 0.0.0: member"],
        );
    }
}
