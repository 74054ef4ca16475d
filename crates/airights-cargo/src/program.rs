//! Cargo, run: which program it is, what it is asked, and why that came to nothing.

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Instant;

use airights_safe::text::without_user;
use tracing::{debug, info};

/// Why a run of cargo came to nothing.
#[derive(Debug)]
#[non_exhaustive]
pub enum CargoError {
    /// There is no cargo to run.
    NotFound {
        /// What was looked for.
        cargo: PathBuf,
    },
    /// Cargo is there and cannot be run.
    NotRunnable {
        /// What was run.
        cargo: PathBuf,
        /// Why it cannot be run.
        error: io::Error,
    },
    /// Cargo ran and failed.
    Failed {
        /// The command of cargo: "metadata".
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// Cargo's own words, as many lines as it printed.
        words: String,
    },
}

impl CargoError {
    /// One way forward, where there is one to name.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotFound { .. } => Some("install cargo, or set `CARGO` to its path"),
            Self::NotRunnable { .. } => Some("set `CARGO` to a cargo that can be run"),
            Self::Failed { .. } => None,
        }
    }

    /// Why a command could not be started.
    fn not_run(command: &Command, error: io::Error) -> Self {
        let cargo = PathBuf::from(command.get_program());
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound { cargo },
            _ => Self::NotRunnable { cargo, error },
        }
    }
}

impl fmt::Display for CargoError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { cargo } => write!(formatter, "cannot find `{}`", cargo.display()),
            Self::NotRunnable { cargo, .. } => write!(formatter, "cannot run `{}`", cargo.display()),
            Self::Failed { command, status, words } => {
                write!(formatter, "`cargo {command}` failed ({status})")?;
                match words.as_str() {
                    "" => Ok(()),
                    words => write!(formatter, "\n{words}"),
                }
            }
        }
    }
}

impl std::error::Error for CargoError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotRunnable { error, .. } => Some(error),
            Self::NotFound { .. } | Self::Failed { .. } => None,
        }
    }
}

/// Cargo, ready for its arguments: the one that runs us, or else the first on the search path.
pub fn cargo() -> Command {
    let program = std::env::var_os("CARGO").filter(|program| !program.is_empty());
    let mut command = Command::new(program.unwrap_or_else(|| "cargo".into()));
    command.stdin(Stdio::null());
    command
}

/// Runs cargo to its end, and takes what it prints.
///
/// # Errors
///
/// When it cannot be run, or fails.
pub fn output(command: &mut Command) -> Result<Output, CargoError> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = Run::start(command)?;
    let (child, ending) = run.take();
    let output = child
        .wait_with_output()
        .map_err(|error| CargoError::not_run(command, error))?;
    ending.ended(output.status, &output.stderr)?;
    Ok(output)
}

/// Reads what cargo prints on its standard error to the end, and passes on at once that it waits for another cargo: a
/// reader who is told so only afterwards has pressed ctrl-C by then. Each such line is passed on once.
pub fn words_of(stderr: impl Read, on_wait: impl Fn(&str)) -> Vec<u8> {
    let mut stderr = BufReader::new(stderr);
    let mut words = Vec::new();
    let mut passed_on = Vec::new();
    loop {
        let before = words.len();
        // What can be read of the words is better than none.
        if !matches!(stderr.read_until(b'\n', &mut words), Ok(1..)) {
            return words;
        }
        let line = String::from_utf8_lossy(&words[before..]).trim_end().to_owned();
        if line.trim_start().starts_with("Blocking waiting for file lock") && !passed_on.contains(&line) {
            on_wait(&line);
            passed_on.push(line);
        }
    }
}

/// A run that has begun.
pub struct Run {
    /// Cargo.
    pub child: Child,
    ending: Ending,
}

/// What to say when a run ends.
pub struct Ending {
    command: String,
    begun: Instant,
}

impl Run {
    /// Starts cargo.
    ///
    /// # Errors
    ///
    /// When it cannot be run.
    pub fn start(command: &mut Command) -> Result<Self, CargoError> {
        info!(command = %shown(command), "running cargo");
        let ending = Ending {
            command: name_of(command),
            begun: Instant::now(),
        };
        match command.spawn() {
            Ok(child) => Ok(Self { child, ending }),
            Err(error) => Err(CargoError::not_run(command, error)),
        }
    }

    /// The process, and what to say when it has ended.
    pub fn take(self) -> (Child, Ending) {
        (self.child, self.ending)
    }
}

impl Ending {
    /// Cargo has ended, with these words on its standard error.
    ///
    /// # Errors
    ///
    /// When it failed.
    pub fn ended(self, status: ExitStatus, words: &[u8]) -> Result<(), CargoError> {
        let Self { command, begun } = self;
        debug!(%command, %status, took = ?begun.elapsed(), "cargo has ended");
        if status.success() {
            return Ok(());
        }
        Err(CargoError::Failed {
            command,
            status,
            words: without_user(String::from_utf8_lossy(words).trim_end().trim_start_matches('\n')).into_owned(),
        })
    }
}

/// The command of cargo: its first argument.
fn name_of(command: &Command) -> String {
    let name = command.get_args().next().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A command as it would be typed, with every secret left out.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words.map(word).collect();
    words.join(" ")
}

/// A word of a command. What is set as a token, and who is named in an address, is nobody's business.
fn word(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let mut shown = without_user(&word).into_owned();
    let is_secret = |key: &str| {
        ["token", "secret", "password"]
            .iter()
            .any(|secret| key.contains(secret))
    };
    if let Some((key, _)) = shown.split_once('=')
        && is_secret(&key.to_ascii_lowercase())
    {
        shown = format!("{key}=…");
    }
    if shown.is_empty() || shown.contains([' ', '"', '\'']) {
        format!("'{}'", shown.replace('\'', "'\\''"))
    } else {
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_without_its_secrets() {
        let mut command = Command::new("cargo");
        command.args(["add", "a b", "--config", "registries.ours.token=\"s3cr3t\""]);
        command.args([
            "--index=sparse+https://me:s3cr3t@ours.example/i/?a=b",
            "--token=s3cr3t",
            "",
        ]);
        assert_eq!(
            shown(&command),
            "cargo add 'a b' --config registries.ours.token=… --index=sparse+https://ours.example/i/?a=b --token=… ''"
        );
    }

    #[test]
    fn a_cargo_that_cannot_be_run_says_why() {
        let error = output(&mut Command::new("/absent/cargo")).unwrap_err();
        assert_eq!(error.to_string(), "cannot find `/absent/cargo`");
        assert!(error.hint().is_some());
        let directory = tempfile::tempdir().unwrap();
        let error = output(&mut Command::new(directory.path())).unwrap_err();
        assert!(matches!(error, CargoError::NotRunnable { .. }), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }

    #[test]
    fn that_cargo_waits_is_passed_on_once() {
        let printed = "    Blocking waiting for file lock on package cache\n    Updating an index\n    \
                       Blocking waiting for file lock on package cache\nerror: at last";
        let heard = std::cell::RefCell::new(Vec::new());
        let words = words_of(printed.as_bytes(), |line| heard.borrow_mut().push(line.to_owned()));
        assert_eq!(words, printed.as_bytes());
        assert_eq!(*heard.borrow(), ["    Blocking waiting for file lock on package cache"]);
    }

    #[test]
    fn cargos_words_stay_as_many_lines_as_they_are() {
        let error = output(cargo().args(["metadata", "--no-such-flag"])).unwrap_err();
        let words = error.to_string();
        let (first, rest) = words.split_once('\n').unwrap();
        assert!(first.starts_with("`cargo metadata` failed ("), "{first}");
        assert!(rest.starts_with("error: ") && rest.lines().count() > 1, "{rest}");
    }
}
