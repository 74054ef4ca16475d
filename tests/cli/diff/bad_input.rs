//! Bad input: a clear message, exit code 2, and nothing written.

use super::{locked, registry};
use crate::support::Workspace;

#[track_caller]
fn refused(story: &Workspace, arguments: &[&str], expected: &[&str]) {
    let outcome = story.run(&[&["diff"], arguments].concat());
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert_eq!(outcome.out, "");
    for words in expected {
        assert!(outcome.err.contains(words), "`{words}` is missing in: {}", outcome.err);
    }
}

#[test]
fn crates_and_versions_that_do_not_exist() {
    let story = Workspace::empty(Some(registry()));
    refused(
        &story,
        &["nobody@1.0.0", "1.1.0"],
        &["the registry has no crate `nobody`"],
    );
    refused(
        &story,
        &["parser@1.0.0", "9.9.9"],
        &["`parser` has no version `9.9.9`", "1.1.0, 1.0.0"],
    );
    refused(
        &story,
        &["parser@1.0.0"],
        &["takes two", "cargo airights diff parser@1.0.0 VERSION"],
    );
    refused(&story, &["parser@1.0.0", "steady@1.0.0"], &["two crates"]);
    refused(&story, &["parser@1.0.0", "new"], &["`new` is not a version"]);
    refused(
        &story,
        &["parser", "1.0.0"],
        &["neither a file nor a crate", "--base REV"],
    );
    refused(&story, &["parser@1.0.0", "1.1.0", "--offline"], &["--offline"]);
}

#[test]
fn files_of_another_kind() {
    let story = Workspace::depending_on("", registry());
    locked(&story, "steady = \"1\"", "good.lock");
    story.write("broken.lock", "[[package\n");
    story.write("other.json", "{\"version\": 1, \"tool\": {\"name\": \"another\"}}");
    story.write(
        "later.json",
        "{\"version\": 7, \"tool\": {\"name\": \"cargo-airights\"}}",
    );
    story.write(
        "cut.json",
        "{\"version\": 1, \"tool\": {\"name\": \"cargo-airights\"}, \"packages\": [",
    );
    story.write("parser@1.0.0", "");
    story.write("bytes.lock", b"\xff\xfe\0\0");
    refused(
        &story,
        &["broken.lock", "good.lock"],
        &["`broken.lock` is not a lockfile"],
    );
    refused(
        &story,
        &["bytes.lock", "good.lock"],
        &["`bytes.lock` is not a lockfile"],
    );
    refused(
        &story,
        &["Cargo.toml", "good.lock"],
        &["`Cargo.toml` is not a lockfile"],
    );
    refused(
        &story,
        &["other.json"],
        &["`other.json` is not a report", "another tool"],
    );
    refused(&story, &["later.json"], &["version 7"]);
    refused(&story, &["cut.json"], &["`cut.json` is not a report"]);
    refused(
        &story,
        &["--base-report", "good.lock"],
        &["`good.lock` is not a report"],
    );
    refused(
        &story,
        &["good.lock", "other.json"],
        &["compared with the workspace as it is now"],
    );
    refused(
        &story,
        &["parser@1.0.0", "1.1.0"],
        &["may be a file or a crate", "./parser@1.0.0"],
    );
    refused(&story, &["good.lock", "parser@1.1.0"], &["is a file and", "a crate"]);
    refused(&story, &["good.lock", "--base", "HEAD"], &["cannot be used with"]);
}
