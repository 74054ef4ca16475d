//! From the maintainer's Cargo.toml through `cargo package` to the report of whoever depends on it.

use cargo_airights::declaration::PRESETS;
use serde_json::Value;

use super::{declare, story};
use crate::support::{Crate, Registry, Workspace};

/// What a dependent's report says of `quill`, when it is packaged as it stands in the story.
#[track_caller]
fn as_dependents_see_it(story: &Workspace) -> Value {
    let packaged = story.cargo(&["package", "--allow-dirty", "--no-verify", "--offline"]);
    assert_eq!(packaged.code, Some(0), "{packaged:?}");
    let archive = std::fs::read(story.root().join("target/package/quill-1.0.0.crate")).expect("the package");
    let registry = Registry::with([Crate::packaged("quill", "1.0.0", archive)]);
    let dependent = Workspace::depending_on("quill = \"1\"", registry);
    let report = dependent.run(&["check", "--format", "json"]).json();
    let mut all = report["packages"].as_array().expect("packages").iter();
    let quill = all.find(|package| package["name"] == "quill");
    quill.expect("the dependency")["ai"].clone()
}

#[test]
fn every_preset_arrives_with_its_uses_its_conditions_and_its_force() {
    for preset in PRESETS {
        for rider in ["none", "and", "with"] {
            let story = story();
            declare(&story, &["--preset", preset.name, "--rider", rider]);
            let seen = as_dependents_see_it(&story);
            for (ai_use, said) in preset.uses() {
                let case = format!("{} of {}, rider {rider}: {seen:#}", ai_use, preset.name);
                let found = &seen[ai_use.as_str()];
                assert_eq!(found["value"], said.value.as_str(), "{case}");
                let force = if rider == "none" { "preference" } else { "license" };
                assert_eq!(found["force"], force, "{case}");
                let conditions: Vec<&str> = said.conditions.iter().map(|condition| condition.as_str()).collect();
                assert_eq!(found["conditions"], serde_json::json!(conditions), "{case}");
            }
            for other in ["train-ai", "ai-input", "train-on-output"] {
                let is_said = preset.uses().keys().any(|ai_use| ai_use.as_str() == other);
                assert!(
                    is_said || seen[other]["value"] == "unknown",
                    "{other} of {}: {seen:#}",
                    preset.name
                );
            }
        }
    }
}

#[test]
fn a_readme_and_signals_arrive_as_well() {
    let story = story();
    declare(&story, &["--preset", "no-ai", "--readme", "--tdmrep", "--robots"]);
    let seen = as_dependents_see_it(&story);
    let train = &seen["train-ai"];
    assert_eq!(
        (&train["value"], &train["force"]),
        (&"disallowed".into(), &"reservation".into()),
        "{seen:#}"
    );
    let kinds = train["evidence"].as_array().expect("evidence").iter();
    let kinds: Vec<&str> = kinds.filter_map(|evidence| evidence["kind"].as_str()).collect();
    for kind in ["signal-file", "readme", "declaration"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
}

#[test]
fn what_is_written_for_machines_is_published_without_a_contradiction() {
    for preset in PRESETS {
        for signal in ["--tdmrep", "--ai-txt", "--robots"] {
            let story = story();
            story.write("LICENSE", "x");
            // Where a vocabulary has no words at all for a preset, nothing is written.
            let outcome = story.run(&["declare", "--preset", preset.name, signal]);
            if outcome.code != Some(0) {
                assert!(outcome.err.contains("has no words for what is declared"), "{outcome:?}");
                continue;
            }
            let report = story.run(&["publish-check", "--format", "json"]);
            assert!(
                !report.out.contains("ai-terms-disagree"),
                "{}, {signal}: {report:?}",
                preset.name
            );
        }
    }
}
