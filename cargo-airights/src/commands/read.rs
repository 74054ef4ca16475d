//! `cargo airights read`: what the reader makes of files, outside any project: each is read as its name would have it
//! read in a package.

use std::path::Path;

use airights_facts::{ReadAs, read_by_name};
use airights_report::format::Document;
use airights_report::reading::ReadText;
use airights_store::most;

use super::failure::Failure;
use crate::Exit;
use crate::cli::ReadArgs;
use crate::console::Console;

pub(super) fn run(args: &ReadArgs, console: &Console) -> Result<Exit, Failure> {
    let texts = args
        .files
        .iter()
        .map(|path| read_text(path))
        .collect::<Result<Vec<_>, _>>()?;
    console.document(args.format, &Document::Texts(&texts))?;
    Ok(Exit::Clean)
}

fn read_text(path: &Path) -> Result<ReadText, Failure> {
    let name = path.display().to_string();
    let bytes = airights_store::read(path, most::METADATA)
        .map_err(|error| Failure::new(format!("failed to read `{name}`"), None).because(error))?;
    let text = airights_text::decode(&bytes).ok_or_else(|| Failure::new(format!("`{name}` is not text"), None))?;
    let read = read_by_name(path, &text);
    let (read_as, reading) =
        read.map_err(|reason| Failure::new(format!("`{name}` cannot be read"), None).because_of(reason))?;
    Ok(ReadText {
        path: name,
        text: text.into_owned(),
        is_license: read_as != ReadAs::Notice,
        reading,
    })
}
