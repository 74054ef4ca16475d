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
            .file("LICENSE", &b"\x7fELF\x02\x01\x01\x00\x00\x00\xff\xfe\x00"[..]),
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

/// What `check` shows of a crate and of the policy's entries for it.
fn findings(story: &Workspace, krate: &str) -> Vec<serde_json::Value> {
    let report = story.run(&["check", "--format", "json"]).json();
    let findings = report["findings"].as_array().expect("findings").iter();
    let is_about = |finding: &&serde_json::Value| {
        let entry = finding["policy_entry"].as_str().unwrap_or_default();
        let is_for_it = [format!("`{krate}`"), format!("`{krate}@")]
            .iter()
            .any(|name| entry.contains(name));
        finding["level"] != "allow" && (finding["package"]["name"] == krate || is_for_it)
    };
    findings.filter(is_about).cloned().collect()
}

/// Runs the command that writes the entry of a finding.
fn settle(story: &Workspace, krate: &str, entry: &str) -> Outcome {
    let mut arguments = vec!["clarify", krate];
    if entry.contains("[[exceptions]]") {
        arguments[0] = "allow";
    } else if entry.contains("license = \"\"") {
        arguments.extend(["--expression", "MIT"]);
    }
    if !entry.contains("files = ") {
        arguments.extend(["--reason", "asked the author"]);
    }
    story.run(&arguments)
}

#[test]
fn each_entry_that_is_offered_settles_its_finding() {
    let story = story_of(one_of_each());
    let before = "# ours\nversion = 1\n\n[ai]\nuse-restrictions = \"ignore\" # we run them\n\n\
                  [[clarify]] # stale\ncrate = \"stale\"\nlicense = \"MIT\"\n\
                  checksum = \"0000000000000000000000000000000000000000000000000000000000000000\"\nreason = \"asked\"\n";
    story.write("airights.toml", before);
    let crates = one_of_each().map(|one| one.name().to_owned());
    let mut rules = std::collections::BTreeSet::new();
    for krate in &crates {
        let mut found = findings(&story, krate);
        assert!(!found.is_empty(), "{krate}");
        for _ in 0..2 {
            let offered = found.iter().find(|finding| finding["entry"].is_string());
            let Some(entry) = offered.and_then(|finding| finding["entry"].as_str()) else {
                break;
            };
            rules.extend(
                found
                    .iter()
                    .map(|finding| finding["rule"].as_str().expect("a rule").to_owned()),
            );
            let outcome = settle(&story, krate, entry);
            found = findings(&story, krate);
            let is_denied = found.iter().any(|finding| finding["level"] == "deny");
            assert_eq!(outcome.code, Some(i32::from(is_denied)), "{outcome:?}");
        }
        assert_eq!(found, Vec::<serde_json::Value>::new(), "{krate}");
    }
    assert_eq!(story.run(&["check"]).code, Some(0));
    let after = story.read("airights.toml");
    let kept = before.split("\"\nlicense").next().expect("a beginning");
    assert!(after.starts_with(kept), "{after}");
    println!("{after}");
    let rules: Vec<_> = rules.iter().map(String::as_str).collect();
    let all = [
        "ai-use-conditional",
        "ai-use-disallowed",
        "bundled-license",
        "clarification-stale",
        "license-mismatch",
        "license-not-allowed",
        "license-residue",
        "license-unknown",
    ];
    assert_eq!(rules, all);
}

#[test]
fn scratch() {
    let story = story_of(one_of_each());
    for line in [
        &["check"][..],
        &["allow", "ridden", "--reason", "x", "-n"],
        &["allow", "ridden", "--reason", "x"],
        &["allow", "ridden", "--reason", "x"],
        &["clarify", "ridden", "-n"],
        &["clarify", "nothing"],
        &["clarify", "nothing", "--expression", "MTI"],
        &["clarify", "nothing", "--expression", "GPL-3.0-only"],
        &["clarify", "nothing", "--expression", "GPL-3.0-only", "--reason", "author"],
        &["clarify", "unknown"],
        &["clarify", "unknown", "--expression", "LicenseRef-song"],
        &["allow", "unread", "--reason", "x"],
        &["allow", "unreed", "--reason", "x"],
        &["allow", "unread@2", "--reason", "x"],
        &["allow", "not a crate", "--reason", "x"],
        &["allow", "unread"],
        &["allow", "unread", "--reason", " "],
        &["allow", "not-allowed", "--reason", "x", "--role", "dev"],
        &["allow", "not-allowed", "--reason", "x", "--until", "2020-01-01"],
        &["allow", "not-allowed", "--reason", "x", "--until", "soon"],
        &["allow", "not-allowed", "--reason", "x", "--until", "2090-01-01", "--version", "1", "--role", "shipped", "-q"],
        &["clarify", "mismatched", "--file", "NOTIC"],
        &["allow", "mismatched", "--reason", "x"],
        &["allow", "--help"],
        &["clarify", "-h"],
    ] {
        let outcome = story.run(line);
        println!("$ {line:?} → {:?}\n{}{}", outcome.code, outcome.out, outcome.err);
    }
    println!("{}", story.read("airights.toml"));
}
