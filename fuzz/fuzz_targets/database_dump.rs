//! A database dump: the bytes are the texts of its tables, one after the other, each ended by a zero byte.

#![no_main]

use airights_ways::alternatives::catalog::read_dump;
use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;

/// The tables in the order in which crates.io packs them.
const TABLES: [&str; 9] = [
    "categories",
    "crate_downloads",
    "crates",
    "crates_categories",
    "crates_keywords",
    "default_versions",
    "dependencies",
    "keywords",
    "versions",
];

fuzz_target!(|bytes: &[u8]| {
    let dump = packed(bytes);
    if let Ok(catalog) = read_dump(|| Ok(dump.as_slice())) {
        let _ = catalog.figures("a");
    }
    // What is no archive at all is told, too.
    let _ = read_dump(|| Ok(bytes));
});

fn packed(tables: &[u8]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::none()));
    for (table, text) in TABLES.iter().zip(tables.split(|&byte| byte == 0)) {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        let path = format!("2026-11-25-020015/data/{table}.csv");
        archive
            .append_data(&mut header, path, text)
            .expect("an archive in memory");
    }
    let packer = archive.into_inner().expect("an archive in memory");
    packer.finish().expect("an archive in memory")
}
