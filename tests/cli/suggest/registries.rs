//! Registries other than the one that stands for crates.io: their versions are asked for, withheld and judged as well, and
//! the lockfile names them as it always does.

use std::process::Command;

use super::{denied, fine, licensed, take, ways_out};
use crate::support::{Registry, Workspace};

/// A workspace on crates.io and on a registry that it knows as `ours`.
fn story(dependencies: &str, of_crates_io: Registry, ours: &Registry) -> Workspace {
    let story = Workspace::depending_on(dependencies, of_crates_io);
    story.knows("ours", ours);
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    story
}

#[test]
fn a_version_of_another_registry_is_a_way_out() {
    let ours = Registry::of_its_own([fine("parser", "1.1.0"), denied("parser", "1.2.0")]);
    let dependencies = "parser = { version = \"1\", registry = \"ours\" }\nreader = \"1\"";
    let story = story(dependencies, Registry::with([fine("reader", "1.0.0")]), &ours);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let ways = ways_out(&outcome, "parser");
    let command = "cargo update parser --precise 1.1.0".to_owned();
    assert_eq!(ways[0], ("other-version".to_owned(), vec![command]));
    take(&story, &ways[0].1);
    let lockfile = story.read("Cargo.lock");
    assert!(
        lockfile.contains(&format!("source = \"{}\"", ours.index())),
        "{lockfile}"
    );
}

#[test]
fn what_is_applied_is_locked_as_if_nothing_stood_between() {
    let ours = Registry::of_its_own([
        fine("parser", "1.1.0").dependency("lexer", "1"),
        denied("parser", "1.2.0"),
        denied("lexer", "1.1.0"),
        fine("lexer", "1.0.0").dependency_on_crates_io("reader", "1"),
    ]);
    let of_crates_io = Registry::with([fine("reader", "1.0.0"), denied("reader", "1.1.0")]);
    let story = story("parser = { version = \"1\", registry = \"ours\" }", of_crates_io, &ours);
    let outcome = story.run(&["suggest", "--apply"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let built = story.cargo(&["build", "--locked"]);
    assert_eq!(built.code, Some(0), "{built:?}");
    let lockfile = story.read("Cargo.lock");
    for package in [
        "\"parser\"\nversion = \"1.1.0\"",
        "\"lexer\"\nversion = \"1.0.0\"",
        "\"reader\"\nversion = \"1.0.0\"",
    ] {
        assert!(lockfile.contains(package), "{lockfile}");
    }
    assert_eq!(lockfile.matches(&ours.index()).count(), 2, "{lockfile}");
    assert_eq!(lockfile.matches("registry+").count(), 1, "{lockfile}");
}

#[test]
fn two_registries_may_have_different_crates_of_one_name() {
    // Ours is denied in the very version in which that of crates.io is fine, and the other way round.
    let ours = Registry::of_its_own([fine("parser", "1.0.0"), denied("parser", "1.1.0")]);
    let of_crates_io = Registry::with([denied("parser", "1.0.0"), fine("parser", "1.1.0")]);
    let dependencies = "parser = \"1\"\nours = { package = \"parser\", version = \"1\", registry = \"ours\" }";
    let story = story(dependencies, of_crates_io, &ours);
    let outcome = story.run(&["suggest", "--apply"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let lockfile = story.read("Cargo.lock");
    let of = |version: &str, source: &str| format!("version = \"{version}\"\nsource = \"{source}");
    assert!(lockfile.contains(&of("1.0.0", &ours.index())), "{lockfile}");
    assert!(lockfile.contains(&of("1.1.0", "registry+")), "{lockfile}");
}

#[test]
fn a_replaced_registry_is_asked_where_cargo_asks_it() {
    let crates = || [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
    // The registry itself has nothing; its mirror has it all.
    let (ours, mirror) = (Registry::of_its_own([]), Registry::of_its_own(crates()));
    let story = Workspace::depending_on("parser = { version = \"1\", registry = \"ours\" }", Registry::with([]));
    story.knows("ours", &ours);
    story.configure(&format!(
        "[source.ours]\nregistry = \"{}\"\nreplace-with = \"mirror\"\n[source.mirror]\nregistry = \"{}\"\n",
        ours.index(),
        mirror.index()
    ));
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    let outcome = story.run(&["suggest", "--apply"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let lockfile = story.read("Cargo.lock");
    assert!(
        lockfile.contains(&ours.index()) && !lockfile.contains(&mirror.index()),
        "{lockfile}"
    );
}

#[test]
fn a_registry_that_the_environment_names_is_known_too() {
    let ours = Registry::of_its_own([fine("parser", "1.1.0"), denied("parser", "1.2.0")]);
    let story = Workspace::depending_on("parser = { version = \"1\", registry = \"ours\" }", Registry::with([]));
    licensed(&story);
    let index = ours.index();
    let variables = [("CARGO_REGISTRIES_OURS_INDEX", index.as_str())];
    let run = |arguments: &[&str]| story.run_with(&variables, arguments).code;
    assert_eq!(run(&["check"]), Some(1));
    assert_eq!(run(&["suggest", "--apply"]), Some(0));
}

#[test]
fn a_vendored_registry_is_in_nobodys_way_until_it_is_needed() {
    let ours = Registry::of_its_own([fine("parser", "1.1.0"), denied("parser", "1.2.0")]);
    let dependencies = "parser = { version = \"1\", registry = \"ours\" }\nreader = \"1\"";
    let of_crates_io = Registry::with([denied("reader", "1.0.0")]);
    let story = story(dependencies, of_crates_io, &ours);
    let vendored = story.cargo(&["vendor", "--versioned-dirs", "--respect-source-config"]);
    assert_eq!(vendored.code, Some(0), "{vendored:?}");
    // What stood for crates.io is a directory from now on; ours is as it was.
    let config = story.cargo_home().join("config.toml");
    let before = std::fs::read_to_string(&config).expect("the configuration");
    let (fixture, rest) = before.split_once("registry = ").expect("the fixture");
    let (_, rest) = rest.split_once('\n').expect("lines");
    let directory = story.root().join("vendor");
    let after = format!("{fixture}directory = \"{}\"\n{rest}", directory.display());
    std::fs::write(config, after).expect("a file in a temporary directory");
    let outcome = story.run(&["suggest", "parser", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!(ways_out(&outcome, "parser")[0].0, "other-version", "{outcome:?}");
    let outcome = story.run(&["suggest", "reader"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome.err.contains("is kept in the directory source `fixture`"),
        "{outcome:?}"
    );
}

#[test]
fn a_git_index_is_in_nobodys_way_until_it_is_needed() {
    let crates = || [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
    let (ours, theirs) = (
        Registry::of_its_own(crates()),
        Registry::of_its_own([denied("reader", "1.0.0")]),
    );
    let dependencies =
        "parser = { version = \"1\", registry = \"ours\" }\nreader = { version = \"1\", registry = \"theirs\" }";
    let story = Workspace::depending_on(dependencies, Registry::with([]));
    story.knows("ours", &ours);
    let index = story.root().join("../index");
    theirs.write_index(&index);
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "index"]] {
        let identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
        let status = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(&index)
            .status();
        assert!(status.expect("git runs").success());
    }
    let index = std::fs::canonicalize(index).expect("a directory");
    story.configure(&format!(
        "[registries.theirs]\nindex = \"file://{}\"\n",
        index.display()
    ));
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    let outcome = story.run(&["suggest", "parser", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert_eq!(ways_out(&outcome, "parser")[0].0, "other-version", "{outcome:?}");
    let outcome = story.run(&["suggest"]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    assert!(
        outcome.err.contains("is kept in the git index of `file://"),
        "{outcome:?}"
    );
}

#[test]
fn a_crate_of_another_registry_is_not_taken_for_its_namesake() {
    // What may take the place of `adler` of crates.io says nothing of a crate of ours with its name.
    let ours = Registry::of_its_own([denied("adler", "1.0.2")]);
    let of_crates_io = Registry::with([fine("adler2", "2.0.0")]);
    let story = story("adler = { version = \"1\", registry = \"ours\" }", of_crates_io, &ours);
    let outcome = story.run(&["suggest", "--format", "json"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let rungs: Vec<_> = ways_out(&outcome, "adler").into_iter().map(|(rung, _)| rung).collect();
    assert!(!rungs.contains(&"replace".to_owned()), "{rungs:?}");
}
