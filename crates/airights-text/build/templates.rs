//! What may vary in the texts of the index: `templates.tsv` says so place by place, `equivalents.tsv` of phrases
//! wherever they stand.

use std::collections::HashMap;
use std::io;
use std::ops::Range;

use crate::dress::{Word, cut};
use crate::parts::{applies, find};

/// A stretch of a text that may be worded otherwise.
#[derive(Clone)]
pub(crate) struct Hole {
    /// Its words; none where words may be added.
    pub(crate) words: Range<usize>,
    /// What may stand there instead.
    pub(crate) wordings: Vec<Vec<Part>>,
    /// Whether that says the same in other words, and is not another name or detail.
    pub(crate) is_equivalent: bool,
}

/// A part of a wording.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    Word(String),
    /// A few words of any kind.
    Some,
    /// As many, or none.
    Any,
}

/// The rows of `templates.tsv` by the id they belong to.
pub(crate) struct Templates<'a> {
    rows: HashMap<&'a str, (&'a str, Vec<Vec<&'a str>>)>,
}

impl<'a> Templates<'a> {
    pub(crate) fn new(table: &'a str) -> Self {
        let mut rows: HashMap<&str, (&str, Vec<Vec<&str>>)> = HashMap::new();
        let mut id = "";
        for line in lines(table) {
            let cells: Vec<&str> = line.split('\t').collect();
            if cells[0] == "text" {
                id = cells[1];
                rows.entry(id).or_insert((cells[2], Vec::new()));
            } else if let Some((_, rows)) = rows.get_mut(id) {
                rows.push(cells);
            }
        }
        Self { rows }
    }

    /// Marks the words of a text that may be left out, and says which may be worded otherwise.
    pub(crate) fn apply(&self, id: &str, text: &str, words: &mut [Word]) -> io::Result<Vec<Hole>> {
        let Some((sum, rows)) = self.rows.get(id) else {
            return Ok(Vec::new());
        };
        if *sum != format!("{:08x}", check_sum(text.as_bytes())) {
            let message =
                format!("templates.tsv knows another text of {id}: make it anew with scripts/spdx-templates.py");
            return Err(io::Error::other(message));
        }
        let mut holes = Vec::new();
        let mut may_be_left_out: Vec<Range<usize>> = Vec::new();
        for row in rows {
            let Some(places) = row.get(1) else { continue };
            let wordings = match row[0] {
                "name" => vec![vec![Part::Any]],
                "words" => row
                    .get(2)
                    .map_or_else(Vec::new, |cell| cell.split('|').map(wording).collect()),
                _ => Vec::new(),
            };
            let is_nothing = |wording: &Vec<Part>| wording.is_empty() || *wording == [Part::Any];
            let is_optional = wordings.is_empty() || wordings.iter().any(is_nothing);
            for place in places.split(',') {
                let range = stretch(place, words).ok_or_else(|| io::Error::other(format!("{id}: {place}")))?;
                for word in &mut words[range.clone()] {
                    word.optional = true;
                    word.replaceable |= !is_optional;
                }
                if is_optional {
                    may_be_left_out.push(range.clone());
                }
                if wordings.iter().any(|wording| !wording.is_empty()) {
                    holes.push(Hole {
                        words: range,
                        wordings: wordings.clone(),
                        is_equivalent: false,
                    });
                }
            }
        }
        // What may be worded otherwise within a stretch that may be left out may be left out with it.
        for range in may_be_left_out {
            for word in &mut words[range] {
                word.replaceable = false;
            }
        }
        Ok(holes)
    }
}

/// The words in a stretch of bytes, "12-34".
fn stretch(place: &str, words: &[Word]) -> Option<Range<usize>> {
    let (first, last) = place.split_once('-')?;
    let at = |byte: &str| {
        let byte: usize = byte.parse().ok()?;
        Some(words.partition_point(|word| word.start < byte))
    };
    Some(at(first)?..at(last)?)
}

/// The phrases of `equivalents.tsv` that stand in a text.
pub(crate) fn equivalents(table: &str, id: &str, words: &[Word]) -> Vec<Hole> {
    let mut holes = Vec::new();
    for line in lines(table) {
        let cells: Vec<&str> = line.split('\t').collect();
        if !cells[0].split(',').any(|pattern| applies(pattern, id)) {
            continue;
        }
        let phrase = cut(cells[1]);
        let wordings: Vec<Vec<Part>> = cells[2..].iter().map(|cell| wording(cell)).collect();
        let mut from = 0;
        while let Some(at) = find(&words[from..], cells[1]) {
            let start = from + at;
            holes.push(Hole {
                words: start..start + phrase.len(),
                wordings: wordings.clone(),
                is_equivalent: true,
            });
            from = start + 1;
        }
    }
    holes
}

fn wording(cell: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in cell.split_inclusive(['*', '?']) {
        let words = cut(piece.trim_end_matches(['*', '?']));
        parts.extend(words.into_iter().map(|word| Part::Word(word.letters)));
        match piece.chars().last() {
            Some('*') => parts.push(Part::Some),
            Some('?') => parts.push(Part::Any),
            _ => {}
        }
    }
    parts
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// CRC-32, as zlib has it.
fn check_sum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    };
    !bytes.iter().fold(!0, step)
}
