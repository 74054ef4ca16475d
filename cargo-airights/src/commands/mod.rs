//! One file a subcommand. Each reads as the pipeline it is; decisions live in what it calls.

#[cfg(feature = "net")]
mod add;
mod baseline;
#[cfg(feature = "net")]
mod catalog;
mod check;
mod declare;
#[cfg(feature = "net")]
mod diff;
mod explain;
pub(crate) mod failure;
mod init;
mod list;
mod project;
mod publish_check;
mod read;
mod restore;
#[cfg(feature = "net")]
mod suggest;
mod working_tree;

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
        Command::List(args) => list::run(args, console),
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

/// Tells people what went wrong; and programs, in the place of the document that they wait for.
fn tell(failure: Failure, format: Option<&'static Format>, console: &Console) {
    let errors = failure.into_messages();
    let document = FailureDocument {
        errors: &errors,
        tool_version: env!("CARGO_PKG_VERSION"),
        exit_code: Exit::CouldNotJudge.code(),
    };
    let document = Document::Failure(&document);
    let for_people = &FORMATS[0];
    console.tell(|err, terminal| for_people.write(&document, terminal, err));
    let has_form = |format: &&Format| format.kinds.contains(&Kind::Failure) && format.name != for_people.name;
    if let Some(format) = format.filter(has_form)
        && !console.has_written()
    {
        // If this cannot be written, either, the exit code still says so.
        let _ = console.document(format, &document);
    }
}
