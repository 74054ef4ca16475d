//! A crate in the place of another, with the evidence for it, as programs read it.

use airights::suggest::{Ground, GroundSource, Substitute};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct WireSubstitute<'a> {
    replaces: &'a str,
    name: &'a str,
    version: Option<String>,
    grounds: Vec<WireGround<'a>>,
    rust_version: Option<&'a str>,
    published: Option<&'a str>,
    downloads: Option<u64>,
    unmaintained: Option<&'a str>,
}

#[derive(Serialize)]
struct WireGround<'a> {
    sentence: &'a str,
    #[serde(flatten)]
    source: WireSource<'a>,
}

#[derive(Serialize)]
#[serde(tag = "source", rename_all = "lowercase")]
enum WireSource<'a> {
    Reviewed { relation: &'a str, url: &'a str },
    Mined { crates: usize, examples: &'a [String] },
    Likeness { words: &'a [String], dependents: usize },
}

impl<'a> From<&'a Substitute> for WireSubstitute<'a> {
    fn from(substitute: &'a Substitute) -> Self {
        Self {
            replaces: &substitute.replaces,
            name: &substitute.name,
            version: substitute.version.as_ref().map(ToString::to_string),
            grounds: substitute.grounds.iter().map(WireGround::from).collect(),
            rust_version: substitute.rust_version.as_deref(),
            published: substitute.published.as_deref(),
            downloads: substitute.downloads,
            unmaintained: substitute.unmaintained.as_deref(),
        }
    }
}

impl<'a> From<&'a Ground> for WireGround<'a> {
    fn from(ground: &'a Ground) -> Self {
        let source = match &ground.source {
            GroundSource::Reviewed { relation, url } => WireSource::Reviewed { relation, url },
            GroundSource::Mined { crates, examples } => WireSource::Mined {
                crates: *crates,
                examples,
            },
            GroundSource::Likeness { words, dependents } => WireSource::Likeness {
                words,
                dependents: *dependents,
            },
        };
        Self {
            sentence: &ground.sentence,
            source,
        }
    }
}
