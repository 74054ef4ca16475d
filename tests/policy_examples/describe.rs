//! A policy in plain language, so that what the examples mean can be reviewed.

use std::fmt::Write;

use airights::policy::{
    AiSection, Allowance, BoundFile, Clarification, Exception, Levels, LicensePattern, LicenseSection, PolicySource,
    Section, UseLevels,
};
use airights::{AiUse, Level, Policy, Role, Roles, Rule, UseValue};

/// Says what a policy allows, warns of and denies. The same policy gives the same text; it ends with a line's end.
pub(crate) fn describe(policy: &Policy) -> String {
    let mut text = match &policy.source {
        PolicySource::BuiltIn => "the built-in policy\n".to_owned(),
        PolicySource::File { path, .. } => format!("the policy of {path}\n"),
    };
    let base = section(&policy.base);
    block(&mut text, "every package", &base);
    for role in [Role::Build, Role::Dev] {
        // Line by line, a role's section speaks of the same things, so what differs is what the role says.
        let lines = section(policy.section(role));
        let differing: Vec<String> = lines
            .into_iter()
            .zip(&base)
            .filter(|(line, base)| line != *base)
            .map(|(line, _)| line)
            .collect();
        block(&mut text, &format!("differently for {}", packages_of(role)), &differing);
    }
    block(&mut text, "exceptions", &lines_of(&policy.exceptions, exception));
    block(
        &mut text,
        "clarifications",
        &lines_of(&policy.clarifications, clarification),
    );
    block(&mut text, "the policy itself", &levels(&policy.lints, OF_THE_POLICY));
    text
}

fn block(text: &mut String, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(text, "\n{title}\n");
    for line in lines {
        let _ = writeln!(text, "  {line}");
    }
}

fn lines_of<T>(entries: &[T], line: impl Fn(&T) -> String) -> Vec<String> {
    entries.iter().map(line).collect()
}

/// The lines of a section: always the same number, about the same things, in the same order.
fn section(section: &Section) -> Vec<String> {
    let mut lines = licenses(&section.licenses);
    lines.extend(levels(&section.levels, OF_LICENSES));
    lines.extend(ai(&section.ai));
    lines.extend(levels(&section.levels, OF_AI_USES));
    lines
}

fn licenses(section: &LicenseSection) -> Vec<String> {
    let listed = |entries: &[Allowance]| listed(entries.iter().map(|entry| &entry.pattern), ", ");
    let prefer = listed_or(
        &section.prefer,
        "no preference among the licenses of a choice",
        |patterns| format!("of a choice, the first of these: {}", listed_patterns(patterns, ", ")),
    );
    vec![
        listed_or(&section.allow, "allows no license", |allow| {
            format!("allows {}", listed(allow))
        }),
        listed_or(&section.deny, "denies no license by name", |deny| {
            format!("denies {}, whatever is allowed", listed(deny))
        }),
        prefer,
    ]
}

const OF_LICENSES: &[(Rule, &str)] = &[
    (Rule::LicenseNotAllowed, "a license that is not allowed"),
    (Rule::LicenseUnknown, "a license that is missing or cannot be read"),
    (Rule::LicenseMismatch, "a text that is not what the manifest declares"),
    (
        Rule::LicenseResidue,
        "words in a license text that we could not classify",
    ),
    (
        Rule::BundledLicense,
        "a license of bundled code that would not pass by itself",
    ),
    (Rule::LicenseTextMissing, "a declared license without its text"),
];

const OF_AI_USES: &[(Rule, &str)] = &[(Rule::AiTermsConflict, "sources that contradict each other on an AI use")];

const OF_THE_POLICY: &[(Rule, &str)] = &[
    (Rule::ClarificationStale, "a clarification whose text has changed"),
    (Rule::ExceptionExpired, "an exception that has expired"),
    (Rule::ExceptionUnused, "an exception that nothing needs"),
    (Rule::AllowanceUnused, "an allowance that nothing needs"),
];

fn levels(levels: &Levels, rules: &[(Rule, &str)]) -> Vec<String> {
    lines_of(rules, |(rule, what)| format!("{} {what}", verb(levels.of(*rule))))
}

fn listed_patterns(patterns: &[LicensePattern], separator: &str) -> String {
    listed(patterns.iter(), separator)
}

fn listed<T: ToString>(items: impl Iterator<Item = T>, separator: &str) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(separator)
}

fn listed_or<T>(items: &[T], none: &str, some: impl FnOnce(&[T]) -> String) -> String {
    if items.is_empty() { none.to_owned() } else { some(items) }
}

fn ai(section: &AiSection) -> Vec<String> {
    let mut lines: Vec<String> = section
        .uses
        .iter()
        .map(|(ai_use, levels)| use_line(ai_use, *levels))
        .collect();
    lines.push(if section.accept_conditions.is_empty() {
        "meets no conditions".to_owned()
    } else {
        format!(
            "meets these conditions: {}",
            listed(section.accept_conditions.iter(), ", ")
        )
    });
    lines.push(match section.preferences {
        Level::Deny => "takes a mere preference as seriously as a license".to_owned(),
        Level::Warn => "warns of a mere preference, and denies none".to_owned(),
        Level::Allow => "shows a mere preference, and nothing else".to_owned(),
    });
    lines
}

/// What becomes of each value of a use, the harshest outcome first.
fn use_line(ai_use: AiUse, levels: UseLevels) -> String {
    if levels == UseLevels::REQUIRE {
        return format!("{ai_use}: only an explicit permission passes");
    }
    if levels == UseLevels::IGNORE {
        return format!("{ai_use}: not a use we make");
    }
    let values = [UseValue::Disallowed, UseValue::Conditional, UseValue::Unknown];
    let outcomes = [Level::Deny, Level::Warn, Level::Allow]
        .into_iter()
        .filter_map(|level| {
            let those: Vec<&str> = values
                .iter()
                .filter(|value| levels.of(**value) == level)
                .map(|value| value.as_str())
                .collect();
            (!those.is_empty()).then(|| format!("{} {}", verb(level), those.join(" and ")))
        });
    format!("{ai_use}: {}", outcomes.collect::<Vec<_>>().join(", "))
}

fn verb(level: Level) -> &'static str {
    match level {
        Level::Allow => "allows",
        Level::Warn => "warns of",
        Level::Deny => "denies",
    }
}

fn packages_of(role: Role) -> &'static str {
    match role {
        Role::Shipped => "shipped packages",
        Role::Build => "build-time packages",
        Role::Dev => "packages that only tests need",
        Role::Member => "packages of the workspace",
        Role::Unbuilt => "packages in no build",
    }
}

fn exception(exception: &Exception) -> String {
    let mut has: Vec<String> = exception.licenses.iter().map(ToString::to_string).collect();
    has.extend(exception.ai.iter().map(|(ai_use, value)| format!("{ai_use} {value}")));
    let mut line = format!("{} may have {}", exception.krate, has.join(", "));
    if exception.roles != Roles::ALL {
        let _ = write!(line, " as {}", listed(exception.roles.iter(), ", "));
    }
    if !exception.files.is_empty() {
        let _ = write!(line, " while {} stay as they are", files(&exception.files));
    }
    if let Some(expires) = exception.expires {
        let _ = write!(line, " until {expires}");
    }
    let _ = write!(line, ": {}", one_line(&exception.reason));
    if let Some(owner) = &exception.owner {
        let _ = write!(line, " ({})", one_line(owner));
    }
    line
}

fn clarification(clarification: &Clarification) -> String {
    let mut line = format!("{} is licensed {}", clarification.krate, clarification.license);
    for (ai_use, value) in &clarification.ai {
        let _ = write!(line, ", {ai_use} {value}");
    }
    let _ = write!(line, ", as read in {}", files(&clarification.files));
    if let Some(reason) = &clarification.reason {
        let _ = write!(line, ": {}", one_line(reason));
    }
    line
}

fn files(files: &[BoundFile]) -> String {
    listed(files.iter().map(|file| &file.path), ", ")
}

/// Text a person wrote, on one line and without what a terminal might obey.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|character| !character.is_control()).collect()
}
