//! The words clauses are made of.

/// Whether a text has any word a clause needs; cheap, so that ordinary texts cost nothing more.
pub(crate) fn may_speak_of_ai(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let opens_word = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
        if opens_word {
            let hit = match rest[0] | 0x20 {
                b'a' => {
                    starts(rest, b"artificial") || is_word(rest, b"ai") || starts(rest, b"ai-") || starts(rest, b"ais ")
                }
                b't' => starts(rest, b"train") || starts(rest, b"text and data") || starts(rest, b"tdm"),
                b'm' => {
                    starts(rest, b"machine learning")
                        || starts(rest, b"machine-learning")
                        || starts(rest, b"machine\nlearning")
                        || is_word(rest, b"ml")
                }
                b'l' => starts(rest, b"llm") || starts(rest, b"language model") || starts(rest, b"large language"),
                b'n' => starts(rest, b"neural") || starts(rest, b"noai") || starts(rest, b"non-ai"),
                b'd' => starts(rest, b"dataset") || starts(rest, b"deep learning"),
                b'g' => starts(rest, b"generative") || starts(rest, b"genai"),
                b'r' => starts(rest, b"rail") || starts(rest, b"retrieval") || starts(rest, b"responsible ai"),
                b'u' => starts(rest, b"use-based") || starts(rest, b"use based"),
                b'o' => starts(rest, b"openrail"),
                b'c' => starts(rest, b"content-usage") || starts(rest, b"content-signal"),
                b'f' => starts(rest, b"foundation model") || starts(rest, b"foundational"),
                _ => rest[0] >= 0x80 && is_foreign_hint(rest),
            };
            if hit {
                return true;
            }
        } else if rest[0] >= 0xe3 && is_foreign_hint(rest) {
            return true;
        }
        at += 1;
    }
    false
}

fn starts(bytes: &[u8], word: &[u8]) -> bool {
    bytes.len() >= word.len() && bytes[..word.len()].eq_ignore_ascii_case(word)
}

fn is_word(bytes: &[u8], word: &[u8]) -> bool {
    starts(bytes, word) && !bytes.get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
}

fn is_foreign_hint(bytes: &[u8]) -> bool {
    [
        "训练",
        "訓練",
        "人工智能",
        "人工知能",
        "機械学習",
        "机器学习",
        "인공지능",
        "학습",
        "обучени",
        "искусственн",
    ]
    .iter()
    .any(|word| bytes.starts_with(word.as_bytes()))
}

/// Texts in lower case with single blanks, so that phrases can be looked for across line breaks.
pub(crate) fn flatten(sentence: &str) -> String {
    let mut flat = String::with_capacity(sentence.len() + 2);
    flat.push(' ');
    for letter in sentence.chars() {
        let letter = match letter {
            '’' | '‘' | '`' => '\'',
            '“' | '”' | '*' | '_' | '#' | '>' => ' ',
            '‑' | '–' => '-',
            other => other,
        };
        if letter.is_whitespace() {
            if !flat.ends_with(' ') {
                flat.push(' ');
            }
        } else {
            flat.extend(letter.to_lowercase());
        }
    }
    if !flat.ends_with(' ') {
        flat.push(' ');
    }
    flat
}

/// Whether any of the phrases stands in the text between word boundaries; `~` at the end of a phrase stands for any
/// ending of its last word.
pub(crate) fn has_any(flat: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| find(flat, phrase).is_some())
}

/// Where a phrase begins, as [`has_any`] understands phrases.
pub(crate) fn find(flat: &str, phrase: &str) -> Option<usize> {
    let (phrase, open) = phrase.strip_suffix('~').map_or((phrase, false), |stem| (stem, true));
    flat.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        let before = flat[..at].chars().next_back();
        let after = flat[at + phrase.len()..].chars().next();
        !before.is_some_and(is_letter) && (open || !after.is_some_and(is_letter))
    })
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric()
}
