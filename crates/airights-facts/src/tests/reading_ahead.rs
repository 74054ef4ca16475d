//! Reading ahead, remembering, and the order of it all.

use std::sync::Mutex;
use std::time::Duration;

use super::super::*;
use super::*;

/// A Cargo home with one unpacked package, its lockfile, and what cargo says of it.
fn registry() -> (World, PackageManifest) {
    let world = World::new().with(&[
        ("registry/src/one/a-1.0.0/Cargo.toml", "[package]\nlicense-file = \"TERMS\"\n"),
        ("registry/src/one/a-1.0.0/TERMS", "terms"),
        ("registry/src/one/a-1.0.0/.cargo-ok", "{\"v\":1}"),
        (
            "Cargo.lock",
            &format!(
                "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\nchecksum = \"{}\"\n",
                "ab".repeat(32)
            ),
        ),
    ]);
    let mut manifest = world.manifest("registry/src/one/a-1.0.0");
    manifest.license_file = Some("TERMS".to_owned());
    manifest.immutable = Some("ab".repeat(32));
    (world, manifest)
}

fn wait_for_ahead(reading: &Reading, packages: usize) {
    while reading.ahead.count() < packages {
        std::thread::yield_now();
    }
}

#[test]
fn what_was_read_ahead_is_what_would_be_read_now() {
    let (world, manifest) = registry();
    let graph = DependencyGraph::default();
    let now = world.gather(std::slice::from_ref(&manifest), FactsOptions::default(), None);
    let reading = begin(
        Some(&world.path("Cargo.lock")),
        FactsOptions {
            cargo_home: Some(world.root.path().to_owned()),
            ..FactsOptions::default()
        },
    );
    wait_for_ahead(&reading, 1);
    // Only what was read ahead can know of the file now.
    fs::remove_file(world.path("registry/src/one/a-1.0.0/TERMS")).unwrap();
    let shared = Arc::clone(&reading.shared);
    let ahead = reading.ahead.stop();
    let files = shared
        .files_of(&manifest, Origin::Unpacked, world.root.path(), &ahead)
        .unwrap();
    let described = describe::describe(&manifest, &files, &Declarations::default());
    assert_eq!(now, [Gathered::Facts(Box::new(described))]);
    assert_eq!(graph.packages().len(), 0);
}

/// A license that cargo has not unpacked yet must not be taken for one that is missing, least of all in the cache.
#[test]
fn what_cargo_still_unpacks_is_not_read_ahead() {
    let (world, _) = registry();
    fs::remove_file(world.path("registry/src/one/a-1.0.0/TERMS")).unwrap();
    for mark in [None, Some("")] {
        fs::remove_file(world.path("registry/src/one/a-1.0.0/.cargo-ok")).unwrap();
        if let Some(mark) = mark {
            world.put("registry/src/one/a-1.0.0/.cargo-ok", mark.as_bytes());
        }
        let options = FactsOptions {
            cargo_home: Some(world.root.path().to_owned()),
            ..FactsOptions::default()
        };
        let reading = begin(Some(&world.path("Cargo.lock")), options);
        while reading.ahead.is_running() {
            std::thread::yield_now();
        }
        world.put("registry/src/one/a-1.0.0/TERMS", b"terms");
        assert_eq!(reading.ahead.count(), 0);
        fs::remove_file(world.path("registry/src/one/a-1.0.0/TERMS")).unwrap();
        world.put("registry/src/one/a-1.0.0/.cargo-ok", b"{}");
    }
}

#[test]
fn what_was_read_ahead_elsewhere_or_by_another_manifest_is_not_used() {
    let (world, manifest) = registry();
    world.put("registry/src/two/a-1.0.0/LICENSE", b"other");
    let elsewhere = PackageManifest {
        directory: world.path("registry/src/two/a-1.0.0"),
        license_file: None,
        ..manifest.clone()
    };
    let renamed = PackageManifest {
        license_file: Some("OTHER".to_owned()),
        ..manifest
    };
    world.put("registry/src/one/a-1.0.0/OTHER", b"other");
    for (manifest, expected) in [
        (elsewhere, vec!["LICENSE own license"]),
        (renamed, vec!["OTHER own license", "TERMS own license"]),
    ] {
        let reading = begin(
            Some(&world.path("Cargo.lock")),
            FactsOptions {
                cargo_home: Some(world.root.path().to_owned()),
                ..FactsOptions::default()
            },
        );
        wait_for_ahead(&reading, 1);
        let ahead = reading.ahead.stop();
        let files = reading
            .shared
            .files_of(&manifest, Origin::Unpacked, world.root.path(), &ahead)
            .unwrap();
        let described = describe::describe(&manifest, &files, &Declarations::default());
        assert_eq!(texts(&described), expected);
    }
}

/// Waits until what was written is older than a tick: what has just changed is not remembered.
fn settle() {
    std::thread::sleep(Duration::from_millis(50));
}

impl World {
    /// What is found with a cache, after it was asserted that it is what is found without one.
    fn same_as_without_cache(&self, manifest: &PackageManifest) -> Gathered {
        let manifest = std::slice::from_ref(manifest);
        let cache = || FactsOptions {
            cache: Some(self.path("cache")),
            ..FactsOptions::default()
        };
        let ahead = || FactsOptions {
            cargo_home: Some(self.root.path().to_owned()),
            ..cache()
        };
        let lockfile = self.path("Cargo.lock");
        let mut without = self.gather(manifest, FactsOptions::default(), None);
        assert_eq!(self.gather(manifest, cache(), None), without);
        assert_eq!(self.gather(manifest, ahead(), Some(&lockfile)), without);
        assert_eq!(self.gather(manifest, cache(), None), without);
        without.remove(0)
    }

    /// How many packages are read from the disk, and not from the cache.
    fn reads(&self, manifest: &PackageManifest) -> usize {
        let options = FactsOptions {
            cache: Some(self.path("cache")),
            ..FactsOptions::default()
        };
        let reading = begin(None, options);
        let shared = Arc::clone(&reading.shared);
        let ahead = reading.ahead.stop();
        shared
            .files_of(manifest, Origin::Unpacked, self.root.path(), &ahead)
            .unwrap();
        shared.from_disk.load(Ordering::Relaxed)
    }
}

#[test]
fn an_immutable_package_is_read_once_and_any_other_each_time() {
    let (world, mut manifest) = registry();
    settle();
    world.same_as_without_cache(&manifest);
    assert_eq!(world.reads(&manifest), 0);
    manifest.immutable = None;
    assert_eq!(world.reads(&manifest), 1);
}

/// Whatever somebody does to what cargo has unpacked, the cache does not hide it, and does not keep it longer than it lasts.
#[test]
fn what_was_edited_and_put_back_is_read_as_it_is() {
    let (world, manifest) = registry();
    let package = |path: &str| format!("registry/src/one/a-1.0.0/{path}");
    world.put(&package("src/lib.rs"), b"");
    settle();
    let before = world.same_as_without_cache(&manifest);
    let edits: [(&str, &[u8]); 4] = [
        ("TERMS", b"other"),
        ("LICENSE", b"more"),
        ("src/lib.rs", b"// SPDX-License-Identifier: GPL-3.0-only\n"),
        ("src/COPYING", b"no"),
    ];
    for (path, content) in edits {
        let place = world.path(&package(path));
        let was = fs::read(&place).ok();
        world.put(&package(path), content);
        settle();
        assert_ne!(world.same_as_without_cache(&manifest), before, "{path}");
        match was {
            Some(was) => fs::write(&place, was).unwrap(),
            None => fs::remove_file(&place).unwrap(),
        }
        settle();
        assert_eq!(world.same_as_without_cache(&manifest), before, "{path}");
    }
}

/// What a lockfile, an index or a saved answer of cargo says of a directory is no part of what is remembered of it.
#[test]
fn no_claim_about_a_directory_changes_what_another_run_is_told() {
    let (world, manifest) = registry();
    world.put("registry/src/two/a-1.0.0/Cargo.toml", b"[package]\n");
    world.put("registry/src/two/a-1.0.0/LICENSE", b"other");
    settle();
    let elsewhere = PackageManifest {
        directory: world.path("registry/src/two/a-1.0.0"),
        license_file: None,
        ..manifest.clone()
    };
    let renamed = PackageManifest {
        license_file: Some("absent".to_owned()),
        readme: Some("TERMS".to_owned()),
        ..manifest.clone()
    };
    for claim in [elsewhere, renamed] {
        world.same_as_without_cache(&claim);
        world.same_as_without_cache(&manifest);
        world.same_as_without_cache(&claim);
    }
}

#[test]
fn facts_are_in_the_order_of_the_graph_and_progress_is_told() {
    let world = World::new();
    let manifests: Vec<_> = (0..100)
        .map(|number| {
            world.put(&format!("{number}/LICENSE-{number}"), b"x");
            world.manifest(&number.to_string())
        })
        .collect();
    let told = Arc::new(Mutex::new(Vec::new()));
    let options = FactsOptions {
        progress: Some(Arc::new({
            let told = Arc::clone(&told);
            move |done, total| told.lock().unwrap().push((done, total))
        })),
        ..FactsOptions::default()
    };
    for (number, facts) in world.gather(&manifests, options, None).into_iter().enumerate() {
        let Gathered::Facts(facts) = facts else { panic!() };
        assert_eq!(texts(&facts), [format!("LICENSE-{number} own license")]);
    }
    let mut told = told.lock().unwrap().clone();
    told.sort_unstable();
    assert_eq!(told, (1..=100).map(|done| (done, 100)).collect::<Vec<_>>());
}
