//! The graph as cargo sees it: roles, and every kind of package, none of them lost.

use std::collections::BTreeMap;

use crate::support::{Crate, Registry, Workspace};

/// Every package of the report with its roles.
fn roles(report: &serde_json::Value) -> BTreeMap<String, Vec<String>> {
    let packages = report["packages"].as_array().expect("packages");
    let of = |package: &serde_json::Value| {
        let roles = package["roles"].as_array().expect("roles").iter();
        let roles = roles.map(|role| role.as_str().expect("a role").to_owned()).collect();
        (
            format!(
                "{} {}",
                package["name"].as_str().expect("a name"),
                package["version"].as_str().expect("a version")
            ),
            roles,
        )
    };
    packages.iter().map(of).collect()
}

/// A proc-macro's closure is build-time even where it is a normal dependency.
#[test]
fn each_package_has_the_roles_that_cargo_builds_it_in() {
    let derive = Crate::new("derive", "1.0.0")
        .license("MIT")
        .dependency("syntax", "1")
        .manifest("[lib]\nproc-macro = true\n");
    let crates = [
        derive,
        Crate::new("syntax", "1.0.0").license("MIT").dependency("shared", "1"),
        Crate::new("native", "1.0.0")
            .license("MIT")
            .build_dependency("compile", "1")
            .dependency("shared", "1"),
        Crate::new("compile", "1.0.0").license("MIT"),
        Crate::new("shared", "1.0.0").license("MIT"),
        Crate::new("shared", "2.0.0").license("MIT"),
        Crate::new("check", "1.0.0").license("MIT"),
    ];
    let dependencies = "derive = \"1\"\nnative = \"1\"\nnewer = { package = \"shared\", version = \"2\" }\n\n\
                        [dev-dependencies]\ncheck = \"1\"";
    let story = Workspace::depending_on(dependencies, Registry::with(crates));
    let outcome = story.run(&["check", "--format", "json"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    let roles = roles(&outcome.json());
    let of = |name: &str| roles[name].join(",");
    assert_eq!(of("app 0.1.0"), "member");
    assert_eq!(of("derive 1.0.0"), "build");
    assert_eq!(of("syntax 1.0.0"), "build");
    assert_eq!(of("compile 1.0.0"), "build");
    assert_eq!(of("native 1.0.0"), "shipped");
    assert_eq!(of("shared 1.0.0"), "shipped,build");
    assert_eq!(of("shared 2.0.0"), "shipped");
    assert_eq!(of("check 1.0.0"), "dev");
}

/// What is resolved is evaluated, or named with the reason.
#[test]
fn a_package_whose_source_is_gone_is_not_evaluated() {
    let story = Workspace::depending_on(
        "plain = \"1\"",
        Registry::with([Crate::new("plain", "1.0.0").license("MIT")]),
    );
    let mut cargo = std::process::Command::new("cargo");
    cargo
        .args(["metadata", "--format-version", "1"])
        .current_dir(story.root());
    let metadata = cargo
        .env("CARGO_HOME", story.cargo_home())
        .output()
        .expect("cargo runs")
        .stdout;
    story.write("metadata.json", metadata);
    std::fs::remove_dir_all(story.cargo_home().join("registry/src")).expect("the sources");
    let outcome = story.run(&[
        "check",
        "--format",
        "json",
        "--metadata-path",
        "metadata.json",
        "--exit-zero",
    ]);
    assert_eq!(outcome.code, Some(2), "{outcome:?}");
    let report = outcome.json();
    assert_eq!(report["verdict"], "incomplete");
    assert_eq!(report["counts"]["resolved"], 2);
    assert_eq!(report["counts"]["evaluated"], 1);
    assert_eq!(report["counts"]["not_evaluated"], 1);
}

/// Two members on one dependency, of which only the second turns on the feature that brings in what is denied.
fn two_members() -> Workspace {
    let story = Workspace::empty(None);
    let member = |name: &str, dependency: &str| {
        story.write(&format!("{name}/src/lib.rs"), "");
        let dependency = format!("middle = {{ path = \"../side/middle\"{dependency} }}");
        story.write(
            &format!("{name}/Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\n{dependency}\n"
            ),
        );
    };
    member("plain", "");
    member("rich", ", features = [\"draw\"]");
    let side = |name: &str, rest: &str| {
        story.write(&format!("side/{name}/src/lib.rs"), "");
        story.write(
            &format!("side/{name}/Cargo.toml"),
            format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{rest}\n"),
        );
    };
    side(
        "middle",
        "license = \"MIT\"\n[dependencies]\npencil = { path = \"../pencil\", optional = true }\n[features]\n\
         draw = [\"dep:pencil\"]",
    );
    side("pencil", "license = \"GPL-3.0-only\"");
    story.write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"plain\", \"rich\"]\nexclude = [\"side\"]\nresolver = \"2\"\n",
    );
    story
}

#[test]
fn one_package_is_judged_with_what_it_builds() {
    let story = two_members();
    let judged = |selection: &[&str]| {
        let outcome = story.run(&[&["check", "--format", "json"], selection].concat());
        let names = roles(&outcome.json()).into_keys().collect::<Vec<_>>().join(", ");
        (outcome.code, names)
    };
    let all = (
        Some(1),
        "middle 0.1.0, pencil 0.1.0, plain 0.1.0, rich 0.1.0".to_owned(),
    );
    let plain = (Some(0), "middle 0.1.0, plain 0.1.0".to_owned());
    assert_eq!(judged(&[]), all);
    assert_eq!(judged(&["--workspace"]), all);
    assert_eq!(judged(&["-p", "plain"]), plain);
    assert_eq!(judged(&["--workspace", "--exclude", "rich"]), plain);
    assert_eq!(judged(&["-p", "rich"]).0, Some(1));
    let unknown = story.run(&["check", "-p", "plian"]);
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    assert!(unknown.err.contains("did you mean `plain`?"), "{}", unknown.err);
    // Of a part of the graph nobody can say which entries nothing needs.
    story.write(
        "airights.toml",
        "version = 1\n[[exceptions]]\ncrate = \"pencil\"\nlicenses = [\"GPL-3.0-only\"]\nreason = \"r\"\n",
    );
    let part = story.run(&["check", "-p", "plain"]);
    assert_eq!(
        (part.code, part.out.contains("exception")),
        (Some(0), false),
        "{part:?}"
    );
}

#[test]
fn an_entry_can_name_where_a_crate_comes_from() {
    let story = two_members();
    let policy = |krate: &str| {
        format!("version = 1\n[[exceptions]]\ncrate = \"{krate}\"\nlicenses = [\"GPL-3.0-only\"]\nreason = \"r\"\n")
    };
    let root = story.root().canonicalize().expect("the workspace");
    let place = format!("path+file://{}/side/pencil#0.1", root.display());
    story.write("airights.toml", policy(&place));
    assert_eq!(story.run(&["check"]).code, Some(0));
    story.write("airights.toml", policy("path+file:///elsewhere/pencil#0.1"));
    assert_eq!(story.run(&["check"]).code, Some(1));
}

#[test]
fn where_cargo_deny_would_judge_less_that_is_said() {
    let story = two_members();
    story.write("src/lib.rs", "");
    story.write(
        "Cargo.toml",
        "[package]\nname = \"top\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n\
         [workspace]\nmembers = [\"plain\", \"rich\"]\nexclude = [\"side\"]\n",
    );
    story.write("deny.toml", "[licenses]\nallow = [\"MIT\"]\n");
    let all = story.run(&["check"]);
    assert_eq!(all.code, Some(1), "{all:?}");
    assert!(all.out.contains("cargo-deny judges `top` alone"), "{}", all.out);
    let one = story.run(&["check", "-p", "top"]);
    assert_eq!(one.code, Some(0), "{one:?}");
}

#[test]
fn what_cargo_deny_would_deny_is_settled_in_its_own_file() {
    let story = two_members();
    let deny = "[licenses]\nallow = [\"MIT\"]\nprivate = { ignore = true }\n";
    story.write("deny.toml", deny);
    for member in ["plain", "rich"] {
        let manifest = story.read(&format!("{member}/Cargo.toml"));
        let private = manifest.replace("[package]", "[package]\npublish = false");
        story.write(&format!("{member}/Cargo.toml"), private);
    }
    let denied = story.run(&["check", "--format", "json"]);
    assert_eq!(denied.code, Some(1), "{denied:?}");
    let report = denied.json();
    let findings = report["findings"].as_array().expect("findings").iter();
    let entries: Vec<&str> = findings.filter_map(|finding| finding["entry"].as_str()).collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    story.write("deny.toml", format!("{deny}\n{}\n", entries[0]));
    assert_eq!(story.run(&["check"]).code, Some(0));
    // Private members are judged unless they are ignored.
    story.write(
        "deny.toml",
        format!("[licenses]\nallow = [\"MIT\"]\n\n{}\n", entries[0]),
    );
    let judged = story.run(&["check"]);
    assert_eq!(judged.code, Some(1), "{judged:?}");
    assert!(judged.out.contains("2 packages have neither a license"), "{judged:?}");
}

/// Who fetches a repository with which password is nobody's business: not in a log, nor in a report that is kept.
#[test]
fn no_report_shows_who_asks_a_source() {
    let story = Workspace::empty(None);
    story.write("side/draw/src/lib.rs", "");
    story.write(
        "side/draw/Cargo.toml",
        "[package]\nname = \"draw\"\nversion = \"0.1.0\"\nlicense = \"GPL-3.0-only\"\n",
    );
    story.write("src/lib.rs", "");
    story.write(
        "Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\ndraw = { path = \"side/draw\" }\n\
         [workspace]\nexclude = [\"side\"]\n",
    );
    let root = story.root();
    let saved = story.cargo(&["metadata", "--format-version", "1"]).out;
    let saved = saved.replace("[ROOT]", &root.to_string_lossy());
    let local = format!("path+file://{}/side/draw#0.1.0", root.display());
    let source = "git+https://me:s3cr3t@ours.example/draw.git#0123456789";
    let mut saved: serde_json::Value = serde_json::from_str(&saved.replace(&local, source)).expect("JSON");
    let packages = saved["packages"].as_array_mut().expect("packages");
    let draw = packages.iter_mut().find(|package| package["name"] == "draw");
    draw.expect("the package")["source"] = source.into();
    story.write("saved.json", saved.to_string());
    // What cargo would read is what a person would have written.
    let manifest = story.read("Cargo.toml");
    let from_git = "draw = { git = \"https://me:s3cr3t@ours.example/draw.git\" }";
    story.write(
        "Cargo.toml",
        manifest.replace("draw = { path = \"side/draw\" }", from_git),
    );
    let run = |arguments: &[&str]| {
        let outcome = story.run(&[arguments, &["--metadata-path", "saved.json"]].concat());
        let said = format!("{}{}", outcome.out, outcome.err);
        assert!(!said.contains("s3cr3t"), "{arguments:?}: {said}");
        outcome
    };
    let report = run(&["check", "--format", "json"]);
    let packages = report.json()["packages"].clone();
    let mut packages = packages.as_array().expect("packages").iter();
    let draw = packages.find(|package| package["name"] == "draw").expect("the package");
    assert_eq!(draw["source"], "git+https://ours.example/draw.git#0123456789");
    for format in ["human", "sarif"] {
        assert_eq!(run(&["check", "--format", format]).code, Some(1), "{format}");
    }
    let explained = run(&["explain", "draw"]).out;
    assert!(
        explained.contains("git = \"https://ours.example/draw.git\""),
        "{explained}"
    );
    run(&["list", "--format", "json"]);
    // A report without it is still about the same package, and so is an entry.
    story.write("before.json", &report.out);
    let same = run(&["diff", "before.json"]);
    assert!(!same.out.contains("draw"), "{}", same.out);
    for spec in [
        "https://ours.example/draw.git#draw",
        "https://me:s3cr3t@ours.example/draw.git#draw",
    ] {
        let entry = format!(
            "version = 1\n[[exceptions]]\ncrate = \"{spec}\"\nlicenses = [\"GPL-3.0-only\"]\nreason = \"ours\"\n"
        );
        story.write("airights.toml", entry);
        let outcome = story.run(&["check", "--metadata-path", "saved.json"]);
        assert_eq!(outcome.code, Some(0), "{spec}: {outcome:?}");
    }
}

/// Another cargo may hold the cache of packages for minutes.
#[test]
fn that_cargo_waits_is_said_while_it_does() {
    use std::io::{BufRead, BufReader};

    let krate = Crate::new("plain", "1.0.0").license("MIT");
    let story = Workspace::depending_on("plain = \"1\"", Registry::with([krate]));
    let lock =
        std::fs::File::create(story.cargo_home().join(".package-cache")).expect("a file in a temporary directory");
    lock.lock().expect("a lock that nobody holds");
    let mut command = story.command();
    command.args(["airights", "check", "--no-cache"]);
    command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let line = lines.next().expect("a line while it waits").expect("a line of text");
    assert!(
        line.contains("Blocking waiting for file lock on package cache"),
        "{line}"
    );
    lock.unlock().expect("a lock of ours");
    let rest: Vec<String> = lines.map(|line| line.expect("a line of text")).collect();
    assert_eq!(rest, [""; 0]);
    assert!(child.wait().expect("it ends").success());
}
