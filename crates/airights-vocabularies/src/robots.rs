//! The lines of a `robots.txt` (RFC 9309) and of files written like one: `Label: value`, in groups for crawlers.

/// A line, and for whom and what it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// The label as it stands, without the colon.
    label: &'a str,
    /// What stands behind it, without a comment.
    pub(super) value: &'a str,
    /// Whether its group is for every crawler, or it stands in none.
    pub(super) is_for_all: bool,
}

impl<'a> Line<'a> {
    /// Whether it has this label; case does not count.
    pub(super) fn is(&self, label: &str) -> bool {
        self.label.eq_ignore_ascii_case(label)
    }

    /// The path at the start of its value, if there is one, and the rest (`draft-ietf-aipref-attach`, section on
    /// processing rules).
    pub(super) fn path_and_rest(&self) -> (Option<&'a str>, &'a str) {
        if !self.value.starts_with(['/', '*']) {
            return (None, self.value);
        }
        let (path, rest) = self.value.split_once([' ', '\t']).unwrap_or((self.value, ""));
        (Some(path), rest.trim_start())
    }
}

/// Whether a path pattern stands for everything.
pub(super) fn is_everything(path: &str) -> bool {
    matches!(path, "/" | "*" | "/*")
}

/// The lines of a text that have a label, but those that name the crawlers of a group.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut is_for_all = true;
    let mut is_naming_crawlers = false;
    for line in text.split(['\n', '\r']) {
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
            .map(|line| (line.label, line.value, line.is_for_all))
            .collect();
        assert_eq!(told, [("A", "1", true), ("C", "3", true), ("D", "/a 4", false)]);
        assert_eq!(lines(text)[2].path_and_rest(), (Some("/a"), "4"));
        assert_eq!(lines("E: train-ai=n")[0].path_and_rest(), (None, "train-ai=n"));
    }
}
