//! Why nothing was judged: what is shown where there is no other document.

use std::io::{self, Write};

use super::Terminal;
use super::diagnostic::Diagnostic;

/// What kept a command from its work.
pub struct Failure<'a> {
    /// Each problem; there is at least one.
    pub errors: &'a [Diagnostic],
    /// Version of this tool.
    pub tool_version: &'a str,
    /// The code the process will exit with.
    pub exit_code: u8,
}

/// Writes every problem, each before an empty line.
pub(crate) fn write_human(failure: &Failure<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    failure.errors.iter().try_for_each(|error| {
        error.write(terminal, out)?;
        writeln!(out)
    })
}

#[cfg(test)]
pub(crate) mod sample {
    use airights::Excerpt;

    use super::*;
    use crate::diagnostic::Severity;

    /// A failure with everything that one can have.
    pub(crate) fn with_sample<T>(look: impl FnOnce(&Failure<'_>) -> T) -> T {
        let source = "version = 1\n[licenses]\nalow = [\"MIT\"]\n";
        let mut mistake = Diagnostic::new(Severity::Error, "unknown key `alow`").at(
            Excerpt::of("airights.toml", source, 23..27),
            Some("not a key of `[licenses]`".to_owned()),
        );
        mistake.help = Some("did you mean `allow`?".to_owned());
        let mut failed = Diagnostic::new(Severity::Error, "a manifest cannot be read");
        failed.notes = vec!["nothing was changed".to_owned()];
        failed.causes = vec![
            "`cargo metadata` failed (exit status: 101)\nerror: invalid table\u{1b}[2J\n --> Cargo.toml:1:9".to_owned(),
            "Permission denied (os error 13)".to_owned(),
        ];
        failed.help = Some("fix the manifest until `cargo metadata` can read it".to_owned());
        look(&Failure {
            errors: &[mistake, failed],
            tool_version: "0.1.0",
            exit_code: 2,
        })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn causes_keep_their_lines() {
        let mut out = Vec::new();
        sample::with_sample(|failure| write_human(failure, Terminal::PLAIN, &mut out)).unwrap();
        expect![[r#"
            error: unknown key `alow`
             --> airights.toml:3:1
              |
            3 | alow = ["MIT"]
              | ^^^^ not a key of `[licenses]`
              |
              = help: did you mean `allow`?

            error: a manifest cannot be read
             |
             = note: nothing was changed
             = caused by: `cargo metadata` failed (exit status: 101)
                          error: invalid table\u{1b}[2J
                           --> Cargo.toml:1:9
             = caused by: Permission denied (os error 13)
             = help: fix the manifest until `cargo metadata` can read it

        "#]]
        .assert_eq(&String::from_utf8(out).unwrap());
    }
}
