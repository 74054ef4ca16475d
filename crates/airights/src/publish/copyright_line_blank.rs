//! # copyright-line-blank
//!
//! The copyright line of a license text still has the blanks of its template.
//!
//! ## What it checks
//!
//! Lines such as `Copyright (c) <year> <copyright holders>` and `Copyright [yyyy] [name]` in the package's own license texts.
//! Where a license only tells in an appendix how to apply it, as Apache-2.0 and the GNU licenses do, the blanks are part
//! of the instructions and left alone.
//!
//! ## Why it matters
//!
//! MIT, ISC and the BSD licenses ask others to keep "the above copyright notice", and there is none above.
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

use super::{PublishFacts, finding};
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let findings = package.blanks.iter().map(|line| {
        finding(Rule::CopyrightLineBlank, Problem::CopyrightLineBlank)
            .help(Help::NameCopyrightHolder)
            .at(line.clone())
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::CopyrightLineBlank;

    #[test]
    fn speaks_of_each_blank() {
        let expected = "deny: copyright-line-blank";
        check(RULE, "license MIT\ntext LICENSE MIT\nblank LICENSE", &[expected]);
    }

    #[test]
    fn is_silent_where_there_is_none() {
        check(RULE, "license MIT\ntext LICENSE MIT", &[]);
    }
}
