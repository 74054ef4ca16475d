//! Builds the index the reader looks words and phrases up in, from the texts of the `spdx` crate.
//!
//! The index is written as plain tables that are looked up where they lie in the binary, so that reading the first
//! text costs no more than reading the second. How they are laid out is said in `src/index`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/chunks.rs"]
#[allow(dead_code, reason = "the reader uses what the index does not")]
mod chunks;
#[path = "build/common.rs"]
mod common;
#[path = "build/dress.rs"]
mod dress;
#[path = "build/fingerprints.rs"]
mod fingerprints;
#[path = "build/holes.rs"]
mod holes;
#[path = "build/names.rs"]
mod names;
#[path = "build/parts.rs"]
mod parts;
#[path = "src/plain/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub, reason = "the index needs no way back")]
mod plain;
#[path = "build/present.rs"]
mod present;
#[path = "build/runs.rs"]
mod runs;
#[path = "src/shingle.rs"]
mod shingle;
#[path = "src/spelling.rs"]
mod spelling;
#[path = "src/statements/spoken.rs"]
mod spoken;
#[path = "build/templates.rs"]
mod templates;
#[path = "src/statements/tokens.rs"]
#[allow(dead_code, reason = "the reader uses what the table of names does not")]
mod tokens;
#[path = "build/vocabulary.rs"]
mod vocabulary;
#[path = "src/words.rs"]
#[allow(dead_code, reason = "the reader uses what the index does not")]
mod words;

use common::Commonplaces;
use fingerprints::WholeTexts;
use parts::{Entry, Kind};
use runs::Runs;
use vocabulary::Vocabulary;

fn main() -> io::Result<()> {
    println!("cargo::rustc-env=AIRIGHTS_READER_FINGERPRINT={:016x}", fingerprint()?);
    let table = |name: &str| fs::read_to_string(name);
    let entries = parts::entries(
        &table("parts.tsv")?,
        &table("templates.tsv")?,
        &table("equivalents.tsv")?,
    )?;
    let mut vocabulary = Vocabulary::default();
    let mut texts: Vec<(Entry, Vec<u16>)> = Vec::new();
    let mut seen: HashMap<Vec<u16>, usize> = HashMap::new();
    for entry in entries {
        let is_english = is_english(&entry.words);
        let ids: Vec<u16> = entry
            .words
            .iter()
            .map(|word| vocabulary.id(&word.letters) | marks(word))
            .collect();
        if is_english {
            vocabulary.know_as_english(&ids);
        }
        let may_be_nothing = |id: &u16| id & shingle::MARKS == shingle::OPTIONAL;
        let mut key: Vec<u16> = ids.iter().copied().filter(|id| !may_be_nothing(id)).collect();
        if key.len() < 4 {
            key.clone_from(&ids);
        }
        if matches!(entry.kind, Kind::Notice | Kind::Disclaimer) {
            key.push(shingle::UNKNOWN);
        }
        if ids.len() >= 8 && !seen.contains_key(&key) {
            seen.insert(key, texts.len());
            texts.push((entry, ids));
        }
    }
    for word in spelling::OPERATIVE_WHEN_ADDED
        .iter()
        .chain(spelling::OPERATIVE_WHEN_REMOVED)
        .chain(spelling::NOT_IN_NAMES)
    {
        vocabulary.id(word);
    }
    let mut holes = holes::Holes::default();
    for (entry, _) in &texts {
        holes.add(entry, &mut vocabulary);
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    vocabulary.write(out)?;
    names::Names::of_tables()?.write(out)?;
    holes.write(out)?;
    let licenses = fs::read_to_string("licensedb.tsv")?;
    let fingerprints = fs::read_to_string("fingerprints.tsv")?;
    let mut common = Commonplaces::default();
    for (entry, _) in texts
        .iter()
        .filter(|(entry, _)| matches!(entry.kind, Kind::License | Kind::Exception))
    {
        common.count(&common::chunked(&entry.words).1);
    }
    fingerprints::count(&fingerprints, &mut common)?;
    write_texts(out, &texts, &common)?;
    let mut runs = Runs::default();
    for (number, (_, ids)) in texts.iter().enumerate() {
        for (position, run) in ids.windows(shingle::LENGTH).enumerate() {
            let hash = shingle::hash([run[0], run[1], run[2], run[3]]);
            let kept = if ids.len() > shingle::LONG_TEXT {
                shingle::is_kept_for_long(hash)
            } else {
                shingle::is_kept(hash)
            };
            if kept {
                runs.add(hash, number, position);
            }
        }
    }
    runs.write(out, "shingles.bin", "places.bin")?;
    landmarks(&texts).write(out, "landmarks.bin", "landmark_places.bin")?;
    let mut whole = WholeTexts::new();
    for (id, kind, text, _) in parts::sources() {
        let mut hash = 0;
        words::each_word(&text, |word| hash = words::hash_text(hash, word.hash));
        let kind = if kind == Kind::License { "License" } else { "Exception" };
        whole
            .entry(hash)
            .or_insert_with(|| (present::present(id).to_owned(), kind));
    }
    fingerprints::write(out, &licenses, &fingerprints, &common, &mut whole)?;
    let rows = whole
        .iter()
        .map(|(hash, (id, kind))| format!("    ({hash:#x}, {id:?}, TextKind::{kind}),\n"));
    fs::write(out.join("whole.rs"), format!("&[\n{}]\n", rows.collect::<String>()))
}

/// Whether so many of the words are the most frequent ones of English that the text must be in it.
fn is_english(words: &[dress::Word]) -> bool {
    let is_frequent =
        |word: &&dress::Word| ["the", "of", "and", "or", "to", "this", "is"].contains(&word.letters.as_str());
    words.iter().filter(is_frequent).count() * 12 > words.len()
}

fn marks(word: &dress::Word) -> u16 {
    match (word.optional, word.replaceable) {
        (false, _) => 0,
        (true, false) => shingle::OPTIONAL,
        (true, true) => shingle::MARKS,
    }
}

/// Words at the start of a text's terms among which its landmark is chosen.
const LANDMARK_WITHIN: usize = 24;

/// For each text the run near the start of its terms that the fewest texts have there.
fn landmarks(texts: &[(Entry, Vec<u16>)]) -> Runs {
    let mut candidates: Vec<Vec<(u64, usize)>> = Vec::new();
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for (_, ids) in texts {
        let is_required = |run: &[u16]| run.iter().all(|id| id & shingle::OPTIONAL == 0);
        let runs: Vec<(u64, usize)> = ids
            .windows(shingle::LENGTH)
            .enumerate()
            .filter(|(_, run)| is_required(run))
            .map(|(position, run)| (shingle::hash([run[0], run[1], run[2], run[3]]), position))
            .take(LANDMARK_WITHIN)
            .collect();
        for (hash, _) in &runs {
            *counts.entry(*hash).or_default() += 1;
        }
        candidates.push(runs);
    }
    let mut all = Runs::default();
    for (number, runs) in candidates.iter().enumerate() {
        if let Some(&(hash, position)) = runs.iter().min_by_key(|(hash, position)| (counts[hash], *position)) {
            all.add(hash, number, position);
        }
    }
    all
}

/// A hash of everything that decides how a text is read: this crate's sources and tables. Whatever stores readings can
/// tell by it that they were made by other rules, without anybody having to remember to say so.
fn fingerprint() -> io::Result<u64> {
    let mut todo: Vec<PathBuf> = ["build.rs", "build", "clauses", "frames", "src"]
        .map(PathBuf::from)
        .into();
    for entry in fs::read_dir(".")? {
        let path = entry?.path();
        todo.extend(path.extension().is_some_and(|ending| ending == "tsv").then_some(path));
    }
    let mut files = Vec::new();
    while let Some(path) = todo.pop() {
        println!("cargo::rerun-if-changed={}", path.display());
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                todo.push(entry?.path());
            }
        } else {
            files.push(path);
        }
    }
    files.sort();
    // FNV-1a, which any version of any compiler computes alike.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for path in files {
        for byte in fs::read(path)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

/// The words of all texts one after the other, and a Rust table of where each begins.
fn write_texts(out: &Path, texts: &[(Entry, Vec<u16>)], common: &Commonplaces) -> io::Result<()> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut all_own: Vec<bool> = Vec::new();
    let mut code = String::from("&[\n");
    let mut start = 0;
    for (entry, ids) in texts {
        let is_required = |id: u16| id & shingle::OPTIONAL == 0;
        let required = ids.iter().filter(|&&id| is_required(id)).count();
        let mut is_own = common.own_words(&entry.words);
        for (is_own, &id) in is_own.iter_mut().zip(ids) {
            *is_own &= is_required(id);
        }
        let own = is_own.iter().filter(|&&is_own| is_own).count();
        all_own.extend(is_own);
        writeln!(
            code,
            "    Text {{ id: {:?}, kind: TextKind::{:?}, start: {start}, length: {}, required: {required}, own: {own} }},",
            present::present(entry.id),
            entry.kind,
            ids.len(),
        )
        .map_err(io::Error::other)?;
        bytes.extend(ids.iter().flat_map(|id| id.to_le_bytes()));
        start += ids.len();
    }
    code.push_str("]\n");
    fs::write(out.join("words.bin"), bytes)?;
    fs::write(out.join("own_words.bin"), common::bits(&all_own))?;
    fs::write(out.join("texts.rs"), code)
}
