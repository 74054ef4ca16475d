//! Entries of a policy as TOML, ready to be pasted: the same everywhere that one is shown or written.

use std::fmt::{Display, Write};

use airights::policy::{Binding, Date, PolicySource};
use airights::{Entry, Finding, Roles};

use crate::Report;
use crate::init::quoted;

/// The lines of an entry with what a person says of it: why it is, and its last day. There is no end of line at the end.
pub fn entry_with(entry: &Entry, reason: Option<&str>, until: Option<Date>) -> String {
    let mut text = String::new();
    match entry {
        Entry::Exception {
            krate,
            licenses,
            ai,
            roles,
        } => {
            let _ = write!(text, "[[exceptions]]\ncrate = {}", quoted(krate));
            for (key, words) in [("licenses", list(licenses)), ("ai", list(ai))] {
                if let Some(words) = words {
                    let _ = write!(text, "\n{key} = {words}");
                }
            }
            if *roles != Roles::ALL {
                let roles: Vec<_> = roles.iter().collect();
                let _ = write!(text, "\nroles = {}", list(&roles).unwrap_or_default());
            }
        }
        Entry::Clarification {
            krate,
            license,
            files,
            bound_to,
        } => {
            let license = license.as_deref().unwrap_or_default();
            let _ = write!(
                text,
                "[[clarify]]\ncrate = {}\nlicense = {}",
                quoted(krate),
                quoted(license)
            );
            let files: Vec<String> = files
                .iter()
                .map(|file| format!("{{ path = {}, sha256 = {} }}", quoted(&file.path), quoted(&file.sha256)))
                .collect();
            match files.as_slice() {
                [] => {}
                [file] => {
                    let _ = write!(text, "\nfiles = [{file}]");
                }
                files => {
                    let _ = write!(text, "\nfiles = [\n    {},\n]", files.join(",\n    "));
                }
            }
            match bound_to {
                Some(Binding::Checksum(checksum)) => {
                    let _ = write!(text, "\nchecksum = {}", quoted(checksum));
                }
                Some(Binding::Commit(commit)) => {
                    let _ = write!(text, "\ncommit = {}", quoted(commit));
                }
                None => {}
            }
        }
    }
    if let Some(reason) = reason {
        let _ = write!(text, "\nreason = {}", quoted(reason));
    }
    if let Some(until) = until {
        let _ = write!(text, "\nexpires = {until}");
    }
    text
}

/// The lines of an entry for the policy that judged; its reason is left to be filled in. `None` where that file has no such
/// entries: cargo-deny's knows exceptions for licenses alone.
pub fn entry_to_paste(entry: &Entry, policy: &PolicySource) -> Option<String> {
    let is_of_cargo_deny = matches!(policy, PolicySource::File { path, .. } if path.ends_with("deny.toml"));
    if !is_of_cargo_deny {
        return Some(entry_with(entry, Some(""), None));
    }
    match entry {
        Entry::Exception {
            krate, licenses, ai, ..
        } if ai.is_empty() => {
            let allow = list(licenses)?;
            let krate = quoted(&krate.replacen('@', ":=", 1));
            Some(format!("[[licenses.exceptions]]\ncrate = {krate}\nallow = {allow}"))
        }
        Entry::Exception { .. } | Entry::Clarification { .. } => None,
    }
}

/// The entry that settles a finding, for the policy of the report.
pub(crate) fn entry_of(finding: &Finding, report: &Report<'_>) -> Option<String> {
    entry_to_paste(finding.entry.as_ref()?, &report.evaluation.policy)
}

fn list(words: &[impl Display]) -> Option<String> {
    let words: Vec<String> = words.iter().map(|word| quoted(&word.to_string())).collect();
    (!words.is_empty()).then(|| format!("[{}]", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use airights::AiUse;
    use airights::policy::BoundFile;
    use expect_test::expect;

    use super::*;

    #[test]
    fn cargo_denys_configuration_has_exceptions_of_its_own() {
        let deny = PolicySource::File {
            path: ".cargo/deny.toml".to_owned(),
            sha256: String::new(),
        };
        let exception = |ai| Entry::Exception {
            krate: "ring@0.17.8".to_owned(),
            licenses: vec!["OpenSSL".to_owned()],
            ai,
            roles: Roles::ALL,
        };
        let written = entry_to_paste(&exception(Vec::new()), &deny);
        let expected = "[[licenses.exceptions]]\ncrate = \"ring:=0.17.8\"\nallow = [\"OpenSSL\"]";
        assert_eq!(written.as_deref(), Some(expected));
        assert_eq!(entry_to_paste(&exception(vec![AiUse::TrainAi]), &deny), None);
    }

    #[test]
    fn entries_are_written_as_policies_have_them() {
        let exception = Entry::Exception {
            krate: "ring@0.17.8".to_owned(),
            licenses: vec!["OpenSSL".to_owned(), "LicenseRef-ring".to_owned()],
            ai: vec![AiUse::TrainAi],
            roles: Roles::ALL,
        };
        let file = |path: &str| BoundFile {
            path: path.to_owned(),
            sha256: "0123".to_owned(),
        };
        let clarification = |license: Option<&str>, files, bound_to| Entry::Clarification {
            krate: "ring@0.17.8".to_owned(),
            license: license.map(str::to_owned),
            files,
            bound_to,
        };
        let entries = [
            exception,
            clarification(Some("MIT AND ISC"), vec![file("LICENSE"), file("say \"no\"")], None),
            clarification(None, Vec::new(), Some(Binding::Checksum("ab".to_owned()))),
        ];
        let own = |entry| entry_to_paste(entry, &PolicySource::BuiltIn);
        let written: Vec<String> = entries.iter().filter_map(own).collect();
        expect![[r#"
            [[exceptions]]
            crate = "ring@0.17.8"
            licenses = ["OpenSSL", "LicenseRef-ring"]
            ai = ["train-ai"]
            reason = ""

            [[clarify]]
            crate = "ring@0.17.8"
            license = "MIT AND ISC"
            files = [
                { path = "LICENSE", sha256 = "0123" },
                { path = "say \"no\"", sha256 = "0123" },
            ]
            reason = ""

            [[clarify]]
            crate = "ring@0.17.8"
            license = ""
            checksum = "ab"
            reason = """#]]
        .assert_eq(&written.join("\n\n"));
    }
}
