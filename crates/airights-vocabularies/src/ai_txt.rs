//! Spawning's `ai.txt`: whether data sets for training may be made of the files of a site, by the kind of file.
//!
//! It is written as the generator of Spawning writes it, like a `robots.txt`; there is no specification beyond it.

use airights::UseValue;
use airights::declaration::AiTerms;
use airights_text::signals::ai_txt;

use super::Unreadable;
use super::gathered::Gathered;

/// The file, with what the vocabulary keeps of the terms.
pub(super) fn write(kept: &AiTerms) -> String {
    let is_allowed = kept.uses.values().all(|said| said.value == UseValue::Allowed);
    if is_allowed {
        "# Spawning AI\n\nUser-Agent: *\nAllow: /\nAllow: *\n".to_owned()
    } else {
        "# Spawning AI\n# Prevent datasets from using the following file types\n\n\
         User-Agent: *\nDisallow: /\nDisallow: *\n"
            .to_owned()
    }
}

/// Reads a file that says it is Spawning's; there are many others of the name.
///
/// # Errors
///
/// If it does not say so.
pub(super) fn read(text: &str) -> Result<Gathered, Unreadable> {
    if ai_txt::spawning_at(text).is_none() {
        return Err(Unreadable::because(
            "it does not name Spawning, whose format of `ai.txt` is read",
        ));
    }
    Ok(ai_txt::signal(text).into_iter().collect())
}
