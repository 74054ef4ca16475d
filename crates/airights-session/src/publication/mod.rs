//! What would be published of a package, and what stays behind: the facts for the rules of publishing.
//!
//! ```text
//! cargo package --list ─ listing ─┬─ the same reader as `check` ─ PackageFacts ─┐
//! manifest ─ references, keys ────┴─ texts: blanks, README, names ──────────────┴─ PublishFacts
//! ```
//!
//! Nothing is built, and nothing is asked of a network.

mod headers;
mod listing;
mod references;
mod texts;

use std::collections::BTreeSet;
use std::path::Path;

use airights::facts::{Evidence, EvidenceKind, Gathered};
use airights::publish::{FileState, LeftOut, PublishFacts, Reference, ReferenceKey};
use airights::{Excerpt, Package};
use airights_store::{most, read_to_string};

pub use self::listing::ListOptions;
use airights_cargo::graph::PackageManifest;
use airights_facts::{SingleReader, declaration, in_parallel};
use airights_manifest::Manifest;
use airights_manifest::manifest::MANIFEST;

/// What was found out of a package.
#[derive(Clone, Debug, PartialEq)]
pub enum Published {
    /// What would be published.
    Facts(Box<PublishFacts>),
    /// Nothing would: the manifest says `publish = false`.
    Never,
    /// It could not be found out, for this reason.
    Not(String),
}

/// Finds out what would be published of each of these packages of a workspace, in their order.
pub fn published(
    packages: &[&(Package, PackageManifest)],
    workspace_root: &Path,
    options: &ListOptions,
    reader: &SingleReader,
) -> Vec<Published> {
    in_parallel(packages, |(package, manifest)| {
        if package.is_private {
            return Published::Never;
        }
        match facts(manifest, workspace_root, options, reader) {
            Ok(facts) => Published::Facts(Box::new(facts)),
            Err(reason) => Published::Not(reason),
        }
    })
}

fn facts(
    manifest: &PackageManifest,
    workspace_root: &Path,
    options: &ListOptions,
    reader: &SingleReader,
) -> Result<PublishFacts, String> {
    let files = listing::list(manifest, options)?;
    let text = read_to_string(&manifest.manifest_path, most::MANIFEST);
    let text = text.map_err(|error| format!("its manifest cannot be read: {error}"))?;
    let parsed = Manifest::parse(&text).map_err(|error| format!("its manifest cannot be read: {}", error.message))?;
    let references = references::references(manifest, &files, &parsed);
    let as_published = as_published(manifest, &references);
    let facts = match reader.facts_of_listed(&as_published, &files) {
        Gathered::Facts(facts) => *facts,
        Gathered::Not(reason) => return Err(reason),
    };
    if let Some(problem) = facts.problems.iter().find(|problem| problem.path != MANIFEST) {
        return Err(format!("`{}` {}", problem.path, problem.kind));
    }
    let paths: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let declared = manifest.airights.as_ref().map(declaration::read).unwrap_or_default();
    let declared = declared.declaration.ai_terms_with_parts();
    let of_texts = texts::look_closer(&files, &facts, &references);
    Ok(PublishFacts {
        left_out: left_out(manifest, workspace_root, &paths, &parsed, reader),
        blanks: of_texts.blanks,
        texts_elsewhere: of_texts.elsewhere,
        refs_in_texts: of_texts.refs,
        translations: texts::translations(&files, &facts, &declared),
        declaration: parsed.excerpt(&["package", "metadata", "airights"]).map(declared_at),
        manifest: manifest_line(&parsed),
        files: paths,
        references,
        facts,
    })
}

/// The manifest as cargo will write it: what is taken from outside the package lies in its root then.
fn as_published(manifest: &PackageManifest, references: &[Reference]) -> PackageManifest {
    let path_of = |key: ReferenceKey| {
        let reference = references.iter().find(|reference| reference.key == key)?;
        match &reference.state {
            FileState::Packaged(path) => Some(path.clone()),
            FileState::LeftOut | FileState::Outside | FileState::Missing => None,
        }
    };
    PackageManifest {
        license_file: path_of(ReferenceKey::LicenseFile),
        readme: path_of(ReferenceKey::Readme),
        ..manifest.clone()
    }
}

/// The license texts at hand that are not published: those of the package itself, and those of the workspace.
fn left_out(
    manifest: &PackageManifest,
    workspace_root: &Path,
    files: &BTreeSet<String>,
    parsed: &Manifest<'_>,
    reader: &SingleReader,
) -> Vec<LeftOut> {
    let can_be_included = parsed.excerpt(&["package", "include"]).is_some();
    let inside = reader.texts_in(&manifest.directory, workspace_root).into_iter();
    let inside = inside.filter(|text| !files.contains(&text.path)).map(|found| LeftOut {
        text: found,
        is_inside: true,
        can_be_included,
    });
    let is_elsewhere = manifest.directory != workspace_root;
    let around = is_elsewhere.then(|| reader.texts_in(workspace_root, workspace_root));
    let around = around.into_iter().flatten().map(|found| LeftOut {
        text: found,
        is_inside: false,
        can_be_included: false,
    });
    inside.chain(around).collect()
}

fn manifest_line(manifest: &Manifest<'_>) -> Evidence {
    let places = [
        ["package", "license"].as_slice(),
        &["package", "license-file"],
        &["package", "name"],
    ];
    let excerpt = places.into_iter().find_map(|place| manifest.excerpt(place));
    Evidence {
        kind: EvidenceKind::LicenseExpression,
        excerpt: excerpt.unwrap_or_else(|| Excerpt::whole_file(MANIFEST)),
    }
}

fn declared_at(excerpt: Excerpt) -> Evidence {
    Evidence {
        kind: EvidenceKind::Declaration,
        excerpt,
    }
}
