//! The characters that HTML's entities stand for.

use super::With;

/// Longest name of an entity, with its sign and semicolon.
const LONGEST: usize = 12;

/// The entity at the very start of `rest`, as what it stands for and its length; `None` where there is none we know.
pub(super) fn entity(rest: &str) -> Option<(With, usize)> {
    let window = rest.as_bytes().get(1..rest.len().min(LONGEST))?;
    let length = window.iter().position(|&byte| byte == b';')?;
    let name = rest.get(1..=length)?;
    let with = match name.strip_prefix('#') {
        Some(number) => With::Letter(numbered(number)?),
        None => named(name)?,
    };
    Some((with, length + 2))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    // What is decoded must not become markup anew.
    Some(match letter {
        '<' => '‹',
        '>' => '›',
        control if control.is_control() && !control.is_whitespace() => ' ',
        other => other,
    })
}

fn named(name: &str) -> Option<With> {
    if let Some((_, letter)) = NAMES.iter().find(|(other, _)| *other == name) {
        return Some(With::Letter(*letter));
    }
    accented(name).map(With::Letter)
}

const NAMES: &[(&str, char)] = &[
    ("quot", '"'),
    ("amp", '&'),
    ("lt", '‹'),
    ("gt", '›'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("para", '¶'),
    ("middot", '·'),
    ("bull", '•'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("minus", '−'),
    ("hyphen", '-'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("shy", '\u{ad}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("deg", '°'),
    ("times", '×'),
    ("szlig", 'ß'),
    ("aelig", 'æ'),
    ("AElig", 'Æ'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
    ("eth", 'ð'),
    ("ETH", 'Ð'),
    ("thorn", 'þ'),
    ("THORN", 'Þ'),
    ("aring", 'å'),
    ("Aring", 'Å'),
    ("oslash", 'ø'),
    ("Oslash", 'Ø'),
    ("ccedil", 'ç'),
    ("Ccedil", 'Ç'),
    ("lowbar", '_'),
    ("sol", '/'),
    ("num", '#'),
    ("period", '.'),
    ("comma", ','),
    ("colon", ':'),
    ("semi", ';'),
    ("lpar", '('),
    ("rpar", ')'),
    ("NewLine", '\n'),
    ("Tab", '\t'),
];

/// Names such as `eacute`: a letter and its accent.
fn accented(name: &str) -> Option<char> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = match &name[1..] {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "caron" => '\u{30c}',
        "cedil" => '\u{327}',
        "ogon" => '\u{328}',
        _ => return None,
    };
    super::letters::composed(letter, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_stand_for_characters() {
        for (text, expected) in [
            ("&eacute;", Some('é')),
            ("&#65;", Some('A')),
            ("&#x41; rest", Some('A')),
            ("&nbsp;", Some(' ')),
            ("&lt;", Some('‹')),
            ("&#60;", Some('‹')),
            ("&#0;", Some(' ')),
            ("&#xd800;", Some('\u{fffd}')),
            ("&T;", None),
            ("& so on;", None),
            ("&", None),
        ] {
            let found = entity(text).and_then(|(with, _)| match with {
                With::Letter(letter) => Some(letter),
                With::Nothing | With::Words(_) => None,
            });
            assert_eq!(found, expected, "{text}");
        }
    }
}
