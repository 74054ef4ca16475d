//! A sparse registry on a port of this machine, with the crates a story needs. It stands in for crates.io through
//! source replacement, so that lockfiles and directories look as they do in real life.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

/// A crate to publish.
pub(crate) struct Crate {
    name: String,
    version: String,
    package: String,
    dependencies: Vec<(String, String, &'static str)>,
    optional: Vec<(String, String)>,
    features: Vec<(String, Vec<String>)>,
    manifest_tail: String,
    files: Vec<(String, Vec<u8>)>,
    packaged: Option<Vec<u8>>,
    published: Option<String>,
    is_yanked: bool,
}

impl Crate {
    /// A library with nothing in it.
    pub(crate) fn new(name: &str, version: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            package: String::new(),
            dependencies: Vec::new(),
            optional: Vec::new(),
            features: Vec::new(),
            manifest_tail: String::new(),
            files: vec![("src/lib.rs".to_owned(), Vec::new())],
            packaged: None,
            published: None,
            is_yanked: false,
        }
    }

    /// A library without dependencies that cargo itself has packaged.
    pub(crate) fn packaged(name: &str, version: &str, archive: Vec<u8>) -> Self {
        Self {
            packaged: Some(archive),
            ..Self::new(name, version)
        }
    }

    /// Adds a line to `[package]`.
    pub(crate) fn package(mut self, line: &str) -> Self {
        writeln!(self.package, "{line}").expect("a string takes everything");
        self
    }

    /// Declares a licence.
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

    fn manifest_text(&self) -> String {
        let Self {
            name,
            version,
            package,
            manifest_tail,
            ..
        } = self;
        let mut text = format!("[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\n{package}");
        for kind in ["normal", "build"] {
            let of_kind = self.dependencies.iter().filter(|(.., of)| *of == kind);
            let lines: String = of_kind
                .map(|(name, requirement, _)| format!("{name} = \"{requirement}\"\n"))
                .collect();
            let heading = if kind == "build" {
                "build-dependencies"
            } else {
                "dependencies"
            };
            write!(text, "\n[{heading}]\n{lines}").expect("a string takes everything");
            if kind == "normal" {
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

    fn archive(&self) -> Vec<u8> {
        if let Some(packaged) = &self.packaged {
            return packaged.clone();
        }
        let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let manifest = ("Cargo.toml".to_owned(), self.manifest_text().into_bytes());
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

    fn index_line(&self, checksum: &str) -> String {
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
        let features: BTreeMap<_, _> = self.features.iter().cloned().collect();
        let line = serde_json::json!({
            "name": self.name, "vers": self.version, "deps": dependencies.chain(optional).collect::<Vec<_>>(),
            "cksum": checksum, "features": features, "features2": null, "yanked": self.is_yanked,
            "v": 2, "pubtime": self.published,
        });
        line.to_string() + "\n"
    }
}

/// What may be wrong with a registry from some moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It hangs up on everybody.
    Down,
    /// It takes its time.
    Slow,
    /// It answers 500 to everything.
    Error,
    /// Each answer ends in its middle.
    Truncated,
    /// Index files hold what is no index entry.
    Garbled,
    /// Packages are not what the index promised.
    OtherPackages,
}

/// A registry that answers as long as the process lives.
#[derive(Clone)]
pub(crate) struct Registry {
    address: String,
    fault: Arc<Mutex<Option<Fault>>>,
}

impl Registry {
    /// Publishes crates and begins to answer.
    pub(crate) fn with(crates: impl IntoIterator<Item = Crate>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("the port's address"));
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        files.insert(
            "/config.json".to_owned(),
            format!("{{\"dl\": \"{address}/dl\"}}").into_bytes(),
        );
        for published in crates {
            let archive = published.archive();
            let checksum: String = Sha256::digest(&archive)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let line = published.index_line(&checksum);
            files
                .entry(index_path(&published.name))
                .or_default()
                .extend_from_slice(line.as_bytes());
            files.insert(
                format!("/dl/{}/{}/download", published.name, published.version),
                archive,
            );
        }
        let files = Arc::new(files);
        let fault = Arc::new(Mutex::new(None));
        let known_fault = Arc::clone(&fault);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (files, fault) = (Arc::clone(&files), *known_fault.lock().expect("the fault"));
                std::thread::spawn(move || answer(stream, &files, fault));
            }
        });
        Self { address, fault }
    }

    /// From now on something is wrong with it.
    pub(crate) fn breaks(&self, fault: Fault) {
        *self.fault.lock().expect("the fault") = Some(fault);
    }

    /// Writes the cargo configuration that puts this registry in the place of crates.io.
    pub(crate) fn configure(&self, cargo_home: &Path) {
        let config = format!(
            "[source.crates-io]\nreplace-with = \"fixture\"\n\n[source.fixture]\nregistry = \"sparse+{}/\"\n",
            self.address
        );
        std::fs::write(cargo_home.join("config.toml"), config).expect("a file in a temporary directory");
    }
}

/// Where the index keeps a crate, by the length of its name.
fn index_path(name: &str) -> String {
    match name.len() {
        1 => format!("/1/{name}"),
        2 => format!("/2/{name}"),
        3 => format!("/3/{}/{name}", &name[..1]),
        _ => format!("/{}/{}/{name}", &name[..2], &name[2..4]),
    }
}

/// Answers one request. What goes wrong here shows in what the client says.
fn answer(mut stream: TcpStream, files: &BTreeMap<String, Vec<u8>>, fault: Option<Fault>) {
    if fault == Some(Fault::Down) {
        return;
    }
    let mut request = BufReader::new(&stream).take(8192);
    let mut line = String::new();
    let _ = request.read_line(&mut line);
    let mut header = String::new();
    while request.read_line(&mut header).is_ok_and(|read| read > 2) {
        header.clear();
    }
    if fault == Some(Fault::Slow) {
        std::thread::sleep(std::time::Duration::from_secs(4));
    }
    let path = line.split_whitespace().nth(1).unwrap_or("/");
    let is_package = path.starts_with("/dl/");
    let (status, body) = match (files.get(path), fault) {
        (_, Some(Fault::Error)) => ("500 Internal Server Error", &b"oh"[..]),
        (Some(_), Some(Fault::Garbled)) if !is_package => ("200 OK", &b"{\"name\": \"what\n"[..]),
        (Some(_), Some(Fault::OtherPackages)) if is_package => ("200 OK", &b"something else"[..]),
        (Some(body), _) => ("200 OK", body.as_slice()),
        (None, _) => ("404 Not Found", &b""[..]),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let sent = match fault {
        Some(Fault::Truncated) => &body[..body.len() / 2],
        _ => body,
    };
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(sent));
}
