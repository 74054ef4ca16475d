//! Tells a license that is meant from one that is only mentioned.

use std::ops::Range;

use super::mentions::Mention;
use super::names::{Trust, is_license_word};
use super::tokens::{Kind, Token, key};

/// Drops the names that the words around them take back.
pub(super) fn drop_what_is_denied(tokens: &[Token], found: &mut Vec<Mention>) {
    found.retain(|mention| !is_denied(tokens, &sentence_around(tokens, &mention.tokens), &mention.tokens));
}

/// Drops only what is no name of a license here; one that is taken back, "formerly under the GPL", is told all the same.
pub(super) fn keep_what_is_told(text: &str, tokens: &[Token], found: &mut Vec<Mention>) {
    let kept: Vec<bool> = (0..found.len())
        .map(|number| is_named(text, tokens, found, number))
        .collect();
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(false));
}

/// Whether a name is that of a license here, and no everyday word.
fn is_named(text: &str, tokens: &[Token], found: &[Mention], number: usize) -> bool {
    let mention = &found[number];
    let sentence = sentence_around(tokens, &mention.tokens);
    if is_part_of_a_word(text, tokens, &mention.tokens) {
        return false;
    }
    if !mention.says_license && is_in_copyright_line(text, tokens, mention.tokens.start) {
        return false;
    }
    let stands_alone = stands_alone(tokens, &sentence, &mention.tokens);
    if mention.trust == Trust::Title {
        return stands_alone || is_put_under(tokens, &sentence, &mention.tokens);
    }
    if mention.trust == Trust::Sure || mention.is_address || mention.says_license {
        return true;
    }
    let is_led_to = mention.trust > Trust::Word || is_led_to(tokens, &sentence, &mention.tokens);
    if is_led_to && is_granted(tokens, &sentence, &mention.tokens)
        || stands_alone && (mention.trust > Trust::Word || tokens.len() < 8)
    {
        return true;
    }
    if heads_a_section(tokens, &mention.tokens) {
        return true;
    }
    if mention.trust == Trust::Loose {
        let name = &text[tokens[mention.tokens.start].start..tokens[mention.tokens.end - 1].end];
        let words = tokens[mention.tokens.clone()]
            .iter()
            .filter(|token| token.kind == Kind::Word && token.end - token.start > 1)
            .count();
        let is_gnu = ["GPL", "LGPL", "AGPL", "GFDL"].contains(&mention.family.as_str());
        // Shorthands of capitals are called nothing else where licenses are spoken of: "(MPL)".
        let is_shorthand = SHORTHANDS.contains(&name)
            && (tokens.len() < 40 || tokens[sentence.clone()].iter().any(speaks_of_licenses));
        return is_shorthand || is_gnu && (words > 1 || name.chars().all(char::is_uppercase)) || words > 2;
    }
    // "MIT/Apache-2.0", "BSD or MIT": what stands in a list of licenses is one.
    let near = |other: &Mention| {
        let gap = if other.tokens.start >= mention.tokens.end {
            mention.tokens.end..other.tokens.start
        } else {
            other.tokens.end..mention.tokens.start
        };
        let is_sure =
            other.trust > Trust::Word || sentence.len() < 24 && tokens[sentence.clone()].iter().any(is_license_word);
        is_sure
            && gap.start <= gap.end
            && gap.len() <= 2
            && tokens[gap].iter().any(is_joining)
            && other.licenses != mention.licenses
    };
    let neighbors = [number.checked_sub(1), Some(number + 1)];
    let is_listed = neighbors
        .into_iter()
        .flatten()
        .filter_map(|other| found.get(other))
        .any(near);
    is_listed && (sentence.len() < 24 || tokens[sentence].iter().any(speaks_of_licenses))
}

/// Whether a name is the first word below a heading of licenses: "## License", and below it "MIT, see the file …".
fn heads_a_section(tokens: &[Token], name: &Range<usize>) -> bool {
    let mut before = tokens[..name.start].iter().rev();
    let is_below = before.next().is_some_and(|token| token.kind == Kind::Paragraph);
    let is_heading = before
        .find(|token| !matches!(token.kind, Kind::Paragraph | Kind::Sign(_)))
        .is_some_and(|token| is_license_word(token) && token.opens_line);
    let goes_on = tokens.get(name.end).is_some_and(|next| {
        next.is_sign(b':') || next.kind == Kind::Word && !next.opens_line && !is_license_word(next)
    });
    is_below && is_heading && !goes_on
}

/// Names that are no words of their own, written in capitals.
const SHORTHANDS: &[&str] = &[
    "GPL", "LGPL", "AGPL", "GFDL", "MPL", "EPL", "CDDL", "CPL", "EUPL", "OFL", "LPPL", "BSD", "CC-BY", "CC BY",
    "CC-BY-SA", "CC BY-SA",
];

/// Whether a name is cut out of an identifier, or of a row of numbers: `BOOST_MPL_AUX`, `0xCC, 0x0F`.
fn is_part_of_a_word(text: &str, tokens: &[Token], name: &Range<usize>) -> bool {
    let (start, end) = (tokens[name.start].start, tokens[name.end - 1].end);
    let joins = |letter: Option<char>| matches!(letter, Some('_' | '$'));
    let letters = tokens[name.clone()]
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .map(|token| token.end - token.start)
        .sum::<usize>();
    let is_torn = letters <= 3
        && tokens[name.start + 1..name.end].iter().any(|token| {
            let before = text.as_bytes()[token.start - 1];
            token.kind == Kind::Number && !token.is_tight && !matches!(before, b'-' | b' ' | b'v' | b'V' | b'.' | b'_')
        });
    let is_of_a_number =
        text[..start].ends_with(|letter: char| letter.is_ascii_alphanumeric()) && tokens[name.start].is_tight;
    joins(text[..start].chars().next_back()) || joins(text[end..].chars().next()) || is_torn || is_of_a_number
}

/// Bytes before a name in which its line is looked for.
const LONGEST_LINE: usize = 400;

/// Whether a token stands in a line of copyright: who holds it may be called as a license is.
fn is_in_copyright_line(text: &str, tokens: &[Token], at: usize) -> bool {
    let from = text.floor_char_boundary(tokens[at].start.saturating_sub(LONGEST_LINE));
    let line = text[from..tokens[at].start]
        .rfind('\n')
        .map_or(from, |newline| from + newline + 1);
    let before = &text[line..tokens[at].start];
    let first = tokens[..at].iter().rev().take_while(|token| token.start >= line);
    first.clone().any(|token| {
        token.is_any(&[
            key("copyright"),
            key("copr"),
            key("author"),
            key("authors"),
            key("contributors"),
            key("maintainer"),
        ])
    }) || before.contains("(c)")
        || before.contains("(C)")
        || before.contains('©')
}

fn is_joining(token: &Token) -> bool {
    token.is_any(&[key("or"), key("and")]) || matches!(token.kind, Kind::Sign(b'/' | b',' | b'&' | b'|' | b'+'))
}

fn speaks_of_licenses(token: &Token) -> bool {
    is_license_word(token)
        || token.is_any(&[
            key("under"),
            key("terms"),
            key("dual"),
            key("copyright"),
            key("copyrighted"),
            key("license"),
        ])
}

/// The tokens of the sentence around these.
pub(super) fn sentence_around(tokens: &[Token], around: &Range<usize>) -> Range<usize> {
    let first = around.start.saturating_sub(LONGEST_SENTENCE);
    let last = tokens.len().min(around.end + LONGEST_SENTENCE);
    let start = tokens[first..around.start].iter().rposition(Token::ends_sentence);
    let end = tokens[around.end..last].iter().position(Token::ends_sentence);
    start.map_or(first, |at| first + at + 1)..end.map_or(last, |at| around.end + at)
}

/// Tokens of a sentence that are looked at on either side: what is longer is none.
const LONGEST_SENTENCE: usize = 400;

/// Words that put something under what follows.
const GRANTS: &[u64] = &[
    key("under"),
    key("terms"),
    key("license"),
    key("licensed"),
    key("licenses"),
    key("licence"),
    key("conditions"),
    key("license_expression"),
];

/// Whether something is put under a license here: "released under the MIT", "terms of the GPL", "license: ISC".
fn is_granted(tokens: &[Token], sentence: &Range<usize>, name: &Range<usize>) -> bool {
    let before = &tokens[sentence.start.max(name.start.saturating_sub(6))..name.start];
    let behind = &tokens[name.end..sentence.end.min(name.end + 2)];
    // "The rest is MIT."
    let is_said = before
        .last()
        .is_some_and(|token| token.is_any(&[key("is"), key("are")]))
        && name.end == sentence.end;
    is_said
        || before.iter().any(|token| token.is_any(GRANTS))
        || behind
            .iter()
            .any(|token| is_license_word(token) || token.is(key("licensed")))
}

/// Whether nothing but small words stands between a grant and a name that is an everyday word too: "licensed under the
/// Example", not "licensed for use with Example parts".
fn is_led_to(tokens: &[Token], sentence: &Range<usize>, name: &Range<usize>) -> bool {
    const SMALL: &[u64] = &[
        key("the"),
        key("a"),
        key("an"),
        key("of"),
        key("both"),
        key("either"),
        key("as"),
        key("is"),
        key("are"),
        key("be"),
        key("same"),
        key("standard"),
        key("permissive"),
        key("simple"),
        key("usual"),
        key("free"),
        key("new"),
        key("old"),
        key("open"),
        key("source"),
        key("version"),
        key("v"),
        key("this"),
        key("and"),
        key("or"),
    ];
    let before = &tokens[sentence.start.max(name.start.saturating_sub(6))..name.start];
    let is_small = |token: &&Token| match token.kind {
        Kind::Word => token.is_any(SMALL) || token.is_any(GRANTS),
        _ => true,
    };
    let lead: Vec<&Token> = before.iter().rev().take_while(is_small).collect();
    let behind = &tokens[name.end..sentence.end.min(name.end + 2)];
    lead.len() == before.len() || lead.iter().any(|token| token.is_any(GRANTS)) || behind.iter().any(speaks_of_licenses)
}

/// Whether something is put under exactly this: "under a commercial license", "is proprietary", "License: Proprietary".
fn is_put_under(tokens: &[Token], sentence: &Range<usize>, name: &Range<usize>) -> bool {
    let before = &tokens[sentence.start.max(name.start.saturating_sub(3))..name.start];
    let is_clause = before
        .iter()
        .any(|token| token.is_any(&[UNDER, key("is"), key("are"), key("license"), key("licensed")]));
    let takes_back = &[key("for"), NOT, key("no"), key("if"), key("when"), key("it")];
    is_clause && !before.iter().any(|token| token.is_any(takes_back))
}

/// Whether the name is all that stands in its line or its sentence, with a version or a bracket at most.
fn stands_alone(tokens: &[Token], sentence: &Range<usize>, name: &Range<usize>) -> bool {
    let opens =
        name.start == sentence.start || tokens[name.start].opens_line || tokens[name.start - 1].kind == Kind::Item;
    let ends = tokens[name.end..sentence.end]
        .iter()
        .find(|token| matches!(token.kind, Kind::Word | Kind::Number | Kind::Address));
    let is_whole_line = ends.is_none_or(|next| next.opens_line);
    opens && is_whole_line
}

/// Whether the words around say that it is not this license.
fn is_denied(tokens: &[Token], sentence: &Range<usize>, name: &Range<usize>) -> bool {
    let before = &tokens[sentence.start.max(name.start.saturating_sub(9))..name.start];
    let words: Vec<u64> = before
        .iter()
        .filter(|token| token.kind == Kind::Word && !token.is(key("the")))
        .map(|token| token.hash)
        .collect();
    let has = |phrase: &[u64]| words.windows(phrase.len()).any(|window| window == phrase);
    let near = |phrase: &[u64], far: usize| {
        let start = words.len().saturating_sub(phrase.len() + far);
        words[start..].windows(phrase.len()).any(|window| window == phrase)
    };
    let is_said_before = DENIALS.iter().any(|phrase| has(phrase)) || COMPARISONS.iter().any(|phrase| near(phrase, 0));
    let behind: Vec<u64> = tokens[name.end..sentence.end.min(name.end + 5)]
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .map(|token| token.hash)
        .collect();
    let is_said_behind = BEHIND.iter().any(|phrase| behind.starts_with(phrase));
    is_said_before || is_said_behind || is_of_the_past(tokens, &words, name.end)
}

/// "Version 1 was released under the …. Later we have switched to …"
fn is_of_the_past(tokens: &[Token], before: &[u64], end: usize) -> bool {
    const PAST: &[u64] = &[key("was"), key("were")];
    const DEEDS: &[u64] = &[
        key("licensed"),
        key("released"),
        key("distributed"),
        key("published"),
        key("available"),
    ];
    const TURNS: &[u64] = &[
        key("later"),
        key("since"),
        key("switched"),
        key("relicensed"),
        key("changed"),
        key("now"),
    ];
    let is_past = before
        .windows(2)
        .any(|pair| PAST.contains(&pair[0]) && DEEDS.contains(&pair[1]));
    let behind = tokens[end..]
        .iter()
        .take(16)
        .take_while(|token| token.kind != Kind::Paragraph);
    is_past && behind.into_iter().any(|token| token.is_any(TURNS))
}

const NOT: u64 = key("not");
const UNDER: u64 = key("under");

/// What, anywhere before a name in its sentence, takes it back.
const DENIALS: &[&[u64]] = &[
    &[NOT, UNDER],
    &[NOT, key("licensed")],
    &[NOT, key("covered")],
    &[NOT, key("released")],
    &[NOT, key("distributed"), UNDER],
    &[NOT, key("available"), UNDER],
    &[NOT, key("part")],
    &[key("may"), key("be"), key("subject"), key("to")],
    &[key("no"), key("longer")],
    &[key("formerly")],
    &[key("previously")],
    &[key("used"), key("to"), key("be")],
    &[key("instead"), key("of")],
    &[key("rather"), key("than")],
    &[key("opposed"), key("to")],
    &[key("unlike")],
    &[key("incompatible")],
    &[key("compatible"), key("with")],
    &[key("compatibility"), key("with")],
    &[key("change"), key("license")],
    &[key("compatible"), key("to")],
    &[key("cause"), key("the"), key("resulting")],
    &[key("to"), key("be"), key("covered"), key("by")],
    &[key("historically")],
];

/// What, right before a name, only compares with it.
const COMPARISONS: &[&[u64]] = &[
    &[key("datalicense")],
    &[NOT, key("in")],
    &[key("similar"), key("to")],
    &[key("effect"), key("to")],
    &[key("like")],
    &[key("based"), key("on")],
    &[key("derived"), key("from")],
    &[key("modeled"), key("on")],
    &[key("equivalent"), key("to")],
    &[key("than")],
    &[key("neither")],
    &[key("replaces")],
    &[key("replaced")],
    &[key("inspired"), key("by")],
    &[key("exception"), key("to")],
];

/// What, right behind a name, takes it back.
const BEHIND: &[&[u64]] = &[
    &[key("compatible")],
    &[key("friendly")],
    &[key("open"), key("source"), key("licenses")],
    &[key("incompatible")],
    &[key("compliant")],
    &[key("does"), NOT, key("apply")],
    &[key("do"), NOT, key("apply")],
    &[key("compatibility")],
    &[key("instead"), key("of")],
    &[key("approved")],
];

/// Names of licenses that nobody knows, where something is put under them: "subject to the Example License".
pub(super) fn unknown_names(text: &str, tokens: &[Token], found: &[Mention]) -> Vec<Mention> {
    let mut all: Vec<Mention> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !(is_license_word(token) && token.is_capital) {
            continue;
        }
        let Some(start) = name_before(tokens, at) else { continue };
        let sentence = sentence_around(tokens, &(start..at + 1));
        let is_known = found
            .iter()
            .any(|mention| mention.tokens.start < sentence.end && sentence.start < mention.tokens.end);
        let is_told = all.last().is_some_and(|last| sentence.start < last.tokens.end);
        let is_put_under = tokens[sentence.start.max(start.saturating_sub(4))..start]
            .iter()
            .any(|token| token.is_any(&[UNDER, key("terms"), key("subject"), key("compliance")]));
        let is_shouted = text[tokens[sentence.start].start..tokens[sentence.end - 1].end]
            .chars()
            .filter(|letter| letter.is_lowercase())
            .count()
            < 8;
        if !is_known && !is_told && is_put_under && !is_shouted {
            all.push(Mention {
                tokens: start..at + 1,
                licenses: super::UNKNOWN.to_owned(),
                is_exception: false,
                trust: Trust::Sure,
                says_license: true,
                is_address: false,
                family: super::UNKNOWN.to_owned(),
                is_loose: false,
            });
        }
    }
    all
}

/// Words before "License" that name none.
const GENERIC: &[u64] = &[
    key("this"),
    key("that"),
    key("these"),
    key("such"),
    key("its"),
    key("your"),
    key("our"),
    key("their"),
    key("other"),
    key("same"),
    key("following"),
    key("contributor"),
    key("open"),
    key("source"),
    key("software"),
    key("own"),
    key("above"),
    key("the"),
    key("a"),
    key("an"),
    key("said"),
    key("applicable"),
    key("end"),
    key("user"),
    key("of"),
    key("each"),
    key("any"),
    key("for"),
    key("and"),
    key("original"),
    key("respective"),
    key("separate"),
    key("additional"),
    key("under"),
    key("terms"),
    key("full"),
    key("relevant"),
    key("public"),
    key("free"),
    key("see"),
    key("all"),
    key("both"),
    key("either"),
    key("multiple"),
    key("appropriate"),
];

/// Where the name begins whose last word, "License", stands at `at`; `None` where no name stands before it.
fn name_before(tokens: &[Token], at: usize) -> Option<usize> {
    let mut start = at;
    let mut is_named = false;
    while let Some(before) = start.checked_sub(1).map(|before| &tokens[before]) {
        let is_small = before.is_any(&[key("of"), key("and"), key("for"), key("the")]) && !before.is_capital;
        if before.kind != Kind::Word
            || !(before.is_capital || is_small && start > 1 && tokens[start - 2].is_capital)
            || at - start > 12
        {
            break;
        }
        is_named |= before.is_capital && !before.is_any(GENERIC) && before.end - before.start > 1;
        start -= 1;
    }
    is_named.then_some(start)
}
