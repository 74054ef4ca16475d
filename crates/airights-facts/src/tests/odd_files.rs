//! Files and directories that are not what they should be.

use super::*;

#[cfg(unix)]
#[test]
fn links_are_followed_only_where_they_may_lead() {
    use std::os::unix::fs::symlink;
    let outside = World::new().with(&[("LICENSE", "x"), ("licenses/MIT", "x")]);
    let world = World::new().with(&[("LICENSE", "x"), ("a/Cargo.toml", ""), ("a/src/text", "x")]);
    let link = |target: &str, path: &str| symlink(target, world.path(path)).unwrap();
    link("../LICENSE", "a/LICENSE-WORKSPACE");
    link("src/text", "a/LICENSE-INSIDE");
    link(outside.path("LICENSE").to_str().unwrap(), "a/LICENSE-OUTSIDE");
    link("LICENSE-LOOP", "a/LICENSE-LOOP");
    link("nowhere", "a/LICENSE-NOWHERE");
    link(outside.path("licenses").to_str().unwrap(), "a/licenses");
    link("..", "a/up");
    let local = world.manifest("a");
    let mut unpacked = local.clone();
    unpacked.immutable = Some("ab".repeat(32));

    let facts = world.facts(local);
    assert_eq!(
        texts(&facts),
        ["LICENSE-INSIDE own license", "LICENSE-WORKSPACE own license"]
    );
    let problems = problems(&facts);
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(problems[0].starts_with("LICENSE-LOOP: cannot be read: "));
    assert_eq!(
        problems[1],
        "LICENSE-NOWHERE: cannot be read: it is a link that leads nowhere"
    );
    assert_eq!(
        problems[2],
        "LICENSE-OUTSIDE: leads out of the package and was not read"
    );
    assert_eq!(problems[3], "licenses: leads out of the package and was not read");
    assert_eq!(texts(&world.facts(unpacked)), ["LICENSE-INSIDE own license"]);
}

#[cfg(unix)]
#[test]
fn in_a_git_checkout_links_may_lead_to_the_rest_of_it() {
    use std::os::unix::fs::symlink;
    let world = World::new();
    let checkout = World::new().with(&[
        ("rev/.cargo-ok", ""),
        ("rev/LICENSE", "x"),
        ("rev/a/Cargo.toml", ""),
        ("no", "x"),
    ]);
    symlink("../LICENSE", checkout.path("rev/a/LICENSE")).unwrap();
    symlink("../../no", checkout.path("rev/a/NOTICE")).unwrap();
    let facts = world.facts(checkout.manifest("rev/a"));
    assert_eq!(texts(&facts), ["LICENSE own license"]);
    assert_eq!(problems(&facts), ["NOTICE: leads out of the package and was not read"]);
}

#[test]
fn a_link_that_was_packed_as_text_is_no_text() {
    let world = World::new().with(&[
        ("a/Cargo.toml", ""),
        ("a/LICENSE", "x"),
        ("a/LICENSE.ARTISTIC", "../LICENSE.ARTISTIC"),
        ("a/COPYING", "../see the GNU GPL"),
    ]);
    let facts = world.facts(world.manifest("a"));
    assert_eq!(texts(&facts), ["COPYING own license", "LICENSE own license"]);
    assert_eq!(problems(&facts).len(), 1);
    assert!(!facts.problems[0].is_unread_license());
}

#[test]
fn a_huge_file_costs_nothing_and_a_binary_one_is_no_text() {
    let world = World::new().with(&[("Cargo.toml", ""), ("LICENSE-LATIN1", "")]);
    fs::File::create(world.path("LICENSE"))
        .unwrap()
        .set_len(200 << 20)
        .unwrap();
    world.put("COPYING", b"\x7fELF\0\0\0\x01\xff\xfe\xfd\0\0");
    world.put("LICENSE-LATIN1", b"Copyright \xa9 Somebody, all rights reserved");
    let facts = world.facts(world.manifest(""));
    assert_eq!(texts(&facts), ["LICENSE-LATIN1 own license"]);
    assert_eq!(
        problems(&facts),
        ["COPYING: is not text", "LICENSE: is too large to read (200 MiB)"]
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_or_would_never_end_is_a_problem() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new().with(&[("Cargo.toml", ""), ("LICENSE-OK", "x"), ("NOTICE", "x")]);
    let socket = std::os::unix::net::UnixListener::bind(world.path("LICENSE-SOCKET")).unwrap();
    fs::set_permissions(world.path("NOTICE"), fs::Permissions::from_mode(0o000)).unwrap();
    let is_superuser = fs::read(world.path("NOTICE")).is_ok();
    let facts = world.facts(world.manifest(""));
    drop(socket);
    let mut expected = vec!["LICENSE-SOCKET: cannot be read: it is not a regular file"];
    if !is_superuser {
        expected.push("NOTICE: cannot be read: permission denied");
    }
    assert_eq!(problems(&facts), expected);
}

#[test]
fn a_package_that_is_not_there_is_not_evaluated() {
    let world = World::new().with(&[("a/Cargo.toml", "")]);
    let manifests = [world.manifest("gone"), world.manifest("a")];
    let facts = world.gather(&manifests, FactsOptions::default(), None);
    let Gathered::Not(reason) = &facts[0] else {
        panic!("{facts:?}");
    };
    assert!(reason.starts_with("its source is not on this disk (`"), "{reason}");
    assert!(matches!(facts[1], Gathered::Facts(_)));
}
