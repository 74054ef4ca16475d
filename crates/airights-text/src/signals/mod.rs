//! Signals for machines that are lines of a text, whatever file they stand in: one grammar each, for all who read them.
//!
//! A permission counts only where it is one for everything and everybody, and a refusal counts wherever it stands. What is
//! read here is what was written; who follows it, and when, is for others. Signals that are JSON or XML have a parser of
//! their own in `airights-vocabularies`.

pub mod ai_txt;
pub mod content_signals;
pub mod content_usage;
pub mod draft;
pub mod robots;

use std::ops::Range;

use crate::said::Said;
use crate::vocabulary::{AiUse, UseValue};

/// What a signal says of one use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// Of what it speaks.
    pub about: About,
    /// What it says.
    pub said: Said,
    /// The line or the part of the text that says so.
    pub bytes: Range<usize>,
}

/// Of what a signal speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A use by AI.
    Use(AiUse),
    /// Search, which every vocabulary carries and no policy asks for.
    Search,
}

impl Signal {
    /// A signal; `None` where nothing is said, and where what is permitted is a part only.
    pub fn new(about: About, said: Said, is_whole: bool, bytes: Range<usize>) -> Option<Self> {
        let counts = match said.value {
            UseValue::Unknown => false,
            UseValue::Allowed => is_whole,
            UseValue::Conditional | UseValue::Disallowed => true,
        };
        counts.then_some(Self { about, said, bytes })
    }
}
