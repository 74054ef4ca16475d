//! A made-up crate: its manifest, its package, and its line of the index.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use guppy::graph::PackageSource;

/// Where crates of crates.io come from, as lockfiles spell it.
const CRATES_IO: &str = PackageSource::CRATES_IO_REGISTRY;

/// A crate to publish.
pub(crate) struct Crate {
    pub(super) name: String,
    pub(super) version: String,
    package: String,
    dependencies: Vec<(String, String, &'static str)>,
    of_crates_io: Vec<(String, String)>,
    optional: Vec<(String, String)>,
    features: Vec<(String, Vec<String>)>,
    manifest_tail: String,
    files: Vec<(String, Vec<u8>)>,
    packaged: Option<Vec<u8>>,
    published: Option<String>,
    is_yanked: bool,
    /// What its manifest calls it, where that is something else.
    claims: Option<(String, String)>,
}

impl Crate {
    /// A library with nothing in it.
    pub(crate) fn new(name: &str, version: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            package: String::new(),
            dependencies: Vec::new(),
            of_crates_io: Vec::new(),
            optional: Vec::new(),
            features: Vec::new(),
            manifest_tail: String::new(),
            files: vec![("src/lib.rs".to_owned(), Vec::new())],
            packaged: None,
            published: None,
            is_yanked: false,
            claims: None,
        }
    }

    /// A library without dependencies that cargo itself has packaged.
    pub(crate) fn packaged(name: &str, version: &str, archive: Vec<u8>) -> Self {
        Self {
            packaged: Some(archive),
            ..Self::new(name, version)
        }
    }

    /// Has a manifest that calls it something else.
    pub(crate) fn claiming_to_be(mut self, name: &str, version: &str) -> Self {
        self.claims = Some((name.to_owned(), version.to_owned()));
        self
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The line of a manifest that depends on it.
    pub(crate) fn as_dependency(&self) -> String {
        format!("{} = \"={}\"\n", self.name, self.version)
    }

    /// Adds a line to `[package]`.
    pub(crate) fn package(mut self, line: &str) -> Self {
        writeln!(self.package, "{line}").expect("a string takes everything");
        self
    }

    /// Declares a license.
    pub(crate) fn license(self, expression: &str) -> Self {
        self.package(&format!("license = \"{expression}\""))
    }

    /// Adds a file.
    pub(crate) fn file(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.push((path.to_owned(), content.into()));
        self
    }

    /// Was published on a day, as `2024-02-29`.
    pub(crate) fn published(mut self, day: &str) -> Self {
        self.published = Some(format!("{day}T12:00:00Z"));
        self
    }

    /// Was taken back.
    pub(crate) fn yanked(mut self) -> Self {
        self.is_yanked = true;
        self
    }

    /// Depends on another crate.
    pub(crate) fn dependency(mut self, name: &str, requirement: &str) -> Self {
        self.dependencies
            .push((name.to_owned(), requirement.to_owned(), "normal"));
        self
    }

    /// Depends on a crate of crates.io, from a registry that is another one.
    pub(crate) fn dependency_on_crates_io(mut self, name: &str, requirement: &str) -> Self {
        self.of_crates_io.push((name.to_owned(), requirement.to_owned()));
        self
    }

    /// Depends on another crate where a feature turns it on.
    pub(crate) fn optional_dependency(mut self, name: &str, requirement: &str) -> Self {
        self.optional.push((name.to_owned(), requirement.to_owned()));
        self
    }

    /// Has a feature that turns these on.
    pub(crate) fn feature(mut self, name: &str, turns_on: &[&str]) -> Self {
        let turns_on = turns_on.iter().map(|&on| on.to_owned()).collect();
        self.features.push((name.to_owned(), turns_on));
        self
    }

    /// Depends on another crate for its build script.
    pub(crate) fn build_dependency(mut self, name: &str, requirement: &str) -> Self {
        self.dependencies
            .push((name.to_owned(), requirement.to_owned(), "build"));
        self.file("build.rs", "fn main() {}")
    }

    /// Appends lines to the manifest.
    pub(crate) fn manifest(mut self, lines: &str) -> Self {
        self.manifest_tail += lines;
        self
    }

    /// The manifest as cargo publishes it. In a registry of its own it names the registry of each dependency.
    fn manifest_text(&self, own_registry: Option<&str>) -> String {
        let Self {
            package, manifest_tail, ..
        } = self;
        let (name, version) = match &self.claims {
            Some((name, version)) => (name, version),
            None => (&self.name, &self.version),
        };
        let mut text = format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\n{package}");
        for kind in ["normal", "build"] {
            let of_kind = self.dependencies.iter().filter(|(.., of)| *of == kind);
            let line = |(name, requirement, _): &(String, String, &str)| match own_registry {
                Some(index) => format!("{name} = {{ version = \"{requirement}\", registry-index = \"{index}\" }}\n"),
                None => format!("{name} = \"{requirement}\"\n"),
            };
            let lines: String = of_kind.map(line).collect();
            let heading = if kind == "build" {
                "build-dependencies"
            } else {
                "dependencies"
            };
            write!(text, "\n[{heading}]\n{lines}").expect("a string takes everything");
            if kind == "normal" {
                for (name, requirement) in &self.of_crates_io {
                    writeln!(text, "{name} = \"{requirement}\"").expect("a string takes everything");
                }
                for (name, requirement) in &self.optional {
                    writeln!(text, "{name} = {{ version = \"{requirement}\", optional = true }}")
                        .expect("a string takes everything");
                }
            }
        }
        if !self.features.is_empty() {
            text += "\n[features]\n";
        }
        for (name, turns_on) in &self.features {
            writeln!(text, "{name} = {turns_on:?}").expect("a string takes everything");
        }
        text + "\n" + manifest_tail
    }

    /// The package as it is downloaded.
    pub(super) fn archive(&self, own_registry: Option<&str>) -> Vec<u8> {
        if let Some(packaged) = &self.packaged {
            return packaged.clone();
        }
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let manifest = ("Cargo.toml".to_owned(), self.manifest_text(own_registry).into_bytes());
        for (path, content) in std::iter::once(&manifest).chain(&self.files) {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            let path = format!("{}-{}/{path}", self.name, self.version);
            archive
                .append_data(&mut header, path, content.as_slice())
                .expect("an archive in memory");
        }
        archive
            .into_inner()
            .and_then(GzEncoder::finish)
            .expect("an archive in memory")
    }

    /// Its line of the index.
    pub(super) fn index_line(&self, checksum: &str) -> String {
        let dependencies = self.dependencies.iter().map(|(name, requirement, kind)| {
            serde_json::json!({
                "name": name, "req": requirement, "features": [], "optional": false, "default_features": true,
                "target": null, "kind": kind,
            })
        });
        let optional = self.optional.iter().map(|(name, requirement)| {
            serde_json::json!({
                "name": name, "req": requirement, "features": [], "optional": true, "default_features": true,
                "target": null, "kind": "normal",
            })
        });
        let of_crates_io = self.of_crates_io.iter().map(|(name, requirement)| {
            serde_json::json!({
                "name": name, "req": requirement, "features": [], "optional": false, "default_features": true,
                "target": null, "kind": "normal", "registry": CRATES_IO.trim_start_matches("registry+"),
            })
        });
        let dependencies: Vec<_> = dependencies.chain(optional).chain(of_crates_io).collect();
        let features: BTreeMap<_, _> = self.features.iter().cloned().collect();
        let line = serde_json::json!({
            "name": self.name, "vers": self.version, "deps": dependencies,
            "cksum": checksum, "features": features, "features2": null, "yanked": self.is_yanked,
            "v": 2, "pubtime": self.published,
        });
        line.to_string() + "\n"
    }
}
