//! When a remembered resolution is used, and when it is not.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use super::Entry;
use crate::graph::fixture::Fixture;
use crate::graph::{Resolved, resolve_in};

const WORKSPACE: &str = "\
=== Cargo.toml
[workspace]
resolver = '3'
members = ['crates/*']
[workspace.package]
license = 'MIT'
[patch.unused]
spare = { path = '../spare' }
=== crates/a/Cargo.toml
[package]
name = 'a'
license.workspace = true
[package.metadata.airights]
train-ai = 'disallowed'
[dependencies]
outside = { path = '../../../other/outside' }
=== ../other/Cargo.toml
[workspace]
members = ['outside']
=== ../other/outside/Cargo.toml
[package]
name = 'outside'
=== .cargo/config.toml
[term]
quiet = true
";

static LOCKFILE: OnceLock<String> = OnceLock::new();

/// A workspace that was resolved and remembered.
fn remembered() -> (Fixture, Resolved) {
    let mut fixture = Fixture::new(&WORKSPACE.replace("[patch.unused]", "[patch.'https://git.example/spare']"));
    fixture.write("../spare/Cargo.toml", "[package]\nname = 'spare'\nversion = '1.0.0'\n");
    fixture.write("../spare/src/lib.rs", "");
    fixture.options.manifest_path = Some("Cargo.toml".into());
    // Cargo need not write the same lockfile for every test.
    let lockfile = LOCKFILE.get_or_init(|| {
        fixture.lock();
        fs::read_to_string(fixture.root().join("Cargo.lock")).unwrap()
    });
    fixture.write("Cargo.lock", lockfile);
    let resolved = fixture.resolve().unwrap();
    (fixture, resolved)
}

fn load(fixture: &Fixture) -> Option<Resolved> {
    Entry::of(&fixture.options, &fixture.surroundings)?.load()
}

#[test]
fn an_unchanged_workspace_is_resolved_without_cargo() {
    let (fixture, resolved) = remembered();
    assert_eq!(load(&fixture), Some(resolved.clone()));
    assert_eq!(fixture.resolve().unwrap(), resolved);
}

#[test]
fn whatever_changes_is_resolved_afresh() {
    type Change = fn(&mut Fixture);
    let changes: [(&str, Change); 23] = [
        ("the root manifest", |fixture| fixture.append("Cargo.toml", "\n")),
        ("a member's manifest", |fixture| {
            fixture.append("crates/a/Cargo.toml", "\n");
        }),
        ("a path dependency", |fixture| {
            fixture.append("../other/outside/Cargo.toml", "\n");
        }),
        ("the workspace of a path dependency", |fixture| {
            fixture.append("../other/Cargo.toml", "\n");
        }),
        ("a patch that nothing uses", |fixture| {
            fixture.append("../spare/Cargo.toml", "\n");
        }),
        ("the lockfile", |fixture| fixture.append("Cargo.lock", "\n")),
        ("no lockfile", |fixture| {
            fs::remove_file(fixture.root().join("Cargo.lock")).unwrap();
        }),
        ("a new member", |fixture| {
            fixture.write("crates/b/Cargo.toml", "[package]\nname = 'b'\n");
        }),
        ("a workspace above", |fixture| {
            fixture.write("../Cargo.toml", "[workspace]\n");
        }),
        ("the configuration", |fixture| {
            fixture.append(".cargo/config.toml", "\n");
        }),
        ("configuration above", |fixture| {
            fixture.write("../.cargo/config.toml", "\n");
        }),
        ("configuration at home", |fixture| {
            fixture.write("../cargo-home/config.toml", "\n");
        }),
        ("a chosen toolchain", |fixture| {
            fixture.write("rust-toolchain.toml", "\n");
        }),
        ("a build script", |fixture| fixture.write("crates/a/build.rs", "")),
        ("a mark of a published package", |fixture| {
            fixture.write("crates/a/.cargo_vcs_info.json", "{}");
        }),
        ("a readme", |fixture| fixture.write("crates/a/README.md", "")),
        ("no library", |fixture| {
            fs::remove_file(fixture.root().join("crates/a/src/lib.rs")).unwrap();
        }),
        ("a variable", |fixture| {
            set(fixture, "CARGO_BUILD_TARGET", "wasm32-wasip1");
        }),
        ("another cargo", |fixture| set(fixture, "CARGO", "/absent/cargo")),
        ("another compiler", |fixture| set(fixture, "RUSTC", "/absent/rustc")),
        ("other features", |fixture| fixture.options.all_features = true),
        ("another target", |fixture| {
            fixture.options.targets.push("wasm32-wasip1".to_owned());
        }),
        ("another flag", |fixture| fixture.options.locked = true),
    ];
    for (name, change) in changes {
        let (mut fixture, _) = remembered();
        assert!(load(&fixture).is_some(), "{name}");
        change(&mut fixture);
        assert!(load(&fixture).is_none(), "{name}");
    }
}

fn set(fixture: &mut Fixture, name: &str, value: &str) {
    fixture.surroundings.variables.insert(name.into(), value.into());
}

#[test]
fn what_is_left_out_of_a_selection_is_a_witness_too() {
    type Select = fn(&mut Fixture);
    let selections: [Select; 2] = [
        |fixture| fixture.options.targets = vec!["x86_64-unknown-linux-gnu".to_owned()],
        |fixture| fixture.options.selection.packages = vec!["app".to_owned()],
    ];
    for select in selections {
        let mut fixture = Fixture::new(
            "=== Cargo.toml
[package]
name = 'app'
[workspace]
members = ['other']
[target.'cfg(windows)'.dependencies]
win = { path = '../win' }
=== other/Cargo.toml
[package]
name = 'other'
[target.'cfg(windows)'.dependencies]
win = { path = '../../win' }
=== ../win/Cargo.toml
[package]
name = 'win'
",
        );
        fixture.lock();
        select(&mut fixture);
        let resolved = fixture.resolve().unwrap();
        assert!(resolved.graph.packages().len() < 3);
        assert_eq!(load(&fixture), Some(resolved));
        let place = if fixture.options.targets.is_empty() {
            "other"
        } else {
            "../win"
        };
        fixture.append(&format!("{place}/Cargo.toml"), "\n");
        assert_eq!(load(&fixture), None);
    }
}

#[test]
fn packages_in_cargos_own_directory_have_to_be_as_they_were() {
    let package = "../cargo-home/registry/src/house/tool";
    let fixture = Fixture::new(&format!(
        "=== Cargo.toml
[package]
name = 'app'
[dependencies]
tool = {{ version = '1', registry = 'house' }}
=== {package}/Cargo.toml
[package]
name = 'tool'
version = '1.0.0'
=== {package}/.cargo-checksum.json
{{\"files\":{{}},\"package\":\"0123\"}}
"
    ));
    let unpacked = fixture
        .outside()
        .canonicalize()
        .unwrap()
        .join("cargo-home/registry/src/house");
    let configuration = format!(
        "[registries.house]
index = 'https://registry.example/index'
[source.house]
registry = 'https://registry.example/index'
replace-with = 'unpacked'
[source.unpacked]
directory = '{}'
",
        unpacked.display()
    );
    fixture.write(".cargo/config.toml", &configuration);
    fixture.lock();
    let resolved = fixture.resolve().unwrap();
    assert_eq!(resolved.manifests.values()[1].immutable.as_deref(), Some("0123"));
    assert_eq!(load(&fixture), Some(resolved));
    fixture.append(&format!("{package}/Cargo.toml"), "license = 'MIT'\n");
    assert_eq!(load(&fixture), None);
    let changed = fixture.resolve().unwrap();
    assert_eq!(load(&fixture), Some(changed));
    fs::remove_dir_all(fixture.root().join(package)).unwrap();
    assert_eq!(load(&fixture), None);
}

#[test]
fn what_may_have_changed_meanwhile_is_not_remembered() {
    let (fixture, _) = remembered();
    let manifest = fixture.root().join("crates/a/Cargo.toml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text + "\n").unwrap();
    // It is older than that, and who looks only at that would miss it.
    let file = fs::File::options().write(true).open(&manifest).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_mins(1)).unwrap();
    resolve_in(&fixture.options, &fixture.surroundings, &|_| {}).unwrap();
    assert_eq!(load(&fixture), None);
}

#[test]
fn configuration_that_reaches_further_is_not_remembered() {
    let (fixture, _) = remembered();
    fixture.write(
        ".cargo/config.toml",
        "[patch.'https://git.example/other']\nspare = { path = '../spare' }\n",
    );
    fixture.resolve().unwrap();
    assert_eq!(load(&fixture), None);
}

#[test]
fn a_spoilt_entry_is_ignored_and_replaced() {
    let (fixture, resolved) = remembered();
    let path = Entry::of(&fixture.options, &fixture.surroundings).unwrap().path;
    let entry = fs::read(&path).unwrap();
    let flipped = |place: usize| {
        let mut entry = entry.clone();
        entry[place] ^= 1;
        entry
    };
    let spoilt = [
        Vec::new(),
        b"nonsense".to_vec(),
        entry[..entry.len() / 2].to_vec(),
        flipped(0),
        flipped(entry.len() - 1),
    ];
    for bytes in spoilt {
        fs::write(&path, bytes).unwrap();
        assert_eq!(load(&fixture), None);
        assert_eq!(fixture.resolve().unwrap(), resolved);
        assert_eq!(load(&fixture), Some(resolved.clone()));
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_no_trouble() {
    let (mut fixture, resolved) = remembered();
    fixture.write("file", "");
    fixture.options.cache = Some(fixture.root().join("file").join("cache"));
    assert_eq!(fixture.resolve().unwrap(), resolved);
    assert_eq!(load(&fixture), None);
}

#[test]
fn only_the_newest_entries_are_kept() {
    let (mut fixture, _) = remembered();
    let directory = Entry::of(&fixture.options, &fixture.surroundings).unwrap().path;
    let directory = directory.parent().unwrap();
    for number in 0..super::KEPT_ENTRIES * 2 {
        fixture.write(&format!("{}/{number}", directory.display()), "");
    }
    fixture.options.all_features = true;
    fixture.resolve().unwrap();
    let count = |directory: &Path| fs::read_dir(directory).unwrap().count();
    assert_eq!(count(directory), super::KEPT_ENTRIES);
    assert!(load(&fixture).is_some());
}

#[test]
fn the_same_flags_must_have_succeeded() {
    let (mut fixture, _) = remembered();
    fixture.options.features = vec!["absent".to_owned()];
    assert!(resolve_in(&fixture.options, &fixture.surroundings, &|_| {}).is_err());
    assert_eq!(load(&fixture), None);
}
