//! Reads every SPDX text, and every text of LicenseDB if its file is named, and lists those that do not read as
//! themselves: `cargo run --release -p airights-text --example itself -- [licensedb.jsonl]`
//!
//! A text that is the same word for word as that of another id is its twin, and reads as either. Each is also read with
//! a copyright line before it, as it stands in files.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::HashMap;
use std::{env, fs, io};

use airights_text::{Reading, read};
use serde_json::Value;

fn main() -> io::Result<()> {
    let mut spdx = Tally::default();
    for (id, text) in spdx::text::LICENSE_TEXTS.iter().chain(spdx::text::EXCEPTION_TEXTS) {
        // "NOASSERTION" has no text.
        if text.chars().any(char::is_alphanumeric) {
            spdx.count(id, &[id], text);
        }
    }
    spdx.print("SPDX");
    let Some(path) = env::args().nth(1) else {
        return Ok(());
    };
    let twins: HashMap<&str, (&str, &str)> = include_str!("../licensedb.tsv")
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Some((*cells.first()?, (*cells.get(1)?, *cells.get(4)?)))
        })
        .collect();
    let mut licensedb = Tally::default();
    for line in fs::read_to_string(path)?.lines() {
        let record: Value = serde_json::from_str(line).map_err(io::Error::other)?;
        let field = |name: &str| record[name].as_str().unwrap_or("");
        if let Some((id, twin)) = twins.get(field("key"))
            && *twin != "nothing"
        {
            licensedb.count(field("key"), &[id, twin], field("text"));
        }
    }
    licensedb.print("LicenseDB");
    Ok(())
}

#[derive(Default)]
struct Tally {
    itself: u32,
    twins: u32,
    others: u32,
    /// The same with a copyright line before each text.
    in_file: Option<Box<Tally>>,
}

const COPYRIGHT: &str = "Copyright (c) 2026 Jane Doe <jane@example.org>";

impl Tally {
    fn count(&mut self, name: &str, ids: &[&str], text: &str) {
        self.count_one(name, ids, text);
        self.in_file
            .get_or_insert_default()
            .count_one(name, ids, &format!("{COPYRIGHT}\n\n{text}"));
    }

    fn count_one(&mut self, name: &str, ids: &[&str], text: &str) {
        let reading = read(text);
        let found: Vec<&str> = reading.matches.iter().map(|found| found.id).collect();
        if is_whole(&reading) && found.len() == 1 && ids.contains(&found[0]) {
            self.itself += 1;
        } else if is_whole(&reading) && found.len() == 1 {
            self.twins += 1;
        } else {
            self.others += 1;
            println!(
                "{name}: {found:?}, modified {}, residue {}, clauses {}",
                reading.is_modified(),
                reading.residue.len(),
                reading.clauses.len()
            );
        }
    }

    fn print(&self, name: &str) {
        let Self {
            itself,
            twins,
            others,
            in_file,
        } = self;
        println!("{name}: {itself} read as themselves, {twins} as a twin, {others} otherwise");
        if let Some(in_file) = in_file {
            in_file.print(&format!("{name} with a copyright line"));
        }
    }
}

/// Whether a text is one licence, word for word, and nothing else.
fn is_whole(reading: &Reading) -> bool {
    reading.matches.iter().all(|found| found.exact) && reading.residue.is_empty() && reading.clauses.is_empty()
}
