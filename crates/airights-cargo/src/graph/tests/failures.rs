//! What cargo cannot resolve, and saved metadata that stands in for cargo.

use std::error::Error as _;
use std::fs;

use super::super::ResolveError;
use super::super::error::CargoFailure;
use super::super::fixture::{Fixture, roles};
use super::files;
use crate::program::CargoError;

type Expected = fn(&ResolveError) -> bool;

/// What became of a resolution, in one word.
fn failure(fixture: &Fixture) -> CargoFailure {
    let error = fixture.resolve().unwrap_err();
    let ResolveError::CargoFailed { failure, .. } = &error else {
        panic!("{error}")
    };
    let cause = error.source().expect("cargo's own words").to_string();
    assert!(
        cause.starts_with("`cargo metadata` failed") && cause.contains("\nerror: "),
        "{cause}"
    );
    assert!(error.hint().is_some(), "{error}");
    *failure
}

#[test]
fn what_cargo_cannot_resolve_is_told_apart() {
    let app = files(&[("app", "")]);
    assert_eq!(failure(&Fixture::new("")), CargoFailure::NoManifest);
    assert_eq!(
        failure(&Fixture::new("=== Cargo.toml\n[[[\n")),
        CargoFailure::BrokenManifest
    );
    assert_eq!(
        failure(&Fixture::new("=== Cargo.toml\n[package]\nnam = 1\n")),
        CargoFailure::BrokenManifest
    );
    assert_eq!(
        failure(&Fixture::new(&files(&[("app", "[dependencies]\nabsent = '1'")]))),
        CargoFailure::Offline
    );
    let mut fixture = Fixture::new(&app);
    fixture.options.locked = true;
    assert_eq!(failure(&fixture), CargoFailure::LockfileOutdated);
    let mut fixture = Fixture::new(&app);
    fixture.options.features = vec!["absent".to_owned()];
    assert_eq!(failure(&fixture), CargoFailure::Other);
    let mut fixture = Fixture::new(&app);
    fixture
        .surroundings
        .variables
        .insert("CARGO".into(), "/absent/cargo".into());
    assert!(matches!(
        fixture.resolve(),
        Err(ResolveError::NotRun(CargoError::NotFound { .. }))
    ));
}

#[test]
fn saved_metadata_is_read_instead_of_running_cargo() {
    let mut fixture = Fixture::new(&files(&[
        ("app", "[dev-dependencies]\nharness = { path = '../harness' }"),
        ("harness", ""),
    ]));
    let metadata = std::process::Command::new(fixture.surroundings.cargo())
        .args(["metadata", "--format-version=1", "--offline"])
        .current_dir(fixture.root())
        .output()
        .unwrap();
    fixture
        .surroundings
        .variables
        .insert("CARGO".into(), "/absent/cargo".into());
    fixture.options.metadata_path = Some(fixture.root().join("metadata.json"));
    let metadata = String::from_utf8(metadata.stdout).unwrap();
    fixture.write("metadata.json", &metadata);
    assert_eq!(
        roles(&fixture.resolve().unwrap()),
        ["app 1.0.0: member", "harness 1.0.0: dev"]
    );

    let cases: [(String, Expected); 6] = [
        ("nonsense".to_owned(), |error| {
            matches!(error, ResolveError::MetadataNotJson { .. })
        }),
        (metadata[..metadata.len() / 2].to_owned(), |error| {
            matches!(error, ResolveError::MetadataNotJson { .. })
        }),
        ("{}".to_owned(), |error| {
            matches!(error, ResolveError::MetadataOfAnotherFormat { .. })
        }),
        (metadata.replace("\"version\":1,", "\"version\":2,"), |error| {
            matches!(error, ResolveError::MetadataOfAnotherFormat { .. })
        }),
        (metadata.replace("\"manifest_path\"", "\"manifest\""), |error| {
            matches!(error, ResolveError::MetadataOfAnotherFormat { .. })
        }),
        (metadata.replace("\"resolve\"", "\"unresolved\""), |error| {
            matches!(error, ResolveError::MetadataWithoutResolve { .. })
        }),
    ];
    for (text, expected) in cases {
        fixture.write("metadata.json", &text);
        let error = fixture.resolve().unwrap_err();
        assert!(expected(&error), "{error}");
        assert!(error.hint().is_some(), "{error}");
    }
    fs::remove_file(fixture.root().join("metadata.json")).unwrap();
    assert!(matches!(
        fixture.resolve(),
        Err(ResolveError::MetadataUnreadable { .. })
    ));
}

#[test]
fn saved_metadata_that_does_not_say_what_is_enabled_hides_nothing() {
    let mut fixture = Fixture::new(&files(&[
        (
            "app",
            "[features]\ndefault = ['dep:heavy']\n[dependencies]\nheavy = { path = '../heavy', optional = true }",
        ),
        ("heavy", ""),
    ]));
    let metadata = std::process::Command::new(fixture.surroundings.cargo())
        .args(["metadata", "--format-version=1", "--offline"])
        .current_dir(fixture.root())
        .output()
        .unwrap();
    let metadata = String::from_utf8(metadata.stdout).unwrap();
    let silent = metadata.replace("\"features\":[\"default\"]", "\"unknown\":[]");
    assert_ne!(metadata, silent);
    fixture.write("metadata.json", &silent);
    fixture.options.metadata_path = Some(fixture.root().join("metadata.json"));
    assert_eq!(
        roles(&fixture.resolve().unwrap()),
        ["app 1.0.0: member", "heavy 1.0.0: shipped"]
    );
}

/// Whoever it waits for: it has no more time than it is given.
#[cfg(unix)]
#[test]
fn a_cargo_that_takes_too_long_is_ended() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::Instant;

    let mut fixture = Fixture::new(&files(&[("app", "")]));
    fixture.write("cargo.sh", "#!/bin/sh\nexec sleep 600\n");
    let cargo = fixture.root().join("cargo.sh");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
    fixture.surroundings.variables.insert("CARGO".into(), cargo.into());
    fixture.options.until = Some(Instant::now());
    let error = fixture.resolve().unwrap_err();
    assert!(matches!(error, ResolveError::CargoFailed { .. }), "{error}");
}
