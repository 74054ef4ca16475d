//! A project's `deny.toml` means here what it means to cargo-deny.

use std::fs;

use crate::support::{Crate, Registry, Workspace};

/// A workspace of one package under `MIT` that depends on these crates.
fn depending_on<const N: usize>(dependencies: &str, crates: [Crate; N]) -> Workspace {
    let story = Workspace::depending_on(dependencies, Registry::with(crates));
    let manifest = fs::read_to_string(story.root().join("Cargo.toml")).expect("the manifest");
    story.write(
        "Cargo.toml",
        manifest.replace("[package]", "[package]\nlicense = \"MIT\""),
    );
    story
}

/// The exit code of a check under this configuration.
#[track_caller]
fn check(story: &Workspace, deny: &str) -> Option<i32> {
    story.write("deny.toml", deny);
    let outcome = story.run(&["check"]);
    assert!(matches!(outcome.code, Some(0 | 1)), "{outcome:?}");
    outcome.code
}

/// Terms that nobody has classified; cargo-deny knows the file by the hash 0x871028a8.
const ODD_TERMS: &str = "Anyone may use this on Tuesdays, and sell it never.\r\n";

#[test]
fn a_clarification_holds_while_the_file_has_its_hash() {
    let odd = Crate::new("odd", "1.0.0").file("LICENSE", ODD_TERMS);
    let story = depending_on("odd = \"1\"", [odd]);
    let clarified = |hash: &str| {
        format!(
            "[licenses]\nallow = [\"MIT\", \"LicenseRef-tuesday\"]\n\
             [[licenses.clarify]]\ncrate = \"odd\"\nexpression = \"LicenseRef-tuesday\"\n\
             license-files = [{{ path = \"LICENSE\", hash = {hash} }}]\n"
        )
    };
    assert_eq!(check(&story, &clarified("0x871028a9")), Some(1));
    assert_eq!(check(&story, &clarified("0x871028a8")), Some(0));
    // What it says is bound to the file in the policy that takes its place, too.
    assert_eq!(story.run(&["init"]).code, Some(0));
    let policy = fs::read_to_string(story.root().join("airights.toml")).expect("the policy");
    assert!(
        policy.contains("license = \"LicenseRef-tuesday\"\nfiles = [{ path = \"LICENSE\", sha256"),
        "{policy}"
    );
    assert_eq!(story.run(&["check"]).code, Some(0));
}

#[test]
fn a_clarification_may_name_any_file() {
    let strong = Crate::new("strong", "1.0.0")
        .license("GPL-3.0-only")
        .file("src/terms.rs", ODD_TERMS);
    let story = depending_on("strong = \"1\"", [strong]);
    for (path, hash, code) in [
        ("./src/terms.rs", "0x871028a8", 0),
        ("src/terms.rs", "0x871028a9", 1),
        ("src/gone.rs", "0x871028a8", 1),
    ] {
        let deny = format!(
            "[licenses]\nallow = [\"MIT\"]\n[[licenses.clarify]]\ncrate = \"strong\"\nexpression = \"MIT\"\n\
             license-files = [{{ path = \"{path}\", hash = {hash} }}]\n"
        );
        assert_eq!(check(&story, &deny), Some(code), "{path} {hash}");
    }
}

#[test]
fn what_is_excluded_takes_along_what_only_it_brings_in() {
    let crates = [
        Crate::new("left", "1.0.0").license("MIT").dependency("strong", "1"),
        Crate::new("strong", "1.0.0").license("GPL-3.0-only"),
    ];
    let story = depending_on("left = \"1\"", crates);
    let licenses = "[licenses]\nallow = [\"MIT\"]\n";
    assert_eq!(check(&story, licenses), Some(1));
    for exclude in ["left", "left@1.0.0", "strong"] {
        assert_eq!(
            check(&story, &format!("{licenses}[graph]\nexclude = [\"{exclude}\"]\n")),
            Some(0)
        );
    }
    assert_eq!(
        check(&story, &format!("{licenses}[graph]\nexclude = [\"left@2.0.0\"]\n")),
        Some(1)
    );
}

#[test]
fn what_is_never_published_may_be_no_root() {
    let story = depending_on("", [Crate::new("strong", "1.0.0").license("GPL-3.0-only")]);
    let manifest = fs::read_to_string(story.root().join("Cargo.toml")).expect("the manifest");
    story.write("Cargo.toml", format!("{manifest}\n[workspace]\nmembers = [\"tool\"]\n"));
    story.write(
        "tool/Cargo.toml",
        "[package]\nname = \"tool\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"MIT\"\npublish = false\n\
         [dependencies]\nstrong = \"1\"\n",
    );
    story.write("tool/src/lib.rs", "");
    let licenses = "[licenses]\nallow = [\"MIT\"]\n";
    assert_eq!(check(&story, licenses), Some(1));
    assert_eq!(story.run(&["check", "--exclude-unpublished"]).code, Some(0));
    assert_eq!(
        check(&story, &format!("{licenses}[graph]\nexclude-unpublished = true\n")),
        Some(0)
    );
}

#[test]
fn what_is_private_is_nobody_elses_business() {
    let story = depending_on("", []);
    let package = |name: &str, publish: &str| {
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\nlicense = \"LicenseRef-house\"\n\
             publish = {publish}\n"
        )
    };
    story.write("../side/Cargo.toml", package("side", "false"));
    story.write("../side/src/lib.rs", "");
    let dependencies = "[dependencies]\nside = { path = \"../side\" }\n[workspace]\n";
    story.write("Cargo.toml", package("app", "[\"house\"]") + dependencies);
    let policy = |private: &str| format!("[licenses]\nallow = [\"MIT\"]\nprivate = {{ {private} }}\n");
    assert_eq!(check(&story, &policy("registries = [\"house\"]")), Some(1));
    assert_eq!(check(&story, &policy("ignore = true")), Some(1));
    assert_eq!(
        check(&story, &policy("ignore = true, registries = [\"house\"]")),
        Some(0)
    );
}

#[test]
fn ids_that_spdx_has_given_up_allow_what_they_meant() {
    let crates = [
        Crate::new("views", "1.0.0").license("BSD-2-Clause-FreeBSD"),
        Crate::new("classpath", "1.0.0").license("GPL-2.0-with-classpath-exception"),
        Crate::new("later", "1.0.0").license("GPL-2.0+"),
    ];
    let story = depending_on("views = \"1\"\nclasspath = \"1\"\nlater = \"1\"", crates);
    let allow = "[licenses]\nallow = [\"MIT\", \"BSD-2-Clause-FreeBSD\", \"GPL-2.0-with-classpath-exception\"";
    assert_eq!(check(&story, &format!("{allow}, \"GPL-2.0-or-later\"]\n")), Some(0));
    assert_eq!(check(&story, &format!("{allow}]\n")), Some(1));
}
