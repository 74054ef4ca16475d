//! What happens on the way, on standard error: with `-v` the programs that are run and the stages of the work, with `-vv`
//! also what registries and caches are asked; with `CARGO_AIRIGHTS_LOG` whatever it names.

use std::io;

use airights_report::log::Lines;
use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{ParseError, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::commands::failure::Failure;

/// The variable that says what to show: `LEVEL`, or `TARGET=LEVEL`, several with commas between.
const VARIABLE: &str = "CARGO_AIRIGHTS_LOG";
/// How the names of all of our crates begin.
const OURS: [&str; 2] = ["airights", "cargo_airights"];

/// Begins to show events, where they are asked for. Whether they are.
///
/// # Errors
///
/// Where the variable cannot be understood.
pub(super) fn start(verbose: u8) -> Result<bool, Failure> {
    let variable = std::env::var(VARIABLE).ok().filter(|filter| !filter.is_empty());
    let Some(targets) = targets(variable.as_deref(), verbose)? else {
        return Ok(false);
    };
    let lines = tracing_subscriber::fmt::layer()
        .without_time()
        .with_ansi(false)
        .with_target(variable.is_some() || verbose > 1)
        .with_writer(|| Lines::new(io::stderr()));
    let subscriber = tracing_subscriber::registry().with(lines.with_filter(targets));
    // A process that runs us as a library may have chosen another way to show them already.
    Ok(subscriber.try_init().is_ok())
}

/// What to show; `None`: nothing.
fn targets(variable: Option<&str>, verbose: u8) -> Result<Option<Targets>, Failure> {
    let ours = |level| Targets::new().with_targets(OURS.map(|name| (name, level)));
    match (variable, verbose) {
        (Some(filter), _) => filter.parse().map(Some).map_err(|error: ParseError| {
            Failure::new(
                format!("`{VARIABLE}` is not a list of targets and levels: `{filter}`"),
                Some("write it as `debug`, or as `airights_registry=debug,airights_cargo=info`".to_owned()),
            )
            .because(error)
        }),
        (None, 0) => Ok(None),
        (None, 1) => Ok(Some(ours(Level::INFO))),
        (None, _) => Ok(Some(ours(Level::DEBUG))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_goes_before_the_command_line() {
        let shows = |variable, verbose, target, level| {
            let targets = targets(variable, verbose).unwrap();
            targets.is_some_and(|targets| targets.would_enable(target, &level))
        };
        assert!(!shows(None, 0, "airights_cargo::program", Level::ERROR));
        assert!(shows(None, 1, "airights_cargo::program", Level::INFO));
        assert!(!shows(None, 1, "airights_registry::client", Level::DEBUG));
        assert!(shows(None, 2, "airights_registry::client", Level::DEBUG));
        assert!(!shows(None, 2, "hyper::client", Level::ERROR));
        let registry = Some("airights_registry=debug");
        assert!(shows(registry, 0, "airights_registry::client", Level::DEBUG));
        assert!(!shows(registry, 1, "airights_cargo::program", Level::INFO));
        assert!(targets(Some("airights=loud"), 0).is_err());
    }
}
