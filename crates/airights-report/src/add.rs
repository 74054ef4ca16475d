//! What comes into the graph with a crate, for people: each package with its license and AI terms, and what is denied.

use std::io::{self, Write};

use airights::judge::Judgement;
use airights::suggest::Change;
use airights::{PackageIx, Subject, UseValue};
use anstyle::{AnsiColor, Style};

use super::escape::visible;
use super::human::write_findings;
use super::wording::counted;
use super::{Report, Terminal};

/// A crate that is to come in, with all it brings.
#[derive(Clone, Copy)]
pub struct Addition<'a> {
    /// The judgement of the graph as it would be.
    pub report: &'a Report<'a>,
    /// What becomes of the packages of the graph.
    pub changes: &'a [Change],
    /// The packages that are denied and were not before.
    pub anew: &'a [PackageIx],
    /// Versions of them that would pass, as `NAME@VERSION`.
    pub nearest: &'a [String],
    /// What exceptions were made for.
    pub exceptions: &'a [String],
    /// How it ended.
    pub ended: Ended,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Manifest and lockfile are changed.
    Added,
    /// Nothing is changed, as nobody asked for it.
    NotAsked,
    /// Nothing is changed, as the policy does not agree.
    Refused,
}

/// Columns for the name of what becomes of a package.
const NAME_WIDTH: usize = 8;

/// Writes it.
///
/// # Errors
///
/// What the writer says.
pub fn write(addition: &Addition<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    for change in addition.changes {
        write_change(addition, change, out)?;
    }
    let findings = addition.report.evaluation.findings.iter();
    let of_anew = findings.filter(|finding| match finding.subject {
        Subject::Package(place) => addition.anew.contains(&place) && finding.level == airights::Level::Deny,
        Subject::Policy(_) | Subject::Publication => false,
    });
    write_findings(addition.report, of_anew, terminal, out)?;
    if !addition.changes.is_empty() || !addition.anew.is_empty() {
        writeln!(out)?;
    }
    write_end(addition, terminal, out)
}

fn write_change(addition: &Addition<'_>, change: &Change, out: &mut dyn Write) -> io::Result<()> {
    let (what, name, version, before) = match change {
        Change::Added { name, version } => ("adds", name, version, None),
        Change::Moved { name, from, to } => ("moves", name, to, Some(from)),
        Change::Removed { name, version } => ("removes", name, version, None),
    };
    let before = before.map(|from| format!(" (from {from})")).unwrap_or_default();
    let mut graph = addition.report.graph.iter();
    let place = graph.find(|(_, package)| package.name == *name && package.version == *version);
    let mut judgements = addition.report.evaluation.judgements.iter();
    let judgement = place.and_then(|(place, _)| judgements.find(|judgement| judgement.package == place));
    let terms = judgement
        .map(|judgement| format!(": {}", terms(judgement)))
        .unwrap_or_default();
    let package = format!("{name} {version}");
    writeln!(
        out,
        "{what:NAME_WIDTH$} `{}`{before}{}",
        visible(&package),
        visible(&terms)
    )
}

/// The license, and what is said of AI uses.
fn terms(judgement: &Judgement) -> String {
    let license = judgement.license.effective.as_deref().unwrap_or("no known license");
    let elected = judgement
        .license
        .elected
        .as_deref()
        .map(|elected| format!(" → {elected}"));
    let said = judgement.ai.iter().filter(|(ai_use, terms)| {
        let is_ordinary = *ai_use == airights::AiUse::UseRestrictions && terms.value == UseValue::Allowed;
        terms.value != UseValue::Unknown && !is_ordinary
    });
    let said: Vec<String> = said
        .map(|(ai_use, terms)| format!(", {ai_use} {}", terms.value))
        .collect();
    format!(
        "{license}{}, {}{}",
        elected.unwrap_or_default(),
        judgement.role,
        said.concat()
    )
}

fn write_end(addition: &Addition<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let (word, color) = match addition.ended {
        Ended::Added => ("added", AnsiColor::Green),
        Ended::NotAsked => ("passed", AnsiColor::Green),
        Ended::Refused => ("refused", AnsiColor::Red),
    };
    let word = terminal.paint(Style::new().bold().fg_color(Some(color.into())), word);
    let come = addition
        .changes
        .iter()
        .filter(|change| matches!(change, Change::Added { .. }))
        .count();
    let come = counted(come, "new package");
    match addition.ended {
        Ended::Added => writeln!(out, "{word}: {come}; manifest and lockfile are what was judged")?,
        Ended::NotAsked => writeln!(out, "{word}: {come}; nothing was changed")?,
        Ended::Refused => writeln!(
            out,
            "{word}: {} denied; nothing was changed",
            counted(addition.anew.len(), "package")
        )?,
    }
    let made = if addition.ended == Ended::Added {
        "has"
    } else {
        "would have"
    };
    for exception in addition.exceptions {
        writeln!(out, "the policy {made} an exception for `{}`", visible(exception))?;
    }
    for nearest in addition.nearest {
        writeln!(out, "hint: `{}` would pass", visible(nearest))?;
    }
    if addition.ended == Ended::Refused && addition.exceptions.is_empty() {
        writeln!(
            out,
            "hint: `--force --reason \"…\"` records an exception and adds it all the same"
        )?;
    }
    writeln!(out, "not legal advice")
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;
    use semver::Version;

    use super::*;
    use crate::sample::sample_evaluation;

    #[test]
    fn the_sample_is_refused_in_words() {
        let sample = sample_evaluation();
        let report = sample.report();
        let changes = [
            Change::Added {
                name: "ishell".to_owned(),
                version: Version::new(0, 2, 3),
            },
            Change::Moved {
                name: "parser".to_owned(),
                from: Version::new(2, 0, 0),
                to: Version::new(2, 1, 0),
            },
        ];
        let addition = Addition {
            report: &report,
            changes: &changes,
            anew: &[PackageIx(2)],
            nearest: &["ishell@0.1.0".to_owned()],
            exceptions: &[],
            ended: Ended::Refused,
        };
        let mut out = Vec::new();
        write(&addition, Terminal::PLAIN, &mut out).unwrap();
        expect_file!["goldens/add.txt"].assert_eq(&String::from_utf8(out).unwrap());
    }
}
