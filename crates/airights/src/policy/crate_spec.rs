//! Which packages an entry means: a package id spec as cargo has it, or a name with a version requirement as cargo-deny
//! has it.

use std::fmt;
use std::str::FromStr;

use semver::{BuildMetadata, Prerelease, Version, VersionReq};

use crate::package::Package;

/// A cargo package id spec: `NAME`, `NAME@VERSION`, `URL#NAME@VERSION`; the version may be partial, or a requirement as in a
/// manifest (`NAME:^0.1.2`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateSpec {
    source: Option<SourceSpec>,
    name: String,
    version: VersionSpec,
}

/// Where a package must come from: the address of a registry, of a repository, or of a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSpec {
    /// `registry`, `sparse`, `git` or `path`; `None`: any.
    kind: Option<String>,
    /// Without query and fragment.
    url: String,
    /// `branch=main`
    query: Option<String>,
}

/// Which versions are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
enum VersionSpec {
    Any,
    Partial(PartialVersion),
    Requirement(VersionReq),
}

/// A version of which the last parts may be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PartialVersion {
    numbers: Vec<u64>,
    pre: Option<Prerelease>,
    build: Option<BuildMetadata>,
}

/// The text is no package spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCrateSpec;

impl fmt::Display for InvalidCrateSpec {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a crate, as `NAME`, `NAME@VERSION`, or `URL#NAME@VERSION`")
    }
}

impl std::error::Error for InvalidCrateSpec {}

impl FromStr for CrateSpec {
    type Err = InvalidCrateSpec;

    fn from_str(text: &str) -> Result<Self, InvalidCrateSpec> {
        if !text.contains("://") {
            let (name, version) = name_and_version(text)?;
            let source = None;
            return Ok(Self { source, name, version });
        }
        let (url, fragment) = match text.split_once('#') {
            Some((url, fragment)) => (url, Some(fragment)),
            None => (text, None),
        };
        let source = SourceSpec::parse(url).ok_or(InvalidCrateSpec)?;
        let last_segment = || source.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let (name, version) = match fragment {
            None => (checked_name(last_segment())?, VersionSpec::Any),
            Some(version) if version.starts_with(|first: char| first.is_ascii_digit()) => {
                (checked_name(last_segment())?, VersionSpec::parse(version)?)
            }
            Some(fragment) => name_and_version(fragment)?,
        };
        let source = Some(source);
        Ok(Self { source, name, version })
    }
}

impl CrateSpec {
    /// A crate in every version that meets a requirement, written as in a manifest.
    ///
    /// # Errors
    ///
    /// [`InvalidCrateSpec`] where no crate has such a name, or this is no requirement.
    pub fn requiring(name: &str, requirement: &str) -> Result<Self, InvalidCrateSpec> {
        Ok(Self {
            source: None,
            name: checked_name(name)?,
            version: VersionSpec::Requirement(VersionReq::parse(requirement).map_err(|_| InvalidCrateSpec)?),
        })
    }

    /// The same crate in exactly this version.
    #[must_use]
    pub fn at(&self, version: &Version) -> Self {
        Self {
            version: VersionSpec::Partial(PartialVersion {
                numbers: vec![version.major, version.minor, version.patch],
                pre: Some(version.pre.clone()).filter(|pre| !pre.is_empty()),
                build: Some(version.build.clone()).filter(|build| !build.is_empty()),
            }),
            ..self.clone()
        }
    }

    /// The same crate in every version that meets a requirement.
    #[must_use]
    pub fn within(&self, requirement: VersionReq) -> Self {
        Self {
            version: VersionSpec::Requirement(requirement),
            ..self.clone()
        }
    }

    /// Exactly this package, wherever others of its name come from.
    pub fn of(package: &Package) -> Self {
        let spec = Self {
            source: SourceSpec::of(package),
            name: package.name.clone(),
            version: VersionSpec::Any,
        };
        spec.at(&package.version)
    }

    /// The crate's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a package is meant.
    pub fn matches(&self, package: &Package) -> bool {
        package.name == self.name
            && self.version.matches(&package.version)
            && self.source.as_ref().is_none_or(|source| source.matches(package))
    }
}

impl fmt::Display for CrateSpec {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(source) = &self.source {
            write!(formatter, "{source}#")?;
        }
        formatter.write_str(&self.name)?;
        match &self.version {
            VersionSpec::Any => Ok(()),
            VersionSpec::Partial(version) => write!(formatter, "@{version}"),
            VersionSpec::Requirement(requirement) => write!(formatter, ":{requirement}"),
        }
    }
}

fn name_and_version(text: &str) -> Result<(String, VersionSpec), InvalidCrateSpec> {
    match text.split_once(['@', ':']) {
        Some((name, version)) => Ok((checked_name(name)?, VersionSpec::parse(version)?)),
        None => Ok((checked_name(text)?, VersionSpec::Any)),
    }
}

fn checked_name(name: &str) -> Result<String, InvalidCrateSpec> {
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(InvalidCrateSpec);
    }
    Ok(name.to_owned())
}

impl SourceSpec {
    /// Reads an address, with or without the kind that cargo puts before it (`git+https://…`).
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, _) = text.split_once("://")?;
        let (kind, url) = match scheme.split_once('+') {
            Some((kind @ ("registry" | "sparse" | "git" | "path"), _)) => (Some(kind), &text[kind.len() + 1..]),
            Some(_) => return None,
            None => (None, text),
        };
        let (url, query) = match url.split_once('?') {
            Some((url, query)) => (url, Some(query)),
            None => (url, None),
        };
        Some(Self {
            kind: kind.map(str::to_owned),
            url: without_user(url),
            query: query.map(str::to_owned),
        })
    }

    /// Where a package comes from.
    fn of(package: &Package) -> Option<Self> {
        match (&package.source, &package.directory_url) {
            (Some(source), _) => Self::parse(source.split('#').next().unwrap_or_default()),
            (None, Some(url)) => Self::parse(&format!("path+{url}")),
            (None, None) => None,
        }
    }

    /// Whether a package comes from there. Of a repository every branch is meant where the kind is left out, and just the
    /// one that is named otherwise.
    pub(super) fn matches(&self, package: &Package) -> bool {
        Self::of(package).is_some_and(|from| {
            let same_kind = self.kind.is_none() || (self.kind == from.kind && self.query == from.query);
            let same_query = self.query.is_none() || self.query == from.query;
            same_kind && same_query && self.place() == from.place()
        })
    }

    /// The address without what the same repository may or may not have at its end.
    fn place(&self) -> &str {
        let url = self.url.trim_end_matches('/');
        url.strip_suffix(".git").unwrap_or(url)
    }
}

/// An address without who asks for it: everybody who gets it gets the same, and a password is nobody's business.
fn without_user(url: &str) -> String {
    let parts = url
        .split_once("://")
        .map(|(scheme, rest)| (scheme, rest.split_at(rest.find('/').unwrap_or(rest.len()))));
    match parts {
        Some((scheme, (host, path))) => {
            format!("{scheme}://{}{path}", host.rsplit('@').next().unwrap_or_default())
        }
        None => url.to_owned(),
    }
}

impl fmt::Display for SourceSpec {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kind) = &self.kind {
            write!(formatter, "{kind}+")?;
        }
        formatter.write_str(&self.url)?;
        match &self.query {
            Some(query) => write!(formatter, "?{query}"),
            None => Ok(()),
        }
    }
}

impl VersionSpec {
    fn parse(text: &str) -> Result<Self, InvalidCrateSpec> {
        if let Some(version) = PartialVersion::parse(text) {
            return Ok(Self::Partial(version));
        }
        // What has no operator is meant to be a version.
        let has_operator = text.starts_with(['^', '~', '=', '<', '>']);
        let requirement = has_operator.then(|| VersionReq::parse(text).ok()).flatten();
        requirement.map(Self::Requirement).ok_or(InvalidCrateSpec)
    }

    fn matches(&self, version: &Version) -> bool {
        match self {
            Self::Any => true,
            Self::Partial(partial) => partial.matches(version),
            Self::Requirement(requirement) => requirement.matches(version),
        }
    }
}

impl PartialVersion {
    fn parse(text: &str) -> Option<Self> {
        let (text, build) = match text.split_once('+') {
            Some((text, build)) => (text, Some(BuildMetadata::new(build).ok()?)),
            None => (text, None),
        };
        let (text, pre) = match text.split_once('-') {
            Some((text, pre)) => (text, Some(Prerelease::new(pre).ok()?)),
            None => (text, None),
        };
        let number = |number: &str| {
            let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| number.parse().ok()).flatten()
        };
        let numbers: Vec<u64> = text.split('.').map(number).collect::<Option<_>>()?;
        let may_go_on = numbers.len() == 3 || (pre.is_none() && build.is_none());
        (numbers.len() <= 3 && may_go_on).then_some(Self { numbers, pre, build })
    }

    /// As in cargo: what is left out may be anything, but for a pre-release, which has to be named.
    fn matches(&self, version: &Version) -> bool {
        let numbers = [version.major, version.minor, version.patch];
        let same_pre = match &self.pre {
            Some(pre) => *pre == version.pre,
            None => version.pre.is_empty(),
        };
        numbers.starts_with(&self.numbers)
            && same_pre
            && self.build.as_ref().is_none_or(|build| *build == version.build)
    }
}

impl fmt::Display for PartialVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.numbers.iter().map(u64::to_string).collect();
        formatter.write_str(&numbers.join("."))?;
        if let Some(pre) = &self.pre {
            write!(formatter, "-{pre}")?;
        }
        match &self.build {
            Some(build) => write!(formatter, "+{build}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, version: &str, source: Option<&str>) -> Package {
        let is_path = source.is_some_and(|source| source.starts_with("file:"));
        Package {
            source: source.filter(|_| !is_path).map(str::to_owned),
            directory_url: source.filter(|_| is_path).map(str::to_owned),
            ..Package::new(name, version.parse().expect("a version"))
        }
    }

    #[track_caller]
    fn spec(text: &str) -> CrateSpec {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn versions_are_compared_as_cargo_does() {
        for (text, version, expected) in [
            ("native", "1.8.0+lib.4", true),
            ("native@1.8.0", "1.8.0+lib.4", true),
            ("native:1.8", "1.8.0+lib.4", true),
            ("native@1.8.0+lib.4", "1.8.0+lib.4", true),
            ("native@1.8.0+lib.5", "1.8.0+lib.4", false),
            ("native@1", "10.0.0", false),
            ("native@1.8", "1.8.0-rc.1", false),
            ("native@1.8.0", "1.8.0-rc.1", false),
            ("native@1.8.0-rc.1", "1.8.0-rc.1", true),
            ("native", "1.8.0-rc.1", true),
        ] {
            assert_eq!(
                spec(text).matches(&package("native", version, None)),
                expected,
                "{text} {version}"
            );
        }
    }

    #[test]
    fn a_source_can_be_named_as_cargo_names_it() {
        let path = package("logger", "0.2.0", Some("file:///work/deps/logger"));
        let git = package(
            "logger",
            "0.2.0",
            Some("git+https://git.example/logger?branch=main#0123"),
        );
        let registry = package("logger", "0.2.0", Some("registry+https://registry.example/index"));
        for (text, expected) in [
            ("path+file:///work/deps/logger#logger@0.2.0", [true, false, false]),
            ("path+file:///work/deps/logger#0.2.0", [true, false, false]),
            ("file:///work/deps/logger", [true, false, false]),
            ("file:///work/deps/logger#0.3", [false, false, false]),
            ("path+file:///work/deps/other#logger@0.2.0", [false, false, false]),
            ("https://git.example/logger", [false, true, false]),
            (
                "git+https://git.example/logger?branch=main#logger",
                [false, true, false],
            ),
            ("git+https://git.example/logger#logger@0.2.0", [false, false, false]),
            ("https://registry.example/index#logger@0.2", [false, false, true]),
            ("registry+https://registry.example/index#logger", [false, false, true]),
            ("git+https://registry.example/index#logger", [false, false, false]),
        ] {
            let matches = [&path, &git, &registry].map(|package| spec(text).matches(package));
            assert_eq!(matches, expected, "{text}");
            assert_eq!(spec(&spec(text).to_string()), spec(text), "{text}");
        }
    }

    #[test]
    fn a_package_is_named_so_that_no_other_is_meant() {
        let packages = [
            package("logger", "0.2.0-rc.1+lib.4", Some("file:///work/deps/logger")),
            package(
                "logger",
                "0.2.0",
                Some("git+https://git.example/logger?branch=main#0123"),
            ),
            package("logger", "0.2.0", Some("registry+https://registry.example/index")),
        ];
        for meant in &packages {
            let named = CrateSpec::of(meant);
            assert_eq!(spec(&named.to_string()), named);
            for other in &packages {
                assert_eq!(named.matches(other), meant == other, "{named}");
            }
        }
    }

    #[test]
    fn what_is_no_spec_is_refused() {
        for text in [
            "",
            "a b",
            "a@",
            "a@x",
            "a@1.2.3.4",
            "a@1-rc",
            "svn+https://x#a",
            "https://x/a#",
        ] {
            assert_eq!(text.parse::<CrateSpec>(), Err(InvalidCrateSpec), "{text}");
        }
    }

    #[test]
    fn a_requirement_covers_what_it_covers_for_cargo() {
        let requirement = CrateSpec::requiring("six", "0.1.2").expect("a requirement");
        assert!(requirement.matches(&package("six", "0.1.9", None)));
        assert!(!requirement.matches(&package("six", "0.2.0", None)));
        assert_eq!(requirement.to_string(), "six:^0.1.2");
        assert_eq!(spec("six:^0.1.2"), requirement);
        assert!(spec("six:>=1, <3").matches(&package("six", "2.0.0", None)));
    }
}
