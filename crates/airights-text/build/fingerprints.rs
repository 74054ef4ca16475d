//! Lays out the fingerprints of LicenseDB's texts as `src/index/chunks.rs` looks them up.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use crate::chunks::{self, Chunk};
use crate::common::{self, Commonplaces};
use crate::present::{COMPOSED, DISCLAIMERS, present};
use crate::runs::Runs;

/// Texts of more chunks than this are found by one pair of chunks in eight, others by one in two.
const LONG_TEXT: usize = 150;
/// Texts of fewer chunks than this are found by each of their pairs.
const SHORT_TEXT: usize = 24;

/// Id and kind by the hash of a whole text.
pub(crate) type WholeTexts = BTreeMap<u64, (String, &'static str)>;

/// Counts the texts of `fingerprints.tsv`.
pub(crate) fn count(fingerprints: &str, common: &mut Commonplaces) -> io::Result<()> {
    for cells in rows(fingerprints) {
        common.count(&decoded(&cells)?);
    }
    Ok(())
}

fn decoded(cells: &[&str]) -> io::Result<Vec<Chunk>> {
    decode(cells[2]).ok_or_else(|| io::Error::other(format!("`{}` is damaged", cells[0])))
}

/// Writes the tables, and adds the hashes of whole texts; `licenses` is `licensedb.tsv`, `fingerprints` is `fingerprints.tsv`.
pub(crate) fn write(
    out: &Path,
    licenses: &str,
    fingerprints: &str,
    common: &Commonplaces,
    whole: &mut WholeTexts,
) -> io::Result<()> {
    let kinds: HashMap<&str, (&str, &str)> = rows(licenses).map(|cells| (cells[0], (cells[1], cells[2]))).collect();
    let mut code = String::from("&[\n");
    let mut bytes: Vec<u8> = Vec::new();
    let mut all_own: Vec<bool> = Vec::new();
    let mut runs = Runs::default();
    let mut start = 0;
    let mut number = 0;
    for cells in rows(fingerprints) {
        let Some((id, kind)) = kinds.get(cells[0]) else {
            return Err(io::Error::other(format!("`{}` is not in licensedb.tsv", cells[0])));
        };
        let id = present(id);
        if COMPOSED.contains(&id) {
            continue;
        }
        let kind = match *kind {
            "exception" => "Exception",
            _ if DISCLAIMERS.contains(&id) => "Disclaimer",
            _ => "License",
        };
        let hash = u64::from_str_radix(cells[1], 16).map_err(io::Error::other)?;
        whole.entry(hash).or_insert_with(|| (id.to_owned(), kind));
        if cells[2].is_empty() {
            continue;
        }
        let text = decoded(&cells)?;
        let is_required = |chunk: Chunk| chunk & chunks::OPTIONAL == 0;
        let required = text.iter().filter(|&&chunk| is_required(chunk)).count();
        let mut is_own = common.own(&text);
        for (is_own, &chunk) in is_own.iter_mut().zip(&text) {
            *is_own &= is_required(chunk);
        }
        let own = is_own.iter().filter(|&&is_own| is_own).count();
        all_own.extend(is_own);
        writeln!(
            code,
            "    Text {{ id: {id:?}, kind: TextKind::{kind}, start: {start}, length: {}, required: {required}, own: {own} }},",
            text.len(),
        )
        .map_err(io::Error::other)?;
        for (position, run) in text.windows(2).enumerate() {
            let hash = chunks::pair(run[0], run[1]);
            let is_kept = match text.len() {
                ..SHORT_TEXT => true,
                SHORT_TEXT..=LONG_TEXT => hash.trailing_zeros() >= 1,
                _ => hash.trailing_zeros() >= 3,
            };
            if is_kept {
                runs.add(hash, number, position);
            }
        }
        bytes.extend(text.iter().flat_map(|chunk| chunk.to_le_bytes().into_iter().take(3)));
        start += text.len();
        number += 1;
    }
    code.push_str("]\n");
    fs::write(out.join("chunk_texts.rs"), code)?;
    fs::write(out.join("chunks.bin"), bytes)?;
    fs::write(out.join("own_chunks.bin"), common::bits(&all_own))?;
    runs.write(out, "pairs.bin", "chunk_places.bin")
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// Four characters a chunk, in base 64.
fn decode(text: &str) -> Option<Vec<Chunk>> {
    text.as_bytes()
        .chunks(4)
        .map(|digits| {
            digits
                .iter()
                .try_fold(0, |chunk, &digit| Some(chunk << 6 | value(digit)?))
        })
        .collect()
}

fn value(digit: u8) -> Option<u32> {
    Some(u32::from(match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    }))
}
