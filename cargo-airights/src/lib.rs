//! The tool around the engine: it gathers facts, hands them to [`airights`], and renders what comes back.
//!
//! `main → run → commands → declaration` → the crates of `crates/`. The commands bring together
//! what does not know each other.

mod cli;
pub mod commands;
mod console;
pub mod declaration;
mod exit;

use std::ffi::OsString;

pub use exit::Exit;

/// Runs the command line `arguments`, the program's own name first, and says with which code to exit.
///
/// Cargo calls a subcommand with its name once more (`cargo-airights airights check`); called by hand it comes without.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|first| first == "airights") {
        arguments.remove(1);
    }
    let format = cli::format_in(&arguments);
    match cli::parse(arguments) {
        Ok(command_line) => commands::run(&command_line),
        Err(error) => commands::explain(&error, format),
    }
}
