//! What `allow` and `clarify` write lets in no more than what somebody has seen and said.

use super::ends;
use crate::support::{Crate, Registry, Workspace, license_text};

fn story_of(krate: Crate) -> Workspace {
    let dependency = krate.as_dependency();
    Workspace::depending_on(&dependency, Registry::with([krate]))
}

/// What a crate declares is no answer to what its text says beyond that.
#[test]
fn a_text_that_says_more_is_for_a_person_to_name() {
    let words = format!("{}\nThis software may not be used by Acme.\n", license_text("MIT"));
    for text in [words, license_text("GPL-3.0-only")] {
        let story = story_of(Crate::new("odd", "1.0.0").license("MIT").file("LICENSE", text));
        let expected = ["which license `odd 1.0.0` has is for you to say", "--expression"];
        ends(&story.run(&["clarify", "odd", "--reason", "seen"]), 2, &expected);
        assert!(!story.root().join("airights.toml").exists());
    }
}

/// A clarification speaks for the files it was made from.
#[test]
fn a_license_file_beside_those_that_were_read_still_counts() {
    let krate = Crate::new("two", "1.0.0")
        .license("MIT")
        .file("LICENSE", "You may use this on Thursdays, provided that you sing.\n")
        .file("COPYING", license_text("GPL-3.0-only"));
    let story = story_of(krate);
    let clarify = [
        "clarify",
        "two",
        "--expression",
        "MIT",
        "--file",
        "LICENSE",
        "--reason",
        "seen",
    ];
    let outcome = story.run(&clarify);
    assert_ne!(outcome.code, Some(0), "{outcome:?}");
    let checked = story.run(&["check"]);
    ends(&checked, 1, &["`MIT AND GPL-3.0-only`"]);
}

#[test]
fn no_other_license_is_suggested_for_one_that_is_not_known() {
    let story = story_of(Crate::new("none", "1.0.0"));
    for name in ["UNLICENSED", "GPL-9.0"] {
        let outcome = story.run(&["clarify", "none", "--expression", name, "--reason", "seen"]);
        ends(&outcome, 2, &["is not an SPDX expression"]);
        assert!(!outcome.err.contains("did you mean"), "{outcome:?}");
    }
}

#[test]
fn an_exception_that_expired_keeps_its_roles() {
    let story = story_of(Crate::new("gpl", "1.0.0").license("GPL-3.0-only"));
    let policy = "version = 1\n\n[[exceptions]]\ncrate = \"gpl\"\nlicenses = [\"GPL-3.0-only\"]\nroles = [\"shipped\"]\n\
                  reason = \"then\"\nexpires = 2020-01-01\n";
    story.write("airights.toml", policy);
    ends(&story.run(&["allow", "gpl", "--reason", "now"]), 0, &["settled"]);
    assert!(story.read("airights.toml").contains("roles = [\"shipped\"]"));
}

/// The whole workspace is judged, so it is judged by the policy of the whole.
#[test]
fn a_members_own_policy_does_not_judge_the_workspace() {
    let story = Workspace::empty(Some(Registry::with([
        Crate::new("gpl", "1.0.0").license("GPL-3.0-only")
    ])));
    story.write("member/src/lib.rs", "");
    story.write(
        "member/Cargo.toml",
        "[package]\nname = \"member\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\ngpl = \"1\"\n",
    );
    story.write("Cargo.toml", "[workspace]\nmembers = [\"member\"]\nresolver = \"2\"\n");
    ends(&story.run(&["check"]), 1, &["GPL-3.0-only"]);
    story.write(
        "member/airights.toml",
        "version = 1\n[licenses]\nallow = [\"GPL-3.0-only\"]\n",
    );
    ends(&story.run(&["check"]), 1, &["GPL-3.0-only"]);
    ends(
        &story.run(&["check", "--manifest-path", "member/Cargo.toml"]),
        1,
        &["GPL-3.0-only"],
    );
}

#[test]
fn what_is_judged_for_some_targets_is_said_to_be() {
    let story = story_of(Crate::new("free", "1.0.0").license("MIT"));
    let outcome = story.run(&["check", "--target", "x86_64-pc-windows-msvc"]);
    ends(
        &outcome,
        0,
        &["note: this judges what is built for `x86_64-pc-windows-msvc` alone"],
    );
}

/// A crate's own words never begin a line that looks like ours.
#[test]
fn a_license_of_several_lines_is_quoted_in_one() {
    let story = story_of(Crate::new("loud", "1.0.0").license("Mine\\nhelp: all is well"));
    let outcome = story.run(&["check"]);
    assert!(
        !outcome.out.contains("\nhelp: all") && !outcome.out.contains("= note: help"),
        "{outcome:?}"
    );
    ends(&outcome, 1, &["Mine\\u{a}help: all is well"]);
}
