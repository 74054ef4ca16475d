//! The files that a manifest refers to, and what becomes of each when the package is published.

use airights::Excerpt;
use airights::facts::{Evidence, EvidenceKind};
use airights::publish::{FileState, Reference, ReferenceKey};
use airights_facts::ListedFile;
use airights_manifest::manifest::MANIFEST;
use airights_manifest::{Manifest, PackageManifest, tidy};

/// What the manifest refers to.
pub(super) fn references(manifest: &PackageManifest, files: &[ListedFile], text: &Manifest<'_>) -> Vec<Reference> {
    let terms = manifest
        .airights
        .as_ref()
        .and_then(|table| table.get("terms")?.as_str());
    // Terms at an address do not travel with the package, and nobody expects them to.
    let terms = terms.filter(|terms| !terms.contains("://")).map(str::to_owned);
    let named = [
        (ReferenceKey::LicenseFile, &manifest.license_file),
        (ReferenceKey::Readme, &manifest.readme),
        (ReferenceKey::Terms, &terms),
    ];
    let named = named.into_iter().filter_map(|(key, path)| Some((key, path.clone()?)));
    named
        .map(|(key, path)| Reference {
            state: state(key, &path, manifest, files),
            evidence: evidence(key, text),
            key,
            path,
        })
        .collect()
}

fn state(key: ReferenceKey, path: &str, manifest: &PackageManifest, files: &[ListedFile]) -> FileState {
    let whole = tidy(&manifest.directory.join(path));
    let is_listed = |path: &str| files.iter().any(|file| file.path == path);
    let inside = whole.strip_prefix(&manifest.directory).ok();
    let inside = inside.map(|inside| inside.to_string_lossy().replace('\\', "/"));
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned());
    match inside {
        Some(inside) if is_listed(&inside) => FileState::Packaged(inside),
        _ if !whole.is_file() => FileState::Missing,
        Some(_) => FileState::LeftOut,
        // Cargo brings these along by itself, under their names.
        None => match name.filter(|name| key != ReferenceKey::Terms && is_listed(name)) {
            Some(name) => FileState::Packaged(name),
            None => FileState::Outside,
        },
    }
}

fn evidence(key: ReferenceKey, text: &Manifest<'_>) -> Evidence {
    let (kind, path): (_, &[&str]) = match key {
        ReferenceKey::LicenseFile => (EvidenceKind::LicenseExpression, &["package", "license-file"]),
        ReferenceKey::Readme => (EvidenceKind::LicenseExpression, &["package", "readme"]),
        ReferenceKey::Terms => (EvidenceKind::Declaration, &["package", "metadata", "airights", "terms"]),
    };
    let excerpt = text.excerpt(path).unwrap_or_else(|| Excerpt::whole_file(MANIFEST));
    Evidence { kind, excerpt }
}
