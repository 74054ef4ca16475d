//! What is found in a text: clauses.

use std::ops::Range;

use crate::reading::Modality;
use crate::vocabulary::{AiUse, Condition, UseValue};

/// A clause, before it is placed among the parts of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) ai_use: AiUse,
    pub(crate) value: UseValue,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) modality: Modality,
    pub(crate) bytes: Range<usize>,
}
