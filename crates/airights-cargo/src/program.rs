//! The cargo to run.

use std::process::{Command, Stdio};

/// Cargo, ready for its arguments: the one that runs us, or else the first on the search path.
pub fn cargo() -> Command {
    let program = std::env::var_os("CARGO").filter(|program| !program.is_empty());
    let mut command = Command::new(program.unwrap_or_else(|| "cargo".into()));
    command.stdin(Stdio::null());
    command
}
