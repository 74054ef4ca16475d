//! A sparse registry on a port of this machine, with the crates a story needs. It stands in for crates.io through
//! source replacement, so that lockfiles and directories look as they do in real life, or it is one of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use super::Crate;
use super::fault::{Answer, Fault, Part, hang};

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
    fault: Mutex<Option<Broken>>,
    asked: Mutex<Vec<Asked>>,
}

/// What is wrong, with what, and since how many questions.
#[derive(Clone)]
struct Broken {
    part: Part,
    fault: Fault,
    since: usize,
}

/// A question that was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The path that was asked for.
    pub(crate) path: String,
    /// The headers, by their names in lower case.
    headers: Vec<(String, String)>,
}

impl Asked {
    /// A header of the question.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    /// What was told to be answered.
    pub(crate) fn token(&self) -> Option<&str> {
        self.header("authorization")
    }
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
                std::thread::spawn(move || counter.answer(&stream));
            }
        });
        Self { address, counter }
    }

    /// Where its index is, as configurations and lockfiles spell it.
    pub(crate) fn index(&self) -> String {
        format!("sparse+{}/", self.address)
    }

    /// Where it is by another name of this machine, which is another host to everybody who asks.
    pub(crate) fn by_another_name(&self) -> String {
        self.address.replace("127.0.0.1", "localhost")
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

    /// Where it is, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The same place by another path.
    pub(crate) fn by_another_path(&self) -> String {
        self.address.clone() + BY_ANOTHER_PATH
    }

    /// Every question so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.counter.asked.lock().expect("what was asked").clone()
    }

    /// Whether anything was asked about a crate of this name.
    pub(crate) fn was_asked_for(&self, name: &str) -> bool {
        let parts = |asked: &Asked| asked.path.split('/').any(|part| part == name);
        self.asked().iter().any(parts)
    }

    /// From now on something is wrong with it.
    pub(crate) fn breaks(&self, fault: Fault) {
        self.breaks_at(Part::Everything, fault);
    }

    /// From now on something is wrong with a part of it, and with that part alone.
    pub(crate) fn breaks_at(&self, part: Part, fault: Fault) {
        let since = self.asked().len();
        *self.counter.fault.lock().expect("the fault") = Some(Broken { part, fault, since });
    }

    /// From now on nothing is wrong with it.
    pub(crate) fn heals(&self) {
        *self.counter.fault.lock().expect("the fault") = None;
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

/// Below it is everything a second time.
const BY_ANOTHER_PATH: &str = "/also";

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
    fn answer(&self, stream: &TcpStream) {
        let broken = self.fault.lock().expect("the fault").clone();
        let is_down = |broken: &Broken| broken.fault == Fault::Down && broken.part == Part::Everything;
        if broken.as_ref().is_some_and(is_down) {
            return;
        }
        let asked = read_request(stream);
        let before = self.note_down(&asked, broken.as_ref());
        let path = asked.path.as_str();
        // Everything is there by a second path, too.
        let answer = match self.files.get(path.strip_prefix(BY_ANOTHER_PATH).unwrap_or(path)) {
            _ if self.token.is_some() && self.token.as_deref() != asked.token() => {
                Answer::of("401 Unauthorized", &b"who is there?"[..])
            }
            Some(body) => Answer::of("200 OK", body.as_slice()),
            None => Answer::of("404 Not Found", &b""[..]),
        };
        // Whoever is to tell who they are is told so first, and only then led elsewhere.
        let is_refused = answer.status.starts_with("401");
        let answer = match broken.filter(|broken| broken.part.holds(path)) {
            Some(Broken { fault, .. }) if !is_refused || matches!(fault, Fault::Answers(_)) => {
                if fault == Fault::Hangs {
                    hang(stream);
                }
                answer.with(&fault, path, before)
            }
            _ => Some(answer),
        };
        if let Some(answer) = answer {
            let _ = answer.send(stream);
        }
    }

    /// Notes a question down. How often the same was asked since something is wrong.
    fn note_down(&self, asked: &Asked, broken: Option<&Broken>) -> usize {
        let mut all = self.asked.lock().expect("what was asked");
        let since = broken.map_or(all.len(), |broken| broken.since);
        let before = all[since..].iter().filter(|known| known.path == asked.path).count();
        all.push(asked.clone());
        before
    }
}

fn read_request(stream: &TcpStream) -> Asked {
    let mut lines = BufReader::new(stream).take(8192).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let path = first.split_whitespace().nth(1).unwrap_or("/").to_owned();
    let headers = lines.take_while(|line| !line.is_empty()).filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    Asked {
        path,
        headers: headers.collect(),
    }
}
