//! `robots.txt`: its lines about AI are signals in any text, so that it takes no reader of its own.

use airights_vocabularies::Vocabulary;

use super::{Place, SignalFile};

pub(crate) static SIGNAL: SignalFile = SignalFile {
    names: &[(Place::Root, &["ROBOTS.TXT"])],
    vocabularies: &[Vocabulary::CcSignals, Vocabulary::ContentSignals],
    has_words: true,
    read: |_| Ok(Vec::new()),
};
