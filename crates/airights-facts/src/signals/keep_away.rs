//! A file that says by its presence that AI shall keep away, as `.noai` does.

use super::{EVERY_USE, Place, SignalFile, refusals};

pub(crate) static SIGNAL: SignalFile = SignalFile {
    names: &[
        (Place::Root, &[".NOAI", ".NO-AI"]),
        (Place::In(".github"), &["AI-OPT-OUT*", ".NOAI"]),
    ],
    vocabularies: &[],
    has_words: true,
    read: |_| Ok(refusals(EVERY_USE, &(0..0))),
};

#[cfg(test)]
mod tests {
    use super::super::tests::refused_with_lines;
    use super::*;

    #[test]
    fn an_empty_file_may_say_it_all() {
        assert_eq!(refused_with_lines(&SIGNAL, ""), "0:train-ai 0:ai-input");
    }
}
