//! `[[exceptions]]` and `[[clarify]]`: what a policy says of single crates.

use std::collections::{BTreeMap, BTreeSet};

use airights::policy::{AiAllowance, Binding, BoundFile, Clarification, CrateSpec, Date, Exception, InvalidDate};
use airights::{AiUse, Role, Roles, UseValue};
use airights_manifest::spelling::nearest_license;
use toml::de::DeValue;

use super::pattern::patterns;
use super::problem::PolicyProblem;
use super::source::Placed;
use super::table::{Table, parse_word, type_name};

pub(super) const EXCEPTION_KEYS: &[&str] = &[
    "crate", "licenses", "ai", "roles", "files", "reason", "owner", "expires",
];
pub(super) const CLARIFY_KEYS: &[&str] = &["crate", "license", "ai", "files", "checksum", "commit", "reason"];
pub(super) const FILE_KEYS: &[&str] = &["path", "sha256"];

pub(super) fn ai_uses() -> Vec<&'static str> {
    AiUse::ALL.iter().map(|ai_use| ai_use.as_str()).collect()
}

pub(super) fn use_values() -> Vec<&'static str> {
    UseValue::ALL.iter().map(|value| value.as_str()).collect()
}

pub(super) fn roles() -> Vec<&'static str> {
    Role::ALL.iter().map(|role| role.as_str()).collect()
}

/// Every exception that is whole; what keeps the others from it is reported.
pub(super) fn exceptions(root: &Table<'_>) -> Vec<Exception> {
    let tables = root.tables("exceptions").unwrap_or_default();
    tables.into_iter().filter_map(exception).collect()
}

/// Every clarification that is whole; what keeps the others from it is reported.
pub(super) fn clarifications(root: &Table<'_>) -> Vec<Clarification> {
    let tables = root.tables("clarify").unwrap_or_default();
    let found: Vec<Clarification> = tables.into_iter().filter_map(clarification).collect();
    let mut known = BTreeSet::new();
    for clarification in &found {
        let files = clarification.files.iter();
        let files: Vec<(&str, &str)> = files.map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
        if !known.insert((clarification.krate.to_string(), files)) {
            let krate = &clarification.krate;
            let problem = PolicyProblem::error(format!("`{krate}` is clarified twice for the same files"));
            root.source
                .report_placed(problem.label("again here").at(clarification.at.clone()));
        }
    }
    found
}

// Each part is read before any is asked for with `?`, so that every mistake of an entry is reported at once.

fn exception(table: Table<'_>) -> Option<Exception> {
    let table = table.only(EXCEPTION_KEYS);
    if !table.has("licenses") && !table.has("ai") && !table.source.has_blanks() {
        let problem = PolicyProblem::error("this exception allows nothing");
        let help = "say what the crate may have: `licenses = [\"…\"]`, `ai = [\"train-ai\"]`, or both";
        table.source.report(table.span(), problem.help(help.to_owned()));
    }
    let krate = table.required("crate", crate_spec);
    let licenses = patterns(&table, "licenses").unwrap_or_default();
    let ai = ai_allowance(&table);
    let roles = role_set(&table);
    let files = bound_files(&table, "files");
    let reason = table.required("reason", non_empty);
    let owner = table.string("owner").map(|owner| owner.value.to_owned());
    let expires = date(&table, "expires");
    let krate = krate?;
    Some(Exception {
        at: Some(table.source.excerpt(krate.span)),
        krate: krate.value,
        licenses: licenses.into_iter().map(|license| license.value).collect(),
        ai,
        roles,
        files: files.unwrap_or_default(),
        reason: reason?,
        owner,
        expires,
    })
}

fn clarification(table: Table<'_>) -> Option<Clarification> {
    let table = table.only(CLARIFY_KEYS);
    let krate = table.required("crate", crate_spec);
    let license = table.required("license", expression);
    let ai = table.table("ai").map(use_value_table).unwrap_or_default();
    let files = bound_files(&table, "files");
    if files.as_ref().is_some_and(Vec::is_empty) && table.value("files").is_some_and(is_empty_list) {
        let problem = PolicyProblem::error("`files` must name at least one file");
        let help = "leave it out where the crate has no license file, and give its `checksum` or `commit`";
        table.report_value("files", problem.help(help.to_owned()));
    }
    let checksum = table.has("checksum").then(|| table.required("checksum", sha256));
    let commit = table.has("commit").then(|| table.required("commit", commit));
    if checksum.is_some() && commit.is_some() {
        let problem = PolicyProblem::error("a crate has a `checksum` or a `commit`, and never both");
        table.report_value("commit", problem);
    }
    // A text speaks for itself; without one, somebody has to say why.
    let reason = if table.has("files") {
        table.string("reason").map(|reason| reason.value.to_owned())
    } else {
        Some(table.required("reason", non_empty)?)
    };
    let krate = krate?;
    Some(Clarification {
        at: Some(table.source.excerpt(krate.span)),
        krate: krate.value,
        license: license?,
        ai,
        files: files.unwrap_or_default(),
        hashed: Vec::new(),
        bound_to: match (checksum, commit) {
            (Some(checksum), _) => Some(Binding::Checksum(checksum?)),
            (None, Some(commit)) => Some(Binding::Commit(commit?)),
            (None, None) => None,
        },
        reason,
    })
}

fn is_empty_list(value: &toml::Spanned<DeValue<'_>>) -> bool {
    value.get_ref().as_array().is_some_and(|items| items.is_empty())
}

/// A commit of git, by its whole name.
fn commit(table: &Table<'_>, key: &str) -> Option<String> {
    let string = table.string(key)?;
    let is_hex = string.value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hex || ![40, 64].contains(&string.value.len()) {
        let problem = PolicyProblem::error("`commit` must be the whole name of a commit");
        let help = "`Cargo.lock` has it behind the `#` of the crate's source";
        table.source.report(string.span, problem.help(help.to_owned()));
        return None;
    }
    Some(string.value.to_ascii_lowercase())
}

fn crate_spec(table: &Table<'_>, key: &str) -> Option<Placed<CrateSpec>> {
    let string = table.string(key)?;
    let span = string.span.clone();
    crate_spec_of(table, string).map(|value| Placed { value, span })
}

/// The crates that a string means.
pub(super) fn crate_spec_of(table: &Table<'_>, string: Placed<&str>) -> Option<CrateSpec> {
    match string.value.parse() {
        Ok(spec) => Some(spec),
        Err(invalid) => {
            let problem = PolicyProblem::error(format!("`{}` is not a crate", string.value));
            table.source.report(string.span, problem.label(invalid.to_string()));
            None
        }
    }
}

pub(super) fn non_empty(table: &Table<'_>, key: &str) -> Option<String> {
    let string = table.string(key)?;
    if string.value.trim().is_empty() {
        let problem = PolicyProblem::error(format!("`{key}` must not be empty"));
        table.source.report(string.span, problem);
        return None;
    }
    Some(string.value.to_owned())
}

/// An SPDX expression, as strictly as SPDX writes it: here a person states what holds.
fn expression(table: &Table<'_>, key: &str) -> Option<spdx::Expression> {
    let string = table.string(key)?;
    match spdx::Expression::parse(string.value) {
        Ok(expression) => Some(expression),
        Err(error) => {
            let problem = PolicyProblem::error(format!("`{}` is not an SPDX expression", string.value));
            let term = string.value.get(error.span.clone()).unwrap_or_default();
            let help = match (&error.reason, nearest_license(term)) {
                (spdx::error::Reason::UnknownTerm | spdx::error::Reason::UnknownLicense, Some(near)) => {
                    Some(format!("did you mean `{near}`?"))
                }
                (spdx::error::Reason::UnknownTerm | spdx::error::Reason::UnknownLicense, None) => {
                    Some("a license that SPDX does not list is written `LicenseRef-NAME`".to_owned())
                }
                (spdx::error::Reason::DeprecatedLicenseId, _) => spdx::Expression::canonicalize(string.value)
                    .ok()
                    .flatten()
                    .map(|canonical| format!("write `{canonical}`, or what the text really says")),
                _ => None,
            };
            let span = table.source.inside(&string, error.span);
            table
                .source
                .report(span, problem.label(error.reason.to_string()).help(help));
            None
        }
    }
}

/// `ai = ["train-ai"]`: whatever is said of the use; or a table of the most restrictive value for each.
fn ai_allowance(table: &Table<'_>) -> AiAllowance {
    let Some(value) = table.value("ai") else {
        return AiAllowance::new();
    };
    match value.get_ref() {
        DeValue::Table(_) => table.table("ai").map(use_value_table).unwrap_or_default(),
        DeValue::Array(_) => {
            let uses = table.strings("ai").unwrap_or_default();
            uses.iter()
                .filter_map(|string| parse_word(table.source, string, "AI use", &ai_uses()))
                .map(|ai_use| (ai_use, UseValue::Disallowed))
                .collect()
        }
        other => {
            let problem = PolicyProblem::error("`ai` must be a list of AI uses, or a table of their values");
            let label = format!("this is {}", type_name(other));
            table.report_value("ai", problem.label(label));
            AiAllowance::new()
        }
    }
}

fn use_value_table(table: Table<'_>) -> BTreeMap<AiUse, UseValue> {
    let table = table.only(&ai_uses());
    AiUse::ALL
        .iter()
        .filter_map(|&ai_use| Some((ai_use, table.word(ai_use.as_str(), "value", &use_values())?)))
        .collect()
}

fn role_set(table: &Table<'_>) -> Roles {
    let Some(listed) = table.strings("roles") else {
        return Roles::ALL;
    };
    if listed.is_empty() {
        let problem = PolicyProblem::error("`roles` must name at least one role");
        let help = "leave `roles` out where the exception holds for every role";
        table.report_value("roles", problem.help(help.to_owned()));
    }
    let known = listed
        .iter()
        .filter_map(|string| parse_word(table.source, string, "role", &roles()));
    known.collect()
}

fn bound_files(table: &Table<'_>, key: &str) -> Option<Vec<BoundFile>> {
    let files = table.tables(key)?.into_iter().filter_map(|file| {
        let file = file.only(FILE_KEYS);
        let path = file.required("path", path_in_package);
        let sha256 = file.required("sha256", sha256);
        Some(BoundFile {
            path: path?,
            sha256: sha256?,
        })
    });
    Some(files.collect())
}

fn path_in_package(table: &Table<'_>, key: &str) -> Option<String> {
    let string = table.string(key)?;
    // The license texts of a repository stand above the package.
    let mut inside = string.value;
    while let Some(rest) = inside.strip_prefix("../") {
        inside = rest;
    }
    let leads_out = |part: &str| part.is_empty() || part == "." || part == "..";
    if inside.contains('\\') || inside.split('/').any(leads_out) {
        let problem = PolicyProblem::error(format!("`{}` is not a path in a package", string.value));
        let help = "write it as seen from the package's root, with `/`: `LICENSES/MIT.txt`";
        table.source.report(string.span, problem.help(help.to_owned()));
        return None;
    }
    Some(string.value.to_owned())
}

pub(super) fn sha256(table: &Table<'_>, key: &str) -> Option<String> {
    let string = table.string(key)?;
    let is_hex = string.value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if string.value.len() != 64 || !is_hex {
        let problem = PolicyProblem::error(format!("`{key}` must be 64 hexadecimal digits"));
        let label = match (is_hex, string.value.chars().count()) {
            (true, count) => format!("there are {count}"),
            (false, _) => "not hexadecimal".to_owned(),
        };
        let help = "`sha256sum FILE` prints it, and so does `cargo airights explain CRATE`";
        table
            .source
            .report(string.span, problem.label(label).help(help.to_owned()));
        return None;
    }
    Some(string.value.to_ascii_lowercase())
}

/// A day, as a TOML date or as a string that looks like one.
fn date(table: &Table<'_>, key: &str) -> Option<Date> {
    let value = table.value(key)?;
    let date = match value.get_ref() {
        DeValue::Datetime(moment) => moment
            .date
            .and_then(|date| Date::new(date.year, date.month, date.day).ok()),
        DeValue::String(text) => text.parse().ok(),
        _ => None,
    };
    if date.is_none() {
        let problem = PolicyProblem::error(format!("`{key}` must be a day"));
        table.report_value(key, problem.label(InvalidDate.to_string()));
    }
    date
}
