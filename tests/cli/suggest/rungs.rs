//! One story a rung.

use super::{MIT_ONLY, denied, fine, licensed, take, ways_out};
use crate::support::{Crate, Registry, Workspace, license_text};

#[test]
fn the_newest_version_that_passes_takes_the_place_of_a_denied_one() {
    let crates = [
        fine("parser", "1.0.0"),
        fine("parser", "1.1.0"),
        denied("parser", "1.2.0"),
        denied("parser", "1.3.0"),
        fine("parser", "2.0.0"),
    ];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!(outcome.err, "");
    let ways = ways_out(&outcome, "parser");
    let expected = ["cargo update parser --precise 1.1.0".to_owned()];
    assert_eq!(ways[0], ("other-version".to_owned(), expected.to_vec()));
    take(&story, &ways[0].1);
}

#[test]
fn several_are_solved_together_where_one_resolve_solves_all() {
    // Each newest compliant version of one needs the denied one of the other, so neither can move alone.
    let crates = [
        fine("left", "1.0.0"),
        denied("left", "1.1.0").dependency("right", "=1.1.0"),
        fine("right", "1.0.0"),
        denied("right", "1.1.0"),
    ];
    let story = Workspace::depending_on("left = \"1\"\nright = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let ways = ways_out(&outcome, "left");
    let expected = [
        "cargo update left --precise 1.0.0".to_owned(),
        "cargo update right --precise 1.0.0".to_owned(),
    ];
    assert_eq!(ways[0], ("other-version".to_owned(), expected.to_vec()));
    assert_eq!(ways_out(&outcome, "right")[0], ways[0]);
    take(&story, &ways[0].1);
}

#[test]
fn a_version_that_brings_in_something_denied_is_no_way_out() {
    // 1.2.0 is compliant and the newest, but its new dependency is not, in any version.
    let crates = [
        fine("parser", "1.1.0"),
        fine("parser", "1.2.0").dependency("grammar", "1"),
        denied("parser", "1.3.0"),
        denied("grammar", "1.0.0"),
        denied("grammar", "1.0.1"),
    ];
    let story = Workspace::depending_on("parser = \"1\"", Registry::with(crates));
    licensed(&story);
    let ways = ways_out(&story.run(&["suggest", "--format", "json"]), "parser");
    assert_eq!(ways[0].1, ["cargo update parser --precise 1.1.0"]);
    take(&story, &ways[0].1);
}

#[test]
fn nothing_denied_is_nothing_to_do() {
    let story = Workspace::depending_on("parser = \"1\"", Registry::with([fine("parser", "1.0.0")]));
    licensed(&story);
    let outcome = story.run(&["suggest"]);
    assert_eq!(
        (outcome.code, &*outcome.out),
        (Some(0), "clean: no package is denied\n")
    );
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(0));
}

#[test]
fn a_dependent_goes_back_to_a_version_that_does_without() {
    let crates = [
        fine("reader", "1.0.0").dependency("parser", "^1.0"),
        fine("reader", "1.1.0").dependency("parser", "^1.1"),
        fine("bystander", "1.0.0"),
        fine("parser", "1.0.0"),
        denied("parser", "1.1.0"),
        denied("parser", "1.2.0"),
    ];
    let story = Workspace::depending_on("reader = \"1\"\nbystander = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let ways = ways_out(&outcome, "parser");
    let expected = [
        "cargo update reader --precise 1.0.0".to_owned(),
        "cargo update parser --precise 1.0.0".to_owned(),
    ];
    assert_eq!(ways[0], ("parent-moves".to_owned(), expected.to_vec()));
    take(&story, &ways[0].1);
}

#[test]
fn only_the_dependents_that_have_to_move_do() {
    // `above` has a newer version, which has nothing to do with the matter.
    let crates = [
        fine("above", "1.0.0").dependency("reader", "1"),
        fine("above", "1.1.0").dependency("reader", "1"),
        fine("reader", "1.0.0"),
        fine("reader", "1.1.0").dependency("parser", "1"),
        denied("parser", "1.0.0"),
    ];
    let story = Workspace::depending_on("above = \"1\"", Registry::with(crates));
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    let moved = story.cargo(&["update", "above", "--precise", "1.0.0"]);
    assert_eq!(moved.code, Some(0), "{moved:?}");
    let ways = ways_out(&story.run(&["suggest", "--format", "json"]), "parser");
    let expected = ["cargo update reader --precise 1.0.0".to_owned()];
    assert_eq!(ways[0], ("parent-moves".to_owned(), expected.to_vec()));
    take(&story, &ways[0].1);
}

#[test]
fn with_no_way_out_somebody_is_to_be_asked() {
    let stuck = Crate::new("stuck", "1.0.0")
        .license("GPL-3.0-only OR MPL-2.0")
        .file("LICENSE", license_text("MPL-2.0"));
    let story = Workspace::depending_on("stuck = \"1\"", Registry::with([stuck]));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1));
    let rungs: Vec<String> = ways_out(&outcome, "stuck").into_iter().map(|(rung, _)| rung).collect();
    assert_eq!(rungs, ["elect", "ask", "ask"]);
    let report = outcome.json();
    assert_eq!(
        report["proposals"][0]["summary"],
        "take `stuck` under `MPL-2.0` (weak-copyleft)"
    );
    let dead_ends = report["violations"][0]["dead_ends"].as_array().expect("dead ends");
    assert_eq!(dead_ends[0]["rung"], "other-version");
    // The stanza that is proposed is what it says: with it, the check is clean.
    let stanza = report["proposals"][1]["text"]
        .as_str()
        .expect("a stanza")
        .replace("reason = \"\"", "reason = \"ours\"");
    story.write("airights.toml", format!("{MIT_ONLY}\n{stanza}\n"));
    let checked = story.run(&["check"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
}

#[test]
fn what_is_named_is_all_that_counts() {
    let crates = [
        fine("parser", "1.0.0"),
        denied("writer", "1.0.0"),
        Crate::new("reader", "1.0.0").license("MIT"),
    ];
    let story = Workspace::depending_on("parser = \"1\"\nwriter = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "parser"]);
    assert_eq!(
        (outcome.code, &*outcome.out),
        (Some(0), "clean: what was named is not denied\n")
    );
    assert_eq!(story.run(&["suggest", "writer@1"]).code, Some(1));
    let unknown = story.run(&["suggest", "reader"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.err.contains("`reader` is no crate of this graph"),
        "{unknown:?}"
    );
    let saved = story.run(&["suggest", "--metadata-path", "saved.json"]);
    assert_eq!(saved.code, Some(2), "{saved:?}");
}

#[test]
fn an_entry_of_the_policy_is_not_solved_by_versions() {
    let story = Workspace::depending_on("parser = \"1\"", Registry::with([fine("parser", "1.0.0")]));
    licensed(&story);
    let expired =
        "[[exceptions]]\ncrate = \"parser\"\nlicenses = [\"ISC\"]\nreason = \"was so\"\nexpires = 2020-01-01\n";
    story.write("airights.toml", format!("{MIT_ONLY}\n{expired}"));
    let outcome = story.run(&["suggest"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome
            .out
            .starts_with("violated: no package is denied, but the policy itself is"),
        "{outcome:?}"
    );
}

#[test]
fn workspaces_of_every_shape_are_copied_well_enough() {
    let crates = [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
    let story = Workspace::empty(Some(Registry::with(crates)));
    let package = |name: &str, more: &str| {
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n{more}")
    };
    story.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n[workspace.dependencies]\nparser = \"1\"\n",
    );
    // A library in an odd place, a binary found by its name, an example, a build script, a dependency beside the workspace.
    let one = "build = \"make/build.rs\"\n[lib]\npath = \"lib/one.rs\"\n[[bin]]\nname = \"tool\"\n\
               [dependencies]\nparser.workspace = true\nbeside = { path = \"../../../beside\" }\n\
               [dev-dependencies]\ntwo = { path = \"../two\" }\n";
    story.write("crates/one/Cargo.toml", package("one", one));
    for file in ["lib/one.rs", "examples/show.rs"] {
        story.write(&format!("crates/one/{file}"), "fn main() {}\n");
    }
    story.write("crates/one/make/build.rs", "fn main() {}");
    story.write("crates/one/src/bin/tool/main.rs", "fn main() {}");
    story.write("crates/two/Cargo.toml", package("two", ""));
    story.write("crates/two/src/main.rs", "fn main() {}");
    story.write(
        "../beside/Cargo.toml",
        package("beside", "[dependencies]\nparser = \"1\"\n"),
    );
    story.write("../beside/src/lib.rs", "");
    story.write("airights.toml", MIT_ONLY);
    let arguments = [
        "suggest",
        "--format",
        "json",
        "--manifest-path",
        "crates/one/Cargo.toml",
    ];
    let ways = ways_out(&story.run(&arguments), "parser");
    assert_eq!(ways[0].1, ["cargo update parser --precise 1.1.0"]);
    take(&story, &ways[0].1);
}
