//! What comes over the wire is bounded and believed only as far as it can be checked; and nothing goes where it does not
//! belong: no token, and no name of a crate.

mod packages;

use crate::support::{Crate, license_text};

/// A crate under MIT, with its text.
fn plain(name: &str, version: &str) -> Crate {
    Crate::new(name, version)
        .license("MIT")
        .file("LICENSE", license_text("MIT"))
}
