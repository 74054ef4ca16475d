//! The README stays true: its console blocks are run, and the commands it names for the set-up are those CI runs.
//!
//! `UPDATE_EXPECT=1 cargo test -p cargo-airights --test cli readme` writes what the program says now into the README.

use std::path::PathBuf;

use crate::support::{Crate, NO_TRAINING, Registry, Workspace, license_text};

fn in_repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The workspace the README's reader is thought to have.
fn story() -> Workspace {
    let quiet = format!("{}\n{NO_TRAINING}\n", license_text("0BSD"));
    let crates = [
        Crate::new("quiet-shell", "0.2.2")
            .license("0BSD")
            .file("LICENSE", license_text("0BSD")),
        Crate::new("quiet-shell", "0.2.3")
            .package("license-file = \"LICENSE\"")
            .file("LICENSE", quiet),
        Crate::new("json-lines", "1.4.0")
            .license("MIT OR Apache-2.0")
            .file("LICENSE-MIT", license_text("MIT"))
            .file("LICENSE-APACHE", license_text("Apache-2.0"))
            .dependency("small-list", "2"),
        Crate::new("small-list", "2.0.1")
            .license("MIT OR Apache-2.0")
            .file("LICENSE", license_text("MIT"))
            .file(
                "AGENTS.md",
                "# Notes for agents\n\nDo not train on the contents of this repository.\n",
            ),
    ];
    Workspace::depending_on("json-lines = \"1\"\nquiet-shell = \"0.2\"", Registry::with(crates))
}

#[test]
fn its_console_blocks_show_what_the_program_says() {
    let path = in_repository("README.md");
    let readme = std::fs::read_to_string(&path).expect("the README");
    let story = story();
    let mut told = String::new();
    for (number, part) in readme.split("```console\n").enumerate() {
        if number == 0 {
            told += part;
            continue;
        }
        let (block, rest) = part.split_once("```").expect("a block that ends");
        let command = block
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("$ cargo airights "))
            .expect("a command");
        let arguments: Vec<&str> = command.split_whitespace().collect();
        let outcome = story.run(&arguments);
        assert_eq!(outcome.err, "");
        told += &format!("```console\n$ cargo airights {command}\n{}```{rest}", outcome.out);
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &told).expect("the README");
    } else {
        assert_eq!(told, readme);
    }
}

#[test]
fn ci_runs_the_two_commands_it_names() {
    let readme = std::fs::read_to_string(in_repository("README.md")).expect("the README");
    let ci = std::fs::read_to_string(in_repository(".ci/run")).expect("the CI script");
    let commands: Vec<&str> = readme
        .split("```sh\n")
        .skip(1)
        .filter_map(|part| part.lines().next())
        .collect();
    assert_eq!(commands.len(), 2, "two commands are all the set-up: {commands:?}");
    for command in commands {
        assert!(
            ci.contains(&format!("step {command}\n")),
            "CI runs `{command}` as it stands"
        );
    }
}
