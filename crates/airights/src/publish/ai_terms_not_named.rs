//! # ai-terms-not-named
//!
//! A license text restricts an AI use, and the expression does not let on.
//!
//! ## What it checks
//!
//! Whether the package's own license texts, a rider among them, forbid an AI use or tie it to conditions, while the
//! expression names none but published licenses that say no such thing.
//!
//! ## Why it matters
//!
//! Tools that read only the expression pass the crate as plain `MIT`. With `MIT AND LicenseRef-…` or `MIT WITH AdditionRef-…`,
//! which crates.io takes, they stop and ask.
//!
//! ## Example
//!
//! ```text
//! license = "MIT"                           # Cargo.toml
//! … may not be used to train models …       # LICENSE-AI, in the package
//! ```
//!
//! ## How to resolve
//!
//! Name the rider in the expression: `MIT AND LicenseRef-No-Training`, with its text in
//! `LICENSES/LicenseRef-No-Training.txt`.

use airights_text::UseValue;

use super::facts::own_names;
use super::{PublishFacts, finding};
use crate::facts::{Declared, LicenseText, Modification, Statement};
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::terms::own_licenses;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let Declared::Expression(declared) = &package.facts.declared else {
        return Vec::new();
    };
    let says_more = package.terms().iter().any(|term| !own_names(term).is_empty());
    let Some(statement) = own_licenses(&package.facts)
        .find_map(restriction)
        .filter(|_| !says_more)
    else {
        return Vec::new();
    };
    let problem = Problem::RestrictionNotNamed {
        ai_use: statement.ai_use,
        declared: declared.raw.clone(),
    };
    let finding = finding(Rule::AiTermsNotNamed, problem)
        .help(Help::NameBeside(declared.raw.clone()))
        .at(statement.evidence.clone())
        .at(declared.evidence.clone());
    vec![finding]
}

/// What a text restricts beyond what is in a license everybody knows.
fn restriction(text: &LicenseText) -> Option<&Statement> {
    let is_published = |statement: &Statement| {
        let of_license = statement.of_license.as_deref();
        let mut licenses = text
            .licenses
            .iter()
            .filter(|license| Some(license.id.as_str()) == of_license);
        licenses.any(|license| license.modification == Modification::None)
    };
    let mut restrictions = text
        .statements
        .iter()
        .filter(|statement| statement.value > UseValue::Unknown);
    restrictions.find(|statement| !is_published(statement))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::AiTermsNotNamed;

    #[test]
    fn speaks_of_a_rider_that_the_expression_hides() {
        let scene = "license MIT\ntext LICENSE MIT\ntext LICENSE-AI -\nsays LICENSE-AI train-ai disallowed";
        let expected = "warn: restriction-not-named `train-ai` `MIT`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn is_silent_where_it_is_named_or_part_of_a_published_license() {
        let rider = "\ntext LICENSE-AI -\nsays LICENSE-AI train-ai disallowed";
        check(RULE, &format!("license MIT AND LicenseRef-No-Training{rider}"), &[]);
        check(RULE, &format!("license MIT WITH AdditionRef-No-Training{rider}"), &[]);
        let scene = "license MIT\ntext LICENSE MIT\nsays LICENSE train-ai disallowed of MIT";
        check(RULE, scene, &[]);
        check(RULE, "license MIT\nsays README.md train-ai disallowed", &[]);
    }

    #[test]
    fn cannot_know_without_an_expression() {
        check(
            RULE,
            "license-file LICENSE\ntext LICENSE -\nsays LICENSE train-ai disallowed",
            &[],
        );
    }
}
