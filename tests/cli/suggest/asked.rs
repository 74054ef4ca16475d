//! What is asked, and of which workspace: nothing to do, one crate by its name, a policy that is itself the matter, and
//! workspaces of every shape.

use super::{MIT_ONLY, denied, fine, licensed, take, ways_out};
use crate::support::{Crate, Registry, Workspace};

#[test]
fn nothing_denied_is_nothing_to_do() {
    let story = Workspace::depending_on("parser = \"1\"", Registry::with([fine("parser", "1.0.0")]));
    licensed(&story);
    let outcome = story.run(&["suggest"]);
    assert_eq!(
        (outcome.code, &*outcome.out),
        (Some(0), "passed: no package is denied\n")
    );
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(0));
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
        (
            Some(0),
            "passed: the crate complies with the policy; nothing to suggest\n"
        )
    );
    assert_eq!(story.run(&["suggest", "writer@1"]).code, Some(1));
    let unknown = story.run(&["suggest", "reader"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.err.contains("`reader` is not in the dependency graph"),
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
            .starts_with("failed: no package is denied, but the policy file has errors"),
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
