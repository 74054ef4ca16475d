//! Files that are no license texts: signals for machines, source files, statements about files, archives.

use airights_text::{AiUse, UseValue};

use super::*;

const BAN: &str = "Do not use this code to train AI models.";

/// The files that refuse training, each once.
fn refusing(facts: &PackageFacts) -> Vec<&str> {
    let of_texts = facts.texts.iter().flat_map(|text| &text.statements);
    let said = facts.statements.iter().chain(of_texts);
    let refusals = said.filter(|said| said.ai_use == AiUse::TrainAi && said.value == UseValue::Disallowed);
    let mut paths: Vec<&str> = refusals.map(|said| said.evidence.excerpt.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

#[test]
fn signals_count_wherever_their_place_is() {
    let world = World::new().with(&[
        ("Cargo.toml", ""),
        (".noai", ""),
        ("ai.txt", "User-Agent: *\nDisallow: /\n"),
        (".gitattributes", "* ai-training=no\n"),
        (".github/ai-opt-out.yml", "reason: ours\n"),
        ("crates-io/AGENTS.md", BAN),
        (".cursor/rules/all.mdc", BAN),
        ("OPT-OUT.md", BAN),
        ("LICENSES/README.md", BAN),
        // These are about something else.
        ("tests/data/AGENTS.md", BAN),
        ("docs/ai.txt", "User-Agent: *\nDisallow: /\n"),
        ("src/.gitattributes", "* ai-training=no\n"),
    ]);
    let facts = world.facts(world.manifest(""));
    let expected = [
        ".cursor/rules/all.mdc",
        ".gitattributes",
        ".github/ai-opt-out.yml",
        ".noai",
        "LICENSES/README.md",
        "OPT-OUT.md",
        "ai.txt",
        "crates-io/AGENTS.md",
    ];
    assert_eq!(refusing(&facts), expected);
    assert_eq!(problems(&facts), [""; 0]);
}

#[test]
fn heads_of_source_files_are_told_once_for_the_first_few() {
    let world = World::new().with(&[("Cargo.toml", ""), ("zlib/COPYING", "x")]);
    for number in 0..9 {
        let text = format!("// Copyright {number}\n// SPDX-License-Identifier: MIT\n\nfn f() {{}}\n");
        world.put(&format!("src/m{number}.rs"), text.as_bytes());
    }
    world.put(
        "src/plain.rs",
        b"//! Writes `SPDX-License-Identifier: MIT`.\nfn f() {}\n",
    );
    world.put("src/other.c", b"/* SPDX-License-Identifier: GPL-2.0+ */\nint f;\n");
    world.put("zlib/z.c", b"// SPDX-License-Identifier: Zlib\nint z;\n");
    world.put("src/odd.rs", b"// SPDX-License-Identifier: Somebody's Own\nfn f() {}\n");
    let facts = world.facts(world.manifest(""));
    let told = facts.texts.iter().filter(|text| text.kind == TextKind::Header);
    let told: Vec<String> = told
        .map(|text| {
            format!(
                "{} {:?} {}",
                text.path,
                text.place,
                text.expression.as_deref().unwrap_or("?")
            )
        })
        .collect();
    let expected = [
        "src/m0.rs Own MIT",
        "src/m1.rs Own MIT",
        "src/m2.rs Own MIT",
        "src/odd.rs Own ?",
        "src/other.c Own GPL-2.0-or-later",
        "zlib/z.c Bundled Zlib",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_one_file_says_of_others_is_a_fact_where_they_are_code() {
    let world = World::new().with(&[
        ("Cargo.toml", ""),
        (
            "REUSE.toml",
            "version = 1\n[[annotations]]\npath = \"src/**\"\nSPDX-License-Identifier = \"GPL-3.0-only\"\n\
             [[annotations]]\npath = \"docs/**\"\nSPDX-License-Identifier = \"CC-BY-4.0\"\n",
        ),
        ("src/lib.rs", "fn f() {}"),
        ("build.rs", "fn main() {}"),
        ("build.rs.license", "SPDX-License-Identifier: ISC"),
        ("docs/guide.md", "x"),
    ]);
    let facts = world.facts(world.manifest(""));
    assert_eq!(texts(&facts), ["REUSE.toml own header", "build.rs.license own header"]);
    assert_eq!(facts.texts[0].expression.as_deref(), Some("GPL-3.0-only"));
    assert_eq!(facts.texts[1].expression.as_deref(), Some("ISC"));
}

#[test]
fn archives_are_named_and_not_opened() {
    let world = World::new().with(&[
        ("Cargo.toml", ""),
        ("vendor.zip", "PK"),
        ("src/all.tar.gz", ""),
        ("a.txt", ""),
    ]);
    let facts = world.facts(world.manifest(""));
    assert_eq!(facts.archives, ["src/all.tar.gz", "vendor.zip"]);
    assert_eq!(problems(&facts), [""; 0]);
}
