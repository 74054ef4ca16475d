//! What a package's licence and AI terms amount to: pure values that rules then look at.
//!
//! `expression` is the licence expression itself, `effective` which one counts for a package, `statements` what
//! is said of each AI use, `election` which branch of an `OR` is taken under a policy.

mod effective;
mod election;
mod expression;
mod statements;

pub(crate) use effective::{EffectiveLicense, Origin, own_licenses};
pub(crate) use election::{Ballot, elect};
pub use expression::LicenseExpression;
pub(crate) use expression::same_license;
pub(crate) use statements::{PackageStatements, UseTerms};
