//! Where words stand, told from the reader's place: whose file it is, and which lines.

use std::fmt::Write as _;

use airights::facts::EvidenceKind;
use airights::{Evidence, Excerpt, Package};

/// The excerpt of a piece of evidence, its path told from the reader's place: `ishell-0.2.3/LICENSE` for a crate from
/// elsewhere, `crates/app/LICENSE` for one of the workspace.
pub fn named_excerpt(package: &Package, evidence: &Evidence) -> Excerpt {
    let excerpt = &evidence.excerpt;
    let path = if !is_of_package(evidence) || excerpt.path.is_empty() {
        excerpt.path.clone()
    } else if package.source.is_some() {
        format!("{}-{}/{}", package.name, package.version, excerpt.path)
    } else {
        tidy(&format!("{}{}", folder(package), excerpt.path))
    };
    Excerpt {
        path,
        ..excerpt.clone()
    }
}

/// The path without steps back: `crates/app/../../Cargo.toml` is `Cargo.toml`.
fn tidy(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        let can_step_back = parts.last().is_some_and(|last| !matches!(*last, "" | ".."));
        match part {
            ".." if can_step_back => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The excerpt, where its file lies in the user's workspace; its path is from the workspace's root.
pub fn workspace_excerpt(package: &Package, evidence: &Evidence) -> Option<Excerpt> {
    let is_inside = package.source.is_none() && !is_absolute(&package.manifest);
    (is_inside && is_of_package(evidence) && !evidence.excerpt.path.is_empty())
        .then(|| named_excerpt(package, evidence))
}

/// `LICENSE:5-9`; the path alone where no lines are meant.
pub fn in_words(excerpt: &Excerpt) -> String {
    match excerpt.lines {
        (0, _) => excerpt.path.clone(),
        (first, last) if first == last => format!("{}:{first}", excerpt.path),
        (first, last) => format!("{}:{first}-{last}", excerpt.path),
    }
}

/// "line 5", "lines 5-9".
pub fn lines_in_words((first, last): (u32, u32)) -> String {
    if first == last {
        format!("line {first}")
    } else {
        format!("lines {first}-{last}")
    }
}

/// Whether a path says where a file is without any other: `/home/…`, `C:/…`.
pub fn is_absolute(path: &str) -> bool {
    let after_letter = path.get(1..3);
    path.starts_with('/') || after_letter.is_some_and(|after| after.starts_with(':') && after.ends_with(['/', '\\']))
}

/// A path as a URI reference (RFC 3986): what may not stand in one is percent-encoded.
pub fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    if is_absolute(path) {
        uri.push_str(if path.starts_with('/') { "file://" } else { "file:///" });
    }
    for byte in path.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            // A colon is fine behind a slash or a drive's letter, but elsewhere it would begin a scheme.
            b':' if is_absolute(path) => uri.push(':'),
            // Writing to a string cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

/// The address of the file a piece of evidence stands in, where it is known from the root of the disk.
pub fn link(package: &Package, evidence: &Evidence) -> Option<String> {
    let is_known = is_of_package(evidence) && is_absolute(&package.manifest) && !evidence.excerpt.path.is_empty();
    is_known.then(|| uri(&format!("{}{}", folder(package), evidence.excerpt.path)))
}

/// The folder of a package's manifest, with `/` behind it; nothing for the root of the workspace.
fn folder(package: &Package) -> &str {
    package.manifest.strip_suffix("Cargo.toml").unwrap_or_default()
}

/// Whether the excerpt's path is inside the package rather than the user's or nowhere.
fn is_of_package(evidence: &Evidence) -> bool {
    evidence.kind != EvidenceKind::Clarification
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_back_are_taken() {
        for (path, expected) in [
            ("crates/app/../../Cargo.toml", "Cargo.toml"),
            ("../Cargo.toml", "../Cargo.toml"),
            ("/home/../Cargo.toml", "/Cargo.toml"),
            ("/../a", "/../a"),
            ("LICENSE", "LICENSE"),
        ] {
            assert_eq!(tidy(path), expected);
        }
    }

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("crates/app/Cargo.toml", "crates/app/Cargo.toml"),
            ("a b/ü:1.toml", "a%20b/%C3%BC%3A1.toml"),
            ("/home/me/airights.toml", "file:///home/me/airights.toml"),
            ("C:/me/airights.toml", "file:///C:/me/airights.toml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
