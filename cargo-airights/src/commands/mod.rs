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
mod failure;
mod init;
mod list;
mod project;
mod publish_check;
mod read;
mod restore;
#[cfg(feature = "net")]
mod suggest;
mod working_tree;

use crate::Exit;
use crate::cli::{Command, CommandLine};
use crate::console::Console;

/// Runs a command line.
pub(crate) fn run(command_line: &CommandLine) -> Exit {
    let console = Console::new(&command_line.console);
    let ended = match &command_line.command {
        Command::Check(args) => check::run(args, &console),
        Command::Init(args) => init::run(args, &console),
        Command::List(args) => list::run(args, &console),
        Command::Explain(args) => explain::run(args, &console),
        Command::Read(args) => read::run(args, &console),
        #[cfg(feature = "net")]
        Command::Diff(args) => diff::run(args, &console),
        #[cfg(feature = "net")]
        Command::Suggest(args) => suggest::run(args, &console),
        Command::Declare(args) => declare::run(args, &console),
        Command::PublishCheck(args) => publish_check::run(args, &console),
        #[cfg(feature = "net")]
        Command::Add(args) => add::run(args, &console),
        #[cfg(feature = "net")]
        Command::Catalog(args) => catalog::run(args, &console),
    };
    ended.unwrap_or_else(|failure| {
        console.tell(|err, terminal| failure.write(terminal, err));
        Exit::CouldNotJudge
    })
}
