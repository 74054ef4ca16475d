//! What is known of a package, and what each fact rests on. Facts describe; they never judge.

mod excerpt;

use std::fmt;

use airights_text::{AiUse, Condition, Modality, UseValue};

use crate::package::PerPackage;

pub use excerpt::Excerpt;

/// Everything that was gathered about one package.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackageFacts {
    /// The `license` key of its manifest.
    pub declared: Declared,
    /// The `license-file` key of its manifest, as written.
    pub license_file: Option<String>,
    /// The license texts in it, sorted by path.
    pub texts: Vec<LicenseText>,
    /// What anything but a license text says of AI uses: README, `AGENTS.md`, `ai.txt`, `[package.metadata.airights]`.
    pub statements: Vec<Statement>,
    /// Files that should have been read and could not be, sorted by path.
    pub problems: Vec<FileProblem>,
    /// Archives in it, which nobody looked into, sorted by path.
    pub archives: Vec<String>,
    /// Files that are no license texts by their names, and that a clarification of cargo-deny was made from.
    pub hashed: Vec<HashedFile>,
}

impl PackageFacts {
    /// Whether every one of these files is in the package, byte for byte.
    pub fn holds_all(&self, files: &[BoundFile]) -> bool {
        files
            .iter()
            .all(|file| self.sha256_of(&file.path) == Some(&file.sha256))
    }

    /// Whether a text of the package is what a clarification of cargo-deny was made from.
    pub(crate) fn holds(&self, file: &HashedFile) -> bool {
        let mut texts = self.texts.iter();
        texts.any(|text| text.path == file.path && text.xxh32 == file.xxh32) || self.hashed.contains(file)
    }

    /// Whether there is a license file of the package's own, readable or not.
    pub fn has_own_licenses(&self) -> bool {
        let is_own = |text: &LicenseText| text.kind == TextKind::License && text.place == TextPlace::Own;
        self.texts.iter().any(is_own) || self.problems.iter().any(FileProblem::is_unread_license)
    }

    /// The SHA-256 of a license text of the package, in lower-case hex, whether or not it could be read as text; `None` if
    /// there is none at that path.
    pub fn sha256_of(&self, path: &str) -> Option<&str> {
        let texts = self.texts.iter().map(|text| (&text.path, Some(&text.sha256)));
        let unread = self
            .problems
            .iter()
            .map(|problem| (&problem.path, problem.sha256.as_ref()));
        let mut at_path = texts.chain(unread).filter(|(at, _)| *at == path);
        at_path.find_map(|(_, sha256)| Some(sha256?.as_str()))
    }
}

/// A file of a package, by its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoundFile {
    /// Path in the package, with `/`.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hex.
    pub sha256: String,
}

/// A license text of a package as a clarification of cargo-deny names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HashedFile {
    /// Path in the package, with `/`.
    pub path: String,
    /// Its [`LicenseText::xxh32`].
    pub xxh32: u32,
}

/// The facts of a graph, one entry per package, in the graph's order.
pub type Facts = PerPackage<Gathered>;

/// Whether a package's facts could be gathered.
#[derive(Clone, Debug, PartialEq)]
pub enum Gathered {
    /// They could.
    Facts(Box<PackageFacts>),
    /// They could not, for this reason; the package is *not evaluated*.
    Not(String),
}

/// A license as declared in the manifest.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Declared {
    /// The manifest says nothing.
    #[default]
    Absent,
    /// It says something that is no SPDX expression, not even as crates.io reads them.
    Unreadable {
        /// What it says.
        raw: String,
        /// Why it cannot be read.
        reason: String,
        /// Where it says so.
        evidence: Evidence,
    },
    /// It is an SPDX expression.
    Expression(Box<DeclaredExpression>),
}

/// How crates.io reads the expression of what is published there.
pub const CRATES_IO: spdx::ParseMode = spdx::ParseMode {
    allow_slash_as_or_operator: true,
    allow_imprecise_license_names: false,
    allow_postfix_plus_on_gpl: true,
    allow_deprecated: true,
    allow_unknown: false,
};

/// An SPDX expression as declared in the manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredExpression {
    /// As written.
    pub raw: String,
    /// As read.
    pub expression: spdx::Expression,
    /// What was read leniently, in words.
    pub notes: Vec<String>,
    /// Where it stands.
    pub evidence: Evidence,
}

/// One license text of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct LicenseText {
    /// Path in the package, with `/`.
    pub path: String,
    /// What the file is by its name.
    pub kind: TextKind,
    /// Whose license it is.
    pub place: TextPlace,
    /// SHA-256 of the file as it is on disk, in lower-case hex.
    pub sha256: String,
    /// XXH32 of its lines, however each of them ends: what cargo-deny knows it by.
    pub xxh32: u32,
    /// The SPDX expression it amounts to; `None` where no known license was found in it.
    pub expression: Option<String>,
    /// The licenses found in it.
    pub licenses: Vec<FoundLicense>,
    /// What it says of AI uses; each stands with force `License` or `Reservation`.
    pub statements: Vec<Statement>,
    /// Words nobody has classified.
    pub residue: Vec<Residue>,
}

/// What a license file is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    /// `LICENSE*`, `LICENCE*`, `COPYING*`, `UNLICENSE*`, a file of `LICENSES/`, or what `license-file` names.
    License,
    /// `COPYRIGHT*`
    Copyright,
    /// `NOTICE*`
    Notice,
    /// No text, but a statement on source files: an SPDX tag or a notice at the head of one, a line of `REUSE.toml`.
    Header,
}

/// Whose license a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextPlace {
    /// The package's own: in its root, in `LICENSES/`, or named by `license-file`.
    Own,
    /// That of code vendored deeper in the tree.
    Bundled,
}

/// A license found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundLicense {
    /// SPDX id or `LicenseRef-…`; for an exception, the id after `WITH`.
    pub id: String,
    /// Whether it names an exception rather than a license.
    pub is_exception: bool,
    /// Word for word the published text.
    pub exact: bool,
    /// How its terms were changed.
    pub modification: Modification,
    /// First and last line, 1-based and inclusive.
    pub lines: (u32, u32),
    /// Where its terms were changed; with the words that are missing, where they are known. Empty where nobody can say.
    pub changes: Vec<Excerpt>,
}

pub use airights_text::Modification;

/// Words of a license text that nobody has classified.
#[derive(Clone, Debug, PartialEq)]
pub struct Residue {
    /// Where they are.
    pub excerpt: Excerpt,
    /// Whether they hold words of prohibition, duty or condition.
    pub operative: bool,
}

/// What one source says of one AI use.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The use.
    pub ai_use: AiUse,
    /// What is said. Never `unknown`: silence is no statement.
    pub value: UseValue,
    /// What a conditional value asks for; sorted.
    pub conditions: Vec<Condition>,
    /// How it is worded.
    pub modality: Modality,
    /// How strongly it binds.
    pub force: Force,
    /// The license in whose text it stands, where that is one branch of the expression; `None`: the whole package.
    pub of_license: Option<String>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// How strongly a statement binds, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// A signal or a wish: README, `AGENTS.md`, `ai.txt`, package metadata.
    Preference,
    /// An express reservation of text and data mining (EU 2019/790 Art. 4(3)).
    Reservation,
    /// A license, a copying file, a notice.
    License,
    /// The user's own clarification.
    Override,
}

impl Force {
    /// The spelling used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preference => "preference",
            Self::Reservation => "reservation",
            Self::License => "license",
            Self::Override => "override",
        }
    }
}

impl fmt::Display for Force {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// A file that should have been read and could not be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileProblem {
    /// Path in the package, with `/`.
    pub path: String,
    /// What is wrong with it.
    pub kind: ProblemKind,
    /// Whether it is, by its name and place, one of the package's own license files: what it says would count.
    pub is_license: bool,
    /// SHA-256 of its bytes, in lower-case hex, where they could be had and are no text.
    pub sha256: Option<String>,
}

impl FileProblem {
    /// Whether it is a license file that is there, and that nobody has read.
    pub fn is_unread_license(&self) -> bool {
        self.is_license && self.kind != ProblemKind::Missing
    }
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The manifest names it and it is not there.
    Missing,
    /// It could not be opened or read, for this reason.
    Unreadable(String),
    /// Bytes that are no text in any encoding that is read.
    NotText,
    /// Larger than what is read, in bytes.
    TooLarge(u64),
    /// A symbolic link that leads out of the package.
    OutsidePackage,
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => formatter.write_str("is named in the manifest but missing"),
            Self::Unreadable(reason) => write!(formatter, "cannot be read: {reason}"),
            Self::OutsidePackage => formatter.write_str("leads out of the package and was not read"),
            Self::TooLarge(bytes) => write!(formatter, "is too large to read ({} MiB)", bytes >> 20),
            Self::NotText => formatter.write_str("is not text"),
        }
    }
}

/// What a fact rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The kind of source.
    pub kind: EvidenceKind,
    /// The very words.
    pub excerpt: Excerpt,
}

/// The kinds of source a fact may rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// The `license` or `license-file` key of a manifest.
    LicenseExpression,
    /// A license or copying file.
    LicenseText,
    /// A notice or copyright file.
    Notice,
    /// `[package.metadata.airights]`
    Declaration,
    /// The README.
    Readme,
    /// `AGENTS.md` and its kin.
    AgentsFile,
    /// `ai.txt`, `llms.txt`, `robots.txt`, `tdmrep.json`.
    SignalFile,
    /// What is known of a license by its id.
    Catalogue,
    /// The user's own clarification.
    Clarification,
    /// A file that could not be read.
    File,
}

impl EvidenceKind {
    /// The spelling used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LicenseExpression => "license-expression",
            Self::LicenseText => "license-text",
            Self::Notice => "notice",
            Self::Declaration => "declaration",
            Self::Readme => "readme",
            Self::AgentsFile => "agents-file",
            Self::SignalFile => "signal-file",
            Self::Catalogue => "catalogue",
            Self::Clarification => "clarification",
            Self::File => "file",
        }
    }
}
