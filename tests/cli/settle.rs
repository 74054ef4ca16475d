//! `cargo airights allow` and `clarify`: what `check` finds of a crate is settled in the project's own policy.

mod narrow;

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

fn three_under_the_gpl() -> Workspace {
    let license = |name: &str| Crate::new(name, "1.0.0").license("GPL-3.0-only");
    story_of(["one", "two", "three"].map(license))
}

#[test]
fn many_crates_with_one_license_are_offered_the_line_that_allows_it() {
    let story = three_under_the_gpl();
    let check = story.run(&["check"]);
    let line = "allow = [\"class:permissive\", \"class:public-domain\", \"class:weak-copyleft\", \"GPL-3.0-only\"]";
    ends(&check, 1, &["3 packages", line, "cargo airights allow CRATE --reason"]);
    assert!(!check.out.contains("[[exceptions]]"), "{check:?}");
    story.write("airights.toml", format!("version = 1\n[licenses]\n{line}\n"));
    assert_eq!(story.run(&["check"]).code, Some(0));
    story.write(
        "airights.toml",
        "version = 1\n[ai]\ntrain-ai = \"require\"\n[licenses]\nallow = [\"GPL-3.0-only\"]\n",
    );
    let check = story.run(&["check"]);
    ends(
        &check,
        1,
        &["`cargo airights allow CRATE --reason …` writes an exception for one crate"],
    );
    assert!(!check.out.contains("[[exceptions]]"), "{check:?}");
}

#[test]
fn many_crates_that_bundle_one_license_are_offered_the_line_for_the_code_of_others() {
    let bundling = |name: &str| {
        let krate = Crate::new(name, "1.0.0")
            .license("MIT")
            .file("LICENSE", license_text("MIT"));
        krate.file("vendor/zip/COPYING", license_text("GPL-3.0-only"))
    };
    let story = story_of(["one", "two"].map(bundling));
    let line = "allow-bundled = [\"GPL-3.0-only\"]";
    ends(&story.run(&["check", "-v"]), 0, &[line, "2 warnings"]);
    story.write("airights.toml", format!("version = 1\n[licenses]\n{line}\n"));
    assert!(!story.run(&["check"]).out.contains("warning"));
}

#[test]
fn check_names_the_command_that_settles_what_it_finds() {
    let story = story_of(one_of_each());
    let check = story.run(&["check", "-v"]);
    for command in [
        "cargo airights allow not-allowed --reason …",
        "cargo airights allow ridden --reason …",
        "cargo airights clarify unclassified --expression …",
        "cargo airights clarify nothing --expression … --reason …",
        "cargo airights clarify unknown --expression …",
        "cargo airights allow bundling --reason …",
    ] {
        ends(&check, 1, &[&format!("`{command}` writes this entry:")]);
    }
}

#[test]
fn a_crate_is_allowed_with_its_reason_roles_and_last_day() {
    let story = three_under_the_gpl();
    let before = "version = 1\n\n# The uses.\n[ai]\ntrain-ai   =   \"ignore\" # not ours\n\n# the end\n";
    story.write("airights.toml", before);
    let arguments = [
        "allow",
        "one",
        "--reason",
        "said \"legal\"",
        "--role",
        "shipped",
        "--until",
        "2090-12-31",
    ];
    let entry = "[[exceptions]]\ncrate = \"one@1.0.0\"\nlicenses = [\"GPL-3.0-only\"]\nroles = [\"shipped\"]\n\
                 reason = \"said \\\"legal\\\"\"\nexpires = 2090-12-31\n";
    let dry = story.run(&[&arguments[..], &["--dry-run"]].concat());
    ends(&dry, 0, &[entry, "would write `airights.toml`: `one 1.0.0` passes"]);
    assert_eq!(story.read("airights.toml"), before);
    let outcome = story.run(&arguments);
    ends(
        &outcome,
        0,
        &[
            "settled: `one 1.0.0` is licensed `GPL-3.0-only`",
            "wrote `airights.toml`",
        ],
    );
    assert_eq!(story.read("airights.toml"), format!("{before}\n{entry}"));
    ends(&story.run(&arguments), 0, &["`one 1.0.0` passes; nothing to allow"]);
    ends(&story.run(&["check"]), 1, &["2 packages"]);
}

#[test]
fn ends_of_lines_stay_as_they_are() {
    let story = three_under_the_gpl();
    story.write("airights.toml", "version = 1\r\n\r\n[ai] # mine\r\n");
    ends(&story.run(&["allow", "one", "--reason", "x"]), 0, &["passes"]);
    ends(&story.run(&["allow", "two", "--reason", "x"]), 0, &["passes"]);
    let policy = story.read("airights.toml");
    assert!(policy.starts_with("version = 1\r\n\r\n[ai] # mine\r\n"), "{policy:?}");
    assert_eq!(
        policy.matches('\n').count(),
        policy.matches("\r\n").count(),
        "{policy:?}"
    );
}

/// Who answers for the one has not seen the other.
#[test]
fn what_is_warned_of_is_another_decision_than_what_is_denied() {
    let zip = Crate::new("zip", "1.0.0")
        .license("AGPL-3.0-only")
        .file("vendor/z/COPYING", license_text("GPL-2.0-only"));
    let story = story_of([zip]);
    let first = story.run(&["allow", "zip", "--reason", "the license is fine"]);
    ends(
        &first,
        0,
        &["licenses = [\"AGPL-3.0-only\"]", "`zip 1.0.0` passes with 1 warning"],
    );
    let second = story.run(&["allow", "zip", "--reason", "not compiled"]);
    ends(&second, 0, &["licenses = [\"GPL-2.0-only\"]", "`zip 1.0.0` passes\n"]);
    let check = story.run(&["check"]);
    ends(&check, 0, &["passed"]);
    assert!(!check.out.contains("warning"), "{check:?}");
}

#[test]
fn silence_is_allowed_where_permission_is_required() {
    let story = story_of([Crate::new("silent", "1.0.0").license("MIT")]);
    story.write("airights.toml", "version = 1\n[ai]\ntrain-ai = \"require\"\n");
    ends(
        &story.run(&["allow", "silent", "--reason", "asked"]),
        0,
        &["ai = [\"train-ai\"]"],
    );
    assert_eq!(story.run(&["check"]).code, Some(0));
}

#[test]
fn where_there_is_no_policy_one_begins_that_judges_all_else_as_before() {
    let story = three_under_the_gpl();
    let before = story.run(&["check", "--format", "json"]).json()["findings"].clone();
    ends(
        &story.run(&["allow", "two", "--reason", "x"]),
        0,
        &["wrote `airights.toml` (new: all else is judged as before): `two 1.0.0` passes"],
    );
    let after = story.run(&["check", "--format", "json"]).json()["findings"].clone();
    let others = |findings: &serde_json::Value| {
        let findings = findings.as_array().expect("findings").iter();
        let others = findings.filter(|finding| finding["package"]["name"] != "two");
        let said = others.map(|finding| (finding["message"].clone(), finding["level"].clone()));
        said.collect::<Vec<_>>()
    };
    assert_eq!(others(&after), others(&before));
}

/// One of a team, or of the directory above, is the project's own only where it stands there.
#[test]
fn the_file_that_judges_is_the_one_that_is_written() {
    let story = three_under_the_gpl();
    let team = "version = 1\n[licenses]\nallow = [\"class:permissive\"]\n";
    story.write("policies/team.toml", team);
    story.write(
        ".cargo/airights.toml",
        "version = 1\nextends = [\"../policies/team.toml\"]\n",
    );
    ends(
        &story.run(&["allow", "one", "--reason", "x"]),
        0,
        &["wrote `.cargo/airights.toml`"],
    );
    assert_eq!(story.read("policies/team.toml"), team);
    assert!(story.read(".cargo/airights.toml").contains("one@1.0.0"));
    assert!(!story.root().join("airights.toml").exists());
    let named = ["--policy", "policies/team.toml"];
    ends(
        &story.run(&[&["allow", "one", "--reason", "x"], &named[..]].concat()),
        0,
        &["wrote `policies/team.toml`"],
    );
}

#[test]
fn cargo_denys_configuration_has_its_exceptions_in_its_own_words() {
    let story = three_under_the_gpl();
    let theirs =
        "[licenses] # of cargo-deny\nallow = [\"MIT\"]\nprivate = { ignore = true }\nexceptions = []\n\n[bans]\n";
    story.write("deny.toml", theirs);
    ends(&story.run(&["check"]), 1, &["`cargo airights allow CRATE --reason …`"]);
    let outcome = story.run(&["allow", "one", "--reason", "asked\nlegal"]);
    ends(&outcome, 0, &["wrote `deny.toml`: `one 1.0.0` passes"]);
    let written =
        "exceptions = [\n    # asked\n    # legal\n    { crate = \"one:=1.0.0\", allow = [\"GPL-3.0-only\"] },\n]";
    assert_eq!(story.read("deny.toml"), theirs.replace("exceptions = []", written));
    ends(&story.run(&["check"]), 1, &["2 packages"]);
    assert!(!story.root().join("airights.toml").exists());
}

#[test]
fn cargo_deny_knows_one_exception_for_a_crate() {
    let both = Crate::new("both", "1.0.0").license("GPL-3.0-only AND MPL-2.0");
    let story = story_of([both]);
    let before = "[licenses]\nallow = [\"MIT\"]\nprivate = { ignore = true }\n\n# old\n[[licenses.exceptions]]\ncrate = \"both\"\nallow = [\"MPL-2.0\"]\n";
    story.write("deny.toml", before);
    ends(
        &story.run(&["allow", "both", "--reason", "x"]),
        0,
        &["`both 1.0.0` passes"],
    );
    let after = before.replace(
        "\"both\"\nallow = [\"MPL-2.0\"",
        "\"both:=1.0.0\"\nallow = [\"MPL-2.0\", \"GPL-3.0-only\"",
    );
    assert_eq!(story.read("deny.toml"), after);
}

#[test]
fn what_cargo_deny_has_no_words_for_is_not_written() {
    let ridden = Crate::new("ridden", "1.0.0")
        .license("MIT")
        .file("LICENSE", format!("{}\n{NO_TRAINING}\n", license_text("MIT")));
    let strict = Crate::new("strict", "1.0.0").license("GPL-3.0-only");
    let story = story_of([ridden, strict, Crate::new("nothing", "1.0.0")]);
    for (theirs, arguments) in [
        (
            "[licenses]\nallow = [\"MIT\"]\n",
            &["allow", "ridden", "--reason", "x"][..],
        ),
        (
            "[licenses]\nallow = [\"MIT\"]\n",
            &["allow", "strict", "--reason", "x", "--role", "build"],
        ),
        (
            "[licenses]\nallow = [\"MIT\"]\n",
            &["allow", "strict", "--reason", "x", "--until", "2090-01-01"],
        ),
        (
            "[licenses]\nallow = [\"MIT\"]\n",
            &["clarify", "nothing", "--expression", "MIT", "--reason", "x"],
        ),
        ("[bans]\n", &["allow", "strict", "--reason", "x"]),
    ] {
        story.write("deny.toml", theirs);
        ends(
            &story.run(arguments),
            2,
            &["`deny.toml`, the configuration of cargo-deny", "cargo airights init"],
        );
        assert_eq!(story.read("deny.toml"), theirs);
    }
    assert!(!story.root().join("airights.toml").exists());
}

#[test]
fn what_is_meant_is_said_or_asked() {
    let license = |name: &str, version: &str, license: &str| Crate::new(name, version).license(license);
    let crates = [
        license("twice", "1.0.0", "GPL-3.0-only"),
        license("twice", "2.0.0", "GPL-2.0-only"),
        license("other", "1.0.0", "GPL-3.0-only").dependency("twice", "2"),
    ];
    let story = Workspace::depending_on("twice = \"1\"\nother = \"1\"", Registry::with(crates));
    let allow = |krate: &str, more: &[&str]| story.run(&[&["allow", krate, "--reason", "x"], more].concat());
    ends(
        &allow("othr", &[]),
        2,
        &["`othr` is not a crate in the dependency graph", "did you mean `other`?"],
    );
    for spec in ["other@2", "https://git.example/x#other@1"] {
        ends(&allow(spec, &[]), 2, &["the graph has `other 1.0.0`"]);
    }
    ends(
        &allow("twice", &[]),
        2,
        &["means several packages", "`twice@1.0.0`, `twice@2.0.0`"],
    );
    ends(
        &allow("twice", &["--version", ">=1", "-n"]),
        0,
        &["twice:>=1", "[\"GPL-2.0-only\", \"GPL-3.0-only\"]", "2 packages pass"],
    );
    ends(&allow("twice@1", &[]), 0, &["crate = \"twice@1.0.0\""]);
    // Of two, only one is left to be allowed.
    ends(&allow("twice", &[]), 0, &["crate = \"twice@2.0.0\""]);
    ends(&allow("twice", &[]), 0, &["2 packages pass; nothing to allow"]);
    ends(&story.run(&["allow", "other"]), 2, &["--reason"]);
    ends(
        &story.run(&["allow", "other", "--reason", " "]),
        2,
        &["must not be empty"],
    );
    ends(&allow("other", &["--until", "2020-01-01"]), 2, &["2020-01-01"]);
    ends(
        &allow("other", &["--role", "dev"]),
        2,
        &["would settle nothing", "was not changed", "shipped"],
    );
}

#[test]
fn what_no_exception_settles_is_said() {
    let story = story_of([Crate::new("nothing", "1.0.0")]);
    let outcome = story.run(&["allow", "nothing", "--reason", "x"]);
    ends(
        &outcome,
        1,
        &["no exception settles this", "cargo airights clarify nothing"],
    );
    assert!(!story.root().join("airights.toml").exists());
    ends(
        &story.run(&["clarify", "nothing"]),
        2,
        &["is for you to say", "--expression"],
    );
    ends(
        &story.run(&["clarify", "nothing", "--expression", "MIT"]),
        2,
        &["no license file", "--reason"],
    );
    ends(
        &story.run(&["clarify", "nothing", "--expression", "MTI", "--reason", "x"]),
        2,
        &["did you mean `MIT`?"],
    );
    let clarified = story.run(&["clarify", "nothing", "--expression", "GPL-3.0-only", "--reason", "x"]);
    ends(&clarified, 1, &["checksum = ", "`nothing 1.0.0` still has 1 error"]);
    ends(&story.run(&["allow", "nothing", "--reason", "x"]), 0, &["passes"]);
    ends(&story.run(&["clarify", "nothing"]), 0, &["nothing to clarify"]);
}

#[test]
fn a_clarification_is_bound_to_the_files_that_were_read() {
    let terms = |number: u8| format!("You may use part {number} on Thursdays, provided that you sing.\n");
    let unknown = Crate::new("unknown", "1.0.0")
        .file("LICENSE-A", terms(1))
        .file("LICENSE-B", terms(2));
    let story = story_of([unknown]);
    let clarify =
        |more: &[&str]| story.run(&[&["clarify", "unknown", "--expression", "LicenseRef-song"], more].concat());
    ends(
        &clarify(&["--file", "LICENSE-C"]),
        2,
        &["`LICENSE-C` is not a license file of the crate", "LICENSE-"],
    );
    let bound = |more: &[&str]| {
        let outcome = clarify(&[more, &["-n"]].concat());
        let entry = outcome.out.split("settled:").next().unwrap_or_default().to_owned();
        ["LICENSE-A", "LICENSE-B"].map(|path| entry.contains(&format!("path = \"{path}\"")))
    };
    assert_eq!(bound(&["--file", "./LICENSE-A"]), [true, false]);
    assert_eq!(bound(&["--file", "LICENSE-A", "--file", "LICENSE-B"]), [true, true]);
    assert_eq!(bound(&[]), [true, true]);
}

#[test]
fn what_has_expired_is_granted_anew_in_its_place() {
    let story = three_under_the_gpl();
    let policy = "version = 1\n\n# asked in spring\n[[exceptions]]\ncrate = \"one\"\nlicenses = [\"GPL-3.0-only\"]\n\
                  owner = \"legal\"\nreason = \"then\"\nexpires = 2020-01-01\n";
    story.write("airights.toml", policy);
    ends(
        &story.run(&["allow", "one", "--reason", "now"]),
        0,
        &["settled: the exception for `one` expired"],
    );
    let after = policy
        .replace("\"one\"", "\"one@1.0.0\"")
        .replace("reason = \"then\"\nexpires = 2020-01-01", "reason = \"now\"");
    assert_eq!(story.read("airights.toml"), after);
}

/// Another text needs another reading, and takes the place of the one before.
#[test]
fn a_clarification_of_a_text_that_changed_is_made_again() {
    let plain = Crate::new("plain", "1.0.0")
        .license("MIT")
        .file("LICENSE", license_text("MIT"));
    let story = story_of([plain]);
    let hash = "0".repeat(64);
    let policy = format!(
        "version = 1\n\n[[clarify]]\ncrate = \"plain\"\nlicense = \"ISC\"\nfiles = [{{ path = \"LICENSE\", sha256 = \"{hash}\" }}]\n"
    );
    story.write("airights.toml", &policy);
    ends(
        &story.run(&["check"]),
        1,
        &["`cargo airights clarify plain --expression …` writes this entry:"],
    );
    ends(&story.run(&["clarify", "plain"]), 2, &["--expression"]);
    ends(
        &story.run(&["clarify", "plain", "--expression", "MIT"]),
        0,
        &["settled: the clarification of `plain`"],
    );
    assert_eq!(story.read("airights.toml").matches("[[clarify]]").count(), 1);
    assert_eq!(story.run(&["check"]).code, Some(0));
}

#[test]
fn a_crate_of_this_disk_needs_nothing_to_be_bound_to() {
    let story = Workspace::depending_on(
        "near = { path = \"near\" }\n\n[workspace]\nexclude = [\"near\"]",
        Registry::with([]),
    );
    story.write(
        "near/Cargo.toml",
        "[package]\nname = \"near\"\nversion = \"1.0.0\"\nedition = \"2021\"\n",
    );
    story.write("near/src/lib.rs", "");
    let arguments = ["clarify", "near", "--expression", "MIT", "--reason", "our own"];
    ends(&story.run(&arguments), 0, &["`near 1.0.0` passes"]);
    assert_eq!(story.run(&["check"]).code, Some(0));
}

#[test]
fn a_crate_from_git_is_bound_to_its_commit() {
    let story = Workspace::empty(None);
    story.write("src/lib.rs", "");
    story.write("upstream/src/lib.rs", "");
    story.write(
        "upstream/Cargo.toml",
        "[package]\nname = \"upstream\"\nversion = \"1.0.0\"\nedition = \"2021\"\n",
    );
    let repository = story.root().join("upstream");
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.args(["-c", "user.name=x", "-c", "user.email=x@example.com"]);
        let output = command
            .args(arguments)
            .current_dir(&repository)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    let url = format!("file://{}", repository.display());
    let manifest = format!(
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\nupstream = {{ git = \"{url}\" }}\n"
    );
    story.write("Cargo.toml", manifest);
    let outcome = story.run(&["clarify", "upstream", "--expression", "MIT", "--reason", "asked"]);
    ends(&outcome, 0, &["commit = \"", "`upstream 1.0.0` passes"]);
    assert_eq!(story.run(&["check"]).code, Some(0));
}
