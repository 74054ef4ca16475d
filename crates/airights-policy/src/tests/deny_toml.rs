//! What a cargo-deny configuration is good for.

use airights::policy::{Policy, PolicySource, Section};
use airights::{Level, Role, Rule};
use expect_test::expect;

use super::plain;
use crate::parse_deny_toml;

const CONFIGURATION: &str = r#"
[graph]
targets = [{ triple = "x86_64-unknown-linux-gnu" }, "wasm32-unknown-unknown"]
all-features = true
exclude = ["x"]

[advisories]
ignore = []

[licenses]
version = 2
confidence-threshold = 0.9
allow = ["MIT", "Apache-2.0 WITH LLVM-exception", "GPL-2.0", "Not-A-License"]
unused-allowed-license = "deny"
private = { ignore = true }
exceptions = [
    { allow = ["ISC"], crate = "ring@0.17.8" },
    { allow = ["MPL-2.0"], name = "webpki", version = "*" },
    { allow = ["Zlib"], crate = "adler", version = ">=1, <3" },
]

[[licenses.clarify]]
crate = "ring"
expression = "MIT AND ISC AND OpenSSL"
license-files = [{ path = "LICENSE", hash = 0xbd0eed23 }]

[bans]
multiple-versions = "warn"
"#;

#[test]
fn its_licenses_and_graph_are_used() {
    let loaded = parse_deny_toml("deny.toml", CONFIGURATION).unwrap_or_else(|problems| panic!("{}", plain(&problems)));
    let policy = &loaded.policy;
    assert!(matches!(&policy.source, PolicySource::File { path, .. } if path == "deny.toml"));
    let allowed: Vec<_> = policy
        .base
        .licenses
        .allow
        .iter()
        .map(|entry| entry.pattern.to_string())
        .collect();
    assert_eq!(allowed, ["MIT", "Apache-2.0 WITH LLVM-exception", "GPL-2.0-only"]);
    let excepted: Vec<_> = policy.exceptions.iter().map(|entry| entry.krate.to_string()).collect();
    assert_eq!(excepted, ["ring@0.17.8", "webpki", "adler:>=1, <3"]);
    assert_eq!(policy.lints.of(Rule::AllowanceUnused), Level::Deny);
    // Cargo-deny leaves out what only tests need unless it is told to include it.
    assert_eq!(
        policy.section(Role::Dev).levels.of(Rule::LicenseNotAllowed),
        Level::Allow
    );
    assert_eq!(
        policy.section(Role::Build).levels.of(Rule::LicenseNotAllowed),
        Level::Deny
    );
    assert_eq!(
        loaded.graph.targets,
        ["x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"]
    );
    assert!(loaded.graph.all_features);
}

#[test]
fn what_cannot_be_carried_over_is_said() {
    let loaded = parse_deny_toml("deny.toml", CONFIGURATION).unwrap_or_else(|problems| panic!("{}", plain(&problems)));
    expect![[r#"
        warning: `exclude` in `[graph]`: the crates that it names are judged like all others
          --> deny.toml:5:1
          | exclude = ["x"]
          | ^^^^^^^
        warning: this entry is left out: `Not-A-License` is not an SPDX license id
          --> deny.toml:13:62
          | allow = ["MIT", "Apache-2.0 WITH LLVM-exception", "GPL-2.0", "Not-A-License"]
          |                                                              ^^^^^^^^^^^^^^^
        warning: clarifications of cargo-deny's configuration are not used
          --> deny.toml:22:1
          | [[licenses.clarify]]
          | ^^^^^^^^^^^^^^^^^^^^
          help: their hashes are too short to tell two texts apart; in an `airights.toml` they have a SHA-256
    "#]]
    .assert_eq(&plain(&loaded.problems));
}

#[test]
fn without_licenses_the_built_in_policy_judges() {
    let loaded = parse_deny_toml("deny.toml", "[bans]\n[graph]\nall-features = true\n").expect("it is TOML");
    assert_eq!(loaded.policy, Policy::built_in());
    assert!(loaded.graph.all_features);
}

#[test]
fn members_are_judged_as_cargo_deny_judges_them() {
    let of = |text: &str| parse_deny_toml("deny.toml", text).expect("it is TOML").policy;
    let weighs = |section: &Section| section.levels.of(Rule::LicenseNotAllowed);
    let all = of("[licenses]\nallow = [\"MIT\"]\n");
    assert_eq!([weighs(&all.member), weighs(&all.private_member)], [Level::Deny; 2]);
    let published = of("[licenses]\nallow = [\"MIT\"]\nprivate = { ignore = true }\n");
    assert_eq!(
        [weighs(&published.member), weighs(&published.private_member)],
        [Level::Deny, Level::Allow]
    );
}

#[test]
fn an_empty_allow_list_allows_nothing() {
    let loaded = parse_deny_toml("deny.toml", "[licenses]\n").expect("it is TOML");
    assert_eq!(loaded.policy.base.licenses.allow, []);
}

#[test]
fn broken_toml_is_an_error() {
    assert_eq!(
        parse_deny_toml("deny.toml", "[licenses")
            .expect_err("it is broken")
            .len(),
        1
    );
}

#[test]
fn a_key_that_does_not_do_what_it_says_is_told() {
    let text = "[licenses]\nallow = [\"MIT\", \"Zlib\"]\ndeny = [\"Zlib\"]\nexceptoins = []\ncopyleft = \"deny\"\n\
                private = { ignore = true, registries = [\"ours\"] }\n\
                [graph]\nexclude = [\"a\"]\nexclude-dev = true\n";
    let loaded = parse_deny_toml("deny.toml", text).expect("it is TOML");
    assert_eq!(loaded.policy.base.licenses.deny.len(), 1);
    assert_eq!(
        loaded.policy.dev.map(|dev| dev.levels.of(Rule::LicenseNotAllowed)),
        Some(Level::Allow)
    );
    let told = plain(&loaded.problems);
    for words in [
        "`deny` in `[licenses]`: cargo-deny reads it no more; here it is applied",
        "unknown key `exceptoins` in `[licenses]`",
        "did you mean `exceptions`?",
        "`copyleft` in `[licenses]`: what is not listed in `allow` is denied",
        "`registries` in `[licenses.private]`: members that are published to these registries are judged like all others",
        "`exclude` in `[graph]`: the crates that it names are judged like all others",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("exclude-dev"), "{told}");
}
