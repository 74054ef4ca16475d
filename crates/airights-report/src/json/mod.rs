//! JSON for scripts. Each version of a format has a file of its own and changes only by addition.

pub mod v1;

pub use airights_safe::json as safe;
pub use v1::{write, write_failure, write_package};
