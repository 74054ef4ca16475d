//! Reading what others wrote: regular files, up to a bound in bytes. Nothing here waits for whoever writes into a pipe, or
//! reads on for as long as a device has more.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// The most that is read of a file, in bytes, by what it is: far more than any honest one has.
pub mod most {
    /// A `Cargo.toml`. The largest known has two of them.
    pub const MANIFEST: u64 = 16 << 20;
    /// A `Cargo.lock`. One of twenty thousand packages has six.
    pub const LOCKFILE: u64 = 128 << 20;
    /// A file of configuration: cargo's, rustup's, a policy.
    pub const CONFIGURATION: u64 = 1 << 20;
    /// A saved answer of `cargo metadata`. That of twenty thousand packages has fifty.
    pub const METADATA: u64 = 1 << 30;
    /// A report or a baseline that was saved. One with ten thousand findings has fifty.
    pub const REPORT: u64 = 1 << 30;
    /// A text that a person is to read: a license, a notice, an advisory.
    pub const TEXT: u64 = 4 << 20;
    /// A file that this tool has cached.
    pub const CACHED: u64 = 256 << 20;
}

/// What a regular file holds.
///
/// # Errors
///
/// Where it cannot be read, is not a regular file, or holds more than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, length) = open(path)?;
    read_from(file, length, most)
}

fn read_from(file: File, length: u64, most: u64) -> io::Result<Vec<u8>> {
    if length > most {
        return Err(too_large(most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    // The length may be a lie, as it is under `/proc`, or grow meanwhile.
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

/// The text that a regular file holds.
///
/// # Errors
///
/// As with [`read`], and where it is not UTF-8.
pub fn read_to_string(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not UTF-8"))
}

/// Opens a regular file, and returns it with its length.
///
/// # Errors
///
/// Where it cannot be opened, or is not a regular file.
pub fn open(path: &Path) -> io::Result<(File, u64)> {
    // To open a pipe is to wait for whoever writes into it, so what it is comes first.
    refuse_others(&fs::metadata(path)?)?;
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    refuse_others(&metadata)?;
    Ok((file, metadata.len()))
}

/// Opens a file that this tool has written for this user, and returns it with its length.
///
/// # Errors
///
/// As with [`open`], and where another user owns it or may write into it: a cache directory may be shared.
pub fn open_ours(path: &Path) -> io::Result<(File, u64)> {
    let (file, length) = open(path)?;
    if is_ours(&file.metadata()?) {
        Ok((file, length))
    } else {
        Err(io::Error::new(
            ErrorKind::PermissionDenied,
            "another user may have written it",
        ))
    }
}

/// What a file holds that this tool has written for this user.
///
/// # Errors
///
/// As with [`open_ours`], and where it holds more than `most` bytes.
pub fn read_ours(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, length) = open_ours(path)?;
    read_from(file, length, most)
}

/// Whether nobody but this user and the superuser can have written a file. Everybody who may be somebody else here has
/// Unix's permissions; elsewhere a cache directory is one user's own.
#[cfg(unix)]
fn is_ours(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    const WRITABLE_BY_OTHERS: u32 = 0o022;
    let is_trusted = metadata.uid() == 0 || metadata.uid() == rustix::process::geteuid().as_raw();
    is_trusted && metadata.mode() & WRITABLE_BY_OTHERS == 0
}

#[cfg(not(unix))]
fn is_ours(_: &fs::Metadata) -> bool {
    true
}

fn refuse_others(metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "it is a directory"));
    }
    if metadata.is_file() {
        Ok(())
    } else {
        Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"))
    }
}

fn too_large(most: u64) -> io::Error {
    io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {most} bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        assert_eq!(read_to_string(&path, 4).unwrap(), "four");
        let error = read(&path, 3).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert_eq!(error.to_string(), "it is larger than 3 bytes");
        fs::write(&path, b"\xff").unwrap();
        assert_eq!(read_to_string(&path, 4).unwrap_err().kind(), ErrorKind::InvalidData);
        let kind = |path: &Path| read(path, 4).unwrap_err().kind();
        assert_eq!(kind(directory.path()), ErrorKind::IsADirectory);
        assert_eq!(kind(&directory.path().join("absent")), ErrorKind::NotFound);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let directory = tempfile::tempdir().unwrap();
        let pipe = directory.path().join("pipe");
        assert!(
            std::process::Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            assert_eq!(
                read(path, 4).unwrap_err().to_string(),
                "it is not a regular file",
                "{path:?}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_others_may_have_written_is_not_ours() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        fs::write(&path, "ours").unwrap();
        for (mode, is_believed) in [
            (0o600, true),
            (0o644, true),
            (0o664, false),
            (0o646, false),
            (0o666, false),
        ] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(read_ours(&path, 4).is_ok(), is_believed, "{mode:o}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        // Only the superuser can give a file away.
        if std::os::unix::fs::chown(&path, Some(12345), None).is_ok() && rustix::process::geteuid().is_root() {
            assert!(read_ours(&path, 4).is_err());
        }
    }

    /// Under `/proc` a file says that it is empty.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_length_that_is_a_lie_does_no_harm() {
        let path = Path::new("/proc/self/maps");
        assert!(!read(path, 1 << 20).unwrap().is_empty());
        assert_eq!(read(path, 4).unwrap_err().kind(), ErrorKind::FileTooLarge);
    }
}
