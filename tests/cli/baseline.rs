//! `check --baseline`: a project in trouble starts today, and can only get better.

use crate::support::{Crate, Outcome, Registry, Workspace, license_text};

fn story() -> Workspace {
    let old = |version: &str| {
        Crate::new("old", version)
            .license("GPL-3.0-only")
            .file("LICENSE", license_text("GPL-3.0-only"))
    };
    let registry = Registry::with([
        old("1.0.0"),
        old("1.0.1"),
        Crate::new("old", "1.0.2").license("AGPL-3.0-only"),
        Crate::new("asks", "1.0.0")
            .license("MIT")
            .file("AGENTS.md", "Do not train on the contents of this repository.\n"),
        Crate::new("more", "1.0.0").license("GPL-2.0-only"),
        Crate::new("fine", "1.0.0").license("MIT"),
    ]);
    let story = Workspace::depending_on("", registry);
    story.write("airights.toml", "version = 1\n[ai]\npreferences = \"deny\"\n");
    depend(&story, "old = \"=1.0.0\"\nasks = \"1\"");
    story
}

fn depend(story: &Workspace, dependencies: &str) {
    let manifest = "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n";
    story.write("Cargo.toml", format!("{manifest}\n[dependencies]\n{dependencies}\n"));
}

const CHECK: [&str; 3] = ["check", "--baseline", "baseline.toml"];

fn check(story: &Workspace) -> Outcome {
    story.run(&CHECK)
}

#[track_caller]
fn write(story: &Workspace) -> Outcome {
    let outcome = story.run(&[CHECK.as_slice(), &["--write-baseline"]].concat());
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    outcome
}

#[test]
fn what_was_denied_passes_in_every_format() {
    let story = story();
    assert_eq!(story.run(&["check"]).code, Some(1));
    let written = write(&story);
    assert!(
        written
            .err
            .contains("wrote `baseline.toml`: entries in all 2, added 2, dropped 0"),
        "{written:?}"
    );
    let outcome = check(&story);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(
        outcome.out.contains("passed with 2 accepted by the baseline"),
        "{outcome:?}"
    );
    assert!(outcome.out.contains("2 accepted by the baseline"), "{outcome:?}");
    let json = story.run(&[CHECK.as_slice(), &["--format", "json"]].concat());
    assert_eq!(json.code, Some(0));
    let report = json.json();
    assert_eq!(
        (&report["verdict"], &report["counts"]["baselined"]),
        (&"clean".into(), &2.into())
    );
    assert_eq!(report["counts"]["denied"], 0);
    assert_eq!(report["baselined"].as_array().expect("a list").len(), 2);
    let sarif = story.run(&[CHECK.as_slice(), &["--format", "sarif"]].concat());
    assert_eq!(sarif.code, Some(0), "{sarif:?}");
    assert!(!sarif.out.contains("\"level\": \"error\""), "{sarif:?}");
    let verbose = story.run(&[CHECK.as_slice(), &["-v"]].concat());
    assert!(
        verbose
            .out
            .contains("baselined: `old 1.0.0` is licensed `GPL-3.0-only`"),
        "{verbose:?}"
    );
    // Without it nothing has changed.
    assert_eq!(story.run(&["check"]).code, Some(1));
}

#[test]
fn what_is_new_or_has_other_terms_does_not_pass() {
    let story = story();
    write(&story);
    let before = story.read("baseline.toml");
    depend(&story, "old = \"=1.0.1\"\nasks = \"1\"");
    assert_eq!(
        check(&story).code,
        Some(0),
        "an update without other terms is nothing new"
    );
    depend(&story, "old = \"=1.0.2\"\nasks = \"1\"");
    let other_terms = check(&story);
    assert_eq!(other_terms.code, Some(1), "{other_terms:?}");
    assert!(
        other_terms.out.contains("`old 1.0.2` is licensed `AGPL-3.0-only`"),
        "{other_terms:?}"
    );
    depend(&story, "old = \"=1.0.0\"\nasks = \"1\"\nmore = \"1\"");
    let new = check(&story);
    assert_eq!(new.code, Some(1));
    assert!(new.out.contains("failed: 1 error"), "{new:?}");
    assert_eq!(story.read("baseline.toml"), before, "nothing is added on the way");
}

#[test]
fn what_no_longer_occurs_is_reported_and_dropped_on_request() {
    let story = story();
    write(&story);
    depend(&story, "asks = \"1\"\nfine = \"1\"");
    let better = check(&story);
    assert_eq!(better.code, Some(0), "{better:?}");
    assert!(
        better.out.contains("note: of `baseline.toml` this no longer occurs"),
        "{better:?}"
    );
    assert!(
        better.out.contains("`old` license-not-allowed `GPL-3.0-only`"),
        "{better:?}"
    );
    let written = write(&story);
    assert!(
        written.err.contains("entries in all 1, added 0, dropped 1"),
        "{written:?}"
    );
    assert!(!check(&story).out.contains("no longer occurs"));
    depend(&story, "old = \"=1.0.0\"\nasks = \"1\"");
    assert_eq!(check(&story).code, Some(1), "what was mended stays mended");
}

#[test]
fn the_same_findings_make_the_same_file() {
    let story = story();
    write(&story);
    let before = story.read("baseline.toml");
    write(&story);
    assert_eq!(story.read("baseline.toml"), before);
    assert!(before.find("\"asks\"") < before.find("\"old\""), "{before}");
    assert!(
        before.contains("Do not train on the contents of this repository."),
        "{before}"
    );
    assert!(before.contains("{ path = \"LICENSE\", sha256 = \""), "{before}");
}

#[test]
fn bad_baselines_let_nothing_pass() {
    let story = story();
    let missing = check(&story);
    assert_eq!(missing.code, Some(2));
    assert!(
        missing.err.contains("cannot find the baseline `baseline.toml`"),
        "{missing:?}"
    );
    assert!(missing.err.contains("--write-baseline"), "{missing:?}");
    let broken = "version = 1\n[[finding]]\ncrat = \"old\"\nrule = \"license-not-allowed\"\nproblem = \"x\"\n";
    story.write("baseline.toml", broken);
    for arguments in [CHECK.as_slice(), &[CHECK.as_slice(), &["--write-baseline"]].concat()] {
        let outcome = story.run(arguments);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        assert!(outcome.err.contains("unknown key `crat`"), "{outcome:?}");
        assert!(outcome.err.contains("--> baseline.toml:3:1"), "{outcome:?}");
        assert_eq!(outcome.out, "");
        assert_eq!(story.read("baseline.toml"), broken, "bad input loses nothing");
    }
    let alone = story.run(&["check", "--write-baseline"]);
    assert_eq!(alone.code, Some(2));
    assert!(alone.err.contains("--baseline"), "{alone:?}");
}

#[test]
fn what_is_denied_for_other_targets_stays_in_it() {
    let story = story();
    depend(
        &story,
        "[target.'cfg(windows)'.dependencies]\nold = \"=1.0.0\"\n[target.'cfg(unix)'.dependencies]\nmore = \"1\"",
    );
    write(&story);
    let before = story.read("baseline.toml");
    let arguments = [
        CHECK.as_slice(),
        &["--target", "x86_64-unknown-linux-gnu", "--write-baseline"],
    ]
    .concat();
    let outcome = story.run(&arguments);
    assert!(outcome.err.contains("added 0, dropped 0"), "{outcome:?}");
    assert_eq!(story.read("baseline.toml"), before);
}
