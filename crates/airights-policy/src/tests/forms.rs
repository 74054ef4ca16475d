//! The ways in which a policy may say what it says.

use airights::policy::{Levels, Policy, PolicySource, Section, UseLevels};
use airights::{AiUse, Condition, Level, Role, Rule, UseValue};

use super::{parse_alone, plain, policy_of};
use crate::GraphTable;

#[test]
fn what_is_not_said_is_as_in_the_built_in_policy() {
    let policy = policy_of("version = 1\n").policy;
    let built_in = Policy::built_in();
    assert_eq!((&policy.base, &policy.lints), (&built_in.base, &built_in.lints));
    let PolicySource::File { path, sha256 } = policy.source else {
        panic!("a file has a name");
    };
    // printf 'version = 1\n' | sha256sum
    let expected = "dbab12665d98aef021ba64953c61b0ed8a908cfb56a1c01e2fcb4b052b71a2a1";
    assert_eq!((path.as_str(), sha256.as_str()), ("airights.toml", expected));
}

/// A license that nothing allows is denied by the list that it is not on.
#[test]
fn where_the_list_of_what_is_allowed_stands_is_known() {
    let line = |section: &Section| section.licenses.allow_at.as_ref().map(|at| at.lines.0);
    let policy = policy_of(
        "version = 1\n[licenses]\nallow = [\n  \"MIT\",\n]\n[roles.dev]\nlicenses.allow = [\"ISC\"]\n[roles.build]\nai.train-ai = \"ignore\"\n",
    )
    .policy;
    assert_eq!(line(&policy.base), Some(3));
    assert_eq!(policy.dev.as_ref().and_then(line), Some(7));
    assert_eq!(policy.build.as_ref().and_then(line), Some(3));
    assert_eq!(line(&policy_of("version = 1\n").policy.base), None);
}

#[test]
fn ai_uses_have_short_and_long_forms() {
    for (written, expected) in [
        (r#""respect""#, UseLevels::RESPECT),
        (r#""ignore""#, UseLevels::IGNORE),
        (r#""require""#, UseLevels::REQUIRE),
        ("{}", UseLevels::RESPECT),
        (
            r#"{ unknown = "warn" }"#,
            UseLevels {
                unknown: Level::Warn,
                ..UseLevels::RESPECT
            },
        ),
        (
            r#"{ disallowed = "warn", conditional = "deny", unknown = "allow" }"#,
            UseLevels {
                disallowed: Level::Warn,
                conditional: Level::Deny,
                unknown: Level::Allow,
            },
        ),
    ] {
        let policy = policy_of(&format!("version = 1\n[ai]\nai-input = {written}\n")).policy;
        assert_eq!(policy.base.ai.uses[AiUse::AiInput], expected, "{written}");
        assert_eq!(policy.base.ai.uses[AiUse::TrainAi], UseLevels::RESPECT, "{written}");
        let place = policy.base.ai.places[AiUse::AiInput]
            .as_ref()
            .expect("it is set in the file");
        assert_eq!(place.lines, (3, 3), "{written}");
        assert_eq!(policy.base.ai.places[AiUse::TrainAi], None, "{written}");
    }
}

#[test]
fn every_key_reaches_the_policy() {
    let loaded = policy_of(
        r#"version = 1
graph = { all-features = true, no-default-features = true, features = ["a"], targets = ["x86_64-unknown-linux-gnu"], exclude = ["a@1"], exclude-unpublished = true }
[licenses]
allow = ["MIT"]
deny = ["class:network-copyleft"]
allow-bundled = ["class:permissive"]
prefer = ["Apache-2.0", "MIT"]
not-allowed = "warn"
unknown = "warn"
mismatch = "deny"
residue = "deny"
bundled = "deny"
text-missing = "warn"
[ai]
accept-conditions = ["credit", "naming"]
preferences = "ignore"
conflict = "deny"
[lints]
clarification-stale = "warn"
exception-expired = "warn"
exception-unused = "deny"
allowance-unused = "warn"
"#,
    );
    let expected = GraphTable {
        all_features: true,
        no_default_features: true,
        features: vec!["a".to_owned()],
        targets: vec!["x86_64-unknown-linux-gnu".to_owned()],
        exclude: vec!["a@1".parse().expect("a crate")],
        exclude_unpublished: true,
    };
    assert_eq!(loaded.graph, expected);
    let licenses = &loaded.policy.base.licenses;
    let written = |patterns: Vec<String>| patterns.join(" ");
    assert_eq!(
        written(licenses.allow.iter().map(|entry| entry.pattern.to_string()).collect()),
        "MIT"
    );
    assert_eq!(
        written(licenses.deny.iter().map(|entry| entry.pattern.to_string()).collect()),
        "class:network-copyleft"
    );
    assert_eq!(
        written(licenses.allow_bundled.iter().map(ToString::to_string).collect()),
        "class:permissive"
    );
    assert_eq!(
        written(licenses.prefer.iter().map(ToString::to_string).collect()),
        "Apache-2.0 MIT"
    );
    let levels = |levels: &Levels, table: &str| -> Vec<String> {
        let set = Rule::set_in(table).map(|(rule, key)| format!("{key} {}", levels.of(rule).as_str()));
        set.collect()
    };
    let base = &loaded.policy.base.levels;
    let expected = [
        "not-allowed warn",
        "unknown warn",
        "mismatch deny",
        "residue deny",
        "text-missing warn",
        "bundled deny",
    ];
    assert_eq!(levels(base, "licenses"), expected);
    assert_eq!(levels(base, "ai"), ["conflict deny"]);
    let ai = &loaded.policy.base.ai;
    assert!(ai.accept_conditions.iter().eq(&[Condition::Credit, Condition::Naming]));
    assert_eq!(ai.preferences, Level::Allow);
    let expected = [
        "clarification-stale warn",
        "exception-expired warn",
        "exception-unused deny",
        "allowance-unused warn",
    ];
    assert_eq!(levels(&loaded.policy.lints, "lints"), expected);
}

#[test]
fn a_role_says_only_what_differs() {
    let policy = policy_of(
        r#"version = 1
[licenses]
allow = ["MIT"]
unknown = "warn"
[roles.dev]
licenses.allow = ["MIT", "GPL-3.0-only"]
[roles.shipped.ai]
train-ai = "require"
"#,
    )
    .policy;
    for (role, allowances, train_ai) in [
        (Role::Shipped, 1, UseLevels::REQUIRE),
        (Role::Build, 1, UseLevels::RESPECT),
        (Role::Dev, 2, UseLevels::RESPECT),
    ] {
        let section = policy.section(role);
        assert_eq!(section.licenses.allow.len(), allowances, "{role}");
        assert_eq!(section.levels.of(Rule::LicenseUnknown), Level::Warn, "{role}");
        assert_eq!(section.ai.uses[AiUse::TrainAi], train_ai, "{role}");
    }
    let plain = policy_of("version = 1\n[roles.dev]\nai.train-ai = \"ignore\"\n").policy;
    assert_eq!(plain.build, None);
}

#[test]
fn members_and_what_is_unbuilt_are_spared_unless_a_file_speaks_of_them() {
    let of = |roles: &str| policy_of(&format!("version = 1\n[licenses]\nallow = [\"MIT\"]\n{roles}")).policy;
    let weighs = |section: &Section| section.levels.of(Rule::LicenseNotAllowed);
    let spared = of("");
    for section in [&spared.member, &spared.private_member, &spared.unbuilt] {
        assert_eq!(weighs(section), Level::Allow);
        assert_eq!(section.ai.uses[AiUse::TrainAi], UseLevels::IGNORE);
    }
    assert_eq!(spared.member.levels.of(Rule::LicenseMismatch), Level::Warn);
    assert_eq!(spared.unbuilt.levels.of(Rule::LicenseMismatch), Level::Allow);
    let judged = of("[roles.member]\nlicenses.allow = [\"MIT\"]\n[roles.unbuilt]\nlicenses.not-allowed = \"warn\"\n");
    assert_eq!(weighs(&judged.member), Level::Deny);
    assert_eq!(weighs(&judged.private_member), Level::Allow);
    assert_eq!(weighs(&judged.unbuilt), Level::Warn);
    let all = of("[roles.member]\ninclude-private = true\nlicenses.deny = [\"GPL-3.0-only\"]\n");
    assert_eq!(weighs(&all.private_member), Level::Deny);
}

#[test]
fn entries_of_single_crates_are_read_whole() {
    let digest = "Ab".repeat(32);
    let policy = policy_of(&format!(
        r#"version = 1
[[exceptions]]
crate = "ring@0.17"
licenses = ["LicenseRef-ring", "ISC"]
ai = {{ train-ai = "conditional" }}
roles = ["build", "dev"]
files = [{{ path = "LICENSE", sha256 = "{digest}" }}]
reason = "reviewed in the spring"
owner = "legal@example.org"
expires = 2027-06-30

[[exceptions]]
crate = "other"
ai = ["train-ai", "ai-input"]
reason = "asked its author"
expires = "2027-06-30"

[[clarify]]
crate = "intel-mkl-src"
license = "LicenseRef-Intel-ISSL AND MIT WITH AdditionRef-x"
ai = {{ use-restrictions = "disallowed" }}
files = [{{ path = "docs/License.txt", sha256 = "{digest}" }}]
"#
    ))
    .policy;
    let [ring, other] = policy.exceptions.as_slice() else {
        panic!("there are two exceptions");
    };
    assert_eq!(ring.krate.to_string(), "ring@0.17");
    assert_eq!(ring.licenses.len(), 2);
    assert_eq!(ring.ai[&AiUse::TrainAi], UseValue::Conditional);
    assert!(ring.roles.iter().eq([Role::Build, Role::Dev]));
    assert_eq!(ring.files[0].sha256, digest.to_lowercase());
    assert_eq!(ring.owner.as_deref(), Some("legal@example.org"));
    assert_eq!(
        ring.at.as_ref().map(|at| (at.lines, at.one_line())),
        Some(((3, 3), "\"ring@0.17\"".to_owned()))
    );
    assert_eq!(other.ai.len(), 2);
    assert_eq!(other.ai[&AiUse::AiInput], UseValue::Disallowed);
    assert_eq!(other.roles, airights::Roles::ALL);
    assert_eq!(ring.expires.map(|day| day.to_string()).as_deref(), Some("2027-06-30"));
    assert_eq!(ring.expires, other.expires);
    let [mkl] = policy.clarifications.as_slice() else {
        panic!("there is one clarification");
    };
    assert_eq!(
        mkl.license.to_string(),
        "LicenseRef-Intel-ISSL AND MIT WITH AdditionRef-x"
    );
    assert_eq!(mkl.ai[&AiUse::UseRestrictions], UseValue::Disallowed);
    assert_eq!(mkl.files[0].path, "docs/License.txt");
}

#[test]
fn layout_is_free() {
    for text in [
        "version = 1\nlicenses.allow = ['MIT']\n",
        "version=1\r\n[licenses]\r\nallow=[ # why\r\n'MIT',\r\n]\r\n",
        "\u{feff}version = 1\nlicenses = { allow = [\"\\u004dIT\"] }",
    ] {
        match parse_alone(text) {
            Ok(loaded) => {
                assert_eq!(loaded.policy.base.licenses.allow.len(), 1, "{text}");
                assert_eq!(loaded.problems, [], "{text}");
            }
            Err(problems) => panic!("{text}\n{}", plain(&problems)),
        }
    }
}
