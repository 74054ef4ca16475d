//! `check --baseline`: what was denied on the day it was written passes, and `--write-baseline` writes it.

use std::path::Path;

use airights::Verdict;
use airights::baseline::{Baseline, BaselineEntry, KnownProblem};
use airights_policy::baseline;
use airights_report::baseline::baseline_file;
use airights_report::escape::visible;
use airights_report::old_words::words_without_keys;
use airights_session::Project;
use airights_store::{Edit, ProjectLock};

use super::failure::Failure;
use super::hold::text_of;
use crate::cli::CheckArgs;
use crate::console::Console;

/// So many entries are named one by one.
const MOST_NAMED: usize = 20;

/// Lets pass what the baseline knows, where there is one, writes it where the project is held to be changed, and returns what the reader should know of it.
pub(super) fn apply(
    args: &CheckArgs,
    project: &mut Project,
    lock: Option<&ProjectLock>,
    console: &Console,
) -> Result<Vec<String>, Failure> {
    let Some(path) = args.baseline.as_deref() else {
        return Ok(Vec::new());
    };
    let (graph, facts) = (&project.resolved.graph, &project.facts);
    let kept = baseline::load(path)?.map(|kept| kept.with_keys(&project.evaluation, graph, facts, words_without_keys));
    let baseline = match (kept, lock) {
        (kept, Some(lock)) => write(args, path, &kept.unwrap_or_default(), project, lock, console)?,
        (Some(kept), None) => kept,
        (None, None) => {
            return Err(Failure::new(
                format!("cannot find the baseline `{}`", path.display()),
                Some("`--write-baseline` writes it from what is denied today".to_owned()),
            ));
        }
    };
    let (graph, facts) = (&project.resolved.graph, &project.facts);
    let left = project.evaluation.soften(&baseline, graph, facts);
    if graph.is_part() {
        // Of the rest of the workspace nobody knows.
        return Ok(Vec::new());
    }
    Ok(notes(path, &left))
}

/// Writes what is denied today, and tells what that adds and drops.
fn write(
    args: &CheckArgs,
    path: &Path,
    kept: &Baseline,
    project: &Project,
    lock: &ProjectLock,
    console: &Console,
) -> Result<Baseline, Failure> {
    // What could not be judged today may have entries that must not be lost.
    if project.evaluation.verdict == Verdict::Incomplete {
        return Err(Failure::new(
            format!("something could not be judged, so `{}` stays as it was", path.display()),
            Some("`cargo airights check` says what is missing".to_owned()),
        ));
    }
    if project.resolved.graph.is_part() {
        return Err(Failure::new(
            format!(
                "only a part of the workspace was judged, so `{}` stays as it was",
                path.display()
            ),
            Some("drop `--package`, `--exclude` and `--role`".to_owned()),
        ));
    }
    let mut baseline = Baseline::of(&project.evaluation, &project.resolved.graph, &project.facts);
    if !args.project.target.is_empty() {
        // What is denied for other targets is so still.
        baseline.entries.extend(kept.entries.iter().cloned());
    }
    let (before, after) = (text_of(path)?, baseline_file(&baseline));
    let edit = Edit {
        path,
        before: before.as_deref(),
        after: Some(&after),
    };
    lock.change(&[], &[edit])?.forget();
    let added: Vec<&BaselineEntry> = baseline.entries.difference(&kept.entries).collect();
    let dropped = kept.entries.difference(&baseline.entries).count();
    console.tell(|err, _| {
        let (in_all, new) = (baseline.entries.len(), added.len());
        writeln!(
            err,
            "wrote `{}`: entries in all {in_all}, added {new}, dropped {dropped}",
            path.display()
        )?;
        for entry in added.iter().take(MOST_NAMED) {
            writeln!(err, "  added: {}", in_words(entry))?;
        }
        if new > MOST_NAMED {
            writeln!(err, "  … and {} more", new - MOST_NAMED)?;
        }
        Ok(())
    });
    Ok(baseline)
}

fn notes(path: &Path, left: &[BaselineEntry]) -> Vec<String> {
    if left.is_empty() {
        return Vec::new();
    }
    let mut named: Vec<String> = left.iter().take(MOST_NAMED).map(in_words).collect();
    if left.len() > MOST_NAMED {
        named.push(format!("… and {} more", left.len() - MOST_NAMED));
    }
    vec![format!(
        "of `{}` this no longer occurs, and `--write-baseline` drops it: {}",
        path.display(),
        named.join("; ")
    )]
}

fn in_words(entry: &BaselineEntry) -> String {
    let problem = match &entry.problem {
        KnownProblem::Key(key) => key.to_string(),
        KnownProblem::Words(words) => words.clone(),
    };
    format!("`{}` {}", visible(&entry.krate), visible(&problem))
}

#[cfg(test)]
mod tests {
    use airights::policy::BoundFile;
    use airights::problem::ProblemKey;
    use airights::{AiUse, Rule};

    use super::*;

    /// What is written is what is read, whatever crates say.
    #[test]
    fn what_is_written_is_read_back() {
        let hostile = "\"\"\"\n[[finding]]\ncrate = \"all\" \\ \u{1b}[2J \u{202e} \u{2028} é";
        let entry = |rule, ai_use| BaselineEntry {
            krate: "parser".to_owned(),
            rule,
            ai_use,
            problem: KnownProblem::Key(ProblemKey {
                name: "license-not-allowed".into(),
                terms: vec![hostile.to_owned(), String::new()],
            }),
            files: vec![BoundFile {
                path: format!("../{hostile}"),
                sha256: "c0".repeat(32),
            }],
            words: vec![hostile.to_owned()],
        };
        let baseline = Baseline {
            entries: [
                entry(Rule::LicenseNotAllowed, None),
                entry(Rule::AiUseDisallowed, Some(AiUse::TrainAi)),
                BaselineEntry {
                    files: Vec::new(),
                    words: Vec::new(),
                    ..entry(Rule::LicenseUnknown, None)
                },
            ]
            .into(),
        };
        let text = baseline_file(&baseline);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
        assert_eq!(baseline::parse("baseline.toml", &text), Ok(baseline));
        assert_eq!(
            baseline::parse("baseline.toml", &baseline_file(&Baseline::default())),
            Ok(Baseline::default())
        );
    }
}
