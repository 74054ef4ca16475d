//! Turns byte offsets into line numbers.

use std::ops::Range;

use crate::reading::Span;

/// The starts of the lines of a text.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Finds them.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self { starts }
    }

    /// The span of these bytes, with its lines.
    pub fn span(&self, bytes: Range<usize>) -> Span {
        let first = self.number(bytes.start);
        let last = self.number(bytes.end.saturating_sub(1).max(bytes.start));
        Span {
            bytes,
            lines: (first, last),
        }
    }

    fn number(&self, at: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|&start| start <= at)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one_and_inclusive() {
        let lines = Lines::new("a\nbc\n\nd");
        assert_eq!(lines.span(0..1).lines, (1, 1));
        assert_eq!(lines.span(0..4).lines, (1, 2));
        assert_eq!(lines.span(6..7).lines, (4, 4));
        assert_eq!(lines.span(0..0).lines, (1, 1));
    }
}
