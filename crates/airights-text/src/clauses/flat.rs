//! Texts flattened to one line in lower case, and phrases in them.

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

/// Where a phrase stands between word boundaries; `~` at its end stands for any ending of its last word.
pub(super) fn find(flat: &str, phrase: &str) -> Option<usize> {
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
