//! What may be wrong with a registry, and how that looks to those who ask it.

use std::borrow::Cow;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// What of a registry something is wrong with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Everything,
    /// What the index says of itself.
    Config,
    /// The files of the index, one a crate.
    Index,
    /// The packages.
    Packages,
}

/// What may be wrong with a registry from some moment on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It hangs up on everybody.
    Down,
    /// It hears the question, and never answers.
    Hangs,
    /// It takes its time.
    Slow,
    /// Its answer comes in drops, fewer bytes a second than cargo waits for.
    Drips,
    /// It answers this to everything.
    Answers(&'static str),
    /// It answers this to the first so many questions for each path.
    AnswersAtFirst(&'static str, usize),
    /// Everything is at the same path of this address.
    RedirectsTo(String),
    /// Everything leads to itself.
    RedirectsInCircles,
    /// Each answer ends in its middle.
    Truncated,
    /// Each answer is longer than it says.
    LongerThanSaid,
    /// Each answer is this long.
    AsLongAs(usize),
    /// What is answered cannot be understood.
    Garbled,
    /// This is answered.
    Says(Vec<u8>),
    /// This is answered, in this encoding.
    Encoded(&'static str, Vec<u8>),
    /// Packages are not what the index promised.
    OtherPackages,
}

impl Part {
    /// The part that a path is of.
    fn of(path: &str) -> Self {
        match path {
            "/config.json" => Self::Config,
            path if path.starts_with("/dl/") => Self::Packages,
            _ => Self::Index,
        }
    }

    /// Whether a path is of it.
    pub(super) fn holds(self, path: &str) -> bool {
        self == Self::Everything || self == Self::of(path)
    }
}

/// An answer, as it is sent.
pub(super) struct Answer<'a> {
    pub(super) status: &'static str,
    pub(super) body: Cow<'a, [u8]>,
    header: String,
    /// How long it says it is.
    length: usize,
    sent: usize,
    pause: Option<Duration>,
}

impl<'a> Answer<'a> {
    pub(super) fn of(status: &'static str, body: impl Into<Cow<'a, [u8]>>) -> Self {
        let body = body.into();
        Self {
            status,
            header: String::new(),
            length: body.len(),
            sent: body.len(),
            pause: None,
            body,
        }
    }

    /// The answer with a fault; `None` where there is none. `before` says how often the path was asked for already.
    pub(super) fn with(self, fault: &Fault, path: &str, before: usize) -> Option<Self> {
        let is_found = self.status == "200 OK";
        Some(match fault {
            Fault::Down | Fault::Hangs => return None,
            Fault::Slow => self.after(Duration::from_secs(4)),
            Fault::Drips => Self {
                pause: Some(Duration::from_millis(150)),
                ..self
            },
            Fault::Answers(status) => Self::of(status, &b"oh"[..]),
            Fault::AnswersAtFirst(status, times) if before < *times => Self::of(status, &b"oh"[..]),
            Fault::RedirectsTo(address) => Self::moved(&format!("{address}{path}")),
            Fault::RedirectsInCircles => Self::moved(path),
            Fault::Truncated => Self {
                sent: self.sent / 2,
                ..self
            },
            Fault::LongerThanSaid => Self {
                length: self.length * 2 / 3,
                ..self
            },
            Fault::AsLongAs(length) if is_found => Self::of("200 OK", vec![b' '; *length]),
            Fault::Garbled if is_found => Self::of("200 OK", &b"{\"name\": \"what\n"[..]),
            Fault::Says(body) if is_found => Self::of("200 OK", body.clone()),
            Fault::Encoded(encoding, body) if is_found => Self {
                header: format!("Content-Encoding: {encoding}\r\n"),
                ..Self::of("200 OK", body.clone())
            },
            Fault::OtherPackages if is_found && Part::Packages.holds(path) => {
                Self::of("200 OK", &b"something else"[..])
            }
            _ => self,
        })
    }

    fn moved(location: &str) -> Self {
        Self {
            header: format!("Location: {location}\r\n"),
            ..Self::of("302 Found", &b""[..])
        }
    }

    fn after(self, pause: Duration) -> Self {
        std::thread::sleep(pause);
        self
    }

    /// Sends it. What goes wrong here shows in what the client says.
    pub(super) fn send(&self, mut stream: &TcpStream) -> std::io::Result<()> {
        let Self {
            status, header, length, ..
        } = self;
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{header}Connection: close\r\n\r\n");
        stream.write_all(head.as_bytes())?;
        let body = &self.body[..self.sent];
        match self.pause {
            None => stream.write_all(body),
            Some(pause) => body.iter().try_for_each(|&byte| {
                std::thread::sleep(pause);
                stream.write_all(&[byte])
            }),
        }
    }
}

/// Waits until the other side hangs up.
pub(super) fn hang(mut stream: &TcpStream) {
    let _ = stream.read(&mut [0]);
}
