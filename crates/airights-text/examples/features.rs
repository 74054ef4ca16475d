//! Prints what the model of `src/frames` sees of sentences, as JSON lines: `cargo run --release -p airights-text --features
//! train --example features -- FILE…`
//!
//! The files are those of `benchmarks/ai-terms`; a row that may stand in either place is printed for both.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::{env, fs, io};

use serde_json::json;

fn main() -> io::Result<()> {
    for path in env::args().skip(1) {
        for (number, line) in fs::read_to_string(&path)?.lines().enumerate() {
            let cells: Vec<&str> = line.split('\t').collect();
            let [language, place, labels, kind, sentence] = cells[..] else {
                continue;
            };
            for at in ["license", "notice"] {
                if place != at && place != "either" {
                    continue;
                }
                let units = airights_text::features(&sentence.replace("\\n", "\n"), at == "license");
                let units: Vec<_> = units
                    .into_iter()
                    .map(|(words, features)| json!({ "words": words, "features": features }))
                    .collect();
                println!(
                    "{}",
                    json!({ "file": path, "row": number, "language": language, "place": at, "labels": labels, "kind": kind, "units": units })
                );
            }
        }
    }
    Ok(())
}
