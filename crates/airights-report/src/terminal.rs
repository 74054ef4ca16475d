//! What the place that is written to can show. The caller looks; renderers only obey.

use std::borrow::Cow;

use crate::wording::wrap;

/// A column of words that is narrower than this is not read.
const NARROWEST: usize = 30;

/// The abilities of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether to write ANSI colours.
    pub color: bool,
    /// Whether to write OSC 8 hyperlinks.
    pub hyperlinks: bool,
    /// Width in columns.
    pub width: usize,
    /// Whether sentences are broken at that width. Who reads a file or a pipe wants them whole.
    pub wraps: bool,
}

impl Terminal {
    /// A file or a pipe.
    pub const PLAIN: Self = Self {
        color: false,
        hyperlinks: false,
        width: 100,
        wraps: false,
    };

    /// Text as lines that fit beside so many columns, where lines are broken.
    pub(crate) fn wrap<'t>(self, text: impl Into<Cow<'t, str>>, columns: usize) -> Cow<'t, str> {
        let text = text.into();
        if self.wraps {
            Cow::Owned(wrap(&text, self.width.saturating_sub(columns).max(NARROWEST)))
        } else {
            text
        }
    }

    /// Text in a style, where colours are shown.
    pub(crate) fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.color {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}
