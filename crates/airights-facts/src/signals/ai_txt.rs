//! `ai.txt`, as Spawning defined it.

use airights_text::UseValue;
use airights_text::signals::{Signal, ai_txt};
use airights_vocabularies::Vocabulary;

use super::{Place, SignalFile};

pub(crate) static SIGNAL: SignalFile = SignalFile {
    names: &[(Place::Root, &["AI.TXT"]), (Place::In(".well-known"), &["AI.TXT"])],
    vocabularies: &[Vocabulary::AiTxt],
    has_words: true,
    read: |text| Ok(refusal(text).into_iter().collect()),
};

/// Only what it refuses: a permission in it is one for data sets, and training is more than that.
fn refusal(text: &str) -> Option<Signal> {
    ai_txt::signal(text).filter(|signal| signal.said.value != UseValue::Allowed)
}

#[cfg(test)]
mod tests {
    use super::super::tests::refused_with_lines;
    use super::*;

    #[test]
    fn it_refuses_whosever_it_is_and_permits_nothing() {
        assert_eq!(
            refused_with_lines(&SIGNAL, "user-agent: *\ndisallow: *.rs # code\n"),
            "2:train-ai"
        );
        assert_eq!(
            refused_with_lines(&SIGNAL, "# Spawning AI\nUser-Agent: *\nAllow: /\n"),
            ""
        );
    }
}
