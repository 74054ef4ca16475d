//! Rule documentation is Markdown; here it becomes plain text for terminals and for readers without Markdown.

use anstyle::Style;

use super::Terminal;

/// Markdown without its light markup: headings, emphasis, links and fences become words; code keeps its backticks.
pub fn plain_text(markdown: &str) -> String {
    for_terminal(markdown, Terminal::PLAIN)
}

/// The same, wrapped to the terminal, with headings in bold and code in italics where it shows styles.
pub fn for_terminal(markdown: &str, terminal: Terminal) -> String {
    let mut text = Text {
        terminal,
        done: String::with_capacity(markdown.len()),
        paragraph: String::new(),
    };
    let mut in_fence = false;
    for line in markdown.trim().lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") {
            text.end_paragraph();
            in_fence = !in_fence;
        } else if in_fence {
            text.code(line);
        } else if let (Some(code), true) = (line.strip_prefix(CODE_INDENT), text.paragraph.is_empty()) {
            text.code(code);
        } else if trimmed.is_empty() {
            text.end_paragraph();
            text.line("");
        } else if let Some(heading) = heading(trimmed) {
            text.end_paragraph();
            text.line(&terminal.paint(Style::new().bold(), &without_markup(heading)));
        } else {
            text.words(trimmed);
        }
    }
    text.end_paragraph();
    text.done.truncate(text.done.trim_end().len());
    text.done
}

/// Code is indented so, in Markdown and in what becomes of it.
const CODE_INDENT: &str = "    ";

/// The text so far, and the paragraph that is being read.
struct Text {
    terminal: Terminal,
    done: String,
    paragraph: String,
}

impl Text {
    fn line(&mut self, line: &str) {
        self.done.push_str(line.trim_end());
        self.done.push('\n');
    }

    fn code(&mut self, line: &str) {
        let line = if line.is_empty() {
            String::new()
        } else {
            self.terminal.paint(Style::new().italic(), line)
        };
        self.line(&format!("{CODE_INDENT}{line}"));
    }

    /// A line of a paragraph; a list's item begins a paragraph of its own.
    fn words(&mut self, line: &str) {
        if line.starts_with("- ") {
            self.end_paragraph();
        }
        if !self.paragraph.is_empty() {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(line);
    }

    fn end_paragraph(&mut self) {
        let paragraph = without_markup(&std::mem::take(&mut self.paragraph));
        let indent = if paragraph.starts_with("- ") { "  " } else { "" };
        let width = self.terminal.width.clamp(40, LONGEST_LINE);
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                self.line(&std::mem::replace(&mut line, indent.to_owned()));
            } else if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            self.line(&line);
        }
    }
}

/// Longer lines are hard to read, however wide the terminal.
const LONGEST_LINE: usize = 100;

fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    let depth = line.len() - words.len();
    ((1..=6).contains(&depth) && words.starts_with(' ')).then(|| words.trim())
}

/// Drops `**` and turns `[words](https://address)` into `words (https://address)`; a link within the docs into its
/// words. Code is left as it is.
fn without_markup(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['`', '[', '*']) {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(code_end) = rest.strip_prefix('`').and_then(|code| code.find('`')) {
            words.push_str(&rest[..code_end + 2]);
            rest = &rest[code_end + 2..];
        } else if let Some(after) = rest.strip_prefix("**") {
            rest = after;
        } else if let Some((label, address, after)) = link(rest) {
            words.push_str(&without_markup(label));
            if address.contains("://") {
                words.extend([" (", address, ")"]);
            }
            rest = after;
        } else {
            words.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    words.push_str(rest);
    words
}

/// The label and the address of a link at the start of the text, and what follows it.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    (!label.contains('[')).then_some((label, address, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_words() {
        let markdown = "# What it checks\n\nThat **every** `**term**` is [allowed](https://example.org/a).\n\n\
                        ```toml\nallow = [\"MIT\"]\n```\n\n- See [the `other`\n  rule](license_unknown) and `a[0](b)`.\n- two\n\n    [[clarify]]\n";
        assert_eq!(
            plain_text(markdown),
            "What it checks\n\nThat every `**term**` is allowed (https://example.org/a).\n\n    allow = \
             [\"MIT\"]\n\n- See the `other` rule and `a[0](b)`.\n- two\n\n    [[clarify]]"
        );
    }

    #[test]
    fn paragraphs_are_wrapped_to_the_terminal() {
        let narrow = Terminal {
            width: 40,
            ..Terminal::PLAIN
        };
        let text = for_terminal(&format!("- {}", "word ".repeat(30)), narrow);
        assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
        assert!(text.lines().skip(1).all(|line| line.starts_with("  word")), "{text}");
    }

    #[test]
    fn headings_are_bold_where_styles_are_shown() {
        let terminal = Terminal {
            color: true,
            ..Terminal::PLAIN
        };
        assert_eq!(for_terminal("## Example", terminal), "\u{1b}[1mExample\u{1b}[0m");
    }
}
