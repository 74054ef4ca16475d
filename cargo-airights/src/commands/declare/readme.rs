//! The section of a README that says what is declared, between two comments that mark it as ours.

use std::path::PathBuf;

use airights::declaration::AiTerms;

use super::files::Files;
use crate::commands::failure::Failure;
use crate::declaration::readme_section;
use crate::gather::workspace::Member;

const BEGIN: &str = "<!-- cargo-airights: what Cargo.toml declares; `cargo airights declare` keeps it in step -->\n";
const END: &str = "<!-- cargo-airights: end -->\n";

/// Writes the section, where it is asked for or there already. The file it stands in, where it does.
pub(super) fn write(
    files: &mut Files,
    member: &Member,
    terms: &AiTerms,
    is_asked_for: bool,
) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = member.readme.clone() else {
        let missing = Failure::new(
            format!("`{}` has no README to say it in", member.spec()),
            Some("write one, or leave out `--readme`".to_owned()),
        );
        return if is_asked_for { Err(missing) } else { Ok(None) };
    };
    let text = files.text(&path)?.unwrap_or_default();
    let ours = text.find(BEGIN).and_then(|begin| {
        let end = text[begin..].find(END)?;
        Some(begin..begin + end + END.len())
    });
    if ours.is_none() && !is_asked_for {
        return Ok(None);
    }
    let section = format!("{BEGIN}\n{}\n{END}", readme_section(&terms.uses));
    let written = match ours {
        Some(ours) => format!("{}{section}{}", &text[..ours.start], &text[ours.end..]),
        None => format!("{}\n\n{section}", text.trim_end()),
    };
    files.put(&path, Some(written.trim_start().to_owned()))?;
    Ok(Some(path))
}
