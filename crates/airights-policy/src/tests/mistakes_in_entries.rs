//! What an exception or a clarification must say, and how it is asked for.

use expect_test::expect;

use super::check;

#[test]
fn exceptions_say_for_whom_what_and_why() {
    check(
        r#"version = 1
[[exceptions]]
[[exceptions]]
crate = "ring @ 0.17"
ai = ["training"]
roles = ["tests"]
reason = " "
expires = "soon"
[[exceptions]]
crate = "ring"
ai = { train-ai = "forbidden" }
roles = []
reason = "reviewed"
"#,
        expect![[r#"
            error: this exception allows nothing
              --> airights.toml:2:1
              | [[exceptions]]
              | ^^^^^^^^^^^^^^
              help: say what the crate may have: `licenses = ["…"]`, `ai = ["train-ai"]`, or both
            error: missing key `crate`
              --> airights.toml:2:1
              | [[exceptions]]
              | ^^^^^^^^^^^^^^ `exceptions` needs `crate`
            error: missing key `reason`
              --> airights.toml:2:1
              | [[exceptions]]
              | ^^^^^^^^^^^^^^ `exceptions` needs `reason`
            error: `ring @ 0.17` is not a crate
              --> airights.toml:4:9
              | crate = "ring @ 0.17"
              |         ^^^^^^^^^^^^^ expected a crate, as `NAME`, `NAME@VERSION`, or `URL#NAME@VERSION`
            error: unknown AI use `training`
              --> airights.toml:5:7
              | ai = ["training"]
              |       ^^^^^^^^^^ expected `train-ai`, `ai-input`, `use-restrictions` or `train-on-output`
              help: did you mean `train-ai`?
            error: unknown role `tests`
              --> airights.toml:6:10
              | roles = ["tests"]
              |          ^^^^^^^ expected `shipped`, `build`, `dev`, `member` or `unbuilt`
              help: did you mean `dev`?
            error: `reason` must not be empty
              --> airights.toml:7:10
              | reason = " "
              |          ^^^
            error: `expires` must be a day
              --> airights.toml:8:11
              | expires = "soon"
              |           ^^^^^^ expected a date, as in 2027-06-30
            error: unknown value `forbidden`
              --> airights.toml:11:19
              | ai = { train-ai = "forbidden" }
              |                   ^^^^^^^^^^^ expected `allowed`, `unknown`, `conditional` or `disallowed`
            error: `roles` must name at least one role
              --> airights.toml:12:9
              | roles = []
              |         ^^
              help: leave `roles` out where the exception holds for every role
        "#]],
    );
}

#[test]
fn clarifications_are_bound_to_texts() {
    check(
        r#"version = 1
[[clarify]]
crate = "a"
[[clarify]]
crate = "b"
license = "MIT AND Apache2.0"
files = []
[[clarify]]
crate = "c"
license = "MIT"
files = [
    { path = "a/../LICENSE", sha256 = "abc" },
    { path = "LICENSE", sha256 = "zz" },
    { sha-256 = "" },
]
[[clarify]]
crate = "d"
license = "GPL-2.0"
files = "LICENSE"
"#,
        expect![[r#"
            error: missing key `license`
              --> airights.toml:2:1
              | [[clarify]]
              | ^^^^^^^^^^^ `clarify` needs `license`
            error: missing key `reason`
              --> airights.toml:2:1
              | [[clarify]]
              | ^^^^^^^^^^^ `clarify` needs `reason`
            error: `MIT AND Apache2.0` is not an SPDX expression
              --> airights.toml:6:20
              | license = "MIT AND Apache2.0"
              |                    ^^^^^^^^^ unknown term
              help: did you mean `Apache-2.0`?
            error: `files` must name at least one file
              --> airights.toml:7:9
              | files = []
              |         ^^
              help: leave it out where the crate has no license file, and give its `checksum` or `commit`
            error: `a/../LICENSE` is not a path in a package
              --> airights.toml:12:14
              |     { path = "a/../LICENSE", sha256 = "abc" },
              |              ^^^^^^^^^^^^^^
              help: write it as seen from the package's root, with `/`: `LICENSES/MIT.txt`
            error: `sha256` must be 64 hexadecimal digits
              --> airights.toml:12:39
              |     { path = "a/../LICENSE", sha256 = "abc" },
              |                                       ^^^^^ there are 3
              help: `sha256sum FILE` prints it, and so does `cargo airights explain CRATE`
            error: `sha256` must be 64 hexadecimal digits
              --> airights.toml:13:34
              |     { path = "LICENSE", sha256 = "zz" },
              |                                  ^^^^ not hexadecimal
              help: `sha256sum FILE` prints it, and so does `cargo airights explain CRATE`
            error: missing key `path`
              --> airights.toml:14:5
              |     { sha-256 = "" },
              |     ^^^^^^^^^^^^^^^^ `clarify.files` needs `path`
            error: missing key `sha256`
              --> airights.toml:14:5
              |     { sha-256 = "" },
              |     ^^^^^^^^^^^^^^^^ `clarify.files` needs `sha256`
            error: unknown key `sha-256`
              --> airights.toml:14:7
              |     { sha-256 = "" },
              |       ^^^^^^^ no key of `clarify.files`
              help: did you mean `sha256`?
            error: `GPL-2.0` is not an SPDX expression
              --> airights.toml:18:12
              | license = "GPL-2.0"
              |            ^^^^^^^ a deprecated license identifier was used
              help: write `GPL-2.0-only`, or what the text really says
            error: `files` must be a list of tables
              --> airights.toml:19:9
              | files = "LICENSE"
              |         ^^^^^^^^^ this is a string
        "#]],
    );
}
