//! Reads `[package.metadata.airights]`: what a package declares of AI uses in its own manifest.
//!
//! ```toml
//! [package.metadata.airights]
//! content-usage = "train-ai=n;exceptions=cc-cr, search=y"
//! use = { ai-input = "allowed", train-on-output = "conditional" }
//! conditions = ["credit"]
//! ```
//!
//! A declaration is a preference: it can narrow what a silent licence leaves open, and it never widens anything. What is
//! malformed is reported and never becomes a permission.

use airights_text::{AiUse, Condition, Modality, UseValue};
use serde_json::{Map, Value};

use super::content_usage;

/// What a declaration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// What is said of each use.
    pub uses: Vec<DeclaredUse>,
    /// What is wrong with it, in words.
    pub problems: Vec<String>,
}

/// What is said of one use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredUse {
    /// The key it stands under: `content-usage`, `use.ai-input`.
    pub key: String,
    /// The use.
    pub ai_use: AiUse,
    /// What is said.
    pub value: UseValue,
    /// What a conditional value asks for; sorted.
    pub conditions: Vec<Condition>,
    /// How it is said.
    pub modality: Modality,
}

/// Keys that say nothing of a use by themselves: the vocabulary's version, and where the words are.
const SILENT: &[&str] = &["vocab", "strength", "terms"];

/// Reads a declaration.
pub fn read(declaration: &Value) -> Declaration {
    let mut said = Declaration::default();
    let Value::Object(table) = declaration else {
        said.problem("`metadata.airights` is not a table".to_owned());
        return said;
    };
    let conditions = said.conditions(table);
    for (key, value) in table {
        match (key.as_str(), value) {
            ("content-usage", Value::String(field)) => said.content_usage(field),
            ("content-usage", _) => said.problem("`content-usage` is not a string".to_owned()),
            ("use", Value::Object(uses)) => said.uses(key, uses, &conditions),
            ("use", _) => said.problem("`use` is not a table".to_owned()),
            ("scope", scopes) => said.scopes(scopes, &conditions),
            ("conditions", _) => {}
            (key, _) if SILENT.contains(&key) => {}
            (key, _) => said.problem(format!("`{}` is not a key of `metadata.airights`", shorten(key))),
        }
    }
    // What is broken may have been meant to refuse.
    if !said.problems.is_empty() {
        said.uses.retain(|said| said.value != UseValue::Allowed);
    }
    said
}

impl Declaration {
    fn problem(&mut self, problem: String) {
        // A list of thousands of bad keys would help nobody.
        if self.problems.len() < 20 {
            self.problems.push(problem);
        }
    }

    fn conditions(&mut self, table: &Map<String, Value>) -> Vec<Condition> {
        let words: &[Value] = match table.get("conditions") {
            None => return vec![Condition::Other],
            Some(Value::Array(words)) => words,
            Some(word @ Value::String(_)) => std::slice::from_ref(word),
            Some(_) => {
                self.problem("`conditions` is not a list".to_owned());
                return vec![Condition::Other];
            }
        };
        let mut conditions: Vec<Condition> = words
            .iter()
            .map(|word| {
                let word = word.as_str().unwrap_or_default();
                word.parse().unwrap_or_else(|_| {
                    self.problem(format!("`{}` is not a condition", shorten(word)));
                    Condition::Other
                })
            })
            .collect();
        if conditions.is_empty() {
            conditions.push(Condition::Other);
        }
        conditions.sort_unstable();
        conditions.dedup();
        conditions
    }

    fn content_usage(&mut self, field: &str) {
        let usage = content_usage::read(field);
        usage.problems.into_iter().for_each(|problem| self.problem(problem));
        self.uses
            .extend(usage.uses.into_iter().map(|(ai_use, (value, conditions))| DeclaredUse {
                key: "content-usage".to_owned(),
                ai_use,
                value,
                conditions,
                modality: Modality::Signal,
            }));
    }

    fn uses(&mut self, table: &str, uses: &Map<String, Value>, conditions: &[Condition]) {
        for (name, value) in uses {
            let key = format!("{table}.{name}");
            let Ok(ai_use) = name.parse::<AiUse>() else {
                self.problem(format!("`{}` is not an AI use", shorten(name)));
                continue;
            };
            let word = value.as_str().unwrap_or_default();
            let (value, modality) = match word {
                "allowed" => (UseValue::Allowed, Modality::Permit),
                "disallowed" | "notAllowed" => (UseValue::Disallowed, Modality::Prohibit),
                "conditional" | "constrained" => (UseValue::Conditional, Modality::Condition),
                "unknown" => continue,
                _ => {
                    self.problem(format!(
                        "`{}` is none of `allowed`, `conditional` and `disallowed`",
                        shorten(&value.to_string())
                    ));
                    continue;
                }
            };
            let conditions = match value {
                UseValue::Conditional => conditions.to_vec(),
                _ => Vec::new(),
            };
            self.uses.push(DeclaredUse {
                key,
                ai_use,
                value,
                conditions,
                modality,
            });
        }
    }

    /// What is said of a part of the package. A refusal for a part is one for whoever takes the whole; a permission for
    /// a part is none.
    fn scopes(&mut self, scopes: &Value, conditions: &[Condition]) {
        let Value::Array(scopes) = scopes else {
            return self.problem("`scope` is not a list".to_owned());
        };
        for scope in scopes.iter().take(1000) {
            let Value::Object(scope) = scope else {
                self.problem("an item of `scope` is not a table".to_owned());
                continue;
            };
            let before = self.uses.len();
            let uses = scope.iter().filter(|(key, _)| key.as_str() != "path");
            let uses = uses.map(|(key, value)| (key.clone(), value.clone())).collect();
            self.uses("scope", &uses, conditions);
            let of_scope = self.uses.split_off(before);
            self.uses
                .extend(of_scope.into_iter().filter(|said| said.value != UseValue::Allowed));
        }
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// What a declaration says as `key:use=value(conditions)`, and its problems.
    fn told(declaration: &Value) -> (Vec<String>, Vec<String>) {
        let said = read(declaration);
        let uses = said.uses.into_iter().map(|said| {
            let conditions: Vec<_> = said.conditions.iter().map(|condition| condition.as_str()).collect();
            let conditions = if conditions.is_empty() {
                String::new()
            } else {
                format!("({})", conditions.join(","))
            };
            format!("{}:{}={}{conditions}", said.key, said.ai_use, said.value)
        });
        (uses.collect(), said.problems)
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
                    "use.train-on-output:train-on-output=disallowed",
                    "use.use-restrictions:use-restrictions=conditional(other)",
                ],
            ),
            (
                json!({"use": {"train-ai": "conditional"}, "conditions": ["non-commercial", "credit"]}),
                vec!["use.train-ai:train-ai=conditional(credit,non-commercial)"],
            ),
            (
                json!({"use": {"train-ai": "unknown"}, "vocab": "x", "strength": "licence"}),
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
                "`\"Allowed\"` is none of",
            ),
            (
                json!({"use": {"training": "disallowed", "ai-input": "allowed"}}),
                vec![],
                "`training` is not an AI use",
            ),
            (
                json!({"content_usage": "train-ai=n", "use": {"ai-input": "disallowed"}}),
                vec!["use.ai-input:ai-input=disallowed"],
                "`content_usage` is not a key",
            ),
            (
                json!({"use": {"train-ai": "conditional"}, "conditions": ["money"]}),
                vec!["use.train-ai:train-ai=conditional(other)"],
                "`money` is not a condition",
            ),
            (
                json!({"content-usage": "train-ai=y, ="}),
                vec![],
                "`content-usage` holds `=`",
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
            let permits = said.uses.iter().any(|said| said.value == UseValue::Allowed);
            prop_assert_eq!(permits, word == "allowed");
        }
    }
}
