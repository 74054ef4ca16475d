//! Reads `[package.metadata.airights]`: what a package declares of AI uses in its own manifest, as the type
//! [`Declaration`] has it.
//!
//! What is malformed is reported with its key, and never becomes a permission.

use std::collections::BTreeMap;

use airights::declaration::{ContentUsage, Declaration, DeclaredUse, Draft, Scope, TermsAt};
use airights_manifest::spelling::nearest;
use airights_text::{AiUse, Condition, UseValue};
use serde_json::{Map, Value};

/// What a table says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadDeclaration {
    /// What could be read of it.
    pub declaration: Declaration,
    /// What is wrong with it.
    pub problems: Vec<DeclarationProblem>,
}

/// What is wrong with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationProblem {
    /// The key: `use.ai-input`; the table itself is the empty one.
    pub key: String,
    /// What is wrong, in words.
    pub message: String,
    /// A way forward.
    pub help: Option<String>,
    /// Whether it is only that the table speaks of more than is known here: a later vocabulary, a key of somebody else.
    /// Its author should know; who depends on it can read the rest.
    pub is_foreign: bool,
}

/// Every key of the table.
pub const KEYS: &[&str] = &[
    "content-usage",
    "vocab",
    "use",
    "conditions",
    "terms",
    "contact",
    "scope",
];

/// More problems than this would help nobody.
const MAX_PROBLEMS: usize = 20;

/// More parts than this, and more characters of what somebody wrote, are not looked at.
const MAX_SCOPES: usize = 1000;
const MAX_QUOTED: usize = 60;

/// Reads a declaration.
pub fn read(table: &Value) -> ReadDeclaration {
    let mut read = ReadDeclaration::default();
    let Value::Object(table) = table else {
        read.problem("", "`metadata.airights` is not a table".to_owned(), None);
        return read;
    };
    for (key, value) in table {
        read.key(key, value);
    }
    read
}

impl ReadDeclaration {
    /// What it says, use by use. What is broken may have been meant to refuse, so a declaration with a problem permits
    /// nothing.
    pub fn declared_uses(&self) -> Vec<DeclaredUse> {
        let mut uses = self.declaration.declared_uses();
        uses.retain(|declared| self.problems.is_empty() || declared.said.value != UseValue::Allowed);
        uses
    }

    fn key(&mut self, key: &str, value: &Value) {
        match (key, value) {
            ("content-usage", Value::String(field)) => self.content_usage(field),
            ("vocab", Value::String(name)) => match name.parse::<Draft>() {
                Ok(draft) => self.declaration.vocab = Some(draft),
                Err(unknown) => self.foreign(key, format!("`{}` is {unknown}", shorten(name))),
            },
            ("use", Value::Object(uses)) => self.declaration.uses = self.uses("use", uses),
            ("conditions", conditions) => self.conditions(conditions),
            ("terms", Value::String(place)) => self.declaration.terms = Some(TermsAt::new(place)),
            ("contact", Value::String(contact)) => self.declaration.contact = Some(contact.clone()),
            ("scope", scopes) => self.scopes(scopes),
            ("content-usage" | "vocab" | "terms" | "contact", _) => {
                self.problem(key, format!("`{key}` is not a string"), None);
            }
            ("use", _) => self.problem(key, "`use` is not a table".to_owned(), None),
            (unknown, _) => {
                let message = format!("`{}` is not a key of `metadata.airights`", shorten(unknown));
                // What looks like one of ours, or speaks of AI, may have been meant to refuse.
                match suggestion(unknown, KEYS.iter().copied()) {
                    None if !speaks_of_ai(unknown) => self.foreign(unknown, message),
                    near => self.problem(unknown, message, near),
                }
            }
        }
    }

    fn problem(&mut self, key: &str, message: String, help: Option<String>) {
        self.note(DeclarationProblem {
            key: key.to_owned(),
            message,
            help,
            is_foreign: false,
        });
    }

    fn foreign(&mut self, key: &str, message: String) {
        self.note(DeclarationProblem {
            key: key.to_owned(),
            message,
            help: None,
            is_foreign: true,
        });
    }

    fn note(&mut self, problem: DeclarationProblem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn content_usage(&mut self, field: &str) {
        let usage = ContentUsage::parse(field).unwrap_or_else(|reason| {
            let message = format!("`content-usage` is not a structured field: {reason}");
            let help = "it is written as in `train-ai=n, search=y`".to_owned();
            self.problem("content-usage", message, Some(help));
            ContentUsage::refusals(field)
        });
        self.declaration.content_usage = Some(usage);
    }

    fn conditions(&mut self, conditions: &Value) {
        let words: &[Value] = match conditions {
            Value::Array(words) => words,
            word @ Value::String(_) => std::slice::from_ref(word),
            _ => return self.problem("conditions", "`conditions` is not a list".to_owned(), None),
        };
        let read = words.iter().map(|word| {
            let word = word.as_str().unwrap_or_default();
            word.parse().unwrap_or_else(|_| {
                let near = suggestion(word, Condition::ALL.iter().map(|condition| condition.as_str()));
                self.problem("conditions", format!("`{}` is not a condition", shorten(word)), near);
                Condition::Other
            })
        });
        let mut conditions: Vec<Condition> = read.collect();
        conditions.sort_unstable();
        conditions.dedup();
        self.declaration.conditions = conditions;
    }

    fn uses(&mut self, table: &str, uses: &Map<String, Value>) -> BTreeMap<AiUse, UseValue> {
        let mut read = BTreeMap::new();
        for (name, value) in uses {
            let key = format!("{table}.{name}");
            let Ok(ai_use) = name.parse::<AiUse>() else {
                let near = suggestion(name, AiUse::ALL.iter().map(|ai_use| ai_use.as_str()));
                self.problem(&key, format!("`{}` is not an AI use", shorten(name)), near);
                continue;
            };
            if let Some(value) = value.as_str().and_then(value_named) {
                read.insert(ai_use, value);
                continue;
            }
            let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let near = suggestion(&written, ["allowed", "conditional", "disallowed"].into_iter());
            let written = shorten(&written);
            let message = format!("`{written}` is none of `allowed`, `conditional` and `disallowed`");
            self.problem(&key, message, near);
        }
        read
    }

    fn scopes(&mut self, scopes: &Value) {
        let Value::Array(scopes) = scopes else {
            return self.problem("scope", "`scope` is not a list".to_owned(), None);
        };
        for scope in scopes.iter().take(MAX_SCOPES) {
            let Value::Object(scope) = scope else {
                self.problem("scope", "an item of `scope` is not a table".to_owned(), None);
                continue;
            };
            let mut uses = scope.clone();
            let path = uses.remove("path").and_then(|path| Some(path.as_str()?.to_owned()));
            let path = path.unwrap_or_else(|| {
                self.problem("scope", "an item of `scope` names no `path`".to_owned(), None);
                // What it refuses somewhere is not lost.
                "**".to_owned()
            });
            let uses = self.uses("scope", &uses);
            self.declaration.scopes.push(Scope { path, uses });
        }
    }
}

/// Whether the name of a key has to do with what the table is about.
fn speaks_of_ai(key: &str) -> bool {
    let mut words = key.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.any(|word| {
        let word = word.to_ascii_lowercase();
        word.starts_with("train")
            || matches!(
                word.as_str(),
                "ai" | "ml" | "llm" | "tdm" | "mining" | "model" | "models"
            )
    })
}

/// A value by our word for it or by CAWG's.
fn value_named(word: &str) -> Option<UseValue> {
    match word {
        "allowed" => Some(UseValue::Allowed),
        "disallowed" | "notAllowed" => Some(UseValue::Disallowed),
        "conditional" | "constrained" => Some(UseValue::Conditional),
        "unknown" => Some(UseValue::Unknown),
        _ => None,
    }
}

fn suggestion<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean `{near}`?"))
}

fn shorten(text: &str) -> String {
    text.chars().take(MAX_QUOTED).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// What a declaration says as `key:use=value(conditions)`, and its problems.
    fn told(declaration: &Value) -> (Vec<String>, Vec<String>) {
        let said = read(declaration);
        let uses = said
            .declared_uses()
            .into_iter()
            .map(|DeclaredUse { key, ai_use, said }| {
                let conditions: Vec<_> = said.conditions.iter().map(|condition| condition.as_str()).collect();
                let conditions = if conditions.is_empty() {
                    String::new()
                } else {
                    format!("({})", conditions.join(","))
                };
                format!("{key}:{ai_use}={}{conditions}", said.value)
            });
        let problems = said.problems.iter().map(|problem| match &problem.help {
            Some(help) => format!("{}; {help}", problem.message),
            None => problem.message.clone(),
        });
        (uses.collect(), problems.collect())
    }

    #[test]
    fn declarations_say_what_they_say() {
        let cases = [
            (
                json!({"content-usage": "train-ai=n, search=y"}),
                vec!["content-usage:train-ai=disallowed"],
            ),
            (
                json!({"use": {"ai-input": "allowed", "train-on-output": "notAllowed", "use-restrictions": "constrained"}}),
                vec![
                    "use.ai-input:ai-input=allowed",
                    "use.use-restrictions:use-restrictions=conditional(other)",
                    "use.train-on-output:train-on-output=disallowed",
                ],
            ),
            (
                json!({"use": {"train-ai": "conditional"}, "conditions": ["non-commercial", "credit"]}),
                vec!["use.train-ai:train-ai=conditional(credit,non-commercial)"],
            ),
            (
                json!({"use": {"train-ai": "unknown"}, "vocab": "draft-ietf-aipref-vocab-07", "terms": "TERMS.md", "contact": "a@b"}),
                vec![],
            ),
            (
                json!({"scope": [{"path": "assets/**", "train-ai": "notAllowed", "ai-input": "allowed"}]}),
                vec!["scope.train-ai:train-ai=disallowed"],
            ),
        ];
        for (declaration, expected) in cases {
            let (uses, problems) = told(&declaration);
            assert_eq!(uses, expected, "{declaration}");
            assert_eq!(problems, [] as [&str; 0], "{declaration}");
        }
    }

    #[test]
    fn what_is_malformed_is_reported_and_permits_nothing() {
        let cases = [
            (json!("yes"), vec![], "`metadata.airights` is not a table"),
            (
                json!({"content-usage": true}),
                vec![],
                "`content-usage` is not a string",
            ),
            (
                json!({"use": {"train-ai": true}}),
                vec![],
                "`true` is none of `allowed`, `conditional` and `disallowed`",
            ),
            (
                json!({"use": {"train-ai": "Allowed"}}),
                vec![],
                "`Allowed` is none of `allowed`, `conditional` and `disallowed`; did you mean `allowed`?",
            ),
            (
                json!({"use": {"training": "disallowed", "ai-input": "allowed"}}),
                vec![],
                "`training` is not an AI use; did you mean `train-ai`?",
            ),
            (
                json!({"content_usage": "train-ai=n", "use": {"ai-input": "disallowed"}}),
                vec!["use.ai-input:ai-input=disallowed"],
                "`content_usage` is not a key of `metadata.airights`; did you mean `content-usage`?",
            ),
            (
                json!({"use": {"train-ai": "conditional"}, "conditions": ["money"]}),
                vec!["use.train-ai:train-ai=conditional(other)"],
                "`money` is not a condition",
            ),
            (
                json!({"content-usage": "train-ai=y, ="}),
                vec![],
                "`content-usage` is not a structured field",
            ),
            (
                json!({"vocab": "draft-ietf-aipref-vocab-99", "content-usage": "train-ai=y, ai-input=n"}),
                vec!["content-usage:ai-input=disallowed"],
                "`draft-ietf-aipref-vocab-99` is not a vocabulary that is known here",
            ),
            (
                json!({"scope": [{"train-ai": "disallowed"}]}),
                vec!["scope.train-ai:train-ai=disallowed"],
                "an item of `scope` names no `path`",
            ),
        ];
        for (declaration, expected, problem) in cases {
            let (uses, problems) = told(&declaration);
            assert_eq!(uses, expected, "{declaration}");
            assert!(problems[0].starts_with(problem), "{declaration}: {problems:?}");
        }
    }

    proptest! {
        #[test]
        fn only_the_word_itself_permits(word in "(\\PC|allowed){0,3}") {
            let said = read(&json!({"use": {"train-ai": word}}));
            let permits = said.declared_uses().iter().any(|declared| declared.said.value == UseValue::Allowed);
            prop_assert_eq!(permits, word == "allowed");
        }
    }
}
