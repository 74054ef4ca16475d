//! What reading a package's files yields, in the form that is kept in the cache.
//!
//! It holds nothing that depends on how cargo resolved the graph, so one package's files can be read before cargo is
//! asked. A change here needs a new [`cache::FORMAT`](super::cache::FORMAT).

use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use airights::facts::{Modification, ProblemKind, TextKind, TextPlace};
use airights_text::Modality;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What the files of one package say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PackageFiles {
    /// Its manifest.
    pub keys: ManifestKeys,
    /// Its license texts, sorted by path.
    pub texts: Vec<TextFile>,
    /// Its other files that speak of AI uses, sorted by path; those that do not are left out.
    pub notices: Vec<NoticeFile>,
    /// Files that could not be read, sorted by path.
    pub problems: Vec<StoredProblem>,
    /// Archives in it, which nobody looks into, sorted by path.
    pub archives: Vec<String>,
}

/// The keys of a manifest that facts rest on, and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ManifestKeys {
    /// The line of `license`.
    pub license: Option<StoredExcerpt>,
    /// The value of `license-file`, where the manifest itself gives one.
    pub license_file: Option<String>,
    /// The value of `readme`, where the manifest itself gives one.
    pub readme: Option<String>,
    /// The keys of `[package.metadata.airights]`, such as `use.ai-input`; the table itself under the empty name.
    pub declaration: Vec<(String, StoredExcerpt)>,
}

/// A license text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextFile {
    /// Path in the package, with `/`.
    pub path: String,
    /// What the file is by its name.
    #[serde(with = "StoredTextKind")]
    pub kind: TextKind,
    /// Whose license it is.
    #[serde(with = "StoredTextPlace")]
    pub place: TextPlace,
    /// SHA-256 of the file.
    pub sha256: [u8; 32],
    /// XXH32 of its lines.
    pub xxh32: u32,
    /// What it says. Shared by all files with the same bytes.
    pub reading: Arc<TextReading>,
}

/// What a license text says, wherever it stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextReading {
    /// The SPDX expression it was made from: a modified license stands under the id of what was changed, as `licenses` says.
    pub expression: Option<String>,
    /// The licenses in it.
    pub licenses: Vec<StoredLicense>,
    /// What it says of AI uses.
    pub statements: Vec<StoredStatement>,
    /// Words nobody has classified.
    pub residue: Vec<StoredResidue>,
}

impl TextReading {
    /// Whether it names no license and rules on no use.
    pub(super) fn says_nothing(&self) -> bool {
        self.expression.is_none() && self.licenses.is_empty() && self.statements.is_empty()
    }
}

/// A license found in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredLicense {
    /// Its id.
    pub id: String,
    /// Whether it is an exception.
    pub is_exception: bool,
    /// Word for word the published text.
    pub exact: bool,
    /// How its terms were changed.
    #[serde(with = "StoredModification")]
    pub modification: Modification,
    /// First and last line.
    pub lines: (u32, u32),
    /// Where its words differ from the published ones.
    pub changes: Vec<StoredExcerpt>,
}

/// What some words say of one AI use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredStatement {
    /// The use.
    pub ai_use: Spelled<airights_text::AiUse>,
    /// What is said.
    pub value: Spelled<airights_text::UseValue>,
    /// What a conditional value asks for.
    pub conditions: Vec<Spelled<airights_text::Condition>>,
    /// How it is worded.
    #[serde(with = "StoredModality")]
    pub modality: Modality,
    /// The license in whose text it stands.
    pub of_license: Option<String>,
    /// The words.
    pub excerpt: StoredExcerpt,
}

/// Words of a license text that nobody has classified.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredResidue {
    /// The words.
    pub excerpt: StoredExcerpt,
    /// Whether they hold words of prohibition, duty or condition.
    pub operative: bool,
}

/// A file that speaks of AI uses and is no license text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoticeFile {
    /// Path in the package, with `/`.
    pub path: String,
    /// What it is.
    pub kind: NoticeKind,
    /// What it says.
    pub statements: Arc<Vec<StoredStatement>>,
}

/// The kinds of files that may speak of AI uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoticeKind {
    /// A README.
    Readme,
    /// `AGENTS.md` and its kin.
    Agents,
    /// `ai.txt`, `robots.txt`, `tdmrep.json`, `NO_AI.md`.
    Signal,
}

/// Some lines of a file whose path is known elsewhere; see [`airights::Excerpt`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredExcerpt {
    /// First and last line of what is marked.
    pub lines: (u32, u32),
    /// The lines.
    pub text: String,
    /// The marked bytes of `text`.
    pub marked: (u32, u32),
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StoredProblem {
    /// Path in the package, with `/`.
    pub path: String,
    /// What is wrong with it.
    #[serde(with = "StoredProblemKind")]
    pub kind: ProblemKind,
    /// SHA-256 of its bytes, where they could be had and are no text.
    pub sha256: Option<[u8; 32]>,
}

/// A word of a closed list, stored as it is spelled, so that the list may grow or be reordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spelled<T>(pub T);

impl<T: Display> Serialize for Spelled<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Spelled<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <&str>::deserialize(deserializer)?;
        word.parse().map(Self).map_err(|_| de::Error::custom("unknown word"))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "TextKind")]
enum StoredTextKind {
    License,
    Copyright,
    Notice,
    Header,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "TextPlace")]
enum StoredTextPlace {
    Own,
    Bundled,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Modification")]
enum StoredModification {
    None,
    Clauses,
    Unclassified,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Modality")]
enum StoredModality {
    Prohibit,
    Permit,
    Condition,
    Reserve,
    Signal,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ProblemKind")]
enum StoredProblemKind {
    Missing,
    Unreadable(String),
    OutsidePackage,
    TooLarge(u64),
    NotText,
}
