//! Lays out which stretches of the texts may be worded otherwise, as `src/index/holes.rs` looks them up.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::parts::Entry;
use crate::shingle;
use crate::templates::Part;
use crate::vocabulary::Vocabulary;

/// Wordings as ids of words, each set of them once.
type Wordings = Vec<Vec<u16>>;

/// The holes of all texts, in their order.
#[derive(Default)]
pub(crate) struct Holes {
    wordings: Vec<Wordings>,
    numbers: HashMap<Wordings, usize>,
    code: String,
}

impl Holes {
    /// Adds those of the next text.
    pub(crate) fn add(&mut self, entry: &Entry, vocabulary: &mut Vocabulary) {
        let mut holes: Vec<(usize, usize, usize, bool)> = Vec::new();
        for hole in &entry.holes {
            let mut id = |part: &Part| match part {
                Part::Word(letters) => vocabulary.id(letters),
                Part::Some => shingle::SOME,
                Part::Any => shingle::ANY,
            };
            let wordings: Wordings = hole
                .wordings
                .iter()
                .map(|wording| wording.iter().map(&mut id).collect())
                .collect();
            let number = *self.numbers.entry(wordings).or_insert_with_key(|wordings| {
                self.wordings.push(wordings.clone());
                self.wordings.len() - 1
            });
            holes.push((hole.words.start, hole.words.end, number, hole.is_equivalent));
        }
        holes.sort_unstable();
        holes.dedup();
        self.code.push_str("    &[");
        for (start, end, number, is_equivalent) in holes {
            let _ = write!(
                self.code,
                "Hole {{ start: {start}, end: {end}, wordings: WORDINGS[{number}], is_equivalent: {is_equivalent} }}, "
            );
        }
        self.code.push_str("],\n");
    }

    pub(crate) fn write(self, out: &Path) -> io::Result<()> {
        let rows = self.wordings.iter().map(|wordings| {
            format!("    &{wordings:?},\n")
                .replace(" [", " &[")
                .replacen("&[[", "&[&[", 1)
        });
        fs::write(out.join("wordings.rs"), format!("&[\n{}]\n", rows.collect::<String>()))?;
        fs::write(out.join("holes.rs"), format!("&[\n{}]\n", self.code))
    }
}
