//! "did you mean": the word of a list that a mistyped one was most likely meant to be.

/// Words that other standards, other tools and other spellings have for ours.
const SYNONYMS: &[(&str, &str)] = &[
    ("ai-train", "train-ai"),
    ("ai-training", "train-ai"),
    ("training", "train-ai"),
    ("ai-inference", "ai-input"),
    ("inference", "ai-input"),
    ("attribution", "credit"),
    ("block", "deny"),
    ("error", "deny"),
    ("forbid", "deny"),
    ("allow", "ignore"),
    ("clarifications", "clarify"),
    ("normal", "shipped"),
    ("tests", "dev"),
];

/// The nearest of some words: one that means the same, or one so near that a slip of the hand explains the difference.
pub fn nearest<'w>(word: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // Long foreign words are no slips, and comparing them all would take its time.
    if word.len() > 64 {
        return None;
    }
    let folded = fold(word);
    let words: Vec<&str> = words.into_iter().collect();
    let meant = SYNONYMS.iter().find(|(synonym, _)| *synonym == folded);
    if let Some(word) = meant.and_then(|(_, ours)| words.iter().find(|word| *word == ours)) {
        return Some(word);
    }
    words
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(folded.len()) <= tolerance(candidate))
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= tolerance(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// So many slips may lie between a word and what was written.
fn tolerance(word: &str) -> usize {
    1 + word.len() / 6
}

/// The SPDX id that a mistyped or colloquial name was most likely meant to be.
pub fn nearest_license(name: &str) -> Option<&'static str> {
    let ids = || {
        spdx::identifiers::LICENSES
            .iter()
            .filter(|license| !is_deprecated(license))
    };
    let colloquial = || {
        let (id, length) = spdx::imprecise_license_id(name)?;
        (length == name.len() && !id.is_deprecated()).then_some(id.name)
    };
    nearest(name, ids().map(|license| license.name)).or_else(colloquial)
}

/// `` `a`, `b` or `c` ``
pub fn alternatives<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    listed(words, "or")
}

/// `` `a`, `b` and `c` ``
pub fn enumeration<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    listed(words, "and")
}

fn listed<'w>(words: impl IntoIterator<Item = &'w str>, conjunction: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} {conjunction} {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// Case and the choice of `-`, `_` or a space are what people mistake most; they count as no difference.
fn fold(word: &str) -> String {
    word.to_lowercase().replace(['_', ' '], "-")
}

fn is_deprecated(license: &spdx::License) -> bool {
    spdx::license_id(license.name).is_none_or(spdx::LicenseId::is_deprecated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let keys = ["allow", "deny", "prefer", "train-ai"];
        for (word, expected) in [
            ("alow", Some("allow")),
            ("Deny", Some("deny")),
            ("train_ai", Some("train-ai")),
            ("ban", None),
            ("ai-train", Some("train-ai")),
            ("inference", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, keys), expected, "{word}");
        }
    }

    #[test]
    fn licenses_are_found_by_slip_and_by_colloquial_name() {
        for (name, expected) in [
            ("Apache2.0", Some("Apache-2.0")),
            ("mit", Some("MIT")),
            ("Apache 2", Some("Apache-2.0")),
            ("My-Own-Company-License", None),
        ] {
            assert_eq!(nearest_license(name), expected, "{name}");
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(alternatives(["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(enumeration(["a"]), "`a`");
        assert_eq!(enumeration([]), "");
    }
}
