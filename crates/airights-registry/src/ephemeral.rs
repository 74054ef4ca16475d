//! A sparse registry on a loopback port, alive for one command: an upstream index with denied versions withheld.
//!
//! Allowed lines go through byte for byte, so checksums and lockfiles stay ordinary. A denied line is replaced by one
//! that cargo skips where another version fits, and quotes where none does, so that cargo's own error carries our reason.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use semver::Version;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::cached::hex;
use super::index::IndexEntry;
use super::prefetch::Prefetch;
use super::runtime::runtime;
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
pub type Filter = Arc<dyn Fn(&IndexEntry) -> Ruling + Send + Sync>;

/// The registry. It closes when it is dropped.
pub struct Ephemeral {
    address: String,
    replaced: Replaced,
    /// Dropped with the rest, it closes the port, and each connection behind its last answer.
    _open: oneshot::Sender<()>,
    trouble: Arc<Mutex<Option<RegistryError>>>,
}

/// Where packages are. No path of an index begins so, since no crate's name does.
const PACKAGES: &str = "-packages";

impl Ephemeral {
    /// Opens a registry in front of the one that stands for crates.io.
    ///
    /// # Errors
    ///
    /// Where no port can be had.
    pub fn open(upstream: Arc<Upstream>, filter: Filter) -> Result<Self, RegistryError> {
        Self::instead_of(Replaced::crates_io(), upstream, filter)
    }

    /// Opens a registry in front of another, for cargo to take in its place.
    ///
    /// # Errors
    ///
    /// Where no port can be had.
    pub fn instead_of(replaced: Replaced, upstream: Arc<Upstream>, filter: Filter) -> Result<Self, RegistryError> {
        let no_port = |error: std::io::Error| RegistryError::local("open a loopback port", error);
        let listener = runtime().block_on(TcpListener::bind("127.0.0.1:0")).map_err(no_port)?;
        let address = format!("http://{}", listener.local_addr().map_err(no_port)?);
        let trouble = Arc::new(Mutex::new(None));
        let view = Arc::new(View {
            address: address.clone(),
            prefetch: Prefetch::new(&upstream),
            upstream,
            filter,
            trouble: Arc::clone(&trouble),
        });
        let (open, closed) = oneshot::channel();
        runtime().spawn(async move {
            let until_closed = async move {
                let _ = closed.await;
            };
            let served = axum::serve(listener, router(view)).with_graceful_shutdown(until_closed);
            // A loopback port that breaks is told by whoever asks there.
            let _ = served.await;
        });
        Ok(Self {
            address,
            replaced,
            _open: open,
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

/// The routes of a registry: every path is one of the sparse index, or of a package.
fn router(view: Arc<View>) -> Router {
    Router::new().fallback(answer).with_state(view)
}

async fn answer(State(view): State<Arc<View>>, request: Request) -> Response {
    if request.method() != Method::GET {
        return text(405, "airights: this registry only answers\n").into_response();
    }
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    // Looking something up may ask the registry behind us, and judging reads files: neither is for the threads that move
    // bytes.
    let answered = tokio::task::spawn_blocking(move || view.answer(&path)).await;
    match answered {
        Ok(reply) => reply.unless_known(&headers),
        Err(_) => text(500, "airights: answering failed\n").into_response(),
    }
}

/// What it takes to answer.
struct View {
    address: String,
    prefetch: Prefetch,
    upstream: Arc<Upstream>,
    filter: Filter,
    trouble: Arc<Mutex<Option<RegistryError>>>,
}

/// What is sent back.
struct Reply {
    status: u16,
    body: Vec<u8>,
}

impl View {
    fn answer(&self, path: &str) -> Reply {
        self.reply(path).unwrap_or_else(|error| {
            let body = format!("airights: {}\n", error.in_one_line()).into_bytes();
            let mut trouble = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
            trouble.get_or_insert(error);
            Reply { status: 502, body }
        })
    }

    fn reply(&self, path: &str) -> Result<Reply, RegistryError> {
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
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
        self.prefetch.follow(&index);
        if index.entries.is_empty() {
            return Ok(text(404, ""));
        }
        let mut body = String::new();
        for entry in &index.entries {
            match (self.filter)(entry) {
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
        match (self.filter)(&entry) {
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

impl Reply {
    /// The reply, or that it is what is known already.
    fn unless_known(self, asked: &HeaderMap) -> Response {
        let etag = format!("\"{}\"", hex(&Sha256::digest(&self.body)));
        let is_known = asked
            .get(header::IF_NONE_MATCH)
            .is_some_and(|known| known.as_bytes() == etag.as_bytes());
        match self.status {
            200 if is_known => (StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response(),
            status if status < 400 => ([(header::ETAG, etag)], self.into_response()).into_response(),
            _ => self.into_response(),
        }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        (status, kind, Body::from(self.body)).into_response()
    }
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
