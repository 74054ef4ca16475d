//! `extends`: what is built on comes first, and its mistakes are shown where they are.

use std::collections::BTreeMap;

use airights::{AiUse, Level, Role, Rule};
use expect_test::{Expect, expect};

use super::plain;
use crate::{LoadedPolicy, PolicyProblem, parse};

/// Reads the `airights.toml` among some files.
fn parse_among(files: &[(&str, &str)]) -> Result<LoadedPolicy, Vec<PolicyProblem>> {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    parse("airights.toml", files["airights.toml"], &mut |path| {
        let text = files.get(path).ok_or("there is no such file")?;
        Ok((*text).to_owned())
    })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` makes a value to be checked once"
)]
fn check_problems(files: &[(&str, &str)], expected: Expect) {
    let problems = match parse_among(files) {
        Ok(loaded) => loaded.problems,
        Err(problems) => problems,
    };
    expected.assert_eq(&plain(&problems));
}

#[test]
fn later_files_win_and_entries_accumulate() {
    let loaded = parse_among(&[
        (
            "airights.toml",
            r#"version = 1
extends = ["policies/company.toml", "policies/team.toml"]
[licenses]
allow = ["MIT"]
[[exceptions]]
crate = "c"
ai = ["train-ai"]
reason = "ours"
"#,
        ),
        (
            "policies/company.toml",
            r#"version = 1
extends = ["base.toml"]
[licenses]
allow = ["MIT", "ISC"]
unknown = "warn"
[ai]
train-ai = "require"
[roles.dev]
licenses.unknown = "allow"
[[exceptions]]
crate = "b"
ai = ["train-ai"]
reason = "the company's"
"#,
        ),
        (
            "policies/team.toml",
            "version = 1\nextends = [\"./base.toml\"]\n[ai]\ntrain-ai = \"ignore\"\n",
        ),
        (
            "policies/base.toml",
            "version = 1\n[[exceptions]]\ncrate = \"a\"\nai = [\"train-ai\"]\nreason = \"everybody's\"\n",
        ),
    ])
    .unwrap_or_else(|problems| panic!("{}", plain(&problems)));
    let policy = loaded.policy;
    assert_eq!(policy.base.licenses.allow.len(), 1);
    assert_eq!(policy.base.levels.of(Rule::LicenseUnknown), Level::Warn);
    assert_eq!(policy.section(Role::Dev).levels.of(Rule::LicenseUnknown), Level::Allow);
    assert_eq!(policy.section(Role::Dev).licenses.allow.len(), 1);
    assert_eq!(policy.base.ai.uses[AiUse::TrainAi].disallowed, Level::Allow);
    let crates: Vec<String> = policy.exceptions.iter().map(|entry| entry.krate.to_string()).collect();
    assert_eq!(crates, ["a", "b", "c"]);
    let place = policy.exceptions[1].at.as_ref().expect("it stands in a file");
    assert_eq!((place.path.as_str(), place.lines.0), ("policies/company.toml", 11));
}

#[test]
fn what_cannot_be_extended_is_reported_at_its_entry() {
    check_problems(
        &[
            (
                "airights.toml",
                "version = 1\nextends = [\"missing.toml\", \"https://example.org/p.toml\", \"\", \"a.toml\"]\nfoo = 1\n",
            ),
            ("a.toml", "version = 1\nextends = [\"b.toml\"]\n"),
            (
                "b.toml",
                "version = 1\nextends = [\"x/../a.toml\"]\n[ai]\ntrain-ai = \"no\"\n",
            ),
        ],
        expect![[r#"
            error: failed to read `missing.toml`
              --> airights.toml:2:12
              | extends = ["missing.toml", "https://example.org/p.toml", "", "a.toml"]
              |            ^^^^^^^^^^^^^^
              caused by: there is no such file
              help: paths in `extends` start from the folder of the file they stand in
            error: a policy cannot be extended from an address yet
              --> airights.toml:2:28
              | extends = ["missing.toml", "https://example.org/p.toml", "", "a.toml"]
              |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected a path
              help: keep a copy in the repository and name its path
            error: `extends` names no file
              --> airights.toml:2:58
              | extends = ["missing.toml", "https://example.org/p.toml", "", "a.toml"]
              |                                                          ^^ expected a path
            error: unknown key `foo`
              --> airights.toml:3:1
              | foo = 1
              | ^^^ no key of a policy
              help: the keys here are `version`, `extends`, `graph`, `licenses`, `ai`, `roles`, `exceptions`, `clarify` and `lints`
            error: `x/../a.toml` extends itself
              --> b.toml:2:12
              | extends = ["x/../a.toml"]
              |            ^^^^^^^^^^^^^ this closes a circle
              help: airights.toml → a.toml → b.toml → x/../a.toml
            error: unknown stance `no`
              --> b.toml:4:12
              | train-ai = "no"
              |            ^^^^ expected `respect`, `ignore` or `require`
        "#]],
    );
}

#[test]
fn a_chain_of_policies_ends_somewhere() {
    let text: String = "version = 1\nextends = [\"x/airights.toml\"]\n".to_owned();
    let problems = parse("airights.toml", &text, &mut |_| Ok(text.clone())).expect_err("it never ends");
    assert_eq!(problems.len(), 1, "{}", plain(&problems));
    assert!(
        problems[0].message.contains("too many policies"),
        "{}",
        plain(&problems)
    );
}
