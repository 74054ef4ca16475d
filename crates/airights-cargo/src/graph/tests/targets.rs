//! What is built for targets, and what runs on the machine that builds.

use super::files;
use crate::graph::ResolveError;
use crate::graph::fixture::{Fixture, roles};

#[test]
fn targets_decide_who_is_there_and_what_for() {
    let mut fixture = Fixture::new(
        &(files(&[
            (
                "app",
                "build = 'build.rs'\n[target.'cfg(windows)'.dependencies]\nbridge = { path = '../bridge' }\nwin = { path = '../win' }\n\
                 [build-dependencies]\nbridge = { path = '../bridge' }",
            ),
            ("bridge", ""),
            ("win", ""),
        ]) + "=== build.rs\nfn main() {}\n"),
    );
    let everywhere = ["app 1.0.0: member", "bridge 1.0.0: shipped build", "win 1.0.0: shipped"];
    assert_eq!(roles(&fixture.resolve().unwrap()), everywhere);
    fixture.options.targets = vec!["x86_64-unknown-linux-gnu".to_owned()];
    assert_eq!(
        roles(&fixture.resolve().unwrap()),
        ["app 1.0.0: member", "bridge 1.0.0: build"]
    );
    fixture.options.targets.push("x86_64-pc-windows-msvc".to_owned());
    assert_eq!(roles(&fixture.resolve().unwrap()), everywhere);
}

#[test]
fn what_the_building_machine_needs_is_there_for_any_target() {
    let here = if cfg!(windows) {
        "cfg(windows)"
    } else {
        "cfg(not(windows))"
    };
    let mut fixture = Fixture::new(
        &(files(&[
            (
                "app",
                &format!(
                    "build = 'build.rs'\n[target.'{here}'.dependencies]\nnever = {{ path = '../never' }}\n\
                     [target.'{here}'.build-dependencies]\ntool = {{ path = '../tool' }}\n\
                     [build-dependencies]\nmaker = {{ path = '../maker' }}"
                ),
            ),
            (
                "maker",
                &format!("[target.'{here}'.dependencies]\ngear = {{ path = '../gear' }}"),
            ),
            ("gear", ""),
            ("never", ""),
            ("tool", ""),
        ]) + "=== build.rs\nfn main() {}\n"),
    );
    let other = if cfg!(windows) {
        "x86_64-unknown-linux-gnu"
    } else {
        "x86_64-pc-windows-msvc"
    };
    fixture.options.targets = vec![other.to_owned()];
    assert_eq!(
        roles(&fixture.resolve().unwrap()),
        [
            "app 1.0.0: member",
            "gear 1.0.0: build",
            "maker 1.0.0: build",
            "tool 1.0.0: build"
        ]
    );
}

#[test]
fn a_target_that_nobody_knows_is_cargos_to_refuse() {
    let mut fixture = Fixture::new(&files(&[("app", "")]));
    fixture.options.targets = vec!["no-such-target".to_owned()];
    let error = fixture.resolve().unwrap_err();
    assert!(matches!(error, ResolveError::CargoFailed { .. }), "{error:?}");
}
