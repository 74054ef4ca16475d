//! Policies as text, and what is made of them.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes its snapshots with hashes, whether they need them or not"
)]

mod baseline;
mod broken_syntax;
mod deny_toml;
mod extended;
mod forms;
mod loading;
mod mistakes;
mod mistakes_in_entries;
mod never_panics;
mod schema;

use std::fmt::Write;

use expect_test::Expect;

use super::{LoadedPolicy, PolicyProblem, Severity, parse};

/// Reads a policy that stands alone.
fn parse_alone(text: &str) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    parse("airights.toml", text, &mut |path| {
        Err(format!("nothing may read `{path}` here"))
    })
}

/// Reads a policy that must be good.
fn policy_of(text: &str) -> LoadedPolicy {
    match parse_alone(text) {
        Ok(loaded) => loaded,
        Err(problems) => panic!("{text}\n{}", plain(&problems)),
    }
}

/// What is wrong with a policy, errors and warnings.
fn problems_of(text: &str) -> Vec<PolicyProblem> {
    match parse_alone(text) {
        Ok(loaded) => loaded.problems,
        Err(problems) => problems,
    }
}

/// Checks what is said of a policy that stands alone.
#[expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` makes a value to be checked once"
)]
fn check(policy: &str, expected: Expect) {
    expected.assert_eq(&plain(&problems_of(policy)));
}

/// Problems with their carets, in the plainest form that shows everything.
fn plain(problems: &[PolicyProblem]) -> String {
    let mut out = String::new();
    for problem in problems {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = writeln!(out, "{severity}: {}", problem.message);
        if let Some(excerpt) = &problem.excerpt {
            let _ = write!(out, "  --> {}", excerpt.path);
            if let Some(line) = excerpt.text.lines().next() {
                let before = &line[..excerpt.marked_start];
                let marked = &line[excerpt.marked_start..excerpt.marked_end.min(line.len())];
                let indent = " ".repeat(before.chars().count());
                let carets = "^".repeat(marked.chars().count().max(1));
                let _ = writeln!(out, ":{}:{}", excerpt.lines.0, before.chars().count() + 1);
                let _ = writeln!(out, "  | {line}");
                let _ = write!(out, "  | {indent}{carets}");
            }
            let _ = writeln!(out, " {}", problem.label.as_deref().unwrap_or_default());
        }
        if let Some(cause) = &problem.cause {
            let _ = writeln!(out, "  caused by: {cause}");
        }
        if let Some(help) = &problem.help {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    let lines: Vec<&str> = out.lines().map(str::trim_end).chain([""]).collect();
    lines.join("\n")
}
