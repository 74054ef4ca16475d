//! Git revisions: what a pull request changes.

use std::process::Command;

use super::{change, ends_with, kinds, locked, registry};
use crate::support::Workspace;

/// Runs git in the workspace, as nobody in particular.
#[track_caller]
pub(super) fn git(story: &Workspace, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.args(["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]);
    git.args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]);
    let output = git
        .args(arguments)
        .current_dir(story.root())
        .output()
        .expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Commits everything.
#[track_caller]
pub(super) fn commit(story: &Workspace) {
    git(story, &["add", "-A"]);
    git(story, &["commit", "-q", "-m", "a change"]);
}

fn story() -> Workspace {
    let story = Workspace::depending_on("", registry());
    git(&story, &["init", "-q"]);
    locked(&story, "denied = \"=1.0.0\"\nparser = \"=1.0.0\"", "Cargo.lock");
    commit(&story);
    story
}

#[test]
fn the_working_tree_is_compared_with_the_last_commit() {
    let story = story();
    let nothing = story.run(&["diff"]);
    ends_with(&nothing, 1);
    assert!(nothing.out.contains("no package differs"), "{nothing:?}");
    ends_with(&story.run(&["diff", "--only-new"]), 0);
    locked(&story, "denied = \"=1.0.1\"\nparser = \"=1.1.0\"", "Cargo.lock");
    let outcome = story.run(&["diff", "--only-new", "--format", "json"]);
    ends_with(&outcome, 1);
    let report = outcome.json();
    assert_eq!(kinds(&report), ["moved denied", "moved parser"]);
    let news: Vec<_> = ["denied", "parser"]
        .map(|name| {
            let findings = change(&report, name)["after"]["findings"]
                .as_array()
                .expect("findings")
                .iter();
            findings
                .filter(|finding| finding["new"] == true && finding["level"] == "deny")
                .count()
        })
        .into();
    assert_eq!(news, [0, 2], "{report:#}");
}

#[test]
fn two_revisions_are_compared_without_the_working_tree() {
    let story = story();
    git(&story, &["tag", "before"]);
    locked(&story, "steady = \"1\"", "Cargo.lock");
    commit(&story);
    story.write("Cargo.lock", "not a lockfile at all");
    let outcome = story.run(&["diff", "--base", "before", "--head", "HEAD", "--format", "json"]);
    ends_with(&outcome, 0);
    assert_eq!(
        kinds(&outcome.json()),
        ["removed denied", "removed parser", "added steady"]
    );
    let back = story.run(&["diff", "--base", "HEAD", "--head", "before"]);
    ends_with(&back, 1);
    assert!(back.out.contains("added denied 1.0.0"), "{back:?}");
    assert!(back.out.contains("from HEAD to before"), "{back:?}");
}

#[test]
fn what_git_does_not_know_is_said() {
    let story = story();
    let unknown = story.run(&["diff", "--base", "origin/nowhere"]);
    ends_with(&unknown, 2);
    assert!(
        unknown.err.contains("git knows no revision `origin/nowhere`"),
        "{unknown:?}"
    );
    let option = story.run(&["diff", "--base=--output=x"]);
    ends_with(&option, 2);
    assert!(option.err.contains("git knows no revision"), "{option:?}");
    git(&story, &["rm", "-q", "--cached", "Cargo.lock"]);
    commit_index(&story);
    let missing = story.run(&["diff"]);
    ends_with(&missing, 2);
    assert!(missing.err.contains("`HEAD` has no `Cargo.lock`"), "{missing:?}");
}

fn commit_index(story: &Workspace) {
    git(story, &["commit", "-q", "-m", "without a lockfile"]);
}

#[test]
fn without_git_or_a_repository_there_is_another_way() {
    let story = Workspace::depending_on("", registry());
    locked(&story, "steady = \"1\"", "old.lock");
    let outside = story.run(&["diff"]);
    ends_with(&outside, 2);
    assert!(outside.err.contains("is in no git repository"), "{outside:?}");
    assert!(
        outside.err.contains("cargo airights diff OLD.lock NEW.lock"),
        "{outside:?}"
    );
    let mut command = story.command();
    command.args(["diff", "--base", "x", "--head", "y"]).env("PATH", "");
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(words.contains("git cannot be run"), "{words}");
}

/// Nobody can be asked for what went, so that is said; what is there is judged all the same.
#[test]
fn a_vendored_workspace_is_judged_and_what_went_is_not_compared() {
    let story = story();
    locked(&story, "steady = \"=1.0.0\"\nparser = \"=1.1.0\"", "Cargo.lock");
    let vendored = story.cargo(&["vendor", "--quiet", "--respect-source-config"]);
    assert_eq!(vendored.code, Some(0), "{vendored:?}");
    let config = "[source.crates-io]\nreplace-with = \"vendored\"\n\n[source.vendored]\ndirectory = \"vendor\"\n";
    story.write(".cargo/config.toml", config);
    let outcome = story.run(&["diff", "--only-new", "--format", "json"]);
    ends_with(&outcome, 1);
    let report = outcome.json();
    assert_eq!(kinds(&report), ["removed denied", "moved parser", "added steady"]);
    let reason = change(&report, "parser")["not_compared"][0].as_str().expect("a reason");
    assert!(
        reason.starts_with("`parser 1.0.0`: the registry `crates-io` is kept in the directory source"),
        "{reason}"
    );
    assert_eq!(report["counts"]["denied_anew"], 2);
}

#[test]
fn a_change_does_not_choose_the_policy_it_is_judged_by() {
    let story = story();
    let strict = "version = 1\n[licenses]\nallow = [\"MIT\"]\n";
    story.write("airights.toml", "version = 1\nextends = [\"company/policy.toml\"]\n");
    story.write("company/policy.toml", strict);
    locked(&story, "parser = \"=1.0.0\"", "Cargo.lock");
    commit(&story);
    locked(&story, "parser = \"=1.0.0\"\ndenied = \"=1.0.0\"", "Cargo.lock");
    let judged = |arguments: &[&str]| {
        let outcome = story.run(&[&["diff", "--only-new"], arguments].concat());
        (outcome.code, outcome.out)
    };
    let (code, plain) = judged(&[]);
    assert_eq!(code, Some(1), "{plain}");
    assert!(!plain.contains("policy of `HEAD`"), "{plain}");
    // The change lets in what it brings, in a file that its policy extends.
    story.write(
        "company/policy.toml",
        strict.replace("MIT", "class:permissive\", \"GPL-3.0-only"),
    );
    let (code, loosened) = judged(&[]);
    assert_eq!(code, Some(1), "{loosened}");
    let warning =
        "warning: the change loosens the policy: `denied 1.0.0` is denied by the policy of `HEAD`, and not by the";
    assert!(loosened.contains(warning), "{loosened}");
    assert!(judged(&["-q"]).1.contains(warning));
    let report = story.run(&["diff", "--only-new", "--format", "json"]).json();
    assert_eq!(
        report["policy_change"],
        serde_json::json!({ "judged_by": "HEAD", "let_in": ["denied 1.0.0"] })
    );
    // Who names a policy means it.
    assert_eq!(judged(&["--policy", "airights.toml"]).0, Some(0));
    commit(&story);
    let (code, of_revisions) = judged(&["--base", "HEAD~1", "--head", "HEAD"]);
    assert_eq!(code, Some(1), "{of_revisions}");
    assert!(
        of_revisions.contains("denied by the policy of `HEAD~1`"),
        "{of_revisions}"
    );
    assert_eq!(judged(&[]).0, Some(0));
}

#[test]
fn a_policy_that_changes_and_lets_nothing_in_is_named() {
    let story = story();
    story.write("airights.toml", "version = 1\n");
    commit(&story);
    story.write("airights.toml", "version = 1\n[ai]\ntrain-ai = \"ignore\"\n");
    let outcome = story.run(&["diff", "--only-new"]);
    ends_with(&outcome, 0);
    assert!(
        outcome.out.contains("note: the change has another policy than `HEAD`"),
        "{outcome:?}"
    );
    // What has no policy yet is judged by the one that comes.
    let outcome = story.run(&["diff", "--only-new", "--base", "HEAD~1"]);
    assert!(!outcome.out.contains("another policy"), "{outcome:?}");
}
