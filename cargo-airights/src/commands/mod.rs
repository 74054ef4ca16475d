//! One file a subcommand. Each reads as the pipeline it is; decisions live in what it calls.

mod add;
mod baseline;
mod catalog;
mod check;
mod declare;
mod diff;
mod explain;
mod failure;
mod init;
mod list;
mod project;
mod publish_check;
mod read;
mod restore;
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
        Command::Diff(args) => diff::run(args, &console),
        Command::Suggest(args) => suggest::run(args, &console),
        Command::Declare(args) => declare::run(args, &console),
        Command::PublishCheck(args) => publish_check::run(args, &console),
        Command::Add(args) => add::run(args, &console),
        Command::Catalog(args) => catalog::run(args, &console),
    };
    ended.unwrap_or_else(|failure| {
        console.tell(|err, terminal| failure.write(terminal, err));
        Exit::CouldNotJudge
    })
}
