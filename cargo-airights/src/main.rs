//! The `cargo airights` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_airights::run(std::env::args_os()).into()
}
