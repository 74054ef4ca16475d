//! The names of the JSON report, version 1, in the order they are written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

#[derive(Serialize)]
pub(super) struct WireReport<'a> {
    pub(super) version: u32,
    pub(super) tool: Tool<'a>,
    pub(super) policy: Policy<'a>,
    pub(super) verdict: &'static str,
    pub(super) counts: Counts,
    pub(super) notes: &'a [String],
    pub(super) packages: Vec<WirePackage<'a>>,
    pub(super) not_evaluated: Vec<NotEvaluated<'a>>,
    pub(super) findings: Vec<WireFinding<'a>>,
    pub(super) baselined: Vec<WireFinding<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) errors: Vec<WireError<'a>>,
}

/// Why nothing was judged.
#[derive(Serialize)]
pub(super) struct WireError<'a> {
    pub(super) message: &'a str,
    pub(super) places: Vec<Place<'a>>,
    pub(super) notes: &'a [String],
    pub(super) causes: &'a [String],
    pub(super) help: Option<&'a str>,
}

/// One package, explained.
#[derive(Serialize)]
pub(super) struct Explanation<'a> {
    pub(super) version: u32,
    pub(super) package: Option<WirePackage<'a>>,
    pub(super) not_evaluated: Option<NotEvaluated<'a>>,
    pub(super) path: Vec<String>,
    pub(super) dependents: Vec<String>,
    pub(super) findings: Vec<WireFinding<'a>>,
}

#[derive(Serialize)]
pub(crate) struct Tool<'a> {
    pub(crate) name: &'static str,
    pub(crate) version: &'a str,
}

#[derive(Serialize)]
pub(crate) struct Policy<'a> {
    pub(super) source: &'a str,
    pub(super) sha256: Option<&'a str>,
}

#[derive(Default, Serialize)]
pub(super) struct Counts {
    pub(super) resolved: usize,
    pub(super) evaluated: usize,
    pub(super) not_evaluated: usize,
    pub(super) unbuilt: usize,
    pub(super) denied: usize,
    pub(super) warned: usize,
    pub(super) baselined: usize,
}

#[derive(Serialize)]
pub(super) struct WirePackage<'a> {
    pub(super) name: &'a str,
    pub(super) version: String,
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) checksum: Option<&'a str>,
    pub(super) member: bool,
    pub(super) roles: Vec<&'static str>,
    pub(super) role: &'static str,
    pub(super) license: License<'a>,
    pub(super) ai: BTreeMap<&'static str, AiTerms<'a>>,
}

#[derive(Serialize)]
pub(super) struct License<'a> {
    pub(super) declared: Option<&'a str>,
    pub(super) notes: &'a [String],
    pub(super) found: &'a [String],
    pub(super) effective: Option<&'a str>,
    pub(super) elected: Option<&'a str>,
    pub(super) class: &'static str,
    pub(super) level: &'static str,
    pub(super) decided_by: Option<Place<'a>>,
    pub(super) residue: Vec<Place<'a>>,
}

#[derive(Serialize)]
pub(super) struct AiTerms<'a> {
    pub(super) value: &'static str,
    pub(super) force: Option<&'static str>,
    pub(super) conditions: Vec<&'static str>,
    pub(super) level: &'static str,
    pub(super) decided_by: Option<Place<'a>>,
    pub(super) evidence: Vec<WireEvidence<'a>>,
}

#[derive(Serialize)]
pub(crate) struct Place<'a> {
    pub(super) path: &'a str,
    pub(super) lines: Option<(u32, u32)>,
    pub(super) excerpt: String,
}

#[derive(Serialize)]
pub(crate) struct WireEvidence<'a> {
    pub(super) kind: &'static str,
    #[serde(flatten)]
    pub(super) place: Place<'a>,
}

#[derive(Serialize)]
pub(super) struct NotEvaluated<'a> {
    pub(super) name: &'a str,
    pub(super) version: String,
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) reason: &'a str,
}

#[derive(Serialize)]
pub(super) struct PackageName<'a> {
    pub(super) name: &'a str,
    pub(super) version: String,
}

#[derive(Serialize)]
pub(crate) struct WireProblem {
    pub(crate) key: String,
    pub(crate) terms: Vec<String>,
}

#[derive(Serialize)]
pub(super) struct WireFinding<'a> {
    pub(super) rule: &'static str,
    pub(super) level: &'static str,
    pub(super) package: Option<PackageName<'a>>,
    pub(super) policy_entry: Option<String>,
    #[serde(rename = "use")]
    pub(super) ai_use: Option<&'static str>,
    pub(super) message: String,
    pub(super) problem: Option<WireProblem>,
    pub(super) help: Option<String>,
    pub(super) entry: Option<String>,
    pub(super) evidence: Vec<WireEvidence<'a>>,
    pub(super) decided_by: Option<Place<'a>>,
    pub(super) path: Vec<String>,
    /// How many packages are left out in the middle of the path.
    #[serde(skip_serializing_if = "is_none_left_out")]
    pub(super) path_left_out: usize,
}

/// Most paths are whole.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
pub(crate) fn is_none_left_out(packages: &usize) -> bool {
    *packages == 0
}
