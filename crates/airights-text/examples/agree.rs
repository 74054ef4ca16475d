//! Compares readings with what ScanCode concluded of the same files:
//! `cargo run --release -p airights-text --example agree -- TABLE DIR`
//!
//! `TABLE` is laid out like `crate-license-files.dev.tsv` (crate, file, SHA-256, expression, …); `DIR` holds the crates,
//! fetched with `cargo xtask fetch-crates TABLE DIR`. Printed are each difference with who is right, from the reviewed
//! table `differences.tsv`, and the share of files that agree: as they stand, and with the differences where ScanCode is
//! wrong counted for the reader. Ends with code 1 if a difference has not been reviewed.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use airights_text::{decode, read};
use spdx::{Expression, ParseMode};

/// Files counted: all, those that agree, those where the reader is right although it differs.
#[derive(Default)]
struct Count {
    all: u32,
    agree: u32,
    defended: u32,
}

fn main() -> io::Result<ExitCode> {
    let [table, directory] = &env::args().skip(1).collect::<Vec<_>>()[..] else {
        return Err(io::Error::other("name the table and the directory of crates"));
    };
    let (mut single, mut multiple) = (Count::default(), Count::default());
    let (mut absent, mut unreviewed) = (0, 0);
    for row in fs::read_to_string(table)?.lines().skip(1) {
        let [name, file, _, theirs, ..] = row.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let Ok(bytes) = fs::read(Path::new(directory).join(name).join(file)) else {
            absent += 1;
            continue;
        };
        let text = decode(&bytes).unwrap_or_default();
        let ours = read(&text).base_expression().unwrap_or_default().to_owned();
        let count = if names(theirs).len() > 1 {
            &mut multiple
        } else {
            &mut single
        };
        count.all += 1;
        if is_same(theirs, &ours) {
            count.agree += 1;
            continue;
        }
        let review = review(name, file);
        let verdict = review.map_or("not reviewed".to_owned(), |(who, why)| format!("{who}: {why}"));
        count.defended += u32::from(review.is_some_and(|(who, _)| who == "reader"));
        unreviewed += u32::from(review.is_none());
        println!("{name}/{file}\n  ScanCode: {theirs}\n  reader:   {ours}\n  {verdict}");
    }
    for (name, count) in [("one licence", single), ("several licences", multiple)] {
        println!(
            "files of {name}: {} of {} agree ({:.1} %), {:.1} % with those where ScanCode is wrong",
            count.agree,
            count.all,
            share(count.agree, count.all),
            share(count.agree + count.defended, count.all)
        );
    }
    println!("{absent} files are not there; {unreviewed} differences are not reviewed");
    Ok(ExitCode::from(u8::from(unreviewed > 0)))
}

fn share(part: u32, all: u32) -> f64 {
    f64::from(part) / f64::from(all.max(1)) * 100.0
}

/// Who is right about a file, and why.
fn review(name: &str, file: &str) -> Option<(&'static str, &'static str)> {
    include_str!("differences.tsv").lines().find_map(|row| {
        let [known, path, who, why] = row.split('\t').collect::<Vec<_>>()[..] else {
            return None;
        };
        (known == name && path == file).then_some((who, why))
    })
}

/// Whether two expressions are satisfied by the same licences. A text of the GNU family says neither "only" nor "or
/// later", so these are the same here.
fn is_same(one: &str, other: &str) -> bool {
    let all: Vec<String> = names(one).union(&names(other)).cloned().collect();
    let (Some(one), Some(other)) = (parse(one), parse(other)) else {
        return one == other;
    };
    all.len() <= 16
        && (0..1_u32 << all.len()).all(|chosen| {
            let has = |name: &str| {
                all.iter()
                    .position(|known| known == name)
                    .is_some_and(|at| chosen & 1 << at != 0)
            };
            one.evaluate(|requirement| has(&plain(&requirement.to_string())))
                == other.evaluate(|requirement| has(&plain(&requirement.to_string())))
        })
}

fn parse(expression: &str) -> Option<Expression> {
    Expression::parse_mode(expression, ParseMode::LAX).ok()
}

/// The licences an expression names.
fn names(expression: &str) -> BTreeSet<String> {
    let Some(parsed) = parse(expression) else {
        let words = expression.split(|letter: char| letter.is_whitespace() || "()".contains(letter));
        return words
            .filter(|word| !["", "AND", "OR", "WITH"].contains(word))
            .map(plain)
            .collect();
    };
    let requirements = parsed
        .requirements()
        .map(|requirement| plain(&requirement.req.to_string()));
    requirements.collect()
}

fn plain(requirement: &str) -> String {
    let (license, exception) = requirement.split_once(" WITH ").unwrap_or((requirement, ""));
    let family = license
        .trim_end_matches('+')
        .trim_end_matches("-only")
        .trim_end_matches("-or-later");
    format!("{family} {exception}")
}
