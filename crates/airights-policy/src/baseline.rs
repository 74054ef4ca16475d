//! A baseline file: what `check --write-baseline` wrote, read with the same care as a policy.

use std::collections::BTreeSet;
use std::path::Path;

use airights::baseline::{Baseline, BaselineEntry, KnownProblem};
use airights::policy::BoundFile;
use airights::problem::ProblemKey;
use airights::{AiUse, Excerpt, Rule, RuleSubject};
use toml::de::{DeTable, DeValue};

use super::entries::{FILE_KEYS, ai_uses, non_empty, sha256};
use super::load::{exists, not_utf8, read_bytes, with_slashes};
use super::problem::{PolicyProblem, Severity, in_file_order};
use super::source::Source;
use super::table::Table;

const ROOT_KEYS: &[&str] = &["version", "finding"];
const FINDING_KEYS: &[&str] = &["crate", "rule", "use", "problem", "terms", "files", "words"];

/// Reads a baseline from disk; `None` where there is no such file.
///
/// # Errors
///
/// Every problem of the file.
pub fn load(path: &Path) -> Result<Option<Baseline>, Vec<PolicyProblem>> {
    if !exists(path) {
        return Ok(None);
    }
    let name = with_slashes(path);
    let bytes = read_bytes(path).map_err(|reason| {
        let problem = PolicyProblem::error(format!("failed to read baseline `{name}`")).cause(reason);
        let help = "see that it is a file you may read, or name another with `--baseline`";
        vec![problem.help(help.to_owned()).at(Excerpt::whole_file(&name))]
    })?;
    let text = String::from_utf8(bytes).map_err(|error| vec![not_utf8(&name, &error)])?;
    parse(&name, &text).map(Some)
}

/// Reads the text of a baseline. `name` is the path that reports show.
///
/// # Errors
///
/// Every problem of the text: what cannot be understood lets nothing pass, and must not look as if it did.
pub fn parse(name: &str, text: &str) -> Result<Baseline, Vec<PolicyProblem>> {
    let source = Source::new(name, text).of_kind("a baseline");
    let baseline = read(&source).unwrap_or_default();
    let problems = in_file_order(source.into_problems(), &[name.to_owned()]);
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        Err(problems)
    } else {
        Ok(baseline)
    }
}

fn read(source: &Source<'_>) -> Option<Baseline> {
    let text = source.parsable()?;
    let (document, _) = DeTable::parse_recoverable(&text);
    let root = Table::root(source, &document).only(ROOT_KEYS);
    let version = version(&root)?;
    let findings = root.tables("finding").unwrap_or_default();
    Some(Baseline {
        entries: findings
            .into_iter()
            .filter_map(|table| finding(table, version))
            .collect(),
    })
}

/// How a baseline says what is the matter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    /// In the words of a report.
    One,
    /// As a key, and what it is said of.
    Two,
}

fn version(root: &Table<'_>) -> Option<Version> {
    let number = root.value("version").map(|value| match value.get_ref() {
        DeValue::Integer(number) => number.as_str().to_owned(),
        _ => "something else".to_owned(),
    });
    match number.as_deref() {
        Some("1") => return Some(Version::One),
        Some("2") => return Some(Version::Two),
        Some(other) => {
            let problem = PolicyProblem::error(format!("baselines of version {other} are not known here"));
            root.report_value("version", problem.label("expected 1 or 2"));
        }
        None if root.source.has_blanks() => {}
        None => {
            let help = "`cargo airights check --baseline FILE --write-baseline` writes a baseline";
            let problem = PolicyProblem::error("missing key `version`");
            root.source.report_whole(problem.help(help.to_owned()));
        }
    }
    None
}

/// Each part is read before any is asked for, so that every mistake is reported at once.
fn finding(table: Table<'_>, version: Version) -> Option<BaselineEntry> {
    let table = table.only(FINDING_KEYS);
    let krate = table.required("crate", non_empty);
    let of_check = Rule::ALL
        .iter()
        .filter(|rule| rule.subject() != RuleSubject::Publication);
    let rules: Vec<&str> = of_check.map(|rule| rule.id()).collect();
    let rule = table.required("rule", |table, key| table.word::<Rule>(key, "rule", &rules));
    let ai_use = table
        .has("use")
        .then(|| table.word::<AiUse>("use", "AI use", &ai_uses()));
    let problem = table.required("problem", non_empty);
    let terms = table.strings("terms").unwrap_or_default().into_iter();
    let terms: Vec<String> = terms.map(|term| term.value.to_owned()).collect();
    let mut files: Vec<BoundFile> = table
        .tables("files")
        .unwrap_or_default()
        .into_iter()
        .filter_map(file)
        .collect();
    files.sort();
    let words = table.strings("words").unwrap_or_default().into_iter();
    let words: BTreeSet<String> = words.map(|words| words.value.to_owned()).collect();
    Some(BaselineEntry {
        krate: krate?,
        rule: rule?,
        ai_use: match ai_use {
            Some(ai_use) => Some(ai_use?),
            None => None,
        },
        problem: match version {
            Version::One => KnownProblem::Words(problem?),
            Version::Two => KnownProblem::Key(ProblemKey {
                name: problem?.into(),
                terms,
            }),
        },
        files,
        words: words.into_iter().collect(),
    })
}

fn file(table: Table<'_>) -> Option<BoundFile> {
    let table = table.only(FILE_KEYS);
    let path = table.required("path", non_empty);
    let sha256 = table.required("sha256", sha256);
    Some(BoundFile {
        path: path?,
        sha256: sha256?,
    })
}
