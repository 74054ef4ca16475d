//! One file a subcommand. Each reads as the pipeline it is; decisions live in what it calls.

#[cfg(feature = "net")]
mod add;
mod allow;
mod baseline;
#[cfg(feature = "net")]
mod catalog;
mod check;
mod clarify;
mod declare;
#[cfg(feature = "net")]
mod diff;
mod explain;
pub(crate) mod failure;
mod hold;
mod init;
mod list;
mod policy_file;
mod project;
mod publish_check;
mod read;
mod settle;
#[cfg(feature = "net")]
mod suggest;
mod tree;
mod working_tree;

use airights_report::diagnostic::Diagnostic;
use airights_report::failure::Failure as FailureDocument;
use airights_report::format::{Document, FORMATS, Format, Kind};

use self::failure::Failure;
use crate::Exit;
use crate::cli::{Command, CommandLine};
use crate::console::Console;

/// Runs a command line.
pub(crate) fn run(command_line: &CommandLine) -> Exit {
    let command = &command_line.command;
    let (console, ended) = match Console::new(&command_line.console) {
        Ok(console) => {
            let ended = end_of(command, &console);
            (console, ended)
        }
        Err(failure) => (Console::plain(), Err(failure)),
    };
    ended.unwrap_or_else(|failure| {
        tell(failure, command.format(), &console);
        Exit::CouldNotJudge
    })
}

fn end_of(command: &Command, console: &Console) -> Result<Exit, Failure> {
    match command {
        Command::Check(args) => check::run(args, console),
        Command::Init(args) => init::run(args, console),
        Command::Allow(args) => allow::run(args, console),
        Command::Clarify(args) => clarify::run(args, console),
        Command::List(args) => list::run(args, console),
        Command::Tree(args) => tree::run(args, console),
        Command::Explain(args) => explain::run(args, console),
        Command::Read(args) => read::run(args, console),
        #[cfg(feature = "net")]
        Command::Diff(args) => diff::run(args, console),
        #[cfg(feature = "net")]
        Command::Suggest(args) => suggest::run(args, console),
        Command::Declare(args) => declare::run(args, console),
        Command::PublishCheck(args) => publish_check::run(args, console),
        #[cfg(feature = "net")]
        Command::Add(args) => add::run(args, console),
        #[cfg(feature = "net")]
        Command::Catalog(args) => catalog::run(args, console),
    }
}

/// Prints what is wrong with a command line, or the help that was asked for.
pub(crate) fn explain(error: &clap::Error, format: Option<&'static Format>) -> Exit {
    // A pipe that was closed early has no reader left to tell.
    let _ = error.print();
    if !error.use_stderr() {
        return Exit::Clean;
    }
    let words = error.render().to_string();
    let words = words.strip_prefix("error: ").unwrap_or(&words);
    tell_programs(&Failure::new(words, None).into_messages(), format, &Console::plain());
    Exit::CouldNotJudge
}

/// Tells what went wrong: people, and programs.
fn tell(failure: Failure, format: Option<&'static Format>, console: &Console) {
    let errors = failure.into_messages();
    console.tell(|err, terminal| FOR_PEOPLE.write(&Document::Failure(&document(&errors)), terminal, err));
    tell_programs(&errors, format, console);
}

/// Tells a program what went wrong, in the place of the document that it waits for.
fn tell_programs(errors: &[Diagnostic], format: Option<&'static Format>, console: &Console) {
    let has_form = |format: &&Format| format.kinds.contains(&Kind::Failure) && format.name != FOR_PEOPLE.name;
    if let Some(format) = format.filter(has_form)
        && !console.has_written()
    {
        // If this cannot be written, either, the exit code still says so.
        let _ = console.document(format, &Document::Failure(&document(errors)));
    }
}

fn document(errors: &[Diagnostic]) -> FailureDocument<'_> {
    FailureDocument {
        errors,
        tool_version: env!("CARGO_PKG_VERSION"),
        exit_code: Exit::CouldNotJudge.code(),
    }
}

/// The format that is written where none is asked for.
static FOR_PEOPLE: &Format = &FORMATS[0];
