//! What a text is dressed in changes nothing of what it says: the same license, unmodified, and no clause less.

use airights_text::{DisguiseKind, Reading, decode, read, read_notice};

const IDS: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "BSL-1.0",
    "MPL-2.0",
    "Unlicense",
    "CC0-1.0",
    "Unicode-3.0",
    "NCSA",
    "PostgreSQL",
    "GPL-2.0-only",
];

const REFUSAL: &str = "The Software may not be used to train machine learning models.";

/// Each text as it is, and with a refusal at its end.
fn texts() -> Vec<(&'static str, String)> {
    let text = |id: &&'static str| {
        let mut all = spdx::text::LICENSE_TEXTS.iter();
        let found = all.find(|(other, _)| other == id).expect("spdx has it").1;
        [(*id, found.to_owned()), (*id, format!("{found}\n\n{REFUSAL}\n"))]
    };
    IDS.iter().flat_map(text).collect()
}

/// The parts of a reading that its dress must not change.
fn said(reading: &Reading) -> (Option<String>, Vec<bool>, usize) {
    let unmodified = reading.matches.iter().map(|found| found.exact).collect();
    (
        reading.base_expression().map(str::to_owned),
        unmodified,
        reading.clauses.len(),
    )
}

/// Dresses every text, and reads the same from all of them.
fn check(name: &str, dress: impl Fn(&str) -> String) {
    for (id, text) in texts() {
        let plain = said(&read(&text));
        assert_eq!(plain.0.as_deref(), Some(id));
        let dressed = dress(&text);
        let reading = read(&dressed);
        assert_eq!(said(&reading), plain, "{id}, {name}: {:#?}", reading.residue);
        for span in reading.matches.iter().flat_map(|found| &found.spans) {
            assert!(dressed.get(span.bytes.clone()).is_some(), "{id}, {name}: {span:?}");
        }
    }
}

fn each_line(text: &str, dress: impl Fn(&str) -> String) -> String {
    text.lines().map(|line| dress(line) + "\n").collect()
}

/// The paragraphs in lines of at most so many characters.
fn wrapped(text: &str, width: usize) -> String {
    let mut all = String::new();
    for paragraph in text.split("\n\n") {
        let mut length = 0;
        for word in paragraph.split_whitespace() {
            if length > 0 && length + word.len() >= width {
                all.push('\n');
                length = 0;
            } else if length > 0 {
                all.push(' ');
            }
            all.push_str(word);
            length += word.len() + 1;
        }
        all.push_str("\n\n");
    }
    all
}

#[test]
fn ends_and_widths_of_lines_do_not_matter() {
    check("CR LF", |text| text.replace('\n', "\r\n"));
    for width in [40, 72, 200] {
        check(&format!("{width} columns"), |text| wrapped(text, width));
    }
}

#[test]
fn leaders_of_comments_and_quotations_do_not_matter() {
    for leader in [
        "//", "///", "//!", "#", ";", ";;", "--", "%", "!", "\"", "'", ".\\\"", "REM", "dnl", "C", "::", ">", "> >",
        ">>>",
    ] {
        check(leader, |text| each_line(text, |line| format!("{leader} {line}")));
    }
    check("/* */", |text| {
        format!("/*\n{} */\n", each_line(text, |line| format!(" * {line}")))
    });
    check("<!-- -->", |text| format!("<!--\n{text}\n-->\n"));
}

#[test]
fn encodings_do_not_matter() {
    let little = |unit: u16| unit.to_le_bytes();
    let big = |unit: u16| unit.to_be_bytes();
    let utf16 = |text: &str, mark: &str, order: fn(u16) -> [u8; 2]| {
        let bytes: Vec<u8> = format!("{mark}{text}").encode_utf16().flat_map(order).collect();
        decode(&bytes).expect("it is text").into_owned()
    };
    let utf32 = |text: &str, mark: &str, order: fn(u32) -> [u8; 4]| {
        let letters = mark.chars().chain(text.chars());
        let bytes: Vec<u8> = letters.flat_map(|letter| order(u32::from(letter))).collect();
        decode(&bytes).expect("it is text").into_owned()
    };
    for mark in ["\u{feff}", ""] {
        check("UTF-16", |text| utf16(text, mark, little));
        check("UTF-16, big end first", |text| utf16(text, mark, big));
        check("UTF-32", |text| utf32(text, mark, u32::to_le_bytes));
        check("UTF-32, big end first", |text| utf32(text, mark, u32::to_be_bytes));
    }
    check("a stray NUL", |text| {
        let bytes = text.replacen(". ", ".\0 ", 1) + "\0";
        decode(bytes.as_bytes()).expect("it is text").into_owned()
    });
}

/// Every so-manieth of the words that are letters only, changed.
fn some_words(text: &str, step: usize, change: impl Fn(&str) -> String) -> String {
    let mut number = 0;
    let word = |word: &str| {
        let is_candidate = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        number += usize::from(is_candidate);
        let is_chosen = is_candidate && number.is_multiple_of(step);
        if is_chosen { change(word) } else { word.to_owned() }
    };
    text.split_inclusive([' ', '\n'])
        .flat_map(|part| {
            let bare = part.trim_end_matches([' ', '\n']);
            [bare, &part[bare.len()..]]
        })
        .map(word)
        .collect()
}

#[test]
fn markup_does_not_matter() {
    check("entities", |text| {
        some_words(text, 3, |word| {
            format!("{}&#{};{}", &word[..1], word.as_bytes()[1], &word[2..])
        })
    });
    check("tags in words", |text| {
        some_words(text, 3, |word| format!("{}<b>{}</b>", &word[..2], &word[2..]))
    });
    check("paragraphs", |text| {
        format!(
            "<div class=\"a b\">\n<p>{}</p></div>",
            text.replace("\n\n", "</p>\n\n<p>")
        )
    });
}

#[test]
fn hyphens_at_line_ends_do_not_matter() {
    for lead in ["", "    ", " * ", "// "] {
        // A word of its own that ends in a hyphen may be one half of two, so only what cannot be is cut.
        let is_cut = |word: &str| {
            [
                "software",
                "permission",
                "license",
                "without",
                "conditions",
                "copyright",
            ]
            .contains(&word)
        };
        check("hyphens", |text| {
            some_words(text, 1, |word| {
                if is_cut(word) {
                    format!("{}-\n{lead}{}", &word[..3], &word[3..])
                } else {
                    word.to_owned()
                }
            })
        });
    }
}

type Dress<'a> = &'a dyn Fn(&str) -> String;

#[test]
fn disguised_letters_are_read_and_told() {
    use DisguiseKind::{BidiControl, CompatibilityLetters, ConfusableLetters, FormatCharacter};
    let wide = |letter: char| match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap_or(letter),
        other => other,
    };
    let bold = |letter: char| match letter {
        'a'..='z' => char::from_u32(u32::from(letter) - u32::from('a') + 0x1d41a).unwrap_or(letter),
        other => other,
    };
    let alike = |letter: char| match letter {
        'a' => 'а',
        'e' => 'е',
        'o' => 'о',
        other => other,
    };
    let dresses: [(DisguiseKind, Dress<'_>); 5] = [
        (CompatibilityLetters, &|word| word.chars().map(wide).collect()),
        (CompatibilityLetters, &|word| word.chars().map(bold).collect()),
        (ConfusableLetters, &|word| word.chars().map(alike).collect()),
        (FormatCharacter, &|word| format!("{}\u{200b}{}", &word[..2], &word[2..])),
        (BidiControl, &|word| format!("\u{202d}{word}\u{202c}")),
    ];
    for (kind, dress) in dresses {
        let name = format!("{kind:?}");
        check(&name, |text| some_words(text, 2, dress));
        let text = some_words(&format!("{REFUSAL}\n"), 1, dress);
        let reading = read(&text);
        assert!(reading.disguises.iter().any(|disguise| disguise.kind == kind), "{name}");
        assert!(!read_notice(&text).is_empty(), "{name}");
        assert_eq!(read_notice(&text)[0].span.bytes, 0..text.trim_end().len(), "{name}");
    }
    for (_, text) in texts() {
        assert_eq!(read(&text).disguises, []);
    }
}

/// What another sentence at any paragraph of a text puts under a license is told beside the text's own.
#[test]
fn another_license_named_between_the_paragraphs_of_a_text_is_told() {
    const GRANTS: &[(&str, &str)] = &[
        (
            "Alternatively, this software may be distributed under the terms of the GNU General Public License, version 2.",
            "GPL-2.0-only",
        ),
        (
            "Portions of this software are licensed under the GNU Lesser General Public License, version 2.1.",
            "LGPL-2.1-only",
        ),
        (
            "The code in the directory \"engine\" is covered by the Business Source License 1.1.",
            "BUSL-1.1",
        ),
        (
            "This software is also available under the Elastic License 2.0.",
            "Elastic-2.0",
        ),
    ];
    for (id, text) in texts().iter().step_by(2).filter(|(id, _)| !id.starts_with("GPL")) {
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        for place in 1..paragraphs.len().min(9) {
            for (grant, other) in GRANTS {
                let (before, behind) = paragraphs.split_at(place);
                let text = [before, &[*grant], behind].concat().join("\n\n");
                let said = read(&text).base_expression().unwrap_or_default().to_owned();
                let mut names = said.split([' ', '(', ')']);
                assert!(said.contains(id), "{id}, {place}: {said}");
                assert!(names.any(|name| name == *other), "{id}, {place}, {grant}: {said}");
            }
        }
    }
}
