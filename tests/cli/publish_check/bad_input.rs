//! Bad input: a clear message, exit code 2, and never a clean end.

use super::{package, workspace};
use crate::support::license_text;

#[test]
fn a_manifest_that_is_no_toml() {
    let story = package("license = ");
    let outcome = story.run(&["publish-check"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert_eq!(outcome.out, "");
    assert!(outcome.err.contains("a manifest cannot be read"), "{outcome:?}");
}

#[test]
fn a_package_that_is_not_there() {
    let story = package("license = \"MIT\"");
    let outcome = story.run(&["publish-check", "-p", "nobody"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome.err.contains("`nobody` is not a package of this workspace"),
        "{outcome:?}"
    );
}

#[test]
fn cargo_fails_for_one_of_two() {
    let members = [("good", "license = \"0BSD\""), ("gone", "license-file = \"GONE\"")];
    let story = workspace("", &members);
    let outcome = story.run(&["publish-check", "--workspace"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.out.contains("`gone 0.1.0` could not be checked"), "{outcome:?}");
    assert!(
        outcome.out.contains("cargo says:\n         error: license-file `GONE`"),
        "{outcome:?}"
    );
    assert!(
        outcome.out.contains("checked 1 + never published 0 + not checked 1"),
        "{outcome:?}"
    );
}

#[test]
fn a_license_that_is_no_text_is_not_taken_for_one() {
    let story = package("license = \"MIT\"");
    story.write("LICENSE", [0, 159, 146, 150, 0, 1]);
    let outcome = story.run(&["publish-check"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.out.contains("`LICENSE` is not text"), "{outcome:?}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_as_cargo_follows_them() {
    let story = workspace("", &[("parser", "license = \"MIT\"")]);
    story.write("LICENSE", license_text("MIT"));
    let link = story.root().join("crates/parser/LICENSE");
    std::os::unix::fs::symlink("../../LICENSE", link).expect("a link");
    let outcome = story.run(&["publish-check", "--workspace"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
}
