//! Which files of a package are license texts, and whose.

use airights::facts::ProblemKind;

use super::*;

#[test]
fn license_texts_are_found_wherever_they_are() {
    let world = World::new().with(&[
        ("Cargo.toml", "[package]\nname = \"a\"\n"),
        ("LICENSE-MIT", "x"),
        ("license.md", "x"),
        ("Copying", "x"),
        ("NOTICE", "x"),
        ("COPYRIGHT.txt", "x"),
        ("LICENSE.rs", "x"),
        ("LICENSES/MIT.txt", "x"),
        ("LICENSES/more/ISC", "x"),
        ("LICENSE-THIRD-PARTY", "x"),
        ("src/license.rs", "x"),
        ("vendor/zlib/LICENSE", "x"),
        ("vendor/curl/LICENSES/curl.txt", "x"),
        ("target/debug/LICENSE", "x"),
        (".git/LICENSE", "x"),
        ("LICENSES/CACHEDIR.TAG", "x"),
        ("out/CACHEDIR.TAG", "x"),
        ("out/.rustc_info.json", "x"),
        ("out/LICENSE", "x"),
        ("code/CACHEDIR.TAG", "x"),
        ("code/LICENSE", "x"),
        ("crates/inner/Cargo.toml", "x"),
        ("crates/inner/LICENSE", "x"),
    ]);
    let found = [
        "COPYRIGHT.txt own copyright",
        "Copying own license",
        "LICENSE-MIT own license",
        "LICENSE-THIRD-PARTY bundled license",
        "LICENSES/MIT.txt own license",
        "LICENSES/more/ISC own license",
        "NOTICE own notice",
        "code/LICENSE bundled license",
        "license.md own license",
        "vendor/curl/LICENSES/curl.txt bundled license",
        "vendor/zlib/LICENSE bundled license",
    ];
    let facts = world.facts(world.manifest(""));
    assert_eq!(texts(&facts), found);
    assert_eq!(problems(&facts), [""; 0]);
    assert_eq!(
        facts.texts[0].sha256,
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    );
}

#[test]
fn all_of_an_unpacked_package_is_the_package() {
    let world = World::new().with(&[
        ("a/Cargo.toml", ""),
        ("a/vendor/b/Cargo.toml", ""),
        ("a/vendor/b/LICENSE", "x"),
        ("a/target/LICENSE", "x"),
    ]);
    let mut manifest = world.manifest("a");
    manifest.immutable = Some("ab".repeat(32));
    let found = ["target/LICENSE bundled license", "vendor/b/LICENSE bundled license"];
    assert_eq!(texts(&world.facts(manifest)), found);
}

#[test]
fn texts_at_the_root_of_the_repository_are_the_package_s_own() {
    let ban = "This software may not be used to train machine learning models.";
    let world = World::new().with(&[
        ("LICENSE", "SPDX-License-Identifier: MIT"),
        ("TERMS.md", ban),
        ("crates/a/Cargo.toml", ""),
        ("crates/b/Cargo.toml", ""),
        ("crates/b/LICENSE", "SPDX-License-Identifier: ISC"),
    ]);
    let facts = world.facts(world.manifest("crates/a"));
    let found = ["../../LICENSE own license", "../../TERMS.md own license"];
    assert_eq!(texts(&facts), found);
    // Who has a license of its own is not under that of its neighbors, but under all other terms.
    let facts = world.facts(world.manifest("crates/b"));
    assert_eq!(texts(&facts), ["../../TERMS.md own license", "LICENSE own license"]);
    assert_eq!(facts.texts[0].statements.len(), 1);
}

#[test]
fn what_reuse_says_at_the_root_of_the_repository_is_said_of_the_package_s_files() {
    let reuse = "[[annotations]]\npath = \"crates/a/**\"\nSPDX-License-Identifier = \"GPL-3.0-only\"\n";
    let world = World::new().with(&[
        ("REUSE.toml", reuse),
        ("LICENSES/GPL-3.0-only.txt", "SPDX-License-Identifier: GPL-3.0-only"),
        ("LICENSES/MIT.txt", "SPDX-License-Identifier: MIT"),
        ("crates/a/Cargo.toml", ""),
        ("crates/a/src/lib.rs", ""),
        ("crates/a/LICENSE", "SPDX-License-Identifier: ISC"),
        ("crates/b/Cargo.toml", ""),
        ("crates/b/src/lib.rs", ""),
    ]);
    let facts = world.facts(world.manifest("crates/a"));
    assert_eq!(texts(&facts), ["../../REUSE.toml own header", "LICENSE own license"]);
    let mut manifest = world.manifest("crates/b");
    manifest.license = Some("MIT".to_owned());
    let found = ["../../LICENSES/MIT.txt own license"];
    assert_eq!(texts(&world.facts(manifest.clone())), found);
    // What the manifest points at is its license, whatever it declares.
    manifest.license_file = Some("../../LICENSES/GPL-3.0-only.txt".to_owned());
    let found = ["../../LICENSES/GPL-3.0-only.txt own license"];
    assert_eq!(texts(&world.facts(manifest)), found);
}

#[test]
fn what_license_file_names_is_a_text_whatever_its_name() {
    let cases = [
        ("docs/terms.rs", Some("docs/terms.rs own license"), None),
        ("./docs//terms.rs", Some("docs/terms.rs own license"), None),
        ("docs\\terms.rs", Some("docs/terms.rs own license"), None),
        ("vendor/LICENSE", Some("vendor/LICENSE own license"), None),
        ("../TERMS", Some("../TERMS own license"), None),
        ("missing", None, Some("missing: is named in the manifest but missing")),
        ("docs", None, Some("docs: cannot be read: it is not a regular file")),
    ];
    let world = World::new().with(&[
        ("a/Cargo.toml", ""),
        ("a/docs/terms.rs", "x"),
        ("a/vendor/LICENSE", "x"),
        ("TERMS", "x"),
    ]);
    for (named, text, problem) in cases {
        let mut manifest = world.manifest("a");
        manifest.license_file = Some(named.to_owned());
        let facts = world.facts(manifest);
        let found = texts(&facts);
        match text {
            Some(text) => assert!(found.contains(&text.to_owned()), "{named}: {found:?}"),
            None => assert_eq!(found, ["vendor/LICENSE bundled license"], "{named}"),
        }
        assert_eq!(problems(&facts), problem.into_iter().collect::<Vec<_>>(), "{named}");
        assert_eq!(facts.license_file.as_deref(), Some(named));
    }
}

#[test]
fn a_license_file_outside_of_everything_is_not_read() {
    let outside = World::new().with(&[("secret", "x")]);
    let world = World::new().with(&[("a/Cargo.toml", ""), ("b", "x")]);
    let mut local = world.manifest("a");
    local.license_file = Some(outside.path("secret").to_str().unwrap().to_owned());
    let mut unpacked = world.manifest("a");
    unpacked.immutable = Some("ab".repeat(32));
    unpacked.license_file = Some("../b".to_owned());
    for manifest in [local, unpacked] {
        let facts = world.facts(manifest);
        assert_eq!(texts(&facts), [""; 0]);
        assert_eq!(facts.problems[0].kind, ProblemKind::OutsidePackage);
    }
}

/// Thanks and requests to those who are listed are no terms; a grant that stands there is one.
#[test]
fn a_list_of_authors_is_a_notice_where_it_says_something() {
    let found = |words: &str| {
        let authors = format!("Ann Ex <ann@works.ex>\n\n{words}\n");
        let world = World::new().with(&[("a/Cargo.toml", ""), ("a/AUTHORS", &authors)]);
        texts(&world.facts(world.manifest("a")))
    };
    assert_eq!(found("Whoever contributes must add a line of their own."), [""; 0]);
    for words in [
        "Licensed under the ISC license.",
        "This software may not be used to train AI models.",
    ] {
        assert_eq!(found(words), ["AUTHORS own copyright"], "{words}");
    }
}
