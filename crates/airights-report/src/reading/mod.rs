//! What the license reader makes of a text: for people, each line with what it is; for programs, the parts as JSON.

mod human;
mod json;

use airights_text::{AiUse, Reading, UseValue, catalogue};

pub use human::write as write_human;
pub use json::write as write_json;

/// A text and its reading.
#[derive(Clone, Debug)]
pub struct ReadText {
    /// The file, as the user named it.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// Whether it was read as a license; if not, only what it says of AI counts.
    pub is_license: bool,
    /// What was read.
    pub reading: Reading,
}

/// What the text says of a use, by its clauses and by the licenses in it: the most restrictive of all.
fn value_of(reading: &Reading, ai_use: AiUse) -> UseValue {
    let clauses = reading
        .clauses
        .iter()
        .filter(|clause| clause.ai_use == ai_use)
        .map(|clause| clause.value);
    let licenses = reading.matches.iter().filter_map(|found| catalogue::license(found.id));
    let terms = licenses.flat_map(|license| &license.terms);
    let by_id = terms.filter(|terms| terms.ai_use == ai_use).map(|terms| terms.value);
    clauses.chain(by_id).max().unwrap_or_default()
}
