//! A workspace in a temporary directory, with a cargo home and a cache of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::Registry;

/// A directory to tell a story in. It goes when the story ends.
pub(crate) struct Workspace {
    directory: TempDir,
    registry: Option<Registry>,
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Outcome {
    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in: {self:?}"))
    }
}

impl Workspace {
    /// A package `app` with these dependency lines, on a registry.
    pub(crate) fn depending_on(dependencies: &str, registry: Registry) -> Self {
        let workspace = Self::empty(Some(registry));
        workspace.write("src/lib.rs", "");
        let manifest = format!(
            "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n{dependencies}\n"
        );
        workspace.write("Cargo.toml", &manifest);
        workspace
    }

    /// A directory with nothing in it.
    pub(crate) fn empty(registry: Option<Registry>) -> Self {
        let workspace = Self {
            directory: tempfile::tempdir().expect("a temporary directory"),
            registry,
        };
        std::fs::create_dir_all(workspace.root()).expect("a temporary directory");
        std::fs::create_dir_all(workspace.cargo_home()).expect("a temporary directory");
        if let Some(registry) = &workspace.registry {
            registry.configure(&workspace.cargo_home());
        }
        workspace
    }

    /// Lets cargo know another registry by a name.
    pub(crate) fn knows(&self, name: &str, registry: &Registry) {
        self.configure(&format!("[registries.{name}]\nindex = \"{}\"\n", registry.index()));
    }

    /// Adds lines to the configuration in cargo's home.
    pub(crate) fn configure(&self, lines: &str) {
        let file = self.cargo_home().join("config.toml");
        let before = std::fs::read_to_string(&file).unwrap_or_default();
        std::fs::write(file, format!("{before}\n{lines}")).expect("a file in a temporary directory");
    }

    /// Where the workspace is.
    pub(crate) fn root(&self) -> PathBuf {
        self.directory.path().join("work")
    }

    /// Where this story's cargo keeps what it downloads.
    pub(crate) fn cargo_home(&self) -> PathBuf {
        self.directory.path().join("cargo")
    }

    /// Where this story's cache is.
    pub(crate) fn cache(&self) -> PathBuf {
        self.directory.path().join("cache")
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().expect("a file in the workspace")).expect("a temporary directory");
        std::fs::write(&path, content).expect("a file in a temporary directory");
        path
    }

    /// The program with this story's surroundings, ready to run in the workspace.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-airights"));
        command.current_dir(self.root()).env("CARGO_HOME", self.cargo_home());
        command
            .env("CARGO_AIRIGHTS_CACHE_DIR", self.cache())
            .env("NO_COLOR", "1");
        // What the test runner's own cargo set is none of the story's business.
        for name in [
            "CARGO",
            "CARGO_MANIFEST_DIR",
            "CARGO_TARGET_DIR",
            "RUSTC_WRAPPER",
            "CARGO_BUILD_TARGET",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs `cargo airights` with these arguments.
    #[track_caller]
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_with(&[], arguments)
    }

    /// Runs `cargo airights` with these variables and arguments.
    #[track_caller]
    pub(crate) fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Outcome {
        let mut command = self.command();
        command.arg("airights").args(arguments).envs(variables.iter().copied());
        self.outcome(&mut command)
    }

    /// Runs `cargo airights` where no file can grow beyond so many bytes, which is what a full disk looks like.
    #[cfg(unix)]
    #[track_caller]
    pub(crate) fn run_with_room_for(&self, bytes: usize, arguments: &[&str]) -> Outcome {
        let program = self.command();
        let mut shell = Command::new("sh");
        // The limit counts blocks of 512 bytes. Without the trap whoever reaches it is killed, as a full disk kills nobody.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", bytes / 512);
        shell
            .args(["-c", &script, "sh"])
            .arg(program.get_program())
            .args(arguments);
        shell.current_dir(self.root());
        for (name, value) in program.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        self.outcome(&mut shell)
    }

    #[track_caller]
    fn outcome(&self, command: &mut Command) -> Outcome {
        let output = command.output().expect("the program runs");
        Outcome {
            code: output.status.code(),
            out: self.redact(&output.stdout),
            err: self.redact(&output.stderr),
        }
    }

    /// A file of the workspace as it is now.
    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).expect("a file of the workspace")
    }

    /// Leaves what a run leaves that is killed while it replaces the manifest, the lockfile and a third file, after it has
    /// written this one. Where its note on it is.
    pub(crate) fn killed_after_writing(&self, written: &str, text: &str) -> PathBuf {
        let place = |name: &str| self.real_root().join(name).display().to_string();
        let replaced = |name: &str| {
            let before = std::fs::read_to_string(self.root().join(name)).ok();
            let after = if name == written { text } else { "never written" };
            (
                place(name),
                serde_json::json!({ "before": before, "after": digest(after) }),
            )
        };
        let names = BTreeSet::from(["Cargo.toml", "Cargo.lock", written]);
        let files: serde_json::Map<_, _> = names.into_iter().map(replaced).collect();
        self.write(written, text);
        let folder = self.real_root().join(written);
        let folder = folder.parent().expect("a file is in a folder").display().to_string();
        self.note(&serde_json::json!({ "files": files, "made": {}, "folders": { folder: false } }))
    }

    /// The same, after it has made a directory that holds one file.
    pub(crate) fn killed_after_making(&self, place: &str, file: &str, text: &str) -> PathBuf {
        self.write(&format!("{place}/{file}"), text);
        let path = |name: &str| self.real_root().join(name).display().to_string();
        let manifest = serde_json::json!({ "before": self.read("Cargo.toml"), "after": digest("never written") });
        let above = place.split_once('/').expect("a folder around it").0;
        self.note(&serde_json::json!({
            "files": { path("Cargo.toml"): manifest },
            "made": { path(place): { file: digest(text) } },
            "folders": { path(above): true },
        }))
    }

    fn note(&self, note: &serde_json::Value) -> PathBuf {
        let notes = self.cache().join("undo");
        std::fs::create_dir_all(&notes).expect("a temporary directory");
        let name = &digest(self.real_root().as_os_str().as_encoded_bytes())[..32];
        let path = notes.join(name);
        std::fs::write(&path, note.to_string()).expect("a note");
        // As others may not write it.
        #[cfg(unix)]
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("our own file");
        path
    }

    fn real_root(&self) -> PathBuf {
        std::fs::canonicalize(self.root()).expect("a temporary directory")
    }

    /// Runs cargo itself, without us.
    #[track_caller]
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(self.root());
        command.env("CARGO_HOME", self.cargo_home()).env_remove("CARGO");
        for name in ["CARGO_TARGET_DIR", "RUSTC_WRAPPER", "CARGO_BUILD_TARGET", "RUSTFLAGS"] {
            command.env_remove(name);
        }
        self.outcome(&mut command)
    }

    /// The text with what differs from run to run replaced.
    fn redact(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8_lossy(bytes);
        let canonical = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let root = canonical(&self.root());
        let home = canonical(&self.cargo_home());
        text.replace(&*root.to_string_lossy(), "[ROOT]")
            .replace(&*home.to_string_lossy(), "[CARGO_HOME]")
            .replace(&*self.root().to_string_lossy(), "[ROOT]")
    }
}

/// The SHA-256 of a text, in hex.
fn digest(text: impl AsRef<[u8]>) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
