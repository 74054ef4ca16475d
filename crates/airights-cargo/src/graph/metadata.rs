//! Reads what `cargo metadata` prints.

use std::collections::HashMap;
use std::path::Path;

use airights_store::{most, read};
use guppy::graph::PackageGraph;
use guppy::{CargoMetadata, PackageId};
use serde_json::error::Category;

use super::custom_cfg;
use super::error::{MetadataOrigin, ResolveError};
use super::reduced::ReducedMetadata;
use super::saved;

/// An answer of `cargo metadata`, read.
pub(super) struct Metadata {
    /// The packages and their links.
    pub(super) packages: PackageGraph,
    /// Every package of cargo's resolve, with the features cargo enabled there, as far as they are known.
    pub(super) resolved: HashMap<PackageId, Option<Vec<String>>>,
}

/// Reads a saved answer. Where custom conditions are fulfilled, they are taken from dependencies.
pub(super) fn read_file(path: &Path, custom_cfg: bool) -> Result<Metadata, ResolveError> {
    let json = read(path, most::METADATA).map_err(|error| ResolveError::MetadataUnreadable {
        path: path.to_owned(),
        error,
    })?;
    Metadata::parse(&json, MetadataOrigin::File(path.to_owned()), custom_cfg)
}

impl Metadata {
    /// Reads an answer. Where custom conditions are fulfilled, they are taken from dependencies.
    pub(super) fn parse(json: &[u8], origin: MetadataOrigin, custom_cfg: bool) -> Result<Self, ResolveError> {
        let reduced = match ReducedMetadata::read(json) {
            Ok(reduced) => reduced,
            Err(error) => return Err(unreadable(error, origin)),
        };
        if reduced.version != 1 {
            let error = format!("it is of version {}", reduced.version).into();
            return Err(ResolveError::MetadataOfAnotherFormat { origin, error });
        }
        if reduced.resolve.is_none() {
            return Err(ResolveError::MetadataWithoutResolve { origin });
        }
        let checked = match origin {
            MetadataOrigin::Cargo => Ok(()),
            MetadataOrigin::AtHand => saved::check_itself(&reduced),
            MetadataOrigin::File(_) => saved::check(&reduced),
        };
        if let Err(reason) = checked {
            let error = reason.into();
            return Err(ResolveError::MetadataOfAnotherFormat { origin, error });
        }
        let packages = match packages_of(&reduced, custom_cfg) {
            Ok(packages) => packages,
            Err(error) => return Err(unreadable(error, origin)),
        };
        let packages = match PackageGraph::from_metadata(packages) {
            Ok(packages) => packages,
            Err(error) => {
                let error = Box::new(error);
                return Err(ResolveError::MetadataOfAnotherFormat { origin, error });
            }
        };
        let nodes = reduced.resolve.into_iter().flat_map(|resolve| resolve.nodes);
        let resolved: HashMap<_, _> = nodes.map(|node| (PackageId::new(node.id), node.features)).collect();
        if let Some(missing) = resolved.keys().filter(|id| packages.metadata(id).is_err()).min() {
            let error = format!("`{missing}` is resolved, but is not among the packages").into();
            return Err(ResolveError::MetadataOfAnotherFormat { origin, error });
        }
        Ok(Self { packages, resolved })
    }
}

fn packages_of(reduced: &ReducedMetadata<'_>, custom_cfg: bool) -> Result<CargoMetadata, serde_json::Error> {
    let json = serde_json::to_vec(reduced)?;
    if !custom_cfg {
        return serde_json::from_slice(&json);
    }
    let mut value = serde_json::from_slice(&json)?;
    custom_cfg::fulfill(&mut value);
    serde_json::from_value(value)
}

fn unreadable(error: serde_json::Error, origin: MetadataOrigin) -> ResolveError {
    match error.classify() {
        Category::Data => ResolveError::MetadataOfAnotherFormat {
            origin,
            error: Box::new(error),
        },
        Category::Io | Category::Syntax | Category::Eof => ResolveError::MetadataNotJson { origin, error },
    }
}
