//! `.gitattributes`: attributes about AI, where they are set for all files or for sources. There is no standard for them.

use airights_text::AiUse;
use airights_text::labels::label;
use airights_text::signals::Signal;

use super::{EVERY_USE, Place, SignalFile, refusals};
use crate::place::SOURCES;

pub(crate) static SIGNAL: SignalFile = SignalFile {
    names: &[(Place::Root, &[".GITATTRIBUTES"])],
    vocabularies: &[],
    has_words: true,
    read: |text| Ok(refused(text)),
};

/// Attributes such as `ai-training=no` or `-ai-training`, where they are set for all files or for sources.
fn refused(text: &str) -> Vec<Signal> {
    let mut already: Vec<AiUse> = Vec::new();
    let mut signals = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bytes = start..start + line.trim_end().len();
        start += line.len();
        let mut words = line.split_whitespace();
        let pattern = words.next().unwrap_or_default();
        if pattern.starts_with('#') || !is_for_sources(pattern) {
            continue;
        }
        let uses: Vec<AiUse> = words.flat_map(refused_by).copied().collect();
        let uses: Vec<AiUse> = uses.into_iter().filter(|ai_use| !already.contains(ai_use)).collect();
        signals.extend(refusals(&uses, &bytes));
        already.extend(uses);
    }
    signals
}

/// Whether a pattern takes in all files, a directory of sources, or all files of a language.
fn is_for_sources(pattern: &str) -> bool {
    let pattern = pattern.trim_matches('"').trim_start_matches('/');
    let last = pattern.rsplit('/').next().unwrap_or_default();
    let all_before = pattern[..pattern.len() - last.len()]
        .split('/')
        .all(|part| matches!(part, "" | "**" | "*" | "src"));
    let is_of_a_language = last
        .strip_prefix("*.")
        .is_some_and(|ending| SOURCES.contains(&ending.to_ascii_uppercase().as_str()));
    all_before && (matches!(last, "*" | "**" | "src" | "*.*") || is_of_a_language)
}

/// The uses an attribute refuses.
fn refused_by(attribute: &str) -> &'static [AiUse] {
    let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
    let (name, is_unset) = match name.strip_prefix('-') {
        Some(name) => (name, true),
        None => (name, false),
    };
    let name = name.to_ascii_lowercase().replace('_', "-");
    let value = value.to_ascii_lowercase();
    let denies = matches!(
        value.as_str(),
        "no" | "n" | "false" | "off" | "0" | "none" | "deny" | "denied" | "disallow" | "disallowed" | "never"
    );
    let affirms = !is_unset && matches!(value.as_str(), "" | "yes" | "y" | "true" | "on" | "1");
    match name.as_str() {
        "noai" | "no-ai" | "ai-opt-out" | "ai-optout" if affirms => EVERY_USE,
        "no-ai-training" | "no-train" | "no-training" | "do-not-train" | "notrain" if affirms => &[AiUse::TrainAi],
        "ai-training" | "training" | "train" | "ml-training" | "llm-training" | "allow-ai-training" | "ml"
            if denies || is_unset =>
        {
            &[AiUse::TrainAi]
        }
        name if denies || is_unset => label(name).map_or(&[], |label| label.uses),
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::refused_with_lines;
    use super::*;

    #[test]
    fn attributes_for_all_files_are_signals() {
        let cases = [
            ("* ai-training=no", "1:train-ai"),
            ("*.rs text\n* text=auto -ai-training", "2:train-ai"),
            ("** ai=false", "1:train-ai 1:ai-input"),
            ("src/** ai_input=off", "1:ai-input"),
            ("*.rs noai", "1:train-ai 1:ai-input"),
            ("* -train-ai\n* train-ai=no", "1:train-ai"),
            ("# * ai-training=no", ""),
            ("docs/** ai-training=no", ""),
            ("* ai-training", ""),
            ("* -noai", ""),
            ("* text=auto eol=lf\n*.png binary -text", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(refused_with_lines(&SIGNAL, text), expected, "{text}");
        }
    }
}
