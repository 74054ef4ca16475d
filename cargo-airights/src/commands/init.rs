//! `cargo airights init`: a policy to start from, written from what is in the graph today and what cargo-deny was told of it.

use std::path::PathBuf;

use airights::facts::{BoundFile, Gathered, TextKind, TextPlace};
use airights::policy::{Binding, PerUse, PolicySource, class_of};
use airights::terms::LicenseExpression;
use airights::{Entry, Level, LicenseClass, Package, PackageFacts, Policy, Role};
use airights_report::init::{AiTerms, GraphChoice, Inventory, InventoryPackage, LicenseTerm, initial_policy};
use airights_report::wording::counted;
use airights_session::Project;
use airights_store::Edit;

use super::failure::Failure;
use super::hold::{hold_project, text_of};
use super::project::{judge_by, policy_of_cargo_deny};
use crate::Exit;
use crate::cli::InitArgs;
use crate::console::Console;

pub(super) fn run(args: &InitArgs, console: &Console) -> Result<Exit, Failure> {
    let lock = hold_project(&args.project, console)?;
    let carried = policy_of_cargo_deny(&args.project, args.force, console)?;
    let project = judge_by(carried.clone(), &args.project, console)?;
    let path = destination(args, &project)?;
    let before = text_of(&path)?;
    let carried = carried.map(|loaded| loaded.policy);
    let inventory = inventory(
        &project,
        carried.filter(|policy| policy.source != PolicySource::BuiltIn),
    );
    let policy = initial_policy(&inventory);
    let edit = Edit {
        path: &path,
        before: before.as_deref(),
        after: Some(&policy),
    };
    lock.change(&[], &[edit])?.forget();
    console.write(|out, _| {
        let from = match inventory.carried.map(|policy| policy.source) {
            Some(PolicySource::File { path, .. }) => format!(" and `{path}`, which judges no more"),
            _ => String::new(),
        };
        writeln!(
            out,
            "wrote `{}` from {}{from}",
            path.display(),
            counted(inventory.packages.len(), "package")
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

/// What a first policy is written from: every dependency that was judged, and what cargo-deny's configuration says.
fn inventory(project: &Project, carried: Option<Policy>) -> Inventory {
    let packages = project.evaluation.judgements.iter().filter_map(|judgement| {
        let package = project.resolved.graph.package(judgement.package);
        let is_dependency = !package.roles.contains(Role::Member) && !package.roles.contains(Role::Unbuilt);
        is_dependency.then(|| InventoryPackage {
            name: package.name.clone(),
            version: package.version.to_string(),
            roles: package.roles,
            expression: judgement.license.effective.clone(),
            terms: terms_of(judgement.license.effective.as_deref())
                .into_iter()
                .chain(bundled_terms(project.facts.get(judgement.package)))
                .collect(),
            is_settled: carried.is_some() && judgement.license.level == Level::Allow,
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
    let options = &project.options;
    Inventory {
        packages: packages.collect(),
        graph: GraphChoice {
            all_features: options.all_features,
            no_default_features: options.no_default_features,
            features: options.features.clone(),
            targets: options.targets.clone(),
            exclude: options.selection.left_out.iter().map(ToString::to_string).collect(),
            exclude_unpublished: options.selection.exclude_unpublished,
        },
        clarified: carried.iter().flat_map(|policy| clarified(project, policy)).collect(),
        carried,
    }
}

/// What a policy's clarifications say of the packages that they fit, bound as ours are.
fn clarified(project: &Project, policy: &Policy) -> Vec<Entry> {
    let entry = |package: &Package, facts: &PackageFacts| {
        let mut clarifications = policy.clarifications.iter();
        let clarification =
            clarifications.find(|known| known.krate.matches(package) && known.misfit(package, facts).is_none())?;
        let file = |path: &str| {
            Some(BoundFile {
                path: path.to_owned(),
                sha256: facts.sha256_of(path)?.to_owned(),
            })
        };
        let files: Vec<BoundFile> = clarification.paths().filter_map(file).collect();
        Some(Entry::Clarification {
            krate: format!("{}@{}", package.name, package.version),
            license: Some(clarification.license.to_string()),
            bound_to: Binding::of(package).filter(|_| files.is_empty()),
            files,
        })
    };
    let packages = project.resolved.graph.packages().iter().zip(project.facts.values());
    packages
        .filter_map(|(package, gathered)| match gathered {
            Gathered::Facts(facts) => entry(package, facts),
            Gathered::Not(_) => None,
        })
        .collect()
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

/// The licenses of code bundled in a package, as far as they ask for nothing but notices: the others are for `check` to show.
fn bundled_terms(gathered: Option<&Gathered>) -> Vec<LicenseTerm> {
    let Some(Gathered::Facts(facts)) = gathered else {
        return Vec::new();
    };
    let bundled = facts.texts.iter().filter(|text| text.place == TextPlace::Bundled);
    let terms = bundled.flat_map(|text| terms_of(text.expression.as_deref()));
    let is_free = |term: &LicenseTerm| matches!(term.class, LicenseClass::PublicDomain | LicenseClass::Permissive);
    terms.filter(is_free).collect()
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
