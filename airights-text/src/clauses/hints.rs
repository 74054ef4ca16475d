//! A quick look for any word a clause needs, so that ordinary texts cost nothing more.

/// Whether a text has any word a clause needs.
pub(crate) fn may_speak_of_ai(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut opens_word = true;
    for (at, &byte) in bytes.iter().enumerate() {
        let is_letter = byte.is_ascii_alphanumeric();
        if (opens_word && is_letter && is_hint(&bytes[at..])) || (byte >= 0xc0 && is_foreign_hint(&bytes[at..])) {
            return true;
        }
        opens_word = !is_letter;
    }
    false
}

fn is_hint(rest: &[u8]) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| starts_with(rest, word));
    match rest[0] | 0x20 {
        b'a' => {
            is_word(rest, "ai")
                || is_word(rest, "ais")
                || starts(&[
                    "artif",
                    "a.i.",
                    "as input",
                    "as a prompt",
                    "as prompt",
                    "acceptable use",
                    "agree not",
                    "apprentissage",
                    "aprend",
                    "annual rev",
                ])
        }
        b'b' => starts(&["behavioral"]),
        b'c' => starts(&["content-", "chatgpt", "chatbot", "copilot", "corp"]),
        b'2' => starts(&["2019/790", "2019 790"]),
        b'4' => starts(&["44b"]),
        b'd' => starts(&[
            "dataset",
            "datens",
            "deployment of",
            "derived tech",
            "distil",
            "data set",
            "deep learning",
            "deep-learning",
            "data mining",
            "diffusion",
        ]),
        b'e' => starts(&["entren", "entra", "embedding"]),
        b'f' => starts(&["fouille", "foundation", "fine-tun", "finetun", "fine tun"]),
        b'g' => starts(&["generative", "genai", "gen-ai", "gpt"]),
        b'i' => {
            is_word(rest, "ia")
                || starts(&[
                    "index",
                    "into any system",
                    "intelligence art",
                    "inteligencia",
                    "inteligência",
                ])
        }
        b'k' => is_word(rest, "ki") || starts(&["knowledge source", "künstlich", "ki-"]),
        b'l' => starts(&["llm", "language", "large language"]),
        b'm' => is_word(rest, "ml") || starts(&["machine", "maschinell", "miner", "monthly active"]),
        b'n' => starts(&[
            "neural",
            "noai",
            "non-ai",
            "non ai",
            "non-commercial",
            "non commercial",
            "non-production",
            "non production",
            "no-ai",
        ]),
        b'o' => starts(&["openrail", "output"]),
        b'p' => starts(&["pre-train", "pretrain", "prohibited use"]),
        b'r' => {
            is_word(rest, "rag")
                || starts(&[
                    "rail",
                    "related activit",
                    "retrieval",
                    "responsible ai",
                    "restrictions set forth in att",
                    "rsl",
                ])
        }
        b's' => starts(&[
            "sample data",
            "scrap",
            "spdx-license-identifier: licenseref",
            "spawning",
            "sprachmodell",
        ]),
        b't' => starts(&[
            "train",
            "text and data",
            "text-and-data",
            "text und data",
            "tdm",
            "trein",
        ]),
        b'u' => starts(&["use-based", "use based", "use restrictions", "use of the model"]),
        _ => false,
    }
}

/// Whether the bytes start with a word in any case. A blank in it stands for a line break and comment leaders, too.
fn starts_with(bytes: &[u8], word: &str) -> bool {
    let mut rest = bytes;
    for &letter in word.as_bytes() {
        let Some((first, after)) = rest.split_first() else {
            return false;
        };
        if letter == b' ' && first.is_ascii_whitespace() {
            let dress = |byte: &u8| byte.is_ascii_whitespace() || b"#/*>".contains(byte);
            let length = rest.iter().position(|byte| !dress(byte)).unwrap_or(rest.len());
            rest = &rest[length..];
        } else if first.eq_ignore_ascii_case(&letter) {
            rest = after;
        } else {
            return false;
        }
    }
    true
}

fn is_word(bytes: &[u8], word: &str) -> bool {
    starts_with(bytes, word) && !bytes.get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
}

fn is_foreign_hint(bytes: &[u8]) -> bool {
    [
        "ии",
        "ИИ",
        "學習",
        "머신",
        "微调",
        "훈련",
        "训练",
        "訓練",
        "人工智",
        "人工知能",
        "学習",
        "机器学习",
        "模型",
        "인공지능",
        "학습",
        "обуч",
        "искусств",
        "нейр",
    ]
    .iter()
    .any(|word| bytes.starts_with(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_found_across_lines() {
        assert!(may_speak_of_ai("as a knowledge\n#  source"));
        assert!(may_speak_of_ai("the Acceptable\r\n   Use Policy"));
        assert!(!may_speak_of_ai("acceptable, use"));
        assert!(!may_speak_of_ai("said, trail, aim, airy"));
    }
}
