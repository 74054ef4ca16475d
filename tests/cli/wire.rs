//! What comes over the wire is bounded and believed only as far as it can be checked; and nothing goes where it does not
//! belong: no token, and no name of a crate.

mod faults;
mod names;
mod packages;
mod tokens;

use crate::support::{Crate, NO_TRAINING, license_text};

/// A crate under MIT, with its text.
fn plain(name: &str, version: &str) -> Crate {
    Crate::new(name, version)
        .license("MIT")
        .file("LICENSE", license_text("MIT"))
}

/// The same, with a sentence in its text that forbids training.
fn no_training(name: &str, version: &str) -> Crate {
    let text = format!("{}\n{NO_TRAINING}\n", license_text("MIT"));
    Crate::new(name, version).license("MIT").file("LICENSE", text)
}
