//! Features of a crate that do the same job as another one: what brings TLS in has a sibling that brings another TLS in.

use std::collections::{BTreeMap, BTreeSet};

use airights::suggest::LockedPackage;

use crate::WaysError;
use crate::manifest::{Declared, DirectEdit, Edit};
use crate::workshop::Workshop;

/// The features of a crate, each with what it turns on, as its manifest lists them.
type Features = BTreeMap<String, Vec<String>>;

/// So many are tried in the place of one.
const MOST: usize = 3;

/// So many features are tried in the place of what is switched off.
const MOST_SIBLINGS: usize = 4;

/// What may be asked for in the place of the features that an edit takes away: whoever asked for them wanted what they do.
pub(super) fn others_instead(declared: &Declared, features: &Features, fewer: &Edit) -> Vec<Edit> {
    let Edit::Features {
        default,
        features: kept,
        ..
    } = fewer
    else {
        return Vec::new();
    };
    let by_default = features.get("default").filter(|_| declared.default && !default);
    let asked = declared.features.iter().chain(by_default.into_iter().flatten());
    let gone = asked.filter(|feature| !kept.contains(feature));
    let mut stays = kept.clone();
    stays.extend(default.then(|| "default".to_owned()));
    let mut instead: Vec<&str> = Vec::new();
    for sibling in gone.flat_map(|gone| siblings(features, gone, &stays)) {
        if !instead.contains(&sibling) {
            instead.push(sibling);
        }
    }
    let edits = instead.into_iter().take(MOST_SIBLINGS).map(|sibling| Edit::Features {
        default: *default,
        features: kept.iter().cloned().chain([sibling.to_owned()]).collect(),
        instead: Some(sibling.to_owned()),
    });
    edits.collect()
}

/// The features that were tried in vain in the place of what these edits take away.
pub(super) fn tried_in_vain(workshop: &Workshop<'_>, edits: &[DirectEdit]) -> Result<Vec<String>, WaysError> {
    let original = workshop.manifests_after(&[]);
    let directs = workshop.project.resolved.packages();
    let directs: Vec<LockedPackage> = directs.map(|(package, _)| LockedPackage::from(package)).collect();
    let mut names = BTreeSet::new();
    for DirectEdit { manifest, key, edit } in edits {
        let Some(declared) = original.declared(manifest, key) else {
            continue;
        };
        let name = declared.package.as_ref().unwrap_or(key);
        for package in directs.iter().filter(|package| package.name == *name) {
            let instead = others_instead(&declared, &workshop.features_of(package)?, edit).into_iter();
            names.extend(instead.filter_map(|edit| match edit {
                Edit::Features { instead, .. } => instead,
                _ => None,
            }));
        }
    }
    Ok(names.into_iter().collect())
}

/// Features that may take the place of one, likeliest first: those that turn on a feature which it turns on, too, and which
/// would go with it; then those that share a word of its name. `kept` stays on either way.
fn siblings<'f>(features: &'f Features, of: &str, kept: &[String]) -> Vec<&'f str> {
    let stays: BTreeSet<&str> = kept.iter().flat_map(|feature| turned_on(features, feature)).collect();
    let purpose: BTreeSet<&str> = turned_on(features, of);
    let purpose: BTreeSet<&str> = purpose.difference(&stays).copied().collect();
    let words = words_of(of);
    let is_public = |name: &str| name != "default" && !name.starts_with('_');
    let others = features.keys().map(String::as_str);
    // What it turns on itself is a part of it, and what turns it on brings the same thing in.
    let others = others.filter(|other| is_public(other) && !purpose.contains(other) && !stays.contains(other));
    let others = others.filter(|other| !turned_on(features, other).contains(of));
    let mut ranked: Vec<_> = others
        .filter_map(|other| {
            let on = turned_on(features, other);
            let shared = on.intersection(&purpose).count();
            let alike = words_of(other).intersection(&words).count();
            let extra = on.len() - shared;
            (shared + alike > 0).then_some((std::cmp::Reverse((shared.min(1), alike)), extra, other))
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().take(MOST).map(|(_, _, other)| other).collect()
}

/// A feature and every feature that it turns on. Dependencies are no features.
fn turned_on<'f>(features: &'f Features, feature: &str) -> BTreeSet<&'f str> {
    let mut on = BTreeSet::new();
    let mut next = vec![feature];
    while let Some(name) = next.pop() {
        if let Some((name, more)) = features.get_key_value(name)
            && on.insert(name.as_str())
        {
            next.extend(
                more.iter()
                    .map(String::as_str)
                    .filter(|more| !more.contains([':', '/'])),
            );
        }
    }
    on
}

/// The words of a name that tell what a feature is for.
fn words_of(name: &str) -> BTreeSet<&str> {
    /// Words that say how, not what.
    const HOW: [&str; 10] = [
        "no", "default", "with", "use", "enable", "std", "full", "all", "unstable", "features",
    ];
    let words = name.split(['-', '_']);
    words.filter(|word| word.len() > 2 && !HOW.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(features: &[(&str, &[&str])], of: &str, kept: &[&str], expected: &[&str]) {
        let words = |list: &[&str]| list.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let features: Features = features
            .iter()
            .map(|(name, on)| ((*name).to_owned(), words(on)))
            .collect();
        assert_eq!(siblings(&features, of, &words(kept)), expected);
    }

    #[test]
    fn what_turns_on_the_same_feature_does_the_same_job() {
        let features: &[(&str, &[&str])] = &[
            ("default", &["std", "one"]),
            ("std", &[]),
            ("json", &["std"]),
            ("_secure", &[]),
            ("one", &["std", "_secure", "dep:one"]),
            ("one-more", &["one"]),
            ("another", &["_secure", "dep:another"]),
        ];
        check(features, "one", &["std"], &["another"]);
        // Where the job is done already, nobody has to take it over.
        check(features, "one", &["std", "another"], &[]);
    }

    #[test]
    fn a_shared_word_of_the_name_will_do() {
        let features: &[(&str, &[&str])] = &[
            ("fast-json", &["dep:fast"]),
            ("slow-json", &["dep:slow"]),
            ("fast", &["dep:fast"]),
            ("no-std", &[]),
        ];
        check(features, "fast-json", &[], &["fast", "slow-json"]);
        check(features, "no-std", &[], &[]);
    }
}
