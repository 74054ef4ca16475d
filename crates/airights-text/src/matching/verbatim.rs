//! Finds the SPDX texts that stand whole among the words, without weighing any against others.
//!
//! Nearly every licence file holds a published text and nothing that matters beside it. A text is looked for at one run
//! of its words that few others have, and compared word by word; whoever calls this must see to the words that are left.

use std::ops::Range;

use super::align::{Alignment, align};
use crate::index::{Corpus, Words};

/// The texts of which no required word is missing, in order.
pub(crate) fn verbatim(ids: &[u16]) -> Vec<Alignment<Words>> {
    let mut found: Vec<Alignment<Words>> = Vec::new();
    let mut start = 0;
    for (at, run) in ids.windows(Words::RUN).enumerate() {
        if at < start {
            continue;
        }
        let Some(places) = Words::landmarks(run) else { continue };
        let within = start..ids.len();
        let best = places
            .iter()
            .filter_map(|seed| whole(ids, &within, at, seed))
            .max_by_key(Alignment::rank);
        if let Some(best) = best {
            start = best.range().end;
            found.push(best);
        }
    }
    found
}

fn whole(ids: &[u16], within: &Range<usize>, at: usize, seed: (usize, usize)) -> Option<Alignment<Words>> {
    let (number, position) = seed;
    let text = &Words::texts()[number];
    let mut agreeing = 0;
    while let Some(token) = Words::token(text, position + agreeing)
        && ids.get(at + agreeing) == Some(&token)
    {
        agreeing += 1;
    }
    if !Words::is_optional(text, position + agreeing) {
        return None;
    }
    align::<Words>(ids, within, &[], number, (at, position)).filter(Alignment::lacks_nothing)
}
