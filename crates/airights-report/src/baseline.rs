//! A baseline as a file: sorted, one value a line, so that a diff of it reads as what got better or worse. Its words come
//! from packages of strangers, so none of them is written without being escaped.

use std::fmt::Write;

use airights::baseline::{Baseline, BaselineEntry, KnownProblem};

use super::init::quoted;

const HEADING: &str = "\
# What was denied when this file was written: `cargo airights check --baseline` accepts it, and nothing else.
#
# An entry holds until the terms it was written for change: the problem and what it is about, the license texts of the
# crate, and the words it rests on. `--write-baseline` rewrites the file and drops what is fixed.

version = 2
";

/// Writes a baseline.
pub fn baseline_file(baseline: &Baseline) -> String {
    let mut text = HEADING.to_owned();
    for entry in &baseline.entries {
        write_entry(&mut text, entry);
    }
    text
}

// Writing to a string cannot fail.
fn write_entry(text: &mut String, entry: &BaselineEntry) {
    let _ = writeln!(text, "\n[[finding]]\ncrate = {}", quoted(&entry.krate));
    let _ = writeln!(text, "rule = \"{}\"", entry.rule);
    if let Some(ai_use) = entry.ai_use {
        let _ = writeln!(text, "use = \"{ai_use}\"");
    }
    match &entry.problem {
        KnownProblem::Key(key) => {
            let terms: Vec<String> = key.terms.iter().map(|term| quoted(term)).collect();
            let _ = writeln!(text, "problem = {}", quoted(&key.name));
            let _ = writeln!(text, "terms = [{}]", terms.join(", "));
        }
        // What no finding of today has the words of: it lets nothing pass, and waits for who drops it.
        KnownProblem::Words(_) => {}
    }
    if !entry.files.is_empty() {
        text.push_str("files = [\n");
        for file in &entry.files {
            let _ = writeln!(
                text,
                "  {{ path = {}, sha256 = \"{}\" }},",
                quoted(&file.path),
                file.sha256
            );
        }
        text.push_str("]\n");
    }
    if !entry.words.is_empty() {
        text.push_str("words = [\n");
        for words in &entry.words {
            let _ = writeln!(text, "  {},", quoted(words));
        }
        text.push_str("]\n");
    }
}
