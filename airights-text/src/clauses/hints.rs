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
                || starts(&[
                    "artif",
                    "a.i.",
                    "ais ",
                    "acceptable use",
                    "agree not",
                    "apprentissage",
                    "aprend",
                    "annual rev",
                ])
        }
        b'b' => starts(&["behavioral"]),
        b'c' => starts(&["content-", "chatgpt", "chatbot", "copilot", "corp"]),
        b'd' => starts(&[
            "dataset",
            "data set",
            "deep learning",
            "deep-learning",
            "data mining",
            "diffusion",
        ]),
        b'e' => starts(&["entren", "entra", "embedding"]),
        b'f' => starts(&["foundation", "fine-tun", "finetun", "fine tun"]),
        b'g' => starts(&["generative", "genai", "gen-ai", "gpt"]),
        b'i' => is_word(rest, "ia") || starts(&["intelligence art", "inteligencia", "inteligência"]),
        b'k' => is_word(rest, "ki") || starts(&["künstlich", "ki-"]),
        b'l' => starts(&["llm", "language", "large language"]),
        b'm' => is_word(rest, "ml") || starts(&["machine", "maschinell", "monthly active"]),
        b'n' => starts(&["neural", "noai", "non-ai", "no-ai"]),
        b'o' => starts(&["openrail", "output"]),
        b'p' => starts(&["pre-train", "pretrain", "prohibited use"]),
        b'r' => {
            is_word(rest, "rag")
                || starts(&[
                    "rail",
                    "retrieval",
                    "responsible ai",
                    "restrictions set forth in att",
                    "rsl",
                ])
        }
        b's' => starts(&[
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
        b'u' => starts(&["use-based", "use based", "use restrictions"]),
        _ => false,
    }
}

fn starts_with(bytes: &[u8], word: &str) -> bool {
    bytes
        .get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
}

fn is_word(bytes: &[u8], word: &str) -> bool {
    starts_with(bytes, word) && !bytes.get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
}

fn is_foreign_hint(bytes: &[u8]) -> bool {
    [
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
