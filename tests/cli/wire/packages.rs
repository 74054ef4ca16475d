//! Packages that are not what they are said to be.

use super::plain;
use crate::support::{Crate, Registry, Workspace};

/// Version 1.1.0 of `parser` is a package whose manifest says that it is another one.
fn claiming(name: &str, version: &str) -> [Crate; 2] {
    [
        plain("parser", "1.0.0"),
        plain("parser", "1.1.0").claiming_to_be(name, version),
    ]
}

#[test]
fn a_package_that_calls_itself_something_else_is_refused() {
    for (name, version) in [("other", "1.1.0"), ("parser", "9.9.9"), ("Parser", "1.1.0")] {
        let story = Workspace::empty(Some(Registry::with(claiming(name, version))));
        let outcome = story.run(&["diff", "parser@1.0.0", "1.1.0"]);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        let expected = format!("the package `parser 1.1.0` is refused: its manifest is that of `{name} {version}`");
        assert!(outcome.err.contains(&expected), "{outcome:?}");
    }
}

/// Cargo itself does not take it either.
#[test]
fn a_package_that_calls_itself_something_else_is_not_checked() {
    for (name, version) in [("other", "1.1.0"), ("parser", "9.9.9")] {
        let story = Workspace::depending_on("parser = \"1\"", Registry::with(claiming(name, version)));
        let outcome = story.run(&["check"]);
        assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""), "{outcome:?}");
    }
}

#[test]
fn a_package_that_calls_itself_something_else_is_no_fix() {
    let [_, other] = claiming("other", "1.1.0");
    let denied = Crate::new("parser", "1.2.0").license("GPL-3.0-only");
    let story = Workspace::depending_on("parser = \"1\"", Registry::with([other, denied]));
    let manifest = story.read("Cargo.toml");
    story.write(
        "Cargo.toml",
        manifest.replacen("edition", "license = \"MIT\"\nedition", 1),
    );
    let outcome = story.run(&["suggest"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(!outcome.out.contains("1.1.0"), "{outcome:?}");
}

/// Whatever a stranger writes into a message is cut.
#[test]
fn foreign_words_in_a_message_are_few() {
    let long = "x".repeat(200_000);
    let registry = Registry::with([
        plain("parser", "1.0.0"),
        plain("parser", "1.1.0").claiming_to_be(&long, "1.1.0"),
    ]);
    let story = Workspace::empty(Some(registry));
    let outcome = story.run(&["diff", "parser@1.0.0", "1.1.0"]);
    assert_eq!(outcome.code, Some(2));
    assert!(
        outcome.err.len() < 2000 && outcome.err.contains("xxx…"),
        "{} bytes",
        outcome.err.len()
    );
}
