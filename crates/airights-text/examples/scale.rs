//! Shows that the time of a reading grows in proportion to the text, and its memory hardly at all, on texts made to be
//! slow: `cargo run --release -p airights-text --example scale -- [MEGABYTES [NAME…]]`
//!
//! Only the texts whose name is given are read, or all. Each text is read at a quarter, at half and at the whole of the
//! size (10 MB; 200 shows the same); printed are the seconds of each on a processor, the speed at the whole, and by how
//! much the process ever grew beyond the text itself.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::sync::LazyLock;
use std::time::Instant;
use std::{env, fs};

use airights_text::{read, read_notice};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let megabytes = arguments.first().and_then(|word| word.parse().ok()).unwrap_or(10);
    let names = arguments.get(1..).unwrap_or_default();
    for (name, unit) in UNITS {
        if !names.is_empty() && !names.iter().any(|other| other == *name) {
            continue;
        }
        let unit = unit();
        let mut seconds = Vec::new();
        let mut growth = 0.0_f64;
        for size in [megabytes * 250_000, megabytes * 500_000, megabytes * 1_000_000] {
            let mut text = unit.repeat(size / unit.len() + 1);
            text.truncate(text.floor_char_boundary(size));
            forget_peak();
            let before = memory("VmRSS:");
            let start = clock();
            let reading = read(&text);
            seconds.push(clock() - start);
            growth = growth.max(memory("VmHWM:") - before);
            assert!(reading.matches.iter().all(|found| !found.spans.is_empty()), "{name}");
            let start = clock();
            read_notice(&text);
            seconds.push(clock() - start);
        }
        #[allow(clippy::cast_precision_loss, reason = "megabytes are few")]
        let speed = megabytes as f64 / seconds[4];
        println!(
            "{name:<24} read {:.2} {:.2} {:.2} s, {speed:.0} MB/s, {growth:.0} MiB; as a notice {:.2} {:.2} {:.2} s",
            seconds[0], seconds[2], seconds[4], seconds[1], seconds[3], seconds[5]
        );
    }
}

/// A text that is repeated, by its name.
type Unit = (&'static str, fn() -> String);

const UNITS: &[Unit] = &[
    ("one word", || "software ".to_owned()),
    ("one phrase", || "the software is provided ".to_owned()),
    ("one clause", || "may not be used to train AI models\n".to_owned()),
    ("one clause in one line", || {
        "may not be used to train AI models ".to_owned()
    }),
    ("list marks", || "(a) 1. # ".to_owned()),
    ("angle brackets", || "<".to_owned()),
    ("one letter", || "a".to_owned()),
    ("copyright", || "copyright ".to_owned()),
    ("copyright lines", || "Copyright 2020 Somebody\n".to_owned()),
    ("a grant", || "without limitation the rights to use copy ".to_owned()),
    ("MIT", || text("MIT")),
    ("Apache-2.0", || text("Apache-2.0")),
    ("GPL-3.0", || text("GPL-3.0")),
    ("all licences", || all_licenses()),
    ("words of licences", || shuffled(&all_licenses(), 1, 1)),
    ("words of one licence", || shuffled(&text("Apache-2.0"), 1, 1)),
    ("words in one line", || {
        shuffled(&text("Apache-2.0"), 1, 1).replace('\n', " ")
    }),
    ("runs of licences", || shuffled(&all_licenses(), 4, 6)),
    ("runs of one licence", || shuffled(&text("Apache-2.0"), 4, 6)),
    ("lines of licences", || shuffled(&all_licenses(), 12, 30)),
    ("many holders", || holders()),
    ("short headers", || headers()),
    ("half of MIT", || text("MIT")[..600].to_owned()),
    ("addresses", || "see https://example.org/a/license and ".to_owned()),
    ("nonsense", || "xyzzy plugh must frobnicate\n".to_owned()),
    ("hyphens", || "dis-\ntribute ".to_owned()),
    ("entities", || "&#116;rain &eacute; ".to_owned()),
    ("tags", || "<p>lic<b>en</b>se".to_owned()),
    ("open tags", || "<a title=\"".to_owned()),
    ("look-alikes", || "сору ".to_owned()),
    ("accents", || "e\u{301}".to_owned()),
];

fn text(id: &str) -> String {
    let mut all = spdx::text::LICENSE_TEXTS.iter();
    let found = all.find(|(other, _)| *other == id);
    found.map_or("", |found| found.1).to_owned()
}

fn all_licenses() -> String {
    spdx::text::LICENSE_TEXTS
        .iter()
        .map(|(_, text)| format!("{text}\n\n"))
        .collect()
}

/// Numbers that a small generator gives, the same ones each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

/// A million words in runs of a text, each from anywhere in it and of so many words.
fn shuffled(text: &str, least: usize, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let (mut all, mut count) = (String::new(), 0);
    while count < 1_000_000 {
        let length = least + numbers.below(most - least + 1);
        let start = numbers.below(words.len() - length);
        for word in &words[start..start + length] {
            count += 1;
            all.push_str(word);
            all.push(if count % 12 == 0 { '\n' } else { ' ' });
        }
    }
    all
}

/// Copyright lines of many people.
fn holders() -> String {
    let line = |number: usize| {
        format!(
            "Copyright (c) {} Holder{number} Jane <j{number}@example.org>\n",
            1970 + number % 60
        )
    };
    (0..20_000).map(line).collect()
}

/// A short header for each of many parts.
fn headers() -> String {
    let header = |number: usize| {
        format!(
            "Files in part{number}/ are under the MIT license.\nCopyright 2020 Holder{number}\nAll rights reserved.\n\n"
        )
    };
    (0..10_000).map(header).collect()
}

/// Seconds this process has run on a processor, so that others on the machine do not count; where the system does not say,
/// seconds since its first question.
fn clock() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let scheduled = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = scheduled.split(' ').next().and_then(|cell| cell.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
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
