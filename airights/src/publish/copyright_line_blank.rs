//! # copyright-line-blank
//!
//! The copyright line of a licence text still has the blanks of its template.
//!
//! ## What it checks
//!
//! Lines such as `Copyright (c) <year> <copyright holders>` and `Copyright [yyyy] [name]` in the package's own licence texts.
//! Where a licence only tells in an appendix how to apply it, as Apache-2.0 and the GNU licences do, the blanks are part
//! of the instructions and left alone.
//!
//! ## Why it matters
//!
//! MIT, ISC and the BSD licences ask others to keep "the above copyright notice", and there is none above.
//!
//! ## Example
//!
//! ```text
//! Copyright (c) [year] [fullname]        # LICENSE
//! ```
//!
//! ## How to resolve
//!
//! Write the year and who holds the copyright: yourself, your company, or "the NAME developers".

use super::{PublishFacts, PublishFinding, PublishRule};
use crate::policy::Level;

pub(super) fn check(package: &PublishFacts) -> Vec<PublishFinding> {
    let findings = package.blanks.iter().map(|line| {
        let problem = "has a copyright line in its licence text in which nobody is named";
        PublishFinding::new(PublishRule::CopyrightLineBlank, Level::Deny, problem)
            .help("write the year and who holds the copyright")
            .at(line.clone())
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: PublishRule = PublishRule::CopyrightLineBlank;

    #[test]
    fn speaks_of_each_blank() {
        let expected = "deny: has a copyright line in its licence text in which nobody is named";
        check(RULE, "license MIT\ntext LICENSE MIT\nblank LICENSE", &[expected]);
    }

    #[test]
    fn is_silent_where_there_is_none() {
        check(RULE, "license MIT\ntext LICENSE MIT", &[]);
    }
}
