//! A text in each of the vocabularies that AI terms are exported to. What is read, as far as the vocabulary has words for
//! it, is written and read the same.

#![no_main]

use airights_vocabularies::{Subject, Vocabulary};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for &vocabulary in Vocabulary::ALL {
        if let Ok(terms) = vocabulary.read(text) {
            let translation = vocabulary.write(&terms, &Subject::default());
            assert_eq!(vocabulary.read(&translation.text), Ok(vocabulary.kept(&terms)));
        }
    }
});
