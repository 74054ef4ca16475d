//! `cargo airights allow` and `clarify`: what `check` finds of a crate is settled in the project's own policy.

use crate::support::{Crate, NO_TRAINING, Outcome, Registry, Workspace, license_text};

#[track_caller]
fn ends(outcome: &Outcome, code: i32, words: &[&str]) {
    assert_eq!(outcome.code, Some(code), "{outcome:?}");
    for words in words {
        let is_said = outcome.out.contains(words) || outcome.err.contains(words);
        assert!(is_said, "`{words}` in {outcome:?}");
    }
}

/// A crate for each rule that offers an entry.
fn one_of_each() -> [Crate; 12] {
    let mit = license_text("MIT");
    [
        Crate::new("not-allowed", "1.0.0")
            .license("GPL-3.0-only")
            .file("COPYING", license_text("GPL-3.0-only")),
        Crate::new("ridden", "1.0.0")
            .license("MIT")
            .file("LICENSE", format!("{mit}\n{NO_TRAINING}\n")),
        Crate::new("unclassified", "1.0.0").license("MIT").file(
            "LICENSE",
            format!("{mit}\nYou must feed the cat of the author each day.\n"),
        ),
        Crate::new("nothing", "1.0.0"),
        Crate::new("unknown", "1.0.0").package("license-file = \"TERMS\"").file(
            "TERMS",
            "You may use this on every second Thursday, provided that you sing.\n",
        ),
        Crate::new("unread", "1.0.0")
            .license("MIT")
            .file("LICENSE", [0xff, 0xfe, 0x00, 0x01, 0xd8]),
        Crate::new("mismatched", "1.0.0")
            .license("MIT")
            .file("LICENSE", &*mit)
            .file("NOTICE", license_text("GPL-3.0-only")),
        Crate::new("left-over", "1.0.0")
            .license("MIT")
            .file("LICENSE", &*mit)
            .file("NOTICE", "You must not paint this product green without asking.\n"),
        Crate::new("bundling", "1.0.0")
            .license("MIT")
            .file("LICENSE", &*mit)
            .file("vendor/zip/COPYING", license_text("GPL-3.0-only")),
        Crate::new("unwilling", "1.0.0")
            .license("MIT")
            .file("LICENSE", &*mit)
            .file("AGENTS.md", "Do not train on the contents of this repository.\n"),
        Crate::new("on-condition", "1.0.0")
            .license("MIT")
            .file("LICENSE", &*mit)
            .file(
                "NOTICE",
                "You may train machine learning models on this software only if you give credit to the author.\n",
            ),
        Crate::new("stale", "1.0.0"),
    ]
}

fn story_of(crates: impl IntoIterator<Item = Crate>) -> Workspace {
    let crates: Vec<Crate> = crates.into_iter().collect();
    let lines: String = crates.iter().map(Crate::as_dependency).collect();
    Workspace::depending_on(&lines, Registry::with(crates))
}

/// The findings about a crate that are shown, with those about the policy's entries for it.
fn findings(story: &Workspace, krate: &str) -> Vec<serde_json::Value> {
    let report = story.run(&["check", "--format", "json"]).json();
    let findings = report["findings"].as_array().expect("findings").iter();
    let is_about = |finding: &&serde_json::Value| {
        let entry = finding["policy_entry"].as_str().unwrap_or_default();
        finding["level"] != "allow" && (finding["package"]["name"] == krate || entry.starts_with(krate))
    };
    findings.filter(is_about).cloned().collect()
}

#[test]
fn each_entry_that_is_offered_settles_its_finding() {
    let story = story_of(one_of_each());
    story.write(
        "airights.toml",
        "version = 1\n\n[ai]\nuse-restrictions = \"ignore\"\n\n[[clarify]] # stale\ncrate = \"stale\"\nlicense = \"MIT\"\n\
         checksum = \"0000000000000000000000000000000000000000000000000000000000000000\"\nreason = \"asked\"\n",
    );
    let report = story.run(&["check", "--format", "json"]).json();
    println!("{report:#}");
}
