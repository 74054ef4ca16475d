//! Reads every licence file below a directory and prints the speed:
//! `cargo run --release -p airights-text --example compare -- DIR`
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs, io};

use airights_text::{decode, read};

fn main() -> io::Result<()> {
    let start = Instant::now();
    read("Permission is hereby granted");
    println!("ready in {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut paths = Vec::new();
    for directory in env::args().skip(1) {
        collect(Path::new(&directory), &mut paths)?;
    }
    paths.sort();
    let mut distinct = BTreeSet::new();
    let mut texts = Vec::new();
    for path in paths {
        let bytes = fs::read(&path)?;
        if distinct.insert(bytes.clone())
            && let Some(text) = decode(&bytes)
        {
            texts.push(text.into_owned());
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "sizes in megabytes need no more digits")]
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let start = Instant::now();
    let named = texts.iter().filter(|text| read(text).expression.is_some()).count();
    let ours = start.elapsed().as_secs_f64();
    println!("{} distinct files, {megabytes:.2} MB", texts.len());
    println!("airights-text: {:.1} MB/s, {named} named", megabytes / ours);
    Ok(())
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
        if kind.is_dir() {
            collect(&entry.path(), found)?;
        } else if kind.is_file() && is_license && entry.path().extension().is_none_or(|extension| extension != "rs") {
            found.push(entry.path());
        }
    }
    Ok(())
}
