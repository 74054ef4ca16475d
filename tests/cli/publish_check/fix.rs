//! `--fix`: what takes no decision is mended, comments and layout stay, and whatever goes wrong changes nothing.

use std::fs;
use std::process::Command;

use super::{package, told, workspace};
use crate::support::{Workspace, license_text};

#[track_caller]
fn mended(story: &Workspace) {
    let outcome = story.run(&["publish-check", "--workspace", "--fix"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.out.contains("fixed `"), "{}", outcome.out);
    let again = story.run(&["publish-check", "--workspace", "--fix", "--format", "json"]);
    assert_eq!((again.code, told(&again)), (Some(0), Vec::new()), "{again:?}");
}

#[test]
fn texts_of_the_workspace_are_copied_into_each_package() {
    let members = [
        ("one", "license.workspace = true"),
        ("two", "license.workspace = true\ninclude = [\"src\"] # nothing else"),
    ];
    let story = workspace("[workspace.package]\nlicense = \"MIT OR Apache-2.0\"\n", &members);
    story.write("LICENSE-MIT", license_text("MIT"));
    story.write("LICENSE-APACHE", license_text("Apache-2.0"));
    mended(&story);
    for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
        for member in ["one", "two"] {
            assert_eq!(story.read(&format!("crates/{member}/{file}")), story.read(file));
        }
    }
    assert!(
        story
            .read("crates/two/Cargo.toml")
            .ends_with("include = [\"src\", \"/LICENSE-MIT\", \"/LICENSE-APACHE\"] # nothing else\n"),
        "{}",
        story.read("crates/two/Cargo.toml")
    );
    let listed = story.cargo(&["package", "--list", "--allow-dirty", "-p", "two"]);
    assert!(listed.out.contains("LICENSE-MIT\n"), "{listed:?}");
}

#[test]
fn include_learns_of_the_text_it_forgets() {
    let story = package("license = \"MIT\"\ninclude = [\n    \"src\", # the code\n]");
    story.write("LICENSE", license_text("MIT"));
    mended(&story);
    let expected = "include = [\n    \"src\", # the code\n    \"/LICENSE\",\n]\n";
    assert!(
        story.read("Cargo.toml").ends_with(expected),
        "{}",
        story.read("Cargo.toml")
    );
}

#[test]
fn an_expression_in_old_words_is_restated_where_it_stands() {
    let root = "[workspace.package] # for all\nlicense = \"MIT/Apache-2.0\" # both\n";
    let story = workspace(root, &[("one", "license.workspace = true")]);
    story.write("crates/one/LICENSE-MIT", license_text("MIT"));
    story.write("crates/one/LICENSE-APACHE", license_text("Apache-2.0"));
    mended(&story);
    let text = story.read("Cargo.toml");
    assert!(
        text.contains("# for all\nlicense = \"MIT OR Apache-2.0\" # both\n"),
        "{text}"
    );
}

#[test]
fn terms_are_never_invented() {
    let story = package("");
    let before = story.read("Cargo.toml");
    let outcome = story.run(&["publish-check", "--fix"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!(story.read("Cargo.toml"), before);
    let story = package("license = \"MIT\"");
    let outcome = story.run(&["publish-check", "--fix"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(!story.root().join("LICENSE").exists());
}

/// A package whose text `include` forgets, committed.
fn committed() -> Workspace {
    let story = package("license = \"MIT\"\ninclude = [\"src\"]");
    story.write("LICENSE", license_text("MIT"));
    commit(&story);
    story
}

fn commit(story: &Workspace) {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(arguments);
        let status = git.current_dir(story.root()).status().expect("git runs");
        assert!(status.success(), "{arguments:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "-A"]);
    git(&["commit", "--quiet", "-m", "all of it"]);
}

#[test]
fn a_dirty_tree_is_left_alone_unless_told() {
    let story = committed();
    story.write("src/lib.rs", "// at work\n");
    let before = story.read("Cargo.toml");
    let outcome = story.run(&["publish-check", "--fix"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome.err.contains("not committed, so nothing was changed"),
        "{outcome:?}"
    );
    assert_eq!(story.read("Cargo.toml"), before);
    let outcome = story.run(&["publish-check", "--fix", "--allow-dirty"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
}

#[test]
fn a_tree_that_git_cannot_read_is_left_alone() {
    let story = package("license = \"MIT\"\ninclude = [\"src\"]");
    story.write("LICENSE", license_text("MIT"));
    fs::write(story.root().join(".git"), "gitdir: /nowhere\n").expect("a file in a temporary directory");
    let before = story.read("Cargo.toml");
    let outcome = story.run(&["publish-check", "--fix"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert_eq!(story.read("Cargo.toml"), before);
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let story = package("license = \"MIT\"\ninclude = [\"src\"]");
    story.write("LICENSE", license_text("MIT"));
    let manifest = story.root().join("Cargo.toml");
    let before = story.read("Cargo.toml");
    let mut permissions = fs::metadata(&manifest).expect("the manifest").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&manifest, permissions).expect("permissions of our own file");
    let outcome = story.run(&["publish-check", "--fix"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome
            .err
            .contains("= caused by: it is read-only\n = help: nothing was changed"),
        "{outcome:?}"
    );
    assert_eq!(story.read("Cargo.toml"), before);
}

/// What git ignores is not published, so a copy would be of no use.
#[test]
fn a_copy_that_would_not_be_published_is_not_made() {
    let story = workspace("", &[("one", "license = \"MIT\"")]);
    story.write("LICENSE", license_text("MIT"));
    story.write(".gitignore", "/crates/one/LICENSE\n");
    commit(&story);
    let outcome = story.run(&["publish-check", "--workspace", "--fix"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.err.contains("nothing was changed"), "{outcome:?}");
    assert!(!story.root().join("crates/one/LICENSE").exists());
}
