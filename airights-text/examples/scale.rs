//! Shows that the time of a reading grows in proportion to the text, and its memory hardly at all, on texts made to be
//! slow: `cargo run --release -p airights-text --example scale -- [MEGABYTES [NAME…]]`
//!
//! Only the texts whose name is given are read, or all. Each text is read at a quarter, at half and at the whole of the size (10 MB; 200 shows the same); printed are the
//! seconds of each, the speed at the whole, and by how much the process ever grew beyond the text itself.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::time::Instant;
use std::{env, fs};

use airights_text::{read, read_notice};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let megabytes = arguments.first().and_then(|word| word.parse().ok()).unwrap_or(10);
    let names = arguments.get(1..).unwrap_or_default();
    for (name, unit) in units() {
        if !names.is_empty() && !names.iter().any(|other| other == name) {
            continue;
        }
        let mut seconds = Vec::new();
        let mut growth = 0.0_f64;
        for size in [megabytes * 250_000, megabytes * 500_000, megabytes * 1_000_000] {
            let text = unit.repeat(size / unit.len() + 1);
            forget_peak();
            let before = memory("VmRSS:");
            let start = Instant::now();
            let reading = read(&text);
            seconds.push(start.elapsed().as_secs_f64());
            growth = growth.max(memory("VmHWM:") - before);
            assert!(reading.matches.iter().all(|found| !found.spans.is_empty()), "{name}");
            let start = Instant::now();
            read_notice(&text);
            seconds.push(start.elapsed().as_secs_f64());
        }
        #[allow(clippy::cast_precision_loss, reason = "megabytes are few")]
        let speed = megabytes as f64 / seconds[4];
        println!(
            "{name:<24} read {:.2} {:.2} {:.2} s, {speed:.0} MB/s, {growth:.0} MiB; as a notice {:.2} {:.2} {:.2} s",
            seconds[0], seconds[2], seconds[4], seconds[1], seconds[3], seconds[5]
        );
    }
}

fn units() -> Vec<(&'static str, String)> {
    let text = |id: &str| {
        let mut all = spdx::text::LICENSE_TEXTS.iter();
        all.find(|(other, _)| *other == id)
            .map_or("", |found| found.1)
            .to_owned()
    };
    vec![
        ("one word", "software ".to_owned()),
        ("one phrase", "the software is provided ".to_owned()),
        ("one clause", "may not be used to train AI models\n".to_owned()),
        (
            "one clause in one line",
            "may not be used to train AI models ".to_owned(),
        ),
        ("list marks", "(a) 1. # ".to_owned()),
        ("angle brackets", "<".to_owned()),
        ("one letter", "a".to_owned()),
        ("copyright", "copyright ".to_owned()),
        ("copyright lines", "Copyright 2020 Somebody\n".to_owned()),
        ("a grant", "without limitation the rights to use copy ".to_owned()),
        ("MIT", text("MIT")),
        ("Apache-2.0", text("Apache-2.0")),
        ("GPL-3.0", text("GPL-3.0")),
        ("all licences", all_licenses()),
        ("words of licences", random_words()),
        ("nonsense", "xyzzy plugh must frobnicate\n".to_owned()),
    ]
}

fn all_licenses() -> String {
    spdx::text::LICENSE_TEXTS
        .iter()
        .map(|(_, text)| format!("{text}\n\n"))
        .collect()
}

/// A million of the words the licences are made of, in an order a small generator of numbers gives.
fn random_words() -> String {
    let licenses = all_licenses();
    let words: Vec<&str> = licenses.split_whitespace().collect();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut text = String::new();
    for number in 1..1_000_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let index = usize::try_from(state >> 33).unwrap_or(0) % words.len();
        text.push_str(words[index]);
        text.push(if number % 12 == 0 { '\n' } else { ' ' });
    }
    text
}

/// Lets the system count the peak anew, where it can.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// A figure of this process's memory in MiB; 0 where the system does not say.
fn memory(name: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
