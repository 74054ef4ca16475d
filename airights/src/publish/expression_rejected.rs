//! # expression-rejected
//!
//! The `license` key is not an expression that crates.io takes.
//!
//! ## What it checks
//!
//! The expression, as crates.io reads it: SPDX ids and `LicenseRef-…`, `/` for `OR`, deprecated ids and `GPL-2.0+` too;
//! no names that are on no list.
//!
//! ## Why it matters
//!
//! The registry turns the upload down, and until then every tool reads something else into it.
//!
//! ## Example
//!
//! ```toml
//! license = "NoAI-MIT"        # no SPDX id; `MIT AND LicenseRef-NoAI` is taken
//! ```
//!
//! ## How to resolve
//!
//! Use the ids of the SPDX licence list, and `LicenseRef-…` for terms of your own, with their text in
//! `LICENSES/LicenseRef-….txt`.

use super::{PublishFacts, PublishFinding, PublishRule};
use crate::facts::Declared;
use crate::policy::Level;

pub(super) fn check(package: &PublishFacts) -> Vec<PublishFinding> {
    let Declared::Unreadable { raw, reason, evidence } = &package.facts.declared else {
        return Vec::new();
    };
    let problem = format!("declares `{raw}`, which crates.io does not take: {reason}");
    let finding = PublishFinding::new(PublishRule::ExpressionRejected, Level::Deny, problem)
        .help("write SPDX ids, and `LicenseRef-…` for terms of your own")
        .at(evidence.clone());
    vec![finding]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: PublishRule = PublishRule::ExpressionRejected;

    #[test]
    fn speaks_of_what_is_no_expression() {
        let expected = "deny: declares `NoAI-MIT`, which crates.io does not take: unknown licence";
        check(RULE, "license NoAI-MIT", &[expected]);
    }

    #[test]
    fn is_silent_where_it_can_be_read_or_there_is_none() {
        check(RULE, "license MIT AND LicenseRef-NoAI", &[]);
        check(RULE, "license-file LICENSE.txt", &[]);
    }
}
