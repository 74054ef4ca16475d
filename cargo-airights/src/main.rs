//! The `cargo airights` command.
fn main() {}
