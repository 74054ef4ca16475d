//! The policies to start from: each is read without a word, and what it means in plain language is reviewed here.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes its snapshots with hashes, whether they need them or not"
)]

mod describe;

use std::path::{Path, PathBuf};

use airights::Policy;
use airights_policy::{PolicyOptions, load};
use expect_test::{Expect, expect};

use describe::describe;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy-examples")
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "`expect!` makes a value to be checked once"
)]
fn check(name: &str, expected: Expect) {
    let options = PolicyOptions {
        path: Some(folder().join(name)),
        root: PathBuf::new(),
    };
    let loaded = load(&options).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
    assert_eq!(loaded.problems, [], "{name}");
    // The first line names the file by a path that differs from machine to machine.
    let described = describe(&loaded.policy);
    let (_, rest) = described.split_once('\n').expect("there is a first line");
    expected.assert_eq(rest);
}

#[test]
fn permissive() {
    check(
        "permissive.toml",
        expect![[r#"

        every package
          allows class:permissive, class:public-domain
          denies no license by name
          of a choice, the first of these: MIT-0, 0BSD, MIT, Apache-2.0
          denies a license that is not allowed
          denies a license that is missing or cannot be read
          warns of a text that is not what the manifest declares
          warns of words in a license text that we could not classify
          warns of a license of bundled code that would not pass by itself
          allows a declared license without its text
          train-ai: not a use we make
          ai-input: not a use we make
          use-restrictions: denies disallowed and conditional, allows unknown
          train-on-output: not a use we make
          meets no conditions
          warns of a mere preference, and denies none
          warns of sources that contradict each other on an AI use

        differently for packages that only tests need
          allows class:permissive, class:public-domain, class:weak-copyleft

        the policy itself
          denies a clarification whose text has changed
          denies an exception that has expired
          warns of an exception that nothing needs
          allows an allowance that nothing needs
    "#]],
    );
}

#[test]
fn no_ai_training() {
    check(
        "no-ai-training.toml",
        expect![[r#"

        every package
          allows class:permissive, class:public-domain, class:weak-copyleft
          denies no license by name
          no preference among the licenses of a choice
          denies a license that is not allowed
          denies a license that is missing or cannot be read
          denies a text that is not what the manifest declares
          denies words in a license text that we could not classify
          denies a license of bundled code that would not pass by itself
          allows a declared license without its text
          train-ai: denies disallowed and conditional, allows unknown
          ai-input: denies disallowed, warns of conditional, allows unknown
          use-restrictions: denies disallowed, warns of conditional, allows unknown
          train-on-output: not a use we make
          meets these conditions: credit
          takes a mere preference as seriously as a license
          denies sources that contradict each other on an AI use

        the policy itself
          denies a clarification whose text has changed
          denies an exception that has expired
          denies an exception that nothing needs
          allows an allowance that nothing needs
    "#]],
    );
}

#[test]
fn train_only_on_permitted() {
    check(
        "train-only-on-permitted.toml",
        expect![[r#"

        every package
          allows class:permissive, class:public-domain, class:weak-copyleft, class:strong-copyleft
          denies no license by name
          no preference among the licenses of a choice
          denies a license that is not allowed
          denies a license that is missing or cannot be read
          denies a text that is not what the manifest declares
          denies words in a license text that we could not classify
          denies a license of bundled code that would not pass by itself
          warns of a declared license without its text
          train-ai: only an explicit permission passes
          ai-input: not a use we make
          use-restrictions: denies disallowed and conditional, allows unknown
          train-on-output: denies disallowed and conditional, allows unknown
          meets these conditions: credit, open-result
          takes a mere preference as seriously as a license
          denies sources that contradict each other on an AI use

        the policy itself
          denies a clarification whose text has changed
          denies an exception that has expired
          warns of an exception that nothing needs
          allows an allowance that nothing needs
    "#]],
    );
}

#[test]
fn strict_enterprise() {
    check(
        "strict-enterprise.toml",
        expect![[r#"

            every package
              allows MIT, MIT-0, Apache-2.0, Apache-2.0 WITH LLVM-exception, BSD-2-Clause, BSD-3-Clause, ISC, Zlib, 0BSD, CC0-1.0, Unicode-3.0
              denies class:network-copyleft, class:source-available, class:non-commercial, class:use-restricted, class:proprietary, whatever is allowed
              of a choice, the first of these: Apache-2.0, MIT
              denies a license that is not allowed
              denies a license that is missing or cannot be read
              denies a text that is not what the manifest declares
              denies words in a license text that we could not classify
              denies a license of bundled code that would not pass by itself
              warns of a declared license without its text
              train-ai: denies disallowed and conditional, allows unknown
              ai-input: denies disallowed and conditional, allows unknown
              use-restrictions: denies disallowed and conditional, warns of unknown
              train-on-output: denies disallowed, warns of conditional, allows unknown
              meets no conditions
              takes a mere preference as seriously as a license
              denies sources that contradict each other on an AI use

            differently for build-time packages
              allows class:permissive, class:public-domain, class:weak-copyleft

            differently for packages that only tests need
              allows class:permissive, class:public-domain, class:weak-copyleft
              warns of a license of bundled code that would not pass by itself

            exceptions
              webpki-roots may have CDLA-Permissive-2.0 until 2028-06-30: a data license: it covers the list of certificate authorities, and asks only that its text goes along (open-source-office@example.org)

            the policy itself
              denies a clarification whose text has changed
              denies an exception that has expired
              allows an exception that nothing needs
              allows an allowance that nothing needs
        "#]],
    );
}

#[test]
fn open_source_project() {
    check(
        "open-source-project.toml",
        expect![[r#"

        every package
          allows class:permissive, class:public-domain, class:weak-copyleft
          denies no license by name
          of a choice, the first of these: Apache-2.0, MIT
          denies a license that is not allowed
          denies a license that is missing or cannot be read
          warns of a text that is not what the manifest declares
          warns of words in a license text that we could not classify
          warns of a license of bundled code that would not pass by itself
          warns of a declared license without its text
          train-ai: warns of disallowed and conditional, allows unknown
          ai-input: warns of disallowed and conditional, allows unknown
          use-restrictions: denies disallowed and conditional, allows unknown
          train-on-output: not a use we make
          meets these conditions: credit
          warns of a mere preference, and denies none
          warns of sources that contradict each other on an AI use

        differently for build-time packages
          allows class:permissive, class:public-domain, class:weak-copyleft, class:strong-copyleft

        differently for packages that only tests need
          allows class:permissive, class:public-domain, class:weak-copyleft, class:strong-copyleft, class:network-copyleft

        the policy itself
          denies a clarification whose text has changed
          denies an exception that has expired
          warns of an exception that nothing needs
          allows an allowance that nothing needs
    "#]],
    );
}

#[test]
fn the_built_in_policy_is_described_as_well() {
    expect![[r#"
        the built-in policy

        every package
          allows class:permissive, class:public-domain, class:weak-copyleft
          denies no license by name
          no preference among the licenses of a choice
          denies a license that is not allowed
          denies a license that is missing or cannot be read
          warns of a text that is not what the manifest declares
          warns of words in a license text that we could not classify
          warns of a license of bundled code that would not pass by itself
          allows a declared license without its text
          train-ai: denies disallowed, warns of conditional, allows unknown
          ai-input: denies disallowed, warns of conditional, allows unknown
          use-restrictions: denies disallowed, warns of conditional, allows unknown
          train-on-output: denies disallowed, warns of conditional, allows unknown
          meets no conditions
          warns of a mere preference, and denies none
          warns of sources that contradict each other on an AI use

        the policy itself
          denies a clarification whose text has changed
          denies an exception that has expired
          warns of an exception that nothing needs
          allows an allowance that nothing needs
    "#]]
    .assert_eq(&describe(&Policy::built_in()));
}

#[test]
fn every_example_is_reviewed() {
    let this_file = include_str!("main.rs");
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        let name = entry.expect("it can be listed").file_name();
        let name = name.to_string_lossy();
        assert!(this_file.contains(&format!("\"{name}\"")), "{name}");
    }
}
