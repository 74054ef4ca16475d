//! The architecture's invariants that can be read off the sources: who may use whom, and what the engine never touches.

use std::path::{Path, PathBuf};

/// Every source file below a folder of the workspace, with its text, test modules cut off.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                let code = text
                    .split("#[cfg(test)]\nmod tests")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                found.push((path, code));
            }
        }
    }
    assert!(!found.is_empty(), "{folder} has no sources");
    found.sort();
    found
}

/// Asserts that no source below a folder holds any of these words outside comments.
#[track_caller]
fn assert_absent(folder: &str, words: &[&str], why: &str) {
    for (path, code) in sources(folder) {
        for (number, line) in code
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for word in words {
                assert!(
                    !line.contains(word),
                    "{}:{}: `{word}`: {why}",
                    path.display(),
                    number + 1
                );
            }
        }
    }
}

#[test]
fn the_engine_performs_no_io() {
    let words = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::time",
        "std::io",
        "std::thread",
        "async ",
        "serde",
        "clap",
        "println!",
        "eprintln!",
    ];
    assert_absent(
        "crates/airights/src",
        &words,
        "the engine takes facts and returns values, nothing else",
    );
    assert_absent(
        "crates/airights-text/src",
        &words,
        "the reader takes a text and returns a reading, nothing else",
    );
}

/// Which of our crates each of them is built on. What is not here is a wall, and cargo keeps it.
const CRATES: &[(&str, &[&str])] = &[
    ("airights-text", &[]),
    ("airights-safe", &[]),
    ("airights-store", &[]),
    ("airights-registry", &["airights-safe", "airights-store"]),
    ("airights", &["airights-text"]),
    ("airights-manifest", &["airights", "airights-store"]),
    ("airights-vocabularies", &["airights", "airights-safe", "airights-text"]),
    ("airights-report", &["airights", "airights-safe", "airights-text"]),
    (
        "airights-facts",
        &[
            "airights",
            "airights-manifest",
            "airights-store",
            "airights-text",
            "airights-vocabularies",
        ],
    ),
    (
        "airights-cargo",
        &["airights", "airights-manifest", "airights-safe", "airights-store"],
    ),
    ("airights-policy", &["airights", "airights-manifest", "airights-store"]),
    (
        "airights-session",
        &[
            "airights",
            "airights-cargo",
            "airights-facts",
            "airights-manifest",
            "airights-policy",
            "airights-registry",
            "airights-store",
            "airights-text",
        ],
    ),
    (
        "airights-ways",
        &[
            "airights",
            "airights-cargo",
            "airights-facts",
            "airights-manifest",
            "airights-registry",
            "airights-report",
            "airights-session",
            "airights-store",
            "airights-text",
        ],
    ),
];

#[test]
fn the_crates_are_built_on_each_other_as_in_the_picture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let entries = std::fs::read_dir(&root).expect("the folder of the crates");
    let mut found: Vec<String> = entries
        .map(|entry| entry.expect("a crate").file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut known: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    assert_eq!(found, known);
    for (name, expected) in CRATES {
        let manifest = std::fs::read_to_string(root.join(name).join("Cargo.toml")).expect("a manifest");
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        let names = dependencies.lines().filter_map(|line| line.split(['.', ' ']).next());
        let of_ours: Vec<&str> = names.filter(|name| name.starts_with("airights")).collect();
        assert_eq!(&of_ours, expected, "{name}");
    }
}

/// Where each foreign thing is parsed: the marks of a parser, and the places that may have them.
const READERS: &[(&[&str], &[&str])] = &[
    // Of TOML, `Cargo.toml` and `Cargo.lock` are read by `airights-manifest`; the others read files of their own.
    (
        &["DeTable", "toml::from_str", "toml::Table", "parse::<DocumentMut>"],
        &[
            "airights-manifest/src/",
            "airights-policy/src/",
            "airights-registry/src/",
            "airights-facts/src/reuse.rs",
            "airights-ways/src/advisories.rs",
            "airights-ways/src/alternatives/table.rs",
        ],
    ),
    (&["roxmltree::"], &["airights-vocabularies/src/rsl/"]),
    (&["sfv::"], &["airights-text/src/signals/content_usage.rs"]),
    (&["\"tdm-policy\""], &["airights-vocabularies/src/tdmrep.rs"]),
];

#[test]
fn each_foreign_thing_has_one_reader() {
    for folder in ["crates", "cargo-airights/src"] {
        for (path, code) in sources(folder) {
            let inside = path.to_string_lossy().replace('\\', "/");
            for (marks, places) in READERS {
                let reads =
                    |line: &str| !line.trim_start().starts_with("//") && marks.iter().any(|mark| line.contains(mark));
                let is_test = inside.contains("/tests/") || inside.ends_with("/tests.rs");
                let may_read = is_test || places.iter().any(|place| inside.contains(place));
                assert!(
                    may_read || !code.lines().any(reads),
                    "{inside}: {marks:?} have a reader in {places:?}"
                );
            }
        }
    }
}

/// Who reads files without `airights_store::read`, which has a bound and never waits, and why that is well.
const READ_OTHERWISE: &[&str] = &[
    "airights-store/src/read.rs",
    // The user's own directory, opened to be locked.
    "airights-store/src/lock.rs",
    // Listed as a file by its directory; so many bytes of it, and no more.
    "airights-facts/src/contents.rs",
    "airights-facts/src/headers.rs",
];

#[test]
fn whatever_others_wrote_is_read_with_a_bound() {
    let opens = ["fs::read(", "fs::read_to_string(", "File::open("];
    for folder in ["crates", "cargo-airights/src"] {
        for (path, code) in sources(folder) {
            let inside = path.to_string_lossy().replace('\\', "/");
            let is_test = ["/tests/", "/tests.rs", "/fixture.rs", "/examples/"];
            let is_run = inside.contains("/src/") && !is_test.iter().any(|test| inside.contains(test));
            let may_read = !is_run || READ_OTHERWISE.iter().any(|place| inside.contains(place));
            let is_code = |line: &&str| !line.trim_start().starts_with("//");
            let reads =
                |line: &str| opens.iter().any(|opens| line.contains(opens)) && !line.contains("PolicyFile::open(");
            if let Some(line) = code
                .lines()
                .filter(is_code)
                .find(|line| reads(line))
                .filter(|_| !may_read)
            {
                panic!("{inside}: `{}` has no bound; use `airights_store::read`", line.trim());
            }
        }
    }
}

#[test]
fn what_writes_is_told_where() {
    for folder in [
        "crates/airights-report/src",
        "crates/airights-vocabularies/src",
        "cargo-airights/src/declaration",
    ] {
        assert_absent(
            folder,
            &["std::fs", "std::env"],
            "it makes a text; where that is kept is for others",
        );
    }
}

#[test]
fn only_the_registry_is_asynchronous() {
    for folder in ["crates", "cargo-airights/src"] {
        for (path, code) in sources(folder) {
            let is_registry = path.to_string_lossy().contains("airights-registry");
            let is_async = code
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains("async fn"));
            assert!(is_registry || !is_async, "{}: async stays in one crate", path.display());
        }
    }
}

#[test]
fn only_the_commands_know_the_command_line() {
    assert_absent(
        "cargo-airights/src/declaration",
        &["crate::commands", "crate::cli", "crate::console", "airights_report"],
        "the commands bring everything together",
    );
}

/// The modules of the engine, each of which may use only those before it and itself.
const ENGINE: &[&str] = &[
    "package",
    "declaration",
    "level",
    "rule",
    "graph",
    "facts",
    "policy",
    "terms",
    "fix",
    "problem",
    "help",
    "finding",
    "case",
    "ledger",
    "publish",
    "rules",
    "judge",
    "evaluate",
    "baseline",
    "suggest",
    "diff",
];

#[test]
fn each_module_of_the_engine_uses_only_those_before_it() {
    for (path, code) in sources("crates/airights/src") {
        let inside = path.to_string_lossy().replace('\\', "/");
        let Some(place) = ENGINE.iter().position(|module| {
            inside.ends_with(&format!("/src/{module}.rs")) || inside.contains(&format!("/src/{module}/"))
        }) else {
            continue;
        };
        for later in &ENGINE[place + 1..] {
            let use_of_later = format!("crate::{later}::");
            assert!(
                !code.contains(&use_of_later),
                "{inside} uses `{later}`, which comes after it"
            );
        }
    }
}

/// What a rule finds is a value, so that no key, order or comparison rests on how it is worded; words are the report's.
#[test]
fn no_rule_has_words() {
    for folder in [
        "crates/airights/src/rules",
        "crates/airights/src/publish",
        "crates/airights/src/case",
    ] {
        for (path, code) in sources(folder) {
            // The language of scenes is words, and only tests speak it.
            if path.ends_with("scene.rs") || path.ends_with("tests.rs") {
                continue;
            }
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            let literals = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
            for literal in literals {
                assert!(
                    !literal.contains(' '),
                    "{}: {literal:?} belongs into the report",
                    path.display()
                );
            }
        }
    }
}

/// A file that grows past this has a second idea in it.
#[test]
fn no_file_is_too_long_to_read_in_one_sitting() {
    for folder in ["crates", "cargo-airights/src"] {
        for (path, _) in sources(folder) {
            let text = std::fs::read_to_string(&path).expect("a source file");
            let is_made = text.to_lowercase().contains("made by `scripts/");
            let lines = text.lines().count();
            assert!(
                is_made || lines <= 500,
                "{} has {lines} lines; look for the second idea in it",
                path.display()
            );
        }
    }
}
