//! Reading ahead, remembering, and the order of it all.

use std::sync::Mutex;

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
    let (world, manifest) = registry();
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
        let ahead = reading.ahead.stop();
        assert!(ahead.read(&manifest.directory).is_none());
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

#[test]
fn an_immutable_package_is_read_once_and_any_other_each_time() {
    let (world, mut manifest) = registry();
    let options = || FactsOptions {
        cache: Some(world.path("cache")),
        ..FactsOptions::default()
    };
    let first = world.gather(std::slice::from_ref(&manifest), options(), None);
    fs::remove_file(world.path("registry/src/one/a-1.0.0/TERMS")).unwrap();
    assert_eq!(world.gather(std::slice::from_ref(&manifest), options(), None), first);
    let lockfile = world.path("Cargo.lock");
    let ahead = FactsOptions {
        cargo_home: Some(world.root.path().to_owned()),
        ..options()
    };
    assert_eq!(
        world.gather(std::slice::from_ref(&manifest), ahead, Some(&lockfile)),
        first
    );
    assert_ne!(
        world.gather(std::slice::from_ref(&manifest), FactsOptions::default(), None),
        first
    );
    manifest.immutable = None;
    assert_ne!(world.gather(&[manifest], options(), None), first);
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
