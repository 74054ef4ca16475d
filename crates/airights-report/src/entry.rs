//! Entries of a policy as TOML, ready to be pasted: the same everywhere that one is shown or written.

use std::fmt::{Display, Write};

use airights::finding::PolicyEntry;
use airights::policy::{Binding, Date, PolicySource};
use airights::{Allow, DependencyGraph, Entry, Finding, PackageIx, Roles, Subject};

use crate::Report;
use crate::init::{escaped, quoted};

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
                Some(Binding::Name) | None => {}
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
    if !is_of_cargo_deny(policy) {
        return Some(entry_with(entry, Some(""), None));
    }
    entry_of_cargo_deny(entry)
}

/// The lines of an exception as cargo-deny has it; `None` where it has none: for roles, for AI uses, for modified texts, and
/// for a crate of one source alone.
fn entry_of_cargo_deny(entry: &Entry) -> Option<String> {
    let Entry::Exception {
        krate,
        licenses,
        ai,
        roles,
    } = entry
    else {
        return None;
    };
    let is_modified = |license: &String| license.contains("AdditionRef-");
    if !ai.is_empty() || *roles != Roles::ALL || krate.contains("://") || licenses.iter().any(is_modified) {
        return None;
    }
    let allow = list(licenses)?;
    let krate = quoted(&krate.replacen('@', ":=", 1));
    Some(format!("[[licenses.exceptions]]\ncrate = {krate}\nallow = {allow}"))
}

/// An exception as cargo-deny has it, with its reason in a comment, for which it has no key.
pub fn entry_of_cargo_deny_with(entry: &Entry, reason: &str) -> Option<String> {
    let entry = entry_of_cargo_deny(entry)?;
    let reason: String = reason.lines().map(|line| format!("# {}\n", escaped(line))).collect();
    Some(reason + &entry)
}

fn is_of_cargo_deny(policy: &PolicySource) -> bool {
    matches!(policy, PolicySource::File { path, .. } if path.ends_with("deny.toml"))
}

/// The command that writes the entry which settles a finding; `None` where it finds no place for it.
pub(crate) fn command_for(finding: &Finding, report: &Report<'_>) -> Option<String> {
    let is_writable = entry_of(finding, report).is_some();
    if report.is_planned || !is_writable {
        return None;
    }
    let krate = match &finding.subject {
        Subject::Package(place) => name_in(report.graph, *place),
        Subject::Policy(PolicyEntry::Clarification(krate)) => krate.clone(),
        Subject::Policy(_) | Subject::Publication => return None,
    };
    let blanks = match finding.entry.as_ref()? {
        Entry::Exception { .. } => return Some(format!("cargo airights allow {krate} --reason …")),
        Entry::Clarification { license, files, .. } => {
            [("expression", license.is_none()), ("reason", files.is_empty())]
        }
    };
    let blanks = blanks.iter().filter(|(_, is_needed)| *is_needed);
    let blanks: String = blanks.map(|(name, _)| format!(" --{name} …")).collect();
    Some(format!("cargo airights clarify {krate}{blanks}"))
}

/// How a command names a package of the graph: by its version, too, where there are several of its name.
fn name_in(graph: &DependencyGraph, place: PackageIx) -> String {
    let package = graph.package(place);
    let of_name = graph.packages().iter().filter(|other| other.name == package.name);
    if of_name.count() > 1 {
        format!("{}@{}", package.name, package.version)
    } else {
        package.name.clone()
    }
}

/// The line of the policy that accepts something in every crate; only what it lacks where that would be too long. `None`
/// where the policy has no such line: cargo-deny does not look at the code of others.
pub(crate) fn allow_line(allow: &Allow, policy: &PolicySource) -> Option<String> {
    let key = match allow.is_of_others {
        true if is_of_cargo_deny(policy) => return None,
        true => "allow-bundled",
        false => "allow",
    };
    let list = |words: &[String]| words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", ");
    let whole = format!("{key} = [{}]", list(&[allow.already.as_slice(), &allow.more].concat()));
    Some(if whole.chars().count() <= MOST_COLUMNS {
        whole
    } else {
        format!("{key} = [..., {}]", list(&allow.more))
    })
}

/// A longer line would be wrapped on most terminals.
const MOST_COLUMNS: usize = 90;

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
        let with_reason = entry_of_cargo_deny_with(&exception(Vec::new()), "asked\nlegal\u{1b}[2J");
        assert_eq!(with_reason, Some(format!("# asked\n# legal\\u001B[2J\n{expected}")));
        let of = |krate: &str, license: &str, roles| Entry::Exception {
            krate: krate.to_owned(),
            licenses: vec![license.to_owned()],
            ai: Vec::new(),
            roles,
        };
        for entry in [
            of(
                "ring@0.17.8",
                "MIT WITH AdditionRef-airights-train-ai-disallowed",
                Roles::ALL,
            ),
            of("https://git.example/ring#ring@0.17.8", "MIT", Roles::ALL),
            of("ring@0.17.8", "MIT", [airights::Role::Dev].into_iter().collect()),
        ] {
            assert_eq!(entry_to_paste(&entry, &deny), None, "{entry:?}");
        }
    }

    #[test]
    fn the_line_that_allows_a_license_to_all_fits_a_terminal() {
        let allow = |already: usize| Allow {
            is_of_others: false,
            already: (0..already).map(|number| format!("LicenseRef-{number}")).collect(),
            more: vec!["MIT".to_owned(), "ISC".to_owned()],
        };
        let line = |allow: &Allow| allow_line(allow, &PolicySource::BuiltIn).unwrap();
        assert_eq!(line(&allow(1)), "allow = [\"LicenseRef-0\", \"MIT\", \"ISC\"]");
        assert_eq!(line(&allow(40)), "allow = [..., \"MIT\", \"ISC\"]");
        let of_others = Allow {
            is_of_others: true,
            ..allow(0)
        };
        assert_eq!(line(&of_others), "allow-bundled = [\"MIT\", \"ISC\"]");
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
