//! How long an answer is waited for: each step of it, how fast it has to come, and the whole of it with all attempts.
//!
//! Cargo gives up on what comes slower than `http.low-speed-limit` for as long as `http.timeout`, and asks again as often as
//! `net.retry` says. What comes just fast enough may still take as long as it likes, so the whole has a bound of its own.

use std::time::Duration;

use reqwest::Response;
use tokio::time::{Instant, timeout_at};

use super::trouble::Trouble;
use crate::CargoConfig;

/// No answer by then is none, unless cargo is told to wait longer or less.
const CONNECT: Duration = Duration::from_secs(10);
/// From the request to the first byte, and as long may what comes be too slow.
const RESPOND: Duration = Duration::from_secs(30);
/// The whole of one question, with all attempts.
const WHOLE: Duration = Duration::from_mins(3);
/// Nobody who sits there waits longer, whatever the configuration says.
const LONGEST: Duration = Duration::from_hours(24);
/// So many bytes a second at least: cargo's own default.
const LEAST_SPEED: u64 = 10;
/// So often is asked again where that may help.
const RETRIES: u32 = 2;
/// How long to wait before the first of them. Each further one waits longer, up to the last of these.
const PAUSES: [Duration; 2] = [Duration::from_millis(300), Duration::from_millis(1200)];

/// How patient cargo is told to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    pub(super) connect: Duration,
    pub(super) respond: Duration,
    pub(super) whole: Duration,
    /// Bytes that have to come while one response is waited for.
    least: u64,
    retries: u32,
}

impl Patience {
    pub(super) fn of(config: &CargoConfig) -> Self {
        let timeout = config.http_timeout().map(|timeout| timeout.min(LONGEST));
        let respond = timeout.unwrap_or(RESPOND);
        let speed = config.number(&["http", "low-speed-limit"]).unwrap_or(LEAST_SPEED);
        let retries = config.number(&["net", "retry"]).and_then(|often| often.try_into().ok());
        Self {
            connect: timeout.unwrap_or(CONNECT),
            respond,
            // Whoever is told to wait that long for a first byte has to wait for the others, too.
            whole: WHOLE.max(respond * 2),
            least: speed.saturating_mul(respond.as_secs()),
            retries: retries.unwrap_or(RETRIES),
        }
    }

    /// How long to wait before asking again; `None` where it was asked often enough.
    pub(super) fn pause_after(&self, attempts: u32) -> Option<Duration> {
        let longest = PAUSES[PAUSES.len() - 1];
        let pause = || PAUSES.get(attempts as usize - 1).copied().unwrap_or(longest);
        (attempts <= self.retries).then(pause)
    }

    /// Watches how fast an answer comes.
    pub(super) fn pace(&self) -> Pace {
        Pace {
            least: self.least,
            every: self.respond,
            come: 0,
            until: Instant::now() + self.respond,
        }
    }
}

/// How fast an answer comes.
pub(super) struct Pace {
    least: u64,
    every: Duration,
    /// So many bytes came since the last look.
    come: u64,
    until: Instant,
}

impl Pace {
    /// The next piece of an answer, where it comes fast enough.
    pub(super) async fn next(&mut self, response: &mut Response) -> Result<Option<impl AsRef<[u8]> + use<>>, Trouble> {
        loop {
            if let Ok(piece) = timeout_at(self.until, response.chunk()).await {
                let piece = piece.map_err(Trouble::of)?;
                self.come += piece.as_ref().map_or(0, |piece| piece.len() as u64);
                return Ok(piece);
            }
            if self.come < self.least {
                return Err(Trouble::too_slow());
            }
            self.come = 0;
            self.until += self.every;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patience(text: &str) -> Patience {
        Patience::of(&CargoConfig::parse(text, &[]).unwrap())
    }

    #[test]
    fn it_is_as_long_as_cargo_is_told() {
        let told = patience("[http]\ntimeout = 7\nlow-speed-limit = 100\n[net]\nretry = 1");
        let (connect, least) = (Duration::from_secs(7), 700);
        assert_eq!((told.connect, told.respond, told.least), (connect, connect, least));
        assert_eq!(told.whole, WHOLE);
        assert_eq!((told.pause_after(1), told.pause_after(2)), (Some(PAUSES[0]), None));
        assert_eq!(patience("[http]\ntimeout = 600").whole, Duration::from_mins(20));
    }

    #[test]
    fn pauses_grow_and_questions_end() {
        let untold = patience("");
        let pauses: Vec<_> = (1..).map_while(|attempts| untold.pause_after(attempts)).collect();
        assert_eq!(pauses, PAUSES);
        let often = patience("[net]\nretry = 4");
        let pauses: Vec<_> = (1..).map_while(|attempts| often.pause_after(attempts)).collect();
        assert_eq!(pauses, [PAUSES[0], PAUSES[1], PAUSES[1], PAUSES[1]]);
        assert_eq!(patience("[net]\nretry = 0").pause_after(1), None);
    }
}
