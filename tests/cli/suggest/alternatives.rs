//! Another crate in the place of a denied one: who says so, with what it brings in, and never applied unasked.

use super::forty::depending_on;
use super::{denied, fine, licensed, take, ways_out};
use crate::catalog::dump::{Row, TABLES, write};
use crate::support::{Crate, Outcome, Registry, Workspace};

/// Why the first way on the rung is right.
#[track_caller]
fn why(outcome: &Outcome) -> String {
    let report = outcome.json();
    let proposals = report["proposals"].as_array().expect("proposals");
    let replace = proposals.iter().find(|proposal| proposal["rung"] == "replace");
    let replace = replace.unwrap_or_else(|| panic!("nothing on the rung: {report:#}"));
    replace["why"].as_str().expect("a text").to_owned()
}

/// Why the rung leads nowhere.
#[track_caller]
fn dead_end(outcome: &Outcome) -> String {
    let report = outcome.json();
    let dead_ends = report["violations"][0]["dead_ends"].as_array().expect("dead ends");
    let replace = dead_ends.iter().find(|dead_end| dead_end["rung"] == "replace");
    let replace = replace.unwrap_or_else(|| panic!("no dead end on the rung: {report:#}"));
    replace["reason"].as_str().expect("a text").to_owned()
}

#[test]
fn a_reviewed_crate_takes_the_place_of_a_denied_one() {
    // The newest version of the fork is denied, so an older one is asked for, and held.
    let story = depending_on("adler = \"1\" # sums\nbystander = \"1\"");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let ways = ways_out(&outcome, "adler");
    assert_eq!(ways[0].0, "replace");
    assert_eq!(
        ways[0].1[..3],
        [
            "cargo remove adler",
            "cargo add adler2@2.0.0",
            "cargo update --workspace"
        ]
    );
    let why = why(&outcome);
    assert!(
        why.starts_with("fork of `adler`, same API; only the crate name changes (https://rustsec.org/"),
        "{why}"
    );
    assert!(why.contains("`adler2 2.0.0` is `MIT`"), "{why}");
    let substitute = &outcome.json()["proposals"][0]["substitutes"][0];
    assert_eq!(
        (&substitute["replaces"], &substitute["name"]),
        (&"adler".into(), &"adler2".into())
    );
    assert_eq!(substitute["version"], "2.0.0");
    let ground = &substitute["grounds"][0];
    assert_eq!(
        (&ground["source"], &ground["relation"]),
        (&"reviewed".into(), &"fork".into())
    );
    assert!(
        ground["url"]
            .as_str()
            .is_some_and(|url| url.starts_with("https://rustsec.org/"))
    );
    // The code has to follow, so nothing is applied.
    let before = (story.read("Cargo.toml"), story.read("Cargo.lock"));
    assert_eq!(story.run(&["suggest", "--apply"]).code, Some(1));
    assert_eq!((story.read("Cargo.toml"), story.read("Cargo.lock")), before);
    take(&story, &ways[0].1);
}

#[test]
fn an_alternative_that_brings_in_something_denied_is_not_shown() {
    let crates = [
        denied("adler", "1.0.2"),
        fine("adler2", "2.0.0").dependency("deep", "1"),
        fine("deep", "1.0.0").dependency("deeper", "1"),
        denied("deeper", "1.0.0"),
    ];
    let story = Workspace::depending_on("adler = \"1\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert!(
        ways_out(&outcome, "adler").iter().all(|(rung, _)| rung != "replace"),
        "{outcome:?}"
    );
    assert!(
        dead_end(&outcome).starts_with("no compliant alternative known"),
        "{outcome:?}"
    );
}

#[test]
fn what_other_crates_replaced_it_by_is_told_with_their_names() {
    let user = |name: &str| {
        [
            fine(name, "1.0.0").dependency("oldparse", "1"),
            fine(name, "1.1.0").dependency("newparse", "1"),
        ]
    };
    let crates: Vec<Crate> = [denied("oldparse", "1.0.0"), fine("newparse", "1.0.0")]
        .into_iter()
        .chain(["reader", "writer"].into_iter().flat_map(user))
        .collect();
    let dependencies = "oldparse = \"1\"\nreader = \"1\"\nwriter = \"1\"";
    let story = Workspace::depending_on(dependencies, Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let ways = ways_out(&outcome, "oldparse");
    assert_eq!(ways[0].0, "replace", "{outcome:?}");
    let why = why(&outcome);
    let evidence = "2 crates replaced `oldparse` by `newparse`, for example `reader`, `writer`; ";
    assert!(why.starts_with(evidence), "{why}");
    let ground = &outcome.json()["proposals"][0]["substitutes"][0]["grounds"][0];
    assert_eq!((&ground["source"], &ground["crates"]), (&"mined".into(), &2.into()));
    assert_eq!(ground["examples"], serde_json::json!(["reader", "writer"]));
    take(&story, &ways[0].1);
}

#[test]
fn a_crate_like_it_is_found_in_the_catalog() {
    let crates = [
        denied("scanner", "1.0.0"),
        denied("lexing", "1.0.0"),
        fine("tokens", "1.0.0"),
    ];
    let story = Workspace::depending_on("scanner = \"1\"", Registry::with(crates));
    licensed(&story);
    assert_eq!(
        dead_end(&story.run(&["suggest", "--format", "json"])),
        "no compliant alternative known; `cargo airights catalog update` makes more of them known"
    );
    let row = |name, description| Row {
        name,
        description,
        keywords: &["lexer"],
        dependencies: &[],
    };
    let rows = [
        row("scanner", "Reads tokens"),
        row("lexing", "Reads tokens"),
        row("tokens", "Tokens of texts"),
        Row {
            keywords: &["colour"],
            ..row("paint", "Paints")
        },
    ];
    write(&story.root().join("dump.tar.gz"), &rows, &TABLES);
    assert_eq!(story.run(&["catalog", "update", "--from", "dump.tar.gz"]).code, Some(0));
    let outcome = story.run(&["suggest", "--format", "json"]);
    let why = why(&outcome);
    let evidence = "described like `scanner`: `lexer`, `tokens`; `tokens 1.0.0` is `MIT`; downloaded 3000 times; ";
    assert!(why.starts_with(evidence), "{why}");
    let substitute = &outcome.json()["proposals"][0]["substitutes"][0];
    assert_eq!(substitute["downloads"], 3000);
    let ground = &substitute["grounds"][0];
    assert_eq!(
        (&ground["source"], &ground["words"]),
        (&"likeness".into(), &serde_json::json!(["lexer", "tokens"]))
    );
    // A damaged catalog takes nothing else away.
    story.write("../cache/catalog", "damaged");
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1));
    assert!(dead_end(&outcome).contains("the catalog cannot be used"), "{outcome:?}");
}

#[test]
fn each_direct_dependency_that_leads_to_it_is_replaced() {
    let crates = [
        fine("adler", "1.0.2").dependency("deep", "1"),
        fine("fxhash", "0.2.1").dependency("deep", "1"),
        denied("deep", "1.0.0"),
        fine("adler2", "2.0.0"),
        fine("rustc-hash", "2.0.0"),
    ];
    let story = Workspace::depending_on("adler = \"1\"\nfxhash = \"0.2\"", Registry::with(crates));
    licensed(&story);
    let outcome = story.run(&["suggest", "--format", "json"]);
    let report = outcome.json();
    let proposal = &report["proposals"][0];
    assert_eq!(
        proposal["summary"], "use `adler2` in the place of `adler`, and `rustc-hash` in the place of `fxhash`",
        "{report:#}"
    );
    let after = |number: usize| proposal["edits"][number]["after"].clone();
    assert_eq!(
        (after(0), after(1)),
        ("adler2 = \"2.0.0\"".into(), "rustc-hash = \"2.0.0\"".into())
    );
    let ways = ways_out(&outcome, "deep");
    assert_eq!(
        ways[0].1[..4],
        [
            "cargo remove adler",
            "cargo add adler2@2.0.0",
            "cargo remove fxhash",
            "cargo add rustc-hash@2.0.0"
        ]
    );
    take(&story, &ways[0].1);
}

#[test]
fn what_has_no_alternative_is_named_where_several_lead_to_it() {
    let crates = [
        fine("adler", "1.0.2").dependency("deep", "1"),
        fine("unheard-of", "1.0.0").dependency("deep", "1"),
        denied("deep", "1.0.0"),
        fine("adler2", "2.0.0"),
    ];
    let story = Workspace::depending_on("adler = \"1\"\nunheard-of = \"1\"", Registry::with(crates));
    licensed(&story);
    let reason = dead_end(&story.run(&["suggest", "--format", "json"]));
    let expected =
        "no compliant alternative known to `unheard-of`, which leads to it; `adler2` would do the job of `adler`";
    assert!(reason.starts_with(expected), "{reason}");
}
