//! What is the matter with a package or an entry of the policy, as a value. The report has the words.

use std::borrow::Cow;
use std::collections::BTreeSet;

use airights_text::{AiUse, Condition, UseValue};

use crate::facts::{FileProblem, ProblemKind};
use crate::policy::Date;

/// One variant for each thing that a rule can say, with what it says it of. The variants stand in the order of reports.
/// Whoever words them has to word a new one, so the list is open to nobody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Problem {
    /// The license is not among those that are allowed.
    LicenseNotAllowed {
        /// The SPDX expression.
        expression: String,
        /// What of it is not allowed, terms and choices; none where that is all of it.
        at_fault: BTreeSet<String>,
    },

    /// What is declared is no SPDX expression.
    NotAnExpression {
        /// What is declared.
        raw: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No license is declared, and the license text is none that is known.
    UnknownText,
    /// No license is declared, and a license file could not be read.
    NothingButUnread(UnreadFile),
    /// One of the license files could not be read.
    UnreadLicense(UnreadFile),
    /// There is neither a license nor a license text.
    NoLicense,
    /// The file that `license-file` names is not there.
    NamedFileMissing(String),
    /// The file that `license-file` names could not be read.
    NamedFileUnread(UnreadFile),
    /// The file that `license-file` names is of no kind that is read.
    NamedFileNotRead(String),
    /// The file that `license-file` names is no license that is known.
    NamedFileUnknown(String),

    /// The license files hold what the declared license does not cover.
    FilesDisagree {
        /// What is declared.
        declared: String,
        /// The licenses that it does not name.
        also: BTreeSet<OtherTerms>,
        /// The licenses whose text was modified.
        modified: BTreeSet<String>,
    },
    /// The notices hold what the license that counts does not cover.
    NoticesDisagree {
        /// What is declared, or what the license files say.
        known: KnownLicense,
        /// The notices.
        files: BTreeSet<String>,
        /// The licenses that are not named; none where they cannot be read.
        also: BTreeSet<OtherTerms>,
    },

    /// A file that may hold terms could not be read.
    UnreadFile,
    /// Terms in the notices that nobody has classified.
    UnclassifiedNotice,
    /// Words in a license text that nobody has classified.
    UnclassifiedText,
    /// Archives were not looked into.
    UnopenedArchives {
        /// The first of them.
        first: String,
        /// How many more there are.
        others: usize,
    },

    /// A license is declared whose text the package does not carry.
    TextMissing,

    /// Code of others has terms that are not allowed.
    BundledNotAllowed {
        /// The terms.
        terms: BTreeSet<OtherTerms>,
    },

    /// A preference against a use.
    UseNotWanted(AiUse),
    /// A permission for a use.
    UseAllowed(AiUse),
    /// A permission under conditions.
    UseConditional {
        /// The use.
        ai_use: AiUse,
        /// The conditions that are known by name.
        conditions: Vec<Condition>,
    },
    /// A refusal of a use.
    UseDisallowed(AiUse),
    /// A reservation of text and data mining (EU 2019/790 Art. 4(3)).
    MiningReserved,
    /// Silence about a use.
    UseNotMentioned(AiUse),

    /// Different things are said of one use.
    StatementsDisagree {
        /// The use.
        ai_use: AiUse,
        /// The more restrictive value, which counts.
        narrow: UseValue,
        /// The other.
        wide: UseValue,
    },

    /// An allowance covers no package of the graph.
    AllowanceUnused,
    /// An exception covers nothing that needs it.
    ExceptionUnused,
    /// An exception cannot help a package of which no license is known.
    ExceptionOfUnknown(String),
    /// A clarification says which license a package has that an exception names, and it needs no exception.
    ExceptionOfClarified {
        /// The package.
        package: String,
        /// The license it is said to have.
        license: String,
    },
    /// An exception expired on this day.
    ExceptionExpired(Date),
    /// An entry is about a crate that is not in the graph.
    CrateNotInGraph,
    /// A clarification was made for another text.
    ClarifiedTextChanged(EntryFile),
    /// A clarification was made for a text that is gone.
    ClarifiedTextGone(EntryFile),
    /// The package is not the one that a clarification was made for, by its checksum or commit.
    ClarifiedPackageChanged(String),
    /// Nothing holds a clarification to the package.
    ClarificationUnbound(String),
    /// An exception was granted for another text.
    ExceptedTextChanged(EntryFile),

    /// The package was not evaluated, for this reason.
    NotEvaluated(String),

    /// The manifest has neither `license` nor `license-file`.
    NoLicenseKey,
    /// The registry takes no such expression.
    ExpressionRejected {
        /// What is declared.
        raw: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The expression is read only by leniency.
    ExpressionOutdated {
        /// What is declared.
        raw: String,
        /// How it was read.
        notes: Vec<String>,
    },
    /// A file that the manifest names is left out of what is published.
    ReferenceLeftOut(NamedFile),
    /// A file that the manifest names is outside the package.
    ReferenceOutside(NamedFile),
    /// A file that the manifest names is not there.
    ReferenceMissing(NamedFile),
    /// A `LicenseRef-…` or `AdditionRef-…` has no text in what is published.
    NameWithoutText(String),
    /// Texts that have to go along are not in what is published.
    TextNotPackaged {
        /// The licenses, in the order of the expression.
        licenses: Vec<String>,
    },
    /// Texts of branches that one may choose are not in what is published.
    ChoiceNotPackaged {
        /// The licenses, in the order of the expression.
        licenses: Vec<String>,
    },
    /// Nobody is named in the copyright line of a license text.
    CopyrightLineBlank,
    /// A license text is not of what is declared.
    TextDisagrees {
        /// What is declared.
        declared: String,
        /// What the texts are of.
        texts: BTreeSet<OtherTerms>,
    },
    /// Code of others is under what the expression does not name.
    BundledNotNamed {
        /// What is declared.
        declared: String,
        /// Their licenses.
        licenses: BTreeSet<String>,
    },
    /// The declaration of AI uses cannot be read, for this reason.
    DeclarationUnclear(String),
    /// A license text restricts a use, and the expression does not let on.
    RestrictionNotNamed {
        /// The use.
        ai_use: AiUse,
        /// What is declared.
        declared: String,
    },

    /// What a report says that was saved before.
    Recorded {
        /// What it is told apart by; `None` where the report does not say.
        key: Option<ProblemKey>,
        /// The words.
        words: String,
    },
}

/// A file that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnreadFile {
    /// Its path in the package.
    pub path: String,
    /// Why.
    pub kind: ProblemKind,
}

impl From<&FileProblem> for UnreadFile {
    fn from(problem: &FileProblem) -> Self {
        Self {
            path: problem.path.clone(),
            kind: problem.kind.clone(),
        }
    }
}

/// A file that a key of the manifest names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedFile {
    /// The key: `license-file`, `readme` or `terms`.
    pub key: &'static str,
    /// The path as written.
    pub path: String,
}

/// The license that counts, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KnownLicense {
    /// The manifest declares it.
    Declared(String),
    /// The license files are the only ones to say it.
    InFiles(String),
}

/// Terms that the declared license does not cover.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherTerms {
    /// An SPDX expression.
    License(String),
    /// A modified license.
    Modified(String),
    /// Terms on its use with AI.
    AiTerms,
    /// Terms that nobody has classified.
    Unclassified,
}

/// A text that an entry of the policy is bound to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryFile {
    /// Name and version of the package.
    pub package: String,
    /// The path of the text in it.
    pub path: String,
}

/// What a problem is told apart by, in files that outlive a release: it does not change when the words do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProblemKey {
    /// The kind of problem, in kebab case.
    pub name: Cow<'static, str>,
    /// What it is said of, in an order that its kind fixes.
    pub terms: Vec<String>,
}

impl Problem {
    /// What it is told apart by; where a saved report does not say, its words.
    pub(crate) fn identity(&self) -> ProblemKey {
        self.key().unwrap_or_else(|| ProblemKey {
            name: Cow::Borrowed(""),
            terms: match self {
                Self::Recorded { words, .. } => vec![words.clone()],
                _ => Vec::new(),
            },
        })
    }

    /// What it is told apart by; `None` for [`Problem::Recorded`] without one.
    pub fn key(&self) -> Option<ProblemKey> {
        let unread = |file: &UnreadFile| vec![file.path.clone(), file.kind.to_string()];
        let of_entry = |file: &EntryFile| vec![file.package.clone(), file.path.clone()];
        let named = |file: &NamedFile| vec![file.key.to_owned(), file.path.clone()];
        let (name, terms) = match self {
            Self::LicenseNotAllowed { expression, .. } => ("license-not-allowed", vec![expression.clone()]),
            Self::NotAnExpression { raw, .. } => ("not-an-expression", vec![raw.clone()]),
            Self::UnknownText => ("unknown-text", Vec::new()),
            Self::NothingButUnread(file) => ("nothing-but-unread", unread(file)),
            Self::UnreadLicense(file) => ("unread-license", unread(file)),
            Self::NoLicense => ("no-license", Vec::new()),
            Self::NamedFileMissing(file) => ("named-file-missing", vec![file.clone()]),
            Self::NamedFileUnread(file) => ("named-file-unread", unread(file)),
            Self::NamedFileNotRead(file) => ("named-file-not-read", vec![file.clone()]),
            Self::NamedFileUnknown(file) => ("named-file-unknown", vec![file.clone()]),
            Self::FilesDisagree {
                declared,
                also,
                modified,
            } => ("files-disagree", vec![declared.clone(), listed(also), listed(modified)]),
            Self::NoticesDisagree { known, files, also } => {
                let (KnownLicense::Declared(license) | KnownLicense::InFiles(license)) = known;
                ("notices-disagree", vec![license.clone(), listed(files), listed(also)])
            }
            Self::UnreadFile => ("unread-file", Vec::new()),
            Self::UnclassifiedNotice => ("unclassified-notice", Vec::new()),
            Self::UnclassifiedText => ("unclassified-text", Vec::new()),
            Self::UnopenedArchives { first, others } => ("unopened-archives", vec![first.clone(), others.to_string()]),
            Self::TextMissing => ("text-missing", Vec::new()),
            Self::BundledNotAllowed { terms } => {
                ("bundled-not-allowed", terms.iter().map(ToString::to_string).collect())
            }
            Self::UseNotWanted(ai_use) => ("use-not-wanted", vec![ai_use.to_string()]),
            Self::UseAllowed(ai_use) => ("use-allowed", vec![ai_use.to_string()]),
            Self::UseConditional { ai_use, conditions } => {
                let conditions = conditions.iter().map(|condition| condition.as_str().to_owned());
                let terms = std::iter::once(ai_use.to_string()).chain(conditions);
                ("use-conditional", terms.collect())
            }
            Self::UseDisallowed(ai_use) => ("use-disallowed", vec![ai_use.to_string()]),
            Self::MiningReserved => ("mining-reserved", Vec::new()),
            Self::UseNotMentioned(ai_use) => ("use-not-mentioned", vec![ai_use.to_string()]),
            Self::StatementsDisagree { ai_use, narrow, wide } => (
                "statements-disagree",
                vec![ai_use.to_string(), narrow.to_string(), wide.to_string()],
            ),
            Self::AllowanceUnused => ("allowance-unused", Vec::new()),
            Self::ExceptionUnused => ("exception-unused", Vec::new()),
            Self::ExceptionOfUnknown(package) => ("exception-of-unknown", vec![package.clone()]),
            Self::ExceptionOfClarified { package, license } => {
                ("exception-of-clarified", vec![package.clone(), license.clone()])
            }
            Self::ExceptionExpired(day) => ("exception-expired", vec![day.to_string()]),
            Self::CrateNotInGraph => ("crate-not-in-graph", Vec::new()),
            Self::ClarifiedTextChanged(file) => ("clarified-text-changed", of_entry(file)),
            Self::ClarifiedTextGone(file) => ("clarified-text-gone", of_entry(file)),
            Self::ClarifiedPackageChanged(package) => ("clarified-package-changed", vec![package.clone()]),
            Self::ClarificationUnbound(package) => ("clarification-unbound", vec![package.clone()]),
            Self::ExceptedTextChanged(file) => ("excepted-text-changed", of_entry(file)),
            Self::NotEvaluated(reason) => ("not-evaluated", vec![reason.clone()]),
            Self::NoLicenseKey => ("no-license-key", Vec::new()),
            Self::ExpressionRejected { raw, .. } => ("expression-rejected", vec![raw.clone()]),
            Self::ExpressionOutdated { raw, .. } => ("expression-outdated", vec![raw.clone()]),
            Self::ReferenceLeftOut(file) => ("reference-left-out", named(file)),
            Self::ReferenceOutside(file) => ("reference-outside", named(file)),
            Self::ReferenceMissing(file) => ("reference-missing", named(file)),
            Self::NameWithoutText(name) => ("name-without-text", vec![name.clone()]),
            Self::TextNotPackaged { licenses } => ("text-not-packaged", licenses.clone()),
            Self::ChoiceNotPackaged { licenses } => ("choice-not-packaged", licenses.clone()),
            Self::CopyrightLineBlank => ("copyright-line-blank", Vec::new()),
            Self::TextDisagrees { declared, texts } => ("text-disagrees", vec![declared.clone(), listed(texts)]),
            Self::BundledNotNamed { declared, licenses } => {
                ("bundled-not-named", vec![declared.clone(), listed(licenses)])
            }
            Self::DeclarationUnclear(reason) => ("declaration-unclear", vec![reason.clone()]),
            Self::RestrictionNotNamed { ai_use, declared } => {
                ("restriction-not-named", vec![ai_use.to_string(), declared.clone()])
            }
            Self::Recorded { key, .. } => return key.clone(),
        };
        Some(ProblemKey {
            name: Cow::Borrowed(name),
            terms,
        })
    }
}

fn listed<T: ToString>(words: &BTreeSet<T>) -> String {
    words.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl std::fmt::Display for OtherTerms {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::License(expression) => formatter.write_str(expression),
            Self::Modified(id) => write!(formatter, "{id} (modified)"),
            Self::AiTerms => formatter.write_str("AI terms"),
            Self::Unclassified => formatter.write_str("unclassified terms"),
        }
    }
}

impl std::fmt::Display for ProblemKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.name)?;
        self.terms.iter().try_for_each(|term| write!(formatter, " `{term}`"))
    }
}
