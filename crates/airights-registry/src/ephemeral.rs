//! A sparse registry on a loopback port, alive for one command: an upstream index with denied versions withheld.
//!
//! Allowed lines go through byte for byte, so checksums and lockfiles stay ordinary. A denied line is replaced by one
//! that cargo skips where another version fits, and quotes where none does, so that cargo's own error carries our reason.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use semver::Version;
use sha2::{Digest, Sha256};
use tiny_http::{Method, Request, Server, StatusCode};

use super::index::IndexEntry;
use super::kept::hex;
use super::scout::Scout;
use super::sources::Replaced;
use super::{RegistryError, Upstream};

/// Whether a version may be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// It may.
    Allowed,
    /// It may not, for this reason.
    Denied(String),
}

/// What rules: called with each version cargo looks at, from any thread.
pub type Ruler = Arc<dyn Fn(&IndexEntry) -> Ruling + Send + Sync>;

/// The registry. It closes when it is dropped.
pub struct Ephemeral {
    address: String,
    replaced: Replaced,
    server: Arc<Server>,
    threads: Vec<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<RegistryError>>>,
}

/// Where packages are. No path of an index begins so, since no crate's name does.
const PACKAGES: &str = "-packages";
/// Cargo opens two connections to a registry that speaks HTTP/1.1.
const THREADS: usize = 4;

impl Ephemeral {
    /// Opens a registry in front of the one that stands for crates.io.
    ///
    /// # Errors
    ///
    /// Where no port can be had.
    pub fn open(upstream: Arc<Upstream>, ruler: Ruler) -> Result<Self, RegistryError> {
        Self::instead_of(Replaced::crates_io(), upstream, ruler)
    }

    /// Opens a registry in front of another, for cargo to take in its place.
    ///
    /// # Errors
    ///
    /// Where no port can be had.
    pub fn instead_of(replaced: Replaced, upstream: Arc<Upstream>, ruler: Ruler) -> Result<Self, RegistryError> {
        let no_port = |reason: String| RegistryError::Local(format!("cannot open a loopback port: {reason}"));
        let server = Server::http("127.0.0.1:0").map_err(|error| no_port(error.to_string()))?;
        let port = server
            .server_addr()
            .to_ip()
            .ok_or_else(|| no_port("it has no address".to_owned()))?;
        let (server, trouble) = (Arc::new(server), Arc::new(Mutex::new(None)));
        let desk = Arc::new(Desk {
            address: format!("http://{port}"),
            scout: Scout::new(&upstream),
            upstream,
            ruler,
            trouble: Arc::clone(&trouble),
        });
        let threads = (0..THREADS).map(|_| {
            let (server, desk) = (Arc::clone(&server), Arc::clone(&desk));
            std::thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    desk.answer(request);
                }
            })
        });
        Ok(Self {
            address: desk.address.clone(),
            replaced,
            threads: threads.collect(),
            server,
            trouble,
        })
    }

    /// Where its index is.
    pub fn index(&self) -> String {
        format!("{}/", self.address)
    }

    /// What to tell cargo with `--config`, so that it takes this registry for the other one.
    pub fn cargo_config(&self) -> Vec<String> {
        // A text of JSON is one of TOML, too.
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let ours = quoted(&format!("airights-ephemeral {}", self.address));
        let other = quoted(&self.replaced.name);
        let defined = self.replaced.registry.as_deref();
        let defined = defined.map(|registry| format!("source.{other}.registry={}", quoted(registry)));
        let settings = [
            format!("source.{other}.replace-with={ours}"),
            format!("source.{ours}.registry={}", quoted(&format!("sparse+{}", self.index()))),
        ];
        defined.into_iter().chain(settings).collect()
    }

    /// What went wrong upstream since this was last asked. Cargo's own words then only say that we did not answer.
    pub fn take_trouble(&self) -> Option<RegistryError> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Ephemeral {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.server.unblock();
        }
        for thread in self.threads.drain(..) {
            // A thread that panicked has told so already, and there is nothing to save.
            let _ = thread.join();
        }
    }
}

/// What a thread needs to answer.
struct Desk {
    address: String,
    scout: Scout,
    upstream: Arc<Upstream>,
    ruler: Ruler,
    trouble: Arc<Mutex<Option<RegistryError>>>,
}

/// What is sent back.
struct Reply {
    status: u16,
    body: Vec<u8>,
}

impl Desk {
    fn answer(&self, request: Request) {
        let reply = match request.method() {
            Method::Get => self.reply(request.url()).unwrap_or_else(|error| {
                let body = format!("airights: {error}\n").into_bytes();
                let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
                trouble.get_or_insert(error);
                Reply { status: 502, body }
            }),
            _ => text(405, "airights: this registry only answers\n"),
        };
        // Cargo that has gone away needs no answer.
        let _ = respond(request, reply);
    }

    fn reply(&self, url: &str) -> Result<Reply, RegistryError> {
        let parts: Vec<&str> = url.trim_start_matches('/').split('/').collect();
        match parts[..] {
            ["config.json"] => {
                let config = serde_json::json!({ "dl": format!("{}/{PACKAGES}/{{crate}}/{{version}}", self.address) });
                Ok(text(200, &config.to_string()))
            }
            [PACKAGES, name, version] => self.package(name, version),
            [.., name] => self.index_file(name),
            [] => Ok(text(404, "")),
        }
    }

    fn index_file(&self, name: &str) -> Result<Reply, RegistryError> {
        let index = self.upstream.index_of(name)?;
        self.scout.follow(&index);
        if index.entries.is_empty() {
            return Ok(text(404, ""));
        }
        let mut body = String::new();
        for entry in &index.entries {
            match (self.ruler)(entry) {
                Ruling::Allowed => body += &entry.line,
                Ruling::Denied(reason) => body += &withheld(entry, &reason),
            }
            body.push('\n');
        }
        Ok(text(200, &body))
    }

    fn package(&self, name: &str, version: &str) -> Result<Reply, RegistryError> {
        let index = self.upstream.index_of(name)?;
        let version = version.parse::<Version>().ok();
        let Some(entry) = version.and_then(|version| index.entry(&version).cloned()) else {
            return Ok(text(404, ""));
        };
        match (self.ruler)(&entry) {
            Ruling::Allowed => self.upstream.package(&entry).map(|body| Reply { status: 200, body }),
            Ruling::Denied(reason) => {
                let IndexEntry { name, version, .. } = &entry;
                Ok(text(
                    451,
                    &format!("airights: {name} {version} is withheld: {reason}\n"),
                ))
            }
        }
    }
}

/// The line in the place of a denied one. Cargo takes it for an entry it cannot read, and names its version.
fn withheld(entry: &IndexEntry, reason: &str) -> String {
    let mut words = String::new();
    for letter in reason.chars().take(80) {
        match letter {
            letter if letter.is_ascii_alphanumeric() => words.push(letter),
            _ if words.ends_with('-') || words.is_empty() => {}
            _ => words.push('-'),
        }
    }
    let Version {
        major,
        minor,
        patch,
        pre,
        ..
    } = &entry.version;
    let pre = if pre.is_empty() {
        String::new()
    } else {
        format!("-{pre}")
    };
    let words = match words.trim_end_matches('-') {
        "" => String::new(),
        words => format!(".{words}"),
    };
    let version = format!("{major}.{minor}.{patch}{pre}+withheld-by-airights{words}");
    serde_json::json!({ "name": entry.name, "vers": version }).to_string()
}

fn text(status: u16, body: &str) -> Reply {
    Reply {
        status,
        body: body.as_bytes().to_vec(),
    }
}

fn respond(request: Request, reply: Reply) -> io::Result<()> {
    let etag = format!("\"{}\"", hex(&Sha256::digest(&reply.body)));
    let asked = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("If-None-Match"))
        .is_some_and(|header| header.value.as_str() == etag);
    let (status, body) = match reply.status {
        200 if asked => (304, Vec::new()),
        status => (status, reply.body),
    };
    let reason = StatusCode(status).default_reason_phrase();
    let mut message = format!(
        "HTTP/1.1 {status} {reason}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n",
        body.len()
    );
    if status < 400 {
        message += &format!("ETag: {etag}\r\n");
    }
    message += "\r\n";
    let mut message = message.into_bytes();
    message.extend_from_slice(&body);
    // Sent in one piece: head and body apart would each wait for the other side to acknowledge the one before, some
    // forty milliseconds a crate.
    let mut connection = request.into_writer();
    connection.write_all(&message)?;
    connection.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_line_says_why_and_keeps_its_place() {
        let mut entry = IndexEntry {
            name: "a".to_owned(),
            version: "1.2.0-beta.1+x".parse().unwrap(),
            checksum: String::new(),
            yanked: false,
            line: String::new(),
            registry: Arc::from(""),
        };
        let line = withheld(&entry, "it is licensed `GPL-3.0-only`, …");
        assert_eq!(
            line,
            r#"{"name":"a","vers":"1.2.0-beta.1+withheld-by-airights.it-is-licensed-GPL-3-0-only"}"#
        );
        entry.version = Version::new(1, 0, 0);
        let line: serde_json::Value = serde_json::from_str(&withheld(&entry, "--")).unwrap();
        assert_eq!(line["vers"], "1.0.0+withheld-by-airights");
    }
}
