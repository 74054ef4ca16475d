//! Registries that answer nobody they do not know: the token comes from where cargo gets it, goes to the registry alone,
//! and is shown to nobody.

use std::fs;
use std::path::Path;

use super::{denied, fine, licensed};
use crate::support::{Outcome, Registry, Workspace};

const TOKEN: &str = "Bearer s3cr3t-of-ours";
const BY_FILE: &str = "[registry]\nglobal-credential-providers = [\"cargo:token\"]\n";

fn ours() -> Registry {
    Registry::of_its_own_with_token(TOKEN, [fine("parser", "1.1.0"), denied("parser", "1.2.0")])
}

/// A workspace on a registry that asks for a token, which cargo has in its credentials.
fn story(ours: &Registry) -> Workspace {
    let story = Workspace::depending_on("parser = { version = \"1\", registry = \"ours\" }", Registry::with([]));
    story.knows("ours", ours);
    story.configure(BY_FILE);
    licensed(&story);
    tell(&story, TOKEN);
    assert_eq!(story.run(&["check"]).code, Some(1));
    story
}

/// Writes a token into cargo's credentials.
fn tell(story: &Workspace, token: &str) {
    let credentials = format!("[registries.ours]\ntoken = \"{token}\"\n");
    fs::write(story.cargo_home().join("credentials.toml"), credentials).expect("a file in a temporary directory");
}

fn forget(story: &Workspace) {
    fs::remove_file(story.cargo_home().join("credentials.toml")).expect("the credentials");
}

/// Puts other lines in the place of those that name the providers.
fn with_providers(story: &Workspace, lines: &str) {
    let file = story.cargo_home().join("config.toml");
    let before = fs::read_to_string(&file).expect("the configuration");
    fs::write(file, before.replace(BY_FILE, lines)).expect("a file in a temporary directory");
}

/// A program below the workspace.
#[cfg(unix)]
fn program(story: &Workspace, name: &str, lines: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    let path = story.write(name, format!("#!/bin/sh\n{lines}"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a file in a temporary directory");
    path.to_str().expect("a path").to_owned()
}

#[track_caller]
fn assert_untold(outcome: &Outcome) {
    assert!(
        !outcome.out.contains("s3cr3t") && !outcome.err.contains("s3cr3t"),
        "{outcome:?}"
    );
}

#[track_caller]
fn assert_applied(story: &Workspace, variables: &[(&str, &str)]) {
    let outcome = story.run_with(variables, &["suggest", "--apply"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_untold(&outcome);
    assert!(story.read("Cargo.lock").contains("version = \"1.1.0\""));
}

/// What went wrong is told, and the project is as it was.
#[track_caller]
fn assert_refused(story: &Workspace, expected: &[&str]) {
    let before = (story.read("Cargo.toml"), story.read("Cargo.lock"));
    for arguments in [&["suggest"][..], &["suggest", "--apply"]] {
        let outcome = story.run(arguments);
        assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""), "{outcome:?}");
        for words in expected.iter().chain(&["nothing was changed"]) {
            assert!(outcome.err.contains(words), "{words}: {outcome:?}");
        }
        assert_untold(&outcome);
        assert_eq!((story.read("Cargo.toml"), story.read("Cargo.lock")), before);
    }
}

/// Whether any file below a directory holds the token.
fn is_written_below(directory: &Path) -> bool {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| {
        path.is_dir() && is_written_below(&path)
            || fs::read(&path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains("s3cr3t"))
    })
}

#[test]
fn the_token_of_cargos_credentials_opens_the_registry() {
    let ours = ours();
    let story = story(&ours);
    let before = ours.asked().len();
    assert_applied(&story, &[]);
    let asked = ours.asked().split_off(before);
    let without = asked
        .iter()
        .filter(|asked| asked.token().is_none())
        .map(|asked| asked.path.as_str());
    // The first question is the one that finds out.
    assert!(
        without.clone().all(|path| path == "/config.json") && without.count() <= 2,
        "{asked:?}"
    );
    assert!(
        asked.iter().any(|asked| asked.path == "/dl/parser/1.1.0/download"),
        "{asked:?}"
    );
    assert!(!is_written_below(&story.cache()));
}

#[cfg(unix)]
#[test]
fn cargo_behind_us_needs_no_token_and_has_none() {
    let story = story(&ours());
    // In the place of cargo: whatever it is told and can read where it resolves is noted down.
    let notes = "case \"$1\" in update) echo \"$@\" >> ../told; env >> ../told; cat -- \"$CARGO_HOME\"/*.toml >> ../told;; esac";
    let cargo = program(&story, "cargo.sh", &format!("{notes}\nexec cargo \"$@\"\n"));
    assert_applied(&story, &[("CARGO", &cargo), ("CARGO_REGISTRIES_OURS_TOKEN", TOKEN)]);
    let told = fs::read_to_string(story.root().join("../told")).expect("what cargo was told");
    assert!(told.contains("--config") && told.contains("cargo:token"), "{told}");
    assert!(!told.contains("s3cr3t"), "{told}");
}

/// Whatever is shown of what happens on the way, a token is not.
#[test]
fn events_show_what_is_asked_and_never_the_token() {
    let story = story(&ours());
    let outcome = story.run(&["suggest", "-vv"]);
    assert_untold(&outcome);
    assert!(outcome.err.contains("running cargo command="), "{outcome:?}");
    assert!(outcome.err.contains("/config.json\" status=401"), "{outcome:?}");
    let variables = [("CARGO_AIRIGHTS_LOG", "trace"), ("CARGO_REGISTRIES_OURS_TOKEN", TOKEN)];
    let outcome = story.run_with(&variables, &["suggest"]);
    assert!(outcome.err.contains("TRACE hyper"), "{outcome:?}");
    assert_untold(&outcome);
}

#[test]
fn the_environment_goes_before_the_credentials() {
    let story = story(&ours());
    tell(&story, "Bearer an-old-one");
    assert_applied(&story, &[("CARGO_REGISTRIES_OURS_TOKEN", TOKEN)]);
}

#[test]
fn a_mirror_of_crates_io_may_ask_for_a_token_too() {
    let crates = [fine("parser", "1.1.0"), denied("parser", "1.2.0")];
    let mirror = Registry::with_token(TOKEN, crates);
    let story = Workspace::depending_on("parser = \"1\"", mirror.clone());
    story.knows("ours", &mirror);
    story.configure(BY_FILE);
    tell(&story, TOKEN);
    licensed(&story);
    assert_eq!(story.run(&["check"]).code, Some(1));
    assert_applied(&story, &[]);
}

#[test]
fn without_a_token_nobody_answers() {
    let story = story(&ours());
    forget(&story);
    let way_forward = "run `cargo login --registry ours`, or set `CARGO_REGISTRIES_OURS_TOKEN`";
    assert_refused(
        &story,
        &["the registry `ours`", "there is no token for it", way_forward],
    );
}

#[test]
fn a_wrong_token_is_rejected() {
    let story = story(&ours());
    tell(&story, "Bearer s3cr3t-of-others");
    assert_refused(
        &story,
        &["it rejects the token that was found", "cargo login --registry ours"],
    );
}

#[test]
fn a_provider_has_to_be_configured_as_cargo_asks_for() {
    let story = story(&ours());
    with_providers(&story, "");
    let expected = [
        "names no credential provider",
        "set `registry.global-credential-providers`",
    ];
    assert_refused(&story, &expected);
}

#[cfg(unix)]
#[test]
fn a_command_may_print_the_token() {
    let story = story(&ours());
    forget(&story);
    let prints = program(
        &story,
        "print token",
        &format!("[ \"$2\" = \"$CARGO_REGISTRY_INDEX_URL\" ] && echo '{TOKEN}'"),
    );
    let provider = format!(
        "[registry]\nglobal-credential-providers = [\"cargo:token\", \"ours\"]\n\
        [credential-alias]\nours = [\"cargo:token-from-stdout\", \"{prints}\", \"for\", \"{{index_url}}\"]\n"
    );
    with_providers(&story, &provider);
    assert_applied(&story, &[]);
}

#[cfg(unix)]
#[test]
fn a_plugin_that_speaks_cargos_protocol_is_asked() {
    let ours = ours();
    let story = story(&ours);
    forget(&story);
    let answer = format!(
        "{{\"Ok\":{{\"kind\":\"get\",\"token\":\"{TOKEN}\",\"cache\":\"session\",\"operation_independent\":true}}}}"
    );
    program(
        &story,
        "bin/ask",
        &format!("echo '{{\"v\":[1]}}'\nread -r request\necho \"$1 $request\" > ../asked\necho '{answer}'\n"),
    );
    // Its place is told relative to the directory that the configuration is in.
    story.write(
        ".cargo/config.toml",
        "[registries.ours]\ncredential-provider = \"bin/ask --vault ours\"\n",
    );
    assert_applied(&story, &[]);
    let asked = fs::read_to_string(story.root().join("../asked")).expect("what was asked");
    let (argument, request) = asked.split_once(' ').expect("two words");
    assert_eq!(argument, "--cargo-plugin");
    let request: serde_json::Value = serde_json::from_str(request).expect("a request");
    assert_eq!(request["kind"], "get");
    assert_eq!(request["operation"], "read");
    assert_eq!(request["args"], serde_json::json!(["--vault", "ours"]));
    assert_eq!(request["registry"]["index-url"], ours.index().as_str());
}

#[cfg(unix)]
#[test]
fn a_plugin_that_fails_is_told_of() {
    let story = story(&ours());
    let cases = [
        (
            "echo '{\"v\":[1]}'\nread -r request\necho '{\"Err\":{\"kind\":\"other\",\"message\":\"the vault is locked\"}}'",
            "caused by: the vault is locked",
        ),
        (
            "echo '{\"v\":[9]}'\nread -r request",
            "it speaks another version of the protocol",
        ),
        ("echo '\"s3cr3t\"'", "its greeting is not what the protocol says"),
        (
            "echo '{\"v\":[1]}'\nread -r request\necho '\"s3cr3t\"'",
            "its answer is not what the protocol says",
        ),
        (
            "echo '{\"v\":[1]}'\nread -r request\necho '{\"Err\":{\"kind\":\"not-found\"}}'",
            "there is no token for it",
        ),
    ];
    story.write(
        ".cargo/config.toml",
        "[registries.ours]\ncredential-provider = [\"bin/ask\"]\n",
    );
    for (lines, expected) in cases {
        program(&story, "bin/ask", lines);
        assert_refused(&story, &[expected]);
    }
    story.write(
        ".cargo/config.toml",
        "[registries.ours]\ncredential-provider = [\"bin/nobody\"]\n",
    );
    assert_refused(&story, &["bin/nobody` failed\n |\n = caused by: No such file"]);
    story.write(
        ".cargo/config.toml",
        "[registries.ours]\ncredential-provider = [\"cargo:paseto\"]\n",
    );
    assert_refused(&story, &["asymmetric tokens are not supported"]);
    let failing = "[registries.ours]\ncredential-provider = [\"cargo:token-from-stdout\", \"false\", \"s3cr3t\"]\n";
    story.write(".cargo/config.toml", failing);
    assert_refused(
        &story,
        &["`cargo:token-from-stdout` failed", "caused by: `false` ended with"],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_keychain_that_only_cargo_can_ask_is_named() {
    let story = story(&ours());
    let all = "[registry]\nglobal-credential-providers = [\"cargo:token\", \"cargo:libsecret\", \"cargo:wincred\"]\n";
    with_providers(&story, all);
    forget(&story);
    assert_refused(
        &story,
        &[
            "`cargo:libsecret` is a part of cargo that nothing else can ask",
            "cargo:token-from-stdout",
        ],
    );
}
