//! A quick look for any word a clause needs, so that ordinary texts cost nothing more.

use std::sync::LazyLock;

use super::lexicon::{Class, phrases};

/// Where a text has words that a clause needs: bytes, in order.
pub(super) fn hints(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let hints = &*HINTS;
    let mut found = Vec::new();
    let mut opens_word = true;
    for (at, &byte) in bytes.iter().enumerate() {
        let is_letter = byte.is_ascii_alphanumeric();
        if (opens_word && is_letter || byte >= 0xc0) && hints.has(&bytes[at..]) {
            found.push(at);
        }
        opens_word = !is_letter;
    }
    found
}

/// Words that hint at a clause. A blank stands for a line break and comment leaders, too.
const WORDS: &[&str] = &["agi", "ai", "ais", "ia", "ki", "ml", "rag"];

/// Beginnings of words that do.
const BEGINNINGS: &[&str] = &[
    "2019 790",
    "2019/790",
    "44b",
    "a.i.",
    "academic",
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
    "commercial product",
    "commercial purpose",
    "commercial use is",
    "commercially",
    "content-",
    "context source",
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
    "educat",
    "educational",
    "embedding",
    "entra",
    "entren",
    "evaluation purpose",
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
    "internal purpose",
    "internal use",
    "into any system",
    "ki-",
    "knowledge base",
    "knowledge source",
    "kunst",
    "künstlich",
    "language",
    "large language",
    "large mod",
    "large multi",
    "learn",
    "llm",
    "machine",
    "maschinell",
    "military or",
    "military purpose",
    "miner",
    "model",
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
    "only individuals",
    "only natural",
    "open rail",
    "openrail",
    "output",
    "personal purpose",
    "personal use",
    "post train",
    "post-train",
    "posttrain",
    "pre-train",
    "pretrain",
    "private purpose",
    "prohibited use",
    "prompting",
    "purposes only",
    "rail",
    "re-train",
    "reinforcement",
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
    "teach",
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
    "use only",
    "use restrictions",
    "use-based",
    "weights",
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

/// One word that hints at a clause.
enum Hint {
    Word(&'static str),
    Beginning(&'static str),
    Foreign(&'static str),
}

/// Hints by their first two bytes: this is asked at every word, and most words are done with after a look at two letters.
struct Hints {
    /// A bit for each opening of three letters that any hint has: small enough to stay where it is quick to look up.
    openings: Vec<u64>,
    /// For each pair of bytes, the number of its bucket; the first bucket is empty.
    bucket: Vec<u16>,
    /// The hints of each bucket, with their third byte where they have one.
    buckets: Vec<Vec<(Option<u8>, Hint)>>,
}

static HINTS: LazyLock<Hints> = LazyLock::new(|| {
    let mut hints = Hints {
        openings: vec![0; 1 << 9],
        bucket: vec![0; 1 << 16],
        buckets: vec![Vec::new()],
    };
    let classes = [
        Class::Learner,
        Class::Training,
        Class::TrainingSet,
        Class::Field,
        Class::Commerce,
    ];
    let named = classes.into_iter().flat_map(phrases);
    let named = named.map(|phrase| phrase.strip_suffix('~').map_or(Hint::Word(phrase), Hint::Beginning));
    named
        .chain(WORDS.iter().map(|word| Hint::Word(word)))
        .chain(BEGINNINGS.iter().map(|start| Hint::Beginning(start)))
        .chain(FOREIGN.iter().map(|word| Hint::Foreign(word)))
        .for_each(|hint| hints.add(hint));
    hints
});

/// The first two bytes of a hint or of what may be one, in lower case, as one number.
fn pair(bytes: &[u8]) -> usize {
    let second = bytes.get(1).copied().unwrap_or_default();
    usize::from(bytes[0].to_ascii_lowercase()) << 8 | usize::from(second.to_ascii_lowercase())
}

/// The first three bytes as one number, alike for both cases of a letter.
fn opening(bytes: &[u8]) -> usize {
    let letter = |place: usize| usize::from(bytes.get(place).copied().unwrap_or_default() & 31);
    letter(0) << 10 | letter(1) << 5 | letter(2)
}

impl Hints {
    fn add(&mut self, hint: Hint) {
        let (Hint::Word(letters) | Hint::Beginning(letters) | Hint::Foreign(letters)) = hint;
        // A blank of a hint, and what follows a word, may be any of several bytes.
        let at = |place: usize| -> Vec<u8> {
            let of = letters
                .as_bytes()
                .get(place)
                .filter(|of| of.is_ascii_alphanumeric() || !of.is_ascii());
            of.map_or_else(|| (0..32).collect(), |&of| vec![of])
        };
        for second in at(1) {
            for third in at(2) {
                let opening = opening(&[letters.as_bytes()[0], second, third]);
                self.openings[opening / 64] |= 1 << (opening % 64);
            }
        }
        let bucket = &mut self.bucket[pair(letters.as_bytes())];
        if *bucket == 0 {
            *bucket = u16::try_from(self.buckets.len()).unwrap_or_default();
            self.buckets.push(Vec::new());
        }
        let third = letters.as_bytes().get(2).copied().filter(u8::is_ascii_lowercase);
        self.buckets[usize::from(*bucket)].push((third, hint));
    }

    /// Whether the bytes start with a hint.
    fn has(&self, rest: &[u8]) -> bool {
        let opening = opening(rest);
        if self.openings[opening / 64] >> (opening % 64) & 1 == 0 {
            return false;
        }
        let bucket = usize::from(self.bucket[pair(rest)]);
        let third = rest.get(2).map(u8::to_ascii_lowercase);
        let may_be = |of: Option<u8>| of.is_none() || of == third;
        let is_here = |hint: &Hint| match hint {
            Hint::Word(word) => is_word(rest, word),
            Hint::Beginning(start) => starts_with(rest, start),
            Hint::Foreign(word) => rest.starts_with(word.as_bytes()),
        };
        self.buckets[bucket]
            .iter()
            .any(|(of, hint)| may_be(*of) && is_here(hint))
    }
}

/// Whether the bytes start with a word in any case. A blank in it stands for a line break and comment leaders, too.
fn starts_with(bytes: &[u8], word: &str) -> bool {
    let mut rest = bytes;
    for &letter in word.as_bytes() {
        let Some((first, after)) = rest.split_first() else {
            return false;
        };
        if letter == b' ' && (first.is_ascii_whitespace() || *first == b'-') {
            let dress = |byte: &u8| byte.is_ascii_whitespace() || b"#/*>-".contains(byte);
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
        assert_eq!(hints("as a knowledge\n#  source"), [5]);
        assert_eq!(hints("the Acceptable\r\n   Use Policy"), [4]);
        assert!(hints("acceptable, use").is_empty());
        assert!(hints("said, trail, aim, airy").is_empty());
    }
}
