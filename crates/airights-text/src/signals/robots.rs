//! The lines of a `robots.txt` (RFC 9309) and of files written like one: `Label: value`, in groups for crawlers.

use std::ops::Range;

/// A line, and for whom it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The label as it stands, without the colon.
    label: &'a str,
    /// What stands behind it, without a comment.
    pub value: &'a str,
    /// Whether its group is for every crawler, or it stands in none.
    pub is_for_all: bool,
    /// Where the line is, with its comment.
    pub bytes: Range<usize>,
}

impl<'a> Line<'a> {
    /// Whether it has this label; case does not count.
    pub fn is(&self, label: &str) -> bool {
        self.label.eq_ignore_ascii_case(label)
    }

    /// Whether it is for everybody and, by the path at the start of its value, for everything; and the rest of the value
    /// (`draft-ietf-aipref-attach`, section on processing rules).
    pub fn reach_and_rest(&self) -> (bool, &'a str) {
        if !self.value.starts_with(['/', '*']) {
            return (self.is_for_all, self.value);
        }
        let (path, rest) = self.value.split_once([' ', '\t']).unwrap_or((self.value, ""));
        (self.is_for_all && is_everything(path), rest.trim_start())
    }
}

/// Whether a path pattern stands for everything.
pub fn is_everything(path: &str) -> bool {
    matches!(path, "/" | "*" | "/*")
}

/// The lines of a text that have a label, but those that name the crawlers of a group.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut is_for_all = true;
    let mut is_naming_crawlers = false;
    let mut offset = 0;
    for line in text.split(['\n', '\r']) {
        let bytes = offset..offset + line.trim_end().len();
        offset += line.len() + 1;
        let line = line.split('#').next().unwrap_or_default();
        let Some((label, value)) = line.split_once(':') else {
            continue;
        };
        let (label, value) = (label.trim(), value.trim());
        if label.eq_ignore_ascii_case("user-agent") {
            // Several of them one after the other name one group.
            is_for_all = (is_naming_crawlers && is_for_all) || value == "*";
            is_naming_crawlers = true;
            continue;
        }
        is_naming_crawlers = false;
        lines.push(Line {
            label,
            value,
            is_for_all,
            bytes,
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_for_whom_they_are() {
        let text = "A: 1 # note\n# B: 2\nUser-agent: x\nUSER-AGENT: *\nC : 3\nUser-Agent: x\nD:\t/a 4\r\nno label\n";
        let told: Vec<_> = lines(text)
            .iter()
            .map(|line| (line.label, line.value, line.is_for_all, &text[line.bytes.clone()]))
            .collect();
        let expected = [
            ("A", "1", true, "A: 1 # note"),
            ("C", "3", true, "C : 3"),
            ("D", "/a 4", false, "D:\t/a 4"),
        ];
        assert_eq!(told, expected);
        assert_eq!(lines(text)[2].reach_and_rest(), (false, "4"));
        assert_eq!(lines("E: train-ai=n")[0].reach_and_rest(), (true, "train-ai=n"));
        assert_eq!(lines("E: /a train-ai=n")[0].reach_and_rest(), (false, "train-ai=n"));
    }
}
