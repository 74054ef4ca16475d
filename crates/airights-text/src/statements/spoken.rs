//! Which of a name's words count, and what they are looked up by: the table is built by the same rules as text is read by.

use super::tokens::{Token, key};

/// Whether an id is that of an exception.
pub(super) fn is_exception(id: &str) -> bool {
    id.starts_with("AdditionRef-") || spdx::exception_id(id).is_some()
}

/// Words that may stand between those of a name.
pub(super) fn is_filler(token: &Token) -> bool {
    const FILLERS: &[u64] = &[
        key("licensed"),
        key("lic"),
        key("the"),
        key("a"),
        key("an"),
        key("version"),
        key("v"),
        key("ver"),
        key("vers"),
        key("release"),
        key("rev"),
    ];
    is_license_word(token) || token.is_any(FILLERS)
}

/// "license", "licenses", "agreement".
pub(super) fn is_license_word(token: &Token) -> bool {
    token.is_any(&[
        key("license"),
        key("licenses"),
        key("agreement"),
        key("packagelicensedeclared"),
        key("packagelicenseconcluded"),
    ])
}

/// The hash of some words with one more.
pub(super) fn extend(hash: u64, token: u64) -> u64 {
    (hash.rotate_left(21) ^ token).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Bits of a hash that say which bucket it is in.
const BUCKET_BITS: u32 = 14;

/// The bucket a hash is in; they are in the order of the hashes.
#[allow(clippy::cast_possible_truncation, reason = "what is left are BUCKET_BITS bits")]
pub(super) fn bucket(hash: u64) -> usize {
    (hash >> (u64::BITS - BUCKET_BITS)) as usize
}
