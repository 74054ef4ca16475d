//! What a package's license and AI terms amount to: pure values that rules then look at.
//!
//! `expression` is the license expression itself, `effective` which one counts for a package, `statements` what
//! is said of each AI use, `election` which branch of an `OR` is taken under a policy. `own_text` and
//! `modified` say what a license file amounts to, `covered` and `strictness` what it adds to what is declared.

mod covered;
mod effective;
mod election;
mod expression;
mod modified;
mod own_text;
mod statements;
mod strictness;

pub(crate) use covered::Covered;
pub(crate) use effective::{EffectiveLicense, Origin};
pub(crate) use election::{Ballot, Demand, elect};
pub use expression::LicenseExpression;
pub(crate) use expression::{or_later, same_license, same_license_terms};
pub(crate) use own_text::{is_about_code, named_in, own_licenses};
pub(crate) use statements::{PackageStatements, UseTerms};
pub(crate) use strictness::is_own_name;
