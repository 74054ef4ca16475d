//! Where a file stands in a package, and what source files end in.

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the root of a package.
    Root,
    /// In the root or below it.
    Anywhere,
    /// The same, but not in what belongs to others, nor in tests and their data.
    AmongOurs,
    /// In a directory whose path ends so; not in what belongs to others, nor in tests and their data.
    In(&'static str),
}

/// Endings of source files, whose heads may say under what they are.
pub(super) const SOURCES: &[&str] = &[
    "RS", "C", "H", "CC", "CPP", "CXX", "HH", "HPP", "HXX", "INC", "INL", "M", "MM", "CU", "CUH", "S", "ASM", "PY",
    "JS", "MJS", "CJS", "JSX", "TS", "TSX", "GO", "JAVA", "KT", "SWIFT", "RB", "CS", "ZIG", "D", "PL", "PM", "LUA",
    "PHP", "F", "F90", "WGSL", "GLSL", "METAL", "CL",
];
