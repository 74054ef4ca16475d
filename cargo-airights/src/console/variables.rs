//! What cargo's own variables say of the terminal, read as cargo reads them: the command line goes before them.

use clap::ValueEnum as _;

use crate::cli::{ColorArg, ConsoleArgs};
use crate::commands::failure::Failure;

/// How much to show, and in which colors.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wishes {
    pub(super) verbose: u8,
    pub(super) quiet: bool,
    pub(super) color: ColorArg,
}

impl Wishes {
    /// What the command line and the environment ask for.
    ///
    /// # Errors
    ///
    /// Where the environment contradicts itself, or asks for colors that do not exist.
    pub(super) fn of(args: &ConsoleArgs, variable: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        // Cargo passes over what is neither `true` nor `false`.
        let is_true = |name| variable(name).is_some_and(|value| value == "true");
        let (verbose, quiet) = match (args.verbose, args.quiet) {
            (0, false) => match (is_true("CARGO_TERM_VERBOSE"), is_true("CARGO_TERM_QUIET")) {
                (true, true) => {
                    return Err(Failure::new(
                        "`CARGO_TERM_VERBOSE` and `CARGO_TERM_QUIET` cannot both be `true`",
                        Some("unset one of them, or pass `-v` or `-q`, which go before both".to_owned()),
                    ));
                }
                (verbose, quiet) => (u8::from(verbose), quiet),
            },
            asked => asked,
        };
        let color = match (args.color, variable("CARGO_TERM_COLOR")) {
            (Some(color), _) => color,
            (None, Some(named)) => ColorArg::from_str(&named, false).map_err(|_| {
                Failure::new(
                    format!("`CARGO_TERM_COLOR` must be `auto`, `always` or `never`, but is `{named}`"),
                    Some("set it to one of the three, or unset it".to_owned()),
                )
            })?,
            (None, None) => ColorArg::Auto,
        };
        Ok(Self { verbose, quiet, color })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(args: &ConsoleArgs, variables: &[(&str, &str)]) -> Result<Wishes, Failure> {
        let set = |name: &str| variables.iter().find(|(set, _)| *set == name);
        Wishes::of(args, |name| set(name).map(|(_, value)| (*value).to_owned()))
    }

    const NOTHING: ConsoleArgs = ConsoleArgs {
        color: None,
        verbose: 0,
        quiet: false,
    };

    #[test]
    fn the_command_line_goes_before_the_environment() {
        let loud = [("CARGO_TERM_VERBOSE", "true"), ("CARGO_TERM_COLOR", "always")];
        let found = wishes(&NOTHING, &loud).unwrap();
        assert_eq!((found.verbose, found.quiet, found.color), (1, false, ColorArg::Always));
        let args = ConsoleArgs {
            color: Some(ColorArg::Never),
            quiet: true,
            ..NOTHING
        };
        let found = wishes(&args, &loud).unwrap();
        assert_eq!((found.verbose, found.quiet, found.color), (0, true, ColorArg::Never));
        let args = ConsoleArgs { verbose: 2, ..NOTHING };
        let found = wishes(&args, &[("CARGO_TERM_QUIET", "true")]).unwrap();
        assert_eq!((found.verbose, found.quiet, found.color), (2, false, ColorArg::Auto));
    }

    #[test]
    fn what_cargo_passes_over_is_passed_over_and_what_it_refuses_is_refused() {
        let found = wishes(&NOTHING, &[("CARGO_TERM_QUIET", "1"), ("CARGO_TERM_VERBOSE", "false")]).unwrap();
        assert_eq!((found.verbose, found.quiet), (0, false));
        assert!(
            wishes(
                &NOTHING,
                &[("CARGO_TERM_QUIET", "true"), ("CARGO_TERM_VERBOSE", "true")]
            )
            .is_err()
        );
        assert!(wishes(&NOTHING, &[("CARGO_TERM_COLOR", "blue")]).is_err());
    }
}
