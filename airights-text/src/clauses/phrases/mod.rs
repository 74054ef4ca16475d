//! The phrases clauses are recognised by, as data. `~` at the end stands for any ending of the last word.

mod deed;
mod object;
mod wording;

pub(super) use deed::*;
pub(super) use object::*;
pub(super) use wording::*;
