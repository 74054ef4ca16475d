//! What users read is plain English: none of the words that only we would use stands in a message, in help, in the
//! documentation or in an example.

use std::path::{Path, PathBuf};

/// What is not said, and what is said in its place.
const NOT_SAID: &[(&str, &str)] = &[
    ("licence", "license"),
    ("denied anew", "newly denied"),
    (" anew", "again"),
    ("way out", "fix"),
    ("ways out", "fixes"),
    ("nobody", "name the subject, or use the passive"),
    ("whoever", "who"),
    ("taken back", "yanked"),
    ("is no crate", "is not a crate"),
    ("is no package", "is not a package"),
    ("is no SPDX", "is not an SPDX"),
    ("is no TOML", "is not TOML"),
    ("is no JSON", "is not JSON"),
    ("none we know", "not a known license"),
    ("mended", "fixed"),
    ("at hand", "available"),
    ("garbled", "malformed"),
    ("lets pass", "accepts"),
    ("let pass", "accept"),
    ("do without", "replace"),
    ("comes from elsewhere", "from another source"),
    ("was not looked into", "was not searched"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files_in(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("an entry of a folder").path();
        if path.is_dir() {
            files_in(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    files_in(&root().join(folder), ending, &mut found);
    assert!(!found.is_empty(), "{folder} has no {ending}");
    found
}

/// The lines of some text that hold a word that is not said.
fn faults(path: &Path, text: &str, faults: &mut Vec<String>) {
    for (word, instead) in NOT_SAID {
        if text.contains(word) {
            faults.push(format!("{}: `{word}` ({instead}): {text}", path.display()));
        }
    }
}

/// The texts in quotes of a line of code that are more than one word.
fn messages(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2).filter(|text| text.contains(' '))
}

#[test]
fn messages_and_help_are_plain() {
    let mut found = Vec::new();
    let mut sources = files("cargo-airights/src", ".rs");
    for name in [
        "report",
        "policy",
        "facts",
        "cargo",
        "registry",
        "session",
        "vocabularies",
        "manifest",
    ] {
        sources.extend(files(&format!("crates/airights-{name}/src"), ".rs"));
    }
    for path in sources {
        let inside = path.to_string_lossy().replace('\\', "/");
        let is_test = ["/tests", "/fixture", "/sample", "/properties"]
            .iter()
            .any(|part| inside.contains(part));
        // Older files were written in older words.
        if is_test || inside.ends_with("old_words.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for line in code.lines().map(str::trim) {
            let is_help = inside.contains("/cli/") && line.starts_with("///");
            if is_help {
                faults(&path, line, &mut found);
            } else if !line.starts_with("//") {
                messages(line).for_each(|message| faults(&path, message, &mut found));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn documentation_is_plain() {
    let mut found = Vec::new();
    let mut pages = vec![root().join("README.md")];
    pages.extend(files("docs", ".md"));
    pages.extend(files("policy-examples", ".toml"));
    pages.extend(files("crates/airights-report/src/goldens", ""));
    for path in pages {
        let text = std::fs::read_to_string(&path).expect("a page");
        text.lines().for_each(|line| faults(&path, line, &mut found));
    }
    // The opening comment of a rule is its documentation.
    for folder in ["crates/airights/src/rules", "crates/airights/src/publish"] {
        for path in files(folder, ".rs") {
            let text = std::fs::read_to_string(&path).expect("a rule");
            let comment = text.lines().take_while(|line| line.starts_with("//!"));
            comment.for_each(|line| faults(&path, line, &mut found));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}
