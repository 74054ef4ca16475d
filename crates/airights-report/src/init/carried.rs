//! What a first policy takes over from that of another tool: what it excepted, and whom it judged.

use std::fmt::Write;

use airights::policy::{Exception, LicensePattern, PolicySource};
use airights::{Entry, Level, Policy, Role, Rule};

use super::quoted;
use crate::entry::entry_with;

/// What a first policy is taken over from.
pub(super) fn name(policy: Option<&Policy>) -> &str {
    match policy.map(|policy| &policy.source) {
        Some(PolicySource::File { path, .. }) => path,
        Some(PolicySource::BuiltIn) | None => "the built-in policy",
    }
}

/// Writes the sections beyond `[licenses]`.
pub(super) fn sections(text: &mut String, policy: &Policy, clarified: &[Entry]) {
    let from = name(Some(policy));
    for role in [Role::Build, Role::Dev] {
        let of_build_scripts = policy.build_scripts.as_ref().filter(|_| role == Role::Build);
        let section = of_build_scripts.unwrap_or_else(|| policy.section(role));
        if section.levels.of(Rule::LicenseNotAllowed) == Level::Allow {
            let levels: Vec<String> = Rule::set_in("licenses")
                .map(|(_, key)| format!("{key} = \"allow\""))
                .collect();
            let _ = writeln!(
                text,
                "\n[roles.{role}] # their licenses are not judged, as in {from}\nlicenses = {{ {} }}",
                levels.join(", ")
            );
        }
    }
    let judges = |section: &airights::policy::Section| section.levels.of(Rule::LicenseNotAllowed) == Level::Deny;
    if judges(&policy.member) {
        let _ = writeln!(
            text,
            "\n[roles.member] # the packages of this workspace are judged, too, as in {from}"
        );
        if judges(&policy.private_member) {
            text.push_str("include-private = true\n");
        }
        text.push_str("licenses = { not-allowed = \"deny\", unknown = \"deny\" }\n");
    }
    for exception in &policy.exceptions {
        write_exception(text, exception, from);
    }
    for entry in clarified {
        let reason = format!("a clarification of {from}");
        let _ = writeln!(text, "\n{}", entry_with(entry, Some(&reason), None));
    }
}

fn write_exception(text: &mut String, exception: &Exception, from: &str) {
    let _ = writeln!(
        text,
        "\n[[exceptions]]\ncrate = {}\nlicenses = [{}]\nreason = {}",
        quoted(&exception.krate.to_string()),
        patterns(&exception.licenses),
        quoted(&format!("an exception of {from}"))
    );
}

/// Patterns as an entry lists them.
pub(super) fn patterns<'p>(patterns: impl IntoIterator<Item = &'p LicensePattern>) -> String {
    let patterns = patterns.into_iter().map(|pattern| quoted(&pattern.to_string()));
    patterns.collect::<Vec<_>>().join(", ")
}
