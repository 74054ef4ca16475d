//! Reads a `Content-Usage` field: what the IETF's AIPREF working group says of AI uses, as in `train-ai=n, search=y`.
//!
//! The field is an RFC 9651 dictionary with the values `y` and `n`; any other value is "unknown", keys that are not
//! known are passed over, and of a key given twice the last counts. CC signals add conditions: `;exceptions=cc-cr`.
//! A member that is broken is reported and takes the permissions of the whole field with it, never the refusals.

use std::collections::BTreeMap;

use airights_text::{AiUse, Condition, UseValue};

/// What a field says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentUsage {
    /// The value of each use that is spoken of, with the conditions of a conditional one.
    pub uses: BTreeMap<AiUse, (UseValue, Vec<Condition>)>,
    /// What is wrong with it, in words.
    pub problems: Vec<String>,
}

/// Which uses a label covers. The drafts used wider labels than today's; a wide label can refuse but not permit, as
/// nobody who wrote it had today's uses in mind.
fn covered(label: &str) -> (&'static [AiUse], bool) {
    match label {
        "train-ai" | "train-genai" | "genai" | "ai-train" => (&[AiUse::TrainAi], true),
        "ai-input" => (&[AiUse::AiInput], true),
        "ai-use" | "ai-output" | "inference" => (&[AiUse::AiInput], false),
        "ai" | "all" | "bots" | "tdm" | "ai-all" => (&[AiUse::TrainAi, AiUse::AiInput], false),
        _ => (&[], false),
    }
}

/// Reads a field.
pub fn read(field: &str) -> ContentUsage {
    let mut members: BTreeMap<&str, Result<Member<'_>, String>> = BTreeMap::new();
    let mut usage = ContentUsage::default();
    if field.trim().is_empty() {
        return usage;
    }
    for text in split_outside_quotes(field, ',') {
        match member(text.trim()) {
            Ok(member) => {
                members.insert(member.key, Ok(member));
            }
            Err(problem) => usage.problems.push(problem),
        }
    }
    for member in members.into_values().flatten() {
        let (ai_uses, may_permit) = covered(member.key);
        let Some((value, conditions)) = said_by(&member) else {
            continue;
        };
        if value == UseValue::Allowed && !(may_permit && usage.problems.is_empty()) {
            continue;
        }
        for &ai_use in ai_uses {
            let said = usage.uses.entry(ai_use).or_insert((value, Vec::new()));
            said.0 = said.0.max(value);
            said.1.extend(&conditions);
            said.1.sort_unstable();
            said.1.dedup();
        }
    }
    for (value, conditions) in usage.uses.values_mut() {
        if *value != UseValue::Conditional {
            conditions.clear();
        }
    }
    usage
}

/// One `key=value;parameters`.
struct Member<'a> {
    key: &'a str,
    value: Option<&'a str>,
    exceptions: Option<&'a str>,
}

fn member(text: &str) -> Result<Member<'_>, String> {
    let broken = || {
        format!(
            "`content-usage` holds `{}`, which is no `label=y` or `label=n`",
            shorten(text)
        )
    };
    let mut parts = split_outside_quotes(text, ';').into_iter();
    let first = parts.next().unwrap_or_default().trim_end();
    let (key, value) = match first.split_once('=') {
        Some((key, value)) => (key, Some(value)),
        None => (first, None),
    };
    let is_key = |key: &str| {
        key.starts_with(|first: char| first.is_ascii_lowercase() || first == '*')
            && key.chars().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '_' | '.' | '*')
            })
    };
    if !is_key(key) || value.is_some_and(|value| value.is_empty() || value.starts_with(' ')) {
        return Err(broken());
    }
    let mut exceptions = None;
    for parameter in parts {
        let (name, value) = match parameter.trim().split_once('=') {
            Some((name, value)) => (name, value),
            None => (parameter.trim(), ""),
        };
        if !is_key(name) {
            return Err(broken());
        }
        if name == "exceptions" {
            exceptions = Some(value);
        }
    }
    Ok(Member { key, value, exceptions })
}

fn said_by(member: &Member<'_>) -> Option<(UseValue, Vec<Condition>)> {
    match (member.value?, member.exceptions) {
        ("y", None) => Some((UseValue::Allowed, Vec::new())),
        ("n", None) => Some((UseValue::Disallowed, Vec::new())),
        // `y` with exceptions says nothing that can be relied on but the exceptions.
        ("y" | "n", Some(exceptions)) => Some((UseValue::Conditional, conditions(exceptions))),
        _ => None,
    }
}

/// What CC signals ask for. Several may stand in a list; one that is not known is a condition that cannot be met.
fn conditions(exceptions: &str) -> Vec<Condition> {
    let mut conditions: Vec<_> = exceptions
        .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'))
        .filter(|word| !word.is_empty())
        .flat_map(|signal| -> &[Condition] {
            match signal {
                "cc-cr" => &[Condition::Credit],
                "cc-cr-dc" => &[Condition::Credit, Condition::DirectContribution],
                "cc-cr-ec" => &[Condition::Credit, Condition::EcosystemContribution],
                "cc-cr-op" => &[Condition::Credit, Condition::OpenResult],
                _ => &[Condition::Other],
            }
        })
        .copied()
        .collect();
    if conditions.is_empty() {
        conditions.push(Condition::Other);
    }
    conditions.sort_unstable();
    conditions.dedup();
    conditions
}

/// Splits where `separator` stands outside of strings and inner lists.
fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped, mut depth) = (false, false, 0usize);
    text.split(move |letter: char| {
        let is_escaped = std::mem::take(&mut escaped);
        match letter {
            '\\' if quoted && !is_escaped => escaped = true,
            '"' if !is_escaped => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == separator && !quoted && depth == 0
    })
    .collect()
}

fn shorten(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The field, and what it says as `use=value(conditions)`, then the number of problems.
    #[test]
    fn fields_mean_what_the_drafts_say() {
        let cases = [
            ("train-ai=n, search=y", "train-ai=disallowed", 0),
            ("train-ai=y", "train-ai=allowed", 0),
            ("train-ai=y,ai-input=n", "train-ai=allowed ai-input=disallowed", 0),
            ("train-ai=n;exceptions=cc-cr", "train-ai=conditional(credit)", 0),
            (
                "train-ai=n;exceptions=cc-cr-op;x=1",
                "train-ai=conditional(credit,open-result)",
                0,
            ),
            (
                "train-ai=n;exceptions=(cc-cr-dc cc-cr-ec)",
                "train-ai=conditional(credit,direct-contribution,ecosystem-contribution)",
                0,
            ),
            ("train-ai=n;exceptions=\"a, b\"", "train-ai=conditional(other)", 0),
            ("train-ai=n;exceptions", "train-ai=conditional(other)", 0),
            ("train-ai=y;exceptions=cc-cr", "train-ai=conditional(credit)", 0),
            ("train-ai=y, train-ai=n", "train-ai=disallowed", 0),
            ("train-ai=n, train-ai=y", "train-ai=allowed", 0),
            ("train-ai=maybe", "", 0),
            ("train-ai", "", 0),
            ("train-ai=?1", "", 0),
            ("Train-AI=y", "", 1),
            ("train-ai=y, (((", "", 1),
            ("train-ai=n, =", "train-ai=disallowed", 1),
            ("train-ai=y; =", "", 1),
            ("all=n", "train-ai=disallowed ai-input=disallowed", 0),
            ("all=y", "", 0),
            ("bots=n, train-ai=y", "train-ai=disallowed ai-input=disallowed", 0),
            ("unknown=y", "", 0),
            ("", "", 0),
            ("train-ai=y,", "", 1),
        ];
        for (field, expected, problems) in cases {
            let usage = read(field);
            let told: Vec<_> = usage
                .uses
                .iter()
                .map(|(ai_use, (value, conditions))| {
                    let conditions: Vec<_> = conditions.iter().map(|condition| condition.as_str()).collect();
                    if conditions.is_empty() {
                        format!("{ai_use}={value}")
                    } else {
                        format!("{ai_use}={value}({})", conditions.join(","))
                    }
                })
                .collect();
            assert_eq!(told.join(" "), expected, "{field}");
            assert_eq!(usage.problems.len(), problems, "{field}");
        }
    }

    proptest! {
        #[test]
        fn a_field_never_says_unknown_and_never_panics(field in "(\\PC|train-ai|=y|=n|;exceptions=|,|\"|\\(){0,20}") {
            for (value, conditions) in read(&field).uses.values() {
                prop_assert_ne!(*value, UseValue::Unknown);
                prop_assert_eq!(*value == UseValue::Conditional, !conditions.is_empty());
            }
        }

        #[test]
        fn a_broken_member_takes_every_permission_with_it(labels in prop::collection::vec("(train-ai|ai-input)=(y|n)", 0..4)) {
            let mut members = labels;
            members.push("=broken".to_owned());
            let usage = read(&members.join(", "));
            prop_assert!(usage.uses.values().all(|(value, _)| *value != UseValue::Allowed));
        }
    }
}
