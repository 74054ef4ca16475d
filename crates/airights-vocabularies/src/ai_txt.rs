//! Spawning's `ai.txt`: whether data sets for training may be made of the files of a site, by the kind of file.
//!
//! It is written as the generator of Spawning writes it, like a `robots.txt`; there is no specification beyond it.

use airights::declaration::{AiTerms, Said};
use airights::{AiUse, UseValue};

use super::gathered::Gathered;
use super::{Unreadable, robots};

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
pub(super) fn read(text: &str) -> Result<AiTerms, Unreadable> {
    let is_of_spawning =
        |line: &str| line.trim_start().starts_with('#') && line.to_ascii_lowercase().contains("spawning");
    if !text.lines().any(is_of_spawning) {
        return Err(Unreadable::because(
            "it does not name Spawning, whose format of `ai.txt` is read",
        ));
    }
    let mut gathered = Gathered::default();
    for line in robots::lines(text) {
        let value = match line.value {
            "" => continue,
            _ if line.is("disallow") => UseValue::Disallowed,
            _ if line.is("allow") => UseValue::Allowed,
            _ => continue,
        };
        let is_whole = line.is_for_all && robots::is_everything(line.value);
        gathered.says(AiUse::TrainAi, Said::new(value, &[]), is_whole);
    }
    Ok(gathered.terms)
}
