//! What cargo resolves, and what each package is for, on small workspaces.

mod failures;
mod targets;

use std::fs;

use airights::BuildScript;

use super::fixture::{Fixture, roles};
use super::{ResolveError, Resolved, lockfile_of};

/// Resolves a workspace of packages written one a line, as `name version: dependency kinds…`, and compares the roles.
#[track_caller]
fn check(files: &str, expected: &[&str]) {
    let fixture = Fixture::new(files);
    let resolved = fixture.resolve().unwrap();
    assert_eq!(roles(&resolved), expected);
}

/// The manifest of a package, to follow `===`.
fn package(path: &str, name: &str, rest: &str) -> String {
    let path = if path.is_empty() {
        String::new()
    } else {
        format!("{path}/")
    };
    format!("=== {path}Cargo.toml\n[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2024\"\n{rest}\n")
}

fn names(resolved: &Resolved) -> Vec<&str> {
    let packages = resolved.graph.packages().iter();
    packages.map(|package| package.name.as_str()).collect()
}

fn files(packages: &[(&str, &str)]) -> String {
    let app = packages[0];
    let rest = packages[1..]
        .iter()
        .map(|(name, rest)| package(&format!("../{name}"), name, rest));
    package("", app.0, app.1) + &rest.collect::<String>()
}

#[test]
fn a_proc_macro_and_all_it_uses_is_of_the_build() {
    check(
        &files(&[
            (
                "app",
                "[dependencies]\nderive = { path = '../derive' }\nruntime = { path = '../runtime' }",
            ),
            (
                "derive",
                "[lib]\nproc-macro = true\n[dependencies]\nparser = { path = '../parser' }\nboth = { path = '../both' }",
            ),
            ("parser", ""),
            ("both", ""),
            ("runtime", "[dependencies]\nboth = { path = '../both' }"),
        ]),
        &[
            "app 1.0.0: member",
            "both 1.0.0: shipped build",
            "derive 1.0.0: build",
            "parser 1.0.0: build",
            "runtime 1.0.0: shipped",
        ],
    );
}

#[test]
fn what_a_build_script_uses_is_of_the_build() {
    check(
        &(files(&[
            (
                "app",
                "build = 'build.rs'\n[build-dependencies]\ncompiler = { path = '../compiler' }",
            ),
            ("compiler", "[dependencies]\njobs = { path = '../jobs' }"),
            ("jobs", ""),
        ]) + "=== build.rs\nfn main() {}\n"),
        &["app 1.0.0: member", "compiler 1.0.0: build", "jobs 1.0.0: build"],
    );
}

#[test]
fn what_only_tests_use_is_for_development() {
    check(
        &files(&[
            (
                "app",
                "[dependencies]\nlog = { path = '../log' }\n[dev-dependencies]\nharness = { path = '../harness' }",
            ),
            ("log", ""),
            (
                "harness",
                "[dependencies]\nlog = { path = '../log' }\ndiff = { path = '../diff' }",
            ),
            ("diff", ""),
        ]),
        &[
            "app 1.0.0: member",
            "diff 1.0.0: dev",
            "harness 1.0.0: dev",
            "log 1.0.0: shipped",
        ],
    );
}

#[test]
fn a_cycle_through_dev_dependencies_ends() {
    check(
        &files(&[
            ("app", "[dependencies]\ncore = { path = '../core' }"),
            ("core", "[dev-dependencies]\napp = { path = '../workspace' }"),
        ]),
        &["app 1.0.0: member", "core 1.0.0: shipped"],
    );
}

#[test]
fn features_that_only_tests_turn_on_bring_in_what_is_for_development() {
    let app = "[features]\ntesting = ['dep:generator']\n[dependencies]\ngenerator = { path = '../generator', optional = true }\n\
               [dev-dependencies]\napp = { path = '.', features = ['testing'] }";
    check(
        &files(&[("app", app), ("generator", "")]),
        &["app 1.0.0: member", "generator 1.0.0: dev"],
    );
}

#[test]
fn optional_dependencies_come_with_their_feature() {
    let mut fixture = Fixture::new(&files(&[
        (
            "app",
            "[features]\nnet = ['dep:socket']\n[dependencies]\nsocket = { path = '../socket', optional = true }",
        ),
        ("socket", ""),
    ]));
    assert_eq!(roles(&fixture.resolve().unwrap()), ["app 1.0.0: member"]);
    let both = ["app 1.0.0: member", "socket 1.0.0: shipped"];
    fixture.options.features = vec!["app/net".to_owned()];
    assert_eq!(roles(&fixture.resolve().unwrap()), both);
    fixture.options.features = Vec::new();
    fixture.options.all_features = true;
    assert_eq!(roles(&fixture.resolve().unwrap()), both);
}

#[test]
fn what_is_resolved_and_never_built_is_unbuilt() {
    check(
        &files(&[
            (
                "app",
                "[features]\ndefault = ['weak']\nweak = ['ghost?/extra']\n[dependencies]\n\
                 ghost = { path = '../ghost', optional = true }\nderive = { path = '../derive' }",
            ),
            (
                "derive",
                "[lib]\nproc-macro = true\n[features]\ndefault = ['spectre?/extra']\n[dependencies]\n\
                 spectre = { path = '../spectre', optional = true }",
            ),
            (
                "ghost",
                "[features]\nextra = []\n[dependencies]\nsheet = { path = '../sheet' }",
            ),
            ("sheet", ""),
            ("spectre", "[features]\nextra = []"),
        ]),
        &[
            "app 1.0.0: member",
            "derive 1.0.0: build",
            "ghost 1.0.0: unbuilt",
            "sheet 1.0.0: unbuilt",
            "spectre 1.0.0: unbuilt",
        ],
    );
}

#[test]
fn a_feature_of_a_dependency_can_be_asked_for() {
    let mut fixture = Fixture::new(&files(&[
        ("app", "[dependencies]\nmiddle = { path = '../middle' }"),
        (
            "middle",
            "[features]\nplot = ['dep:plotter']\n[dependencies]\nplotter = { path = '../plotter', optional = true }",
        ),
        ("plotter", ""),
    ]));
    fixture.options.features = vec!["middle/plot".to_owned()];
    assert_eq!(
        roles(&fixture.resolve().unwrap()),
        ["app 1.0.0: member", "middle 1.0.0: shipped", "plotter 1.0.0: shipped"]
    );
}

/// Two members with one dependency, of which only the second turns a feature on.
fn two_members() -> Fixture {
    let member = |name: &str, dependency: &str| {
        package(
            name,
            name,
            &format!("[dependencies]\nshared = {{ path = '../../shared'{dependency} }}"),
        )
    };
    Fixture::new(
        &("=== Cargo.toml\n[workspace]\nresolver = '3'\nmembers = ['app', 'gen']\n".to_owned()
            + &member("app", "")
            + &member("gen", ", features = ['plot']")
            + &package(
                "../shared",
                "shared",
                "[features]\nplot = ['canvas/plot']\n[dependencies]\ncanvas = { path = '../canvas', optional = true }",
            )
            + &package(
                "../canvas",
                "canvas",
                "[features]\nplot = ['dep:plotter']\n[dependencies]\nplotter = { path = '../plotter', optional = true }",
            )
            + &package("../plotter", "plotter", "")),
    )
}

/// The names on the way to the last package called so.
fn way_to(resolved: &super::Resolved, name: &str) -> Vec<String> {
    let graph = &resolved.graph;
    let (place, _) = graph.iter().find(|(_, package)| package.name == name).unwrap();
    let path = graph.shortest_paths().to(place);
    path.into_iter()
        .map(|place| graph.package(place).name.clone())
        .collect()
}

#[test]
fn the_way_to_a_package_is_one_that_cargo_takes() {
    for round in ["resolved", "remembered"] {
        let fixture = two_members();
        fixture.lock();
        let resolved = fixture.resolve().unwrap();
        assert_eq!(way_to(&resolved, "shared"), ["app", "shared"], "{round}");
        assert_eq!(
            way_to(&resolved, "plotter"),
            ["gen", "shared", "canvas", "plotter"],
            "{round}"
        );
    }
}

#[test]
fn of_selected_members_only_what_they_build_is_there() {
    let mut fixture = two_members();
    let mut check = |packages: &[&str], exclude: &[&str], expected: &[&str]| {
        fixture.options.selection.packages = packages.iter().map(|&name| name.to_owned()).collect();
        fixture.options.selection.exclude = exclude.iter().map(|&name| name.to_owned()).collect();
        let resolved = fixture.resolve().unwrap();
        assert_eq!(names(&resolved), expected, "{packages:?} without {exclude:?}");
        assert_eq!(resolved.graph.is_part(), !(packages.is_empty() && exclude.is_empty()));
    };
    let all = ["app", "canvas", "gen", "plotter", "shared"];
    check(&[], &[], &all);
    check(&["app"], &[], &["app", "shared"]);
    check(&["app@1.0"], &[], &["app", "shared"]);
    check(&["gen"], &[], &["canvas", "gen", "plotter", "shared"]);
    check(&[], &["g*"], &["app", "shared"]);
    check(&["app", "gen"], &[], &all);
    fixture.options.selection.packages = vec!["ap".to_owned()];
    let error = fixture.resolve().unwrap_err();
    assert_eq!(error.to_string(), "`ap` is not a package of this workspace");
    assert_eq!(error.hint().as_deref(), Some("did you mean `app`?"));
    fixture.options.selection.packages = Vec::new();
    fixture.options.selection.exclude = vec!["*".to_owned()];
    assert!(matches!(fixture.resolve(), Err(ResolveError::NothingSelected)));
}

#[test]
fn what_is_left_out_takes_along_what_only_it_brings_in() {
    let check = |left_out: &[&str], expected: &[&str]| {
        let mut fixture = two_members();
        let specs = left_out.iter().map(|spec| spec.parse().unwrap());
        fixture.options.selection.left_out = specs.collect();
        let resolved = fixture.resolve().unwrap();
        assert_eq!(names(&resolved), expected, "without {left_out:?}");
    };
    check(&["canvas"], &["app", "gen", "shared"]);
    check(&["gen"], &["app", "shared"]);
    check(&["shared"], &["app", "gen"]);
    // Names that mean nothing are no mistake: a configuration may be for several workspaces.
    check(&["nobody", "canvas@7"], &["app", "canvas", "gen", "plotter", "shared"]);
}

#[test]
fn members_that_are_never_published_may_be_no_roots() {
    let mut fixture = two_members();
    let manifest = "gen/Cargo.toml";
    let text = fs::read_to_string(fixture.root().join(manifest)).unwrap();
    fixture.write(manifest, &text.replace("[package]", "[package]\npublish = false"));
    fixture.options.selection.exclude_unpublished = true;
    let resolved = fixture.resolve().unwrap();
    assert_eq!(names(&resolved), ["app", "shared"]);
}

#[test]
fn with_what_a_build_script_compiles_is_known() {
    let fixture = Fixture::new(
        &(files(&[
            (
                "app",
                "build = 'build.rs'\n[build-dependencies]\ncc = { path = '../cc' }\nplain = { path = '../plain' }",
            ),
            ("cc", "build = 'build.rs'"),
            ("plain", ""),
        ]) + "=== build.rs\nfn main() {}\n=== ../cc/build.rs\nfn main() {}\n"),
    );
    let resolved = fixture.resolve().unwrap();
    let packages = resolved.graph.packages().iter();
    let builds: Vec<_> = packages
        .map(|package| (&*package.name, package.build_script.clone()))
        .collect();
    let with = |crates: &[&str]| BuildScript::With(crates.iter().map(ToString::to_string).collect());
    assert_eq!(
        builds,
        [("app", with(&["cc"])), ("cc", with(&[])), ("plain", BuildScript::None)]
    );
}

#[test]
fn renamed_dependencies_keep_the_key_of_the_manifest() {
    let two = package("../json-two", "json", "").replace("1.0.0", "2.0.0");
    let app = "[dependencies]\njson = { path = '../json' }\nnew-json = { package = 'json', path = '../json-two' }";
    let fixture = Fixture::new(&(files(&[("app", app), ("json", "")]) + &two));
    let resolved = fixture.resolve().unwrap();
    assert_eq!(
        roles(&resolved),
        ["app 1.0.0: member", "json 1.0.0: shipped", "json 2.0.0: shipped"]
    );
    let edges = resolved.graph.dependencies().iter();
    let keys: Vec<_> = edges.map(|edge| (edge.to.index(), edge.key.as_str())).collect();
    assert_eq!(keys, [(1, "json"), (2, "new-json")]);
}

#[test]
fn members_say_what_their_manifests_say() {
    let fixture = Fixture::new(
        "=== Cargo.toml\n[workspace]\nresolver = '3'\nmembers = ['crates/*']\n\
         === crates/a/Cargo.toml\n[package]\nname = 'a'\nlicense = 'MIT'\nreadme = 'R.md'\npublish = false\n\
         [package.metadata.airights]\ntrain-ai = 'disallowed'\n\
         === crates/b/Cargo.toml\n[package]\nname = 'b'\nversion = '1.0.0'\nlicense-file = 'L.txt'\n[dependencies]\nc = { path = '../../../c' }\n\
         === ../c/Cargo.toml\n[package]\nname = 'c'\nversion = '1.0.0'\n",
    );
    let resolved = fixture.resolve().unwrap();
    let shown: Vec<_> = resolved
        .graph
        .packages()
        .iter()
        .map(|package| (package.is_member, package.is_private))
        .collect();
    assert_eq!(shown, [(true, true), (true, false), (false, false)]);
    let paths: Vec<_> = resolved
        .graph
        .packages()
        .iter()
        .map(|package| package.manifest.as_str())
        .collect();
    let outside = fixture.outside().canonicalize().unwrap().join("c").join("Cargo.toml");
    assert_eq!(
        paths,
        ["crates/a/Cargo.toml", "crates/b/Cargo.toml", outside.to_str().unwrap()]
    );
    let [a, b, _] = resolved.manifests.values() else {
        panic!("three packages were resolved")
    };
    assert_eq!((a.license.as_deref(), a.readme.as_deref()), (Some("MIT"), Some("R.md")));
    assert_eq!(a.airights, Some(serde_json::json!({ "train-ai": "disallowed" })));
    assert_eq!(b.license_file.as_deref(), Some("L.txt"));
    assert_eq!((&b.airights, &b.immutable), (&None, &None));
    assert_eq!(resolved.workspace_root, fixture.root());
}

#[test]
fn members_inherit_the_keys_of_the_declaration_that_they_do_not_give() {
    let fixture = Fixture::new(
        "=== Cargo.toml\n[workspace]\nresolver = '3'\nmembers = ['crates/*']\n\
         [workspace.metadata.airights]\ncontent-usage = 'train-ai=n'\ncontact = 'a@b'\n\
         === crates/a/Cargo.toml\n[package]\nname = 'a'\n[package.metadata.airights]\ncontact = 'c@d'\n\
         === crates/b/Cargo.toml\n[package]\nname = 'b'\n",
    );
    let resolved = fixture.resolve().unwrap();
    let declared = |place: usize| {
        let manifest = &resolved.manifests.values()[place];
        (manifest.airights.clone().unwrap_or_default(), &manifest.inherited)
    };
    let (a, from_workspace) = declared(0);
    assert_eq!(
        a,
        serde_json::json!({ "content-usage": "train-ai=n", "contact": "c@d" })
    );
    assert_eq!(
        (&from_workspace.keys[..], &from_workspace.from[..]),
        (&["content-usage".to_owned()][..], "../../Cargo.toml")
    );
    let (b, from_workspace) = declared(1);
    assert_eq!(
        b,
        serde_json::json!({ "content-usage": "train-ai=n", "contact": "a@b" })
    );
    assert_eq!(from_workspace.keys.len(), 2);
}

#[test]
fn the_lockfile_is_found_without_cargo() {
    let mut fixture = Fixture::new("=== Cargo.lock\n=== crates/a/Cargo.toml\n");
    fixture.options.manifest_path = Some(fixture.root().join("crates/a/Cargo.toml"));
    assert_eq!(lockfile_of(&fixture.options), Some(fixture.root().join("Cargo.lock")));
}

#[test]
fn what_only_build_scripts_need_is_told_from_procedural_macros() {
    let needs =
        "[dependencies]\nderive = { path = '../derive' }\n[build-dependencies]\ncompile = { path = '../compile' }";
    let fixture = Fixture::new(
        &("=== Cargo.toml\n[workspace]\nmembers = ['app']\nexclude = ['derive', 'syntax', 'compile']\n".to_owned()
            + &package("app", "app", needs)
            + "=== app/build.rs\nfn main() {}\n"
            + &package(
                "derive",
                "derive",
                "[lib]\nproc-macro = true\n[dependencies]\nsyntax = { path = '../syntax' }",
            )
            + &package("syntax", "syntax", "")
            + &package("compile", "compile", "")),
    );
    let resolved = fixture.resolve().unwrap();
    let packages = resolved.graph.packages().iter();
    let of_build_scripts: Vec<(&str, bool)> = packages
        .map(|package| (package.name.as_str(), package.is_of_build_scripts))
        .collect();
    let expected = [("app", false), ("compile", true), ("derive", false), ("syntax", false)];
    assert_eq!(of_build_scripts, expected);
}
