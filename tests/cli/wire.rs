//! What comes over the wire is bounded and believed only as far as it can be checked; and nothing goes where it does not
//! belong: no token, and no name of a crate.

mod faults;
mod names;
mod packages;
mod tokens;

use super::diff::{no_training, plain};
