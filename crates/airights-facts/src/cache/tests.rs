//! The cache saves time and does nothing else, whatever happens to it.

use std::sync::{Arc, Barrier};
use std::time::{Duration, SystemTime};

use airights::facts::{Modification, ProblemKind, TextKind, TextPlace};
use airights_text::{AiUse, Condition, Modality, UseValue};

use super::*;
use crate::stored::*;

fn key(number: u8) -> Key {
    Key([number; 32])
}

/// A package that can be told by its number and takes some space.
fn package(number: u8) -> PackageFiles {
    PackageFiles {
        keys: ManifestKeys {
            license_file: Some(format!("{number}{}", "x".repeat(100))),
            ..ManifestKeys::default()
        },
        ..PackageFiles::default()
    }
}

fn store(directory: &Path, numbers: impl IntoIterator<Item = u8>) {
    let cache = Cache::new(Some(directory));
    for number in numbers {
        cache.store(key(number), None, &package(number));
    }
    cache.save();
}

fn remembered(directory: &Path) -> Vec<u8> {
    let cache = Cache::new(Some(directory));
    (0..=255)
        .filter(|&number| {
            let found = cache.load(key(number), Path::new(""));
            assert!(found.is_none() || found == Some(package(number)), "{number}");
            found.is_some()
        })
        .collect()
}

fn packs(directory: &Path) -> Vec<PathBuf> {
    pack::paths_in(&directory.join("facts").join(version()))
}

fn make_older(path: &Path, seconds: u64) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(seconds))
        .unwrap();
}

#[test]
fn what_is_stored_is_remembered_by_the_next_run_and_not_before_it_is_saved() {
    let directory = tempfile::tempdir().unwrap();
    let cache = Cache::new(Some(directory.path()));
    cache.store(key(1), None, &package(1));
    assert_eq!(remembered(directory.path()), [0u8; 0]);
    cache.save();
    store(directory.path(), [2, 3]);
    assert_eq!(remembered(directory.path()), [1, 2, 3]);
    assert_eq!(packs(directory.path()).len(), 2);
}

#[test]
fn without_a_directory_nothing_is_remembered() {
    let cache = Cache::new(None);
    cache.store(key(1), None, &package(1));
    cache.save();
    assert_eq!(cache.load(key(1), Path::new("")), None);
}

#[test]
fn a_flipped_byte_anywhere_loses_entries_and_never_changes_one() {
    let directory = tempfile::tempdir().unwrap();
    store(directory.path(), [1, 2]);
    let pack = packs(directory.path()).remove(0);
    let whole = fs::read(&pack).unwrap();
    for place in 0..whole.len() {
        let mut broken = whole.clone();
        broken[place] ^= 1;
        fs::write(&pack, broken).unwrap();
        // `remembered` asserts that what is found is what was stored.
        assert!(remembered(directory.path()).len() < 2, "byte {place}");
    }
}

#[test]
fn a_pack_of_any_other_length_is_passed_over() {
    let directory = tempfile::tempdir().unwrap();
    store(directory.path(), [1]);
    let pack = packs(directory.path()).remove(0);
    let whole = fs::read(&pack).unwrap();
    for length in 0..whole.len() {
        fs::write(&pack, &whole[..length]).unwrap();
        assert_eq!(remembered(directory.path()), [0u8; 0], "{length}");
    }
    fs::write(&pack, [&whole[..], b"x"].concat()).unwrap();
    assert_eq!(remembered(directory.path()), [0u8; 0]);
}

#[test]
fn what_was_broken_is_remembered_again_once_it_was_stored_again() {
    let directory = tempfile::tempdir().unwrap();
    store(directory.path(), [1, 2]);
    let pack = packs(directory.path()).remove(0);
    let mut broken = fs::read(&pack).unwrap();
    *broken.last_mut().unwrap() ^= 1;
    fs::write(&pack, broken).unwrap();
    make_older(&pack, 10);
    assert_eq!(remembered(directory.path()), [1]);
    store(directory.path(), [2]);
    assert_eq!(remembered(directory.path()), [1, 2]);
}

#[test]
fn foreign_files_are_left_alone_and_a_file_in_the_way_is_no_trouble() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("facts"), "in the way").unwrap();
    store(directory.path(), [1]);
    assert_eq!(remembered(directory.path()), [0u8; 0]);

    let directory = tempfile::tempdir().unwrap();
    store(directory.path(), [1]);
    let beside = packs(directory.path()).remove(0).with_file_name("foreign.pack");
    fs::write(&beside, "not ours").unwrap();
    fs::create_dir(beside.with_file_name("directory.pack")).unwrap();
    assert_eq!(remembered(directory.path()), [1]);
}

#[cfg(unix)]
#[test]
fn a_directory_that_cannot_be_written_still_remembers() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    store(directory.path(), [1]);
    let inside = packs(directory.path()).remove(0).parent().unwrap().to_owned();
    fs::set_permissions(&inside, fs::Permissions::from_mode(0o555)).unwrap();
    store(directory.path(), [2]);
    let found = remembered(directory.path());
    fs::set_permissions(&inside, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser may write where nobody may.
    assert!(found == [1] || found == [1, 2], "{found:?}");
}

#[cfg(unix)]
#[test]
fn what_others_may_have_written_is_not_believed() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    store(directory.path(), [1]);
    let pack = packs(directory.path()).remove(0);
    for (mode, expected) in [(0o622, &[][..]), (0o600, &[1])] {
        fs::set_permissions(&pack, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(remembered(directory.path()), expected, "{mode:o}");
    }
}

#[test]
fn several_at_once_lose_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let barrier = Barrier::new(8);
    std::thread::scope(|scope| {
        for thread in 0..8u8 {
            let (directory, barrier) = (directory.path(), &barrier);
            scope.spawn(move || {
                barrier.wait();
                for round in 0..4 {
                    // Some of it is what another thread stores too.
                    store(directory, [thread * 4 + round, 200 + round]);
                    remembered(directory);
                }
            });
        }
    });
    let found = remembered(directory.path());
    assert_eq!(found, (0..32).chain(200..204).collect::<Vec<_>>());
}

#[test]
fn many_packs_become_one() {
    let directory = tempfile::tempdir().unwrap();
    let count = u8::try_from(MAX_PACKS).unwrap() + 1;
    for number in 0..count {
        store(directory.path(), [number]);
    }
    assert_eq!(packs(directory.path()).len(), 1);
    assert_eq!(remembered(directory.path()), (0..count).collect::<Vec<_>>());
}

#[test]
fn of_too_much_the_oldest_is_forgotten() {
    let directory = tempfile::tempdir().unwrap();
    for number in 0..10 {
        store(directory.path(), [number]);
        make_older(&packs(directory.path()).pop().unwrap(), 1000 - u64::from(number));
    }
    let inside = directory.path().join("facts").join(version());
    tidy::keep_small(&inside, MAX_PACKS, 2_000);
    assert_eq!(remembered(directory.path()).len(), 10);
    tidy::keep_small(&inside, MAX_PACKS, 800);
    assert_eq!(remembered(directory.path()), [4, 5, 6, 7, 8, 9]);
}

#[test]
fn what_older_readers_stored_is_removed_and_nothing_else() {
    let directory = tempfile::tempdir().unwrap();
    let facts = directory.path().join("facts");
    let newer = format!("v{}-0", airights_text::READER_VERSION + 1);
    for name in ["v0-9", newer.as_str(), "vault", "notes"] {
        fs::create_dir_all(facts.join(name)).unwrap();
    }
    store(directory.path(), [1]);
    let left = |name: &str| facts.join(name).exists();
    assert!(!left("v0-9"));
    assert!(left(&newer) && left("vault") && left("notes") && left(&version()));
}

/// If this fails, the stored form has changed: raise [`FORMAT`], then change the bytes here.
#[test]
fn the_stored_form_is_that_of_its_format() {
    let excerpt = StoredExcerpt {
        lines: (1, 2),
        text: "text".to_owned(),
        marked: (0, 4),
    };
    let statement = StoredStatement {
        ai_use: Spelled(AiUse::TrainOnOutput),
        value: Spelled(UseValue::Conditional),
        conditions: vec![Spelled(Condition::Credit)],
        modality: Modality::Signal,
        of_license: Some("MIT".to_owned()),
        excerpt: excerpt.clone(),
    };
    let package = PackageFiles {
        archives: vec!["vendor.zip".to_owned()],
        keys: ManifestKeys {
            license: Some(excerpt.clone()),
            license_file: Some("L".to_owned()),
            readme: Some("R".to_owned()),
            declaration: vec![("use".to_owned(), excerpt.clone())],
        },
        texts: vec![TextFile {
            path: "LICENSE".to_owned(),
            kind: TextKind::Notice,
            place: TextPlace::Bundled,
            sha256: [7; 32],
            xxh32: 7,
            reading: Arc::new(TextReading {
                expression: Some("MIT".to_owned()),
                licenses: vec![StoredLicense {
                    id: "MIT".to_owned(),
                    is_exception: false,
                    exact: true,
                    modification: Modification::Unclassified,
                    lines: (1, 2),
                    changes: Vec::new(),
                }],
                statements: vec![statement.clone()],
                residue: vec![StoredResidue {
                    excerpt,
                    operative: true,
                }],
            }),
        }],
        notices: vec![NoticeFile {
            path: "README".to_owned(),
            kind: NoticeKind::Signal,
            statements: Arc::new(vec![statement]),
        }],
        problems: vec![StoredProblem {
            path: "COPYING".to_owned(),
            kind: ProblemKind::NotText,
            sha256: Some([9; 32]),
        }],
    };
    let entry = Entry {
        witnesses: Some(Witnesses::default()),
        files: package,
    };
    let stored = postcard::to_stdvec(&entry).unwrap();
    let digest = crate::describe::hex(&Sha256::digest(&stored)[..8]);
    assert_eq!((FORMAT, digest.as_str()), (5, "5c1eb034a6308a69"));
    assert_eq!(decode(&stored), Some(entry));
    assert_eq!(decode(&[&stored[..], b"x"].concat()), None);
}
