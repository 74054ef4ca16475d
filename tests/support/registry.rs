//! A sparse registry on a port of this machine, with the crates a story needs. It stands in for crates.io through
//! source replacement, so that lockfiles and directories look as they do in real life, or it is one of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use super::Crate;

/// What may be wrong with a registry from some moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It hangs up on everybody.
    Down,
    /// It takes its time.
    Slow,
    /// It answers this to everything.
    Answers(&'static str),
    /// Each answer ends in its middle.
    Truncated,
    /// Index files hold what is not an index entry.
    Garbled,
    /// Packages are not what the index promised.
    OtherPackages,
    /// Packages are at this port of what is another host by its name.
    PackagesElsewhere(u16),
}

/// A registry that answers as long as the process lives.
#[derive(Clone)]
pub(crate) struct Registry {
    address: String,
    counter: Arc<Counter>,
}

/// What everybody at the counter knows.
struct Counter {
    files: BTreeMap<String, Vec<u8>>,
    /// What has to be told to be answered.
    token: Option<String>,
    fault: Mutex<Option<Fault>>,
    /// Each path that was asked for, with what was told.
    asked: Mutex<Vec<(String, Option<String>)>>,
}

impl Registry {
    /// Publishes crates in a registry that is to stand for crates.io, and begins to answer.
    pub(crate) fn with(crates: impl IntoIterator<Item = Crate>) -> Self {
        Self::open(crates, false, None)
    }

    /// The same, but it answers only to those who know a token.
    pub(crate) fn with_token(token: &str, crates: impl IntoIterator<Item = Crate>) -> Self {
        Self::open(crates, false, Some(token))
    }

    /// Publishes crates in a registry of its own.
    pub(crate) fn of_its_own(crates: impl IntoIterator<Item = Crate>) -> Self {
        Self::open(crates, true, None)
    }

    /// The same, but it answers only to those who know a token.
    pub(crate) fn of_its_own_with_token(token: &str, crates: impl IntoIterator<Item = Crate>) -> Self {
        Self::open(crates, true, Some(token))
    }

    fn open(crates: impl IntoIterator<Item = Crate>, is_of_its_own: bool, token: Option<&str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("the port's address"));
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let config = serde_json::json!({ "dl": format!("{address}/dl"), "auth-required": token.is_some() });
        files.insert("/config.json".to_owned(), config.to_string().into_bytes());
        let index = format!("sparse+{address}/");
        let own_registry = is_of_its_own.then_some(index.as_str());
        for published in crates {
            let archive = published.archive(own_registry);
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
        let counter = Arc::new(Counter {
            files,
            token: token.map(str::to_owned),
            fault: Mutex::default(),
            asked: Mutex::default(),
        });
        let at_the_counter = Arc::clone(&counter);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let counter = Arc::clone(&at_the_counter);
                std::thread::spawn(move || counter.answer(stream));
            }
        });
        Self { address, counter }
    }

    /// Where its index is, as configurations and lockfiles spell it.
    pub(crate) fn index(&self) -> String {
        format!("sparse+{}/", self.address)
    }

    /// The port it answers at.
    pub(crate) fn port(&self) -> u16 {
        let port = self.address.rsplit(':').next().and_then(|port| port.parse().ok());
        port.expect("a port")
    }

    /// Writes its index into a directory, for a registry that keeps its index in git.
    pub(crate) fn write_index(&self, directory: &Path) {
        let files = self.counter.files.iter().filter(|(path, _)| !path.starts_with("/dl/"));
        for (path, content) in files {
            let file = directory.join(path.trim_start_matches('/'));
            std::fs::create_dir_all(file.parent().expect("a file in a directory")).expect("a temporary directory");
            std::fs::write(file, content).expect("a file in a temporary directory");
        }
    }

    /// Each path that was asked for so far, with what was told to be answered.
    pub(crate) fn asked(&self) -> Vec<(String, Option<String>)> {
        self.counter.asked.lock().expect("what was asked").clone()
    }

    /// From now on something is wrong with it.
    pub(crate) fn breaks(&self, fault: Fault) {
        *self.counter.fault.lock().expect("the fault") = Some(fault);
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

impl Counter {
    /// Answers one request. What goes wrong here shows in what the client says.
    fn answer(&self, mut stream: TcpStream) {
        let fault = *self.fault.lock().expect("the fault");
        if fault == Some(Fault::Down) {
            return;
        }
        let (path, told) = read_request(&stream);
        self.asked
            .lock()
            .expect("what was asked")
            .push((path.clone(), told.clone()));
        if fault == Some(Fault::Slow) {
            std::thread::sleep(std::time::Duration::from_secs(4));
        }
        let is_package = path.starts_with("/dl/");
        let moved = match fault {
            Some(Fault::PackagesElsewhere(port)) if is_package => {
                format!("Location: http://localhost:{port}{path}\r\n")
            }
            _ => String::new(),
        };
        let (status, body) = match (self.files.get(&path), fault) {
            (_, Some(Fault::Answers(status))) => (status, &b"oh"[..]),
            _ if self.token.is_some() && self.token != told => ("401 Unauthorized", &b"who is there?"[..]),
            _ if !moved.is_empty() => ("302 Found", &b""[..]),
            (Some(_), Some(Fault::Garbled)) if !is_package && path != "/config.json" => {
                ("200 OK", &b"{\"name\": \"what\n"[..])
            }
            (Some(_), Some(Fault::OtherPackages)) if is_package => ("200 OK", &b"something else"[..]),
            (Some(body), _) => ("200 OK", body.as_slice()),
            (None, _) => ("404 Not Found", &b""[..]),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{moved}Connection: close\r\n\r\n",
            body.len()
        );
        let sent = match fault {
            Some(Fault::Truncated) => &body[..body.len() / 2],
            _ => body,
        };
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(sent));
    }
}

/// The path that is asked for, and what is told to be answered.
fn read_request(stream: &TcpStream) -> (String, Option<String>) {
    let mut lines = BufReader::new(stream).take(8192).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let path = first.split_whitespace().nth(1).unwrap_or("/").to_owned();
    let headers = lines.take_while(|line| !line.is_empty());
    let mut told = None;
    for header in headers {
        if let Some((name, value)) = header.split_once(':')
            && name.eq_ignore_ascii_case("authorization")
        {
            told = Some(value.trim().to_owned());
        }
    }
    (path, told)
}
