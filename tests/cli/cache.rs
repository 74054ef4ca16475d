//! The cache of facts: it makes a second run quicker, and never makes it different.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Crate, Registry, Workspace, license_text};

fn story() -> Workspace {
    let crates = (0..8).map(|number| {
        Crate::new(&format!("part{number}"), "1.0.0")
            .license("MIT")
            .file("LICENSE", license_text("MIT"))
    });
    let dependencies: String = (0..8).map(|number| format!("part{number} = \"1\"\n")).collect();
    Workspace::depending_on(&dependencies, Registry::with(crates))
}

/// Every file below a directory.
fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![directory.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn nothing_is_remembered_where_that_is_not_wanted() {
    let story = story();
    assert_eq!(story.run(&["check", "--no-cache"]).code, Some(0));
    assert_eq!(files(&story.cache()), Vec::<PathBuf>::new());
    assert_eq!(story.run(&["check"]).code, Some(0));
    assert!(!files(&story.cache()).is_empty());
}

#[test]
fn a_corrupt_cache_does_no_harm() {
    let story = story();
    let fresh = story.run(&["check", "--format", "json"]);
    for damage in [&b""[..], b"garbage", &[0xff; 4096]] {
        for file in files(&story.cache()) {
            fs::write(file, damage).expect("a file of the cache");
        }
        let again = story.run(&["check", "--format", "json"]);
        assert_eq!(
            (again.code, &again.out, &again.err),
            (fresh.code, &fresh.out, &fresh.err)
        );
    }
}

#[test]
fn a_cache_that_cannot_be_written_does_no_harm() {
    let story = story();
    fs::write(story.cache(), "a file where the directory should be").expect("a file");
    let outcome = story.run(&["check"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
}

#[test]
fn several_processes_may_fill_it_at_once() {
    let story = story();
    assert_eq!(story.run(&["check", "--no-cache"]).code, Some(0));
    let children: Vec<_> = (0..6)
        .map(|_| {
            story
                .command()
                .args(["check", "--quiet"])
                .spawn()
                .expect("the program runs")
        })
        .collect();
    for mut child in children {
        assert_eq!(child.wait().expect("the program ends").code(), Some(0));
    }
    assert_eq!(story.run(&["check"]).code, Some(0));
}

/// What may be edited is read every time.
#[test]
fn a_license_in_the_workspace_is_never_remembered() {
    let story = story();
    story.write(
        "vendored/Cargo.toml",
        "[package]\nname = \"vendored\"\nversion = \"1.0.0\"\nedition = \"2021\"\nlicense = \"MIT\"\n",
    );
    story.write("vendored/src/lib.rs", "");
    story.write("vendored/LICENSE", license_text("MIT"));
    let manifest = fs::read_to_string(story.root().join("Cargo.toml")).expect("the manifest");
    story.write(
        "Cargo.toml",
        manifest + "vendored = { path = \"vendored\" }\n\n[workspace]\nexclude = [\"vendored\"]\n",
    );
    assert_eq!(story.run(&["check"]).code, Some(0));
    story.write(
        "vendored/LICENSE",
        format!("{}\n{}\n", license_text("MIT"), crate::support::NO_TRAINING),
    );
    let outcome = story.run(&["check"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
}

/// A workspace with a denied package, and where cargo has unpacked it.
fn story_with_a_denied_package() -> (Workspace, PathBuf) {
    let bad = Crate::new("bad", "1.0.1").license("MIT").file(
        "LICENSE",
        format!("{}\n{}\n", license_text("MIT"), crate::support::NO_TRAINING),
    );
    let story = Workspace::depending_on("bad = \"1\"", Registry::with([bad]));
    assert_eq!(story.run(&["check", "--no-cache"]).code, Some(1));
    let registries = story.cargo_home().join("registry/src");
    let registry = fs::read_dir(registries).expect("registries").flatten().next();
    let place = registry.expect("a registry").path().join("bad-1.0.1");
    (story, place)
}

/// Runs with a cache, twice, since what has just changed is not remembered; and asserts that it changes nothing.
#[track_caller]
fn check_with_and_without_cache(story: &Workspace, expected: i32) {
    assert_eq!(story.run(&["check", "--no-cache"]).code, Some(expected));
    for _ in 0..2 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        assert_eq!(story.run(&["check"]).code, Some(expected));
    }
}

/// One who edits what cargo has unpacked, and puts it back, is told each time what is there.
#[test]
fn an_unpacked_package_is_judged_as_it_is() {
    let (story, place) = story_with_a_denied_package();
    let license = place.join("LICENSE");
    let manifest = place.join("Cargo.toml");
    let was = fs::read(&license).expect("a license");
    for _ in 0..2 {
        check_with_and_without_cache(&story, 1);
        fs::write(&license, license_text("MIT")).expect("a file");
        check_with_and_without_cache(&story, 0);
        fs::write(&license, &was).expect("a file");
    }
    // Cargo unpacks it again.
    fs::write(&license, license_text("MIT")).expect("a file");
    check_with_and_without_cache(&story, 0);
    fs::remove_dir_all(&place).expect("a directory");
    check_with_and_without_cache(&story, 1);
    fs::write(&license, license_text("MIT")).expect("a file");
    check_with_and_without_cache(&story, 0);
    let text = fs::read_to_string(&manifest).expect("a manifest");
    fs::write(&manifest, text.replace("\"MIT\"", "\"AGPL-3.0-only\"")).expect("a file");
    check_with_and_without_cache(&story, 1);
}

/// A registry can say of any package that it has the checksum of another one, and cargo does not look again at what it has
/// unpacked. What another project was told of such a package is no concern of ours.
#[test]
fn what_one_project_unpacked_says_nothing_of_another_with_the_same_checksum() {
    let (ours, _) = story_with_a_denied_package();
    let (theirs, place) = story_with_a_denied_package();
    assert_eq!(
        ours.read("Cargo.lock").matches("checksum").count(),
        theirs.read("Cargo.lock").matches("checksum").count()
    );
    fs::write(place.join("LICENSE"), license_text("MIT")).expect("a file");
    std::thread::sleep(std::time::Duration::from_millis(50));
    let cache = ours.cache().to_string_lossy().into_owned();
    let shared = [("CARGO_AIRIGHTS_CACHE_DIR", cache.as_str())];
    for _ in 0..2 {
        assert_eq!(theirs.run_with(&shared, &["check"]).code, Some(0));
        assert_eq!(ours.run(&["check"]).code, Some(1));
    }
}

/// Whatever lies where an entry should be, a run neither waits for it nor believes it.
#[cfg(unix)]
#[test]
fn an_entry_that_is_no_file_of_ours_is_as_good_as_none() {
    use std::os::unix::fs::PermissionsExt;
    type Replace = fn(&Path);
    let (story, _) = story_with_a_denied_package();
    let fresh = story.run(&["check", "--format", "json"]);
    let replacements: [Replace; 3] = [
        |path| {
            let made = std::process::Command::new("mkfifo").arg(path).status();
            assert!(made.expect("mkfifo runs").success());
        },
        |path| std::os::unix::fs::symlink("/dev/zero", path).expect("a link"),
        |path| {
            fs::write(path, "theirs").expect("a file");
            fs::set_permissions(path, fs::Permissions::from_mode(0o666)).expect("permissions");
        },
    ];
    for replace in replacements {
        story.run(&["check"]);
        for file in files(&story.cache()) {
            fs::remove_file(&file).expect("a file of the cache");
            replace(&file);
        }
        let again = story.run(&["check", "--format", "json"]);
        assert_eq!((again.code, &again.out), (fresh.code, &fresh.out));
        for file in files(&story.cache()) {
            fs::remove_file(&file).expect("a file of the cache");
        }
    }
}
