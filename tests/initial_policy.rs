//! What `cargo airights init` writes: a policy that is read without a word, and whose open questions can be answered by
//! taking a `#` away.

#![allow(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes its snapshots with hashes, whether they need them or not"
)]

use std::collections::BTreeSet;

use airights::facts::Force;
use airights::policy::{BoundFile, PerUse, Section};
use airights::{AiUse, Condition, Entry, LicenseClass, Policy, Role, Roles, Rule, UseValue};
use airights_policy::parse;
use airights_report::init::{AiTerms, GraphChoice, Inventory, InventoryPackage, LicenseTerm, initial_policy};
use expect_test::expect;
use proptest::prelude::*;

/// A package of the inventory, from its name, version and expression with classes: `MIT=permissive OR …`.
fn package(name: &str, version: &str, roles: &[Role], license: &str) -> InventoryPackage {
    let mut terms = Vec::new();
    let words: Vec<String> = license
        .split(' ')
        .map(|word| match word.split_once('=') {
            Some((id, class)) => {
                terms.push(LicenseTerm {
                    license: id.replace('_', " "),
                    class: class.parse().expect("it is a class"),
                });
                id.replace('_', " ")
            }
            None => word.to_owned(),
        })
        .collect();
    InventoryPackage {
        name: name.to_owned(),
        version: version.to_owned(),
        roles: roles.iter().copied().collect::<Roles>(),
        expression: (!license.is_empty()).then(|| words.join(" ")),
        terms,
        is_settled: false,
        ai: PerUse::default(),
        texts: Vec::new(),
    }
}

fn inventory() -> Inventory {
    let shipped = &[Role::Shipped];
    let mut packages = vec![
        package("anyhow", "1.0.102", shipped, "MIT=permissive OR Apache-2.0=permissive"),
        package(
            "adler2",
            "2.0.1",
            shipped,
            "0BSD=public-domain OR MIT=permissive OR Apache-2.0=permissive",
        ),
        package("cc", "1.2.0", &[Role::Build], "MIT=permissive OR Apache-2.0=permissive"),
        package(
            "dual",
            "0.1.0",
            shipped,
            "MIT=permissive OR GPL-3.0-only=strong-copyleft",
        ),
        package(
            "ishell",
            "0.2.3",
            shipped,
            "MIT_WITH_AdditionRef-airights-train-ai-disallowed=use-restricted",
        ),
        package("intel-mkl-src", "0.8.1", shipped, ""),
        package("libc-test", "0.1.0", &[Role::Dev], "GPL-3.0-only=strong-copyleft"),
        package("mute", "0.0.1", shipped, ""),
        package("option-ext", "0.2.0", shipped, "MPL-2.0=weak-copyleft"),
        package(
            "smallvec",
            "2.0.0-beta.4",
            shipped,
            "MIT=permissive OR Apache-2.0=permissive",
        ),
        package(
            "target-lexicon",
            "0.13.2",
            &[Role::Build],
            "Apache-2.0_WITH_LLVM-exception=permissive",
        ),
        package(
            "tri",
            "1.0.0",
            shipped,
            "MIT=permissive AND MPL-2.0=weak-copyleft AND Zlib=permissive",
        ),
    ];
    packages[4].ai[AiUse::TrainAi] = AiTerms {
        value: UseValue::Disallowed,
        conditions: Vec::new(),
        force: Some(Force::License),
    };
    packages[5].texts = vec![BoundFile {
        path: "License.txt".to_owned(),
        sha256: "0123456789abcdef".repeat(4),
    }];
    packages[8].ai[AiUse::AiInput] = AiTerms {
        value: UseValue::Conditional,
        conditions: vec![Condition::Credit],
        force: Some(Force::Reservation),
    };
    packages[9].ai[AiUse::TrainAi] = AiTerms {
        value: UseValue::Disallowed,
        conditions: Vec::new(),
        force: Some(Force::Preference),
    };
    Inventory {
        packages,
        ..Inventory::default()
    }
}

/// Reads a policy that must be good, and have nothing to be warned of.
fn read(text: &str) -> Policy {
    let loaded = parse("airights.toml", text, &mut |_| {
        Err("there is nothing else to read".to_owned())
    });
    let loaded = loaded.unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"));
    assert_eq!(loaded.problems, [], "{text}");
    loaded.policy
}

/// Takes away the `#` of every line that looks like a setting, and gives every reason.
fn agree_to_everything(text: &str) -> String {
    let starts = [
        "[[",
        "crate ",
        "licenses ",
        "license ",
        "ai ",
        "files ",
        "    { path",
        "]",
        "reason ",
        "accept-",
        "\"",
        "[roles",
    ];
    let lines = text.lines().map(|line| {
        let indented = line.trim_start();
        match indented.strip_prefix("# ") {
            Some(setting) if starts.iter().any(|start| setting.starts_with(start)) => {
                setting.replace("reason = \"\"", "reason = \"agreed\"")
            }
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_policy_of_cargo_deny_is_carried_over_whole() {
    let deny = "[graph]\nall-features = true\n[licenses]\nallow = [\"MIT\", \"OFL-1.1\", \"MPL-2.0\"]\n\
                exceptions = [{ allow = [\"GPL-3.0-only\"], name = \"strong\", version = \"0.1.2\" }]\n";
    let before = airights_policy::parse_deny_toml("deny.toml", deny).expect("it is TOML");
    let mut settled = package("strong", "0.1.9", &[Role::Shipped], "GPL-3.0-only=strong-copyleft");
    settled.is_settled = true;
    let text = initial_policy(&Inventory {
        packages: vec![
            package("free", "1.0.0", &[Role::Shipped], "MIT=permissive"),
            package("other", "1.0.0", &[Role::Shipped], "NCSA=permissive"),
            settled,
        ],
        graph: GraphChoice {
            all_features: true,
            exclude: vec!["left".to_owned()],
            exclude_unpublished: true,
            ..GraphChoice::default()
        },
        carried: Some(before.policy.clone()),
        clarified: vec![Entry::Clarification {
            krate: "odd@1.0.0".to_owned(),
            license: Some("MIT".to_owned()),
            files: vec![BoundFile {
                path: "LICENSE".to_owned(),
                sha256: "ab".repeat(32),
            }],
            bound_to: None,
        }],
    });
    let sections = text.split("\n[ai]\n").next().expect("text");
    let (_, sections) = sections.split_once("version = 1\n").expect("a version");
    expect![[r#"

        [graph]
        all-features = true
        exclude-unpublished = true
        exclude = ["left"]

        [licenses]
        allow = [
            "MIT",      # 1 package: free 1.0.0
            "OFL-1.1",
            "MPL-2.0",

            # permissive: any use, with notices kept. To decide:
            # "NCSA",  # 1 package: other 1.0.0
        ]
        # What code of others inside a crate may have besides.
        allow-bundled = ["class:permissive", "class:public-domain"]
        # Denied, whatever is allowed:
        # deny = ["class:network-copyleft", "class:proprietary"]
    "#]]
    .assert_eq(sections);
    let after = parse("airights.toml", &text, &mut |_| Err("nothing else".to_owned())).expect("it is a policy");
    assert_eq!(after.problems, [], "{text}");
    let patterns = |policy: &Policy| -> Vec<String> {
        let allow = policy.base.licenses.allow.iter();
        allow.map(|entry| entry.pattern.to_string()).collect()
    };
    assert_eq!(patterns(&after.policy), patterns(&before.policy));
    let weighs = |section: &Section| section.levels.of(Rule::LicenseNotAllowed);
    for section in [
        |policy: &Policy| policy.section(Role::Dev).clone(),
        |policy: &Policy| policy.member.clone(),
        |policy: &Policy| policy.private_member.clone(),
    ] {
        assert_eq!(
            weighs(&section(&after.policy)),
            weighs(&section(&before.policy)),
            "{text}"
        );
    }
    let exceptions = |policy: &Policy| -> Vec<String> {
        let krate = |exception: &airights::policy::Exception| exception.krate.to_string();
        policy.exceptions.iter().map(krate).collect()
    };
    assert_eq!(exceptions(&after.policy), exceptions(&before.policy));
    assert!(after.graph.all_features && after.graph.exclude_unpublished);
    assert_eq!(after.graph.exclude.len(), 1);
    assert_eq!(after.policy.clarifications[0].files[0].sha256, "ab".repeat(32));
}

#[test]
fn it_reads_like_this() {
    expect![[r##"
        # The policy of this workspace: which licenses and AI terms it accepts in its dependencies.
        #
        # `cargo airights init` wrote it from the 12 packages in the graph today. It allows what the built-in policy allows.
        # Lines that begin with `#` and look like settings wait for a decision: take the `#` away to agree.

        version = 1

        [licenses]
        allow = [
            # permissive: any use, with notices kept.
            "class:permissive",  # 7 packages: MIT (6), Apache-2.0 (4), 0BSD (1), Apache-2.0 WITH LLVM-exception (1) and 1 more

            # public-domain: no rights reserved.
            "class:public-domain",

            # weak-copyleft: changes to the work itself stay under its license.
            "class:weak-copyleft",  # 2 packages: MPL-2.0 (2)

            # strong-copyleft: works that contain it come under its license. To decide:
            # "GPL-3.0-only",  # 1 package, in tests only: libc-test 0.1.0

            # use-restricted: not for every purpose. To decide:
            # "MIT WITH AdditionRef-airights-train-ai-disallowed",  # 1 package: ishell 0.2.3
        ]
        # Denied, whatever is allowed:
        # deny = ["class:network-copyleft", "class:proprietary"]

        [ai]
        # What your project does with its dependencies, beyond building and running them:
        #   "respect"  you do this: a refusal is denied, an unmet condition is warned of, silence passes
        #   "ignore"   you do not do this
        #   "require"  you do this, and only an explicit permission passes

        # You train, fine-tune or evaluate models on their source, docs or assets.
        # disallowed: ishell 0.2.3, smallvec 2.0.0-beta.4 (preference)
        train-ai = "respect"

        # You feed them to models as input: retrieval, embeddings, an assistant's context.
        # conditional: option-ext 0.2.0 (reservation)
        ai-input = "respect"

        # You run them for purposes of your own choice.
        use-restrictions = "respect"

        # You train models on what they put out.
        train-on-output = "respect"

        # The conditions that packages ask for. Keep those you meet.
        # accept-conditions = ["credit"]

        # Exceptions: what one crate may have, and no other. Each needs a reason; `roles`, `owner` and `expires` are welcome.

        # [[exceptions]]
        # crate = "ishell@0.2.3"
        # licenses = ["MIT WITH AdditionRef-airights-train-ai-disallowed"]
        # ai = ["train-ai"]
        # reason = ""

        # [[exceptions]]
        # crate = "libc-test@0.1.0"
        # licenses = ["GPL-3.0-only"]
        # reason = ""

        # Clarifications: licenses that this tool could not read. Read the texts, say what they are, and allow that above. When
        # a text changes, so may its meaning, and the clarification stops working.

        # [[clarify]]
        # crate = "intel-mkl-src@0.8.1"
        # license = "LicenseRef-intel-mkl-src"
        # files = [
        #     { path = "License.txt", sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
        # ]
        # reason = ""

        # mute 0.0.1 declares no license and includes no license text.

        # For what ends up in tests or build scripts only, other rules may do:
        # [roles.dev]
        # licenses = { not-allowed = "warn" }

        # `cargo airights allow CRATE --reason …` and `cargo airights clarify CRATE` write the entries for single crates here.
    "##]].assert_eq(&initial_policy(&inventory()));
}

#[test]
fn it_is_a_policy_that_allows_what_was_allowed_before() {
    for inventory in [inventory(), Inventory::default()] {
        let policy = read(&initial_policy(&inventory));
        let patterns = |policy: &Policy| {
            let entries = policy.base.licenses.allow.iter();
            let patterns: BTreeSet<String> = entries.map(|entry| entry.pattern.to_string()).collect();
            patterns
        };
        assert_eq!(patterns(&policy), patterns(&Policy::built_in()));
        assert_eq!(policy.exceptions, []);
    }
}

#[test]
fn every_open_question_can_be_answered_by_taking_a_hash_away() {
    let policy = read(&agree_to_everything(&initial_policy(&inventory())));
    let allowed = policy.base.licenses.allow.len();
    assert_eq!(
        (allowed, policy.exceptions.len(), policy.clarifications.len()),
        (5, 2, 1)
    );
    assert!(policy.base.ai.accept_conditions.contains(&Condition::Credit));
}

proptest! {
    #[test]
    fn names_of_strangers_never_become_settings(name in any::<String>(), path in any::<String>(), id in any::<String>()) {
        let hostile = InventoryPackage {
            terms: vec![
                LicenseTerm { license: id.clone(), class: LicenseClass::Permissive },
                LicenseTerm { license: id.clone(), class: LicenseClass::Proprietary },
            ],
            expression: Some(id),
            ..package(&name, &name, &[Role::Shipped], "")
        };
        let mute = InventoryPackage {
            texts: vec![BoundFile { path: path.clone(), sha256: path }],
            ..package(&name, &name, &[Role::Dev], "")
        };
        let policy = read(&initial_policy(&Inventory {
            packages: vec![hostile, mute],
            ..Inventory::default()
        }));
        prop_assert!(policy.exceptions.is_empty() && policy.clarifications.is_empty());
    }
}
