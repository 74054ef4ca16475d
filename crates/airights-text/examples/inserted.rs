//! Puts one AI sentence at the start, in the middle and at the end of every SPDX text, and lists where it is not seen:
//! `cargo run --release -p airights-text --example inserted`
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use airights_text::{AiUse, UseValue, read};

const SENTENCE: &str = "The Software may not be used to train machine learning models.";

fn main() {
    let (mut all, mut seen) = (0, 0);
    for (id, text) in spdx::text::LICENSE_TEXTS {
        let middle = text[..text.floor_char_boundary(text.len() / 2)]
            .rfind("\n\n")
            .map_or(0, |at| at + 2);
        for (place, text) in [
            ("start", format!("{SENTENCE}\n\n{text}")),
            (
                "middle",
                format!("{}{SENTENCE}\n\n{}", &text[..middle], &text[middle..]),
            ),
            ("end", format!("{text}\n\n{SENTENCE}\n")),
        ] {
            let reading = read(&text);
            let is_found = reading
                .clauses
                .iter()
                .any(|clause| clause.ai_use == AiUse::TrainAi && clause.value == UseValue::Disallowed);
            all += 1;
            if is_found && reading.is_modified() {
                seen += 1;
            } else {
                println!("{id} ({place}): clause {is_found}, modified {}", reading.is_modified());
            }
        }
    }
    println!("{seen} of {all} seen");
}
