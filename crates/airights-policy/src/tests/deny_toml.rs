//! What a cargo-deny configuration is good for.

use airights::policy::{AlsoPrivate, Binding, HashedFile, Policy, PolicySource, Section, SourceSpec};
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
        warning: this entry is left out: `Not-A-License` is not an SPDX license id
          --> deny.toml:13:62
          | allow = ["MIT", "Apache-2.0 WITH LLVM-exception", "GPL-2.0", "Not-A-License"]
          |                                                              ^^^^^^^^^^^^^^^
    "#]]
    .assert_eq(&plain(&loaded.problems));
}

#[test]
fn its_clarifications_are_bound_as_it_binds_them() {
    let loaded = parse_deny_toml(
        "deny.toml",
        r#"
[[licenses.clarify]]
crate = "ring"
expression = "MIT AND ISC AND OpenSSL"
license-files = [{ path = "./LICENSE", hash = 0xbd0eed23 }, { path = "third_party/fiat/LICENSE", hash = 7 }]
[[licenses.clarify]]
name = "untold"
version = "0.1"
expression = "MIT"
license-files = []
[[licenses.clarify]]
crate = "broken"
expression = "MITT"
license-files = []
[[licenses.clarify]]
crate = "unbound"
expression = "MIT"
[[licenses.clarify]]
crate = "long"
expression = "MIT"
license-files = [{ path = "LICENSE", hash = 0x100000000 }]
"#,
    )
    .expect("it is TOML");
    let clarifications = &loaded.policy.clarifications;
    let named: Vec<String> = clarifications.iter().map(|entry| entry.krate.to_string()).collect();
    assert_eq!(named, ["ring", "untold:^0.1"]);
    let file = |path: &str, xxh32| HashedFile {
        path: path.to_owned(),
        xxh32,
    };
    let expected = [file("LICENSE", 0xbd0e_ed23), file("third_party/fiat/LICENSE", 7)];
    assert_eq!(clarifications[0].hashed, expected);
    assert_eq!(clarifications[0].bound_to, None);
    assert_eq!(clarifications[1].bound_to, Some(Binding::Name));
    // One that no longer fits is passed over there, so it must not fail the check here.
    assert_eq!(loaded.policy.lints.of(Rule::ClarificationStale), Level::Warn);
    let reasons = plain(&loaded.problems);
    for reason in ["unknown term", "no `license-files`", "a `hash` of 32 bits"] {
        assert!(reasons.contains(reason), "{reason}\n{reasons}");
    }
}

#[test]
fn what_only_build_scripts_need_is_judged_unless_told_otherwise() {
    let of = |text: &str| parse_deny_toml("deny.toml", text).expect("it is TOML").policy;
    assert_eq!(of("[licenses]\n").build_scripts, None);
    let policy = of("[licenses]\ninclude-build = false\n");
    let level = policy
        .build_scripts
        .map(|section| section.levels.of(Rule::LicenseNotAllowed));
    assert_eq!((level, policy.build), (Some(Level::Allow), None));
}

#[test]
fn what_is_private_is_told_as_it_tells_it() {
    let policy = |ignore: bool| {
        let private = "registries = [\"house\"], ignore-sources = [\"https://git.example/house.git\", \"nowhere\"]";
        let text = format!("[licenses]\nprivate = {{ ignore = {ignore}, {private} }}\n");
        parse_deny_toml("deny.toml", &text).expect("it is TOML")
    };
    let ignored = policy(true);
    let expected = AlsoPrivate {
        dependencies: true,
        registries: vec!["house".to_owned()],
        sources: SourceSpec::parse("https://git.example/house.git").into_iter().collect(),
    };
    assert_eq!(ignored.policy.also_private, expected);
    assert!(plain(&ignored.problems).contains("this entry is left out: it is no address"));
    assert_eq!(policy(false).policy.also_private, AlsoPrivate::default());
}

#[test]
fn what_is_left_out_of_its_graph_is_left_out_of_ours() {
    let keys = "exclude = [\"a\", \"https://git.example/house#b@1.0.0\", \"?\"]\nexclude-unpublished = true\n";
    let at_the_top =
        "exclude = [\"a\", \"https://git.example/house#b@1.0.0\"]\ntargets = [\"wasm32-unknown-unknown\"]\n";
    let loaded = parse_deny_toml("deny.toml", &format!("[graph]\n{keys}")).expect("it is TOML");
    assert!(loaded.graph.exclude_unpublished);
    let excluded: Vec<String> = loaded.graph.exclude.iter().map(ToString::to_string).collect();
    assert_eq!(excluded, ["a", "https://git.example/house#b@1.0.0"]);
    assert!(plain(&loaded.problems).contains("this entry is left out: it names no crate"));
    // The keys stood there before there was a table.
    let loaded = parse_deny_toml("deny.toml", at_the_top).expect("it is TOML");
    assert_eq!(loaded.graph.exclude.len(), 2);
    assert_eq!(loaded.graph.targets, ["wasm32-unknown-unknown"]);
}

#[test]
fn a_value_of_another_type_is_an_error_as_it_is_there() {
    for (text, expected) in [
        (
            "[licenses]\ninclude-dev = \"yes\"\n",
            "`include-dev` in `[licenses]` must be `true` or `false`",
        ),
        (
            "[licenses]\nallow = \"MIT\"\n",
            "`allow` in `[licenses]` must be a list",
        ),
        (
            "[licenses]\nunused-allowed-license = \"denied\"\n",
            "`unused-allowed-license` in `[licenses]` must be `\"allow\"`, `\"warn\"` or `\"deny\"`",
        ),
        (
            "[licenses.private]\nignore = 1\n",
            "`ignore` in `[licenses.private]` must be `true` or `false`",
        ),
        ("[graph]\nexclude = \"a\"\n", "`exclude` in `[graph]` must be a list"),
    ] {
        let problems = parse_deny_toml("deny.toml", text).expect_err(text);
        assert!(plain(&problems).contains(expected), "{}", plain(&problems));
    }
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
                private = { ignore = true, registeries = [\"ours\"] }\n\
                [graph]\nexclude-dev = true\n";
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
        "unknown key `registeries` in `[licenses.private]`",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("exclude-dev"), "{told}");
}
