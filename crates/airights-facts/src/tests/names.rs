//! What files are by their names and places.

use airights::facts::{EvidenceKind, TextKind};

use super::super::interest::Interest;
use super::super::names::{below_root, in_root, is_license_directory, is_of_others};
use super::super::signals::{ai_txt, git_attributes, keep_away, robots, rsl, tdmrep};

const LICENSE: Option<Interest> = Some(Interest::Text(TextKind::License));
const COPYRIGHT: Option<Interest> = Some(Interest::Text(TextKind::Copyright));
const NOTICE: Option<Interest> = Some(Interest::Text(TextKind::Notice));
const README: Option<Interest> = Some(Interest::Notice(EvidenceKind::Readme));
const AGENTS: Option<Interest> = Some(Interest::Notice(EvidenceKind::AgentsFile));
const SIGNAL: Option<Interest> = Some(Interest::Notice(EvidenceKind::SignalFile));
const SOURCE: Option<Interest> = Some(Interest::Source);
const ARCHIVE: Option<Interest> = Some(Interest::Archive);
const KEEP_AWAY: Option<Interest> = Some(Interest::Signal(&keep_away::SIGNAL));

#[test]
fn files_in_the_root_are_known_by_name() {
    let cases = [
        ("LICENSE", LICENSE),
        ("license", LICENSE),
        ("License.txt", LICENSE),
        ("LICENSE-Apache-2.0_WITH_LLVM-exception", LICENSE),
        ("LICENSE.BSD-3-Clause", LICENSE),
        ("COPYING.LESSER", LICENSE),
        ("COPYING.LIB", LICENSE),
        ("UNLICENSE", LICENSE),
        ("LICENSE-AI.md", LICENSE),
        ("MIT-LICENSE.txt", LICENSE),
        ("zlib.license", LICENSE),
        ("logo.png.license", LICENSE),
        ("README.md.license", None),
        (".gitignore.license", None),
        ("build.rs.license", SOURCE),
        ("LICENSE.pdf", LICENSE),
        ("Terms_of_Use.md", LICENSE),
        ("terms", LICENSE),
        ("EULA.rtf", LICENSE),
        ("AI_ADDENDUM.md", LICENSE),
        ("rider", LICENSE),
        ("licensing.md", LICENSE),
        (".LICENSE", LICENSE),
        (".licenserc.yaml", None),
        ("_LICENSE", LICENSE),
        ("ADDITIONAL-TERMS.md", LICENSE),
        ("TOS.md", LICENSE),
        ("AI.md", SIGNAL),
        ("TRAINING.md", SIGNAL),
        ("LICENSE.json", SIGNAL),
        ("OFL.txt", LICENSE),
        ("OFL-FAQ.txt", None),
        ("GPLv3.txt", LICENSE),
        ("LGPL", LICENSE),
        ("mit.md", LICENSE),
        ("GPL-3.0-or-later", LICENSE),
        ("LLVM-exception.txt", LICENSE),
        ("LICENCIA.txt", LICENSE),
        ("Lizenz", LICENSE),
        ("Licen\u{e7}a.md", LICENSE),
        ("Licenc\u{327}a.md", LICENSE),
        ("лицензия.txt", LICENSE),
        ("使用许可证", LICENSE),
        ("ライセンス.md", LICENSE),
        ("COPYRIGHT-RUST.txt", COPYRIGHT),
        ("AUTHORS", COPYRIGHT),
        ("NOTICES.md", NOTICE),
        ("THIRDPARTYNOTICES", NOTICE),
        ("LICENSE-DETAILS.md", NOTICE),
        ("LEGAL.md", NOTICE),
        ("PATENTS", NOTICE),
        ("Attribution.txt", NOTICE),
        ("README", README),
        ("ReadMe.md", README),
        ("README-crates.io.md", README),
        ("AGENTS.md", AGENTS),
        ("claude.md", AGENTS),
        (".cursorrules", AGENTS),
        ("ai.txt", Some(Interest::Signal(&ai_txt::SIGNAL))),
        (".gitattributes", Some(Interest::Signal(&git_attributes::SIGNAL))),
        (".noai", KEEP_AWAY),
        ("llms-full.txt", SIGNAL),
        ("robots.txt", Some(Interest::Signal(&robots::SIGNAL))),
        ("license.xml", Some(Interest::Signal(&rsl::SIGNAL))),
        ("OPT-OUT.md", SIGNAL),
        ("NO_AI.md", SIGNAL),
        ("AI_POLICY.md", SIGNAL),
        ("DO-NOT-TRAIN", SIGNAL),
        ("tdmrep.json", Some(Interest::Signal(&tdmrep::SIGNAL))),
        ("REUSE.toml", Some(Interest::ReuseToml)),
        ("license.rs", SOURCE),
        ("copying.c", SOURCE),
        ("eula.py", SOURCE),
        ("LICENSES.zip", LICENSE),
        ("LICENSE.tar.gz", LICENSE),
        ("\u{ff2c}\u{ff29}\u{ff23}\u{ff25}\u{ff2e}\u{ff33}\u{ff25}.txt", LICENSE),
        ("RESTRICTIONS.md", LICENSE),
        ("COMMERCIAL.md", NOTICE),
        ("RIGHTS", NOTICE),
        ("vendor.tar.gz", ARCHIVE),
        ("licenses.json", None),
        ("terms.yml", None),
        ("notice.svg", None),
        ("README.tpl", None),
        ("NO-AIR.md", None),
        ("terminal.md", None),
        ("ridership.txt", None),
        ("ruby.md", None),
        ("libwinapi_oemlicense.a", None),
        ("Cargo.toml", None),
        ("sublicense", None),
    ];
    for (name, expected) in cases {
        assert_eq!(in_root(name), expected, "{name}");
    }
}

#[test]
fn deeper_files_count_as_license_texts_or_as_what_their_place_makes_them() {
    let cases = [
        ("src/text/licenses", "BSD-3-Clause-No-Military-License", None),
        ("vendor/curl/docs", "LICENSE-MIXING.md", None),
        ("zlib", "LICENSE", LICENSE),
        ("fonts", "colr_1_LICENSE", LICENSE),
        ("fonts", "OFL.txt", LICENSE),
        ("curl/LICENSES", "MIT.txt", LICENSE),
        ("curl/LICENSES", "README.md", NOTICE),
        ("src/licenses", "MIT", None),
        ("src", "TERMS.md", None),
        ("vendor/.github", "copilot-instructions.md", None),
        ("src", "copying.rs", SOURCE),
        ("assets", "all.7z", ARCHIVE),
        ("curl/LICENSES", "MIT.txt.gz", LICENSE),
        ("legal", "terms.md", LICENSE),
        ("docs", "README.md", None),
        ("crates/a", "AGENTS.md", AGENTS),
        ("tests/data", "AGENTS.md", None),
        (".claude", "CLAUDE.md", AGENTS),
        (".cursor/rules", "no-training.mdc", AGENTS),
        ("a/.github", "copilot-instructions.md", AGENTS),
        (".github", "ai-opt-out.yml", KEEP_AWAY),
        (".well-known", "tdmrep.json", Some(Interest::Signal(&tdmrep::SIGNAL))),
        ("debian", "copyright", Some(Interest::Dep5)),
        (".reuse", "dep5", Some(Interest::Dep5)),
    ];
    for (directory, name, expected) in cases {
        assert_eq!(below_root(directory, name), expected, "{directory}/{name}");
    }
}

#[test]
fn license_directories_and_names_of_others() {
    for name in [
        "LICENSES",
        "licenses",
        "License",
        "LICENSE-THIRD-PARTY",
        "LICENSE.d",
        "LICENSE2",
        "COPYING",
    ] {
        assert!(is_license_directory(name), "{name}");
    }
    for name in ["licensing", "src", "licensee"] {
        assert!(!is_license_directory(name), "{name}");
    }
    assert!(is_of_others("LICENSE-THIRD-PARTY"));
    assert!(is_of_others("LICENSE-3rdparty.txt"));
    assert!(!is_of_others("LICENSE-MIT"));
}
