//! Spawning's `ai.txt`: which files of a site may enter data sets for training, in the form of a `robots.txt`.
//!
//! There is no specification beyond the files that Spawning's generator writes.

use super::robots::{self, is_everything};
use super::{About, Signal};
use crate::said::Said;
use crate::vocabulary::{AiUse, UseValue};

/// What the file says of training. Whatever it disallows, to whomever and of whatever files, is not to be trained on; what
/// it allows counts where it disallows nothing and names Spawning, since other files of the name mean other things.
pub fn signal(text: &str) -> Option<Signal> {
    let lines = robots::lines(text);
    let first = |label: &str, value: UseValue| {
        let mut lines = lines.iter().filter(|line| line.is(label) && !line.value.is_empty());
        lines.find_map(|line| {
            let is_whole = line.is_for_all && is_everything(line.value);
            let about = About::Use(AiUse::TrainAi);
            Signal::new(about, Said::new(value, &[]), is_whole, line.bytes.clone())
        })
    };
    let allowed = || first("allow", UseValue::Allowed).filter(|_| spawning_at(text).is_some());
    first("disallow", UseValue::Disallowed).or_else(allowed)
}

/// Where a comment says that what follows is Spawning's.
pub fn spawning_at(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let mut names = lower.match_indices("spawning ai").map(|(at, _)| at);
    names.find_map(|at| {
        let line = lower[..at].rfind('\n').map_or(0, |newline| newline + 1);
        lower[line..at].trim_start().starts_with('#').then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_refuses_where_it_disallows_anything_and_permits_everything_or_nothing() {
        let cases = [
            (
                "User-Agent: *\nDisallow: /\n",
                Some((UseValue::Disallowed, "Disallow: /")),
            ),
            (
                "User-Agent: x\nAllow: /\nDISALLOW: *.rs # code\n",
                Some((UseValue::Disallowed, "DISALLOW: *.rs # code")),
            ),
            ("User-Agent: *\nDisallow:\n", None),
            ("User-Agent: *\nAllow: /\nDisallow: # nothing\n", None),
            ("# Spawning AI\nAllow: *\n", Some((UseValue::Allowed, "Allow: *"))),
            ("# Spawning AI\nUser-Agent: x\nAllow: *\n", None),
            ("# Spawning AI\nAllow: *.rs\n", None),
            ("Please do.", None),
        ];
        for (text, expected) in cases {
            let found = signal(text).map(|signal| (signal.said.value, &text[signal.bytes]));
            assert_eq!(found, expected, "{text}");
        }
    }
}
