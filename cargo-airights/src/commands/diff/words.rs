//! The words of the license texts that differ, fetched from both states and compared.

use std::collections::{BTreeMap, BTreeSet};

use airights::diff::{Known, PackageChange, Side, Text, TextChange, compare_words, text_pairs};

use super::sides::{Judge, Place};

/// Compares the texts of a package that is known on both sides.
pub(super) fn compare_texts(change: &mut PackageChange, before: &Place<'_>, after: &Place<'_>, judge: Judge<'_>) {
    let (Some(was), Some(is)) = (texts_of(change.before.as_ref()), texts_of(change.after.as_ref())) else {
        return;
    };
    let pairs = text_pairs(was, is);
    let both = || {
        pairs
            .iter()
            .filter_map(|pair| Some((pair.before.as_ref()?, pair.after.as_ref()?)))
    };
    let old_paths: BTreeSet<&str> = both().map(|(was, _)| was.path.as_str()).collect();
    let new_paths: BTreeSet<&str> = both().map(|(_, is)| is.path.as_str()).collect();
    let fetched = |place: &Place<'_>, paths: &BTreeSet<&str>| {
        if paths.is_empty() {
            Ok(BTreeMap::new())
        } else {
            place.texts(paths, judge)
        }
    };
    let (old, new) = (fetched(before, &old_paths), fetched(after, &new_paths));
    let texts = pairs.into_iter().map(|pair| {
        let words = pair.before.as_ref().zip(pair.after.as_ref()).map(|(was, is)| {
            let (old_words, new_words) = (words(&old, was)?, words(&new, is)?);
            Ok(compare_words((old_words, &was.clauses), (new_words, &is.clauses)))
        });
        let (words, unread) = match words.transpose() {
            Ok(words) => (words, None),
            Err(reason) => (None, Some(reason)),
        };
        TextChange { pair, words, unread }
    });
    change.texts = texts.collect();
}

fn texts_of(side: Option<&Side>) -> Option<&[Text]> {
    match side.map(|side| &side.known) {
        Some(Known::Terms(terms)) => terms.texts.as_deref(),
        Some(Known::Not(_)) | None => None,
    }
}

fn words<'t>(fetched: &'t Result<BTreeMap<String, String>, String>, text: &Text) -> Result<&'t str, String> {
    let texts = fetched.as_ref().map_err(Clone::clone)?;
    let words = texts.get(&text.path);
    words
        .map(String::as_str)
        .ok_or_else(|| format!("`{}` cannot be read", text.path))
}
