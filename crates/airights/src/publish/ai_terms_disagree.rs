//! # ai-terms-disagree
//!
//! Two places of the package say different things of the same AI use.
//!
//! ## What it checks
//!
//! What the license texts, the rider, `[package.metadata.airights]`, the README, `AGENTS.md` and the signal files say of each
//! AI use: whether any two of them differ. Silence never differs. Neither does a signal file that says what the declaration is
//! written as in its vocabulary, such as a `tdmrep.json` that knows no conditions.
//!
//! ## Why it matters
//!
//! Readers take the most restrictive of them, so a permission elsewhere is lost; and a refusal that only one of them knows
//! looks like a mistake.
//!
//! ## Example
//!
//! ```text
//! use = { train-ai = "allowed" }        # Cargo.toml, [package.metadata.airights]
//! … shall not be used to train …        # LICENSE-AI
//! ```
//!
//! ## How to resolve
//!
//! Decide which is meant, and say it in each of these places.

use std::collections::BTreeMap;

use airights_text::{AiUse, Modality};

use super::{PublishFacts, finding};
use crate::facts::{Statement, TextPlace};
use crate::finding::Finding;
use crate::help::Help;
use crate::problem::Problem;
use crate::rule::Rule;

pub(super) fn check(package: &PublishFacts) -> Vec<Finding> {
    let mut by_use: BTreeMap<AiUse, Vec<&Statement>> = BTreeMap::new();
    let own = package.facts.texts.iter().filter(|text| text.place == TextPlace::Own);
    let all = own.flat_map(|text| &text.statements).chain(&package.facts.statements);
    for statement in all.filter(|statement| !is_translation(statement, package)) {
        by_use.entry(statement.ai_use).or_default().push(statement);
    }
    by_use
        .into_iter()
        .filter_map(|(ai_use, statements)| disagreement(ai_use, statements))
        .collect()
}

/// Whether it is what the declaration is written as in a form for machines, and so is told where the declaration is.
fn is_translation(statement: &Statement, package: &PublishFacts) -> bool {
    let is_for_machines = matches!(statement.modality, Modality::Signal | Modality::Reserve);
    is_for_machines && package.translations.contains(&statement.evidence.excerpt.path)
}

/// What is said of one use, where the most and the least restrictive words stand in different places.
fn disagreement(ai_use: AiUse, mut statements: Vec<&Statement>) -> Option<Finding> {
    statements.sort_by_key(|statement| std::cmp::Reverse(statement.value));
    let (narrow, wide) = (statements.first()?, statements.last()?);
    let place = |statement: &Statement| (statement.evidence.kind, statement.evidence.excerpt.path.clone());
    if narrow.value == wide.value || place(narrow) == place(wide) {
        return None;
    }
    let problem = Problem::StatementsDisagree {
        ai_use,
        narrow: narrow.value,
        wide: wide.value,
    };
    let finding = finding(Rule::AiTermsDisagree, problem)
        .help(Help::DecideForBoth)
        .at(narrow.evidence.clone())
        .at(wide.evidence.clone());
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::scene::check;

    const RULE: Rule = Rule::AiTermsDisagree;

    #[test]
    fn speaks_where_two_places_differ() {
        let scene = "license MIT\ntext LICENSE MIT clauses\nsays LICENSE train-ai disallowed\n\
            says Cargo.toml train-ai allowed";
        let expected = "deny: statements-disagree `train-ai` `disallowed` `allowed`";
        check(RULE, scene, &[expected]);
    }

    #[test]
    fn is_silent_where_they_agree_or_one_is_silent() {
        let scene = "license MIT\nsays Cargo.toml train-ai disallowed\nsays README.md train-ai disallowed\n\
            says Cargo.toml ai-input allowed";
        check(RULE, scene, &[]);
    }

    #[test]
    fn code_of_others_speaks_for_itself() {
        let scene = "license MIT\ntext vendor/LICENSE MIT\nsays vendor/LICENSE train-ai disallowed\n\
            says Cargo.toml train-ai allowed";
        check(RULE, scene, &[]);
    }

    #[test]
    fn a_translation_of_the_declaration_says_what_its_vocabulary_can() {
        let scene = "license MIT\nsays Cargo.toml train-ai conditional credit\nsays ai.txt train-ai disallowed";
        let expected = "deny: statements-disagree `train-ai` `disallowed` `conditional`";
        check(RULE, scene, &[expected]);
        check(RULE, &format!("{scene}\ntranslates ai.txt"), &[]);
        // In words, the author can say just what is meant.
        let in_words = scene.replace("ai.txt", "README.md");
        check(RULE, &format!("{in_words}\ntranslates README.md"), &[expected]);
    }
}
