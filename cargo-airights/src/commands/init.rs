//! `cargo airights init`: a policy to start from, written from what is in the graph today.

use std::io;
use std::path::PathBuf;

use airights::Role;
use airights::facts::{BoundFile, Gathered, TextKind, TextPlace};
use airights::policy::{PerUse, class_of};
use airights::terms::LicenseExpression;
use airights_report::init::{AiTerms, Inventory, InventoryPackage, LicenseTerm, initial_policy};
use airights_report::wording::counted;
use airights_session::Project;

use super::failure::Failure;
use super::project::judge_by_built_in;
use crate::Exit;
use crate::cli::InitArgs;
use crate::console::Console;

pub(super) fn run(args: &InitArgs, console: &Console) -> Result<Exit, Failure> {
    let project = judge_by_built_in(&args.project, console)?;
    let path = destination(args, &project)?;
    let failed = |error: io::Error| Failure::new(format!("failed to write `{}`", path.display()), None).because(error);
    airights_store::write_whole(&path, &initial_policy(&inventory(&project))).map_err(failed)?;
    console.write(|out, _| {
        writeln!(
            out,
            "wrote `{}` from {}",
            path.display(),
            counted(project.resolved.graph.packages().len(), "package")
        )?;
        writeln!(
            out,
            "read it, decide what it leaves open, then run `cargo airights check`"
        )
    })?;
    Ok(Exit::Clean)
}

/// Where the policy goes: the root of the workspace. What is there stays, unless told otherwise.
fn destination(args: &InitArgs, project: &Project) -> Result<PathBuf, Failure> {
    let in_root = || project.resolved.workspace_root.join("airights.toml");
    let path = args.project.policy.clone().unwrap_or_else(in_root);
    if path.symlink_metadata().is_ok() && !args.force {
        return Err(Failure::new(
            format!("`{}` is there already", path.display()),
            Some("edit it, or overwrite it with `--force`".to_owned()),
        ));
    }
    Ok(path)
}

/// What a first policy is written from: every dependency that was judged.
fn inventory(project: &Project) -> Inventory {
    let packages = project.evaluation.judgements.iter().filter_map(|judgement| {
        let package = project.resolved.graph.package(judgement.package);
        let is_dependency = !package.is_member && !package.roles.contains(Role::Unbuilt);
        is_dependency.then(|| InventoryPackage {
            name: package.name.clone(),
            version: package.version.to_string(),
            roles: package.roles,
            expression: judgement.license.effective.clone(),
            terms: terms_of(judgement.license.effective.as_deref()),
            ai: PerUse::from_fn(|ai_use| {
                let said = &judgement.ai[ai_use];
                AiTerms {
                    value: said.value,
                    conditions: said.conditions.clone(),
                    force: said.force,
                }
            }),
            texts: texts_of(project.facts.get(judgement.package)),
        })
    });
    Inventory {
        packages: packages.collect(),
    }
}

fn terms_of(expression: Option<&str>) -> Vec<LicenseTerm> {
    let parsed = expression.and_then(|text| LicenseExpression::parse(text).ok());
    let terms = parsed.iter().flat_map(LicenseExpression::terms);
    terms
        .map(|term| LicenseTerm {
            license: term.to_string(),
            class: class_of(term),
        })
        .collect()
}

fn texts_of(gathered: Option<&Gathered>) -> Vec<BoundFile> {
    let Some(Gathered::Facts(facts)) = gathered else {
        return Vec::new();
    };
    let own = facts
        .texts
        .iter()
        .filter(|text| text.place == TextPlace::Own && text.kind == TextKind::License);
    own.map(|text| BoundFile {
        path: text.path.clone(),
        sha256: text.sha256.clone(),
    })
    .collect()
}
