//! Cuts sentences into words and segments.

/// Of the words that begin a new segment those that limit what was said before.
pub(super) const LIMITING_SPLITS: &[&str] = &["except", "excluding", "provided"];

/// Words that begin a new segment.
const SPLITS: &[&str] = &[
    "but",
    "however",
    "except",
    "provided",
    "although",
    "though",
    "whereas",
    "excluding",
    "aber",
    "mais",
    "pero",
    "mas",
];

/// The words of a sentence in lower case and without accents, the segment of each, and whether it stands right after a
/// colon. The words of an address are no words of the sentence.
pub(crate) fn cut(sentence: &str) -> (Vec<String>, Vec<usize>, Vec<bool>) {
    let mut words: Vec<String> = Vec::new();
    let mut segments = Vec::new();
    let mut after_colon = Vec::new();
    let (mut segment, mut colon) = (0, false);
    let mut letters = sentence.chars().peekable();
    let mut word = String::new();
    loop {
        let letter = letters.next();
        if letter == Some(':') && is_scheme(&word) {
            let is_address = |letter: &char| !letter.is_whitespace() && !matches!(letter, ')' | '>' | '"' | ']');
            while letters.next_if(is_address).is_some() {}
            word.clear();
        }
        let is_inner = match letter {
            // "don't" is one word, "l'utilisation" two.
            Some('\'' | '’') => word.len() > 2 && letters.peek().is_some_and(|next| next.is_alphanumeric()),
            // "A.I." is one word.
            Some('.') => word.chars().count() == 1 && letters.peek().is_some_and(|next| next.is_alphabetic()),
            Some(letter) => letter.is_alphanumeric() && !stands_alone(letter),
            None => false,
        };
        if is_inner {
            match letter {
                Some('’' | '\'') => word.push('\''),
                Some('.') | None => {}
                Some(letter) => word.extend(letter.to_lowercase().flat_map(fold)),
            }
            continue;
        }
        if !word.is_empty() {
            let plain = word.strip_suffix("'s").unwrap_or(&word).to_owned();
            word.clear();
            segment += usize::from(SPLITS.contains(&plain.as_str()) && !words.is_empty());
            words.push(plain);
            segments.push(segment);
            after_colon.push(std::mem::take(&mut colon));
        }
        match letter {
            None => return (words, segments, after_colon),
            Some(letter) if stands_alone(letter) => {
                words.push(letter.to_string());
                segments.push(segment);
                after_colon.push(std::mem::take(&mut colon));
            }
            Some(':' | '：') => {
                segment += usize::from(!words.is_empty());
                colon = true;
            }
            Some(';' | '—' | '；') => segment += usize::from(!words.is_empty()),
            Some(_) => {}
        }
    }
}

fn is_scheme(word: &str) -> bool {
    matches!(word, "http" | "https")
}

/// A Latin letter without its accent: writers leave accents out, and a table can hold but one spelling.
pub(crate) fn fold(letter: char) -> impl Iterator<Item = char> {
    const FOLDED: &[(&str, &str)] = &[
        ("àáâãäåā", "a"),
        ("çćč", "c"),
        ("èéêëēę", "e"),
        ("ìíîïī", "i"),
        ("ñń", "n"),
        ("òóôõöøō", "o"),
        ("ùúûüū", "u"),
        ("ýÿ", "y"),
        ("ß", "ss"),
        ("æ", "ae"),
        ("œ", "oe"),
        ("ł", "l"),
        ("śš", "s"),
        ("źżž", "z"),
    ];
    // Combining marks, where a letter and its accent are written apart.
    let is_mark = matches!(letter, '\u{300}'..='\u{36f}');
    let folded = (!letter.is_ascii())
        .then(|| FOLDED.iter().find(|(from, _)| from.contains(letter)))
        .flatten();
    let plain = folded.map_or("", |(_, to)| to);
    plain.chars().chain((folded.is_none() && !is_mark).then_some(letter))
}

/// Scripts without blanks between words: each letter is a word.
pub(crate) fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}
