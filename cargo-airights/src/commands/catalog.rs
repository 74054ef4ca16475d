//! `cargo airights catalog update`: makes the catalog that `suggest` finds alternatives in.

use airights_ways::alternatives::catalog::{place, read_dump, save};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::failure::Failure;
use crate::Exit;
use crate::cli::{CatalogArgs, CatalogCommand, CatalogUpdateArgs};
use crate::console::Console;

pub(super) fn run(args: &CatalogArgs, console: &Console) -> Result<Exit, Failure> {
    match &args.command {
        CatalogCommand::Update(args) => update(args, console),
    }
}

fn update(args: &CatalogUpdateArgs, console: &Console) -> Result<Exit, Failure> {
    let dump = args.from.as_deref().ok_or_else(no_dump)?;
    let place = place().ok_or_else(|| Failure::new("there is no directory to keep the catalog in", None))?;
    let bar = progress_bar(console);
    let catalog = read_dump(|| {
        let (file, length) = airights_store::open(dump)?;
        bar.set_length(length);
        bar.set_position(0);
        Ok(bar.wrap_read(file))
    });
    bar.finish_and_clear();
    let catalog = catalog.map_err(|error| {
        let hint = "it has to be a `db-dump.tar.gz` as crates.io publishes it";
        Failure::new(format!("cannot read `{}`", dump.display()), Some(hint.to_owned())).because(error)
    })?;
    save(&catalog, &place)
        .map_err(|error| Failure::new(format!("cannot write `{}`", place.display()), None).because(error))?;
    console.write(|out, _| writeln!(out, "{} crates are in the catalog `{}`", catalog.len(), place.display()))?;
    Ok(Exit::Clean)
}

/// A bar for the bytes of the dump, where somebody watches.
fn progress_bar(console: &Console) -> ProgressBar {
    let target = if console.shows_progress() {
        ProgressDrawTarget::stderr_with_hz(10)
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(None, target);
    if let Ok(style) = ProgressStyle::with_template("{prefix:>12} [{bar:25}] {bytes} of {total_bytes}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix("Reading");
    bar
}

fn no_dump() -> Failure {
    Failure::new(
        "there is no dump to make a catalog from",
        Some("get `db-dump.tar.gz`, as the data access page of crates.io says, and name it with `--from`".to_owned()),
    )
}
