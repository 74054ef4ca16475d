//! A feature that brings it in is switched off.

use std::collections::BTreeSet;

use airights::suggest::{LockedPackage, Rung};

use super::WayOut;
use super::direct::{leads_to, ways_by_edits};
use super::siblings::others_instead;
use crate::WaysError;
use crate::manifest::{Declared, Edit};
use crate::workshop::Workshop;

/// What is said where this rung leads nowhere.
pub(super) const NO_WAY: &str = "no feature that the manifests ask for brings it in alone";

/// Ways out by asking for fewer features.
pub(super) fn off(workshop: &Workshop<'_>, open: &BTreeSet<LockedPackage>) -> Result<Vec<WayOut>, WaysError> {
    ways_by_edits(workshop, open, Rung::FeatureOff, &|question| {
        let manifests = workshop.manifests_after(question.edits);
        let direct = question.direct;
        let Some(declared) = manifests.declared(&direct.manifest, &direct.key) else {
            return Ok(Vec::new());
        };
        let features = workshop.features_of(&direct.package)?;
        let default = features.get("default").cloned().unwrap_or_default();
        let mut edits = Vec::new();
        if let Some(fewer) = fewest_off(&declared, &default, &mut |edit| {
            leads_to(workshop, &question.with(edit.clone()), direct, question.target).map(|leads| !leads)
        })? {
            edits.extend(others_instead(&declared, &features, &fewer));
            edits.push(fewer);
        }
        if declared.optional {
            let own = manifests.default_features(&direct.manifest).into_iter();
            edits.extend(own.map(Edit::NotByDefault));
        }
        Ok(edits)
    })
}

/// The edit that keeps as many features as can be and still frees from what is denied. `None` where not even asking for
/// none at all does.
fn fewest_off(
    declared: &Declared,
    default: &[String],
    frees: &mut dyn FnMut(&Edit) -> Result<bool, WaysError>,
) -> Result<Option<Edit>, WaysError> {
    let has_default = declared.default && !default.is_empty();
    if !has_default && declared.features.is_empty() {
        return Ok(None);
    }
    let ask = |default: bool, features: &[String]| Edit::Features {
        default,
        features: features.to_vec(),
        instead: None,
    };
    if declared.default && frees(&ask(true, &[]))? {
        let kept = as_many(&declared.features, &mut |kept| frees(&ask(true, kept)))?;
        return Ok(Some(ask(true, &kept)));
    }
    if !frees(&ask(false, &[]))? {
        return Ok(None);
    }
    let mut all = declared.features.clone();
    if has_default {
        // Only a plain feature can be asked for by name: not `dep:x`, and not `x/y`.
        let plain = default.iter().filter(|feature| !feature.contains([':', '/']));
        all.extend(plain.filter(|feature| !declared.features.contains(feature)).cloned());
    }
    let kept = as_many(&all, &mut |kept| frees(&ask(false, kept)))?;
    Ok(Some(ask(false, &kept)))
}

/// As many features as can be kept: halves that do no harm are kept whole, and the others are looked into.
fn as_many(
    features: &[String],
    do_no_harm: &mut dyn FnMut(&[String]) -> Result<bool, WaysError>,
) -> Result<Vec<String>, WaysError> {
    let mut kept: Vec<String> = Vec::new();
    let mut parts: Vec<&[String]> = vec![features];
    while let Some(part) = parts.pop() {
        let with: Vec<String> = kept.iter().chain(part).cloned().collect();
        if part.is_empty() || do_no_harm(&with)? {
            kept = with;
        } else if part.len() > 1 {
            let (first, second) = part.split_at(part.len() / 2);
            parts.extend([second, first]);
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked for where these features bring in what is denied, and how often cargo was asked.
    fn asked(default: &[&str], features: &[&str], culprits: &[&str]) -> (Option<Edit>, usize) {
        let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let declared = Declared {
            default: true,
            features: words(features),
            ..Declared::default()
        };
        let default = words(default);
        let mut count = 0;
        let edit = fewest_off(&declared, &default, &mut |edit| {
            count += 1;
            let Edit::Features {
                default: keeps,
                features,
                ..
            } = edit
            else {
                unreachable!("nothing else is asked for")
            };
            let on = features.iter().chain(if *keeps { &default[..] } else { &[] });
            Ok(on.into_iter().all(|feature| !culprits.contains(&feature.as_str())))
        });
        (edit.unwrap(), count)
    }

    fn edit(default: bool, features: &[&str]) -> Edit {
        let features = features.iter().map(|&feature| feature.to_owned()).collect();
        Edit::Features {
            default,
            features,
            instead: None,
        }
    }

    #[test]
    fn only_what_brings_it_in_is_switched_off() {
        assert_eq!(
            asked(&["std"], &["net", "fast"], &["net"]).0,
            Some(edit(true, &["fast"]))
        );
        assert_eq!(
            asked(&["std", "net"], &["fast"], &["net"]).0,
            Some(edit(false, &["fast", "std"]))
        );
        assert_eq!(
            asked(&["std", "dep:net"], &[], &["dep:net"]).0,
            Some(edit(false, &["std"]))
        );
        assert_eq!(asked(&["a", "b"], &["c"], &["a", "c"]).0, Some(edit(false, &["b"])));
        assert_eq!(asked(&[], &[], &[]), (None, 0));
    }

    #[test]
    fn one_of_forty_is_found_in_a_few_questions() {
        let names: Vec<String> = (0..40).map(|number| format!("f{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let (edit, count) = asked(&names, &[], &["f17"]);
        assert!(matches!(edit, Some(Edit::Features { features, .. }) if features.len() == 39));
        assert!(count < 16, "{count}");
    }
}
