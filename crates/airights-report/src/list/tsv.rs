//! The inventory as tab-separated values.

use std::io::{self, Write};

use airights::judge::Judgement;

use super::{By, Common, Inventory, Listing, UNKNOWN};
use crate::Report;
use crate::escape::visible;

/// Writes the inventory for spreadsheets: tab-separated values with a heading, one line a package; by AI use, one a package and use.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let inventory = Inventory::of(report, listing);
    let by = listing.by;
    let mut heading = match by {
        By::License | By::Class => Vec::new(),
        By::AiUse => vec!["use", "value", "force", "conditions"],
    };
    heading.extend(["name", "version", "roles", "license", "elected", "class"]);
    heading.extend(match by {
        By::License | By::Class => airights::AiUse::ALL.iter().map(|ai_use| ai_use.as_str()).collect(),
        By::AiUse => Vec::new(),
    });
    heading.extend(["level", "excepted"]);
    writeln!(out, "{}", heading.join("\t"))?;
    for group in &inventory.groups {
        let common = common_cells(&group.common);
        for judgement in &group.packages {
            let mut row = common.clone();
            row.extend(package_cells(report, judgement));
            if by != By::AiUse {
                row.extend(judgement.ai.iter().map(|(_, terms)| terms.value.to_string()));
            }
            row.extend([
                inventory.standings[judgement.package].level.as_str().to_owned(),
                judgement.is_excepted.to_string(),
            ]);
            // A tab or a line end within a cell would make another cell; escaped it does not.
            let row: Vec<_> = row.iter().map(|cell| visible(cell)).collect();
            writeln!(out, "{}", row.join("\t"))?;
        }
    }
    Ok(())
}

fn common_cells(common: &Common<'_>) -> Vec<String> {
    match common {
        Common::License { .. } | Common::Class(_) => Vec::new(),
        Common::AiUse {
            ai_use,
            value,
            force,
            conditions,
        } => {
            let conditions: Vec<&str> = conditions.iter().map(|condition| condition.as_str()).collect();
            vec![
                ai_use.to_string(),
                value.0.to_string(),
                force.0.map_or_else(String::new, |force| force.to_string()),
                conditions.join(","),
            ]
        }
    }
}

fn package_cells(report: &Report<'_>, judgement: &Judgement) -> [String; 6] {
    let package = report.graph.package(judgement.package);
    let license = &judgement.license;
    let roles: Vec<&str> = package.roles.iter().map(airights::Role::as_str).collect();
    [
        package.name.clone(),
        package.version.to_string(),
        roles.join(","),
        license.effective.clone().unwrap_or_else(|| UNKNOWN.to_owned()),
        license.elected.clone().unwrap_or_default(),
        license.class.to_string(),
    ]
}
