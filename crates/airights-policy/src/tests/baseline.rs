//! Baselines as text: what is read, and what is said of what cannot be.

use airights::baseline::KnownProblem;
use airights::{AiUse, Problem};
use expect_test::{Expect, expect};

use super::plain;
use crate::baseline::parse;

#[expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` makes a value to be checked once"
)]
fn check(text: &str, expected: Expect) {
    let problems = parse("baseline.toml", text).expect_err("a broken baseline");
    expected.assert_eq(&plain(&problems));
}

#[test]
fn a_whole_entry_is_read() {
    let text = "version = 1\n[[finding]]\ncrate = \"a\"\nrule = \"ai-use-disallowed\"\nuse = \"train-ai\"\n\
                problem = \"may not\"\nwords = [\"b\", \"a\"]\n";
    let text = format!(
        "{text}files = [{{ path = \"LICENSE\", sha256 = \"{}\" }}]\n",
        "Ab".repeat(32)
    );
    let baseline = parse("baseline.toml", &text).unwrap();
    let entry = baseline.entries.first().unwrap();
    assert_eq!((entry.krate.as_str(), entry.rule.id()), ("a", "ai-use-disallowed"));
    assert_eq!(entry.words, ["a", "b"]);
    assert_eq!(entry.files[0].sha256, "ab".repeat(32));
    assert_eq!(entry.problem, KnownProblem::Words("may not".to_owned()));
    assert_eq!(parse("baseline.toml", "version = 1\n").unwrap().entries.len(), 0);
    let keyed = "version = 2\n[[finding]]\ncrate = \"a\"\nrule = \"ai-use-disallowed\"\nuse = \"train-ai\"\n\
                 problem = \"use-disallowed\"\nterms = [\"train-ai\"]\n";
    let baseline = parse("baseline.toml", keyed).unwrap();
    let problem = Problem::UseDisallowed(AiUse::TrainAi);
    assert_eq!(
        baseline.entries.first().map(|entry| &entry.problem),
        problem.key().map(KnownProblem::Key).as_ref()
    );
}

#[test]
fn every_mistake_is_shown_at_once() {
    check(
        "version = 1\nfound = 1\n[[finding]]\ncrate = \"\"\nrule = \"ai-use-disalowed\"\nuse = \"sell\"\nwhy = 1\n\
         files = [{ path = \"LICENSE\", sha256 = \"00\" }]\n",
        expect![[r#"
            error: unknown key `found`
              --> baseline.toml:2:1
              | found = 1
              | ^^^^^ no key of a baseline
              help: the keys here are `version` and `finding`
            error: missing key `problem`
              --> baseline.toml:3:1
              | [[finding]]
              | ^^^^^^^^^^^ `finding` needs `problem`
            error: `crate` must not be empty
              --> baseline.toml:4:9
              | crate = ""
              |         ^^
            error: unknown rule `ai-use-disalowed`
              --> baseline.toml:5:8
              | rule = "ai-use-disalowed"
              |        ^^^^^^^^^^^^^^^^^^ expected `license-not-allowed`, `license-unknown`, `license-mismatch`, `license-residue`, `license-text-missing`, `bundled-license`, `ai-use-disallowed`, `ai-use-conditional`, `ai-use-unknown`, `ai-terms-conflict`, `clarification-stale`, `exception-expired`, `exception-unused`, `allowance-unused` or `not-evaluated`
              help: did you mean `ai-use-disallowed`?
            error: unknown AI use `sell`
              --> baseline.toml:6:7
              | use = "sell"
              |       ^^^^^^ expected `train-ai`, `ai-input`, `use-restrictions` or `train-on-output`
            error: unknown key `why`
              --> baseline.toml:7:1
              | why = 1
              | ^^^ no key of `finding`
              help: the keys here are `crate`, `rule`, `use`, `problem`, `terms`, `files` and `words`
            error: `sha256` must be 64 hexadecimal digits
              --> baseline.toml:8:39
              | files = [{ path = "LICENSE", sha256 = "00" }]
              |                                       ^^^^ there are 2
              help: `sha256sum FILE` prints it, and so does `cargo airights explain CRATE`
        "#]],
    );
}

#[test]
fn what_is_no_baseline_lets_nothing_pass() {
    check(
        "version = 3\n",
        expect![[r#"
        error: baselines of version 3 are not known here
          --> baseline.toml:1:11
          | version = 3
          |           ^ expected 1 or 2
    "#]],
    );
    check(
        "",
        expect![[r#"
        error: missing key `version`
          --> baseline.toml
          help: `cargo airights check --baseline FILE --write-baseline` writes a baseline
    "#]],
    );
    check(
        "[licenses]\nallow = [\"MIT\"]\n",
        expect![[r#"
        error: missing key `version`
          --> baseline.toml
          help: `cargo airights check --baseline FILE --write-baseline` writes a baseline
        error: unknown key `licenses`
          --> baseline.toml:1:2
          | [licenses]
          |  ^^^^^^^^ no key of a baseline
          help: the keys here are `version` and `finding`
    "#]],
    );
    check(
        "<html>",
        expect![[r#"
        error: invalid TOML: invalid unquoted key, expected letters, numbers, `-`, `_`
          --> baseline.toml:1:1
          | <html>
          | ^
    "#]],
    );
}
