//! Cargo, run on the scratch copy behind the ephemeral registries.

use std::io::{Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use airights_cargo::program::{CargoError, Run, cargo};
use airights_registry::{FilteredRegistries, RegistryError};
use airights_session::Scratch;

use crate::WaysError;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Cargo did it.
    Well,
    /// There is no solution.
    WithoutSolution,
    /// It was still looking when there was no more time.
    OutOfTime,
}

/// Whether cargo may find fault with more than versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Faults {
    /// Only with versions: anything else is our fault, or that of the machine.
    OnlyVersions,
    /// With what we try, too: an edit it cannot read, or a command it does not follow, is no way out either.
    Anything,
}

/// Runs `cargo update` on the copy, behind the ephemeral registries. With `--workspace` it resolves, and keeps whatever is
/// still locked.
pub(super) fn update(
    scratch: &Scratch,
    manifest: &Path,
    behind: &FilteredRegistries,
    arguments: &[String],
    faults: Faults,
    until: Instant,
) -> Result<Ended, WaysError> {
    let mut command = cargo();
    command.arg("update").args(arguments);
    command.args(["--color", "never", "--manifest-path"]).arg(manifest);
    for setting in behind.cargo_config() {
        command.args(["--config", &setting]);
    }
    // What we cannot answer now we cannot answer a moment later. And the way to us is always open.
    command.args(["--config", "net.retry=0", "--config", "net.offline=false"]);
    command.env("CARGO_HOME", scratch.cargo_home());
    // We tell tokens to those they are for. Whoever is behind us needs none.
    let variables = std::env::vars_os().map(|(name, _)| name);
    for name in variables.filter(|name| is_token(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    for name in behind.token_variables() {
        command.env(name, "");
    }
    for name in ["NO_PROXY", "no_proxy"] {
        let others = std::env::var(name).unwrap_or_default();
        command.env(name, format!("127.0.0.1,{others}"));
    }
    let Some(ended) = run(command, until)? else {
        return Ok(Ended::OutOfTime);
    };
    let trouble = behind.take_trouble();
    match (ended, trouble) {
        (Ok(()), _) => Ok(Ended::Well),
        (Err(_), Some(RegistryError::OutOfTime { .. })) => Ok(Ended::OutOfTime),
        (Err(_), Some(trouble)) => Err(trouble.into()),
        (Err(error), None) if faults == Faults::Anything || found_nothing(&error) => Ok(Ended::WithoutSolution),
        (Err(error), None) => Err(error.into()),
    }
}

/// Whether a variable of the environment holds a token for a registry.
fn is_token(variable: &str) -> bool {
    variable.starts_with("CARGO_REGISTR") && variable.ends_with("_TOKEN")
}

/// Runs cargo; `None` where it is not done in time. A hard resolve can take it minutes.
fn run(mut command: Command, until: Instant) -> Result<Option<Result<(), CargoError>>, WaysError> {
    let failed = WaysError::local("run cargo");
    // Words in a file keep cargo from waiting for somebody to read them.
    let mut words = tempfile::tempfile().map_err(&failed)?;
    command.stdout(Stdio::null());
    command.stderr(words.try_clone().map_err(&failed)?);
    let (mut cargo, ending) = Run::start(&mut command)?.take();
    let status = loop {
        if let Some(status) = cargo.try_wait().map_err(&failed)? {
            break status;
        }
        if Instant::now() > until {
            // It may have ended this very moment.
            let _ = cargo.kill();
            cargo.wait().map_err(&failed)?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let mut stderr = Vec::new();
    words
        .rewind()
        .and_then(|()| words.read_to_end(&mut stderr))
        .map_err(&failed)?;
    Ok(Some(ending.ended(status, &stderr)))
}

/// Tells from cargo's own words whether it looked for a solution and found none. It has no codes for it.
fn found_nothing(error: &CargoError) -> bool {
    /// How cargo begins to tell that nothing fits.
    const NOTHING_FITS: [&str; 7] = [
        "failed to select a version",
        "no matching package",
        "does not have that feature",
        "does not have these features",
        "does not have feature",
        "is not a feature",
        "did not match any packages",
    ];
    match error {
        CargoError::Failed { words, .. } => NOTHING_FITS.iter().any(|phrase| words.contains(phrase)),
        _ => false,
    }
}
