//! A section of somebody's file that is ours, between two lines that mark it. Nothing outside of it is touched.

/// The lines around a section.
pub(super) struct Marks {
    /// The line before it, with its end.
    pub(super) begin: &'static str,
    /// The line behind it, with its end.
    pub(super) end: &'static str,
}

impl Marks {
    /// Whether a text has a section of ours.
    pub(super) fn are_in(&self, text: &str) -> bool {
        self.place(text).is_some()
    }

    /// The text with this section in the place of ours, or at its end where there is none yet.
    pub(super) fn put(&self, text: &str, section: &str) -> String {
        let marked = format!("{}{section}{}", self.begin, self.end);
        match self.place(text) {
            Some(place) => format!("{}{marked}{}", &text[..place.start], &text[place.end..]),
            None if text.trim().is_empty() => marked,
            None => format!("{}\n\n{marked}", text.trim_end()),
        }
    }

    fn place(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let begin = text.find(self.begin)?;
        let length = text[begin..].find(self.end)? + self.end.len();
        Some(begin..begin + length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARKS: Marks = Marks {
        begin: "# ours\n",
        end: "# end\n",
    };

    #[test]
    fn a_section_is_put_at_the_end_and_then_stays_where_it_is() {
        assert_eq!(MARKS.put("", "a\n"), "# ours\na\n# end\n");
        let first = MARKS.put("mine\n\n\n", "a\n");
        assert_eq!(first, "mine\n\n# ours\na\n# end\n");
        let moved = format!("{first}more of mine\n");
        assert_eq!(MARKS.put(&moved, "b\n"), "mine\n\n# ours\nb\n# end\nmore of mine\n");
        assert!(MARKS.are_in(&moved) && !MARKS.are_in("# ours\nand no end"));
    }
}
