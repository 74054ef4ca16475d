//! Reads signals about AI that are written for machines and are no words: `.noai`, `ai.txt`, `.gitattributes`.
//!
//! All of them are preferences. None of them permits anything: who writes one means to refuse, and a reader that
//! understands half of it must not find a permission.

use airights_text::labels::label;
use airights_text::{AiUse, Modality, UseValue};

use super::excerpt::cut_counting;
use super::stored::{Spelled, StoredExcerpt, StoredStatement};

/// The forms of signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignalForm {
    /// A file that says by its presence that AI shall keep away, as `.noai` does.
    KeepAway,
    /// `ai.txt`, which has the form of a `robots.txt`.
    AiTxt,
    /// `.gitattributes`
    GitAttributes,
}

const BOTH: &[AiUse] = &[AiUse::TrainAi, AiUse::AiInput];

/// What a file in such a form says.
pub(super) fn statements(form: SignalForm, text: &str) -> Vec<StoredStatement> {
    match form {
        SignalForm::KeepAway => refusals(BOTH, &StoredExcerpt::default()),
        SignalForm::AiTxt => ai_txt(text),
        SignalForm::GitAttributes => git_attributes(text),
    }
}

fn refusals(uses: &[AiUse], excerpt: &StoredExcerpt) -> Vec<StoredStatement> {
    let refuse = |ai_use: &AiUse| StoredStatement {
        ai_use: Spelled(*ai_use),
        value: Spelled(UseValue::Disallowed),
        conditions: Vec::new(),
        modality: Modality::Signal,
        of_license: None,
        excerpt: excerpt.clone(),
    };
    uses.iter().map(refuse).collect()
}

/// An `ai.txt` as Spawning defined it: what it disallows, to whomever and of whatever files, is not to be trained on. The
/// first such line is enough.
fn ai_txt(text: &str) -> Vec<StoredStatement> {
    let disallows = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let value = value.split('#').next().unwrap_or_default().trim();
        (key.trim().eq_ignore_ascii_case("disallow") && !value.is_empty()).then_some(())
    };
    let line = lines(text).find(|(_, line)| disallows(line).is_some());
    line.map_or_else(Vec::new, |(start, line)| {
        refusals(&[AiUse::TrainAi], &cut_counting(text, &(start..start + line.len())))
    })
}

/// Attributes such as `ai-training=no` or `-ai-training`, where they are set for all files or for sources.
fn git_attributes(text: &str) -> Vec<StoredStatement> {
    let mut refused: Vec<AiUse> = Vec::new();
    let mut statements = Vec::new();
    for (start, line) in lines(text) {
        let mut words = line.split_whitespace();
        let pattern = words.next().unwrap_or_default();
        if pattern.starts_with('#') || !is_for_sources(pattern) {
            continue;
        }
        let uses: Vec<AiUse> = words.flat_map(refused_by).copied().collect();
        let uses: Vec<AiUse> = uses.into_iter().filter(|ai_use| !refused.contains(ai_use)).collect();
        if !uses.is_empty() {
            statements.extend(refusals(&uses, &cut_counting(text, &(start..start + line.len()))));
            refused.extend(uses);
        }
    }
    statements
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
        .is_some_and(|ending| super::table::SOURCES.contains(&ending.to_ascii_uppercase().as_str()));
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
        "noai" | "no-ai" | "ai-opt-out" | "ai-optout" if affirms => BOTH,
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

/// The lines, each with where it starts.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let here = start;
        start += line.len();
        (here, line.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The uses a file refuses, each with its line.
    fn refused(form: SignalForm, text: &str) -> String {
        let told = statements(form, text).into_iter().map(|statement| {
            assert_eq!(statement.value.0, UseValue::Disallowed, "{text}");
            format!("{}:{}", statement.excerpt.lines.0, statement.ai_use.0)
        });
        told.collect::<Vec<_>>().join(" ")
    }

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
            assert_eq!(refused(SignalForm::GitAttributes, text), expected, "{text}");
        }
    }

    #[test]
    fn ai_txt_refuses_where_it_disallows_anything() {
        let cases = [
            ("User-Agent: *\nDisallow: /\n", "2:train-ai"),
            (
                "# all of it\nuser-agent: *\nallow: *.md\ndisallow: *.rs # code\n",
                "4:train-ai",
            ),
            ("User-Agent: *\nDisallow:\n", ""),
            ("User-Agent: *\nAllow: /\nDisallow: # nothing\n", ""),
            ("Please do.", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(refused(SignalForm::AiTxt, text), expected, "{text}");
        }
    }

    #[test]
    fn an_empty_file_may_say_it_all() {
        assert_eq!(refused(SignalForm::KeepAway, ""), "0:train-ai 0:ai-input");
    }
}
