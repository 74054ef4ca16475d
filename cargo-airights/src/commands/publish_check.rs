//! `cargo airights publish-check`: what would be published of each package, and whether it keeps its word.

mod fix;
mod plan;

use airights::Package;
use airights::policy::CrateSpec;
use airights::publish;
use airights_cargo::graph::{self, Members, PackageManifest, ResolveOptions};
use airights_facts::SingleReader;
use airights_report::format::Document;
use airights_report::publish::{CheckedPackage, Outcome, PublishReport};
use airights_session::publication::{ListOptions, Published, published};

use super::failure::Failure;
use super::hold::{hold, tell_of_leftover};
use super::working_tree;
use crate::Exit;
use crate::cli::PublishCheckArgs;
use crate::console::Console;

pub(super) fn run(args: &PublishCheckArgs, console: &Console) -> Result<Exit, Failure> {
    let mut members = graph::members(&resolve_options(args))?;
    let lock = if args.fix {
        let lock = hold(&members.workspace_root, console)?;
        members = graph::members(&resolve_options(args))?;
        Some(lock)
    } else {
        tell_of_leftover(&members.workspace_root, console);
        None
    };
    // Cargo may write a lockfile while it lists, so the tree is looked at before.
    let may_change = if args.fix && !args.allow_dirty {
        working_tree::refuse_dirty_tree(&members.workspace_root)
    } else {
        Ok(())
    };
    let mut report = check(args, &members)?;
    if let Some(lock) = &lock {
        report = fix::fix(report, &members, may_change, lock, || {
            check(args, &graph::members(&resolve_options(args))?)
        })?;
    }
    let publication = Document::Publication {
        report: &report,
        quiet: console.quiet,
    };
    console.document(args.format, &publication)?;
    Ok(Exit::of(report.verdict(), false))
}

fn resolve_options(args: &PublishCheckArgs) -> ResolveOptions {
    ResolveOptions {
        manifest_path: args.manifest_path.clone(),
        locked: args.locked,
        offline: args.offline,
        frozen: args.frozen,
        ..ResolveOptions::default()
    }
}

/// The packages that were named, as `cargo package` would choose them.
fn chosen<'a>(args: &PublishCheckArgs, members: &'a Members) -> Result<Vec<&'a (Package, PackageManifest)>, Failure> {
    if args.workspace {
        return Ok(members.packages.iter().collect());
    }
    if args.package.is_empty() {
        return Ok(members.default.iter().map(|&place| &members.packages[place]).collect());
    }
    let mut is_chosen = vec![false; members.packages.len()];
    for named in &args.package {
        let spec = named.parse::<CrateSpec>().ok();
        let is_meant = |package: &Package| spec.as_ref().is_some_and(|spec| spec.matches(package));
        let mut found = false;
        for (place, (package, _)) in members
            .packages
            .iter()
            .enumerate()
            .filter(|(_, (package, _))| is_meant(package))
        {
            debug_assert!(package.is_member, "only members are published");
            is_chosen[place] = true;
            found = true;
        }
        if !found {
            let names: Vec<&str> = members
                .packages
                .iter()
                .map(|(package, _)| package.name.as_str())
                .collect();
            return Err(Failure::new(
                format!("`{named}` is not a package of this workspace"),
                Some(format!("its packages are {}", names.join(", "))),
            ));
        }
    }
    let chosen = members.packages.iter().zip(is_chosen);
    Ok(chosen
        .filter_map(|(package, is_chosen)| is_chosen.then_some(package))
        .collect())
}

fn check(args: &PublishCheckArgs, members: &Members) -> Result<PublishReport, Failure> {
    let chosen = chosen(args, members)?;
    let flags = [
        ("--locked", args.locked),
        ("--offline", args.offline),
        ("--frozen", args.frozen),
    ];
    let flags = flags.into_iter().filter(|(_, is_on)| *is_on);
    let options = ListOptions {
        flags: flags.map(|(flag, _)| flag.to_owned()).collect(),
    };
    let reader = SingleReader::new(airights_store::directory().as_deref());
    let found = published(&chosen, &members.workspace_root, &options, &reader);
    let packages = chosen
        .iter()
        .zip(found)
        .map(|((package, _), published)| CheckedPackage {
            package: package.clone(),
            outcome: match published {
                Published::Facts(facts) => Outcome::Checked {
                    files: facts.files.len(),
                    findings: publish::check(&facts),
                },
                Published::Never => Outcome::NeverPublished,
                Published::Not(reason) => Outcome::NotChecked(reason),
            },
        });
    Ok(PublishReport {
        packages: packages.collect(),
        fixed: Vec::new(),
    })
}
