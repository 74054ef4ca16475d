//! `--untrusted`: a project of strangers is judged, and runs nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Crate, Registry, Workspace, license_text};

/// An app whose own configuration names a program for cargo to run; it leaves a file where it was run.
fn story(configuration: &str) -> Workspace {
    let fine = Crate::new("fine", "1.0.0")
        .license("MIT")
        .file("LICENSE", license_text("MIT"));
    let story = Workspace::depending_on("fine = \"1\"", Registry::with([fine]));
    assert_eq!(story.run(&["check"]).code, Some(0));
    let program = story.write(
        "wrapper",
        "#!/bin/sh\ntouch \"$(dirname \"$0\")/was-run\"\nexec \"$@\"\n",
    );
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("permissions of our own file");
    story.write(".cargo/config.toml", configuration);
    story
}

fn was_run(story: &Workspace) -> bool {
    story.root().join("was-run").exists()
}

#[test]
fn what_would_run_a_program_is_refused() {
    let story = story("[build]\njobs = 1\nrustc-wrapper = \"./wrapper\"\n");
    for command in ["check", "list", "tree", "suggest"] {
        let outcome = story.run(&[command, "--untrusted", "--no-cache"]);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(
            outcome
                .err
                .contains("`build.rustc-wrapper` in `[ROOT]/.cargo/config.toml` may have cargo run a program"),
            "{outcome:?}"
        );
        assert!(!was_run(&story), "{command}");
    }
    // Elsewhere cargo does not read that file.
    let mut command = story.command();
    let manifest = story.root().join("Cargo.toml");
    command.args(["airights", "check", "--untrusted", "--no-cache", "--manifest-path"]);
    let outcome = command.arg(manifest).current_dir(story.cargo_home()).output();
    assert_eq!(outcome.expect("the program runs").status.code(), Some(0));
    assert!(!was_run(&story));
    // As it is with cargo itself.
    assert_eq!(story.run(&["check", "--no-cache"]).code, Some(0));
    assert!(was_run(&story));
}

#[test]
fn a_toolchain_of_the_project_is_refused() {
    let story = story("");
    story.write("rust-toolchain.toml", "[toolchain]\npath = \"toolchain\"\n");
    let outcome = story.run(&["check", "--untrusted"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.err.contains("`toolchain.path` in"), "{outcome:?}");
}

#[test]
fn nothing_is_fetched_and_no_lockfile_changes() {
    let story = story("[net]\nretry = 1\n");
    assert_eq!(story.run(&["check", "--untrusted"]).code, Some(0));
    let locked = story.read("Cargo.lock");
    story.write(
        "Cargo.toml",
        story
            .read("Cargo.toml")
            .replace("fine = \"1\"", "fine = \"1\"\nother = \"1\""),
    );
    assert_eq!(story.run(&["check", "--untrusted"]).code, Some(2));
    assert_eq!(story.read("Cargo.lock"), locked);
}
