//! Reads every licence file below a directory with this reader and with the detection of the `spdx` crate, and prints
//! both speeds and their ratio: `cargo run --release -p airights-text --example compare -- DIR [SECONDS]`
//!
//! The detection of `spdx` is set as cargo-deny sets it: a confidence of at least 0.5, one pass, the whole file only. It
//! reads as many of the files, taken evenly from all, as it manages in `SECONDS` (20); the ratio is that of the two
//! readers' times for these very files. Identical files are read once.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, io};

use airights_text::{decode, read};
use spdx::detection::scan::Scanner;
use spdx::detection::{Store, TextData};

/// Passes over all files with this reader; their median counts.
const PASSES: usize = 7;

fn main() -> io::Result<()> {
    let start = Instant::now();
    read("Permission is hereby granted");
    println!("airights-text: ready in {:.2} ms", milliseconds(start));
    let start = Instant::now();
    let store = Store::load_inline().map_err(|error| io::Error::other(error.to_string()))?;
    println!("spdx:          ready in {:.2} ms", milliseconds(start));

    let arguments: Vec<String> = env::args().skip(1).collect();
    let directory = arguments
        .first()
        .ok_or_else(|| io::Error::other("name the directory"))?;
    let seconds = arguments.get(1).and_then(|word| word.parse().ok()).unwrap_or(20.0);
    let texts = texts(Path::new(directory))?;
    let before = peak_memory();
    let speed = megabytes(&texts) / median_of(&texts).as_secs_f64();
    let after = peak_memory();
    println!("{} distinct files, {:.2} MB", texts.len(), megabytes(&texts));
    println!("airights-text: {speed:.1} MB/s, median of {PASSES} passes over all files");
    if let (Some(before), Some(after)) = (before, after) {
        println!(
            "airights-text: peak memory grew by {:.1} MiB",
            (after - before) / 1024.0
        );
    }

    let sample = sample(
        &texts,
        &Scanner::new(&store)
            .confidence_threshold(0.5)
            .optimize(false)
            .max_passes(1),
        seconds,
    );
    let ours = median_of(&sample.texts);
    let size = megabytes(&sample.texts);
    println!("{} of the files, {size:.2} MB, read by both:", sample.texts.len());
    println!("spdx:          {:.3} MB/s", size / sample.time.as_secs_f64());
    println!("airights-text: {:.1} MB/s", size / ours.as_secs_f64());
    println!("ratio:         {:.0}", sample.time.as_secs_f64() / ours.as_secs_f64());
    Ok(())
}

struct Sample<'a> {
    texts: Vec<&'a str>,
    time: Duration,
}

/// Reads files with `spdx` until the time is over: every so-manieth, and again from the next one on.
fn sample<'a>(texts: &'a [String], scanner: &Scanner, seconds: f64) -> Sample<'a> {
    const STRIDE: usize = 61;
    let order = (0..STRIDE).flat_map(|first| (first..texts.len()).step_by(STRIDE));
    let mut sample = Sample {
        texts: Vec::new(),
        time: Duration::ZERO,
    };
    for number in order {
        let start = Instant::now();
        scanner.scan(&TextData::from(texts[number].as_str()));
        sample.time += start.elapsed();
        sample.texts.push(&texts[number]);
        if sample.time.as_secs_f64() > seconds {
            break;
        }
    }
    sample
}

fn time<T: AsRef<str>>(texts: &[T]) -> Duration {
    let start = Instant::now();
    for text in texts {
        std::hint::black_box(read(text.as_ref()));
    }
    start.elapsed()
}

fn median_of<T: AsRef<str>>(texts: &[T]) -> Duration {
    let mut times: Vec<Duration> = (0..PASSES).map(|_| time(texts)).collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn megabytes<T: AsRef<str>>(texts: &[T]) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "sizes in megabytes need no more digits")]
    let bytes = texts.iter().map(|text| text.as_ref().len()).sum::<usize>() as f64;
    bytes / 1e6
}

/// The largest resident size of this process so far, in KiB; `None` where the system does not say.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// The distinct licence files below a directory that are texts.
fn texts(directory: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    collect(directory, &mut paths)?;
    paths.sort();
    let mut distinct = BTreeSet::new();
    let mut texts = Vec::new();
    for path in paths {
        let bytes = fs::read(&path)?;
        if let Some(text) = decode(&bytes) {
            let text = text.into_owned();
            if distinct.insert(text.clone()) {
                texts.push(text);
            }
        }
    }
    Ok(texts)
}

/// Every file below `directory` whose name is that of a licence.
fn collect(directory: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name().to_string_lossy().to_ascii_uppercase();
        let is_license = ["LICENSE", "LICENCE", "COPYING", "UNLICENSE"]
            .iter()
            .any(|start| name.starts_with(start));
        // What ends like source code or data is no text.
        let is_code = [
            ".RS", ".H", ".CC", ".C", ".PY", ".SH", ".JS", ".STAR", ".YML", ".YAML", ".JSON", ".TOML",
        ]
        .iter()
        .any(|end| name.ends_with(end));
        if kind.is_dir() {
            collect(&entry.path(), found)?;
        } else if kind.is_file() && is_license && !is_code {
            found.push(entry.path());
        }
    }
    Ok(())
}
