//! What to do next about a finding, in words.

use airights::{AiUse, BuildScript, Fix, Help};

/// The help of a finding in a graph that is only planned, where no command finds the crate yet, so none is named.
pub(super) fn advice_on_plan(help: &Help) -> String {
    match help {
        Help::AllowOrExcept { .. } => "allow its license, or make an exception for this crate".to_owned(),
        Help::ReadAndClarify { .. } => "read its text; if its terms can be met, record which license it is".to_owned(),
        Help::DecideOnPreference { .. } => {
            "this is a preference, not a license term: decide whether to follow it".to_owned()
        }
        Help::IgnoreUse { ai_use, .. } => format!(
            "if you do not use your dependencies this way, set `{ai_use} = \"ignore\"`\n\
             otherwise add another crate, or make an exception"
        ),
        other => advice(other),
    }
}

/// The help of a finding: at most three short lines, without full stops.
pub(super) fn advice(help: &Help) -> String {
    match help {
        Help::AllowOrExcept { krate } => format!(
            "`cargo airights suggest {krate}` looks for a fix, `cargo airights explain {krate}` has the details\n\
             or allow its license, or make an exception for this crate"
        ),
        Help::AllowOwn => {
            "this policy judges the packages of the workspace, too\nallow its license, or make an exception for it"
                .to_owned()
        }
        Help::DeclareOwn => {
            "this policy judges the packages of the workspace, too\nname its license in its `Cargo.toml`: `license` or \
             `license-file`"
                .to_owned()
        }
        Help::ReadAndClarify { krate } => format!(
            "`cargo airights explain {krate}` shows the text, `cargo airights suggest {krate}` looks for a fix\n\
             read it; if its terms can be met, record which license it is"
        ),
        Help::Clarify => "read its terms and record which license it is in a `[[clarify]]` entry".to_owned(),
        Help::AskAuthorAndClarify => {
            "ask its author for a license, and record the answer in a `[[clarify]]` entry".to_owned()
        }
        Help::BindClarification => "check that it still holds, and bind it to what is there now".to_owned(),
        Help::ClarifyUntilChanged => "read it; a `[[clarify]]` entry settles it until the text changes".to_owned(),
        Help::AskWhichIsMeant => {
            "ask the maintainer which is meant, or record what you know in a `[[clarify]]` entry".to_owned()
        }
        Help::AskForText => "ask the maintainer to add the file to the package".to_owned(),
        Help::LookInto(files) => {
            let reasons: Vec<String> = files
                .iter()
                .map(|file| format!("`{}` {}", file.path, file.kind))
                .collect();
            reasons.join("; ")
        }
        Help::FindOutWhatIsShipped { by } => {
            let known = match by {
                BuildScript::Unknown => String::new(),
                BuildScript::None => {
                    "the crate has no build script, so that only Rust code of it is compiled\n".to_owned()
                }
                BuildScript::With(crates) if crates.is_empty() => {
                    "the crate has a build script, which may compile this\n".to_owned()
                }
                BuildScript::With(crates) => format!("its build script compiles code with `{}`\n", crates.join("`, `")),
            };
            known + "if this code is compiled in, allow its license; if not, add an exception"
        }
        Help::DecideOnPreference { krate } => format!(
            "this is a preference, not a license term: decide whether to follow it\n\
             `cargo airights explain {krate}` shows what depends on it"
        ),
        Help::IgnoreUse { krate, ai_use } => ignore_use(krate, *ai_use),
        Help::AskForDeclaration => {
            "ask the author to declare their terms in `[package.metadata.airights]`, or grant an exception".to_owned()
        }
        Help::Counts(value) => format!("the more restrictive one counts: `{value}`"),
        Help::ReadAgain { sha256 } => format!("read the text again; its SHA-256 is now `{sha256}`"),
        Help::LookForText => "look for the text under another name, or remove the entry".to_owned(),
        Help::RecallReason { reason, owner } => {
            let ask = owner.as_ref().map(|owner| format!("; ask {owner}")).unwrap_or_default();
            format!("it was granted because: {reason}{ask}")
        }
        Help::RemoveOrUpdate => "remove it, or bring it up to date".to_owned(),
        Help::RemoveOrKeep => "remove it, or keep it for later".to_owned(),
        Help::Fetch => "run `cargo fetch` to download missing sources".to_owned(),
        Help::AddLicenseKey => "add `license = \"…\"` with an SPDX expression, or `publish = false`".to_owned(),
        Help::WriteSpdxIds => "write SPDX ids, and `LicenseRef-…` for terms of your own".to_owned(),
        Help::WriteExpression(expression) => format!("write `{expression}`"),
        Help::NameInInclude => "add it to `include`, or remove it from `exclude`".to_owned(),
        Help::MoveIntoPackage => "move it into the package, or copy it there".to_owned(),
        Help::WriteFileOrCorrectKey => "write the file, or correct the key".to_owned(),
        Help::PutTextInto(path) => format!("put its text into `{path}`"),
        Help::Fix(Fix::Copy { from, .. }) => {
            format!("copy `{from}` of the workspace into the package; `--fix` does it")
        }
        Help::Fix(Fix::Include { path }) => format!("add `{path}` to `include`; `--fix` does it"),
        Help::Fix(Fix::Expression { to }) => format!("write `{to}`; `--fix` does it"),
        Help::StopLeavingOut(path) => format!("`{path}` is excluded: remove it from `exclude` or `.gitignore`"),
        Help::AddTextBesideManifest => "add the text as `LICENSE` beside the manifest".to_owned(),
        Help::NameCopyrightHolder => "write the year and who holds the copyright".to_owned(),
        Help::DeclareWhatTextSays => "declare what the text says, or replace the text".to_owned(),
        Help::NameOrLeaveOut => "add it to the expression with `AND`, or exclude that code with `exclude`".to_owned(),
        Help::CorrectDeclaration => "correct `[package.metadata.airights]`".to_owned(),
        Help::DecideForBoth => "decide which is meant, and say it in both places".to_owned(),
        Help::NameBeside(declared) => {
            format!("name those terms in the expression: `({declared}) AND LicenseRef-…`")
        }
        Help::TakeProvedWay {
            krate,
            summary,
            commands,
        } => proved_way(krate, summary, commands),
    }
}

/// The help of several findings, each with an exception of its own: what settles all of them, and how one is settled.
pub(super) fn advice_for_many(help: &Help, allow: Option<&str>, can_write: bool) -> String {
    let command = "`cargo airights allow CRATE --reason …`";
    match (help, allow) {
        (Help::AllowOrExcept { .. }, Some(allow)) => {
            let one = if can_write {
                format!(", {command} allows it to one crate")
            } else {
                String::new()
            };
            format!(
                "`cargo airights suggest` looks for fixes{one}\nif every crate may have it, write in `[licenses]`:\n{allow}"
            )
        }
        (help, allow) => {
            let one = can_write.then(|| format!("\n{command} writes an exception for one crate"));
            let all = allow.map(|allow| format!("\nif every crate may have it, write in `[licenses]`:\n{allow}"));
            advice(help) + &one.unwrap_or_default() + &all.unwrap_or_default()
        }
    }
}

/// The command that writes an entry, as the line before that, or instead of it.
pub(super) fn command_line(command: &str, entry: Option<&str>) -> String {
    match entry {
        Some(entry) => format!("`{command}` writes this entry:\n{entry}"),
        None => format!("`{command}` writes it"),
    }
}

fn ignore_use(krate: &str, ai_use: AiUse) -> String {
    format!(
        "if you do not use your dependencies this way, set `{ai_use} = \"ignore\"`\n\
         otherwise replace `{krate}` (`cargo airights suggest {krate}` looks for a fix), or make an exception"
    )
}

fn proved_way(krate: &str, summary: &str, commands: &[String]) -> String {
    match commands {
        [] => format!(
            "`cargo airights suggest {krate} --apply` applies a proved fix: {summary}\n\
             without `--apply` it shows what would change"
        ),
        [command] => format!("`{command}` is a proved fix\n`cargo airights suggest {krate}` shows what it changes"),
        commands => format!(
            "`{}` are a proved fix\n`cargo airights suggest {krate}` shows what they change",
            commands.join("` and `")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_compile_bundled_code_is_said() {
        let by = |crates: &[&str]| BuildScript::With(crates.iter().map(ToString::to_string).collect());
        for (by, expected) in [
            (BuildScript::Unknown, None),
            (
                BuildScript::None,
                Some("the crate has no build script, so that only Rust code of it is compiled"),
            ),
            (by(&[]), Some("the crate has a build script, which may compile this")),
            (
                by(&["cc", "cmake"]),
                Some("its build script compiles code with `cc`, `cmake`"),
            ),
        ] {
            let help = advice(&Help::FindOutWhatIsShipped { by });
            let said = help.split_once('\n').map(|(said, _)| said);
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn a_proved_way_is_told_in_a_sentence() {
        for (commands, expected) in [
            (
                &["cargo update a --precise 1.0.0"][..],
                "`cargo update a --precise 1.0.0` is a proved fix\n`cargo airights suggest a` shows what it changes",
            ),
            (
                &["cargo update a", "cargo update b"],
                "`cargo update a` and `cargo update b` are a proved fix\n`cargo airights suggest a` shows what they \
                 change",
            ),
            (
                &[],
                "`cargo airights suggest a --apply` applies a proved fix: move `a` to 1.0.0\nwithout `--apply` it shows \
                 what would change",
            ),
        ] {
            let help = Help::TakeProvedWay {
                krate: "a".to_owned(),
                summary: "move `a` to 1.0.0".to_owned(),
                commands: commands.iter().map(|&command| command.to_owned()).collect(),
            };
            assert_eq!(advice(&help), expected);
        }
    }
}
