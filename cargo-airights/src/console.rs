//! Standard output and standard error: what they can show, and how they end.

mod log;
mod variables;

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use airights_report::Terminal;
use airights_report::format::{Document, Format};
use airights_report::log::Lines;

use self::variables::Wishes;
use crate::cli::{ColorArg, ConsoleArgs};
use crate::commands::failure::Failure;

/// Where a command writes.
pub(crate) struct Console {
    pub(crate) verbose: u8,
    pub(crate) quiet: bool,
    /// Whether events are shown on standard error.
    shows_events: bool,
    /// Whether standard output has got something already.
    has_written: Cell<bool>,
    out: Terminal,
    err: Terminal,
}

impl Console {
    /// Looks at the streams of this process, and begins to show events where they are asked for.
    ///
    /// # Errors
    ///
    /// Where the environment asks for what does not exist.
    pub(crate) fn new(args: &ConsoleArgs) -> Result<Self, Failure> {
        let wishes = Wishes::of(args, |name| std::env::var(name).ok())?;
        let shows_events = log::start(wishes.verbose)?;
        Ok(Self {
            shows_events,
            ..Self::with(&wishes)
        })
    }

    /// The streams of this process, where nobody could be understood to have asked for anything.
    pub(crate) fn plain() -> Self {
        Self::with(&Wishes {
            verbose: 0,
            quiet: false,
            color: ColorArg::Auto,
        })
    }

    fn with(wishes: &Wishes) -> Self {
        Self {
            verbose: wishes.verbose,
            quiet: wishes.quiet,
            shows_events: false,
            has_written: Cell::new(false),
            out: terminal(&io::stdout(), wishes.color, supports_hyperlinks::Stream::Stdout),
            err: terminal(&io::stderr(), wishes.color, supports_hyperlinks::Stream::Stderr),
        }
    }

    /// Whether somebody watches standard error, so that progress is worth showing. It would be drawn over events.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && !self.shows_events && io::stderr().is_terminal()
    }

    /// Whether standard output has got something already.
    pub(crate) fn has_written(&self) -> bool {
        self.has_written.get()
    }

    /// Whether somebody is there to answer questions.
    #[expect(clippy::unused_self, reason = "it is the console that is asked")]
    pub(crate) fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Writes to standard output, told what it can show. A reader that has gone away (`| head -1`) is no failure: the verdict stands before a
    /// byte is written, and the exit code carries it.
    ///
    /// # Errors
    ///
    /// Anything else that keeps the output from arriving, such as a full disk.
    pub(crate) fn write(&self, write: impl FnOnce(&mut dyn Write, Terminal) -> io::Result<()>) -> io::Result<()> {
        self.has_written.set(true);
        let mut out = Lines::new(io::BufWriter::new(io::stdout().lock()));
        match write(&mut out, self.out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                // What is left in the buffer has no reader either.
                drop(out.into_inner().into_parts());
                Ok(())
            }
            written => written,
        }
    }

    /// Writes a document to standard output, in a format that has a form for it.
    ///
    /// # Errors
    ///
    /// As with [`write`](Self::write).
    pub(crate) fn document(&self, format: &Format, document: &Document<'_>) -> io::Result<()> {
        self.write(|out, terminal| format.write(document, terminal, out))
    }

    /// Writes to standard error, told what it can show. If that fails, there is nobody left to tell.
    pub(crate) fn tell(&self, write: impl FnOnce(&mut dyn Write, Terminal) -> io::Result<()>) {
        let mut err = Lines::new(io::BufWriter::new(io::stderr().lock()));
        let _ = write(&mut err, self.err).and_then(|()| err.flush());
    }
}

fn terminal(
    stream: &(impl IsTerminal + anstream::stream::RawStream),
    color: ColorArg,
    hyperlinks: supports_hyperlinks::Stream,
) -> Terminal {
    let color = match color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    };
    let is_terminal = IsTerminal::is_terminal(stream);
    let width = is_terminal.then(terminal_size::terminal_size).flatten();
    Terminal {
        color,
        hyperlinks: color && is_terminal && supports_hyperlinks::on(hyperlinks),
        wraps: width.is_some(),
        width: width.map_or(Terminal::PLAIN.width, |(width, _)| usize::from(width.0).max(40)),
    }
}
