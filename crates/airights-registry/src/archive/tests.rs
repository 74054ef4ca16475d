//! What a stranger may put into a package.

use flate2::Compression;
use flate2::write::GzEncoder;
use tar::{Builder, Header};

use super::*;

fn header(kind: EntryType, size: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header
}

const MANIFEST: &str = "[package]\nname = \"a\"\nversion = \"1.0.0\"\n";

type Packed = Builder<GzEncoder<Vec<u8>>>;

/// An archive with a manifest, and then what is put into it.
fn packed(put: impl FnOnce(&mut Packed)) -> Vec<u8> {
    let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    append(
        &mut builder,
        "a-1.0.0/Cargo.toml",
        EntryType::Regular,
        MANIFEST.as_bytes(),
    );
    put(&mut builder);
    builder.into_inner().unwrap().finish().unwrap()
}

/// One entry whose path is written as it is, however odd.
fn append(builder: &mut Packed, path: &str, kind: EntryType, content: &[u8]) {
    let mut header = header(kind, content.len() as u64);
    header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
    if kind == EntryType::Symlink {
        header.set_link_name("/etc/passwd").unwrap();
    }
    header.set_cksum();
    builder.append(&header, content).unwrap();
}

/// An archive with a manifest and one more entry.
fn archive(path: &str, kind: EntryType, content: &[u8]) -> Vec<u8> {
    packed(|builder| append(builder, path, kind, content))
}

/// An archive with one entry that is said to be so long, and is.
fn said_to_be(kind: EntryType, size: u64) -> Vec<u8> {
    packed(|builder| {
        let mut header = header(kind, size);
        header.set_path("a-1.0.0/long").unwrap();
        header.set_cksum();
        builder.append(&header, io::repeat(b'x').take(size)).unwrap();
        append(builder, "a-1.0.0/x", EntryType::Regular, b"x");
    })
}

#[track_caller]
fn check_refused(package: &[u8], reason: &str) {
    let directory = tempfile::tempdir().unwrap();
    let into = directory.path().join("in");
    fs::create_dir(&into).unwrap();
    let error = unpack(package, "a", "1.0.0", &into).unwrap_err();
    assert!(error.to_string().contains(reason), "{error}");
    assert!(matches!(error, RegistryError::Refused { .. }));
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "something got out");
}

#[test]
fn a_plain_package_is_unpacked() {
    let directory = tempfile::tempdir().unwrap();
    let package = archive("a-1.0.0/src/lib.rs", EntryType::Regular, b"//! A.");
    let root = unpack(&package, "a", "1.0.0", directory.path()).unwrap();
    assert_eq!(fs::read(root.join("src/lib.rs")).unwrap(), b"//! A.");
    assert_eq!(manifest_of(&package, "a", "1.0.0").unwrap(), MANIFEST);
    let files = files_of(&package, "a", "1.0.0", &["Cargo.toml", "LICENSE"].into()).unwrap();
    assert_eq!(
        files,
        BTreeMap::from([("Cargo.toml".to_owned(), MANIFEST.as_bytes().to_vec())])
    );
}

#[test]
fn whatever_tries_something_is_refused() {
    for path in ["../a", "a-1.0.0/../../x", "/etc/x", "b-1.0.0/x", "a-1.0.0"] {
        check_refused(&archive(path, EntryType::Regular, b"x"), "leads out of its directory");
    }
    check_refused(&archive("a-1.0.0/l", EntryType::Symlink, b""), "a symbolic link");
    check_refused(&archive("a-1.0.0/l", EntryType::Link, b""), "a hard link");
    check_refused(b"no archive at all", "it is not an archive");
    let cut = archive("a-1.0.0/x", EntryType::Regular, &vec![7; 100_000]);
    check_refused(&cut[..cut.len() / 2], "");
}

#[test]
fn what_is_said_of_a_file_is_bounded_before_it_is_read() {
    for kind in [EntryType::GNULongName, EntryType::GNULongLink, EntryType::XHeader] {
        let package = said_to_be(kind, 64 << 20);
        assert!(package.len() < 200_000, "{}", package.len());
        check_refused(&package, "it is not an archive");
        let directory = tempfile::tempdir().unwrap();
        let error = unpack(&package, "a", "1.0.0", directory.path()).unwrap_err();
        assert!(error.in_one_line().contains("a few properties"), "{error:?}");
        assert!(error.in_one_line().len() < 500);
    }
    // What holds for all files is passed over, and never read into memory.
    let package = said_to_be(EntryType::XGlobalHeader, 1 << 20);
    let directory = tempfile::tempdir().unwrap();
    assert!(unpack(&package, "a", "1.0.0", directory.path()).is_ok());
}

#[test]
fn a_long_name_is_read_and_a_longer_one_refused() {
    let long = |length: usize| {
        packed(|builder| {
            let path = format!("a-1.0.0/{}", "d/".repeat(length / 2));
            let mut header = header(EntryType::Regular, 1);
            builder.append_data(&mut header, path + "x", &b"x"[..]).unwrap();
        })
    };
    let directory = tempfile::tempdir().unwrap();
    let root = unpack(&long(400), "a", "1.0.0", directory.path()).unwrap();
    assert!(root.join("d/".repeat(200) + "x").is_file());
    check_refused(&long(2000), "a path in it is longer than 1024 bytes");
    let outside = packed(|builder| {
        let mut header = header(EntryType::Regular, 1);
        let path = format!("b-1.0.0/{}", "d".repeat(900));
        builder.append_data(&mut header, path, &b"x"[..]).unwrap();
    });
    let directory = tempfile::tempdir().unwrap();
    let error = unpack(&outside, "a", "1.0.0", directory.path())
        .unwrap_err()
        .to_string();
    assert!(error.contains("ddd…` in it leads out") && error.len() < 400, "{error}");
}

#[test]
fn entries_are_counted_though_they_hold_nothing() {
    let kinds = [EntryType::Regular, EntryType::Directory, EntryType::XGlobalHeader];
    let package = packed(|builder| {
        for (number, kind) in (0..=MAX_FILES).zip(kinds.into_iter().cycle()) {
            append(builder, &format!("a-1.0.0/{number}"), kind, b"");
        }
    });
    let error = files_of(&package, "a", "1.0.0", &["x"].into()).unwrap_err();
    assert!(error.to_string().contains("more than 100000 files"), "{error}");
}

#[test]
fn holes_are_refused() {
    let package = packed(|builder| {
        let mut header = header(EntryType::GNUSparse, 0);
        header.set_path("a-1.0.0/x").unwrap();
        let gnu = header.as_gnu_mut().unwrap();
        gnu.realsize.copy_from_slice(b"777777777777");
        header.set_cksum();
        builder.append(&header, &b""[..]).unwrap();
    });
    check_refused(&package, "");
}

#[test]
fn a_package_is_what_its_manifest_says() {
    let of = |manifest: &str| {
        let mut builder = Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
        append(
            &mut builder,
            "a-1.0.0/Cargo.toml",
            EntryType::Regular,
            manifest.as_bytes(),
        );
        builder.into_inner().unwrap().finish().unwrap()
    };
    for (manifest, reason) in [
        (
            "package = { name = 'b', version = '1.0.0' }",
            "its manifest is that of `b 1.0.0`",
        ),
        (
            "package = { name = 'A', version = '1.0.0' }",
            "its manifest is that of `A 1.0.0`",
        ),
        (
            "package = { name = 'a', version = '1.0.1' }",
            "its manifest is that of `a 1.0.1`",
        ),
        ("package = { name = 'a' }", "its manifest is that of `a `"),
        ("[workspace]", "its manifest names no package"),
    ] {
        check_refused(&of(manifest), reason);
        assert!(manifest_of(&of(manifest), "a", "1.0.0").is_err());
    }
    assert!(manifest_of(&of("project = { name = 'a', version = '1.0.0' }"), "a", "1.0.0").is_ok());
    let huge = format!("{MANIFEST}# {}", "x".repeat(4 << 20));
    check_refused(&of(&huge), "its manifest is larger than");
}
