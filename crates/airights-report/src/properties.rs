//! What must hold for every report, whatever its words: nothing panics, nothing hidden reaches the output, and the
//! same report is always written in the same bytes.

use airights::account::Account;
use airights::{Excerpt, Help, PackageFacts, PackageIx, Problem};
use proptest::prelude::*;

use super::escape::is_hidden;
use super::filter::Filter;
use super::format::{Document, Format};
use super::sample::{Sample, sample_evaluation};
use super::{Report, Terminal, explain, list, tree};

/// Words with more trouble in them than any text has by chance.
fn words() -> impl Strategy<Value = String> {
    let trouble = prop_oneof![
        "\\PC{0,30}",
        Just("\u{1b}[31m".to_owned()),
        Just("\u{9b}2J".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n\n".to_owned()),
        Just("\t".to_owned()),
        Just("](x)[`**{0}".to_owned()),
        Just("日本語 e\u{301}\u{200d}👩‍👩‍👧".to_owned()),
        Just("x".repeat(300)),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(trouble, 0..8).prop_map(|parts| parts.concat())
}

/// Excerpts as they should be, and as they should not.
fn excerpt() -> impl Strategy<Value = Excerpt> {
    let parts = (words(), words(), any::<(u16, u16)>(), 0..400_usize, 0..400_usize);
    parts.prop_map(|(path, text, (first, more), start, end)| Excerpt {
        path,
        lines: (u32::from(first), u32::from(first) + u32::from(more % 9)),
        text,
        marked_start: start,
        marked_end: end,
    })
}

/// The sample with foreign words wherever a foreign word may stand.
fn troubled_sample() -> impl Strategy<Value = Sample> {
    let parts = (words(), words(), prop::option::of(words()), excerpt(), excerpt());
    parts.prop_map(|(problem, license, help, evidence, line)| {
        let mut sample = sample_evaluation();
        for finding in &mut sample.evaluation.findings {
            finding.problem = Problem::NotEvaluated(problem.clone());
            finding.help = help.clone().map(|reason| Help::RecallReason { reason, owner: None });
            finding.decided_by = Some(line.clone());
            for found in &mut finding.evidence {
                found.excerpt = evidence.clone();
            }
        }
        for judgement in &mut sample.evaluation.judgements {
            judgement.license.effective = Some(license.clone());
            judgement.license.declared = Some(license.clone());
            judgement.license.residue = vec![evidence.clone()];
        }
        sample.evaluation.not_evaluated[0].reason.clone_from(&problem);
        sample.notes.push(problem);
        sample
    })
}

/// Everything that can be written of a report, one after the other.
fn everything(report: &Report<'_>, terminal: Terminal) -> Vec<u8> {
    let mut out = Vec::new();
    let by = [list::By::License, list::By::Class, list::By::AiUse];
    let listings = by.map(|by| list::Listing {
        by,
        filter: Filter::default(),
    });
    let inventories = listings.each_ref().map(|listing| Document::Inventory(report, listing));
    for document in inventories.iter().chain([&Document::Report(report)]) {
        for format in Format::of(document.kind()) {
            format.write(document, terminal, &mut out).unwrap();
        }
    }
    tree::write(report, &tree::Tree::default(), terminal, &mut out).unwrap();
    for package in 0..6 {
        let known = explain::Known {
            facts: &PackageFacts::default(),
            account: &Account::default(),
        };
        explain::write_package(report, PackageIx(package), Some(known), terminal, &mut out).unwrap();
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn no_report_hides_anything_whatever_its_words(
        sample in troubled_sample(),
        width in 0..200_usize,
        verbose in 0..2_u8,
        quiet: bool,
        wraps: bool,
    ) {
        let report = Report { verbose, quiet, ..sample.report() };
        let terminal = Terminal { width, wraps, ..Terminal::PLAIN };
        let out = everything(&report, terminal);
        let text = String::from_utf8(out.clone()).unwrap();
        let hidden = text.find(|c| !matches!(c, '\n' | '\t') && is_hidden(c));
        prop_assert_eq!(hidden.map(|at| text[at..].chars().take(40).collect::<String>()), None);
        prop_assert_eq!(out, everything(&report, terminal));
    }
}
