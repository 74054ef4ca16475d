//! Asks cargo which files a package would be made of.

use std::error::Error as _;
use std::path::{Path, PathBuf};

use airights_cargo::graph::PackageManifest;
use airights_cargo::program::{CargoError, cargo, output};
use airights_facts::ListedFile;

/// How cargo is asked.
#[derive(Clone, Debug, Default)]
pub struct ListOptions {
    /// The flags it was called with that matter here: `--locked`, `--offline`, `--frozen`.
    pub flags: Vec<String>,
}

/// What cargo writes itself into a `.crate`.
const WRITTEN_BY_CARGO: [&str; 3] = ["Cargo.lock", "Cargo.toml.orig", ".cargo_vcs_info.json"];

/// The files of the `.crate` that cargo would make of a package.
pub(super) fn list(manifest: &PackageManifest, options: &ListOptions) -> Result<Vec<ListedFile>, String> {
    let mut command = cargo();
    // What was not committed yet is published all the same once it is, and it is what the author looks at now.
    command.args(["package", "--list", "--allow-dirty", "--quiet", "--color", "never"]);
    // It makes a target directory, and holds it against others that list at the same time.
    let target = tempfile::tempdir().map_err(|error| format!("cannot make a temporary directory: {error}"))?;
    command.arg("--target-dir").arg(target.path());
    command
        .args(&options.flags)
        .arg("--manifest-path")
        .arg(&manifest.manifest_path);
    let output = output(&mut command).map_err(|error| match error {
        // Its warnings are about other matters.
        CargoError::Failed { words, .. } => {
            format!("`cargo package --list` failed\ncargo says:\n{}", errors(&words))
        }
        error => match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        },
    })?;
    let paths = String::from_utf8(output.stdout).map_err(|_| "a file has a name that is not Unicode".to_owned())?;
    let paths = paths.lines().map(|path| path.replace('\\', "/"));
    Ok(paths.map(|path| listed(path, manifest)).collect())
}

/// Cargo's words from the first error on.
fn errors(words: &str) -> &str {
    let start = words.find("error:").unwrap_or(0);
    words[start..].trim()
}

fn listed(path: String, manifest: &PackageManifest) -> ListedFile {
    let on_disk = match path.as_str() {
        "Cargo.toml" => Some(manifest.manifest_path.clone()),
        written if WRITTEN_BY_CARGO.contains(&written) => None,
        path => on_disk(path, manifest),
    };
    ListedFile { path, on_disk }
}

/// The file a path in the `.crate` comes from. Cargo follows links, and takes what `license-file` and `readme` name outside
/// the package into its root.
fn on_disk(path: &str, manifest: &PackageManifest) -> Option<PathBuf> {
    let is_named_so = |named: &&String| Path::new(named).file_name().is_some_and(|name| name == path);
    let from_outside = [&manifest.license_file, &manifest.readme]
        .into_iter()
        .flatten()
        .find(is_named_so);
    let inside = manifest.directory.join(path);
    let found = match from_outside {
        Some(named) if !inside.is_file() => manifest.directory.join(named),
        _ => inside,
    };
    // A pipe would wait for somebody to write to it.
    found.canonicalize().ok().filter(|found| found.is_file())
}
