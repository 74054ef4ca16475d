//! From the bytes of a file to what it says, each distinct text only once in a run.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use airights_text::decode;
use airights_text::{Clause, Match, MatchKind, Span};
use sha2::{Digest, Sha256};

use super::absent::{OfFiles, of_files, without_absent};
use super::excerpt::cut;
use super::repository::Listings;
use super::signals;
use super::stored::{Spelled, StoredExcerpt, StoredLicense, StoredResidue, StoredStatement, TextReading};

/// More than this many pieces of residue of one text are told as one.
const MAX_RESIDUE: usize = 100;
/// More than this many statements to the same effect in one text add nothing.
const MAX_ALIKE: usize = 8;

/// What a license text says, and what of it only of files.
type ReadText = (Arc<TextReading>, OfFiles);

/// Reads texts and remembers what it has read. Shared by all threads.
#[derive(Debug, Default)]
pub(super) struct Texts {
    licenses: Memory<ReadText>,
    notices: Memory<Vec<StoredStatement>>,
    /// Where texts stand above packages.
    pub(super) above: Listings,
}

impl Texts {
    /// What a license text says, with the SHA-256 of its bytes; `None` where the bytes are no text.
    pub(super) fn license(&self, bytes: &[u8]) -> ([u8; 32], Option<Arc<TextReading>>) {
        let (hash, reading) = self.read(bytes);
        let reading = reading.map(|reading| {
            let reading = reading.0.clone();
            all_reserved(&reading, bytes).map_or(reading, Arc::new)
        });
        (hash, reading)
    }

    /// The same of a notice, without what it says only of files that are not there.
    pub(super) fn license_in_notice(
        &self,
        bytes: &[u8],
        is_there: impl Fn(&str) -> bool,
    ) -> ([u8; 32], Option<Arc<TextReading>>) {
        let (hash, reading) = self.read(bytes);
        let reading = reading.map(|reading| {
            let (reading, of_files) = &*reading;
            without_absent(reading, of_files, is_there).map_or_else(|| reading.clone(), Arc::new)
        });
        (hash, reading)
    }

    fn read(&self, bytes: &[u8]) -> ([u8; 32], Option<Arc<ReadText>>) {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        (hash, self.licenses.of(hash, || Some(read_license(&decode(bytes)?))))
    }

    /// What any other text says of AI uses; `None` where the bytes are no text.
    pub(super) fn notice(&self, bytes: &[u8]) -> Option<Arc<Vec<StoredStatement>>> {
        let hash: [u8; 32] = Sha256::digest(bytes).into();
        self.notices.of(hash, || {
            let text = decode(bytes)?;
            Some(statements(&text, &signals::of_notice(&text), &[]))
        })
    }
}

/// The reading of a license file that reserves all rights and has nothing else to say: beside other texts these words are
/// a formula, alone they are the terms.
fn all_reserved(reading: &TextReading, bytes: &[u8]) -> Option<TextReading> {
    const WORDS: &str = "all rights reserved";
    if !reading.says_nothing() || !reading.residue.is_empty() {
        return None;
    }
    let text = decode(bytes)?;
    let start = text.to_ascii_lowercase().find(WORDS)?;
    let line = u32::try_from(1 + text[..start].matches('\n').count()).unwrap_or(u32::MAX);
    let words = airights_text::Residue {
        span: Span {
            bytes: start..start + WORDS.len(),
            lines: (line, line),
        },
        operative: true,
    };
    Some(TextReading {
        residue: vec![one_residue(&text, &words)],
        ..TextReading::default()
    })
}

/// More changes of one license are not shown.
const MAX_CHANGES: usize = 4;

fn read_license(text: &str) -> ReadText {
    let reading = airights_text::read(text);
    let clauses = signals::with_embedded(text, reading.clauses.clone());
    let of_files = of_files(text, &reading);
    let reading = TextReading {
        licenses: reading.matches.iter().map(|found| license(text, found)).collect(),
        statements: statements(text, &clauses, &reading.matches),
        residue: residue(text, &reading.residue),
        expression: reading.base_expression().map(str::to_owned),
    };
    (Arc::new(reading), of_files)
}

fn license(text: &str, found: &Match) -> StoredLicense {
    let first = found.spans.iter().map(|span| span.lines.0).min();
    let last = found.spans.iter().map(|span| span.lines.1).max();
    StoredLicense {
        id: found.id.to_owned(),
        is_exception: found.kind == MatchKind::Exception,
        exact: found.exact,
        modification: found.modification,
        lines: (first.unwrap_or(0), last.unwrap_or(0)),
        changes: found
            .changes
            .iter()
            .filter(|change| change.operative)
            .take(MAX_CHANGES)
            .map(|change| cut(text, &change.span.bytes, change.span.lines))
            .collect(),
    }
}

pub(super) fn statements(text: &str, clauses: &[Clause], matches: &[Match]) -> Vec<StoredStatement> {
    let mut seen = BTreeMap::new();
    let mut statements = Vec::new();
    for clause in clauses {
        let effect = (
            clause.ai_use,
            clause.value,
            &clause.conditions,
            clause.modality,
            clause.of_match,
        );
        let alike: &mut usize = seen.entry(effect).or_default();
        *alike += 1;
        if *alike <= MAX_ALIKE {
            statements.push(StoredStatement {
                ai_use: Spelled(clause.ai_use),
                value: Spelled(clause.value),
                conditions: clause.conditions.iter().copied().map(Spelled).collect(),
                modality: clause.modality,
                of_license: clause
                    .of_match
                    .and_then(|place| matches.get(place))
                    .map(|found| found.id.to_owned()),
                // What is said by a file's presence stands nowhere in it.
                excerpt: if clause.span.bytes.is_empty() {
                    StoredExcerpt::default()
                } else {
                    cut(text, &clause.span.bytes, clause.span.lines)
                },
            });
        }
    }
    statements
}

/// The residue of a text. Past a number of pieces, all that follows is told as one, so that nothing is left out.
fn residue(text: &str, pieces: &[airights_text::Residue]) -> Vec<StoredResidue> {
    let (told, rest) = pieces.split_at(pieces.len().min(MAX_RESIDUE));
    let mut residue: Vec<_> = told.iter().map(|piece| one_residue(text, piece)).collect();
    if let (Some(first), Some(last)) = (rest.first(), rest.last()) {
        let all = airights_text::Residue {
            span: Span {
                bytes: first.span.bytes.start..last.span.bytes.end,
                lines: (first.span.lines.0, last.span.lines.1),
            },
            operative: rest.iter().any(|piece| piece.operative),
        };
        residue.push(one_residue(text, &all));
    }
    residue
}

fn one_residue(text: &str, piece: &airights_text::Residue) -> StoredResidue {
    StoredResidue {
        excerpt: cut(text, &piece.span.bytes, piece.span.lines),
        operative: piece.operative,
    }
}

/// One slot a text. A thread that asks for a text another is reading waits for it.
type Slot<T> = Arc<OnceLock<Option<Arc<T>>>>;

#[derive(Debug)]
struct Memory<T>(Mutex<HashMap<[u8; 32], Slot<T>>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Memory<T> {
    fn of(&self, hash: [u8; 32], read: impl FnOnce() -> Option<T>) -> Option<Arc<T>> {
        // What a thread that panicked left here is whole: slots are only ever added.
        let slot = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(hash)
            .or_default()
            .clone();
        slot.get_or_init(|| read().map(Arc::new)).clone()
    }
}

#[cfg(test)]
mod tests {
    use airights_text::{AiUse, Modality, UseValue};

    use super::*;

    fn span(start: usize) -> Span {
        Span {
            bytes: start..start + 2,
            lines: (1, 1),
        }
    }

    #[test]
    fn the_same_bytes_are_read_once() {
        let texts = Texts::default();
        let (hash, first) = texts.license(b"abc");
        let (_, second) = texts.license(b"abc");
        assert!(Arc::ptr_eq(&first.unwrap(), &second.unwrap()));
        assert_eq!(hash[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_eq!(texts.license(b"a\0b\xff\0").1, None);
    }

    #[test]
    fn all_rights_reserved_and_nothing_else_is_residue_of_a_license() {
        let residue = |text: &str| Texts::default().license(text.as_bytes()).1.unwrap().residue.clone();
        let found = residue("Copyright 2024 Somebody\nAll rights reserved.\n");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].excerpt.lines, found[0].operative), ((2, 2), true));
        assert_eq!(residue("Copyright 2024 Somebody\n"), []);
        assert_eq!(
            residue("Copyright 2024 Somebody. All rights reserved.\nLicensed under MIT.\n"),
            []
        );
    }

    #[test]
    fn a_clause_names_its_license_and_a_flood_of_clauses_is_dammed() {
        let text = "a ".repeat(1000);
        let found = Match {
            id: "MIT",
            kind: MatchKind::License,
            exact: true,
            modification: airights_text::Modification::Clauses,
            spans: vec![span(0)],
            changes: Vec::new(),
        };
        let clause = |start, of_match| Clause {
            ai_use: AiUse::TrainAi,
            value: UseValue::Disallowed,
            conditions: Vec::new(),
            modality: Modality::Prohibit,
            span: span(start),
            context: Vec::new(),
            of_match,
        };
        let mut clauses: Vec<_> = (0..900).map(|place| clause(place * 2, None)).collect();
        clauses.push(clause(0, Some(0)));
        let statements = statements(&text, &clauses, &[found]);
        assert_eq!(statements.len(), MAX_ALIKE + 1);
        assert_eq!(statements.last().unwrap().of_license.as_deref(), Some("MIT"));
    }

    #[test]
    fn residue_past_the_limit_is_told_as_one_piece() {
        let text = "a ".repeat(1000);
        let pieces: Vec<_> = (0..900)
            .map(|place| airights_text::Residue {
                span: span(place * 2),
                operative: place == 899,
            })
            .collect();
        let residue = residue(&text, &pieces);
        assert_eq!(residue.len(), MAX_RESIDUE + 1);
        assert!(residue.last().unwrap().operative);
    }
}
