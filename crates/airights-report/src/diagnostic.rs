//! One message with the lines it is about, drawn as rustc and cargo draw theirs. Findings and mistakes in a policy
//! file look the same because both are shown through this.

use std::io::{self, Write};

use airights::Excerpt;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Terminal;
use super::escape::{visible, visible_lines};
use super::excerpt;

/// How grave a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For information.
    Note,
    /// To be looked at.
    Warning,
    /// Stops something.
    Error,
}

/// A message, where it comes from, and what to do. All text may be untrusted; it is escaped when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// What kind of message it is, such as the id of a rule.
    pub code: Option<String>,
    /// What is the matter: lower-case, without a stop.
    pub message: String,
    /// The lines it is about, most telling first.
    pub places: Vec<Place>,
    /// What else there is to know; each may have several lines.
    pub notes: Vec<String>,
    /// What lies behind it, each the cause of the one before; each may have several lines.
    pub causes: Vec<String>,
    /// What to do next.
    pub help: Option<String>,
}

/// Some lines of a file with a part of them marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The lines; their path is shown as it is.
    pub excerpt: Excerpt,
    /// What stands beside the mark.
    pub label: Option<String>,
    /// At most so many lines are shown; none: only where they are.
    pub max_lines: usize,
    /// The address of the file, for terminals that show links.
    pub link: Option<String>,
}

impl Diagnostic {
    /// A message without anything else. The first line says what is the matter; further ones, such as the words of another
    /// program, are a note.
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        let mut message: String = message.into();
        let more = message.find('\n').map(|end| message.split_off(end));
        let more = more.map(|more| more.trim_matches('\n').to_owned());
        Self {
            severity,
            code: None,
            message,
            places: Vec::new(),
            notes: more.into_iter().filter(|more| !more.is_empty()).collect(),
            causes: Vec::new(),
            help: None,
        }
    }

    /// Adds the lines it is about.
    #[must_use]
    pub fn at(mut self, excerpt: Excerpt, label: Option<String>) -> Self {
        self.places.push(Place {
            excerpt,
            label,
            max_lines: MAX_LINES,
            link: None,
        });
        self
    }

    /// Writes the message, and a line end behind it.
    ///
    /// # Errors
    ///
    /// What the writer says.
    pub fn write(&self, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.draw(terminal))
    }

    /// The message as text, without a line end at its end.
    pub fn draw(&self, terminal: Terminal) -> String {
        let level = match self.severity {
            Severity::Note => Level::NOTE,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let mut title = level.primary_title(terminal.wrap(visible(&self.message), self.title_columns()));
        if let Some(code) = &self.code {
            title = title.id(visible(code));
        }
        let mut group = Group::with_title(title);
        for place in &self.places {
            group = add_place(group, place, terminal.width);
        }
        let beside =
            |name: &str, text: &'_ str| terminal.wrap(visible_lines(text).into_owned(), self.gutter() + name.len());
        for note in &self.notes {
            group = group.element(Level::NOTE.message(beside("note", note)));
        }
        for cause in &self.causes {
            let level = Level::NOTE.with_name(CAUSED_BY);
            group = group.element(level.message(beside(CAUSED_BY, cause)));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(beside("help", help)));
        }
        let renderer = if terminal.color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let drawn = renderer.term_width(terminal.width.max(MIN_WIDTH)).render(&[group]);
        if terminal.hyperlinks {
            self.with_links(&drawn)
        } else {
            drawn
        }
    }

    /// Columns of "error[license-unknown]: ".
    fn title_columns(&self) -> usize {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let code = self.code.as_ref().map_or(0, |code| code.chars().count() + 2);
        severity.len() + code + 2
    }

    /// Columns of "12 = : ", which stands before notes with the name of what they are in it: beside the numbers of lines.
    fn gutter(&self) -> usize {
        let lines = self.places.iter().map(|place| place.excerpt.lines.1);
        let digits = lines.max().map_or(0, |line| line.to_string().len());
        digits + " = : ".len()
    }

    /// Makes links of the places in what was drawn.
    fn with_links(&self, drawn: &str) -> String {
        let mut places = self
            .places
            .iter()
            .filter(|place| !place.excerpt.path.is_empty())
            .peekable();
        let lines = drawn.split('\n').map(|line| {
            let is_here = |place: &&Place| start_of_place(line, &visible(&place.excerpt.path)).is_some();
            let place = places.next_if(is_here);
            let link = place.and_then(|place| Some((place, place.link.as_deref()?)));
            match link.and_then(|(place, link)| Some((link, start_of_place(line, &visible(&place.excerpt.path))?))) {
                Some((link, at)) => {
                    let (frame, shown) = line.split_at(at);
                    format!("{frame}\u{1b}]8;;{link}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\")
                }
                None => line.to_owned(),
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Where the path begins in a line that tells a place: nothing but the frame stands before it, and nothing but a line
/// and a column behind. Lines of a file are no such lines, whatever they hold.
fn start_of_place(line: &str, path: &str) -> Option<usize> {
    let at = line.rfind(path)?;
    let (frame, behind) = (&line[..at], &line[at + path.len()..]);
    let is_arrow = frame.contains("--> ") || frame.contains("::: ");
    let is_frame = frame.chars().all(|c| c.is_ascii_digit() || " ->:\u{1b}[;m".contains(c));
    let is_position = behind.chars().all(|c| c.is_ascii_digit() || c == ':');
    (is_arrow && is_frame && is_position).then_some(at)
}

/// So many lines of a file are shown where nobody asks for fewer.
pub const MAX_LINES: usize = 6;

/// On narrower terminals lines wrap rather than vanish.
const MIN_WIDTH: usize = 40;

/// What stands before a cause.
const CAUSED_BY: &str = "caused by";

/// What the line numbers and the frame of a snippet may take.
const GUTTER: usize = 12;

fn add_place<'a>(group: Group<'a>, place: &'a Place, width: usize) -> Group<'a> {
    let path = visible(&place.excerpt.path);
    let (first, _) = place.excerpt.lines;
    if path.is_empty() {
        return group;
    }
    if first == 0 {
        return group.element(Origin::path(path));
    }
    if place.max_lines == 0 || place.excerpt.text.is_empty() {
        return group.element(Origin::path(path).line(first as usize).char_column(1));
    }
    let shown = excerpt::fit(&place.excerpt, width.max(MIN_WIDTH) - GUTTER, place.max_lines);
    let left_out = (shown.lines_left_out > 0).then(|| format!("… to line {}", place.excerpt.lines.1));
    let label = match (place.label.as_deref().map(visible), left_out) {
        (Some(label), Some(left_out)) => Some(format!("{label} ({left_out})")),
        (Some(label), None) => Some(label.into_owned()),
        (None, left_out) => left_out,
    };
    group.element(
        Snippet::source(shown.text)
            .path(path)
            .line_start(first as usize)
            .fold(false)
            .annotation(AnnotationKind::Primary.span(shown.mark).label(label)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn a_message_of_several_lines_keeps_them() {
        let mistake = Diagnostic::new(Severity::Warning, "cargo failed\nerror: no `\"a\"`\n  at all\n");
        expect![[r#"
            warning: cargo failed
             |
             = note: error: no `"a"`
                       at all"#]]
        .assert_eq(&mistake.draw(Terminal::PLAIN));
        assert!(Diagnostic::new(Severity::Note, "one line\n").notes.is_empty());
    }

    #[test]
    fn on_a_terminal_long_sentences_are_broken_and_entries_are_not() {
        let source = "version = 1\nname = 2\n";
        let mut message = Diagnostic::new(
            Severity::Warning,
            "`some-crate 1.0.0` has no license file, which this policy asks for",
        )
        .at(Excerpt::of("Cargo.toml", source, 12..16), None);
        message.code = Some("license-text-missing".to_owned());
        message
            .notes
            .push("required by `app 1.0.0` → `another-crate 2.0.0` (Cargo.toml:7)".to_owned());
        message
            .causes
            .push("the first of all causes that is long\nand its second line".to_owned());
        message.help =
            Some("or make an exception, which is told in few words:\n[[exceptions]]\nlicenses = [\"MIT WITH AdditionRef-airights-unread\"]".to_owned());
        let narrow = Terminal {
            width: 64,
            wraps: true,
            ..Terminal::PLAIN
        };
        let drawn = message.draw(narrow);
        expect![[r#"
            warning[license-text-missing]: `some-crate 1.0.0` has no license
                                           file, which this policy asks for
             --> Cargo.toml:2:1
              |
            2 | name = 2
              | ^^^^
              |
              = note: required by `app 1.0.0` → `another-crate 2.0.0`
                      (Cargo.toml:7)
              = caused by: the first of all causes that is long
                           and its second line
              = help: or make an exception, which is told in few words:
                      [[exceptions]]
                      licenses = ["MIT WITH AdditionRef-airights-unread"]"#]]
        .assert_eq(&drawn);
        let sentences = drawn.lines().filter(|line| !line.contains(" = ["));
        assert!(sentences.map(|line| line.chars().count()).max() <= Some(64));
        let whole = message.draw(Terminal {
            width: 64,
            ..Terminal::PLAIN
        });
        assert!(whole.contains("which this policy asks for\n"), "{whole}");
    }

    #[test]
    fn a_mistake_in_a_policy_is_shown_with_its_caret() {
        let source = "version = 1\n[licenses]\nalow = [\"MIT\"]\n";
        let mut mistake = Diagnostic::new(Severity::Error, "unknown key `alow`").at(
            Excerpt::of("airights.toml", source, 23..27),
            Some("not a key of `[licenses]`".to_owned()),
        );
        mistake.help = Some("did you mean `allow`?".to_owned());
        expect![[r#"
            error: unknown key `alow`
             --> airights.toml:3:1
              |
            3 | alow = ["MIT"]
              | ^^^^ not a key of `[licenses]`
              |
              = help: did you mean `allow`?"#]]
        .assert_eq(&mistake.draw(Terminal::PLAIN));
    }
}
