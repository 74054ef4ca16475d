//! Makes the tables by which the texts of ScanCode LicenseDB are known, without holding any of them:
//! `cargo run --release -p airights-text --example fingerprints -- licensedb.jsonl airights-text`
//!
//! Each line of the input is a JSON object with `key`, `spdx`, `category`, `is_exception` and `text`. Written are
//! `licensedb.tsv` (key, id, kind, class, what its text is known by) and `fingerprints.tsv` (key, hashes of its text)
//! below the directory named last. Nothing else in this project reads LicenseDB.
#![allow(clippy::print_stdout, reason = "an example speaks to whoever runs it")]

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

use serde_json::Value;

#[path = "../src/chunks.rs"]
#[allow(dead_code, reason = "the reader uses what the table does not")]
mod chunks;
#[path = "../build/dress.rs"]
#[allow(dead_code, reason = "the index marks more words than the table")]
mod dress;
#[path = "../src/plain/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "the table needs no way back")]
mod plain;
#[path = "../src/spelling.rs"]
#[allow(dead_code, reason = "the index uses what the table does not")]
mod spelling;
#[path = "../src/words.rs"]
#[allow(dead_code, reason = "the reader uses what the table does not")]
mod words;

use chunks::Symbol;
use dress::{Word, dressed};
use plain::Plain;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [source, directory] = &arguments[..] else {
        return Err(io::Error::other("name licensedb.jsonl and the directory to write to"));
    };
    let mut known: HashMap<Vec<u64>, String> = HashMap::new();
    let texts = || spdx::text::LICENSE_TEXTS.iter().chain(spdx::text::EXCEPTION_TEXTS);
    // The words that may stand cut at a line's end, as the index has them.
    let words = texts().flat_map(|(_, text)| dress::cut(text));
    let words: HashSet<String> = words
        .map(|word| spelling::usual_spelling(&word.letters).into_owned())
        .collect();
    let plain = |text: &str| {
        Plain::new(text, |word| words.contains(&*spelling::usual_spelling(word)))
            .text()
            .to_owned()
    };
    for (id, text) in texts() {
        known
            .entry(terms(&dressed(&plain(text))))
            .or_insert_with(|| (*id).to_owned());
    }
    let mut licenses = String::from(LICENSES_HEADER);
    let mut fingerprints = String::from(FINGERPRINTS_HEADER);
    let mut count = 0;
    for line in fs::read_to_string(source)?.lines() {
        let record: Value = serde_json::from_str(line).map_err(io::Error::other)?;
        let field = |name: &str| record[name].as_str().unwrap_or("").trim();
        let key = field("key");
        let is_exception = record["is_exception"].as_bool() == Some(true);
        let id = match field("spdx") {
            "" => format!("LicenseRef-scancode-{}", key.replace('_', "-")),
            id => id.to_owned(),
        };
        // What follows `WITH` is an addition; SPDX has a prefix of its own for those that are not on its list.
        let id = match id.strip_prefix("LicenseRef-") {
            Some(name) if is_exception => format!("AdditionRef-{name}"),
            _ => id,
        };
        let kind = if is_exception { "exception" } else { "license" };
        let text = plain(field("text"));
        let words = dressed(&text);
        let mut whole = 0;
        words::each_word(&text, |word| whole = words::hash_text(whole, word.hash));
        let is_retired = record["is_deprecated"].as_bool() == Some(true) && !STILL_NEEDED.contains(&key);
        let known_by = if words.is_empty() || is_retired {
            "nothing".to_owned()
        } else if let Some(twin) = known.get(&terms(&words)) {
            writeln!(fingerprints, "{key}\t{whole:016x}\t").map_err(io::Error::other)?;
            twin.clone()
        } else {
            known.insert(terms(&words), id.clone());
            writeln!(fingerprints, "{key}\t{whole:016x}\t{}", fingerprint(&words)).map_err(io::Error::other)?;
            count += 1;
            "fingerprint".to_owned()
        };
        let class = class(field("category"));
        writeln!(licenses, "{key}\t{id}\t{kind}\t{class}\t{known_by}").map_err(io::Error::other)?;
    }
    let directory = Path::new(directory);
    fs::write(directory.join("licensedb.tsv"), licenses)?;
    fs::write(directory.join("fingerprints.tsv"), fingerprints)?;
    println!("{count} fingerprints");
    Ok(())
}

const LICENSES_HEADER: &str = "\
# The licences and exceptions of ScanCode LicenseDB (see NOTICE): key, id, kind, class by category, and what their text
# is known by: a fingerprint of its own, the id whose text is the same word for word, or nothing where LicenseDB has none
# or has retired it. Made by the example `fingerprints`; corrections belong into licenses.tsv, which goes before this.
";
const FINGERPRINTS_HEADER: &str = "\
# Key of a licence, hash of its whole text, and four characters (base 64) for each chunk of it: a hash, no word of it.
# No chunks stand where the text is the same, but for words that may be left out, as that of another id.
# Made by the example `fingerprints`.
";

/// A retired key names what other keys, or several of them together, say, and its text is to be read as those; but for
/// these, whose text no other key has.
const STILL_NEEDED: &[&str] = &["commercial-option", "dejavu-font", "hot-potato", "sun-proprietary-jdk"];

/// The classes of this project's catalogue for LicenseDB's categories.
fn class(category: &str) -> &'static str {
    match category {
        "Permissive" => "permissive",
        "Public Domain" => "public-domain",
        "Copyleft" => "strong-copyleft",
        "Copyleft Limited" => "weak-copyleft",
        "Source-available" | "Free Restricted" => "source-available",
        "Proprietary Free" | "Commercial" => "proprietary",
        _ => "unknown",
    }
}

/// The words that may not be left out; equal for two texts that are the same word for word.
fn terms(words: &[Word]) -> Vec<u64> {
    let required = words.iter().filter(|word| !word.optional);
    required
        .map(|word| words::hash_word(&spelling::usual_spelling(&word.letters)))
        .collect()
}

fn fingerprint(words: &[Word]) -> String {
    let symbols: Vec<Symbol> = words.iter().map(|word| chunks::symbol(&word.letters)).collect();
    // Where what may be left out ends, a chunk ends too, so that the terms beside it stand for themselves.
    let mut cuts = chunks::cuts(&symbols);
    cuts.extend((1..words.len()).filter(|&at| words[at - 1].optional != words[at].optional));
    cuts.sort_unstable();
    cuts.dedup();
    let mut text = String::new();
    for cut in cuts.windows(2) {
        let mut chunk = chunks::chunk(&symbols[cut[0]..cut[1]]);
        if words[cut[0]].optional {
            chunk |= chunks::OPTIONAL;
        }
        for shift in [18, 12, 6, 0] {
            text.push(char::from(DIGITS[(chunk >> shift & 63) as usize]));
        }
    }
    text
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
