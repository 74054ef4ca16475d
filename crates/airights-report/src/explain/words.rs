//! A license, a class of licenses, an AI use: what it is, what the policy says of it, and which crates it is about.

use std::io::{self, Write};

use airights::judge::Judgement;
use airights::policy::{LicensePattern, Section, UseLevels, class_of};
use airights::terms::LicenseExpression;
use airights::{AiUse, Excerpt, Level, LicenseClass, Policy, Role, Rule, UseValue};
use airights_text::catalogue;
use spdx::{AdditionItem, LicenseItem, LicenseReq};

use super::package::{judged, terms_in_words, write_deciding_line};
use super::{Sheet, meaning};
use crate::filter::{Filter, LicenseFilter, UseFilter};
use crate::list::{By, Listing, write_human};
use crate::wording::wrap_list;
use crate::{Report, Terminal};

/// Writes what a license, or an expression of several, is, and how the policy judges it in each role. `judge` judges it
/// by itself.
///
/// # Errors
///
/// What the writer says.
pub fn write_license(
    report: &Report<'_>,
    expression: &LicenseExpression,
    judge: impl Fn(Role) -> Judgement,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sheet = Sheet { terminal, out };
    let text = expression.to_string();
    let mut terms: Vec<&LicenseReq> = Vec::new();
    for term in expression.terms() {
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    if terms.len() > 1 {
        sheet.heading(&text)?;
        write_policy_on_license(&mut sheet, &judge)?;
        sheet.gap()?;
    }
    for (number, &term) in terms.iter().enumerate() {
        if number > 0 {
            sheet.gap()?;
        }
        write_term(&mut sheet, term)?;
    }
    if terms.len() == 1 {
        write_policy_on_license(&mut sheet, &judge)?;
    }
    sheet.gap()?;
    sheet.heading("AI uses")?;
    for (ai_use, said) in judge(Role::Shipped).ai.iter() {
        sheet.value(ai_use.as_str(), &terms_in_words(said))?;
        if said.level > Level::Allow {
            write_deciding_line(&mut sheet, said.decided_by.as_ref())?;
        }
    }
    let filter = Filter {
        licenses: vec![LicenseFilter::Expression(expression.clone())],
        ..Filter::default()
    };
    write_crates(report, By::License, filter, terminal, out)
}

fn write_term(sheet: &mut Sheet<'_>, term: &LicenseReq) -> io::Result<()> {
    sheet.heading(&term.to_string())?;
    let id = match &term.license {
        LicenseItem::Spdx { id, .. } => {
            sheet.value("name", id.full_name)?;
            id.name.to_owned()
        }
        LicenseItem::Other(reference) => reference.to_string(),
    };
    match &term.addition {
        Some(AdditionItem::Other(_)) => sheet.value("addition", "terms that are not part of the license")?,
        Some(AdditionItem::Spdx(_)) | None => {}
    }
    write_class_value(sheet, class_of(term))?;
    let Some(license) = catalogue::license(&id) else {
        return Ok(());
    };
    let marks = [
        (license.is_osi_approved, "approved by the OSI"),
        (license.is_fsf_free, "free by the FSF's list"),
        (license.is_deprecated, "a deprecated id"),
        (license.grants_only_patents, "only grants patents"),
    ];
    let marks: Vec<&str> = marks
        .into_iter()
        .filter(|(is_so, _)| *is_so)
        .map(|(_, mark)| mark)
        .collect();
    if !marks.is_empty() {
        sheet.value("known as", &marks.join(", "))?;
    }
    if !license.aliases.is_empty() {
        sheet.value("also called", &license.aliases.join(", "))?;
    }
    Ok(())
}

fn write_class_value(sheet: &mut Sheet<'_>, class: LicenseClass) -> io::Result<()> {
    sheet.value("class", &format!("{class}: {}", meaning::of_class(class)))
}

fn write_policy_on_license(sheet: &mut Sheet<'_>, judge: &impl Fn(Role) -> Judgement) -> io::Result<()> {
    let verdicts = in_each_role(|role| {
        let license = judge(role).license;
        (license.level, license.elected, license.decided_by)
    });
    for (roles, (level, elected, line)) in verdicts {
        let chosen = elected.map_or_else(String::new, |elected| format!(", by choosing {elected}"));
        sheet.value("policy", &format!("{}, as {roles}{chosen}", judged(level, None)))?;
        write_deciding_line(sheet, line.as_ref())?;
    }
    Ok(())
}

/// Writes what a class of licenses asks for, and how the policy judges it.
///
/// # Errors
///
/// What the writer says.
pub fn write_class(
    report: &Report<'_>,
    class: LicenseClass,
    policy: &Policy,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sheet = Sheet { terminal, out };
    sheet.heading(&format!("class:{class}"))?;
    sheet.value("meaning", meaning::of_class(class))?;
    for (roles, (level, line, by_name)) in in_each_role(|role| class_in(policy.section(role), class)) {
        sheet.value("policy", &format!("{}, as {roles}", judged(level, None)))?;
        write_deciding_line(&mut sheet, line.as_ref())?;
        if level > Level::Allow && !by_name.is_empty() {
            sheet.detail(&format!("but allows {}", by_name.join(", ")))?;
        }
    }
    // The approved ones come first: they are those that people know.
    let members = catalogue::licenses().filter(|license| license.class == class);
    let (known, others): (Vec<_>, Vec<_>) =
        members.partition(|license| license.is_osi_approved && !license.is_deprecated);
    let names: Vec<String> = known
        .iter()
        .chain(&others)
        .map(|license| license.id.to_owned())
        .collect();
    sheet.value("licenses", &names.len().to_string())?;
    let max_lines = if report.verbose > 0 { usize::MAX } else { 6 };
    let width = terminal.width.saturating_sub(super::NAME_WIDTH + 6).max(30);
    for line in wrap_list("", &names, width, max_lines).lines() {
        sheet.detail(line)?;
    }
    let filter = Filter {
        classes: vec![class],
        ..Filter::default()
    };
    write_crates(report, By::Class, filter, terminal, out)
}

/// How a section judges the licenses of a class, by which line, and what it allows of them by name.
fn class_in(section: &Section, class: LicenseClass) -> (Level, Option<Excerpt>, Vec<String>) {
    let licenses = &section.licenses;
    let is_class = |pattern: &LicensePattern| *pattern == LicensePattern::Class(class);
    let denied = licenses.deny.iter().find(|entry| is_class(&entry.pattern));
    let allowed = licenses.allow.iter().find(|entry| is_class(&entry.pattern));
    let by_name = licenses.allow.iter().filter(|entry| match &entry.pattern {
        LicensePattern::License(one) => class_of(&one.clone().into_req()) == class,
        LicensePattern::Family(prefix) => {
            let mut members = catalogue::licenses();
            members.any(|license| license.class == class && license.id.starts_with(prefix.as_str()))
        }
        LicensePattern::Class(_) => false,
    });
    let by_name = by_name.map(|entry| entry.pattern.to_string()).collect();
    let not_allowed = section.levels.of(Rule::LicenseNotAllowed);
    match (denied, allowed) {
        (None, Some(entry)) => (Level::Allow, entry.at.clone(), by_name),
        (Some(entry), _) => (not_allowed, entry.at.clone(), Vec::new()),
        (None, None) if not_allowed == Level::Allow => {
            let place = section.levels.place_of(Rule::LicenseNotAllowed);
            (not_allowed, place.cloned(), by_name)
        }
        (None, None) => (not_allowed, licenses.allow_at.clone(), by_name),
    }
}

/// Writes what an AI use is, what the policy wants of it, and which crates speak of it.
///
/// # Errors
///
/// What the writer says.
pub fn write_use(
    report: &Report<'_>,
    ai_use: AiUse,
    policy: &Policy,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sheet = Sheet { terminal, out };
    sheet.heading(ai_use.as_str())?;
    sheet.value("meaning", &format!("may you {}?", meaning::of_use(ai_use)))?;
    let wanted = in_each_role(|role| {
        let ai = &policy.section(role).ai;
        (ai.uses[ai_use], ai.places[ai_use].clone())
    });
    for (roles, (levels, line)) in wanted {
        sheet.value("policy", &format!("{}, as {roles}", levels_in_words(levels)))?;
        write_deciding_line(&mut sheet, line.as_ref())?;
    }
    let ai = &policy.base.ai;
    if !ai.accept_conditions.is_empty() {
        let conditions: Vec<&str> = ai
            .accept_conditions
            .iter()
            .map(|condition| condition.as_str())
            .collect();
        sheet.value("conditions met", &conditions.join(", "))?;
    }
    sheet.value(
        "preferences",
        match ai.preferences {
            Level::Allow => "what is not binding is shown and weighs nothing",
            Level::Warn => "what is not binding is warned of at most",
            Level::Deny => "what is not binding weighs like what is",
        },
    )?;
    let filter = Filter {
        uses: vec![UseFilter { ai_use, value: None }],
        ..Filter::default()
    };
    write_crates(report, By::AiUse, filter, terminal, out)
}

/// "respect: a refusal is denied, …"
fn levels_in_words(levels: UseLevels) -> String {
    let name = match levels {
        UseLevels::IGNORE => return "ignore: it does not matter what is said".to_owned(),
        UseLevels::REQUIRE => return "require: only a permission passes".to_owned(),
        UseLevels::RESPECT => "respect: ",
        _ => "",
    };
    let parts = [UseValue::Disallowed, UseValue::Conditional, UseValue::Unknown];
    let parts = parts.map(|value| format!("{value} {}", judged_value(levels.of(value))));
    format!("{name}{}", parts.join(", "))
}

const fn judged_value(level: Level) -> &'static str {
    match level {
        Level::Allow => "passes",
        Level::Warn => "is warned of",
        Level::Deny => "is denied",
    }
}

/// What holds in each role; roles in which the same holds stand together.
fn in_each_role<T: PartialEq>(what: impl Fn(Role) -> T) -> Vec<(String, T)> {
    let mut groups: Vec<(String, T)> = Vec::new();
    for role in Role::ALL {
        let holds = what(role);
        match groups.iter_mut().find(|(_, known)| *known == holds) {
            Some((roles, _)) => {
                roles.push_str(", ");
                roles.push_str(role.as_str());
            }
            None => groups.push((role.to_string(), holds)),
        }
    }
    groups
}

/// The crates that it is about, as `list` has them.
fn write_crates(
    report: &Report<'_>,
    by: By,
    filter: Filter,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out)?;
    write_human(report, &Listing { by, filter }, terminal, out)
}
