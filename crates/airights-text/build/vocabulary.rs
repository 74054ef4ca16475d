//! The ids of words, and the table that finds them by the hash of their letters in any spelling.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::{fs, io};

use crate::runs::{low_half, slot_of};
use crate::shingle;
use crate::spelling::{ENDINGS, NOT_IN_NAMES, OPERATIVE_WHEN_ADDED, OPERATIVE_WHEN_REMOVED, VARIANTS, usual_spelling};
use crate::words;

/// Ids of words, in the order of their first use; 0 is kept for words that are not here.
#[derive(Default)]
pub(crate) struct Vocabulary {
    ids: HashMap<String, u16>,
    english: HashSet<u16>,
}

impl Vocabulary {
    /// The id of a word, a new one if it has none.
    pub(crate) fn id(&mut self, letters: &str) -> u16 {
        let next =
            u16::try_from(self.ids.len() + 1).expect("the vocabulary of all licences has fewer than 65,535 words");
        assert!(
            next < shingle::ANY,
            "ids leave the top bits free for the marks of words"
        );
        let known = usual_spelling(letters);
        *self.ids.entry(known.into_owned()).or_insert(next)
    }

    /// Notes that words with these ids, with or without their marks, stand in an English text.
    pub(crate) fn know_as_english(&mut self, ids: &[u16]) {
        self.english.extend(ids.iter().map(|id| id & !shingle::MARKS));
    }

    /// A table of 8-byte slots with open addressing: 32 bits of the hash, the id, and the force of the word.
    pub(crate) fn write(&self, out: &Path) -> io::Result<()> {
        let mut by_hash: BTreeMap<u64, (u16, u16)> = BTreeMap::new();
        for (letters, &id) in &self.ids {
            let mut force = 0;
            if OPERATIVE_WHEN_ADDED.contains(&letters.as_str()) {
                force |= 1;
            }
            if OPERATIVE_WHEN_REMOVED.contains(&letters.as_str()) {
                force |= 2;
            }
            for spelling in spellings(letters) {
                by_hash.entry(words::hash_word(&spelling)).or_insert((id, force));
            }
        }
        let slots = (by_hash.len() * 2).next_power_of_two();
        let mut table = vec![(0_u32, 0_u16, 0_u16); slots];
        for (hash, (id, force)) in by_hash {
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
        let mut letters: Vec<(u16, &str)> = self.ids.iter().map(|(letters, &id)| (id, letters.as_str())).collect();
        letters.sort_unstable();
        let lines: String = letters.iter().flat_map(|(_, word)| ["\n", word]).collect();
        fs::write(out.join("letters.txt"), lines)?;
        let mut forces: Vec<(u16, u8)> = Vec::new();
        for (letters, &id) in &self.ids {
            let added = u8::from(OPERATIVE_WHEN_ADDED.contains(&letters.as_str()));
            let removed = u8::from(OPERATIVE_WHEN_REMOVED.contains(&letters.as_str()));
            let said = u8::from(NOT_IN_NAMES.contains(&letters.as_str()));
            let foreign = u8::from(!self.english.contains(&id));
            forces.push((id, added | removed << 1 | said << 2 | foreign << 3));
        }
        forces.sort_unstable();
        let bytes: Vec<u8> = std::iter::once(0)
            .chain(forces.into_iter().map(|(_, force)| force))
            .collect();
        fs::write(out.join("forces.bin"), bytes)
    }
}

/// Every spelling of a word the index knows, that one first.
fn spellings(letters: &str) -> Vec<String> {
    let mut all = vec![letters.to_owned()];
    all.extend(
        VARIANTS
            .iter()
            .filter(|(_, usual)| *usual == letters)
            .map(|(variant, _)| (*variant).to_owned()),
    );
    for (british, american) in ENDINGS {
        if let Some(stem) = letters.strip_suffix(american).filter(|stem| stem.len() > 3) {
            all.push(format!("{stem}{british}"));
        }
    }
    all
}
