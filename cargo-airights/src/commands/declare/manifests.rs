//! The declarations that manifests hold, read and written.

use std::path::Path;

use airights::Excerpt;
use airights::declaration::Declaration;
use airights_facts::declaration;
use airights_manifest::Manifest;
use airights_manifest::manifest::{NotToml, edit};
use airights_report::diagnostic::{Diagnostic, Severity};
use toml_edit::DocumentMut;

use super::files::Files;
use crate::commands::failure::Failure;
use crate::declaration::{Owner, set_declaration, set_license};

/// What a manifest declares; `None` where it declares nothing.
///
/// A declaration with a mistake in it is nobody's to write over.
pub(super) fn declared(files: &mut Files, manifest: &Path, owner: Owner) -> Result<Option<Declaration>, Failure> {
    let text = files.text(manifest)?.unwrap_or_default();
    let path = manifest.display().to_string();
    let parsed = Manifest::parse(&text).map_err(|error| not_toml(&path, &text, error))?;
    let Some(placed) = parsed.declaration(owner.table()) else {
        return Ok(None);
    };
    let read = declaration::read(&placed.table);
    if read.problems.is_empty() {
        return Ok(Some(read.declaration));
    }
    let diagnostics = read.problems.into_iter().map(|problem| {
        let mut diagnostic = Diagnostic::new(Severity::Error, problem.message);
        if let Some(place) = placed.place(&problem.key) {
            diagnostic = diagnostic.at(Excerpt::of(&path, &text, place), None);
        }
        diagnostic.help = problem.help;
        diagnostic
    });
    Err(Failure::of(diagnostics.collect()))
}

/// Writes what a manifest declares.
pub(super) fn declare(
    files: &mut Files,
    manifest: &Path,
    owner: Owner,
    declaration: &Declaration,
) -> Result<(), Failure> {
    change(files, manifest, |document| {
        set_declaration(document, owner, declaration)
    })
}

/// Writes the `license` key: of the package, or of the workspace it inherits it from.
pub(super) fn declare_license(files: &mut Files, manifest: &Path, owner: Owner, license: &str) -> Result<(), Failure> {
    change(files, manifest, |document| set_license(document, owner, license))
}

/// Whether the package takes its license from the workspace.
pub(super) fn inherits_license(files: &mut Files, manifest: &Path) -> Result<bool, Failure> {
    let document = document(files, manifest)?;
    let license = document.get("package").and_then(|package| package.get("license"));
    Ok(license.is_some_and(edit::is_inherited))
}

fn change(
    files: &mut Files,
    manifest: &Path,
    make: impl FnOnce(&mut DocumentMut) -> Option<()>,
) -> Result<(), Failure> {
    let mut document = document(files, manifest)?;
    make(&mut document).ok_or_else(|| {
        Failure::new(
            format!("`{}` has something other than a table in the way", manifest.display()),
            Some("write `[package.metadata.airights]` as a table".to_owned()),
        )
    })?;
    files.put(manifest, Some(document.to_string()))
}

fn document(files: &mut Files, manifest: &Path) -> Result<DocumentMut, Failure> {
    let text = files.text(manifest)?.unwrap_or_default();
    edit::document(&text).map_err(|error| not_toml(&manifest.display().to_string(), &text, error))
}

fn not_toml(path: &str, text: &str, error: NotToml) -> Failure {
    let diagnostic = Diagnostic::new(Severity::Error, format!("`{path}` is not TOML: {}", error.message));
    Failure::of(vec![match error.span {
        Some(span) => diagnostic.at(Excerpt::of(path, text, span), None),
        None => diagnostic,
    }])
}
