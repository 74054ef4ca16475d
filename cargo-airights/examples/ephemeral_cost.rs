//! What the ephemeral registry costs: cargo resolves a workspace from nothing through a mirror on this machine, and
//! through the ephemeral registry in front of that mirror, in turns.
//!
//! `cargo run --release -p cargo-airights --example ephemeral_cost -- path/to/Cargo.toml [ROUNDS]`
#![expect(clippy::print_stdout, reason = "it is a measurement to be read")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use airights_facts::cargo_home;
use airights_registry::{CargoConfig, Client, Ephemeral, Ruling, Source, Upstream, UpstreamOptions};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let manifest = arguments.next().ok_or("which Cargo.toml?")?;
    let rounds = arguments.next().map_or(Ok(5), |rounds| rounds.parse())?;
    let config = CargoConfig::read(&std::env::current_dir()?, cargo_home().as_deref())?;
    let mirror = pass_through(config.crates_io()?, &config)?;
    // Once, so that the mirror has everything.
    resolve(Path::new(&manifest), &mirror)?;
    let (mut plain, mut behind) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        plain.push(resolve(Path::new(&manifest), &mirror)?);
        let source = Source { index: mirror.index() };
        let ephemeral = pass_through(source, &config)?;
        behind.push(resolve(Path::new(&manifest), &ephemeral)?);
    }
    let (plain, behind) = (median(&mut plain), median(&mut behind));
    let more = behind.as_secs_f64() / plain.as_secs_f64() * 100.0 - 100.0;
    println!("through a mirror {plain:.2?}, behind the ephemeral registry {behind:.2?}: {more:+.0} %");
    Ok(())
}

/// A registry that shows everything there is.
fn pass_through(source: Source, config: &CargoConfig) -> Outcome<Ephemeral> {
    let upstream = Upstream::new(source, Client::new(config)?, &UpstreamOptions::default());
    Ok(Ephemeral::open(Arc::new(upstream), Arc::new(|_| Ruling::Allowed))?)
}

/// Lets cargo resolve with an empty home, and says how long it took.
fn resolve(manifest: &Path, registry: &Ephemeral) -> Outcome<Duration> {
    let home = tempfile::tempdir()?;
    let mut cargo = Command::new("cargo");
    cargo.args(["update", "--dry-run", "--manifest-path"]).arg(manifest);
    for setting in registry.cargo_config() {
        cargo.args(["--config", &setting]);
    }
    cargo.env("CARGO_HOME", home.path()).stderr(Stdio::null());
    let begun = Instant::now();
    let status = cargo.status()?;
    if status.success() {
        Ok(begun.elapsed())
    } else {
        Err("cargo could not resolve".into())
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
