//! The inventory for scripts, version 1: names are only ever added.

use std::collections::BTreeMap;
use std::io::{self, Write};

use airights::judge::Judgement;
use serde::Serialize;

use super::{By, Common, Group, Inventory, Listing};
use crate::standing::{Standing, Totals};
use crate::{Report, json};

/// Writes the inventory for programs.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let inventory = Inventory::of(report, listing);
    let missing = inventory.not_evaluated.iter().map(|missing| {
        let package = report.graph.package(missing.package);
        NotEvaluated {
            name: &package.name,
            version: package.version.to_string(),
            reason: &missing.reason,
        }
    });
    let wire = WireInventory {
        version: 1,
        by: match listing.by {
            By::License => "license",
            By::Class => "class",
            By::AiUse => "ai-use",
        },
        groups: inventory
            .groups
            .iter()
            .map(|group| wire_group(report, &inventory, group))
            .collect(),
        not_evaluated: missing.collect(),
        totals: WireTotals {
            resolved: report.graph.packages().len(),
            counts: wire_counts(inventory.totals),
        },
    };
    json::safe::write(&wire, out)
}

#[derive(Serialize)]
struct WireInventory<'a> {
    version: u32,
    by: &'static str,
    groups: Vec<WireGroup<'a>>,
    not_evaluated: Vec<NotEvaluated<'a>>,
    totals: WireTotals,
}

/// Counts of packages: those of the graph, and of those that are listed.
#[derive(Serialize)]
struct WireTotals {
    resolved: usize,
    #[serde(flatten)]
    counts: WireCounts,
}

#[derive(Serialize)]
struct WireCounts {
    listed: usize,
    denied: usize,
    warned: usize,
    excepted: usize,
    unbuilt: usize,
    members: usize,
    not_evaluated: usize,
}

#[derive(Serialize)]
struct WireGroup<'a> {
    #[serde(flatten)]
    common: WireCommon<'a>,
    count: usize,
    totals: WireCounts,
    packages: Vec<WirePackage<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum WireCommon<'a> {
    License {
        license: Option<&'a str>,
        elected: Option<&'a str>,
    },
    Class {
        class: &'static str,
    },
    AiUse {
        #[serde(rename = "use")]
        ai_use: &'static str,
        value: &'static str,
        force: Option<&'static str>,
        conditions: Vec<&'static str>,
    },
}

#[derive(Serialize)]
struct WirePackage<'a> {
    name: &'a str,
    version: String,
    roles: Vec<&'static str>,
    license: Option<&'a str>,
    elected: Option<&'a str>,
    class: &'static str,
    ai: BTreeMap<&'static str, &'static str>,
    member: bool,
    level: &'static str,
    excepted: bool,
}

#[derive(Serialize)]
struct NotEvaluated<'a> {
    name: &'a str,
    version: String,
    reason: &'a str,
}

fn wire_group<'a>(report: &Report<'a>, inventory: &Inventory<'a>, group: &Group<'a>) -> WireGroup<'a> {
    let packages = group.packages.iter();
    WireGroup {
        common: match group.common {
            Common::License { effective, elected } => WireCommon::License {
                license: effective,
                elected,
            },
            Common::Class(class) => WireCommon::Class { class: class.as_str() },
            Common::AiUse {
                ai_use,
                value,
                force,
                conditions,
            } => WireCommon::AiUse {
                ai_use: ai_use.as_str(),
                value: value.0.as_str(),
                force: force.0.map(airights::facts::Force::as_str),
                conditions: conditions.iter().map(|condition| condition.as_str()).collect(),
            },
        },
        count: group.packages.len(),
        totals: wire_counts(inventory.totals_of(group)),
        packages: packages
            .map(|judgement| wire_package(report, judgement, &inventory.standings[judgement.package]))
            .collect(),
    }
}

fn wire_counts(totals: Totals) -> WireCounts {
    WireCounts {
        listed: totals.packages,
        denied: totals.denied,
        warned: totals.warned,
        excepted: totals.excepted,
        unbuilt: totals.unbuilt,
        members: totals.members,
        not_evaluated: totals.not_evaluated,
    }
}

fn wire_package<'a>(report: &Report<'a>, judgement: &'a Judgement, standing: &Standing<'_>) -> WirePackage<'a> {
    let package = report.graph.package(judgement.package);
    let uses = judgement.ai.iter();
    WirePackage {
        name: &package.name,
        version: package.version.to_string(),
        roles: package.roles.iter().map(airights::Role::as_str).collect(),
        license: judgement.license.effective.as_deref(),
        elected: judgement.license.elected.as_deref(),
        class: judgement.license.class.as_str(),
        ai: uses
            .map(|(ai_use, terms)| (ai_use.as_str(), terms.value.as_str()))
            .collect(),
        member: package.is_member,
        level: standing.level.as_str(),
        excepted: judgement.is_excepted,
    }
}
