//! Files as they are to be, before any of them is written. Texts are handed out with `\n` at the end of each line; a file
//! that has `\r\n` keeps it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use airights_store::with_ends_of;

use crate::commands::failure::Failure;

/// Files that were looked at, with what is to stand in them.
#[derive(Debug, Default)]
pub(super) struct Files {
    drafts: BTreeMap<PathBuf, Draft>,
}

#[derive(Debug)]
struct Draft {
    before: Option<String>,
    after: Option<String>,
}

impl Files {
    /// What is to stand in a file; `None` where there is none.
    pub(super) fn text(&mut self, path: &Path) -> Result<Option<String>, Failure> {
        let text = self.draft(path)?.after.as_deref();
        Ok(text.map(|text| text.replace("\r\n", "\n")))
    }

    /// Has this stand in a file; `None`: has it go.
    pub(super) fn put(&mut self, path: &Path, text: Option<String>) -> Result<(), Failure> {
        let draft = self.draft(path)?;
        draft.after = text.map(|text| with_ends_of(draft.before.as_deref(), &text));
        Ok(())
    }

    /// Those that change, with what is to stand in them.
    pub(super) fn changed(&self) -> Vec<(&Path, Option<&str>)> {
        let changed = self.drafts.iter().filter(|(_, draft)| draft.before != draft.after);
        changed
            .map(|(path, draft)| (path.as_path(), draft.after.as_deref()))
            .collect()
    }

    fn draft(&mut self, path: &Path) -> Result<&mut Draft, Failure> {
        if !self.drafts.contains_key(path) {
            let before = match fs::read_to_string(path) {
                Ok(text) => Some(text),
                Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
                Err(error) => {
                    return Err(Failure::new(format!("cannot read `{}`", path.display()), None).because(error));
                }
            };
            let after = before.clone();
            self.drafts.insert(path.to_owned(), Draft { before, after });
        }
        Ok(self.drafts.get_mut(path).expect("it was put there just now"))
    }
}
