//! Builds the index the reader looks words and phrases up in, from the texts of the `spdx` crate.
//!
//! The index is written as plain tables that are looked up where they lie in the binary, so that reading the first
//! text costs no more than reading the second. How they are laid out is said in `src/index.rs`.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "build/parts.rs"]
mod parts;
#[path = "src/shingle.rs"]
mod shingle;
#[path = "src/spelling.rs"]
mod spelling;
#[path = "src/words.rs"]
#[allow(dead_code, reason = "the reader uses what the index does not")]
mod words;

use parts::{Entry, Kind};

fn main() -> io::Result<()> {
    println!("cargo::rustc-env=AIRIGHTS_READER_FINGERPRINT={:016x}", fingerprint()?);
    let entries = parts::entries(&fs::read_to_string("parts.tsv")?);
    let mut vocabulary = Vocabulary::default();
    let mut texts: Vec<(Entry, Vec<u16>)> = Vec::new();
    let mut seen: HashMap<Vec<u16>, usize> = HashMap::new();
    for entry in entries {
        let ids: Vec<u16> = entry
            .words
            .iter()
            .map(|word| vocabulary.id(&word.letters) | if word.optional { shingle::OPTIONAL } else { 0 })
            .collect();
        let mut key: Vec<u16> = ids.iter().copied().filter(|id| id & shingle::OPTIONAL == 0).collect();
        if key.len() < 4 {
            key.clone_from(&ids);
        }
        if entry.kind == Kind::Notice {
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
    {
        vocabulary.id(word);
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let out = Path::new(&out);
    vocabulary.write(out)?;
    write_texts(out, &texts)?;
    write_shingles(out, &texts)
}

/// A hash of everything that decides how a text is read: this crate's sources and tables. Whatever stores readings can
/// tell by it that they were made by other rules, without anybody having to remember to say so.
fn fingerprint() -> io::Result<u64> {
    let mut todo: Vec<PathBuf> = ["build.rs", "build", "src"].map(PathBuf::from).into();
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

/// Ids of words, in the order of their first use; 0 is kept for words that are not here.
#[derive(Default)]
struct Vocabulary {
    ids: HashMap<String, u16>,
}

impl Vocabulary {
    fn id(&mut self, letters: &str) -> u16 {
        let next =
            u16::try_from(self.ids.len() + 1).expect("the vocabulary of all licences has fewer than 65,535 words");
        assert!(
            next < shingle::OPTIONAL,
            "ids leave the top bit free for the mark of optional words"
        );
        let known = parts::usual_spelling(letters);
        *self.ids.entry(known.into_owned()).or_insert(next)
    }

    /// A table of 8-byte slots with open addressing: 32 bits of the hash, the id, and the force of the word.
    fn write(&self, out: &Path) -> io::Result<()> {
        let mut spellings: BTreeMap<u64, (u16, u16)> = BTreeMap::new();
        for (letters, &id) in &self.ids {
            let mut force = 0;
            if spelling::OPERATIVE_WHEN_ADDED.contains(&letters.as_str()) {
                force |= 1;
            }
            if spelling::OPERATIVE_WHEN_REMOVED.contains(&letters.as_str()) {
                force |= 2;
            }
            for spelling in parts::spellings(letters) {
                spellings.entry(words::hash_word(&spelling)).or_insert((id, force));
            }
        }
        let slots = (spellings.len() * 2).next_power_of_two();
        let mut table = vec![(0_u32, 0_u16, 0_u16); slots];
        for (hash, (id, force)) in spellings {
            let mut slot = slot_of(hash, slots);
            while table[slot].1 != 0 {
                slot = (slot + 1) % slots;
            }
            table[slot] = (low_half(hash), id, force);
        }
        let bytes: Vec<u8> = table
            .iter()
            .flat_map(|(hash, id, force)| {
                let mut bytes = hash.to_le_bytes().to_vec();
                bytes.extend(id.to_le_bytes());
                bytes.extend(force.to_le_bytes());
                bytes
            })
            .collect();
        fs::write(out.join("vocabulary.bin"), bytes)?;
        let mut forces: Vec<(u16, u8)> = Vec::new();
        for (letters, &id) in &self.ids {
            let added = u8::from(spelling::OPERATIVE_WHEN_ADDED.contains(&letters.as_str()));
            let removed = u8::from(spelling::OPERATIVE_WHEN_REMOVED.contains(&letters.as_str()));
            forces.push((id, added | removed << 1));
        }
        forces.sort_unstable();
        let bytes: Vec<u8> = std::iter::once(0)
            .chain(forces.into_iter().map(|(_, force)| force))
            .collect();
        fs::write(out.join("forces.bin"), bytes)
    }
}

/// The words of all texts one after the other, and a Rust table of where each begins.
fn write_texts(out: &Path, texts: &[(Entry, Vec<u16>)]) -> io::Result<()> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut code = String::from("&[\n");
    let mut start = 0;
    for (entry, ids) in texts {
        let required = ids.iter().filter(|&&id| id & shingle::OPTIONAL == 0).count();
        writeln!(
            code,
            "    Text {{ id: {:?}, kind: TextKind::{:?}, start: {start}, length: {}, required: {required} }},",
            entry.id,
            entry.kind,
            ids.len(),
        )
        .map_err(io::Error::other)?;
        bytes.extend(ids.iter().flat_map(|id| id.to_le_bytes()));
        start += ids.len();
    }
    code.push_str("]\n");
    fs::write(out.join("words.bin"), bytes)?;
    fs::write(out.join("texts.rs"), code)
}

/// For each run of words where it occurs: a hash table whose slots point into a list of places.
fn write_shingles(out: &Path, texts: &[(Entry, Vec<u16>)]) -> io::Result<()> {
    let mut places: BTreeMap<u64, Vec<(u16, u16)>> = BTreeMap::new();
    for (number, (_, ids)) in texts.iter().enumerate() {
        let number = u16::try_from(number).expect("there are fewer than 65,535 licences");
        for (position, run) in ids.windows(shingle::LENGTH).enumerate() {
            let hash = shingle::hash([run[0], run[1], run[2], run[3]]);
            let kept = if ids.len() > shingle::LONG_TEXT {
                shingle::is_kept_for_long(hash)
            } else {
                shingle::is_kept(hash)
            };
            if kept {
                let position = u16::try_from(position).expect("no licence has 65,535 words");
                places.entry(hash).or_default().push((number, position));
            }
        }
    }
    let slots = (places.len() * 3 / 2).next_power_of_two();
    let mut table = vec![(0_u32, 0_u32); slots];
    let mut list: Vec<u8> = Vec::new();
    for (hash, places) in places {
        let mut slot = slot_of(hash, slots);
        while table[slot].1 != 0 {
            slot = (slot + 1) % slots;
        }
        let count = places.len().min(255);
        let offset = u32::try_from(list.len() / 4).expect("the list of places is small");
        assert!(offset < 1 << 24, "a slot has 24 bits for the place in the list");
        let count_bits = u32::try_from(count).expect("at most 255") << 24;
        table[slot] = (low_half(hash), offset | count_bits);
        for (text, position) in &places[..count] {
            list.extend(text.to_le_bytes());
            list.extend(position.to_le_bytes());
        }
    }
    let bytes: Vec<u8> = table
        .iter()
        .flat_map(|(hash, places)| [hash.to_le_bytes(), places.to_le_bytes()].concat())
        .collect();
    fs::write(out.join("shingles.bin"), bytes)?;
    fs::write(out.join("places.bin"), list)
}

/// The upper bits choose the slot, the lower half tells apart what shares one.
fn slot_of(hash: u64, slots: usize) -> usize {
    usize::try_from(hash >> 32).expect("a 64-bit machine builds this") & (slots - 1)
}

#[allow(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
fn low_half(hash: u64) -> u32 {
    hash as u32
}
