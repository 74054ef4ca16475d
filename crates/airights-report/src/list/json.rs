//! The inventory for scripts, version 1: names are only ever added.

use std::collections::BTreeMap;
use std::io::{self, Write};

use airights::judge::Judgement;
use serde::Serialize;

use super::{By, Common, Group, groups};
use crate::{Report, json};

/// Writes the inventory for programs.
///
/// # Errors
///
/// What the writer says.
pub fn write(report: &Report<'_>, by: By, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups(report, by);
    let missing = report.evaluation.not_evaluated.iter().map(|missing| {
        let package = report.graph.package(missing.package);
        NotEvaluated {
            name: &package.name,
            version: package.version.to_string(),
            reason: &missing.reason,
        }
    });
    let inventory = Inventory {
        version: 1,
        by: match by {
            By::License => "license",
            By::Class => "class",
            By::AiUse => "ai-use",
        },
        groups: groups.iter().map(|group| wire_group(report, group)).collect(),
        not_evaluated: missing.collect(),
    };
    json::safe::write(&inventory, out)
}

#[derive(Serialize)]
struct Inventory<'a> {
    version: u32,
    by: &'static str,
    groups: Vec<WireGroup<'a>>,
    not_evaluated: Vec<NotEvaluated<'a>>,
}

#[derive(Serialize)]
struct WireGroup<'a> {
    #[serde(flatten)]
    common: WireCommon<'a>,
    count: usize,
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
}

#[derive(Serialize)]
struct NotEvaluated<'a> {
    name: &'a str,
    version: String,
    reason: &'a str,
}

fn wire_group<'a>(report: &Report<'a>, group: &Group<'a>) -> WireGroup<'a> {
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
        packages: packages.map(|judgement| wire_package(report, judgement)).collect(),
    }
}

fn wire_package<'a>(report: &Report<'a>, judgement: &'a Judgement) -> WirePackage<'a> {
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
    }
}
