//! What `cargo metadata` prints, without what no build depends on.
//!
//! Most of the metadata is descriptions, test targets, dependencies of other people's tests, and features that nobody
//! enabled. To build the package graph from all of it takes twice the time and the memory.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The metadata. Values that are only passed on stay as they are printed.
#[derive(Deserialize, Serialize)]
pub(super) struct ReducedMetadata<'a> {
    pub(super) version: u64,
    #[serde(borrow)]
    pub(super) packages: Vec<ReducedPackage<'a>>,
    pub(super) workspace_members: Vec<String>,
    #[serde(borrow)]
    pub(super) resolve: Option<ReducedResolve<'a>>,
    #[serde(borrow)]
    pub(super) workspace_root: &'a RawValue,
    #[serde(borrow)]
    target_directory: &'a RawValue,
    #[serde(borrow)]
    metadata: Option<&'a RawValue>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct ReducedPackage<'a> {
    pub(super) id: String,
    #[serde(borrow)]
    name: &'a RawValue,
    #[serde(borrow)]
    version: &'a RawValue,
    #[serde(borrow)]
    manifest_path: &'a RawValue,
    #[serde(borrow)]
    source: Option<&'a RawValue>,
    #[serde(borrow)]
    license: Option<&'a RawValue>,
    #[serde(borrow)]
    license_file: Option<&'a RawValue>,
    #[serde(borrow)]
    readme: Option<&'a RawValue>,
    /// Of members only.
    #[serde(borrow)]
    repository: Option<&'a RawValue>,
    #[serde(borrow)]
    publish: Option<&'a RawValue>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    edition: Option<&'a RawValue>,
    #[serde(borrow)]
    metadata: Option<&'a RawValue>,
    #[serde(borrow)]
    dependencies: Vec<&'a RawValue>,
    #[serde(borrow)]
    targets: Vec<&'a RawValue>,
    #[serde(borrow)]
    features: BTreeMap<String, &'a RawValue>,
}

/// Cargo's resolve.
#[derive(Deserialize, Serialize)]
pub(super) struct ReducedResolve<'a> {
    #[serde(borrow)]
    pub(super) nodes: Vec<ReducedNode<'a>>,
    #[serde(skip_serializing)]
    pub(super) root: Option<String>,
}

/// One package of cargo's resolve.
#[derive(Deserialize, Serialize)]
pub(super) struct ReducedNode<'a> {
    pub(super) id: String,
    #[serde(borrow)]
    pub(super) deps: &'a RawValue,
    /// A list that says less than `deps`, but has to be there.
    #[serde(skip_deserializing)]
    dependencies: [(); 0],
    /// The features cargo enabled; cargo before 1.30 does not say.
    #[serde(skip_serializing)]
    pub(super) features: Option<Vec<String>>,
}

/// Targets that nobody else's build contains. A target that is printed in other ways is kept, which only costs time.
const OWN_TARGETS: [&str; 4] = [
    "\"kind\":[\"bench\"]",
    "\"kind\":[\"bin\"]",
    "\"kind\":[\"example\"]",
    "\"kind\":[\"test\"]",
];

impl<'a> ReducedMetadata<'a> {
    /// Reads the metadata and leaves out what no build depends on.
    pub(super) fn read(json: &'a [u8]) -> Result<Self, serde_json::Error> {
        let mut metadata: Self = serde_json::from_slice(json)?;
        let members: HashSet<&str> = metadata.workspace_members.iter().map(String::as_str).collect();
        let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
        let enabled: HashMap<&str, HashSet<&str>> = nodes
            .filter_map(|node| {
                Some((
                    node.id.as_str(),
                    node.features.as_ref()?.iter().map(String::as_str).collect(),
                ))
            })
            .collect();
        let speaks_of_us = |table: &&RawValue| table.get().contains("\"airights\"");
        metadata.metadata = metadata.metadata.filter(speaks_of_us);
        for package in &mut metadata.packages {
            package.metadata = package.metadata.filter(speaks_of_us);
            package
                .targets
                .retain(|target| !OWN_TARGETS.iter().any(|kind| target.get().contains(kind)));
            if members.contains(package.id.as_str()) {
                continue;
            }
            package.repository = None;
            package
                .dependencies
                .retain(|dependency| !dependency.get().contains("\"kind\":\"dev\""));
            // No build enables a feature that cargo, which sees all builds at once, did not.
            if let Some(enabled) = enabled.get(package.id.as_str()) {
                package.features.retain(|feature, _| enabled.contains(feature.as_str()));
            }
        }
        Ok(metadata)
    }
}
