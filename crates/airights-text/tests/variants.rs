//! What may vary in a published text, and what is a change of its terms.

use airights_text::{Modification, Reading, read};

fn text(id: &str) -> &'static str {
    let found = spdx::text::LICENSE_TEXTS.iter().find(|(name, _)| *name == id);
    found.map_or_else(|| panic!("no text of {id}"), |(_, text)| text)
}

/// The text of a licence with one stretch of it, from the first of these words to the last, worded otherwise.
fn reworded(id: &str, from: &str, to: &str, instead: &str) -> String {
    let text = text(id);
    let start = text.find(from).unwrap_or_else(|| panic!("{id}: {from}"));
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("{id}: {to}")) + to.len();
    format!("{}{instead}{}", &text[..start], &text[end..])
}

fn ids(reading: &Reading) -> Vec<&'static str> {
    reading.matches.iter().map(|found| found.id).collect()
}

#[test]
fn what_a_text_lets_vary_is_no_change() {
    const CLAUSE: (&str, &str) = ("Neither the name", "may be");
    for (id, (from, to), instead) in [
        ("BSD-3-Clause", CLAUSE, "The name of the author may not be"),
        ("BSD-3-Clause", CLAUSE, "The names of the contributors may not be"),
        (
            "BSD-3-Clause",
            CLAUSE,
            "The names of Ann Ex and of her contributors may not be",
        ),
        (
            "BSD-3-Clause",
            CLAUSE,
            "Neither the name of Ex Works GmbH nor the names of its contributors may be",
        ),
        (
            "BSD-3-Clause",
            CLAUSE,
            "Neither my name nor the names of its contributors may be",
        ),
        ("BSD-3-Clause", ("BY THE COPYRIGHT", "CONTRIBUTORS"), "BY EX WORKS LLC"),
        (
            "BSD-2-Clause",
            ("provided that", "are met"),
            "providing that the following conditions are met",
        ),
        ("BSD-2-Clause", ("and/or other", "materials"), "or other materials"),
        ("MIT", ("THE AUTHORS", "HOLDERS"), "EX WORKS, ITS PARENTS AND PARTNERS"),
        ("MIT", ("NONINFRINGEMENT", "NONINFRINGEMENT"), "NON-\nINFRINGEMENT"),
        ("ISC", ("THE AUTHOR", "DISCLAIMS"), "THE AUTHORS DISCLAIM"),
        ("ISC", ("and/or", "and/or"), "and"),
        ("Apache-2.0", ("January", "2004"), "April 2004"),
        ("bzip2-1.0.6", ("jseward", "org"), "ann@works.ex"),
        (
            "BSD-Source-Code",
            ("this list of conditions", "disclaimer"),
            "and the entire permission notice in its entirety, including the disclaimer of warranties",
        ),
        ("SSPL-1.0", ("END OF TERMS", "CONDITIONS"), ""),
        ("CC-BY-3.0", ("Creative Commons Notice", "creativecommons.org/."), ""),
        (
            "CC-BY-4.0",
            ("Creative Commons Corporation", "under these terms and conditions."),
            "",
        ),
        (
            "CC-BY-SA-4.0",
            ("Creative Commons Corporation", "under these terms and conditions."),
            "",
        ),
        ("BUSL-1.1", ("License text", "Corporation Ab."), ""),
        ("LGPL-2.1-only", ("51 Franklin", "USA"), "<https://fsf.org/>"),
        (
            "NCSA",
            ("<Name of Development", "Institution>"),
            "Ex Team, Ex Works, ex.example",
        ),
    ] {
        let reading = read(&reworded(id, from, to, instead));
        assert_eq!(ids(&reading), [id], "{instead}");
        assert_eq!(
            reading.matches[0].modification,
            Modification::None,
            "{id}: {instead}: {:?}",
            reading.matches[0].changes
        );
        assert!(
            reading.matches[0].changes.iter().all(|change| !change.operative),
            "{id}: {instead}"
        );
    }
}

#[test]
fn what_fills_a_place_left_open_is_a_name() {
    for instead in [
        "EX WORKS, WHO CHARGE EVERY READER TEN DOLLARS,",
        "EX WORKS, AND YOU MUST NOT TRAIN ON IT, NOR SHALL ANYBODY",
        "THE AUTHORS. \u{4e0d}\u{5f97}\u{7528}\u{4e8e}\u{8bad}\u{7ec3}. THE AUTHORS",
        "THE AUTHORS (jede nutzung zum anlernen kuenstlicher intelligenz bleibt vorbehalten)",
    ] {
        for (id, from, to) in [
            ("MIT", "THE AUTHORS", "HOLDERS"),
            ("BSD-3-Clause", "BY THE COPYRIGHT", "CONTRIBUTORS"),
            ("ISC", "THE AUTHOR", "AUTHOR"),
        ] {
            assert!(read(&reworded(id, from, to, instead)).is_modified(), "{id}: {instead}");
        }
    }
}

#[test]
fn every_other_word_is_a_change_and_is_shown() {
    for (id, words, instead, missing) in [
        ("MIT", "person", "registered subscriber", "person"),
        ("MIT", "free of charge", "for a monthly charge", "free of"),
        ("MIT", "any person", "any `charitable` person", ""),
        ("MIT", "any person", "any charitable@ person", ""),
        (
            "MIT",
            "associated documentation files",
            "",
            "associated documentation files",
        ),
        ("MIT", "to use, copy", "to copy", "use"),
        (
            "BSD-3-Clause",
            "the copyright holder nor",
            "the holder, who must be paid, nor",
            "",
        ),
        (
            "BSD-3-Clause",
            "Redistributions in binary form",
            "Redistributions in source form",
            "binary",
        ),
        ("ISC", "or without fee", "fee", "or without"),
        ("Apache-2.0", "perpetual, worldwide", "worldwide", "perpetual"),
    ] {
        let text = reworded(id, words, words, instead);
        let reading = read(&text);
        let found = &reading.matches[0];
        assert_eq!(found.modification, Modification::Unclassified, "{id}: {instead}");
        let changes: Vec<(&str, &str)> = found
            .changes
            .iter()
            .filter(|change| change.operative)
            .map(|change| {
                (
                    &text[change.span.bytes.clone()],
                    change.missing.as_deref().unwrap_or(""),
                )
            })
            .collect();
        let is_shown = changes
            .iter()
            .any(|(at_hand, gone)| instead.contains(at_hand) && gone.contains(missing));
        assert!(is_shown, "{id}: {instead}: {changes:?}");
    }
}

#[test]
fn a_relative_is_found_by_its_own_words_alone() {
    for (base, relative) in [
        ("BSD-3-Clause", "BSD-3-Clause-HP"),
        ("BSD-3-Clause", "BSD-3-Clause-Clear"),
        ("BSD-2-Clause", "BSD-2-Clause-first-lines"),
        ("MIT", "X11"),
        ("ISC", "0BSD"),
    ] {
        for id in [base, relative] {
            assert_eq!(ids(&read(&format!("Copyright 2026 Ann Ex\n\n{}", text(id)))), [id]);
        }
    }
    // Three texts in a row, each with a holder of its own, are not one that has three such parts.
    let all: String = ["Ex Works", "the University of Ex", "Ann Ex"]
        .map(|holder| {
            reworded(
                "BSD-3-Clause",
                "the copyright holder nor",
                "nor",
                &format!("{holder} nor"),
            )
        })
        .join("\n\n");
    assert_eq!(ids(&read(&all)), ["BSD-3-Clause"; 3]);
}

#[test]
fn a_disclaimer_alone_is_no_license() {
    let from = |id: &str, first: &str| {
        let text = text(id);
        text.find(first).map_or("", |start| &text[start..]).to_owned()
    };
    for disclaimer in [
        from("MIT", "THE SOFTWARE IS PROVIDED"),
        from("BSD-3-Clause", "THIS SOFTWARE IS PROVIDED"),
    ] {
        let reading = read(&disclaimer);
        assert_eq!(ids(&reading), [""; 0], "{disclaimer}");
        assert!(reading.residue.is_empty(), "{disclaimer}");
        // Terms of somebody's own above it are not explained by it.
        let reading = read(&format!("You must not sell this program to a museum.\n\n{disclaimer}"));
        assert!(ids(&reading).is_empty());
        assert!(reading.residue.iter().any(|residue| residue.operative), "{disclaimer}");
    }
}

#[test]
fn the_number_of_a_section_may_begin_a_line() {
    let text = reworded("MPL-1.1", "in Section 3.5.", ".5.", "in Section\n3.5.");
    let reading = read(&text);
    assert_eq!(ids(&reading), ["MPL-1.1"]);
    assert_eq!(reading.matches[0].modification, Modification::None);
}

#[test]
fn the_right_to_sell_tells_a_variant() {
    let jane = text("HPND-sell-variant")
        .replace("OpenVision", "Jane Doe")
        .replace("OPENVISION", "JANE DOE");
    let reading = read(&jane);
    assert_eq!(ids(&reading), ["HPND-sell-variant"]);
    assert_eq!(reading.matches[0].modification, Modification::None);
}

#[test]
fn a_text_without_its_disclaimer_grants_the_same() {
    let tso = text("BSD-3-Clause-Tso");
    let (terms, disclaimer) = tso.split_at(tso.find("THIS SOFTWARE IS").unwrap_or(0));
    let reading = read(&format!("It is distributed under these terms:\n\n{terms}"));
    assert_eq!(reading.base_expression(), Some("BSD-3-Clause-Tso"));
    assert!(!reading.is_modified(), "{:?}", reading.matches);
    // The choice that drivers have in the midst of it is one.
    let choice = "ALTERNATIVELY, this product may be distributed under the terms of the GNU General Public License, in which \
                  case the provisions of the GPL are required INSTEAD OF the above restrictions.\n\n";
    let reading = read(&format!("{terms}{choice}{disclaimer}"));
    let expected = "BSD-3-Clause-Tso OR GPL-1.0-or-later";
    assert_eq!(reading.base_expression(), Some(expected));
    assert!(!reading.is_modified(), "{:?}", reading.matches);
}

#[test]
fn what_stands_beside_a_text_and_asks_for_notices_alone_adds_nothing() {
    for words in [
        "Standard License Header\n\nThere is no standard license header for the license",
        "Redistributions must include all inherited and new license notices, including those for Ann Ex and Bo Wye.",
        "Copies must retain all copyright notices.",
        "This codec is subject to the royalty-free patent licenses which are specified at:\n\nhttps://patents.example/1524/",
        "Redistributions of this Work must include licenses of both Ann Ex and Bo Wye.",
    ] {
        let reading = read(&format!("{}\n\n{words}\n", text("MIT")));
        assert!(!reading.is_modified(), "{words}\n{:?}", reading.residue);
    }
    for words in [
        "Redistributions must include all parts and must be free of charge.",
        "Copies must retain all copyright notices and must not be sold.",
    ] {
        assert!(read(&format!("{}\n\n{words}\n", text("MIT"))).is_modified(), "{words}");
    }
}

#[test]
fn a_slip_beside_what_is_another_address_today_is_no_change() {
    let text = reworded("GPL-3.0-only", "means to copy", "to copy", "means tocopy");
    let text = text.replace("philosophy/why-not-lgpl", "licenses/why-not-lgpl");
    let reading = read(&text);
    assert_eq!(
        reading.base_expression(),
        Some("GPL-3.0-only"),
        "{:?}\n{:?}\n{:?}",
        reading.matches,
        reading.named,
        reading.residue
    );
    assert!(!reading.is_modified(), "{:?}", reading.matches);
}

#[test]
fn the_summary_of_a_creative_commons_license_is_no_term_of_its_own() {
    let summary = "# Creative Commons Attribution 4.0 International (CC BY 4.0)\n\nThis work is licensed under CC-BY-4.0.\n\n\
        You are free to:\n\n- **Share** - copy and redistribute the material in any medium or format\n\
        - **Adapt** - remix, transform, and build upon the material for any purpose, even commercially.\n\n\
        Under the following terms:\n\n- **Attribution** - You must give appropriate credit, provide a link to the license, and \
        indicate if changes were made. You may do so in any reasonable manner, but not in any way that suggests the licensor \
        endorses you or your use.\n\nNo additional restrictions - You may not apply legal terms or technological measures \
        that legally restrict others from doing anything the license permits.\n";
    let reading = read(summary);
    assert_eq!(reading.base_expression(), Some("CC-BY-4.0"));
    let operative =
        |reading: &Reading| reading.residue.iter().any(|residue| residue.operative) || !reading.clauses.is_empty();
    assert!(!operative(&reading), "{:?}", reading.residue);
    assert!(operative(&read(
        &summary.replace("even commercially", "but never commercially")
    )));
}
