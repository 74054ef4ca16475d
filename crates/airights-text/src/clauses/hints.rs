//! A quick look for any word a clause needs, so that ordinary texts cost nothing more.

use std::sync::LazyLock;

/// Whether a text has any word a clause needs.
pub(crate) fn may_speak_of_ai(text: &str) -> bool {
    let bytes = text.as_bytes();
    let hints = &*HINTS;
    let mut opens_word = true;
    for (at, &byte) in bytes.iter().enumerate() {
        let is_letter = byte.is_ascii_alphanumeric();
        let may_be_hint = (opens_word && is_letter || byte >= 0xc0) && hints.pairs[pair(&bytes[at..])];
        if may_be_hint && hints.has(&bytes[at..]) {
            return true;
        }
        opens_word = !is_letter;
    }
    false
}

/// Words that hint at a clause. A blank stands for a line break and comment leaders, too.
const WORDS: &[&str] = &["agi", "ai", "ais", "ia", "ki", "ml", "rag"];

/// Beginnings of words that do.
const BEGINNINGS: &[&str] = &[
    "2019 790",
    "2019/790",
    "44b",
    "a.i.",
    "acceptable use",
    "addestr",
    "agree not",
    "annual rev",
    "antrenare",
    "apprentissage",
    "aprend",
    "artif",
    "as a prompt",
    "as input",
    "as prompt",
    "behavioral",
    "chatbot",
    "chatgpt",
    "commercial purpose",
    "commercial use is",
    "commercially",
    "content-",
    "copilot",
    "corp",
    "data mining",
    "data set",
    "dataset",
    "datens",
    "deep learning",
    "deep-learning",
    "deployment of",
    "derived tech",
    "diffusion",
    "distil",
    "embedding",
    "entra",
    "entren",
    "fine tun",
    "fine-tun",
    "finetun",
    "fins non comm",
    "for any commercial mil",
    "for any commercial, mil",
    "for any military",
    "for research purposes",
    "fouille",
    "foundation",
    "gen-ai",
    "genai",
    "generative",
    "getraind",
    "gpt",
    "grands mod",
    "index",
    "inteligencia",
    "inteligência",
    "intelligence art",
    "intelligenza",
    "into any system",
    "ki-",
    "context source",
    "knowledge base",
    "knowledge source",
    "kunst",
    "künstlich",
    "language",
    "large language",
    "large mod",
    "large multi",
    "llm",
    "machine",
    "maschinell",
    "military or",
    "military purpose",
    "miner",
    "modelos de l",
    "monthly active",
    "neural",
    "no-ai",
    "noai",
    "non ai",
    "non commercial",
    "non production",
    "non-ai",
    "non-commercial",
    "non-production",
    "open rail",
    "openrail",
    "output",
    "pre-train",
    "pretrain",
    "prohibited use",
    "prompting",
    "rail",
    "re-train",
    "related activit",
    "research purposes",
    "responsible ai",
    "restrictions set forth in att",
    "retrain",
    "retrieval",
    "rsl",
    "sample data",
    "scrap",
    "spawning",
    "spdx-license-identifier: licenseref",
    "sprachmodell",
    "szkoleni",
    "sztuczn",
    "tdm",
    "text and data",
    "text mining",
    "text und data",
    "text- und",
    "text-and-data",
    "text-mining",
    "train",
    "trein",
    "trenowani",
    "use based",
    "use of the model",
    "use restrictions",
    "use-based",
];

/// Words of other alphabets that do, wherever they stand.
const FOREIGN: &[&str] = &[
    "ИИ",
    "ии",
    "искусств",
    "нейр",
    "обуч",
    "データ",
    "人工智",
    "人工知能",
    "军事或非法",
    "危害国家",
    "学習",
    "學習",
    "微调",
    "机器学习",
    "模型",
    "訓練",
    "训练",
    "데이터",
    "머신",
    "인공지능",
    "학습",
    "훈련",
];

/// Hints by their first byte: this is asked at every word.
struct Hints {
    /// Whether any hint begins with these two bytes: most words are done with after this.
    pairs: Vec<bool>,
    words: Vec<Vec<&'static str>>,
    beginnings: Vec<Vec<&'static str>>,
    foreign: Vec<Vec<&'static str>>,
}

static HINTS: LazyLock<Hints> = LazyLock::new(|| {
    let by_first = |all: &[&'static str]| {
        let mut table = vec![Vec::new(); 256];
        for &hint in all {
            table[usize::from(hint.as_bytes()[0])].push(hint);
        }
        table
    };
    let mut pairs = vec![false; 1 << 16];
    for hint in WORDS.iter().chain(BEGINNINGS).chain(FOREIGN) {
        pairs[pair(hint.as_bytes())] = true;
    }
    Hints {
        pairs,
        words: by_first(WORDS),
        beginnings: by_first(BEGINNINGS),
        foreign: by_first(FOREIGN),
    }
});

/// The first two bytes of a hint or of what may be one, in lower case, as one number.
fn pair(bytes: &[u8]) -> usize {
    let second = bytes.get(1).copied().unwrap_or_default();
    usize::from(bytes[0].to_ascii_lowercase()) << 8 | usize::from(second.to_ascii_lowercase())
}

impl Hints {
    /// Whether the bytes start with a hint.
    fn has(&self, rest: &[u8]) -> bool {
        let first = usize::from(rest[0].to_ascii_lowercase());
        self.words[first].iter().any(|word| is_word(rest, word))
            || self.beginnings[first].iter().any(|start| starts_with(rest, start))
            || self.foreign[first].iter().any(|word| rest.starts_with(word.as_bytes()))
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
