//! Reads an archive only so far: all of it has a bound, and so has what stands between two files. A header may say that a
//! name or other properties of the next file follow, as long as it likes, and they are read into memory at once.

use std::cell::Cell;
use std::io::{self, Read};

/// So many bytes may stand before a file: its header, and what is said of it besides.
const MAX_HEADERS: u64 = 64 << 10;
/// Files are padded up to a multiple of this.
const BLOCK: u64 = 512;

/// How far an archive may be read.
pub(super) struct Bounds {
    whole: u64,
    now: Cell<u64>,
}

impl Bounds {
    /// An archive unpacks to so many bytes at most.
    pub(super) fn of(whole: u64) -> Self {
        Self {
            whole,
            now: Cell::new(whole),
        }
    }

    /// What follows is up to the bound of the whole.
    pub(super) fn everything(&self) {
        self.now.set(self.whole);
    }

    /// After a file that ends here, headers are read, and no more than that.
    pub(super) fn only_headers_from(&self, end: u64) {
        let end = end.saturating_add(BLOCK + MAX_HEADERS);
        self.now.set(end.min(self.whole));
    }
}

/// Reads as far as the bounds say, then fails: what goes on is a bomb.
pub(super) struct Bounded<'b, R> {
    inner: R,
    read: u64,
    bounds: &'b Bounds,
}

impl<'b, R: Read> Bounded<'b, R> {
    pub(super) fn new(inner: R, bounds: &'b Bounds) -> Self {
        Self { inner, read: 0, bounds }
    }
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read += read as u64;
        let bound = self.bounds.now.get();
        if self.read <= bound {
            Ok(read)
        } else if bound == self.bounds.whole {
            Err(io::Error::other("it unpacks to far more than it says"))
        } else {
            Err(io::Error::other(
                "it says more of a file than a name and a few properties",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let bounds = Bounds::of(1000);
        let mut bounded = Bounded::new(io::repeat(0), &bounds);
        let error = io::copy(&mut bounded, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("far more"), "{error}");
    }

    #[test]
    fn headers_have_a_bound_of_their_own() {
        let bounds = Bounds::of(1 << 30);
        bounds.only_headers_from(0);
        let mut bounded = Bounded::new(io::repeat(0), &bounds);
        let error = io::copy(&mut bounded, &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("a few properties"), "{error}");
        assert!(bounded.read < 2 * MAX_HEADERS);
    }
}
