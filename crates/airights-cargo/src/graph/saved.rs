//! Whether a saved answer of cargo hangs together, and fits what is on this disk. Cargo itself is believed; a file may have
//! been edited, and what was left out of it must not pass for what is allowed.

use std::collections::HashSet;
use std::fs;

use airights::Package;
use airights_manifest::{Manifest, PackageManifest};
use serde::Deserialize;

use super::Resolved;
use super::reduced::ReducedResolve;

/// One link of cargo's resolve.
#[derive(Deserialize)]
struct Link {
    pkg: String,
}

/// Whether everything that is depended on is resolved, too.
pub(super) fn check_links(resolve: &ReducedResolve<'_>) -> Result<(), String> {
    let known: HashSet<&str> = resolve.nodes.iter().map(|node| node.id.as_str()).collect();
    for node in &resolve.nodes {
        let links: Vec<Link> =
            serde_json::from_str(node.deps.get()).map_err(|error| format!("the links of `{}`: {error}", node.id))?;
        if let Some(missing) = links.iter().find(|link| !known.contains(link.pkg.as_str())) {
            return Err(format!(
                "`{}` depends on `{}`, which is not resolved",
                node.id, missing.pkg
            ));
        }
    }
    Ok(())
}

/// Whether each package is where it is said to be. One that is not on this disk is for whoever reads it to tell.
pub(super) fn check_places(resolved: &Resolved) -> Result<(), String> {
    let mut packages = resolved.packages();
    let stray = packages.find(|(package, manifest)| !is_of(manifest, package));
    stray.map_or(Ok(()), |(package, manifest)| {
        let place = manifest.manifest_path.display();
        Err(format!("`{place}` is not the manifest of `{package}`"))
    })
}

fn is_of(manifest: &PackageManifest, package: &Package) -> bool {
    let Ok(text) = fs::read_to_string(&manifest.manifest_path) else {
        return !manifest.manifest_path.exists();
    };
    let Ok(parsed) = Manifest::parse(&text) else {
        return false;
    };
    let version = package.version.to_string();
    // What is inherited stands elsewhere.
    let says_version = parsed.package_string("version").is_none_or(|said| said == version);
    parsed.package_string("name") == Some(package.name.as_str()) && says_version
}
