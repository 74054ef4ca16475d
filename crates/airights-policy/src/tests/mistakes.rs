//! Every mistake is reported at once, each with its caret and a way forward.

use expect_test::expect;

use super::check;

#[test]
fn six_mistakes_are_six_problems_in_the_order_of_the_file() {
    check(
        r#"version = 1

[licenses]
alow = ["MIT"]
deny = ["Apache2.0", "MIT OR Apache-2.0"]
unknown = "forbid"

[ai]
train-ai = true

[[exceptions]]
crate = "ring@0.17"
licenses = ["LicenseRef-ring"]
expires = 2027-02-30
reason = "reviewed"
"#,
        expect![[r#"
            error: unknown key `alow`
              --> airights.toml:4:1
              | alow = ["MIT"]
              | ^^^^ no key of `licenses`
              help: did you mean `allow`?
            error: `Apache2.0` is not an SPDX license id
              --> airights.toml:5:9
              | deny = ["Apache2.0", "MIT OR Apache-2.0"]
              |         ^^^^^^^^^^^
              help: did you mean `Apache-2.0`?
            error: expected one license, not an expression
              --> airights.toml:5:22
              | deny = ["Apache2.0", "MIT OR Apache-2.0"]
              |                      ^^^^^^^^^^^^^^^^^^^
              help: list each license on its own; `MIT OR Apache-2.0` passes where either is allowed, `AND` where both are
            error: unknown level `forbid`
              --> airights.toml:6:11
              | unknown = "forbid"
              |           ^^^^^^^^ expected `allow`, `warn` or `deny`
              help: did you mean `deny`?
            error: `train-ai` must be `"respect"`, `"ignore"`, `"require"` or a table of levels
              --> airights.toml:9:12
              | train-ai = true
              |            ^^^^ this is a boolean
            error: invalid TOML: invalid date, expected day between 01 and 28
              --> airights.toml:14:11
              | expires = 2027-02-30
              |           ^^^^^^^^^^
        "#]],
    );
    check(
        r#"version = 1
[licenses]
alow = ["MIT"]
deny = ["Apache2.0", "MIT OR Apache-2.0"]
unknown = "forbid"
[ai]
train-ai = true
[[exceptions]]
crate = "ring@0.17"
licenses = ["LicenseRef-ring"]
"#,
        expect![[r#"
            error: unknown key `alow`
              --> airights.toml:3:1
              | alow = ["MIT"]
              | ^^^^ no key of `licenses`
              help: did you mean `allow`?
            error: `Apache2.0` is not an SPDX license id
              --> airights.toml:4:9
              | deny = ["Apache2.0", "MIT OR Apache-2.0"]
              |         ^^^^^^^^^^^
              help: did you mean `Apache-2.0`?
            error: expected one license, not an expression
              --> airights.toml:4:22
              | deny = ["Apache2.0", "MIT OR Apache-2.0"]
              |                      ^^^^^^^^^^^^^^^^^^^
              help: list each license on its own; `MIT OR Apache-2.0` passes where either is allowed, `AND` where both are
            error: unknown level `forbid`
              --> airights.toml:5:11
              | unknown = "forbid"
              |           ^^^^^^^^ expected `allow`, `warn` or `deny`
              help: did you mean `deny`?
            error: `train-ai` must be `"respect"`, `"ignore"`, `"require"` or a table of levels
              --> airights.toml:7:12
              | train-ai = true
              |            ^^^^ this is a boolean
            error: missing key `reason`
              --> airights.toml:8:1
              | [[exceptions]]
              | ^^^^^^^^^^^^^^ `exceptions` needs `reason`
        "#]],
    );
}

#[test]
fn licenses_are_named_one_by_one() {
    check(
        r#"version = 1
[licenses]
allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
"#,
        expect![[r#"
            error: there is no license class `permisive`
              --> airights.toml:3:10
              | allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
              |          ^^^^^^^^^^^^^^^^^
              help: did you mean `class:permissive`?
            error: `permissive` is not an SPDX license id
              --> airights.toml:3:29
              | allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
              |                             ^^^^^^^^^^^^
              help: did you mean `class:permissive`?
            error: no SPDX license starts with `Unicorn-`
              --> airights.toml:3:43
              | allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
              |                                           ^^^^^^^^^^^
              help: a family is the start of SPDX ids and a `*`, as in `Unicode-*`
            error: `*` may only stand at the end of a family's name
              --> airights.toml:3:56
              | allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
              |                                                        ^^^^^
              help: a family is the start of SPDX ids and a `*`, as in `Unicode-*`
            error: expected one license, not an expression
              --> airights.toml:3:63
              | allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
              |                                                               ^^^^^^^^^^^^^^^^
              help: list each license on its own; `MIT OR Apache-2.0` passes where either is allowed, `AND` where both are
            error: `Appache-2.0` is not an SPDX license id
              --> airights.toml:3:81
              | allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
              |                                                                                 ^^^^^^^^^^^^^
              help: did you mean `Apache-2.0`?
            error: `My License` is not an SPDX license id
              --> airights.toml:3:96
              | allow = ["class:permisive", "permissive", "Unicorn-*", "B*D", "MIT/Apache-2.0", "Appache-2.0", "My License"]
              |                                                                                                ^^^^^^^^^^^^
              help: a license that SPDX does not list is written `LicenseRef-NAME`
        "#]],
    );
}

#[test]
fn licenses_that_mean_something_else_are_pointed_out() {
    check(
        r#"version = 1
[licenses]
allow = ["GPL-2.0", "LGPL-2.1+", "Apache-2.0+", "MIT", "MIT"]
"#,
        expect![[r#"
            warning: `GPL-2.0` means `GPL-2.0-only`
              --> airights.toml:3:10
              | allow = ["GPL-2.0", "LGPL-2.1+", "Apache-2.0+", "MIT", "MIT"]
              |          ^^^^^^^^^
              help: write `GPL-2.0-only`, and `GPL-2.0-or-later` where that is meant as well
            warning: `LGPL-2.1+` means `LGPL-2.1-or-later`
              --> airights.toml:3:21
              | allow = ["GPL-2.0", "LGPL-2.1+", "Apache-2.0+", "MIT", "MIT"]
              |                     ^^^^^^^^^^^
              help: write `LGPL-2.1-or-later`
            warning: `Apache-2.0+` means `Apache-2.0`
              --> airights.toml:3:34
              | allow = ["GPL-2.0", "LGPL-2.1+", "Apache-2.0+", "MIT", "MIT"]
              |                                  ^^^^^^^^^^^^^
              help: write `Apache-2.0`
            warning: `MIT` is listed twice in `allow`
              --> airights.toml:3:56
              | allow = ["GPL-2.0", "LGPL-2.1+", "Apache-2.0+", "MIT", "MIT"]
              |                                                        ^^^^^ again here
        "#]],
    );
}

#[test]
fn allowances_that_can_never_match_are_pointed_out() {
    check(
        r#"version = 1
[licenses]
allow = ["class:permissive", "GPL-3.0-only", "MIT", "LGPL-*"]
deny = ["GPL-3*", "class:permissive"]
"#,
        expect![[r#"
            warning: the allowance of `class:permissive` can never match
              --> airights.toml:3:10
              | allow = ["class:permissive", "GPL-3.0-only", "MIT", "LGPL-*"]
              |          ^^^^^^^^^^^^^^^^^^ `deny` wins, and has `class:permissive` in airights.toml:4
              help: remove one of the two; one crate may have what is denied through `[[exceptions]]`
            warning: the allowance of `GPL-3.0-only` can never match
              --> airights.toml:3:30
              | allow = ["class:permissive", "GPL-3.0-only", "MIT", "LGPL-*"]
              |                              ^^^^^^^^^^^^^^ `deny` wins, and has `GPL-3*` in airights.toml:4
              help: remove one of the two; one crate may have what is denied through `[[exceptions]]`
            warning: the allowance of `MIT` can never match
              --> airights.toml:3:46
              | allow = ["class:permissive", "GPL-3.0-only", "MIT", "LGPL-*"]
              |                                              ^^^^^ `deny` wins, and has `class:permissive` in airights.toml:4
              help: remove one of the two; one crate may have what is denied through `[[exceptions]]`
        "#]],
    );
}

#[test]
fn ai_terms_are_the_words_of_the_standards() {
    check(
        r#"version = 1
[ai]
ai-train = "respect"
train-ai = "respekt"
ai-input = { disallowed = "no", unkown = "warn" }
accept-conditions = ["credits", 3]
preferences = "allow"
"#,
        expect![[r#"
            error: unknown key `ai-train`
              --> airights.toml:3:1
              | ai-train = "respect"
              | ^^^^^^^^ no key of `ai`
              help: did you mean `train-ai`?
            error: unknown stance `respekt`
              --> airights.toml:4:12
              | train-ai = "respekt"
              |            ^^^^^^^^^ expected `respect`, `ignore` or `require`
              help: did you mean `respect`?
            error: unknown level `no`
              --> airights.toml:5:27
              | ai-input = { disallowed = "no", unkown = "warn" }
              |                           ^^^^ expected `allow`, `warn` or `deny`
            error: unknown key `unkown`
              --> airights.toml:5:33
              | ai-input = { disallowed = "no", unkown = "warn" }
              |                                 ^^^^^^ no key of `ai.ai-input`
              help: did you mean `unknown`?
            error: unknown condition `credits`
              --> airights.toml:6:22
              | accept-conditions = ["credits", 3]
              |                      ^^^^^^^^^ expected `credit`, `direct-contribution`, `ecosystem-contribution`, `open-result`, `non-commercial`, `consent`, `naming`, `scale-cap`, `flow-down` or `other`
              help: did you mean `credit`?
            error: `accept-conditions` must be a list of strings
              --> airights.toml:6:33
              | accept-conditions = ["credits", 3]
              |                                 ^ this is an integer
            error: unknown level `allow`
              --> airights.toml:7:15
              | preferences = "allow"
              |               ^^^^^^^ expected `deny`, `warn` or `ignore`
              help: did you mean `ignore`?
        "#]],
    );
}

#[test]
fn sections_of_roles_have_the_same_keys() {
    check(
        r#"version = 1
[roles.tests]
licenses.allow = ["MIT"]
[roles.dev]
licenses.allow = ["MIT"]
ai = "ignore"
"#,
        expect![[r#"
            error: unknown key `tests`
              --> airights.toml:2:8
              | [roles.tests]
              |        ^^^^^ no key of `roles`
              help: did you mean `dev`?
            error: `ai` must be a table
              --> airights.toml:6:6
              | ai = "ignore"
              |      ^^^^^^^^ this is a string
        "#]],
    );
}
