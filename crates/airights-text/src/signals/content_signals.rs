//! Content Signals: `Content-Signal: search=yes, ai-input=yes, ai-train=no`, a line in a group of `robots.txt`
//! (contentsignals.org). A signal that is absent "neither grants nor restricts".

use super::{About, Signal, robots};
use crate::labels::label;
use crate::said::Said;
use crate::vocabulary::UseValue;

/// The label of the line.
pub const LABEL: &str = "Content-Signal";

/// What every such line in a text says. Signals and values that are not known say nothing.
pub fn signals(text: &str) -> Vec<Signal> {
    let lines = robots::lines(text).into_iter();
    lines
        .filter(|line| line.is(LABEL))
        .flat_map(|line| of_line(&line))
        .collect()
}

fn of_line(line: &robots::Line<'_>) -> Vec<Signal> {
    let (is_whole, signals) = line.reach_and_rest();
    let words = signals.split([',', ' ', '\t']).map(str::to_ascii_lowercase);
    let said = words.flat_map(|word| {
        let (name, value) = word.split_once('=').unwrap_or((&word, ""));
        let value = match value {
            "yes" => UseValue::Allowed,
            // Whoever writes AIPREF's word for it means to refuse as well.
            "no" | "n" => UseValue::Disallowed,
            _ => UseValue::Unknown,
        };
        let label = label(name).filter(|label| label.may_permit || value == UseValue::Disallowed);
        let uses = label
            .map_or(&[][..], |label| label.uses)
            .iter()
            .map(|&ai_use| About::Use(ai_use));
        let abouts: Vec<About> = uses.chain((name == "search").then_some(About::Search)).collect();
        abouts.into_iter().map(move |about| (about, Said::new(value, &[])))
    });
    said.filter_map(|(about, said)| Signal::new(about, said, is_whole, line.bytes.clone()))
        .collect()
}
