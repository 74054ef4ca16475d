//! A saved report of `check --format json`, read back: what it says of each package.

use std::collections::BTreeMap;

use airights::diff::{Known, Side, Terms};
use airights::facts::Force;
use airights::judge::{AiJudgement, Judgement, LicenseJudgement};
use airights::policy::PerUse;
use airights::problem::{Problem, ProblemKey};
use airights::suggest::LockedPackage;
use airights::{AiUse, Condition, Finding, Level, LicenseClass, PackageIx, Role, Roles, Rule, Subject, UseValue};
use serde::Deserialize;

use crate::escape::without_user;

/// What a report says of each package.
///
/// # Errors
///
/// What keeps the bytes from being a report of `check`, in words that follow "it is no report".
pub fn sides(json: &[u8]) -> Result<Vec<Side>, String> {
    let heading: Heading = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    if heading.tool.name != "cargo-airights" {
        return Err("another tool wrote it".to_owned());
    }
    if heading.version != 1 {
        return Err(format!("it is of version {}, and 1 is known here", heading.version));
    }
    let report: SavedReport = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    if let Some(error) = report.errors.first() {
        return Err(format!("nothing was judged when it was written: {}", error.message));
    }
    report.sides()
}

/// What tells a report from another JSON file.
#[derive(Deserialize)]
struct Heading {
    version: u32,
    tool: Tool,
}

#[derive(Deserialize)]
struct Tool {
    name: String,
}

#[derive(Deserialize)]
struct SavedReport {
    packages: Vec<SavedPackage>,
    not_evaluated: Vec<SavedMissing>,
    findings: Vec<SavedFinding>,
    /// Reports of older versions have none.
    #[serde(default)]
    baselined: Vec<SavedFinding>,
    #[serde(default)]
    errors: Vec<SavedError>,
}

#[derive(Deserialize)]
struct SavedError {
    message: String,
}

#[derive(Deserialize)]
struct SavedPackage {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
    roles: Vec<String>,
    role: String,
    license: SavedLicense,
    ai: BTreeMap<String, SavedUse>,
}

#[derive(Deserialize)]
struct SavedLicense {
    declared: Option<String>,
    found: Vec<String>,
    effective: Option<String>,
    elected: Option<String>,
    class: String,
    level: String,
}

#[derive(Deserialize)]
struct SavedUse {
    value: String,
    force: Option<String>,
    conditions: Vec<String>,
    level: String,
}

#[derive(Deserialize)]
struct SavedMissing {
    name: String,
    version: String,
    source: Option<String>,
    reason: String,
}

#[derive(Deserialize)]
struct SavedFinding {
    rule: String,
    level: String,
    package: Option<SavedName>,
    #[serde(rename = "use")]
    ai_use: Option<String>,
    message: String,
    /// Reports of older versions have none.
    problem: Option<SavedKey>,
}

#[derive(Deserialize)]
struct SavedKey {
    key: String,
    terms: Vec<String>,
}

#[derive(Deserialize)]
struct SavedName {
    name: String,
    version: String,
}

impl SavedReport {
    fn sides(self) -> Result<Vec<Side>, String> {
        let mut findings: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
        for finding in self.findings.into_iter().chain(self.baselined) {
            if let Some((package, finding)) = finding.read()? {
                findings.entry(package).or_default().push(finding);
            }
        }
        let mut sides = Vec::with_capacity(self.packages.len() + self.not_evaluated.len());
        for saved in self.packages {
            let package = named(saved.name.clone(), &saved.version, saved.source.clone())?;
            let findings = findings.get(&package.to_string()).cloned().unwrap_or_default();
            sides.push(saved.side(package, findings)?);
        }
        for missing in self.not_evaluated {
            sides.push(Side {
                package: named(missing.name, &missing.version, missing.source)?,
                checksum: None,
                roles: Roles::NONE,
                known: Known::Not(missing.reason),
            });
        }
        Ok(sides)
    }
}

impl SavedPackage {
    fn side(self, package: LockedPackage, findings: Vec<Finding>) -> Result<Side, String> {
        let mut ai: PerUse<AiJudgement> = PerUse::default();
        for (name, said) in self.ai {
            let ai_use: AiUse = word(&name, "AI use")?;
            ai[ai_use] = said.read()?;
        }
        let roles: Result<Roles, String> = self.roles.iter().map(|role| word::<Role>(role, "role")).collect();
        Ok(Side {
            package,
            checksum: self.checksum,
            roles: roles?,
            known: Known::Terms(Box::new(Terms {
                judgement: Judgement {
                    package: PackageIx(0),
                    role: word(&self.role, "role")?,
                    license: self.license.read()?,
                    ai,
                    is_excepted: false,
                },
                findings,
                texts: None,
            })),
        })
    }
}

impl SavedLicense {
    fn read(self) -> Result<LicenseJudgement, String> {
        Ok(LicenseJudgement {
            class: word::<LicenseClass>(&self.class, "class of licenses")?,
            level: word(&self.level, "level")?,
            declared: self.declared,
            notes: Vec::new(),
            found: self.found,
            effective: self.effective,
            elected: self.elected,
            residue: Vec::new(),
            decided_by: None,
        })
    }
}

impl SavedUse {
    fn read(self) -> Result<AiJudgement, String> {
        let conditions = self.conditions.iter();
        let conditions: Result<Vec<Condition>, String> = conditions.map(|name| word(name, "condition")).collect();
        Ok(AiJudgement {
            value: word::<UseValue>(&self.value, "value")?,
            conditions: conditions?,
            force: self.force.as_deref().map(force).transpose()?,
            evidence: Vec::new(),
            level: word::<Level>(&self.level, "level")?,
            decided_by: None,
        })
    }
}

impl SavedFinding {
    /// The package it is about, as `NAME VERSION`, and the finding; nothing where it is about the policy.
    fn read(self) -> Result<Option<(String, Finding)>, String> {
        let Some(SavedName { name, version }) = self.package else {
            return Ok(None);
        };
        let package = format!("{name} {version}");
        // A message is a sentence: the package, then what is the matter with it.
        let subject = format!("`{package}` ");
        let finding = Finding {
            allow: None,
            fixes: Vec::new(),
            rule: word::<Rule>(&self.rule, "rule")?,
            level: word(&self.level, "level")?,
            subject: Subject::Package(PackageIx(0)),
            ai_use: self.ai_use.map(|ai_use| word(&ai_use, "AI use")).transpose()?,
            problem: Problem::Recorded {
                key: self.problem.map(|key| ProblemKey {
                    name: key.key.into(),
                    terms: key.terms,
                }),
                words: self.message.strip_prefix(&subject).unwrap_or(&self.message).to_owned(),
            },
            help: None,
            entry: None,
            evidence: Vec::new(),
            decided_by: None,
            path: airights::graph::DependencyPath::default(),
        };
        Ok(Some((package, finding)))
    }
}

fn named(name: String, version: &str, source: Option<String>) -> Result<LockedPackage, String> {
    let exact = version
        .parse()
        .map_err(|_| format!("`{version}` is not a version of `{name}`"))?;
    Ok(LockedPackage {
        name,
        version: exact,
        source: source.map(|source| without_user(&source).into_owned()),
    })
}

fn force(text: &str) -> Result<Force, String> {
    let forces = [Force::Preference, Force::Reservation, Force::License, Force::Override];
    let mut forces = forces.into_iter().filter(|force| force.as_str() == text);
    forces.next().ok_or_else(|| format!("unknown force `{text}`"))
}

fn word<T: std::str::FromStr>(text: &str, noun: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("no {noun} is called `{text}` here"))
}
