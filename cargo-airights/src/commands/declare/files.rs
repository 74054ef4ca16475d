//! Files as they are to be, before any of them is written. Texts are handed out with `\n` at the end of each line; a file
//! that has `\r\n` keeps it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use airights_store::{Edit, with_ends_of};

use crate::commands::failure::Failure;
use crate::commands::hold::text_of;

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

    /// Those that change.
    pub(super) fn changed(&self) -> Vec<Edit<'_>> {
        let changed = self.drafts.iter().filter(|(_, draft)| draft.before != draft.after);
        let edits = changed.map(|(path, draft)| Edit {
            path,
            before: draft.before.as_deref(),
            after: draft.after.as_deref(),
        });
        edits.collect()
    }

    fn draft(&mut self, path: &Path) -> Result<&mut Draft, Failure> {
        if !self.drafts.contains_key(path) {
            let before = text_of(path)?;
            let after = before.clone();
            self.drafts.insert(path.to_owned(), Draft { before, after });
        }
        Ok(self.drafts.get_mut(path).expect("it was put there just now"))
    }
}
