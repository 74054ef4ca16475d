//! The stages of the work, each with the time it took.

use std::time::Instant;

use tracing::{Span, info};

/// Does a stage of the work, inside its span.
pub(crate) fn timed<T>(stage: &Span, work: impl FnOnce() -> T) -> T {
    stage.in_scope(|| {
        let begun = Instant::now();
        let done = work();
        info!(took = ?begun.elapsed(), "ended");
        done
    })
}
