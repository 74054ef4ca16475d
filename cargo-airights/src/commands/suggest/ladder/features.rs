//! A feature that brings it in is switched off.

use std::collections::BTreeSet;

use airights::suggest::{LockedPackage, Rung};

use super::WayOut;
use super::direct::{Direct, ways_by_edits};
use crate::commands::failure::Failure;
use crate::commands::suggest::manifest::{Declared, Edit, Manifests};
use crate::commands::suggest::workshop::Workshop;

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: (Rung, &str) = (
    Rung::FeatureOff,
    "no feature that the manifests ask for brings it in alone",
);

/// Ways out by asking for fewer features.
pub(super) fn off(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, Failure> {
    ways_by_edits(workshop, open, Rung::FeatureOff, &|manifests, direct| {
        candidates(workshop, manifests, direct)
    })
}

fn candidates(workshop: &Workshop<'_>, manifests: &Manifests<'_>, direct: &Direct) -> Result<Vec<Edit>, Failure> {
    let Some(declared) = manifests.declared(&direct.manifest, &direct.key) else {
        return Ok(Vec::new());
    };
    let index = workshop.verdicts.upstream.index_of(&direct.package.name)?;
    let entry = index.entry(&direct.package.version);
    let default = entry
        .and_then(|entry| entry.features.get("default"))
        .cloned()
        .unwrap_or_default();
    let mut edits = fewer_features(&declared, &default);
    if declared.optional {
        let own = manifests.default_features(&direct.manifest).into_iter();
        edits.extend(own.map(Edit::NotByDefault));
    }
    Ok(edits)
}

/// Every way to ask for a little less, and at last for no default features at all.
fn fewer_features(declared: &Declared, default: &[String]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let without = |features: &[String], one: &str| -> Vec<String> {
        features.iter().filter(|feature| *feature != one).cloned().collect()
    };
    for feature in &declared.features {
        edits.push(Edit::Features {
            default: declared.default,
            features: without(&declared.features, feature),
        });
    }
    if declared.default && !default.is_empty() {
        // Only a plain feature can be asked for by name: not `dep:x`, and not `x/y`.
        let plain: Vec<String> = default
            .iter()
            .filter(|feature| !feature.contains([':', '/']))
            .cloned()
            .collect();
        for feature in default {
            let mut features = declared.features.clone();
            features.extend(
                without(&plain, feature)
                    .into_iter()
                    .filter(|kept| !declared.features.contains(kept)),
            );
            edits.push(Edit::Features {
                default: false,
                features,
            });
        }
        edits.push(Edit::Features {
            default: false,
            features: declared.features.clone(),
        });
    }
    edits.dedup();
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_less_comes_before_nothing_at_all() {
        let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let declared = Declared {
            requirement: None,
            default: true,
            features: words(&["net"]),
            optional: false,
        };
        let edit = |default, features: &[&str]| Edit::Features {
            default,
            features: words(features),
        };
        assert_eq!(
            fewer_features(&declared, &words(&["fast", "std", "dep:zlib"])),
            [
                edit(true, &[]),
                edit(false, &["net", "std"]),
                edit(false, &["net", "fast"]),
                edit(false, &["net", "fast", "std"]),
                edit(false, &["net"]),
            ]
        );
        assert_eq!(fewer_features(&Declared::default(), &words(&["std"])), []);
    }
}
