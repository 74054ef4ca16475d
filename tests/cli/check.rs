//! `cargo airights check`: what it says, in every format, and with which exit code.

use serde_json::Value;

use crate::support::{Crate, NO_TRAINING, Outcome, Registry, Workspace, license_text};

/// A crate like `ishell 0.2.3`: `license-file` only, and the text forbids training.
fn no_training() -> Crate {
    let text = format!("{}\n{NO_TRAINING}\n", license_text("0BSD"));
    Crate::new("quiet-shell", "0.2.3")
        .package("license-file = \"LICENSE\"")
        .file("LICENSE", text)
}

#[track_caller]
fn finding<'a>(report: &'a Value, rule: &str) -> &'a Value {
    let findings = report["findings"].as_array().expect("findings");
    findings
        .iter()
        .find(|finding| finding["rule"] == rule)
        .unwrap_or_else(|| panic!("no {rule} in {findings:#?}"))
}

#[track_caller]
fn package<'a>(report: &'a Value, name: &str) -> &'a Value {
    let packages = report["packages"].as_array().expect("packages");
    packages
        .iter()
        .find(|package| package["name"] == name)
        .unwrap_or_else(|| panic!("no {name} in the report"))
}

#[test]
fn what_happens_on_the_way_is_shown_on_request() {
    let story = Workspace::depending_on("bare = \"1\"", Registry::with([Crate::new("bare", "1.0.0")]));
    let quiet = story.run(&["check"]);
    assert!(!quiet.err.contains("INFO"), "{quiet:?}");
    let shown = story.run(&["check", "-v", "--no-cache"]);
    assert!(
        shown
            .err
            .contains(" INFO resolve: running cargo command=cargo metadata --format-version 1 "),
        "{shown:?}"
    );
    assert!(shown.err.contains("from_disk=2 from_cache=0"), "{shown:?}");
    assert!(!shown.err.contains("DEBUG"), "{shown:?}");
    // What was written a moment ago is not settled yet, so it takes two runs for one to be remembered.
    story.run(&["check"]);
    let again = story.run(&["check", "-v"]);
    assert!(again.err.contains("from_disk=1 from_cache=1"), "{again:?}");
    assert!(
        again.err.contains("nothing has changed since") && !again.err.contains("running cargo"),
        "{again:?}"
    );
    let named = story.run_with(
        &[("CARGO_AIRIGHTS_LOG", "airights_cargo=debug")],
        &["check", "--no-cache"],
    );
    assert!(named.err.contains("cargo has ended command=metadata"), "{named:?}");
    assert!(!named.err.contains("airights_session"), "{named:?}");
    assert_eq!(named.out, quiet.out);
}

#[test]
fn a_refusal_to_be_trained_on_is_denied_alike_in_every_format() {
    let story = Workspace::depending_on("quiet-shell = \"=0.2.3\"", Registry::with([no_training()]));

    let json = story.run(&["check", "--format", "json"]);
    assert_eq!(json.code, Some(1), "{json:?}");
    let report = json.json();
    assert_eq!(report["verdict"], "violated");
    let denied = finding(&report, "ai-use-disallowed");
    assert_eq!((&denied["level"], &denied["use"]), (&"deny".into(), &"train-ai".into()));
    assert_eq!(denied["path"], serde_json::json!(["app 0.1.0", "quiet-shell 0.2.3"]));
    let evidence = &denied["evidence"][0];
    assert_eq!(
        (&evidence["kind"], &evidence["path"]),
        (&"license-text".into(), &"LICENSE".into())
    );
    assert!(
        evidence["excerpt"]
            .as_str()
            .expect("an excerpt")
            .contains("train machine learning models")
    );
    let judged = package(&report, "quiet-shell");
    assert_eq!(judged["ai"]["train-ai"]["value"], "disallowed");
    assert_eq!(judged["ai"]["train-ai"]["force"], "license");
    assert_eq!(
        judged["license"]["effective"],
        "0BSD WITH AdditionRef-airights-train-ai-disallowed"
    );

    let human = story.run(&["check"]);
    assert_eq!(human.code, Some(1), "{human:?}");
    assert!(
        human
            .out
            .contains("error[ai-use-disallowed]: `quiet-shell 0.2.3` may not be used to train AI models")
    );
    assert!(
        human.out.contains(NO_TRAINING),
        "the very lines of its LICENSE: {}",
        human.out
    );

    let sarif = story.run(&["check", "--format", "sarif"]);
    assert_eq!(sarif.code, Some(1), "{sarif:?}");
    let results = sarif.json()["runs"][0]["results"].as_array().expect("results").clone();
    let result = results
        .iter()
        .find(|result| result["ruleId"] == "ai-use-disallowed")
        .expect("the finding");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "Cargo.toml");
    assert_eq!(
        place["region"]["startLine"], 7,
        "the line that brings it in: {result:#}"
    );

    let softened = story.run(&["check", "--exit-zero"]);
    assert_eq!(softened.code, Some(0));
    assert_eq!(
        softened.out, human.out,
        "the verdict is the same, only the code is softened"
    );
}

#[test]
fn a_permission_in_the_readme_is_a_preference() {
    let permitting = Crate::new("open-log", "0.3.0")
        .license("MIT")
        .file("LICENSE", license_text("MIT"))
        .file(
            "README.md",
            "# open-log\n\nYou may use this crate's source code to train AI models.\n",
        );
    let story = Workspace::depending_on("open-log = \"0.3\"", Registry::with([permitting]));
    let outcome = story.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let report = outcome.json();
    let train = &package(&report, "open-log")["ai"]["train-ai"];
    assert_eq!(
        (&train["value"], &train["force"]),
        (&"allowed".into(), &"preference".into()),
        "{train:#}"
    );
    assert_eq!(train["evidence"][0]["path"], "README.md");
}

#[test]
fn a_wish_in_agents_md_is_a_warning() {
    let wishing = Crate::new("small-list", "2.0.0").license("MIT OR Apache-2.0").file(
        "AGENTS.md",
        "# For agents\n\nTraining: do not train on the contents of this repository.\n",
    );
    let story = Workspace::depending_on("small-list = \"2\"", Registry::with([wishing]));
    let outcome = story.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let report = outcome.json();
    let warned = finding(&report, "ai-use-disallowed");
    assert_eq!(warned["level"], "warn");
    assert_eq!(package(&report, "small-list")["ai"]["train-ai"]["force"], "preference");
}

/// What every other tool passes: `license = "MIT"` on a text that is not.
#[test]
fn a_permissive_declaration_hides_no_text() {
    let text = format!("{}\n{NO_TRAINING}\n", license_text("MIT"));
    let riding = Crate::new("two-faced", "1.0.0").license("MIT").file("LICENSE", text);
    let story = Workspace::depending_on("two-faced = \"1\"", Registry::with([riding]));
    let outcome = story.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let report = outcome.json();
    finding(&report, "license-mismatch");
    assert_eq!(package(&report, "two-faced")["ai"]["train-ai"]["value"], "disallowed");
    assert_eq!(package(&report, "two-faced")["license"]["declared"], "MIT");
}

#[test]
fn a_vendors_own_license_file_is_never_silence() {
    let vendor = Crate::new("maths-src", "0.8.1")
        .package("license-file = \"License.txt\"")
        .file(
            "License.txt",
            "Vendor Software License\n\nYou may redistribute the binaries, provided that you do not decompile them.\n",
        );
    let story = Workspace::depending_on("maths-src = \"0.8\"", Registry::with([vendor]));
    let outcome = story.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let report = outcome.json();
    let unknown = finding(&report, "license-unknown");
    assert!(
        unknown["message"]
            .as_str()
            .expect("a message")
            .contains("`License.txt`"),
        "{unknown:#}"
    );
    assert_eq!(unknown["evidence"][0]["path"], "License.txt", "{unknown:#}");
}

/// The four ways to ask give one answer.
#[test]
fn metadata_saved_before_is_judged_without_cargo() {
    let story = Workspace::depending_on("quiet-shell = \"0.2\"", Registry::with([no_training()]));
    let direct = story.run(&["check", "--format", "json"]);
    let mut cargo = std::process::Command::new("cargo");
    cargo
        .args(["metadata", "--format-version", "1"])
        .current_dir(story.root());
    let metadata = cargo
        .env("CARGO_HOME", story.cargo_home())
        .output()
        .expect("cargo runs");
    let saved = story.write("metadata.json", metadata.stdout);
    let mut command = story.command();
    command
        .args(["check", "--format", "json", "--metadata-path"])
        .arg(&saved)
        .env("CARGO", "no-such-cargo");
    let output = command.output().expect("the program runs");
    let from_file: Value = serde_json::from_slice(&output.stdout).expect("a report");
    assert_eq!(output.status.code(), direct.code);
    assert_eq!(from_file["counts"], direct.json()["counts"]);
    assert_eq!(from_file["findings"], direct.json()["findings"]);
}

#[test]
fn the_policy_of_the_workspace_judges() {
    let story = Workspace::depending_on("quiet-shell = \"0.2\"", Registry::with([no_training()]));
    story.write(
        "airights.toml",
        "version = 1\n\n[licenses]\nallow = [\"0BSD WITH AdditionRef-airights-train-ai-disallowed\"]\n\n\
         [ai]\ntrain-ai = \"ignore\"\n",
    );
    let outcome = story.run(&["check"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(
        outcome.out.contains("airights.toml"),
        "the report says which policy judged: {}",
        outcome.out
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let story = Workspace::depending_on("quiet-shell = \"0.2\"", Registry::with([no_training()]));
    for format in ["human", "json", "sarif"] {
        let run = |more: &[&str]| story.run(&[&["check", "--format", format], more].concat());
        let (cold, warm, fresh): (Outcome, Outcome, Outcome) = (run(&[]), run(&[]), run(&["--no-cache"]));
        assert_eq!(cold.out, warm.out);
        assert_eq!(cold.out, fresh.out);
    }
}

#[test]
fn of_an_expression_the_term_at_fault_is_shown() {
    let both = Crate::new("both", "1.0.0").license("MIT AND NCSA");
    let story = Workspace::depending_on("both = \"1\"", Registry::with([both]));
    story.write("airights.toml", "version = 1\n[licenses]\nallow = [\"MIT\"]\n");
    let outcome = story.run(&["check"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome.out.contains("and this policy does not allow `NCSA`"),
        "{outcome:?}"
    );
    assert!(outcome.out.contains("\"MIT AND NCSA\"\n"), "{outcome:?}");
    assert!(outcome.out.contains(" ^^^^\n"), "{outcome:?}");
}

#[test]
fn colors_are_those_that_cargo_is_told_to_use() {
    let story = Workspace::depending_on(
        "open = \"1\"",
        Registry::with([Crate::new("open", "1.0.0").license("GPL-3.0-only")]),
    );
    let colored = |when| {
        let outcome = story.run_with(&[("CARGO_TERM_COLOR", when)], &["check"]);
        outcome.out.contains("\u{1b}[")
    };
    assert!(colored("always"));
    assert!(!colored("never"));
}

#[test]
fn a_license_that_is_only_named_is_said_to_be_understood() {
    let registry = Registry::with([Crate::new("old", "1.0.0").license("Apache-2")]);
    let outcome = Workspace::depending_on("old = \"1\"", registry).run(&["check"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let note = "note: `old 1.0.0` declares `Apache-2`: `Apache-2` was read as `Apache-2.0`\n";
    assert!(outcome.out.contains(note), "{outcome:?}");
}

/// The entry that `check` shows is what it takes, once somebody gives a reason.
#[test]
fn the_entry_that_settles_a_finding_is_shown_and_settles_it() {
    for (facts, text) in [
        ("license = \"MPL-2.0\"", None),
        ("license = \"Apache-two\"", Some(license_text("Apache-2.0"))),
        ("", None),
    ] {
        let mut krate = Crate::new("dep", "1.0.0").package(facts);
        if let Some(text) = text {
            krate = krate.file("LICENSE", text);
        }
        let story = Workspace::depending_on("dep = \"1\"", Registry::with([krate]));
        let policy = "version = 1\n[licenses]\nallow = [\"MIT\", \"Apache-2.0\"]\n";
        story.write("airights.toml", policy);
        let denied = story.run(&["check", "--format", "json"]);
        assert_eq!(denied.code, Some(1), "{denied:?}");
        let report = denied.json();
        let entry = report["findings"][0]["entry"].as_str().expect("an entry");
        let shown = story.run(&["check"]).out;
        assert!(entry.lines().all(|line| shown.contains(line)), "{entry}\n{shown}");
        // What nobody knows, a person has to say.
        let entry = entry.replace("license = \"\"", "license = \"MIT\"");
        let settled = format!("{policy}{}\n", entry.replace("reason = \"\"", "reason = \"reviewed\""));
        story.write("airights.toml", &settled);
        let outcome = story.run(&["check"]);
        assert_eq!(outcome.code, Some(0), "{settled}\n{outcome:?}");
    }
}

/// A part of the graph is said to be one.
#[test]
fn roles_choose_what_is_judged() {
    let crates = [
        Crate::new("strong", "1.0.0").license("GPL-3.0-only"),
        Crate::new("network", "1.0.0").license("AGPL-3.0-only"),
        Crate::new("plain", "1.0.0").license("MIT"),
    ];
    let story = Workspace::depending_on(
        "plain = \"1\"\n[dev-dependencies]\nstrong = \"1\"\n[build-dependencies]\nnetwork = \"1\"",
        Registry::with(crates),
    );
    story.write("build.rs", "fn main() {}\n");
    for (roles, code, note) in [
        ("shipped", 0, "1 of 4 packages, those with the role `shipped`"),
        ("dev", 1, "1 of 4 packages, those with the role `dev`"),
        (
            "shipped,build",
            1,
            "2 of 4 packages, those with one of the roles `shipped` and `build`",
        ),
    ] {
        let outcome = story.run(&["check", "--role", roles]);
        assert_eq!(outcome.code, Some(code), "{roles}: {outcome:?}");
        assert!(outcome.out.contains(note), "{roles}: {}", outcome.out);
        let value = story.run(&["check", "--role", roles, "--format", "json"]).json();
        assert!(
            value["notes"][0].as_str().is_some_and(|said| said.contains(note)),
            "{value}"
        );
        assert_eq!(value["counts"]["resolved"], value["counts"]["evaluated"]);
    }
    let listed = story.run(&["list", "--role", "dev"]).out;
    assert!(listed.contains("strong") && !listed.contains("network"), "{listed}");
    assert!(listed.contains("1 of 4 packages (1 denied)"), "{listed}");
    let drawn = story.run(&["tree", "--role", "build"]).out;
    let expected = "\
app 0.1.0 (member)
└── network 1.0.0: AGPL-3.0-only (denied, build)

1 of 4 packages (1 denied)
";
    assert_eq!(drawn, expected);
    let written = story.run(&["check", "--role", "dev", "--baseline", "b.toml", "--write-baseline"]);
    assert!(
        written.err.contains("only a part of the workspace was judged"),
        "{}",
        written.err
    );
}

/// Who reads a file or a pipe, such as `grep`, wants sentences whole; on a terminal they are broken at its width.
#[test]
fn what_is_piped_is_not_broken_into_lines() {
    let krate = Crate::new("a-crate-with-a-rather-long-name", "1.0.0").license("GPL-3.0-only");
    let story = Workspace::depending_on("a-crate-with-a-rather-long-name = \"1\"", Registry::with([krate]));
    let outcome = story.run_with(&[("COLUMNS", "40")], &["check"]);
    let sentence = "error[license-not-allowed]: `a-crate-with-a-rather-long-name 1.0.0` is licensed \
                    `GPL-3.0-only`, which this policy does not allow\n";
    assert!(outcome.out.contains(sentence), "{}", outcome.out);
}
