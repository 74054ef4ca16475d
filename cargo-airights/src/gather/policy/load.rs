//! Finding the policy file and reading it from disk.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use airights::{Excerpt, Policy};

use super::problem::PolicyProblem;
use super::{GraphTable, LoadedPolicy, parse, parse_deny_toml};

/// Where to look for a policy.
#[derive(Clone, Debug, Default)]
pub struct PolicyOptions {
    /// `--policy`: the file to read. One named `deny.toml` is read as cargo-deny's.
    pub path: Option<PathBuf>,
    /// The workspace root, or the current directory: where `airights.toml` and `deny.toml` are looked for.
    pub root: PathBuf,
}

/// No policy is as long as this, in bytes; a larger file is something else.
const MAX_BYTES: u64 = 1 << 20;

const OWN: &str = "airights.toml";
const DENY: &str = "deny.toml";

/// Loads the policy: the file that was asked for; otherwise the root's `airights.toml`; otherwise the `[licenses]` of
/// its `deny.toml`; otherwise [`Policy::built_in`].
///
/// # Errors
///
/// Every problem there is, where at least one is an error: the file cannot be read, or something in it is wrong.
pub fn load(options: &PolicyOptions) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    if let Some(path) = &options.path {
        let name = with_slashes(path);
        let is_deny_toml = path.file_name().is_some_and(|name| name == DENY);
        return load_file(path, &name, Path::new(""), is_deny_toml);
    }
    for (name, is_deny_toml) in [(OWN, false), (DENY, true)] {
        let path = options.root.join(name);
        if exists(&path) {
            return load_file(&path, name, &options.root, is_deny_toml);
        }
    }
    Ok(LoadedPolicy {
        policy: Policy::built_in(),
        graph: GraphTable::default(),
        problems: Vec::new(),
    })
}

/// Loads one file. `name` is what reports call it; the names of files it extends start from `folder`.
fn load_file(path: &Path, name: &str, folder: &Path, is_deny_toml: bool) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    let bytes = read_bytes(path).map_err(|reason| {
        let problem = PolicyProblem::error(format!("failed to read policy `{name}`: {reason}"));
        vec![problem.at(Excerpt::whole_file(name))]
    })?;
    let text = String::from_utf8(bytes).map_err(|error| vec![not_utf8(name, &error)])?;
    if is_deny_toml {
        return parse_deny_toml(name, &text);
    }
    parse(name, &text, &mut |path| {
        let bytes = read_bytes(&folder.join(path))?;
        String::from_utf8(bytes).map_err(|error| format!("it is not UTF-8 ({})", error.utf8_error()))
    })
}

/// Whether there is something by that name, be it readable or not: a policy that cannot be read must not be passed
/// over for a milder one.
pub(super) fn exists(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound)
}

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let in_words = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => error.to_string(),
    };
    let file = File::open(path).map_err(in_words)?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err("it is a directory".to_owned());
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(in_words)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("it is larger than {} MiB", MAX_BYTES >> 20));
    }
    Ok(bytes)
}

pub(super) fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> PolicyProblem {
    let start = error.utf8_error().valid_up_to();
    // What precedes the bad byte is valid, so it stands at the same place in the repaired text.
    let repaired = String::from_utf8_lossy(error.as_bytes());
    let end = start + char::REPLACEMENT_CHARACTER.len_utf8();
    PolicyProblem::error(format!("`{name}` is not UTF-8"))
        .label("this byte belongs to no character")
        .help("save the file as UTF-8".to_owned())
        .at(Excerpt::of(name, &repaired, start..end))
}

pub(super) fn with_slashes(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if cfg!(windows) {
        shown.replace('\\', "/")
    } else {
        shown.into_owned()
    }
}
