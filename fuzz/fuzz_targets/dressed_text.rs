//! A license text and a refusal in any dress: whatever is done to it that a person would still read as the same, the
//! reading is never milder.

#![no_main]

use airights_text::{Reading, UseValue, read};
use libfuzzer_sys::fuzz_target;

const IDS: [&str; 10] = [
    "MIT",
    "Apache-2.0",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "MPL-2.0",
    "Unlicense",
    "CC0-1.0",
    "GPL-2.0-only",
    "AGPL-3.0-only",
];

const REFUSALS: [&str; 8] = [
    "",
    "The Software may not be used to train machine learning models.",
    "You must not use this work, in whole or in part, for training artificial intelligence systems.",
    "Use of the Software as input to a large language model is prohibited without prior written permission.",
    "This software shall not be used for commercial purposes.",
    "Permission is not granted to use the contents of this repository as training data for AI.",
    "The license ends on the day on which the licensee trains a neural network with the source code.",
    "No part of this software may be reproduced without a license bought from the author.",
];

fuzz_target!(|program: &[u8]| {
    let [license, refusal, place, dresses @ ..] = program else {
        return;
    };
    let id = IDS[usize::from(*license) % IDS.len()];
    let refusal = REFUSALS[usize::from(*refusal) % REFUSALS.len()];
    let plain = with_refusal(text_of(id), refusal, usize::from(*place));
    let dressed = dresses
        .chunks_exact(2)
        .take(6)
        .fold(plain.clone(), |text, step| dress(&text, step[0], usize::from(step[1])));
    let reading = read(&dressed);
    let names_it = reading
        .base_expression()
        .is_none_or(|expression| expression.contains(id));
    assert!(
        names_it || !passes(&reading),
        "{id} is read as {:?}:\n{dressed}",
        reading.base_expression()
    );
    if !refusal.is_empty() {
        assert!(!passes(&read(&plain)), "the refusal is not found:\n{plain}");
        assert!(!passes(&reading), "the refusal is lost:\n{dressed}");
    }
});

/// Whether nothing of a reading is for a judge to deny.
fn passes(reading: &Reading) -> bool {
    reading.base_expression().is_some()
        && !reading.is_modified()
        && reading.residue.iter().all(|residue| !residue.operative)
        && reading.clauses.iter().all(|clause| clause.value == UseValue::Allowed)
}

fn text_of(id: &str) -> &'static str {
    let mut texts = spdx::text::LICENSE_TEXTS.iter();
    texts.find(|(known, _)| *known == id).expect("spdx has it").1
}

/// The refusal as a paragraph of its own behind one of the last paragraphs.
fn with_refusal(text: &str, refusal: &str, place: usize) -> String {
    if refusal.is_empty() {
        return text.to_owned();
    }
    let mut paragraphs: Vec<&str> = text.trim_end().split("\n\n").collect();
    paragraphs.insert(paragraphs.len() - place % paragraphs.len().min(3), refusal);
    paragraphs.join("\n\n") + "\n"
}

fn dress(text: &str, kind: u8, number: usize) -> String {
    const LEADERS: [&str; 10] = ["//", "///", "#", "*", ";;", "--", ">", "%", "dnl", "REM"];
    const RULES: [&str; 6] = ["----------", "==========", "* * *", "~~~~~~~~", "##########", "//"];
    const BLANKS: [&str; 5] = ["  ", "\t", "\u{a0}", "\u{2003}", " \u{3000}"];
    let nth = number % 5 + 1;
    match kind % 17 {
        0 => wrapped(text, 24 + number % 120),
        1 => text.replace('\n', "\r\n"),
        2 => each_line(text, |line| format!("{} {line}", LEADERS[number % LEADERS.len()])),
        3 => each_word(text, nth, |word| {
            split(word, ["\u{200b}", "\u{200d}", "\u{ad}", "\u{2060}"][number % 4])
        }),
        4 => each_word(text, nth, |word| {
            word.chars().map(|letter| shifted(letter, ' ', '!', 0xfee0)).collect()
        }),
        5 => each_word(text, nth, |word| {
            word.chars().map(|letter| shifted(letter, '`', 'a', 0x1d3b9)).collect()
        }),
        6 => each_word(text, nth, |word| {
            word.replace('a', "а").replace('e', "е").replace('o', "о")
        }),
        7 => each_word(text, nth, |word| {
            word.chars()
                .enumerate()
                .map(|(place, letter)| match place % 2 {
                    1 if letter.is_ascii_lowercase() => format!("&#{};", u32::from(letter)),
                    _ => letter.to_string(),
                })
                .collect()
        }),
        8 => each_word(text, nth, |word| {
            format!("{0}{word}{0}", ["*", "**", "_", "`"][number % 4])
        }),
        9 => text.to_uppercase(),
        10 => each_line(text, |line| format!("{}{line}", " ".repeat(number % 12))),
        11 => text.replace(' ', BLANKS[number % BLANKS.len()]),
        12 => text.replace('"', "\u{201d}").replace('\'', "\u{2019}"),
        13 => format!("<div><p>{}</p></div>", text.replace("\n\n", "</p>\n\n<p>")),
        14 => text.replace("\n\n", &format!("\n\n{}\n\n", RULES[number % RULES.len()])),
        15 => each_line(text, |line| format!("{line}{}", " ".repeat(number % 9))),
        _ => each_word(text, nth, |word| split(word, "<b></b>")),
    }
}

fn each_line(text: &str, dress: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| dress(line) + "\n").collect()
}

/// Every so-manieth word that is letters only, changed.
fn each_word(text: &str, nth: usize, change: impl Fn(&str) -> String) -> String {
    let mut number = 0;
    text.split_inclusive([' ', '\n'])
        .map(|part| {
            let bare = part.trim_end();
            let is_word = bare.len() > 3 && bare.bytes().all(|byte| byte.is_ascii_lowercase());
            number += usize::from(is_word);
            if is_word && number % nth == 0 {
                change(bare) + &part[bare.len()..]
            } else {
                part.to_owned()
            }
        })
        .collect()
}

fn split(word: &str, by: &str) -> String {
    format!("{}{by}{}", &word[..2], &word[2..])
}

/// A letter of ASCII above `above`, as many places further.
fn shifted(letter: char, above: char, first: char, places: u32) -> char {
    let is_meant = letter > above && letter >= first && letter.is_ascii_lowercase();
    let shifted = char::from_u32(u32::from(letter) + places).filter(|_| is_meant);
    shifted.unwrap_or(letter)
}

fn wrapped(text: &str, width: usize) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let mut line = 0;
        let mut all = String::new();
        for word in paragraph.split_whitespace() {
            let end = if line == 0 {
                ""
            } else if line + word.len() >= width {
                line = 0;
                "\n"
            } else {
                " "
            };
            all += end;
            all += word;
            line += word.len() + 1;
        }
        all
    });
    paragraphs.collect::<Vec<_>>().join("\n\n") + "\n"
}
