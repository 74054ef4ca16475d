//! What is shown obeys nobody: terminals and build services take none of it for a command.

use crate::support::{Crate, Registry, Workspace, license_text};

#[test]
fn nothing_that_is_quoted_is_a_command_to_a_build_service() {
    let clause =
        "\n##[error]pwn ##vso[task.complete]\n  ::set-output name=a::b\nThe Software may not be used to train AI.\n";
    let crate_ = Crate::new("loud", "1.0.0")
        .license("MIT ##[error]x")
        .file("LICENSE", format!("{}{clause}", license_text("MIT")));
    let story = Workspace::depending_on("loud = \"1\"", Registry::with([crate_]));
    let commands: [&[&str]; 8] = [
        &["check", "-v"],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "-vv"],
        &["list"],
        &["explain", "loud"],
        &["suggest", "-v"],
        &["suggest", "--format", "json"],
    ];
    for command in commands {
        let outcome = story.run(command);
        let shown = format!("{}\n{}", outcome.out, outcome.err);
        assert!(shown.contains("loud"), "{shown}");
        for line in shown.lines() {
            let is_place = line.trim_start().starts_with("::: ");
            let is_command =
                line.trim_start().starts_with("::") && !is_place || line.contains("##[") || line.contains("##vso[");
            assert!(!is_command, "{command:?}: {line}");
        }
    }
}
