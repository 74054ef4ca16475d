//! The table of where each run of tokens occurs, as `src/index/mod.rs` looks it up.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// For each hash of a run the texts and positions it occurs at.
#[derive(Default)]
pub(crate) struct Runs {
    places: BTreeMap<u64, Vec<(u16, u16)>>,
}

impl Runs {
    /// Notes that a run stands in a text at a position; texts come in order.
    pub(crate) fn add(&mut self, hash: u64, text: usize, position: usize) {
        let text = u16::try_from(text).expect("there are fewer than 65,535 licences");
        let position = u16::try_from(position).expect("no licence has 65,535 words");
        self.places.entry(hash).or_default().push((text, position));
    }

    /// Writes a hash table whose slots point into a list of places.
    pub(crate) fn write(self, out: &Path, table_name: &str, list_name: &str) -> io::Result<()> {
        let slots = (self.places.len() * 3 / 2).next_power_of_two();
        let mut table = vec![(0_u32, 0_u32); slots];
        let mut list: Vec<u8> = Vec::new();
        for (hash, places) in self.places {
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
        fs::write(out.join(table_name), bytes)?;
        fs::write(out.join(list_name), list)
    }
}

/// The upper bits choose the slot, the lower half tells apart what shares one.
pub(crate) fn slot_of(hash: u64, slots: usize) -> usize {
    usize::try_from(hash >> 32).expect("a 64-bit machine builds this") & (slots - 1)
}

#[allow(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
pub(crate) fn low_half(hash: u64) -> u32 {
    hash as u32
}
