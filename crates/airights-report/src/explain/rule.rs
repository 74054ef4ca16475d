//! What a rule checks, why, and what to do when it speaks: its own documentation.

use std::io::{self, Write};

use crate::Terminal;
use crate::markdown::for_terminal;

/// Writes the documentation of a rule, which is Markdown.
///
/// # Errors
///
/// What the writer says.
pub fn write_rule(docs: &str, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", for_terminal(docs, terminal))
}

#[cfg(test)]
mod tests {
    use airights::Rule;

    use super::*;

    #[test]
    fn every_rule_is_explained() {
        for (id, docs) in Rule::ALL.iter().map(|rule| (rule.id(), rule.docs())) {
            let mut out = Vec::new();
            write_rule(&docs, Terminal::PLAIN, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.starts_with(&format!("{id}\n\n")));
            assert!(!text.contains("```") && !text.contains("\n#"), "{text}");
        }
    }
}
