//! Runs `cargo metadata`.

use std::io::{self, BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use cargo_metadata::{CargoOpt, MetadataCommand};

use super::custom_cfg;
use super::error::{MetadataOrigin, ResolveError};
use super::metadata::Metadata;
use super::roles::is_well_known;
use super::surroundings::Surroundings;
use super::{OnWait, ResolveOptions};
use crate::program::{CargoError, Run, words_of};

/// Asks cargo, for every target: its own filter leaves out what build scripts and macros need on the machine that builds.
pub(super) fn metadata(
    options: &ResolveOptions,
    surroundings: &Surroundings,
    on_wait: OnWait<'_>,
) -> Result<Metadata, ResolveError> {
    let rare = options.targets.iter().filter(|target| !is_well_known(target));
    let rare: Vec<String> = rare.cloned().collect();
    if !rare.is_empty() {
        // Whether there are such targets is for cargo to say.
        ask(options, &rare, false, surroundings, on_wait)?;
    }
    let custom_cfg = custom_cfg::may_be_set(options, surroundings);
    ask(options, &[], custom_cfg, surroundings, on_wait)
}

fn ask(
    options: &ResolveOptions,
    targets: &[String],
    custom_cfg: bool,
    surroundings: &Surroundings,
    on_wait: OnWait<'_>,
) -> Result<Metadata, ResolveError> {
    let not_run = |error| CargoError::NotRunnable {
        cargo: surroundings.cargo(),
        error,
    };
    let (mut cargo, ending) = Run::start(&mut command(options, targets, surroundings))?.take();
    let mut stdout = BufReader::new(cargo.stdout.take().expect("the output was just set to be piped"));
    let stderr = cargo.stderr.take().expect("the errors were just set to be piped");
    let cargo = &Mutex::new(cargo);
    let (running, ended) = channel();
    std::thread::scope(|scope| {
        // Gone as soon as cargo is, however that comes.
        let _running = running;
        let words = scope.spawn(move || words_of(stderr, on_wait));
        if let Some(until) = options.until {
            scope.spawn(move || end_at(until, cargo, &ended));
        }
        // Cargo prints one line, then takes its time to tidy up. The line can be read meanwhile.
        let mut json = Vec::new();
        // Whatever stands in for cargo may print other lines first.
        while !json.starts_with(b"{") {
            json.clear();
            if stdout.read_until(b'\n', &mut json).map_err(not_run)? == 0 {
                break;
            }
        }
        let metadata = (!json.is_empty()).then(|| Metadata::parse(&json, MetadataOrigin::Cargo, custom_cfg));
        io::copy(&mut stdout, &mut io::sink()).map_err(not_run)?;
        let status = lock(cargo).wait().map_err(not_run)?;
        let words = words.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        ending.ended(status, &words)?;
        metadata.unwrap_or_else(|| Metadata::parse(&json, MetadataOrigin::Cargo, custom_cfg))
    })
}

/// Ends cargo at a moment, unless it has ended by then.
fn end_at(until: Instant, cargo: &Mutex<Child>, ended: &Receiver<()>) {
    let left = until.saturating_duration_since(Instant::now());
    if ended.recv_timeout(left) == Err(RecvTimeoutError::Timeout) {
        // It may have ended this very moment.
        let _ = lock(cargo).kill();
    }
}

fn lock(cargo: &Mutex<Child>) -> std::sync::MutexGuard<'_, Child> {
    cargo.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `cargo metadata`, ready to run.
pub(super) fn command(options: &ResolveOptions, targets: &[String], surroundings: &Surroundings) -> Command {
    let mut metadata = MetadataCommand::new();
    metadata.cargo_path(surroundings.cargo());
    metadata.current_dir(&surroundings.current_dir);
    if let Some(path) = &options.manifest_path {
        metadata.manifest_path(path);
    }
    if options.all_features {
        metadata.features(CargoOpt::AllFeatures);
    }
    if options.no_default_features {
        metadata.features(CargoOpt::NoDefaultFeatures);
    }
    if !options.features.is_empty() {
        metadata.features(CargoOpt::SomeFeatures(options.features.clone()));
    }
    let mut flags = Vec::new();
    for target in targets {
        flags.extend(["--filter-platform".to_owned(), target.clone()]);
    }
    let switches = [
        ("--locked", options.locked),
        ("--offline", options.offline),
        ("--frozen", options.frozen),
    ];
    flags.extend(
        switches
            .into_iter()
            .filter(|(_, is_on)| *is_on)
            .map(|(flag, _)| flag.to_owned()),
    );
    // Cargo's words are matched and shown, so colour would only be in the way.
    flags.extend(["--color".to_owned(), "never".to_owned()]);
    metadata.other_options(flags);
    let mut command = metadata.cargo_command();
    command.env_clear().envs(&surroundings.variables);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}
