//! What a crate depended on, release by release, as its index file says it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use semver::Version;
use serde::Deserialize;

/// A step from one release to the next in which dependencies went and others came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it depends on no more.
    pub gone: Vec<String>,
    /// What it depends on now.
    pub come: Vec<String>,
}

/// The history of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The crate's name.
    pub name: String,
    /// The steps in which something went and something came.
    pub steps: Vec<Step>,
    /// What the newest release depends on.
    pub newest: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    vers: Cow<'a, str>,
    #[serde(borrow, default)]
    deps: Vec<Dependency<'a>>,
    #[serde(default)]
    yanked: bool,
}

#[derive(Deserialize)]
struct Dependency<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    package: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    kind: Option<Cow<'a, str>>,
}

impl Dependency<'_> {
    fn is_normal(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| kind == "normal")
    }

    /// The crate, whatever it is called where it is used.
    fn krate(&self) -> &str {
        self.package.as_ref().unwrap_or(&self.name)
    }
}

impl History {
    /// Reads an index file. Lines that cannot be read are left out, since a history with a gap is one still.
    pub fn read(index_file: &[u8]) -> Self {
        let lines = index_file.split(|&byte| byte == b'\n');
        let mut name = String::new();
        let mut releases: Vec<(Version, BTreeSet<String>)> = Vec::new();
        for line in lines.filter_map(|line| serde_json::from_slice::<Line<'_>>(line).ok()) {
            let Ok(version) = Version::parse(&line.vers) else {
                continue;
            };
            if line.yanked || !version.pre.is_empty() {
                continue;
            }
            let normal = line.deps.iter().filter(|dependency| dependency.is_normal());
            let dependencies = normal.map(|dependency| dependency.krate().to_owned()).collect();
            name = line.name.into_owned();
            releases.push((version, dependencies));
        }
        // The file is in the order of publication, in which an old line may be mended after a new one has begun.
        releases.sort_by(|one, other| one.0.cmp(&other.0));
        let step = |pair: &[(Version, BTreeSet<String>)]| {
            let (before, after) = (&pair[0].1, &pair[1].1);
            let step = Step {
                gone: before.difference(after).cloned().collect(),
                come: after.difference(before).cloned().collect(),
            };
            (!step.gone.is_empty() && !step.come.is_empty()).then_some(step)
        };
        Self {
            name,
            steps: releases.windows(2).filter_map(step).collect(),
            newest: releases.pop().map(|newest| newest.1).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(version: &str, dependencies: &[&str], rest: &str) -> String {
        let dependencies: Vec<String> = dependencies
            .iter()
            .map(|dependency| match dependency.split_once('=') {
                Some((key, package)) => format!(r#"{{"name":"{key}","package":"{package}","kind":"normal"}}"#),
                None => format!(r#"{{"name":"{dependency}"}}"#),
            })
            .collect();
        format!(
            "{{\"name\":\"c\",\"vers\":\"{version}\",\"deps\":[{}]{rest}}}\n",
            dependencies.join(",")
        )
    }

    #[test]
    fn what_goes_and_comes_in_one_release_is_a_step() {
        let file = [
            line("1.0.0", &["winapi", "libc"], ""),
            line("2.0.0", &["windows=windows-sys", "libc"], ""),
            // A later mend of the old line is no step back.
            line("1.0.1", &["winapi", "libc"], ""),
            line("1.5.0", &["nothing"], ",\"yanked\":true"),
            line("1.9.0-rc.1", &["nothing"], ""),
            "garbled\n".to_owned(),
        ];
        let history = History::read(file.concat().as_bytes());
        assert_eq!(history.name, "c");
        let step = Step {
            gone: vec!["winapi".to_owned()],
            come: vec!["windows-sys".to_owned()],
        };
        assert_eq!(history.steps, [step]);
        assert_eq!(history.newest.len(), 2);
    }

    #[test]
    fn what_only_tests_use_is_no_part_of_it() {
        let line = r#"{"name":"c","vers":"1.0.0","deps":[{"name":"a","kind":"dev"},{"name":"b","kind":"build"}]}"#;
        assert!(History::read(line.as_bytes()).newest.is_empty());
        assert_eq!(History::read(b""), History::default());
    }
}
