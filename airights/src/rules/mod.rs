//! The rules: one file each, named like its id. The file's opening comment is its documentation, for everybody.

/// A rule, by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "each rule is documented in its own file, and `Rule::docs` returns that text"
)]
pub enum Rule {
    LicenseNotAllowed,
    LicenseUnknown,
    LicenseMismatch,
    LicenseResidue,
    LicenseTextMissing,
    BundledLicense,
    AiUseDisallowed,
    AiUseConditional,
    AiUseUnknown,
    AiTermsConflict,
    ClarificationStale,
    ExceptionExpired,
    ExceptionUnused,
    AllowanceUnused,
    NotEvaluated,
}
