//! Which file judges, and what is said where it cannot be read.

use std::fs;
use std::path::{Path, PathBuf};

use airights::policy::PolicySource;
use tempfile::TempDir;

use super::plain;
use crate::{LoadedPolicy, PolicyOptions, PolicyProblem, load};

const POLICY: &str = "version = 1\n[licenses]\nallow = [\"MIT\"]\n";

/// A folder with some files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("it can be made");
        fs::write(path, bytes).expect("it can be written");
    }
    folder
}

fn load_in(root: &Path, path: Option<PathBuf>) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    load(&PolicyOptions {
        path,
        root: root.to_owned(),
    })
}

fn source_name(loaded: &LoadedPolicy) -> &str {
    match &loaded.policy.source {
        PolicySource::BuiltIn => "built in",
        PolicySource::File { path, .. } => path,
    }
}

#[test]
fn our_own_file_comes_before_that_of_cargo_deny_and_either_before_none() {
    let ours = ("airights.toml", POLICY.as_bytes());
    let theirs: (&str, &[u8]) = ("deny.toml", b"[licenses]\nallow = [\"MIT\"]\n");
    for (files, expected) in [
        (&[ours, theirs][..], "airights.toml"),
        (&[theirs], "deny.toml"),
        (&[], "built in"),
    ] {
        let folder = folder(files);
        let loaded = load_in(folder.path(), None).unwrap_or_else(|problems| panic!("{}", plain(&problems)));
        assert_eq!(source_name(&loaded), expected);
    }
}

#[test]
fn a_named_file_is_read_from_where_it_is() {
    let folder = folder(&[
        ("policies/ours.toml", b"version = 1\nextends = [\"base.toml\"]\n"),
        ("policies/base.toml", POLICY.as_bytes()),
        ("airights.toml", b"version = 2\n"),
        ("elsewhere/deny.toml", b"[licenses]\nallow = [\"ISC\"]\n"),
    ]);
    for name in ["policies/ours.toml", "elsewhere/deny.toml"] {
        let path = folder.path().join(name);
        let loaded = load_in(folder.path(), Some(path)).unwrap_or_else(|problems| panic!("{}", plain(&problems)));
        assert_eq!(loaded.policy.base.licenses.allow.len(), 1, "{name}");
        assert!(source_name(&loaded).ends_with(name), "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_no_policy() {
    let folder = folder(&[("airights.toml/file", b""), ("large.toml", &vec![b'\n'; (1 << 20) + 1])]);
    let problems = |path: Option<&str>| {
        let path = path.map(|name| folder.path().join(name));
        let problems = load_in(folder.path(), path).expect_err("there is no policy");
        assert_eq!(problems.len(), 1);
        assert!(
            problems[0].message.starts_with("failed to read policy `"),
            "{}",
            plain(&problems)
        );
        assert!(problems[0].help.is_some());
        problems[0].cause.clone().expect("a cause")
    };
    assert_eq!(problems(None), "it is a directory");
    assert_eq!(problems(Some("missing.toml")), "there is no such file");
    assert_eq!(problems(Some("large.toml")), "it is larger than 1 MiB");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_not_passed_over_for_a_milder_policy() {
    let folder = folder(&[]);
    std::os::unix::fs::symlink("nowhere.toml", folder.path().join("airights.toml")).expect("links can be made");
    let problems = load_in(folder.path(), None).expect_err("there is no policy");
    assert_eq!(problems[0].message, "failed to read policy `airights.toml`");
    assert_eq!(problems[0].cause.as_deref(), Some("there is no such file"));
}

#[test]
fn bytes_that_are_no_text_are_shown_where_they_are() {
    let folder = folder(&[("airights.toml", b"version = 1\n# caf\xe9 and more\n")]);
    let problems = load_in(folder.path(), None).expect_err("there is no policy");
    expect_test::expect![[r#"
        error: `airights.toml` is not UTF-8
          --> airights.toml:2:6
          | # caf� and more
          |      ^ this byte belongs to no character
          help: save the file as UTF-8
    "#]]
    .assert_eq(&plain(&problems));
}

#[test]
fn a_policy_is_found_where_cargo_deny_has_its_own_and_above_in_the_repository() {
    let theirs: &[u8] = b"[licenses]\nallow = [\"MIT\"]\n";
    let ours = POLICY.as_bytes();
    for (files, expected) in [
        (&[(".cargo/deny.toml", theirs)][..], ".cargo/deny.toml"),
        (&[(".deny.toml", theirs)], ".deny.toml"),
        (
            &[(".deny.toml", theirs), (".cargo/airights.toml", ours)],
            ".cargo/airights.toml",
        ),
    ] {
        let folder = folder(files);
        let loaded = load_in(folder.path(), None).unwrap_or_else(|problems| panic!("{}", plain(&problems)));
        assert_eq!(source_name(&loaded), expected);
    }
    let below = |files: &[(&str, &[u8])]| {
        let folder = folder(files);
        let root = folder.path().join("repository/code/rust");
        fs::create_dir_all(&root).expect("it can be made");
        let loaded = load_in(&root, None).unwrap_or_else(|problems| panic!("{}", plain(&problems)));
        source_name(&loaded).to_owned()
    };
    let git: (&str, &[u8]) = ("repository/.git/HEAD", b"");
    assert_eq!(below(&[git, ("repository/airights.toml", ours)]), "../../airights.toml");
    assert_eq!(
        below(&[git, ("repository/code/.cargo/deny.toml", theirs)]),
        "../.cargo/deny.toml"
    );
    let extending: &[u8] = b"version = 1\nextends = [\"team.toml\"]\n";
    let team = ("repository/team.toml", ours);
    assert_eq!(
        below(&[git, ("repository/airights.toml", extending), team]),
        "../../airights.toml"
    );
    // What stands above the repository, or where there is none, is another project's.
    assert_eq!(below(&[git, ("airights.toml", ours)]), "built in");
    assert_eq!(below(&[("repository/airights.toml", ours)]), "built in");
}

#[test]
fn a_file_of_cargo_deny_may_have_any_name() {
    let files: [(&str, &[u8]); 2] = [
        ("ci-deny.toml", b"[licenses]\nallow = [\"MIT\"]\n"),
        (
            "ci.toml",
            b"[licenses]\nallow = [\"MIT\"]\n[bans]\nmultiple-versions = \"deny\"\n",
        ),
    ];
    let folder = folder(&files);
    for (name, _) in files {
        let loaded = load_in(folder.path(), Some(folder.path().join(name)));
        assert!(loaded.is_ok(), "{name}");
    }
}

/// To open a pipe is to wait for whoever writes into it.
#[cfg(unix)]
#[test]
fn a_pipe_is_no_policy() {
    let folder = folder(&[]);
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("airights.toml"))
        .status();
    assert!(made.expect("mkfifo runs").success());
    let problems = load_in(folder.path(), None).expect_err("it is not a regular file");
    assert!(plain(&problems).contains("not a regular file"), "{}", plain(&problems));
}

#[test]
fn exceptions_beside_the_file_of_cargo_deny_are_granted() {
    let exceptions: &[u8] = b"exceptions = [{ allow = [\"MPL-2.0\"], crate = \"a\" }]\n";
    for name in ["deny.exceptions.toml", ".deny.exceptions.toml"] {
        let folder = folder(&[("deny.toml", b"[licenses]\nallow = [\"MIT\"]\n"), (name, exceptions)]);
        let loaded = load_in(folder.path(), None).unwrap_or_else(|problems| panic!("{}", plain(&problems)));
        let granted = loaded.policy.exceptions.first().expect("one is granted");
        assert_eq!((granted.krate.to_string().as_str(), granted.licenses.len()), ("a", 1));
        assert_eq!(granted.at.as_ref().map(|at| at.path.as_str()), Some(name));
    }
}
