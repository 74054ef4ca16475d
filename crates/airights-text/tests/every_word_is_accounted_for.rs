//! What must hold for any text: the parts of a reading cover every word, on character boundaries, with right lines.

use airights_text::{Reading, Span, decode, read, read_notice};
use proptest::prelude::*;

fn check(text: &str) -> Reading {
    let reading = read(text);
    let mut covered = vec![false; text.len()];
    for span in spans(&reading) {
        assert!(
            text.is_char_boundary(span.bytes.start) && text.is_char_boundary(span.bytes.end),
            "{span:?}"
        );
        assert!(
            span.bytes.start <= span.bytes.end && span.bytes.end <= text.len(),
            "{span:?}"
        );
        assert_eq!(span.lines.0, line(text, span.bytes.start), "{span:?}");
        assert_eq!(
            span.lines.1,
            line(text, span.bytes.end.saturating_sub(1).max(span.bytes.start)),
            "{span:?}"
        );
        covered[span.bytes.clone()].fill(true);
    }
    for (at, letter) in text.char_indices() {
        assert!(
            letter.is_whitespace() || covered[at],
            "byte {at} of {text:?} is in no part"
        );
    }
    let spoken = reading
        .named
        .iter()
        .map(|named| named.licenses.as_str())
        .chain(reading.base_expression());
    for expression in spoken {
        // An exception that is named stands behind the license it is made to.
        let parses = |text: &str| spdx::Expression::parse(text).is_ok();
        assert!(
            parses(expression) || parses(&format!("GPL-2.0-only WITH {expression}")),
            "{expression}"
        );
    }
    for clause in &reading.clauses {
        assert!(clause.of_match.is_none_or(|number| number < reading.matches.len()));
    }
    reading
}

fn spans(reading: &Reading) -> Vec<&Span> {
    let matches = reading.matches.iter().flat_map(|found| &found.spans);
    let clauses = reading
        .clauses
        .iter()
        .flat_map(|clause| std::iter::once(&clause.span).chain(&clause.context));
    let harmless = reading.harmless.iter().map(|harmless| &harmless.span);
    let residue = reading.residue.iter().map(|residue| &residue.span);
    matches.chain(clauses).chain(harmless).chain(residue).collect()
}

fn line(text: &str, at: usize) -> u32 {
    let newlines = text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    u32::try_from(newlines + 1).unwrap_or(u32::MAX)
}

/// Pieces of SPDX texts, whole texts among them, cut at character boundaries.
fn piece() -> impl Strategy<Value = String> {
    (
        0..spdx::text::LICENSE_TEXTS.len(),
        0.0..1.0_f64,
        0.0..1.0_f64,
        any::<bool>(),
    )
        .prop_map(|(number, from, to, whole)| {
            let text = spdx::text::LICENSE_TEXTS[number].1;
            let text: Vec<char> = text.chars().take(6000).collect();
            if whole {
                return text.into_iter().collect();
            }
            let at = |share: f64| {
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    clippy::cast_precision_loss
                )]
                let at = (share * text.len() as f64) as usize;
                at
            };
            let (from, to) = (at(from.min(to)), at(from.max(to)));
            text[from..to].iter().collect()
        })
}

/// What is taken off a text before it is read, and what it stands in.
const DISGUISES: &[&str] = &[
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "train",
    "software",
    "may not",
    "dis",
    "tribute",
    "-\n",
    "\u{2010}\n",
    "&#116;",
    "&eacute;",
    "&nbsp;",
    "&#8203;",
    "&lt;",
    "<b>",
    "</b>",
    "<p>",
    "<br/>",
    "<li>",
    "<a href=\"x y\">",
    "<meta name='robots'>",
    "<a title=\"you may not use this at &#97;ll\">",
    "<",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "\u{336}",
    "е",
    "со",
    "ж",
    "ｔ",
    "𝐭",
    "ﬁ",
    "ᴛ",
    "訓練",
    "REM ",
    "dnl\n",
    "> ",
    "-- ",
    "% ",
    "\" ",
    "C ",
    "// ",
    " * ",
    "©",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_covered(text in ".{0,400}") {
        check(&text);
        read_notice(&text);
    }

    #[test]
    fn any_dressed_text_is_covered(text in r"([a-zA-Z(<&#*>\-.;:\n ”é訓‘]|AI |train |may not |```|copyright ){0,200}") {
        check(&text);
        read_notice(&text);
    }

    #[test]
    fn any_disguised_text_is_covered(pieces in prop::collection::vec(prop::sample::select(DISGUISES), 0..60)) {
        check(&pieces.concat());
        read_notice(&pieces.concat());
    }

    #[test]
    fn mixtures_of_licences_are_covered(
        pieces in prop::collection::vec(prop_oneof![
            3 => piece(),
            1 => Just("\nThe Software may not be used to train AI models.\n".to_owned()),
            1 => ".{0,60}",
        ], 0..5)
    ) {
        check(&pieces.concat());
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Some(text) = decode(&bytes) {
            check(&text);
        }
    }
}

#[test]
fn repetition_comes_to_an_end() {
    // The example `scale` shows the times; here such texts only have to come to an end.
    let mit = spdx::text::LICENSE_TEXTS
        .iter()
        .find(|(id, _)| *id == "MIT")
        .map_or("", |found| found.1);
    for text in [
        "software ".repeat(5_000),
        "the software is provided ".repeat(2_000),
        "may not be used to train AI models\n".repeat(500),
        "(a) 1. # ".repeat(10_000),
        "<".repeat(50_000),
        "&".repeat(50_000),
        "copyright ".repeat(10_000),
        "without limitation the rights to use copy ".repeat(1_000),
    ] {
        read(&text);
        read_notice(&text);
    }
    let many = read(&mit.repeat(100));
    assert_eq!(many.matches.len(), 100);
    assert_eq!(many.base_expression(), Some("MIT"));
}
