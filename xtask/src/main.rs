//! What those who work on cargo-airights run now and then: `cargo xtask help`.
#![allow(clippy::print_stdout, reason = "it speaks to whoever runs it")]

mod fetch_crates;
mod trials;

use std::process::ExitCode;

use clap::Parser;

/// What to do.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
enum Task {
    /// Run the trials in another directory, and fail on one that is listed as passing and does not
    Trials(trials::TrialsArgs),
    /// Fetch the texts of a stated list of crates, to measure the reader on real packages
    FetchCrates(fetch_crates::FetchCratesArgs),
}

fn main() -> anyhow::Result<ExitCode> {
    let is_good = match Task::parse() {
        Task::Trials(args) => trials::run(&args),
        Task::FetchCrates(args) => fetch_crates::run(&args),
    };
    Ok(ExitCode::from(u8::from(!is_good?)))
}
