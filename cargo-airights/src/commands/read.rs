//! `cargo airights read`: what the licence reader makes of texts, outside any project.

use std::path::Path;

use super::failure::Failure;
use crate::Exit;
use crate::cli::{ReadArgs, ReadFormat};
use crate::console::Console;
use crate::render::reading::{self, ReadText};

pub(super) fn run(args: &ReadArgs, console: &Console) -> Result<Exit, Failure> {
    let texts = args
        .files
        .iter()
        .map(|path| read_text(path))
        .collect::<Result<Vec<_>, _>>()?;
    console.write(|out, terminal| match args.format {
        ReadFormat::Human => reading::write_human(&texts, terminal, out),
        ReadFormat::Json => reading::write_json(&texts, out),
    })?;
    Ok(Exit::Clean)
}

fn read_text(path: &Path) -> Result<ReadText, Failure> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Failure::new(format!("failed to read `{name}`: {error}"), None))?;
    let text = airights_text::decode(&bytes).ok_or_else(|| Failure::new(format!("`{name}` is not text"), None))?;
    let reading = airights_text::read(&text);
    Ok(ReadText {
        path: name,
        text: text.into_owned(),
        reading,
    })
}
