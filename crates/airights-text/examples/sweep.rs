//! Reads every text of many packages and shows what a person would be bothered with:
//! `cargo run --release -p airights-text --example sweep -- DIR`
//!
//! `DIR` holds one directory for each package, as `cargo xtask fetch-crates scripts/crates.tsv DIR` leaves them. Printed
//! are all findings of AI terms with their words, and how many of the licence files have words that stay unexplained.
//! With `--residue`, these words are printed as well.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use airights_text::{Clause, decode, read, read_notice};

#[derive(Default)]
struct Sweep {
    packages: usize,
    /// Licence files as they are, and those among them whose words are explained to the last.
    files: usize,
    files_explained: usize,
    /// Texts read so far, and whether all their words were explained.
    distinct: HashMap<Vec<u8>, bool>,
    licenses: usize,
    unnamed: usize,
    unexplained: usize,
    notices: usize,
    speaking: usize,
    shows_residue: bool,
}

fn main() -> io::Result<()> {
    let (flags, directories): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let mut sweep = Sweep {
        shows_residue: flags.iter().any(|flag| flag == "--residue"),
        ..Sweep::default()
    };
    for directory in directories {
        let mut packages: Vec<PathBuf> = fs::read_dir(directory)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        packages.sort();
        sweep.packages += packages.len();
        for package in packages {
            sweep.directory(&package)?;
        }
    }
    println!("{} packages", sweep.packages);
    let open = sweep.files - sweep.files_explained;
    let share = percent(open, sweep.files);
    println!(
        "{} licence files: {open} with words unexplained ({share:.2} %)",
        sweep.files
    );
    println!(
        "{} distinct among them: {} with words unexplained ({:.2} %), {} not named",
        sweep.licenses,
        sweep.unexplained,
        percent(sweep.unexplained, sweep.licenses),
        sweep.unnamed
    );
    println!("{} other distinct texts", sweep.notices);
    println!("{} texts speak of AI uses; each is printed above", sweep.speaking);
    Ok(())
}

fn percent(part: usize, all: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "counts of files are small")]
    let share = part as f64 / all.max(1) as f64;
    share * 100.0
}

impl Sweep {
    fn directory(&mut self, directory: &Path) -> io::Result<()> {
        let mut entries: Vec<PathBuf> = fs::read_dir(directory)?
            .map(|entry| Ok(entry?.path()))
            .collect::<io::Result<_>>()?;
        entries.sort();
        for path in entries {
            if path.is_dir() {
                self.directory(&path)?;
            } else if path.is_file() {
                self.file(&path)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) -> io::Result<()> {
        let bytes = fs::read(path)?;
        let Some(text) = decode(&bytes) else { return Ok(()) };
        let is_manifest = path.file_name().is_some_and(|name| name == "Cargo.toml");
        if text.trim().is_empty() || is_manifest {
            return Ok(());
        }
        self.files += usize::from(is_license(path));
        if let Some(&is_explained) = self.distinct.get(&bytes) {
            self.files_explained += usize::from(is_explained && is_license(path));
            return Ok(());
        }
        if !is_license(path) {
            self.notices += 1;
            self.clauses(path, &text, &read_notice(&text));
            self.distinct.insert(bytes, false);
            return Ok(());
        }
        let reading = read(&text);
        self.files_explained += usize::from(reading.residue.is_empty());
        self.distinct.insert(bytes.clone(), reading.residue.is_empty());
        self.licenses += 1;
        self.unnamed += usize::from(reading.base_expression().is_none());
        self.unexplained += usize::from(!reading.residue.is_empty());
        if self.shows_residue && !reading.residue.is_empty() {
            println!(
                "{}: {}",
                path.display(),
                reading.base_expression().unwrap_or("no licence")
            );
            for residue in &reading.residue {
                let words = &text[residue.span.bytes.clone()];
                println!("    line {}: {}", residue.span.lines.0, one_line(words));
            }
        }
        self.clauses(path, &text, &reading.clauses);
        Ok(())
    }

    fn clauses(&mut self, path: &Path, text: &str, clauses: &[Clause]) {
        self.speaking += usize::from(!clauses.is_empty());
        for clause in clauses {
            let words = one_line(&text[clause.span.bytes.clone()]);
            println!("{}: {} {}: {words}", path.display(), clause.ai_use, clause.value);
        }
    }
}

fn one_line(words: &str) -> String {
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(300)
        .collect()
}

fn is_license(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_uppercase());
    let starts = ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"];
    let ends = [
        ".RS", ".PY", ".SH", ".GO", ".CC", ".JS", ".TS", ".STAR", ".YML", ".YAML", ".JSON", ".TOML", ".SPDX",
    ];
    name.is_some_and(|name| {
        starts.iter().any(|start| name.starts_with(start)) && !ends.iter().any(|end| name.ends_with(end))
    })
}
