//! Runs cargo behind the ephemeral registry with nothing withheld, to measure what it adds:
//! `cargo run --release -p cargo-airights --example behind -- cargo generate-lockfile`
//!
//! The index is that of the user's own configuration; what is fetched is kept in `CARGO_AIRIGHTS_CACHE_DIR`, if set.
#![allow(clippy::print_stderr, reason = "an example speaks to whoever runs it")]

use std::error::Error;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::Arc;

use cargo_airights::registry::{CargoConfig, Client, Ephemeral, Ruling, Upstream, UpstreamOptions};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut words = std::env::args_os().skip(1);
    let program = words.next().ok_or("name the command to run")?;
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let config = CargoConfig::read(&std::env::current_dir()?, cargo_home.as_deref())?;
    let options = UpstreamOptions {
        cache: std::env::var_os("CARGO_AIRIGHTS_CACHE_DIR").map(PathBuf::from),
        cargo_home,
        offline: false,
    };
    let upstream = Upstream::new(config.crates_io()?, Client::new(&config)?, &options);
    let registry = Ephemeral::open(Arc::new(upstream), Arc::new(|_| Ruling::Allowed))?;
    let mut command = Command::new(program);
    command.args(words);
    for setting in registry.cargo_config() {
        command.args(["--config", &setting]);
    }
    let status = command.status()?;
    if let Some(trouble) = registry.take_trouble() {
        eprintln!("{trouble}");
    }
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
