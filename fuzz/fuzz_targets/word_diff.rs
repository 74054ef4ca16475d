//! Two licence texts, compared word by word: every word is told, and where it stands.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str)| {
    let (before, after) = texts;
    let change = airights::diff::compare_words((before, &[(1, 2)]), (after, &[]));
    let words = |text: &str| text.split_whitespace().count();
    assert_eq!(change.kept + change.removed, words(before));
    assert_eq!(change.kept + change.added, words(after));
    assert_eq!(change.hunks.is_empty(), change.removed + change.added == 0);
});
