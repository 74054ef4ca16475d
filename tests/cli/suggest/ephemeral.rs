//! The registry that withholds: what it lets through is what was published, and what it does not cargo can explain.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use airights_registry::{CargoConfig, Client, Ephemeral, IndexEntry, Ruling, Upstream, UpstreamOptions};

use super::{denied, fine};
use crate::support::{Outcome, Registry, Workspace};

/// An ephemeral registry in front of that of a story. It withholds every `parser` from 1.1 on.
fn in_front_of(story: &Workspace) -> Ephemeral {
    let config = CargoConfig::read(&story.root(), Some(&story.cargo_home())).expect("a configuration");
    let client = Client::new(&config).expect("a client");
    let source = config.crates_io().expect("the fixture");
    let upstream = Upstream::new(source, client, &UpstreamOptions::default());
    let rule = |entry: &IndexEntry| {
        if entry.name == "parser" && entry.version.minor > 0 {
            Ruling::Denied("is licensed `GPL-3.0-only`, which is not allowed".to_owned())
        } else {
            Ruling::Allowed
        }
    };
    Ephemeral::open(Arc::new(upstream), Arc::new(rule)).expect("a port")
}

/// Runs cargo behind it.
#[track_caller]
fn behind(story: &Workspace, ephemeral: &Ephemeral, arguments: &[&str]) -> Outcome {
    let config = ephemeral.cargo_config();
    let mut all = arguments.to_vec();
    for setting in &config {
        all.extend(["--config", setting]);
    }
    story.cargo(&all)
}

#[test]
fn what_passes_is_locked_as_if_nothing_stood_between() {
    // An index path may begin like anything; `dlib` is below `dl/`.
    let crates = [
        fine("dlib", "1.0.0"),
        fine("parser", "1.0.0").dependency("dlib", "1"),
        denied("parser", "1.1.0"),
    ];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    let ephemeral = in_front_of(&story);
    let outcome = behind(&story, &ephemeral, &["fetch"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let lockfile = story.read("Cargo.lock");
    std::fs::remove_file(story.root().join("Cargo.lock")).expect("the lockfile");
    let plain = story.cargo(&["update", "parser", "--precise", "1.0.0"]);
    assert_eq!(plain.code, Some(0), "{plain:?}");
    assert_eq!(story.read("Cargo.lock"), lockfile);
    assert!(ephemeral.take_trouble().is_none());
}

#[test]
fn where_nothing_fits_cargo_says_why() {
    let crates = [fine("parser", "1.0.0"), denied("parser", "1.1.0")];
    let story = Workspace::depending_on("parser = \"1.1\"", Registry::with(crates));
    let outcome = behind(&story, &in_front_of(&story), &["generate-lockfile"]);
    assert_eq!(outcome.code, Some(101));
    let reason = "1.1.0+withheld-by-airights.is-licensed-GPL-3-0-only-which-is-not-allowed";
    assert!(outcome.err.contains(reason), "{outcome:?}");
}

#[test]
fn the_package_of_a_denied_version_is_refused_with_the_reason() {
    let crates = [fine("parser", "1.0.0"), denied("parser", "1.1.0")];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    let ephemeral = in_front_of(&story);
    let index = ephemeral.index();
    let address = index.trim_start_matches("http://").trim_end_matches('/');
    let ask = |method: &str, path: &str| {
        let mut stream = TcpStream::connect(address).expect("the registry answers");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer in UTF-8");
        answer
    };
    let refused = ask("GET", "/-packages/parser/1.1.0");
    assert!(refused.starts_with("HTTP/1.1 451 "), "{refused}");
    assert!(refused.contains("text/plain"), "{refused}");
    assert!(
        refused.ends_with("airights: parser 1.1.0 is withheld: is licensed `GPL-3.0-only`, which is not allowed\n")
    );
    assert!(ask("GET", "/-packages/parser/9.0.0").starts_with("HTTP/1.1 404 "));
    assert!(ask("GET", "/../../etc/passwd").starts_with("HTTP/1.1 404 "));
    assert!(ask("PUT", "/api/v1/crates/new").starts_with("HTTP/1.1 405 "));
}
