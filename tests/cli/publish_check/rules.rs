//! Each rule where it speaks, and where it is silent.

use super::{package, said, workspace};
use crate::support::{NO_TRAINING, license_text};

const NOTHING: [&str; 0] = [];

#[test]
fn a_package_that_keeps_its_word_is_clean() {
    let story = package("license = \"MIT OR Apache-2.0\"\nreadme = \"README.md\"");
    story.write("README.md", "# app\n");
    story.write("LICENSE-MIT", license_text("MIT"));
    story.write("LICENSE-APACHE", license_text("Apache-2.0"));
    assert_eq!(said(&story), NOTHING);
    let outcome = story.run(&["publish-check"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.out.starts_with("passed: 0 findings"), "{outcome:?}");
}

#[test]
fn what_is_looked_at_is_what_cargo_packs() {
    let story = package("license = \"MIT\"\nexclude = [\"notes\"]");
    story.write("LICENSE", license_text("MIT"));
    story.write("notes/LICENSE", license_text("Zlib"));
    let report = story.run(&["publish-check", "--format", "json"]).json();
    let packed = story.cargo(&["package", "--no-verify", "--allow-dirty", "--offline"]);
    assert_eq!(packed.code, Some(0), "{packed:?}");
    let archive = std::fs::File::open(story.root().join("target/package/app-0.1.0.crate")).expect("a package");
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(archive));
    let entries = archive.entries().expect("an archive").count();
    assert_eq!(report["packages"][0]["files"], entries);
}

#[test]
fn neither_license_nor_license_file() {
    assert_eq!(said(&package("")), ["deny license-absent"]);
    let story = package("license-file = \"TERMS\"");
    story.write("TERMS", "Do as you like.\n");
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn an_expression_that_crates_io_does_not_take() {
    assert_eq!(said(&package("license = \"NoAI-MIT\"")), ["deny expression-rejected"]);
    let story = package("license = \"MIT AND LicenseRef-NoAI\"");
    story.write("LICENSE", license_text("MIT"));
    story.write("LICENSES/LicenseRef-NoAI.txt", NO_TRAINING);
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn an_expression_in_old_words() {
    let story = package("license = \"MIT/Apache-2.0\"");
    story.write("LICENSE-MIT", license_text("MIT"));
    story.write("LICENSE-APACHE", license_text("Apache-2.0"));
    assert_eq!(said(&story), ["warn expression-outdated"]);
}

#[test]
fn a_text_that_stays_in_the_workspaces_root() {
    let story = workspace("", &[("parser", "license = \"MIT\""), ("private", "publish = false")]);
    story.write("LICENSE", license_text("MIT"));
    assert_eq!(said(&story), ["deny license-text-not-packaged"]);
    let outcome = story.run(&["publish-check", "-p", "parser"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(
        outcome.out.contains("crates/parser/Cargo.toml:5:11")
            && outcome.out.contains("copy `LICENSE` of the workspace"),
        "{}",
        outcome.out
    );
    story.write("crates/parser/LICENSE", license_text("MIT"));
    let outcome = story.run(&["publish-check", "--workspace"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.out.contains("checked 1 + never published 1"), "{outcome:?}");
}

/// Cargo brings along what `license-file` names, wherever it is.
#[test]
fn license_file_brings_the_text_of_the_workspace() {
    let parser = "license = \"MIT\"\nlicense-file.workspace = true";
    let story = workspace(
        "[workspace.package]\nlicense-file = \"LICENSE\"\n",
        &[("parser", parser)],
    );
    story.write("LICENSE", license_text("MIT"));
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn a_text_that_include_forgets() {
    let story = package("license = \"MIT\"\ninclude = [\"src\"]");
    story.write("LICENSE", license_text("MIT"));
    assert_eq!(said(&story), ["deny license-text-not-packaged"]);
    let story = package("license = \"MIT\"\ninclude = [\"src\", \"LICENSE\"]");
    story.write("LICENSE", license_text("MIT"));
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn a_text_in_the_readme_goes_along_too() {
    let story = package("license = \"MIT\"");
    story.write("README.md", format!("# app\n\n## License\n\n{}", license_text("MIT")));
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn a_text_at_the_head_of_the_sources_goes_along_too() {
    let story = package("license = \"MIT\"");
    let comment: String = license_text("MIT").lines().map(|line| format!("// {line}\n")).collect();
    story.write("src/lib.rs", format!("{comment}\npub fn parse() {{}}\n"));
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn terms_that_stay_outside() {
    let declaration = "license = \"Unlicense\"\n[package.metadata.airights]\nuse = { train-ai = \"disallowed\" }\n";
    let members = [("parser", &*format!("{declaration}terms = \"../../AI.md\""))];
    let story = workspace("", &members);
    story.write("AI.md", NO_TRAINING);
    assert_eq!(said(&story), ["deny reference-not-packaged"]);
    let outcome = story.run(&["publish-check", "--workspace"]);
    assert!(
        outcome.out.contains("crates/parser/Cargo.toml:8:1") && outcome.out.contains("which is outside the package"),
        "{}",
        outcome.out
    );
    let story = package(&format!("{declaration}terms = \"AI.md\""));
    story.write("AI.md", NO_TRAINING);
    assert_eq!(said(&story), NOTHING);
    let story = package(&format!("{declaration}terms = \"https://example.org/terms\""));
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn a_name_of_ones_own_without_its_text() {
    let story = package("license = \"MIT WITH AdditionRef-No-Training\"");
    story.write("LICENSE", license_text("MIT"));
    assert_eq!(said(&story), ["deny reference-not-packaged"]);
    story.write("LICENSES/AdditionRef-No-Training.txt", NO_TRAINING);
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn blanks_of_a_template() {
    let story = package("license = \"MIT\"");
    let text = license_text("MIT").replace("2024 The Example Developers", "<year> <copyright holders>");
    story.write("LICENSE", text);
    assert_eq!(said(&story), ["deny copyright-line-blank"]);
    let story = package("license = \"Apache-2.0\"");
    story.write("LICENSE", license_text("Apache-2.0"));
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn a_text_of_another_license() {
    let story = package("license = \"MIT\"");
    story.write("LICENSE", license_text("MIT"));
    story.write("LICENSE-2", license_text("BSL-1.0"));
    assert_eq!(said(&story), ["deny license-text-disagrees"]);
}

#[test]
fn code_of_others() {
    let story = package("license = \"MIT\"");
    story.write("LICENSE", license_text("MIT"));
    story.write("vendor/zlib/LICENSE", license_text("Zlib"));
    assert_eq!(said(&story), ["warn bundled-code-not-named"]);
    let story = package("license = \"MIT\"\nexclude = [\"vendor\"]");
    story.write("LICENSE", license_text("MIT"));
    story.write("vendor/zlib/LICENSE", license_text("Zlib"));
    assert_eq!(said(&story), NOTHING);
}

#[test]
fn a_declaration_with_a_typo() {
    let story = package("license = \"0BSD\"\n[package.metadata.airights]\nuse = { train-ai = \"dissallowed\" }");
    assert_eq!(said(&story), ["deny declaration-unclear"]);
    let outcome = story.run(&["publish-check"]);
    assert!(outcome.out.contains("Cargo.toml:6:1"), "{}", outcome.out);
}

#[test]
fn a_rider_that_nothing_else_knows_of() {
    let story = package("license = \"MIT\"");
    story.write("LICENSE", license_text("MIT"));
    story.write("LICENSE-AI", NO_TRAINING);
    assert_eq!(said(&story), ["warn ai-terms-not-named"]);
    let declared = "license = \"MIT\"\n[package.metadata.airights]\nuse = { train-ai = \"allowed\" }";
    let story = package(declared);
    story.write("LICENSE", license_text("MIT"));
    story.write("LICENSE-AI", NO_TRAINING);
    assert_eq!(said(&story), ["deny ai-terms-disagree", "warn ai-terms-not-named"]);
}
