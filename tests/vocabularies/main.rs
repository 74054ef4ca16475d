//! AI terms in other vocabularies: what is lost on the way and back, and what everybody else makes of the texts.

mod any_terms;
mod foreign_texts;
mod goldens;
mod our_readers;
mod page;
mod round_trip;
