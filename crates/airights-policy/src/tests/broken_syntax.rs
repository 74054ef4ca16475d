//! Files that are no TOML, or of no version that is known.

use expect_test::expect;

use super::check;

#[test]
fn broken_syntax_is_reported_with_its_place() {
    check(
        "version = 1\n[licenses\nallow = [\"MIT\"]\n",
        expect![[r#"
            error: invalid TOML: unclosed table, expected `]`
              --> airights.toml:2:10
              | [licenses
              |          ^
        "#]],
    );
    check(
        "version = 1\nversion = 1\n",
        expect![[r#"
        error: invalid TOML: duplicate key
          --> airights.toml:2:1
          | version = 1
          | ^^^^^^^
    "#]],
    );
    check(
        "version = 1\n[licenses]\nallow = [\"MIT\"\ndeny = [\"ISC\"]\n[ai]\ntrain-ai = \"no\"\n",
        expect![[r#"
            error: invalid TOML: missing comma between array elements, expected `,`
              --> airights.toml:4:1
              | deny = ["ISC"]
              | ^
        "#]],
    );
    check(
        "version = 1\n<<<<<<< HEAD\n[ai]\n=======\n[licenses]\n>>>>>>> x\n",
        expect![[r#"
            error: invalid TOML: invalid unquoted key, expected letters, numbers, `-`, `_`
              --> airights.toml:2:1
              | <<<<<<< HEAD
              | ^^^^^^^
            error: invalid TOML: extra `=`, expected nothing
              --> airights.toml:4:2
              | =======
              |  ^
            error: invalid TOML: key with no value, expected `=`
              --> airights.toml:6:9
              | >>>>>>> x
              |         ^
        "#]],
    );
    check(
        "version = 1\nextends = [\"a\n",
        expect![[r#"
            error: invalid TOML: unclosed array, expected `]`
              --> airights.toml:2:14
              | extends = ["a
              |              ^
        "#]],
    );
}

#[test]
fn broken_lines_hide_no_other_mistake() {
    check(
        "version 1\n[licenses]\nallow = [MIT, ISC]\nunknown = deny\ndeny = [\"Mitt\"]\n[[clarify]]\ncrate = \"a\nfiles = []\n",
        expect![[r#"
            error: invalid TOML: key with no value, expected `=`
              --> airights.toml:1:9
              | version 1
              |         ^
            error: invalid TOML: string values must be quoted, expected literal string
              --> airights.toml:3:10
              | allow = [MIT, ISC]
              |          ^^^
            error: invalid TOML: string values must be quoted, expected literal string
              --> airights.toml:4:11
              | unknown = deny
              |           ^^^^
            error: `Mitt` is not an SPDX license id
              --> airights.toml:5:9
              | deny = ["Mitt"]
              |         ^^^^^^
              help: did you mean `MIT`?
            error: invalid TOML: invalid basic string, expected `"`
              --> airights.toml:7:11
              | crate = "a
              |           ^
            error: `files` must name at least one file
              --> airights.toml:8:9
              | files = []
              |         ^^
              help: leave it out where the crate has no license file, and give its `checksum` or `commit`
        "#]],
    );
}

#[test]
fn the_version_must_be_known() {
    check(
        "",
        expect![[r#"
        error: missing key `version`
          --> airights.toml
          help: begin the file with `version = 1`
    "#]],
    );
    check(
        "# A policy.\n[ai]\ntrain-ai = \"require\"\n",
        expect![[r#"
        error: missing key `version`
          --> airights.toml
          help: begin the file with `version = 1`
    "#]],
    );
    check(
        "version = 2\nnovelty = true\n",
        expect![[r#"
        error: policies of version 2 are not known here
          --> airights.toml:1:11
          | version = 2
          |           ^ expected 1
          help: this cargo-airights reads version 1; a newer one may read yours
    "#]],
    );
    check(
        "version = \"1\"\n",
        expect![[r#"
        error: `version` must be the number 1
          --> airights.toml:1:11
          | version = "1"
          |           ^^^
          help: write `version = 1`
    "#]],
    );
}
