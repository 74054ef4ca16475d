//! Bad input: a clear message, exit code 2, and nothing written.

use std::process::Stdio;

use serde_json::json;

use crate::support::{Crate, Fault, Outcome, Registry, Workspace, license_text};

#[track_caller]
fn could_not_judge(outcome: &Outcome, expected: &[&str]) {
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert_eq!(outcome.out, "", "nothing is written where nothing was judged");
    assert!(
        !outcome.err.contains("\\u{a}"),
        "line ends are lost in: {}",
        outcome.err
    );
    for words in expected {
        assert!(outcome.err.contains(words), "`{words}` is missing in: {}", outcome.err);
    }
}

/// A workspace with one ordinary dependency.
fn ordinary() -> Workspace {
    let plain = Crate::new("plain", "1.0.0")
        .license("MIT")
        .file("LICENSE", license_text("MIT"));
    Workspace::depending_on("plain = \"1\"", Registry::with([plain]))
}

#[test]
fn no_manifest() {
    let story = Workspace::empty(None);
    could_not_judge(&story.run(&["check"]), &["error", "Cargo.toml", "--manifest-path"]);
}

#[test]
fn a_broken_manifest() {
    let story = Workspace::empty(None);
    story.write("Cargo.toml", "[package\nname = \"app\"\n");
    could_not_judge(
        &story.run(&["check"]),
        &[
            "error: a manifest cannot be read\n",
            " = caused by: `cargo metadata` failed (",
            " --> Cargo.toml:1:9\n",
            "1 | [package\n",
            " = help: fix the manifest",
        ],
    );
}

#[test]
fn a_cargo_that_is_missing_or_cannot_be_run() {
    let story = ordinary();
    could_not_judge(
        &story.run_with(&[("CARGO", "/absent/cargo")], &["check"]),
        &["error: cannot find `/absent/cargo`\n", " = help: install cargo"],
    );
    let directory = story.root();
    let directory = directory.to_str().expect("a path");
    could_not_judge(
        &story.run_with(&[("CARGO", directory)], &["check"]),
        &["error: cannot run `[ROOT]`\n", " = caused by: ", " = help: set `CARGO`"],
    );
}

/// What programs wait for is written all the same: a document that says that nothing was judged, and why.
#[test]
fn programs_are_told_why_nothing_was_judged() {
    let story = ordinary();
    let told = |arguments: &[&str]| {
        let outcome = story.run(arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(outcome.err.contains("error: "), "{outcome:?}");
        outcome.json()
    };
    for arguments in [
        &["check", "--locked", "--format", "json"][..],
        &["list", "--locked", "--format", "json"],
        &["suggest", "--locked", "--format", "json"],
    ] {
        let report = told(arguments);
        assert_eq!(
            (&report["version"], &report["verdict"]),
            (&json!(1), &json!("incomplete"))
        );
        assert_eq!(
            (&report["counts"]["resolved"], &report["packages"]),
            (&json!(0), &json!([]))
        );
        let error = &report["errors"][0];
        assert!(
            error["message"].as_str().expect("a message").contains("`Cargo.lock`"),
            "{error}"
        );
        assert!(
            error["causes"][0].as_str().expect("a cause").contains("\nerror: "),
            "{error}"
        );
        assert!(error["help"].as_str().expect("help").contains("--locked"), "{error}");
    }
    story.write("airights.toml", "version = 1\n[licenses]\nalow = []\n");
    let place = &told(&["check", "--format", "json"])["errors"][0]["places"][0];
    assert_eq!(
        (&place["path"], &place["lines"]),
        (&json!("airights.toml"), &json!([3, 3]))
    );
    let run = &told(&["check", "--format", "sarif"])["runs"][0];
    assert_eq!(
        (&run["invocations"][0]["exitCode"], &run["results"]),
        (&json!(2), &json!([]))
    );
    let told = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(told["locations"][0]["physicalLocation"]["region"]["startLine"], 3);
    // A report of nothing is nothing to compare with.
    let report = story.run(&["check", "--format", "json"]).out;
    story.write("report.json", report);
    std::fs::remove_file(story.root().join("airights.toml")).expect("the policy");
    could_not_judge(
        &story.run(&["diff", "report.json"]),
        &[
            "`report.json` is not a report",
            "caused by: nothing was judged when it was written",
        ],
    );
}

#[test]
fn a_registry_that_cargo_gets_nothing_from() {
    let registry = Registry::with([Crate::new("plain", "1.0.0")]);
    let story = Workspace::depending_on("plain = \"1\"", registry.clone());
    story.configure("[net]\nretry = 0\n");
    for fault in [
        Fault::Answers("403 Forbidden"),
        Fault::Answers("500 Internal Server Error"),
        Fault::Down,
    ] {
        registry.breaks(fault);
        could_not_judge(
            &story.run(&["check"]),
            &[
                "error: a registry does not give cargo what it needs\n",
                " = caused by: `cargo metadata` failed",
                "              Caused by:\n                download of config.json failed\n",
                " = help: see that the registry can be reached",
            ],
        );
    }
}

#[test]
fn a_registry_that_gives_no_answer_of_use() {
    let crates = ["1.0.0", "1.1.0"].map(|version| Crate::new("plain", version).license("MIT"));
    let registry = Registry::with(crates);
    let story = Workspace::empty(Some(registry.clone()));
    let could_not_compare = |story: &Workspace, expected: &[&str]| {
        could_not_judge(&story.run(&["diff", "plain@1.0.0", "1.1.0"]), expected);
    };
    registry.breaks(Fault::Answers("403 Forbidden"));
    could_not_compare(
        &story,
        &[
            "error: the registry answered 403 Forbidden at `http://",
            " = help: ",
            "cargo fetch",
        ],
    );
    registry.breaks(Fault::Answers("503 Service Unavailable"));
    could_not_compare(
        &story,
        &[
            "error: the registry answered 503 Service",
            " = help: ",
            "try again later",
        ],
    );
    registry.breaks(Fault::Truncated);
    could_not_compare(
        &story,
        &[
            "error: the registry does not answer at `http://",
            "caused by: the answer breaks off\n",
        ],
    );
    registry.breaks(Fault::Slow);
    story.configure("[http]\ntimeout = 1\n");
    could_not_compare(
        &story,
        &[
            "error: the registry does not answer",
            "caused by: it took too long\n",
            "http.timeout",
        ],
    );
    // No TLS is spoken there.
    registry.breaks(Fault::Down);
    let other = Workspace::empty(None);
    let index = registry.index().replace("http://", "https://me:s3cr3t@");
    other.configure(&format!(
        "[source.crates-io]\nreplace-with = \"other\"\n[source.other]\nregistry = \"{index}\"\n"
    ));
    could_not_compare(
        &other,
        &["at `https://127.0.0.1:", "caused by: cannot connect\n", " = help: "],
    );
    let outcome = other.run(&["diff", "plain@1.0.0", "1.1.0", "-vv"]);
    assert!(
        outcome.err.contains("no answer of use") && !outcome.err.contains("s3cr3t"),
        "{outcome:?}"
    );
}

#[test]
fn variables_that_cannot_be_followed() {
    let story = ordinary();
    let both = [("CARGO_TERM_QUIET", "true"), ("CARGO_TERM_VERBOSE", "true")];
    could_not_judge(&story.run_with(&both, &["check"]), &["CARGO_TERM_VERBOSE", "help"]);
    could_not_judge(
        &story.run_with(&[("CARGO_TERM_COLOR", "blue")], &["check"]),
        &["`blue`", "help"],
    );
    could_not_judge(
        &story.run_with(&[("CARGO_AIRIGHTS_LOG", "airights=loud")], &["check"]),
        &["CARGO_AIRIGHTS_LOG", "caused by", "help"],
    );
    let one = |name, value| story.run_with(&[(name, value)], &["check"]);
    assert_eq!(one("CARGO_TERM_QUIET", "true").out, story.run(&["check", "-q"]).out);
    assert_eq!(one("CARGO_TERM_VERBOSE", "true").out, story.run(&["check", "-v"]).out);
    assert!(one("CARGO_TERM_COLOR", "always").out.contains("\u{1b}["));
}

#[test]
fn a_lockfile_that_would_have_to_change() {
    let story = ordinary();
    could_not_judge(&story.run(&["check", "--locked"]), &["error", "lock file", "--locked"]);
    assert!(!story.root().join("Cargo.lock").exists(), "nothing was written");
}

#[test]
fn a_crate_that_is_missing_offline() {
    let story = ordinary();
    could_not_judge(
        &story.run(&["check", "--offline"]),
        &["error", "caused by: `cargo metadata` failed", "plain", "cargo fetch"],
    );
}

#[test]
fn a_policy_with_six_mistakes_shows_all_six() {
    let story = ordinary();
    let policy = story.write(
        "airights.toml",
        "version = 1\n\n[licenses]\nalow = [\"MIT\"]\nallow = [\"class:nice\", \"NOT-A-LICENCE\"]\nunknown = \"maybe\"\n\n\
         [ai]\ntrain-ai = \"perhaps\"\naccept-conditions = [\"flowers\"]\n",
    );
    let before = std::fs::read(&policy).expect("the policy");
    let outcome = story.run(&["check"]);
    could_not_judge(
        &outcome,
        &["alow", "nice", "NOT-A-LICENCE", "maybe", "perhaps", "flowers"],
    );
    assert_eq!(
        outcome.err.matches("\n  --> airights.toml:").count() + outcome.err.matches("\n --> airights.toml:").count(),
        6
    );
    assert_eq!(std::fs::read(&policy).expect("the policy"), before);
}

#[test]
fn a_policy_that_is_not_text() {
    let story = ordinary();
    story.write("airights.toml", b"version = 1\n# \xff\xfe\n");
    could_not_judge(&story.run(&["check"]), &["error", "airights.toml", "UTF-8"]);
    could_not_judge(
        &story.run(&["check", "--policy", "nowhere.toml"]),
        &[
            "error: failed to read policy `nowhere.toml`\n",
            "caused by: there is no such file",
            "help",
        ],
    );
    could_not_judge(
        &story.run(&["check", "--policy", "src"]),
        &[
            "error: failed to read policy `src`\n",
            "caused by: it is a directory",
            "help",
        ],
    );
}

#[test]
fn a_metadata_file_of_another_kind() {
    let story = Workspace::empty(None);
    story.write("metadata.json", "{\"version\": 9, \"members\": []}");
    could_not_judge(
        &story.run(&["check", "--metadata-path", "metadata.json"]),
        &[
            "error: `metadata.json` is not what `cargo metadata",
            "caused by: ",
            "help",
        ],
    );
    story.write("metadata.json", "not JSON");
    could_not_judge(
        &story.run(&["check", "--metadata-path", "metadata.json"]),
        &[
            "error: `metadata.json` is not JSON\n",
            "caused by: expected ident",
            "help",
        ],
    );
    could_not_judge(
        &story.run(&["check", "--metadata-path", "missing.json"]),
        &["error: cannot read `missing.json`\n", "caused by: No such file", "help"],
    );
}

#[test]
fn arguments_that_do_not_exist() {
    let story = Workspace::empty(None);
    could_not_judge(&story.run(&["check", "--fromat", "json"]), &["--fromat", "--format"]);
    could_not_judge(&story.run(&["chek"]), &["chek", "check"]);
    let outcome = story.run(&["check", "--format", "json", "--lockd"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(outcome.err.contains("--locked"), "{outcome:?}");
    let error = &outcome.json()["errors"][0];
    assert_eq!(error["message"], "unexpected argument '--lockd' found");
    assert!(
        error["notes"][0].as_str().expect("a note").contains("--locked"),
        "{error}"
    );
}

/// A package may hold anything at all under the name of a license. None of it ends the run, and what cannot be read is
/// an unknown license, whatever is declared.
#[test]
fn license_files_that_are_no_texts_are_facts_of_their_own() {
    let huge = vec![b'A'; 200 << 20];
    let crates = [
        Crate::new("huge", "1.0.0").license("MIT").file("LICENSE", huge),
        Crate::new("binary", "1.0.0")
            .license("MIT")
            .file("LICENSE", b"\0\x01\x02\xff\0\0\0".repeat(64)),
        Crate::new("latin", "1.0.0")
            .license("MIT")
            .file("LICENSE", latin_one(&license_text("MIT"))),
    ];
    let story = Workspace::depending_on("huge = \"1\"\nbinary = \"1\"\nlatin = \"1\"", Registry::with(crates));
    let outcome = story.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let report = outcome.json();
    assert_eq!(report["counts"]["not_evaluated"], 0);
    let findings = report["findings"].as_array().expect("findings");
    let unreadable: Vec<_> = findings
        .iter()
        .filter(|finding| finding["rule"] == "license-unknown")
        .collect();
    let names: Vec<_> = unreadable
        .iter()
        .map(|finding| finding["package"]["name"].as_str())
        .collect();
    assert_eq!(names, [Some("binary"), Some("huge")], "{findings:#?}");
}

/// The text with a copyright sign and a name that are not UTF-8.
fn latin_one(text: &str) -> Vec<u8> {
    let mut bytes = b"Copyright \xa9 2024 J\xfcrgen M\xfcller\n\n".to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

#[test]
fn an_expression_of_ten_thousand_terms() {
    let expression = vec!["MIT"; 10_000].join(" OR ");
    let nested = format!("{}MIT{}", "(".repeat(10_000), ")".repeat(10_000));
    let crates = [
        Crate::new("wide", "1.0.0").license(&expression),
        Crate::new("deep", "1.0.0").license(&nested),
    ];
    let story = Workspace::depending_on("wide = \"1\"\ndeep = \"1\"", Registry::with(crates));
    let outcome = story.run(&["check", "--format", "json"]);
    assert!(matches!(outcome.code, Some(0 | 1)), "{:?}", outcome.err);
    assert_eq!(outcome.json()["counts"]["not_evaluated"], 0);
}

/// `cargo airights check | head -1`: the reader goes away, the verdict stays.
#[test]
fn standard_output_that_is_closed_early() {
    let story = Workspace::depending_on("bare = \"1\"", Registry::with([Crate::new("bare", "1.0.0")]));
    assert_eq!(story.run(&["check"]).code, Some(1));
    let mut command = story.command();
    command
        .args(["check", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
