//! Shows that reading time grows in proportion to the input on texts made to be slow:
//! `cargo run --release -p airights-text --example scale`
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::time::Instant;

use airights_text::{read, read_notice};

fn main() {
    let text = |id: &str| {
        spdx::text::LICENSE_TEXTS
            .iter()
            .find(|(other, _)| *other == id)
            .map_or("", |found| found.1)
    };
    let cases: &[(&str, String)] = &[
        ("one word", "software ".to_owned()),
        ("one phrase", "the software is provided ".to_owned()),
        ("one clause", "may not be used to train AI models\n".to_owned()),
        (
            "one clause in one line",
            "may not be used to train AI models ".to_owned(),
        ),
        ("list marks", "(a) 1. # ".to_owned()),
        ("angle brackets", "<".to_owned()),
        ("copyright", "copyright ".to_owned()),
        ("copyright lines", "Copyright 2020 Somebody\n".to_owned()),
        ("a grant", "without limitation the rights to use copy ".to_owned()),
        ("MIT", text("MIT").to_owned()),
        ("Apache-2.0", text("Apache-2.0").to_owned()),
        ("GPL-3.0", text("GPL-3.0").to_owned()),
        ("nonsense", "xyzzy plugh must frobnicate\n".to_owned()),
    ];
    for (name, unit) in cases {
        print!("{name}:");
        for size in [250_000, 500_000, 1_000_000] {
            let whole = unit.repeat(size / unit.len() + 1);
            let start = Instant::now();
            read(&whole);
            let read_time = start.elapsed();
            let start = Instant::now();
            read_notice(&whole);
            print!(
                " {:.0}/{:.0} ms",
                read_time.as_secs_f64() * 1e3,
                start.elapsed().as_secs_f64() * 1e3
            );
        }
        println!();
    }
}
