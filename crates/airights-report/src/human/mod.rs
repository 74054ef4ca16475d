//! The report for people: one block for each problem, then a summary that a tired person understands.

mod block;
mod group;
mod summary;
mod warnings;

use std::io::{self, Write};

use airights::{Finding, Level};

use self::block::{Detail, diagnostic};
use self::group::{Group, group};
use super::{Report, Terminal};

/// A report should fit two screens: more lines than this, and warnings are told in less detail.
const TWO_SCREENS: usize = 100;

/// Writes the report.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let groups = group(
        report
            .findings()
            .filter(|finding| !report.quiet || finding.level == Level::Deny),
    );
    for block in blocks(report, &groups, terminal) {
        writeln!(out, "{block}\n")?;
    }
    summary::write(report, terminal, out)
}

/// Writes findings in every detail, each group behind an empty line, and nothing else.
pub(crate) fn write_findings<'a>(
    report: &Report<'_>,
    findings: impl Iterator<Item = &'a Finding>,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    for group in group(findings) {
        let block = diagnostic(report, &group, Detail::Full, terminal.width).draw(terminal);
        writeln!(out, "\n{block}")?;
    }
    Ok(())
}

/// The blocks, drawn: what is denied comes last, where a terminal leaves the reader. It is always told with the words it rests
/// on; warnings give way where there are many.
fn blocks(report: &Report<'_>, groups: &[Group<'_>], terminal: Terminal) -> Vec<String> {
    let draw = |group: &Group<'_>, detail| diagnostic(report, group, detail, terminal.width).draw(terminal);
    if report.verbose > 0 {
        let mut groups: Vec<_> = groups.iter().collect();
        groups.sort_by_key(|group| group.level());
        return groups.iter().map(|group| draw(group, Detail::Full)).collect();
    }
    let (denied, warned): (Vec<_>, Vec<_>) = groups.iter().partition(|group| group.level() == Level::Deny);
    let draw_denied = |detail| -> Vec<String> { denied.iter().map(|group| draw(group, detail)).collect() };
    let mut errors = draw_denied(Detail::Normal);
    if line_count(&errors) > TWO_SCREENS {
        errors = draw_denied(Detail::Brief);
    }
    let room = TWO_SCREENS.saturating_sub(line_count(&errors));
    let mut blocks = warnings::fit(report, &warned, terminal, room);
    blocks.extend(errors);
    blocks
}

/// Each block is followed by an empty line.
fn line_count(blocks: &[String]) -> usize {
    blocks.iter().map(|block| block.lines().count() + 1).sum()
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;

    use super::*;
    use crate::sample::sample_evaluation;

    fn drawn(report: &Report<'_>, terminal: Terminal) -> String {
        let mut out = Vec::new();
        write(report, terminal, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_sample_is_shown_in_few_lines() {
        let sample = sample_evaluation();
        expect_file!["../goldens/human.txt"].assert_eq(&drawn(&sample.report(), Terminal::PLAIN));
    }

    #[test]
    fn verbose_lists_everything() {
        let sample = sample_evaluation();
        let report = Report {
            verbose: 1,
            ..sample.report()
        };
        expect_file!["../goldens/human-verbose.txt"].assert_eq(&drawn(&report, Terminal::PLAIN));
    }

    #[test]
    fn quiet_shows_what_is_denied_and_the_verdict() {
        let sample = sample_evaluation();
        let report = Report {
            quiet: true,
            ..sample.report()
        };
        expect_file!["../goldens/human-quiet.txt"].assert_eq(&drawn(&report, Terminal::PLAIN));
    }

    #[test]
    fn colour_adds_nothing_but_colour() {
        let sample = sample_evaluation();
        let colored = Terminal {
            color: true,
            ..Terminal::PLAIN
        };
        let colored = drawn(&sample.report(), colored);
        assert!(colored.contains("\u{1b}["));
        let mut plain = String::new();
        for (index, part) in colored.split("\u{1b}[").enumerate() {
            plain.push_str(if index == 0 {
                part
            } else {
                part.split_once('m').unwrap().1
            });
        }
        assert_eq!(plain, drawn(&sample.report(), Terminal::PLAIN));
    }

    #[test]
    fn places_are_links_where_the_terminal_has_them() {
        let sample = sample_evaluation();
        let linked = Terminal {
            hyperlinks: true,
            ..Terminal::PLAIN
        };
        let linked = drawn(&sample.report(), linked);
        let link = "\u{1b}]8;;file:///cargo/registry/src/ishell-0.2.3/LICENSE\u{1b}\\";
        assert!(
            linked.contains(&format!("--> {link}ishell-0.2.3/LICENSE:5:4\u{1b}]8;;\u{1b}\\\n")),
            "{linked}"
        );
        let mut plain = String::new();
        for (index, part) in linked.split("\u{1b}]8;;").enumerate() {
            plain.push_str(if index == 0 {
                part
            } else {
                part.split_once("\u{1b}\\").unwrap().1
            });
        }
        assert_eq!(plain, drawn(&sample.report(), Terminal::PLAIN));
    }

    #[test]
    fn a_report_on_a_thousand_packages_fits_two_screens() {
        let mut sample = sample_evaluation();
        let wheels: Vec<Finding> = sample.evaluation.findings[3..43].to_vec();
        for kinds_of_problems in [5, 12, 20, 300] {
            let mut findings = sample.evaluation.findings[..3].to_vec();
            findings.extend((0..1000).map(|number| {
                let wheel = &wheels[number % wheels.len()];
                Finding {
                    problem: airights::Problem::LicenseNotAllowed {
                        expression: format!("LicenseRef-{}", number % kinds_of_problems),
                        at_fault: std::collections::BTreeSet::new(),
                    },
                    rule: [airights::Rule::LicenseResidue, airights::Rule::LicenseMismatch][number % 2],
                    ..wheel.clone()
                }
            }));
            sample.evaluation.findings = findings;
            let shown = drawn(&sample.report(), Terminal::PLAIN);
            let lines = shown.lines().count();
            assert!(
                lines <= TWO_SCREENS + 5,
                "{kinds_of_problems} kinds take {lines} lines:\n{shown}"
            );
            assert!(shown.contains("license-mismatch") && shown.contains("license-residue"));
        }
    }

    #[test]
    fn hostile_words_reach_no_terminal() {
        let sample = sample_evaluation();
        let shown = drawn(&sample.report(), Terminal::PLAIN);
        assert!(shown.contains(r"\u{1b}[2J"), "{shown}");
        assert!(!shown.contains(|c| c != '\n' && crate::escape::is_hidden(c)));
    }
}
