//! Writing the user's files: whole or not at all.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes beside the file and renames, so that there is always either the old one or the new one.
///
/// # Errors
///
/// Where it cannot be written; then the old one stands.
pub(crate) fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    Staged::beside(path, text)?.take_place()
}

/// The text with the ends of lines that the file has which it takes the place of: editors of TOML know only `\n`.
pub fn with_ends_of(before: Option<&str>, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    match before {
        Some(before) if before.replace("\r\n", "\n") == plain => before.to_owned(),
        Some(before) if before.contains("\r\n") => plain.replace('\n', "\r\n"),
        _ => text.to_owned(),
    }
}

/// A text on the disk beside the file whose place it is to take: all there, before anything changes.
pub(crate) struct Staged {
    file: NamedTempFile,
    place: PathBuf,
}

impl Staged {
    /// Writes a text beside a place, which may be empty yet.
    pub(crate) fn beside(path: &Path, text: &str) -> io::Result<Self> {
        // A link is followed, so that it stays a link.
        let there = path.canonicalize().ok();
        let place = there.as_deref().unwrap_or(path).to_owned();
        let directory = folder_of(&place);
        fs::create_dir_all(directory)?;
        let mut builder = temporary();
        #[cfg(unix)]
        builder.permissions(ordinary());
        let mut file = builder.tempfile_in(directory)?;
        file.write_all(text.as_bytes())?;
        if there.is_some() {
            fs::set_permissions(file.path(), fs::metadata(&place)?.permissions())?;
        }
        file.as_file().sync_all()?;
        Ok(Self { file, place })
    }

    /// Puts it into its place.
    pub(crate) fn take_place(self) -> io::Result<()> {
        self.file.persist(&self.place).map_err(|error| error.error)?;
        Ok(())
    }
}

/// The directory that something is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// What names files that are there only while something is written.
pub(crate) fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".airights-").suffix(".tmp");
    builder
}

/// Whether a file of this name is one of them.
pub(crate) fn is_temporary(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".airights-") && name.ends_with(b".tmp")
}

/// What a new file may be used for: as everywhere, with what the user's mask takes away taken away.
#[cfg(unix)]
fn ordinary() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}
