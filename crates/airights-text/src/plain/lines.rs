//! Undoes what the width of a line and the comment it stands in have done to the words.
//!
//! A word cut by a hyphen at a line's end is one word again where the whole is a word we know. Newlines that a program's
//! text spells out at the end of a line are no word. Comment leaders that look like words, quotes or dashes are taken out
//! where line after line has one; those that can be mistaken for nothing else (`//`, `#`, `*`) are passed over by whoever
//! cuts words and sentences.

use super::{Edit, With};

/// A mark is a leader where at least so many lines in a row have it.
const ROW: usize = 3;

/// Words that are also written with a hyphen within a line, so that one at its end may belong to them.
const COMPOUNDS: &[&str] = &[
    "co-operate",
    "counter-claims",
    "e-mail",
    "gift-ware",
    "machine-readable",
    "meta-data",
    "off-line",
    "on-line",
    "open-source",
    "pre-dates",
    "pre-existing",
    "re-distribute",
    "re-distribution",
    "re-exported",
    "re-license",
    "re-use",
    "run-time",
    "share-alike",
    "stand-alone",
    "trade-marks",
    "world-wide",
];

pub(super) fn edits(text: &str, is_known: impl Fn(&str) -> bool) -> Vec<Edit> {
    let mut rows = Rows::default();
    let mut ends: Vec<Edit> = Vec::new();
    let mut start = 0;
    let mut letters = String::new();
    for line in text.split_inclusive('\n') {
        let next = start + line.len();
        rows.line(line, start);
        let kept = line.trim_ascii_end();
        if let Some(escapes) = ending_escapes(kept) {
            ends.push(Edit {
                range: start + escapes.start..start + escapes.end,
                with: With::Nothing,
            });
        }
        if let Some(hyphen) = ending_hyphen(kept)
            && line.ends_with('\n')
            && let Some((first, second)) = halves(text, start + hyphen, start + kept.len(), next)
        {
            letters.clear();
            letters.push_str(&text[first..start + hyphen]);
            letters.push_str(second);
            letters.make_ascii_lowercase();
            let at = start + hyphen - first;
            if is_one_word(&letters, at) && is_known(&letters) {
                let end = second.as_ptr() as usize - text.as_ptr() as usize;
                ends.push(Edit {
                    range: start + hyphen..end,
                    with: With::Nothing,
                });
            }
        }
        start = next;
    }
    merged(rows.finish(), ends)
}

/// Both in order; where they overlap, the edit of a line's end, which may reach into the next line, takes in the leader's.
fn merged(leaders: Vec<Edit>, ends: Vec<Edit>) -> Vec<Edit> {
    if ends.is_empty() {
        return leaders;
    }
    let mut all = leaders;
    let is_taken_in = |leader: &Edit| {
        let at = ends.partition_point(|end| end.range.end <= leader.range.start);
        ends.get(at).is_some_and(|end| end.range.start < leader.range.end)
    };
    all.retain(|leader| !is_taken_in(leader));
    all.extend(ends);
    all.sort_by_key(|edit| edit.range.start);
    all
}

/// Where the newlines stand that a program's text spells out at the end of a line: `"… as published by \\n"`.
fn ending_escapes(line: &str) -> Option<std::ops::Range<usize>> {
    let line = line.trim_end_matches([',', ';', ')', '+', '.', ' ']);
    let line = line.strip_suffix(['"', '\'', '\\'])?;
    let words = line.trim_end_matches("\\n");
    (words.len() < line.len()).then_some(words.len()..line.len())
}

/// Where the hyphen stands that ends a line.
fn ending_hyphen(line: &str) -> Option<usize> {
    let rest = line.strip_suffix(['-', '\u{2010}', '\u{ad}'])?;
    rest.ends_with(|letter: char| letter.is_ascii_alphabetic())
        .then_some(rest.len())
}

/// Where the half of a word before the hyphen begins, and the half that begins the line at `next`.
fn halves(text: &str, hyphen: usize, end: usize, next: usize) -> Option<(usize, &str)> {
    let bytes = text.as_bytes();
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic();
    let first = hyphen - bytes[..hyphen].iter().rev().take(24).take_while(is_letter).count();
    let is_cut = first > 0 && (bytes[first - 1] == b'-' || !bytes[first - 1].is_ascii());
    if hyphen - first < 2 || is_cut || end > next {
        return None;
    }
    let rest = text[next..].get(..80).unwrap_or(&text[next..]);
    let line = rest.lines().next().unwrap_or("");
    let lead = leader(line).map_or(0, |(_, range)| range.end);
    let plain = line[lead..].trim_start_matches(|letter: char| letter.is_whitespace() || "*/#;>%|!".contains(letter));
    let length = plain.bytes().take_while(u8::is_ascii_alphabetic).count();
    let second = &plain[..length];
    let is_loud = |half: &str| half.bytes().all(|byte| byte.is_ascii_uppercase());
    let goes_on =
        second.bytes().all(|byte| byte.is_ascii_lowercase()) || is_loud(second) && is_loud(&text[first..hyphen]);
    (length > 1 && goes_on).then_some((first, second))
}

/// Whether a hyphen at `at` divides one word, rather than joining two.
fn is_one_word(letters: &str, at: usize) -> bool {
    let joins_two = |compound: &str| {
        compound.len() == letters.len() + 1
            && compound.starts_with(&letters[..at])
            && compound.ends_with(&letters[at..])
            && compound.as_bytes()[at] == b'-'
    };
    !COMPOUNDS.iter().any(|compound| joins_two(compound))
}

/// What a line may begin with in a comment or a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leader {
    Dashes,
    Percent,
    Quote,
    Apostrophe,
    Roff,
    Colons,
    Rem,
    Dnl,
    Fortran,
    /// `>`, as often as it stands.
    Reply,
}

/// The leader of a line, and where it stands in it.
fn leader(line: &str) -> Option<(Leader, std::ops::Range<usize>)> {
    let start = line.len() - line.trim_ascii_start().len();
    let rest = &line[start..];
    let is_alone = |length: usize| rest.as_bytes().get(length).is_none_or(u8::is_ascii_whitespace);
    let (leader, length) = match rest.as_bytes().first()? {
        b'-' if rest.starts_with("--") && is_alone(2) => (Leader::Dashes, 2),
        b'%' => (Leader::Percent, rest.len() - rest.trim_start_matches('%').len()),
        b'"' if is_alone(1) => (Leader::Quote, 1),
        b'\'' if is_alone(1) => (Leader::Apostrophe, 1),
        b'\'' | b'.' if rest[1..].starts_with("\\\"") => (Leader::Roff, 3),
        b'\\' if rest.starts_with("\\\"") => (Leader::Roff, 2),
        b':' if rest.starts_with("::") && is_alone(2) => (Leader::Colons, 2),
        b'@' if rest.get(1..4).is_some_and(|word| word.eq_ignore_ascii_case("rem")) && is_alone(4) => (Leader::Rem, 4),
        b'R' | b'r' if rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("rem")) && is_alone(3) => {
            (Leader::Rem, 3)
        }
        b'd' if rest.starts_with("dnl") && is_alone(3) => (Leader::Dnl, 3),
        b'C' | b'c' if start == 0 && is_alone(1) => (Leader::Fortran, 1),
        b'>' => {
            let marks = rest.trim_start_matches(['>', ' ']);
            (Leader::Reply, rest.len() - marks.len())
        }
        _ => return None,
    };
    Some((leader, start..start + length))
}

/// The leaders of the lines so far.
#[derive(Default)]
struct Rows {
    edits: Vec<Edit>,
    /// The leader of the lines at hand, and how many have it.
    row: Option<(Leader, usize)>,
    /// Quotation marks, and lines that have none.
    replies: Vec<Edit>,
    others: usize,
}

impl Rows {
    fn line(&mut self, line: &str, start: usize) {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            return;
        }
        let Some((leader, range)) = leader(line) else {
            self.end();
            self.others += 1;
            return;
        };
        let edit = Edit {
            range: start + range.start..start + range.end,
            with: With::Nothing,
        };
        if leader == Leader::Reply {
            self.end();
            self.replies.push(edit);
            return;
        }
        self.others += 1;
        match &mut self.row {
            Some((other, count)) if *other == leader => *count += 1,
            _ => {
                self.end();
                self.row = Some((leader, 1));
            }
        }
        self.edits.push(edit);
    }

    /// A row that is too short to be one is forgotten.
    fn end(&mut self) {
        if let Some((_, count)) = self.row.take().filter(|(_, count)| *count < ROW) {
            self.edits.truncate(self.edits.len() - count);
        }
    }

    fn finish(mut self) -> Vec<Edit> {
        self.end();
        // Where nearly everything is quoted, the quotation is the text.
        if self.replies.len() >= ROW && self.replies.len() > 9 * self.others {
            self.edits.append(&mut self.replies);
            self.edits.sort_by_key(|edit| edit.range.start);
        }
        self.edits
    }
}

#[cfg(test)]
mod tests {
    use super::super::applied;
    use super::*;

    fn plain(text: &str) -> String {
        let known = ["distribute", "permission", "noncommercial", "machinereadable"];
        applied(text, edits(text, |word| known.contains(&word))).0
    }

    #[test]
    fn words_cut_at_a_line_end_are_whole_again() {
        for (text, expected) in [
            ("to dis-\ntribute", "to distribute"),
            ("to dis-\r\n   tribute", "to distribute"),
            ("to dis- \n * tribute", "to distribute"),
            ("// dis-\n// tribute", "// distribute"),
            ("REM dis-\nREM tribute", "REM distribute"),
            ("PER-\n> MISSION", "PERMISSION"),
            ("dis\u{2010}\ntribute", "distribute"),
            ("non-\ncommercial", "noncommercial"),
            ("machine-\nreadable", "machine-\nreadable"),
            ("royalty-\nfree", "royalty-\nfree"),
            ("dis-\n\ntribute", "dis-\n\ntribute"),
            ("dis-\nTribute", "dis-\nTribute"),
            ("-\n-\ndis-", "-\n-\ndis-"),
            ("\"published by \\n\"\n\"\\n\",\n", "\"published by \"\n\"\",\n"),
            ("on this line\\n\\\n", "on this line\\\n"),
            ("print(\"\\n\")", "print(\"\")"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    #[test]
    fn leaders_are_taken_out_where_each_line_has_one() {
        for leader in [
            "--", "%", "%%", "\"", "'", ".\\\"", "::", "REM", "@rem", "dnl", "C", ">", "> >", ">>",
        ] {
            let text = format!("{leader} You may\n{leader}\n{leader} sell it.\n");
            let found = plain(&text);
            let lines: Vec<&str> = found.lines().map(str::trim).collect();
            assert_eq!(lines, ["You may", "", "sell it."], "{leader}");
        }
        for text in [
            "C is a language\n",
            "-- \nJane\n",
            "one\n> two\n> three\n> four\n",
            "' one\n' two\n",
        ] {
            assert_eq!(plain(text), text);
        }
    }
}
