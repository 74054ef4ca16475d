use std::fs;
use std::path::Path;

use super::*;
use crate::lock::{ProjectLock, leftover};

/// A project with a manifest and a lockfile, and a cache of its own.
struct Fixture {
    directory: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("Cargo.toml"), "before").unwrap();
        fs::write(directory.path().join("Cargo.lock"), "before\r\n").unwrap();
        Self { directory }
    }

    fn root(&self) -> &Path {
        self.directory.path()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn lock(&self) -> ProjectLock {
        ProjectLock::hold(self.root(), || panic!("nobody else is here"))
    }

    /// Changes both files, makes a new one, and is cut short there.
    fn cut_short(&self) {
        let [manifest, lockfile, new] = ["Cargo.toml", "Cargo.lock", "a/b/new"].map(|name| self.path(name));
        let edits = [
            edit(&manifest, Some("before"), Some("after")),
            edit(&lockfile, Some("before\r\n"), Some("after\n")),
            edit(&new, None, Some("new")),
        ];
        std::mem::forget(self.lock().change(&[], &edits).unwrap());
    }
}

fn edit<'a>(path: &'a Path, before: Option<&'a str>, after: Option<&'a str>) -> Edit<'a> {
    Edit { path, before, after }
}

/// A file that can be read, in a directory that takes no other. As good as a full disk, whoever runs the tests.
#[cfg(target_os = "linux")]
#[test]
fn where_one_file_finds_no_room_none_is_changed() {
    let project = Fixture::new();
    let manifest = project.path("Cargo.toml");
    let full = Path::new("/proc/self/comm");
    let comm = fs::read_to_string(full).unwrap();
    let edits = [
        edit(&manifest, Some("before"), Some("after")),
        edit(full, Some(&comm), Some("after")),
    ];
    let error = project.lock().change(&[], &edits).unwrap_err();
    assert!(matches!(error, WriteError::Write { .. }), "{error:?}");
    assert_eq!(project.text("Cargo.toml"), "before");
    assert_eq!(fs::read_dir(project.root()).unwrap().count(), 2, "something was left");
}

#[test]
fn what_was_replaced_made_and_removed_can_be_put_back() {
    let project = Fixture::new();
    let [manifest, lockfile, new] = ["Cargo.toml", "Cargo.lock", "a/new"].map(|name| project.path(name));
    let directory = NewDirectory {
        place: project.path("third-party/copy"),
        files: BTreeMap::from([(PathBuf::from("src/lib.rs"), b"//".to_vec())]),
    };
    let edits = [
        edit(&lockfile, Some("before\r\n"), Some("after\n")),
        edit(&new, None, Some("new")),
        edit(&manifest, Some("before"), None),
    ];
    let undo = project.lock().change(&[directory], &edits).unwrap();
    assert_eq!(project.text("Cargo.lock"), "after\r\n");
    assert!(new.exists() && !manifest.exists() && project.path("third-party/copy/src/lib.rs").exists());
    undo.put_back().unwrap();
    assert_eq!(project.text("Cargo.lock"), "before\r\n");
    assert_eq!(project.text("Cargo.toml"), "before");
    assert!(!project.path("a").exists() && !project.path("third-party").exists());
    assert_eq!(project.lock().recover().unwrap(), None);
}

#[test]
fn what_is_not_as_it_was_read_is_not_replaced() {
    let project = Fixture::new();
    let manifest = project.path("Cargo.toml");
    for before in [Some("other"), None] {
        let error = project.lock().change(&[], &[edit(&manifest, before, Some("after"))]);
        assert!(matches!(error, Err(WriteError::Changed(path)) if path == manifest));
    }
    let gone = project.path("gone");
    let error = project
        .lock()
        .change(&[], &[edit(&gone, Some("it was there"), Some("after"))]);
    assert!(matches!(error, Err(WriteError::Changed(path)) if path == gone));
    assert_eq!(project.text("Cargo.toml"), "before");
}

#[test]
fn what_was_cut_short_in_the_middle_is_taken_back() {
    let project = Fixture::new();
    project.cut_short();
    fs::write(project.path("Cargo.toml"), "before").unwrap();
    fs::write(project.path("a/b/.airights-abcdef.tmp"), "half a").unwrap();
    let written = vec![project.path("Cargo.lock"), project.path("a/b/new")];
    assert_eq!(leftover(project.root()), Some(Leftover::Half(written.clone())));
    assert_eq!(
        project.text("Cargo.lock"),
        "after\r\n",
        "who only reads changes nothing"
    );
    assert_eq!(project.lock().recover().unwrap(), Some(Leftover::Half(written)));
    assert_eq!(project.text("Cargo.lock"), "before\r\n");
    assert!(!project.path("a").exists());
    assert_eq!(leftover(project.root()), None);
}

#[test]
fn what_was_written_to_its_end_stays() {
    let project = Fixture::new();
    project.cut_short();
    assert!(matches!(project.lock().recover().unwrap(), Some(Leftover::Whole(paths)) if paths.len() == 3));
    assert_eq!(project.text("Cargo.toml"), "after");
    assert_eq!(project.lock().recover().unwrap(), None);
}

#[test]
fn what_somebody_has_changed_since_is_theirs() {
    for name in ["Cargo.toml", "Cargo.lock", "a/b/new"] {
        let project = Fixture::new();
        project.cut_short();
        fs::write(project.path("Cargo.lock"), "before\r\n").unwrap();
        fs::write(project.path(name), "by hand").unwrap();
        let changed = Some(Leftover::Changed(vec![project.path(name)]));
        assert_eq!(leftover(project.root()), changed);
        assert_eq!(project.lock().recover().unwrap(), changed);
        assert_eq!(project.text(name), "by hand");
        assert_eq!(project.lock().recover().unwrap(), None);
        assert_eq!(project.text(name), "by hand");
    }
}

#[test]
fn a_change_that_goes_wrong_takes_back_no_work_of_others() {
    let project = Fixture::new();
    let [manifest, lockfile] = ["Cargo.toml", "Cargo.lock"].map(|name| project.path(name));
    let edits = [
        edit(&manifest, Some("before"), Some("after")),
        edit(&lockfile, Some("before\r\n"), Some("after\n")),
    ];
    let undo = project.lock().change(&[], &edits).unwrap();
    fs::write(&manifest, "by hand").unwrap();
    assert!(matches!(undo.put_back(), Err(WriteError::NotPutBack(paths)) if paths == [manifest]));
    assert_eq!(project.text("Cargo.toml"), "by hand");
    assert_eq!(project.text("Cargo.lock"), "after\r\n");
}

#[test]
fn who_comes_second_waits() {
    let project = Fixture::new();
    let held = project.lock();
    assert_eq!(leftover(project.root()), None);
    std::thread::scope(|scope| {
        let (says, hears) = std::sync::mpsc::channel();
        let root = project.root();
        let second = scope.spawn(move || {
            let _held = ProjectLock::hold(root, || says.send(()).unwrap());
        });
        hears.recv().unwrap();
        assert!(!second.is_finished());
        drop(held);
        second.join().unwrap();
    });
}

/// A note says what is to be written where, so one that somebody else may have written says nothing.
#[cfg(unix)]
#[test]
fn a_note_that_others_may_write_is_not_believed() {
    use std::os::unix::fs::PermissionsExt;
    let project = Fixture::new();
    project.cut_short();
    fs::write(project.path("Cargo.toml"), "before").unwrap();
    let note = note::place(project.root()).unwrap();
    fs::set_permissions(&note, fs::Permissions::from_mode(0o620)).unwrap();
    assert_eq!(project.lock().recover().unwrap(), None);
    assert_eq!(project.text("Cargo.lock"), "after\r\n");
    fs::remove_file(note).unwrap();
}
