use super::*;
use crate::level::Level;
use crate::policy::{Date, Policy};
use crate::scene::{Scene, check, worst};

const RULE: Rule = Rule::LicenseNotAllowed;

#[test]
fn speaks_of_a_license_that_is_not_allowed() {
    let scene = "
        package app 1.0.0 member
          needs parser
        package parser 2.1.0
          license GPL-3.0-only
    ";
    check(
        RULE,
        scene,
        &["deny: `parser 2.1.0` license-not-allowed `GPL-3.0-only`"],
    );
}

#[test]
fn is_silent_where_some_branch_is_allowed() {
    check(RULE, "package parser 2.1.0\n license GPL-3.0-only OR MIT", &[]);
    check(
        RULE,
        "package parser 2.1.0\n license (GPL-3.0-only OR MIT) AND (ISC OR AGPL-3.0-only)",
        &[],
    );
}

#[test]
fn of_a_choice_without_an_allowed_branch_no_single_branch_is_at_fault() {
    for (license, at_fault) in [
        ("GPL-3.0-only OR AGPL-3.0-only", ""),
        (
            "MIT AND (GPL-3.0-only OR AGPL-3.0-only)",
            "GPL-3.0-only OR AGPL-3.0-only",
        ),
        ("MIT AND GPL-3.0-only", "GPL-3.0-only"),
        ("BUSL-1.1 AND GPL-3.0-only", ""),
        (
            "BUSL-1.1 AND (GPL-3.0-only OR AGPL-3.0-only)",
            "BUSL-1.1, GPL-3.0-only OR AGPL-3.0-only",
        ),
        ("GPL-3.0-only OR MIT AND AGPL-3.0-only", "GPL-3.0-only OR AGPL-3.0-only"),
    ] {
        let (_, evaluation) = crate::scene::play(&format!("package parser 2.1.0\n license {license}"));
        let of_rule = evaluation.findings.into_iter().find(|finding| finding.rule == RULE);
        let Some(Problem::LicenseNotAllowed { at_fault: found, .. }) = of_rule.map(|finding| finding.problem) else {
            panic!("`{license}` is allowed");
        };
        assert_eq!(found.into_iter().collect::<Vec<_>>().join(", "), at_fault, "{license}");
    }
}

/// Its own words let whoever gets it choose any version, where no version is named.
#[test]
fn the_bare_text_of_a_gnu_license_is_allowed_as_either_grant() {
    for (facts, is_denied) in [
        ("text LICENSE GPL-3.0-only", false),
        ("license GPL-3.0-only\n text LICENSE GPL-3.0-only", true),
        ("text LICENSE GPL-2.0-only", true),
    ] {
        let scene = format!("policy\n allow GPL-3.0-or-later\npackage parser 2.1.0\n {facts}");
        let (_, evaluation) = crate::scene::play(&scene);
        assert_eq!(
            evaluation.findings.iter().any(|finding| finding.rule == RULE),
            is_denied,
            "{facts}"
        );
    }
}

#[test]
fn leaves_what_is_unknown_to_its_own_rule() {
    check(RULE, "package parser 2.1.0", &[]);
    check(RULE, "package parser 2.1.0\n license nobody-knows", &[]);
}

#[test]
fn deny_wins_over_allow() {
    let scene = "
        policy
          allow class:permissive
          deny MIT
        package parser 2.1.0
          license MIT
    ";
    check(RULE, scene, &["deny: `parser 2.1.0` license-not-allowed `MIT`"]);
}

#[test]
fn a_modified_text_is_not_its_base_license() {
    let scene = "
        package parser 2.1.0
          license MIT
          text LICENSE MIT clauses
          says LICENSE train-ai disallowed of MIT
    ";
    let expected = "deny: `parser 2.1.0` license-not-allowed `MIT WITH AdditionRef-airights-train-ai-disallowed`";
    check(RULE, scene, &[expected]);
    let scene = "
        package parser 2.1.0
          license MIT
          text LICENSE MIT unclassified
    ";
    let expected = "deny: `parser 2.1.0` license-not-allowed `MIT WITH AdditionRef-airights-unclassified`";
    check(RULE, scene, &[expected]);
}

#[test]
fn what_a_text_asks_for_beyond_what_is_declared_counts() {
    let denied = |license: &str| format!("deny: `parser 2.1.0` license-not-allowed `{license}`");
    for (facts, license) in [
        ("license MIT\n text COPYING GPL-3.0-only", "MIT AND GPL-3.0-only"),
        ("license MIT\n names LICENSE BUSL-1.1", "MIT AND BUSL-1.1"),
        (
            "license MIT OR ISC\n names LICENSE MIT AND AGPL-3.0-only",
            "(MIT OR ISC) AND AGPL-3.0-only",
        ),
        (
            "license MIT\n text COPYING GPL-2.0-only\n text LICENSE GPL-2.0-only",
            "MIT AND GPL-2.0-only",
        ),
        (
            "license AGPL-3.0-only\n text LICENSE Elastic-2.0",
            "AGPL-3.0-only AND Elastic-2.0",
        ),
        (
            "license LicenseRef-own\n text LICENSE GPL-3.0-only",
            "LicenseRef-own AND GPL-3.0-only",
        ),
        (
            "license MIT\n text LICENSE BSD-3-Clause unclassified",
            "MIT AND BSD-3-Clause WITH AdditionRef-airights-unclassified",
        ),
        (
            "license MIT\n text LICENSE -\n residue LICENSE operative",
            "MIT AND LicenseRef-airights-unclassified",
        ),
        (
            "license MIT\n text LICENSE MIT\n residue LICENSE operative",
            "MIT AND LicenseRef-airights-unclassified",
        ),
        (
            "license MIT\n names LICENSE GPL-3.0+",
            "MIT AND LicenseRef-airights-unclassified",
        ),
        (
            "text LICENSE-MIT MIT\n names COPYING no such thing",
            "LicenseRef-airights-unclassified AND MIT",
        ),
        (
            "license ISC\n names COPYING GPL-3.0-only OR AGPL-3.0-only",
            "ISC AND (GPL-3.0-only OR AGPL-3.0-only)",
        ),
    ] {
        check(RULE, &format!("package parser 2.1.0\n {facts}"), &[&denied(license)]);
    }
}

#[test]
fn what_asks_for_no_more_changes_nothing() {
    for facts in [
        "license MIT\n text LICENSE BSD-3-Clause",
        "license MIT OR GPL-2.0-only\n text LICENSE-MIT MIT\n text LICENSE-GPL GPL-2.0-only",
        "license MIT\n names LICENSE MIT OR GPL-2.0-only\n text COPYING GPL-2.0-only",
        "license LGPL-3.0-or-later\n text COPYING GPL-3.0-only\n text COPYING.LESSER LGPL-3.0-only",
        "license MIT\n names COPYRIGHT MIT OR GPL-2.0-only\n text COPYING GPL-2.0-only",
        "license MIT\n text LICENSE MIT\n text LICENSE-documentation GPL-3.0-only",
        "license MIT\n text LICENSE MIT\n text LICENSE-DOCS MIT unclassified\n residue LICENSE-DOCS operative",
        "license MIT\n text LICENSE -",
        "license MIT OR LicenseRef-Acme\n text LICENSE-ACME -\n residue LICENSE-ACME operative",
        "names LICENSE MIT OR GPL-2.0-only\n text COPYING GPL-2.0-only\n text LICENSE-MIT MIT",
    ] {
        check(RULE, &format!("package parser 2.1.0\n {facts}"), &[]);
    }
}

/// What nobody has read is not let in by a class or a family either.
#[test]
fn no_allowance_covers_what_nobody_has_read() {
    let scene = "
        policy
          allow MIT class:unknown LicenseRef-*
          exception parser license:class:unknown
        package parser 2.1.0
          license MIT
          text LICENSE -
          residue LICENSE operative
    ";
    let expected = "deny: `parser 2.1.0` license-not-allowed `MIT AND LicenseRef-airights-unclassified`";
    check(RULE, scene, &[expected]);
    let clarified = scene.replace("allow", "clarify parser MIT LICENSE\nallow");
    check(RULE, &clarified, &[]);
}

#[test]
fn a_modified_exception_is_not_that_exception() {
    let scene = "
        policy
          allow class:strong-copyleft
        package parser 2.1.0
          license GPL-2.0-only WITH Classpath-exception-2.0
          text COPYING GPL-2.0-only
          also COPYING Classpath-exception-2.0 exception unclassified
    ";
    let expected = "deny: `parser 2.1.0` license-not-allowed `GPL-2.0-only WITH AdditionRef-airights-unclassified`";
    check(RULE, scene, &[expected]);
}

#[test]
fn of_two_texts_of_one_license_the_modified_one_counts() {
    let scene = "
        package parser 2.1.0
          license MIT AND ISC
          text LICENSE ISC
          text LICENSE-A MIT
          text LICENSE-B MIT unclassified
    ";
    let expected = "deny: `parser 2.1.0` license-not-allowed `MIT WITH AdditionRef-airights-unclassified AND ISC`";
    check(RULE, scene, &[expected]);
}

#[test]
fn a_clause_that_only_permits_leaves_the_license_standing() {
    let scene = "
        package parser 2.1.0
          license MIT
          text LICENSE MIT clauses
          says LICENSE train-ai allowed of MIT
    ";
    check(RULE, scene, &[]);
}

#[test]
fn the_branch_without_the_rider_is_elected() {
    let scene = "
        package parser 2.1.0
          license MIT OR Apache-2.0
          text LICENSE-MIT MIT clauses
          says LICENSE-MIT train-ai disallowed of MIT
          text LICENSE-APACHE Apache-2.0
    ";
    check(RULE, scene, &[]);
    check(Rule::AiUseDisallowed, scene, &[]);
}

#[test]
fn one_entry_settles_all_that_is_denied_of_a_package() {
    let scene =
        "package ishell 0.2.3\n license MIT\n text LICENSE MIT clauses\n says LICENSE train-ai disallowed of MIT";
    let entries = crate::scene::play(scene).1.findings.into_iter();
    let denied = entries.filter(|finding| finding.level == Level::Deny);
    let entries: Vec<_> = denied.filter_map(|finding| finding.entry).collect();
    let expected = Entry::Exception {
        krate: "ishell@0.2.3".to_owned(),
        licenses: vec!["MIT WITH AdditionRef-airights-train-ai-disallowed".to_owned()],
        ai: vec![airights_text::AiUse::TrainAi],
        roles: crate::package::Roles::ALL,
    };
    assert_eq!(entries, [expected.clone(), expected]);
}

/// What was changed in a text of another license is no reason for the denial of this one.
#[test]
fn only_changes_of_what_is_denied_are_shown() {
    let scene = "
        package gui 1.0.0
          license GPL-3.0-only OR LicenseRef-Gui
          text LICENSES/LicenseRef-Gui.md BSD-4-Clause unclassified
          changed LICENSES/LicenseRef-Gui.md 15
    ";
    let (_, evaluation) = crate::scene::play(scene);
    let denied = evaluation.findings.iter().find(|finding| finding.rule == RULE);
    let shown = denied.map(|finding| &finding.evidence[0].excerpt.path);
    assert_eq!(shown.map(String::as_str), Some("Cargo.toml"));
}

#[test]
fn what_stands_at_the_end_of_a_branchs_own_file_is_said_of_that_branch() {
    let with = |other: &str| {
        format!(
            "package parser 2.1.0\n license MIT OR Apache-2.0\n text LICENSE-MIT MIT clauses\n \
             says LICENSE-MIT train-ai disallowed\n {other}"
        )
    };
    let beside = with("text LICENSE-APACHE Apache-2.0");
    check(RULE, &beside, &[]);
    check(Rule::AiUseDisallowed, &beside, &[]);
    // Where no other branch has a text, the file may well speak of the whole.
    let expected = "deny: `parser 2.1.0` use-disallowed `train-ai`";
    check(Rule::AiUseDisallowed, &with(""), &[expected]);
}

#[test]
fn an_exception_works_in_its_roles_and_nowhere_else() {
    let scene = |role: &str| {
        format!(
            "
        policy
          exception ring@0.17 license:OpenSSL role:build
        package ring 0.17.8 {role}
          license OpenSSL
        "
        )
        .replace("class", "")
    };
    let policy = "policy\n allow MIT\n";
    check(RULE, &(policy.to_owned() + &scene("build")), &[]);
    let expected = "deny: `ring 0.17.8` license-not-allowed `OpenSSL`";
    check(RULE, &(policy.to_owned() + &scene("shipped")), &[expected]);
    check(RULE, &(policy.to_owned() + &scene("shipped build")), &[expected]);
}

#[test]
fn each_role_is_judged_by_its_section() {
    let scene =
        |role: &str| format!("policy\n dev allow GPL-3.0-only\npackage parser 2.1.0 {role}\n license GPL-3.0-only");
    check(RULE, &scene("dev"), &[]);
    let expected = "deny: `parser 2.1.0` license-not-allowed `GPL-3.0-only`";
    check(RULE, &scene("shipped dev"), &[expected]);
}

#[test]
fn what_only_build_scripts_need_may_be_judged_by_a_section_of_its_own() {
    let mut policy = Policy::built_in();
    policy.build_scripts = Some(policy.base.with_licenses_unjudged());
    let section = |about: &str| {
        let scene = Scene::parse(&format!("package tool 1.0.0 {about}"));
        let package = scene.graph.packages().first().expect("a package").clone();
        let role = package.roles.iter().next().expect("a role");
        policy.section_for(&package, role).levels.of(RULE)
    };
    assert_eq!(section("build build-script"), Level::Allow);
    // A procedural macro is built on this machine, too, and comes in by a normal dependency.
    assert_eq!(section("build"), Level::Deny);
    assert_eq!(section("shipped build-script"), Level::Deny);
}

#[test]
fn of_two_exceptions_the_first_may_be_the_only_one() {
    let scene = "policy\n exception parser license:ISC\n exception parser license:GPL-3.0-only\n\
                 package parser 2.1.0\n license GPL-3.0-only";
    check(RULE, scene, &[]);
    let mut scene = Scene::parse(scene);
    scene.policy.first_exception_only = true;
    let today = Date::new(2026, 1, 1).expect("a day");
    let evaluation = crate::evaluate(&scene.policy, &scene.graph, &scene.facts, today);
    assert_eq!(evaluation.counts().denied, 1);
}

#[test]
fn nobody_needs_leave_for_a_license_of_their_own() {
    for about in ["member", "member private"] {
        for facts in [
            "license LicenseRef-Proprietary",
            "license GPL-3.0-or-later",
            "license MIT AND LicenseRef-Own\n text LICENSE MIT clauses\n says LICENSE train-ai disallowed of MIT",
            "license-file EULA\n text EULA -\n residue EULA operative",
        ] {
            let scene = format!("package app 1.0.0 {about}\n {facts}");
            check(RULE, &scene, &[]);
            check(Rule::LicenseUnknown, &scene, &[]);
            check(Rule::AiUseDisallowed, &scene, &[]);
        }
    }
}

#[test]
fn a_gnu_text_alone_is_what_the_policy_calls_it() {
    let scene = |policy: &str, facts: &str| format!("policy\n {policy}\npackage parser 2.1.0\n {facts}");
    let text = "text COPYING AGPL-3.0-only";
    for policy in ["allow AGPL-3.0-only", "allow AGPL-3.0-or-later"] {
        check(RULE, &scene(policy, text), &[]);
    }
    let denied = "deny: `parser 2.1.0` license-not-allowed `AGPL-3.0-only`";
    check(RULE, &scene("allow GPL-3.0-or-later", text), &[denied]);
    check(
        RULE,
        &scene("allow AGPL-3.0-only\n deny AGPL-3.0-or-later", text),
        &[denied],
    );
    let declared = format!("license AGPL-3.0-only\n {text}");
    check(RULE, &scene("allow AGPL-3.0-or-later", &declared), &[denied]);
}

#[test]
fn what_no_build_contains_is_listed_and_not_judged() {
    let scene = "package heavy 1.0.0 unbuilt\n license GPL-3.0-only\n says NOTICE train-ai disallowed";
    check(RULE, scene, &[]);
    assert_eq!(crate::scene::worst(scene), Level::Allow);
    assert_eq!(crate::scene::play(scene).1.counts().unbuilt, 1);
}

/// What takes uses out is a term, in whichever file of the crate's own it stands: without a license around it nobody knows
/// which.
#[test]
fn a_restriction_of_use_beside_the_license_counts() {
    for path in ["LICENSE-2", "NOTICE", "COPYRIGHT"] {
        let scene = format!(
            "policy\n allow MIT\npackage p 1.0.0\n license MIT\n text LICENSE MIT\n text {path} -\n \
             says {path} use-restrictions conditional non-commercial"
        );
        let found = worst(&scene);
        assert_eq!(found, Level::Deny, "{path}");
    }
    let of_others = "policy\n allow MIT\npackage p 1.0.0\n license MIT\n text LICENSE MIT\n text vendor/NOTICE -\n \
                     says vendor/NOTICE use-restrictions conditional non-commercial";
    assert!(worst(of_others) < Level::Deny);
}
