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
        "airights/src",
        &words,
        "the engine takes facts and returns values, nothing else",
    );
    assert_absent(
        "airights-text/src",
        &words,
        "the reader takes a text and returns a reading, nothing else",
    );
}

#[test]
fn gathering_rendering_the_registry_and_the_vocabularies_do_not_know_each_other() {
    assert_absent(
        "cargo-airights/src/alternatives",
        &[
            "crate::gather",
            "crate::render",
            "crate::registry",
            "crate::commands",
            "crate::cli",
        ],
        "alternatives are names in an order; who asks for them has them judged",
    );
    assert_absent(
        "cargo-airights/src/vocabularies",
        &[
            "crate::gather",
            "crate::render",
            "crate::registry",
            "crate::alternatives",
            "crate::commands",
            "crate::cli",
            "std::fs",
            "std::env",
        ],
        "a translation is of terms to a text; where either is kept is for others",
    );
    assert_absent(
        "cargo-airights/src/declaration",
        &[
            "crate::gather",
            "crate::render",
            "crate::registry",
            "crate::alternatives",
            "crate::vocabularies",
            "crate::commands",
            "crate::cli",
            "std::fs",
            "std::env",
        ],
        "what a declaration is made of is texts; which files they stand in is for the command",
    );
    for folder in ["gather", "render", "registry"] {
        assert_absent(
            &format!("cargo-airights/src/{folder}"),
            &["crate::alternatives", "crate::vocabularies", "crate::declaration"],
            "the commands bring them together",
        );
    }
    assert_absent(
        "cargo-airights/src/gather",
        &["crate::render", "crate::registry", "crate::commands", "crate::cli"],
        "facts describe",
    );
    assert_absent(
        "cargo-airights/src/registry",
        &["crate::gather", "crate::render", "crate::commands", "crate::cli"],
        "the registry forwards; what it withholds it is told",
    );
    assert_absent(
        "cargo-airights/src/render",
        &["crate::gather", "crate::registry", "crate::commands", "crate::cli"],
        "renderers speak",
    );
    assert_absent(
        "cargo-airights/src/render",
        &["std::fs", "std::env"],
        "a renderer writes where it is told",
    );
}

#[test]
fn only_the_registry_may_be_asynchronous() {
    for (path, code) in sources("cargo-airights/src") {
        let is_registry = path.components().any(|part| part.as_os_str() == "registry");
        assert!(
            is_registry || !code.contains("async fn"),
            "{}: async stays under registry/",
            path.display()
        );
    }
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
    for (path, code) in sources("airights/src") {
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
    for folder in ["airights/src/rules", "airights/src/publish", "airights/src/case"] {
        for (path, code) in sources(folder) {
            // The language of scenes is words, and only tests speak it.
            if path.ends_with("scene.rs") {
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
    for folder in ["airights/src", "airights-text/src", "cargo-airights/src"] {
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
