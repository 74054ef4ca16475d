//! What texts read as, case by case.

use airights_text::{AiUse, MatchKind, Modification, UseValue, read, read_notice};

fn text(id: &str) -> &'static str {
    spdx::text::LICENSE_TEXTS
        .iter()
        .find(|(other, _)| *other == id)
        .map_or("", |found| found.1)
}

/// Expression, modification and value of `train-ai` of a licence text.
fn check(text: &str, expression: Option<&str>, modification: Modification, train_ai: UseValue) {
    let reading = read(text);
    let worst = reading
        .matches
        .iter()
        .map(|found| found.modification)
        .max()
        .unwrap_or(Modification::None);
    let said = reading
        .clauses
        .iter()
        .filter(|clause| clause.ai_use == AiUse::TrainAi)
        .map(|clause| clause.value)
        .max();
    assert_eq!(reading.base_expression(), expression, "{text}");
    assert_eq!(worst, modification, "{text}\n{:?}", reading.residue);
    assert_eq!(said.unwrap_or_default(), train_ai, "{text}");
}

#[test]
fn usual_licences_read_as_themselves_in_any_dress() {
    for id in [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "0BSD",
        "Unlicense",
        "CC0-1.0",
        "MPL-2.0",
        "Unicode-3.0",
        "BSL-1.0",
        "GPL-3.0-only",
        "LGPL-2.1-only",
        "X11",
        "MIT-0",
        "JSON",
        "NCSA",
    ] {
        let plain = text(id);
        let commented: String = plain.lines().flat_map(|line| ["// ", line, "\n"]).collect();
        let shouted = plain.to_uppercase();
        let british = plain.replace("license", "licence").replace("License", "Licence");
        let held = format!("Copyright (c) 2015-2024 Jane Doe <jane@example.org>\n\n{plain}");
        for text in [plain, &commented, &shouted, &british, &held] {
            check(text, Some(id), Modification::None, UseValue::Unknown);
            assert_eq!(read(text).residue, [], "{id}");
        }
    }
}

#[test]
fn apache_without_its_appendix_is_apache() {
    let whole = text("Apache-2.0");
    let end = whole.find("END OF TERMS").unwrap_or(whole.len());
    check(&whole[..end], Some("Apache-2.0"), Modification::None, UseValue::Unknown);
}

/// Most copies of the GPL, version 2, close with a sentence that SPDX leaves out.
#[test]
fn the_last_words_of_the_gpl_are_its_own() {
    let closing = "This General Public License does not permit incorporating your program into proprietary programs.";
    let whole = format!("{}\n\n{closing}\n", text("GPL-2.0-only"));
    check(&whole, Some("GPL-2.0-only"), Modification::None, UseValue::Unknown);
}

#[test]
fn an_added_clause_is_found_and_modifies() {
    for clause in [
        "The Software may not be used for the purpose of training machine learning algorithms.",
        "You must not use this software, or any part of it, to train or fine-tune large language models.",
        "Use of the source code in any AI training dataset is strictly prohibited.",
    ] {
        for id in ["MIT", "0BSD", "Apache-2.0", "ISC", "Zlib"] {
            let changed = format!("{}\n\n{clause}\n", text(id));
            check(&changed, Some(id), Modification::Clauses, UseValue::Disallowed);
        }
    }
}

#[test]
fn changed_terms_are_never_the_base_licence() {
    let mit = text("MIT");
    for changed in [
        mit.replace("without restriction", "with restriction"),
        mit.replace("and/or sell", "but not sell"),
        mit.replace("publish, distribute, sublicense,", ""),
        format!("{mit}\nThe Software must not be used by competitors.\n"),
    ] {
        check(&changed, Some("MIT"), Modification::Unclassified, UseValue::Unknown);
    }
    let restricted = format!("For personal and non-commercial use only.\n\n{mit}");
    check(&restricted, Some("MIT"), Modification::Clauses, UseValue::Unknown);
}

#[test]
fn several_licences_are_joined_by_the_words_around_them() {
    let both = format!("{}\n\n{}", text("MIT"), text("Apache-2.0"));
    check(&both, Some("MIT AND Apache-2.0"), Modification::None, UseValue::Unknown);
    let choice = format!("Licensed under either of MIT or Apache-2.0 at your option.\n\n{both}");
    check(
        &choice,
        Some("MIT OR Apache-2.0"),
        Modification::None,
        UseValue::Unknown,
    );
}

#[test]
fn exceptions_follow_their_licence() {
    let exception = spdx::text::EXCEPTION_TEXTS
        .iter()
        .find(|(id, _)| *id == "LLVM-exception")
        .map_or("", |found| found.1);
    let reading = read(&format!("{}\n\n{exception}", text("Apache-2.0")));
    assert_eq!(reading.base_expression(), Some("Apache-2.0 WITH LLVM-exception"));
    assert_eq!(
        reading.matches.last().map(|found| found.kind),
        Some(MatchKind::Exception)
    );
}

#[test]
fn notices_are_judged_by_object_speaker_and_force() {
    use AiUse::{AiInput, TrainAi};
    use UseValue::{Allowed, Disallowed};
    for (text, expected) in [
        (
            "Training: do not train on the contents of this repository.",
            vec![(TrainAi, Disallowed)],
        ),
        (
            "I give permission for any of my code to be used to train machine learning models.",
            vec![(TrainAi, Allowed)],
        ),
        (
            "This project may not be used to train AI models.",
            vec![(TrainAi, Disallowed)],
        ),
        (
            "All rights reserved for text and data mining of this work.",
            vec![(TrainAi, Disallowed)],
        ),
        (
            "User-Agent: *\nContent-Usage: train-ai=n\n",
            vec![(TrainAi, Disallowed)],
        ),
        (
            "User-Agent: *\nContent-Signal: search=yes, ai-input=no\n",
            vec![(AiInput, Disallowed)],
        ),
        (
            "// SPDX-License-Identifier: LicenseRef-NON-AI-MIT\n",
            vec![(TrainAi, Disallowed)],
        ),
        ("We do not use your data to train machine learning models.", vec![]),
        ("Do not submit AI-generated pull requests to this repository.", vec![]),
        (
            "This crate trains neural networks. Models must be exported before they can be trained further.",
            vec![],
        ),
        ("No AI was used to write this code.", vec![]),
        ("```\nThis project may not be used to train AI models.\n```\n", vec![]),
        ("Llama models must not be loaded twice by this library.", vec![]),
    ] {
        let said: Vec<_> = read_notice(text)
            .iter()
            .map(|clause| (clause.ai_use, clause.value))
            .collect();
        assert_eq!(said, expected, "{text}");
    }
}
