//! What a rule checks, why, and what to do when it speaks: its own documentation.

use std::io::{self, Write};

use airights::Rule;

use crate::render::Terminal;
use crate::render::markdown::for_terminal;

/// Writes the documentation of a rule.
///
/// # Errors
///
/// What the writer says.
pub fn write_rule(rule: Rule, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", for_terminal(&rule.docs(), terminal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained() {
        for &rule in Rule::ALL {
            let mut out = Vec::new();
            write_rule(rule, Terminal::PLAIN, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.starts_with(&format!("{}\n\n", rule.id())));
            assert!(!text.contains("```") && !text.contains("\n#"), "{text}");
        }
    }
}
