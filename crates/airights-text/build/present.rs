//! The ids by which the reader names what it finds.

/// The present id of a text, for those ids of the SPDX list that name no text of their own: deprecated ones, and those
/// that tell by the lines around a text how it is meant.
pub(crate) fn present(id: &str) -> &str {
    PRESENT
        .iter()
        .find(|(old, _)| *old == id)
        .map_or(id, |(_, present)| present)
}

const PRESENT: &[(&str, &str)] = &[
    ("AGPL-1.0", "AGPL-1.0-only"),
    ("AGPL-3.0", "AGPL-3.0-only"),
    ("BSD-2-Clause-FreeBSD", "BSD-2-Clause-Views"),
    ("BSD-2-Clause-NetBSD", "BSD-2-Clause"),
    ("GFDL-1.1", "GFDL-1.1-only"),
    ("GFDL-1.2", "GFDL-1.2-only"),
    ("GFDL-1.3", "GFDL-1.3-only"),
    ("GPL-1.0", "GPL-1.0-only"),
    ("GPL-1.0+", "GPL-1.0-only"),
    ("GPL-2.0", "GPL-2.0-only"),
    ("GPL-2.0+", "GPL-2.0-only"),
    ("GPL-3.0", "GPL-3.0-only"),
    ("GPL-3.0+", "GPL-3.0-only"),
    ("LGPL-2.0", "LGPL-2.0-only"),
    ("LGPL-2.0+", "LGPL-2.0-only"),
    ("LGPL-2.1", "LGPL-2.1-only"),
    ("LGPL-2.1+", "LGPL-2.1-only"),
    ("LGPL-3.0", "LGPL-3.0-only"),
    ("LGPL-3.0+", "LGPL-3.0-only"),
    ("LicenseRef-scancode-historical-sell-variant", "HPND-sell-variant"),
    ("OFL-1.0-RFN", "OFL-1.0"),
    ("OFL-1.0-no-RFN", "OFL-1.0"),
    ("OFL-1.1-RFN", "OFL-1.1"),
    ("OFL-1.1-no-RFN", "OFL-1.1"),
    ("StandardML-NJ", "SMLNJ"),
    ("bzip2-1.0.5", "bzip2-1.0.6"),
];

/// LicenseDB texts that are a disclaimer and grant nothing.
pub(crate) const DISCLAIMERS: &[&str] = &[
    "LicenseRef-scancode-linum",
    "LicenseRef-scancode-nortel-dasa",
    "LicenseRef-scancode-philippe-de-muyter",
    "LicenseRef-scancode-robert-hubley",
];

/// LicenseDB texts made of others that have ids of their own: an SPDX text and a choice of another license, or the notice
/// of a GNU license and an SPDX exception to it. Each is read as what it is made of, wherever that stands.
pub(crate) const COMPOSED: &[&str] = &[
    "AdditionRef-scancode-gpl-2.0-bison",
    "AdditionRef-scancode-gpl-2.0-bison-2.2",
    "AdditionRef-scancode-gpl-3.0-bison",
    "GPL-2.0-with-autoconf-exception",
    "GPL-2.0-with-classpath-exception",
    "GPL-2.0-with-font-exception",
    "GPL-3.0-with-GCC-exception",
    "GPL-3.0-with-autoconf-exception",
    "LicenseRef-scancode-madwifi-dual",
];
