//! Why the user's files could not be written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// What kept files from being written together. Each says in which state it leaves them.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A file could not be written; nothing was changed.
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// A directory that was to be made is there; nothing was changed.
    IsThere(PathBuf),
    /// A file is not as it was read; nothing was changed.
    Changed(PathBuf),
    /// Files were changed by somebody else, so nothing was put back.
    NotPutBack(Vec<PathBuf>),
    /// What is to be replaced could not be noted down first; nothing was changed.
    NoteDown(io::Error),
    /// A file could not be put back as it was.
    PutBack {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// A directory that was made could not be removed again.
    Remove {
        /// The directory.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write { path, .. } => write!(formatter, "cannot write `{}`", path.display()),
            Self::IsThere(path) => write!(formatter, "`{}` is there already", path.display()),
            Self::Changed(path) => write!(formatter, "`{}` has changed since it was read", path.display()),
            Self::NotPutBack(paths) => {
                let paths: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
                let paths = paths.join(", ");
                write!(formatter, "{paths} changed meanwhile, so nothing was put back")
            }
            Self::NoteDown(_) => formatter.write_str("cannot note down what is to be replaced"),
            Self::PutBack { path, .. } => write!(formatter, "cannot put back `{}`", path.display()),
            Self::Remove { path, .. } => write!(formatter, "cannot remove `{}`", path.display()),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::IsThere(_) | Self::Changed(_) | Self::NotPutBack(_) => None,
            Self::Write { error, .. }
            | Self::NoteDown(error)
            | Self::PutBack { error, .. }
            | Self::Remove { error, .. } => Some(error),
        }
    }
}
