//! A token goes to the scheme, the host and the port it is for, as with cargo: wherever it comes from, and wherever a
//! registry leads.

use std::fs;

use super::{no_training, plain};
use crate::support::{Crate, Fault, Part, Registry, Workspace};

const TOKEN: &str = "Bearer s3cr3t-of-ours";

/// Where cargo finds a token.
#[derive(Clone, Copy, Debug)]
enum From {
    Environment,
    Credentials,
    Configuration,
    Provider,
}

const EVERYWHERE: [From; 4] = [
    From::Environment,
    From::Credentials,
    From::Configuration,
    From::Provider,
];

fn crates() -> [Crate; 2] {
    [plain("parser", "1.0.0"), no_training("parser", "1.1.0")]
}

/// A directory with a cargo that knows the token.
fn story(ours: &Registry, from: From) -> Workspace {
    let story = Workspace::empty(Some(Registry::with([])));
    story.knows("ours", ours);
    let provider = match from {
        From::Provider => format!("[\"cargo:token-from-stdout\", \"echo\", \"{TOKEN}\"]"),
        _ => "\"cargo:token\"".to_owned(),
    };
    story.configure(&format!("credential-provider = {provider}\n"));
    match from {
        From::Environment | From::Provider => {}
        From::Credentials => {
            let credentials = format!("[registries.ours]\ntoken = \"{TOKEN}\"\n");
            fs::write(story.cargo_home().join("credentials.toml"), credentials).expect("a file");
        }
        From::Configuration => story.configure(&format!("token = \"{TOKEN}\"\n")),
    }
    story
}

/// Compares two versions of a crate of ours, and returns the exit code.
fn compare(story: &Workspace, ours: &Registry, from: From) -> Option<i32> {
    let krate = format!("{}#parser@1.0.0", ours.index());
    let variables = match from {
        From::Environment => vec![("CARGO_REGISTRIES_OURS_TOKEN", TOKEN)],
        _ => Vec::new(),
    };
    let outcome = story.run_with(&variables, &["diff", &krate, "1.1.0", "-vv"]);
    assert!(
        !outcome.out.contains("s3cr3t") && !outcome.err.contains("s3cr3t"),
        "{outcome:?}"
    );
    outcome.code
}

#[track_caller]
fn stays_where_it_belongs(leads_to: impl Fn(&Registry) -> String) {
    for from in EVERYWHERE {
        for part in [Part::Config, Part::Index, Part::Packages] {
            let ours = Registry::of_its_own_with_token(TOKEN, crates());
            let elsewhere = Registry::of_its_own(crates());
            ours.breaks_at(part, Fault::RedirectsTo(leads_to(&elsewhere)));
            // Nor on a further step, within one origin there.
            elsewhere.breaks_at(part, Fault::RedirectsTo(elsewhere.by_another_path()));
            assert_ne!(compare(&story(&ours, from), &ours, from), None);
            let asked = elsewhere.asked();
            let untold = asked.iter().all(|asked| asked.token().is_none());
            assert!(asked.len() > 1 && untold, "{from:?} {part:?}: {asked:?}");
        }
    }
}

#[test]
fn it_goes_to_no_other_port() {
    stays_where_it_belongs(|elsewhere| elsewhere.address().to_owned());
}

#[test]
fn it_goes_to_no_other_host() {
    stays_where_it_belongs(Registry::by_another_name);
}

/// As with cargo, a redirection within one origin is still the registry.
#[test]
fn it_goes_along_within_the_registry() {
    for from in EVERYWHERE {
        let ours = Registry::of_its_own_with_token(TOKEN, crates());
        ours.breaks_at(Part::Packages, Fault::RedirectsTo(ours.by_another_path()));
        assert_eq!(compare(&story(&ours, from), &ours, from), Some(1), "{from:?}");
    }
}

/// A registry that asks for a token may keep its packages elsewhere: its `config.json` says so, and cargo tells the token
/// there. So do we, since there is no other way to such a package.
#[test]
fn it_goes_where_the_registry_says_its_packages_are_as_with_cargo() {
    let from = From::Credentials;
    let (ours, elsewhere) = (
        Registry::of_its_own_with_token(TOKEN, crates()),
        Registry::of_its_own_with_token(TOKEN, crates()),
    );
    let config = serde_json::json!({ "dl": format!("{}/dl", elsewhere.by_another_name()), "auth-required": true });
    ours.breaks_at(Part::Config, Fault::Says(config.to_string().into_bytes()));
    let told = || {
        elsewhere
            .asked()
            .into_iter()
            .filter(|asked| asked.token() == Some(TOKEN))
            .count()
    };
    let story = story(&ours, from);
    story.write(
        "Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\
         [dependencies]\nparser = { version = \"=1.0.0\", registry = \"ours\" }\n",
    );
    story.write("src/lib.rs", "");
    let fetched = story.cargo(&["fetch"]);
    assert_eq!((fetched.code, told()), (Some(0), 1), "{fetched:?}");
    assert_eq!(compare(&story, &ours, from), Some(1));
    assert_eq!(told(), 2, "{:?}", elsewhere.asked());
}

/// The cargo that resolves behind us is told no token: neither by the environment, nor by a file of cargo's home or of the
/// project.
#[cfg(unix)]
#[test]
fn the_cargo_behind_us_has_none_from_any_file() {
    use std::os::unix::fs::PermissionsExt as _;

    let ours = Registry::of_its_own_with_token(TOKEN, [plain("parser", "1.1.0"), no_training("parser", "1.2.0")]);
    let story = Workspace::depending_on("parser = { version = \"1\", registry = \"ours\" }", Registry::with([]));
    story.knows("ours", &ours);
    story.configure(&format!(
        "token = \"{TOKEN}\"\n[registry]\ntoken = \"s3cr3t-of-all\"\nglobal-credential-providers = [\"cargo:token\"]\n"
    ));
    story.write(
        ".cargo/config.toml",
        format!("[registries.ours]\ntoken = \"{TOKEN}\"\n"),
    );
    // In the place of cargo: what it can read in its home, and what goes before what it reads elsewhere.
    let notes = "case \"$1\" in update) env >> ../told; cat -- \"$CARGO_HOME\"/*.toml >> ../told;; esac";
    let cargo = story.write("cargo.sh", format!("#!/bin/sh\n{notes}\nexec cargo \"$@\"\n"));
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("a file in a temporary directory");
    let variables = [
        ("CARGO", cargo.to_str().expect("a path")),
        ("CARGO_REGISTRIES_OTHER_TOKEN", "s3cr3t"),
    ];
    let outcome = story.run_with(&variables, &["suggest"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome.out.contains("cargo update parser --precise 1.1.0"),
        "{outcome:?}"
    );
    let told = fs::read_to_string(story.root().join("../told")).expect("what cargo was told");
    assert!(told.contains("[registries.ours]") && !told.contains("s3cr3t"), "{told}");
    // A variable that is empty goes before a file, and is a token for nobody.
    assert!(
        told.lines().any(|line| line == "CARGO_REGISTRIES_OURS_TOKEN="),
        "{told}"
    );
    assert!(told.lines().any(|line| line == "CARGO_REGISTRY_TOKEN="), "{told}");
}
