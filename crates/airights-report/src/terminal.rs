//! What the place that is written to can show. The caller looks; renderers only obey.

/// The abilities of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Whether to write OSC 8 hyperlinks.
    pub hyperlinks: bool,
    /// Width in columns.
    pub width: usize,
}

impl Terminal {
    /// A file or a pipe.
    pub const PLAIN: Self = Self {
        color: false,
        hyperlinks: false,
        width: 100,
    };

    /// Text in a style, where colours are shown.
    pub(crate) fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}
