//! One declaration for a workspace, which its members carry along where they are published.

use super::declare;
use crate::support::Workspace;

/// Two members that are published, one of which has words of its own, and one that is not.
fn story() -> Workspace {
    let story = Workspace::empty(None);
    story.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"2\"\n\n[workspace.package]\nlicense = \"MIT\"\n",
    );
    for (name, rest) in [
        ("ink", "license.workspace = true\n"),
        (
            "pen",
            "license.workspace = true\n\n[package.metadata.airights]\ncontent-usage = \"train-ai=y\" # ours may\n",
        ),
        ("tests", "publish = false\n"),
    ] {
        let manifest = format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{rest}");
        story.write(&format!("crates/{name}/Cargo.toml"), manifest);
        story.write(&format!("crates/{name}/src/lib.rs"), "");
    }
    story
}

#[test]
fn members_that_are_published_carry_it_along_and_keep_what_they_say_otherwise() {
    let story = story();
    declare(&story, &["--workspace", "--preset", "no-training"]);
    assert!(story.read("Cargo.toml").contains("[workspace.metadata.airights]\n"));
    let ink = story.read("crates/ink/Cargo.toml");
    assert!(
        ink.contains("content-usage = \"train-ai=n\"\nuse = { ai-input = \"allowed\" }\n"),
        "{ink}"
    );
    let pen = story.read("crates/pen/Cargo.toml");
    assert!(pen.contains("content-usage = \"train-ai=y\" # ours may\n"), "{pen}");
    assert!(pen.contains("use = { ai-input = \"allowed\" }\n"), "{pen}");
    assert!(!story.read("crates/tests/Cargo.toml").contains("airights"));
    // What the workspace says later reaches those that said the same before.
    declare(
        &story,
        &["--workspace", "--train-ai", "conditional", "--condition", "credit"],
    );
    assert!(
        story
            .read("crates/ink/Cargo.toml")
            .contains("train-ai=n;exceptions=cc-cr")
    );
    assert_eq!(story.read("crates/pen/Cargo.toml"), pen);
    assert_eq!(story.run(&["declare", "--workspace", "--check"]).code, Some(0));
}

#[test]
fn a_license_that_is_inherited_gets_its_rider_where_it_stands() {
    let story = story();
    let outcome = declare(&story, &["--workspace", "--preset", "no-training", "--rider", "and"]);
    let once =
        "judges `ink 0.1.0` by its rider in this workspace, too\n |\n = note: and so it is with 1 more package\n";
    assert!(outcome.err.contains(once), "{outcome:?}");
    let root = story.read("Cargo.toml");
    let expected = "license = \"MIT AND LicenseRef-airights-train-ai-disallowed.ai-input-allowed\"\n";
    assert!(root.contains(expected), "{root}");
    assert!(
        story
            .read("crates/ink/Cargo.toml")
            .contains("license.workspace = true\n")
    );
    let rider = "crates/ink/LICENSES/LicenseRef-airights-train-ai-disallowed.ai-input-allowed.txt";
    assert!(story.read(rider).contains("may not be used to train"));
    // One with other terms cannot share it.
    let pen = story.read("crates/pen/Cargo.toml");
    assert!(
        pen.contains("license = \"MIT AND LicenseRef-airights-train-ai-allowed.ai-input-allowed\"\n"),
        "{pen}"
    );
}

#[test]
fn one_member_may_be_declared_for_on_its_own() {
    let story = story();
    declare(&story, &["-p", "tests", "--ai-input", "disallowed"]);
    assert!(
        story
            .read("crates/tests/Cargo.toml")
            .contains("use = { ai-input = \"disallowed\" }\n")
    );
    assert!(!story.read("Cargo.toml").contains("airights"));
}
