//! Finds the known texts among the words at hand, and says of each which words agree and where the two differ.
//!
//! A text that stands whole is found at once (`verbatim`); others are voted for by the runs of words they share with the
//! text at hand (`cover`) and laid alongside it (`align`, `grow`). Both indexes are searched by the same code; what either
//! makes of the words is an `explanation`, and `choose` takes the better one.

mod align;
mod between;
mod block;
mod choose;
mod cover;
mod explanation;
mod front;
mod grow;
mod hand;
mod known;
mod refine;
mod trivial;
mod verbatim;

pub(crate) use choose::better;
pub(crate) use explanation::{licensedb_texts, spdx_texts, verbatim_texts};
pub(crate) use hand::Hand;
pub(crate) use known::{Change, ChangeKind, Explanation, Missing};
