//! Opens a file of a package with every caution: bounded, never through a link that leads elsewhere, never blocking.

use std::cell::{OnceCell, RefCell};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use airights::facts::ProblemKind;

/// Larger files are not read. The longest license texts known are a tenth of this.
pub(super) const MAX_BYTES: u64 = 4 << 20;

/// The directories in which a link may end: the package's own, and for a local package its workspace or checkout. And what
/// was looked at within.
#[derive(Debug, Default)]
pub(super) struct Boundary {
    directories: Vec<PathBuf>,
    resolved: OnceCell<Vec<PathBuf>>,
    looked_at: RefCell<LookedAt>,
}

impl Boundary {
    /// A boundary around some directories.
    pub(super) fn around(directories: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            directories: directories.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Notes that a file was read, or looked for.
    pub(super) fn note(&self, path: PathBuf) {
        self.looked_at.borrow_mut().files.push(path);
    }

    /// Notes that a directory was listed, or the head of a source file read, where files by the dozen say nothing.
    pub(super) fn note_in_passing(&self, path: PathBuf) {
        self.looked_at.borrow_mut().in_passing.push(path);
    }

    /// What was looked at.
    pub(super) fn looked_at(self) -> LookedAt {
        self.looked_at.into_inner()
    }

    /// Where `path` really is, or why it may not be read.
    fn resolve(&self, path: &Path) -> Result<PathBuf, ProblemKind> {
        let target = fs::canonicalize(path).map_err(|error| problem(&error))?;
        let resolve_all = || self.directories.iter().flat_map(fs::canonicalize).collect();
        let is_inside = self
            .resolved
            .get_or_init(resolve_all)
            .iter()
            .any(|directory| target.starts_with(directory));
        if is_inside {
            Ok(target)
        } else {
            Err(ProblemKind::OutsidePackage)
        }
    }
}

/// The places a reading looked at.
#[derive(Debug, Default)]
pub(super) struct LookedAt {
    /// Files that were read, or looked for.
    pub(super) files: Vec<PathBuf>,
    /// Directories that were listed, and source files of which the heads were read.
    pub(super) in_passing: Vec<PathBuf>,
}

/// How the path to a file was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A directory lists it as a file.
    Listed,
    /// A directory lists it as a link, which may lead anywhere.
    Link,
    /// A manifest names it, which may be anything.
    Named,
}

/// The bytes of a file.
///
/// # Errors
///
/// What is wrong with the file, as a fact of the package.
pub(super) fn read(path: &Path, way: Way, boundary: &Boundary) -> Result<Vec<u8>, ProblemKind> {
    boundary.note(path.to_owned());
    let resolved = match way {
        Way::Listed => None,
        Way::Named => Some(boundary.resolve(path)?),
        Way::Link => Some(boundary.resolve(path).map_err(|problem| match problem {
            ProblemKind::Missing => ProblemKind::Unreadable("it is a link that leads nowhere".to_owned()),
            problem => problem,
        })?),
    };
    let path = resolved.as_deref().unwrap_or(path);
    // Opening a named pipe would wait for somebody to write to it, so what it is comes first.
    if way != Way::Listed && !fs::metadata(path).map_err(|error| problem(&error))?.is_file() {
        return Err(not_a_file());
    }
    let file = File::open(path).map_err(|error| problem(&error))?;
    let metadata = file.metadata().map_err(|error| problem(&error))?;
    if metadata.len() > MAX_BYTES {
        return Err(ProblemKind::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // The size may be a lie, as it is under `/proc`, or grow meanwhile.
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| problem(&error))?;
    match bytes.len() as u64 {
        length if length > MAX_BYTES => Err(ProblemKind::TooLarge(length)),
        _ => Ok(bytes),
    }
}

/// What is neither a file nor a directory: a pipe, a socket, a device.
pub(super) fn not_a_file() -> ProblemKind {
    ProblemKind::Unreadable("it is not a regular file".to_owned())
}

/// The fact an error amounts to.
fn problem(error: &std::io::Error) -> ProblemKind {
    match error.kind() {
        ErrorKind::NotFound => ProblemKind::Missing,
        _ => ProblemKind::Unreadable(reason(error)),
    }
}

/// An error in words that are the same on every machine, where its kind is known.
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::NotFound => "it is not there".to_owned(),
        ErrorKind::NotADirectory => "it is not a directory".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        _ => error.to_string(),
    }
}
