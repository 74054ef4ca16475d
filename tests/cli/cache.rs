//! The cache of facts: it makes a second run quicker, and never makes it different.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Crate, Registry, Workspace, license_text};

fn story() -> Workspace {
    let crates = (0..8).map(|number| {
        Crate::new(&format!("part{number}"), "1.0.0")
            .license("MIT")
            .file("LICENSE", license_text("MIT"))
    });
    let dependencies: String = (0..8).map(|number| format!("part{number} = \"1\"\n")).collect();
    Workspace::depending_on(&dependencies, Registry::with(crates))
}

/// Every file below a directory.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn nothing_is_remembered_where_that_is_not_wanted() {
    let story = story();
    assert_eq!(story.run(&["check", "--no-cache"]).code, Some(0));
    assert_eq!(files(&story.cache()), Vec::<PathBuf>::new());
    assert_eq!(story.run(&["check"]).code, Some(0));
    assert!(!files(&story.cache()).is_empty());
}

#[test]
fn a_corrupt_cache_does_no_harm() {
    let story = story();
    let fresh = story.run(&["check", "--format", "json"]);
    for damage in [&b""[..], b"garbage", &[0xff; 4096]] {
        for file in files(&story.cache()) {
            fs::write(file, damage).expect("a file of the cache");
        }
        let again = story.run(&["check", "--format", "json"]);
        assert_eq!(
            (again.code, &again.out, &again.err),
            (fresh.code, &fresh.out, &fresh.err)
        );
    }
}

#[test]
fn a_cache_that_cannot_be_written_does_no_harm() {
    let story = story();
    fs::write(story.cache(), "a file where the directory should be").expect("a file");
    let outcome = story.run(&["check"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
}

#[test]
fn several_processes_may_fill_it_at_once() {
    let story = story();
    assert_eq!(story.run(&["check", "--no-cache"]).code, Some(0));
    let children: Vec<_> = (0..6)
        .map(|_| {
            story
                .command()
                .args(["check", "--quiet"])
                .spawn()
                .expect("the program runs")
        })
        .collect();
    for mut child in children {
        assert_eq!(child.wait().expect("the program ends").code(), Some(0));
    }
    assert_eq!(story.run(&["check"]).code, Some(0));
}

/// What may be edited is read every time.
#[test]
fn a_license_in_the_workspace_is_never_remembered() {
    let story = story();
    story.write(
        "vendored/Cargo.toml",
        "[package]\nname = \"vendored\"\nversion = \"1.0.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n",
    );
    story.write("vendored/src/lib.rs", "");
    story.write("vendored/LICENSE", license_text("MIT"));
    let manifest = fs::read_to_string(story.root().join("Cargo.toml")).expect("the manifest");
    story.write(
        "Cargo.toml",
        manifest + "vendored = { path = \"vendored\" }\n\n[workspace]\nexclude = [\"vendored\"]\n",
    );
    assert_eq!(story.run(&["check"]).code, Some(0));
    story.write(
        "vendored/LICENSE",
        format!("{}\n{}\n", license_text("MIT"), crate::support::NO_TRAINING),
    );
    let outcome = story.run(&["check"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
}
