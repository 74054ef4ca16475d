//! Why a file is read.

use airights::facts::{EvidenceKind, TextKind};

use super::signals::SignalFile;

/// Why a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interest {
    /// It holds a license, or a part of one.
    Text(TextKind),
    /// It may speak of AI uses.
    Notice(EvidenceKind),
    /// It speaks of AI uses in a form for machines.
    Signal(&'static SignalFile),
    /// It is a `REUSE.toml`.
    ReuseToml,
    /// It is a machine-readable copyright file, as Debian has it.
    Dep5,
    /// It is source code, and its head may say under what it is.
    Source,
    /// It holds other files.
    Archive,
}
