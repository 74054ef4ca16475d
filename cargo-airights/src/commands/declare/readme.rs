//! The section of a README that says what is declared.

use std::path::PathBuf;

use airights::declaration::AiTerms;
use airights_cargo::workspace::Member;

use super::files::Files;
use super::marked::Marks;
use crate::commands::failure::Failure;
use crate::declaration::readme_section;

const MARKS: Marks = Marks {
    begin: "<!-- cargo-airights: what Cargo.toml declares; `cargo airights declare` keeps it in step -->\n",
    end: "<!-- cargo-airights: end -->\n",
};

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
    if !is_asked_for && !MARKS.are_in(&text) {
        return Ok(None);
    }
    let section = format!("\n{}\n", readme_section(&terms.uses));
    files.put(&path, Some(MARKS.put(&text, &section)))?;
    Ok(Some(path))
}
