//! `tdmrep.json`, the W3C community group's way to reserve text and data mining.

use airights_vocabularies::Vocabulary;

use super::{Place, SignalFile};

pub(crate) static SIGNAL: SignalFile = SignalFile {
    names: &[
        (Place::Root, &["TDMREP.JSON"]),
        (Place::In(".well-known"), &["TDMREP.JSON"]),
    ],
    vocabularies: &[Vocabulary::TdmRep],
    has_words: false,
    read: |text| Vocabulary::TdmRep.signals(text),
};
