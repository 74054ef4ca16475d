//! Where a crate is published whose versions are compared. A crate of a registry of one's own may have a namesake elsewhere
//! that has nothing to do with it, and that nobody there is to hear of.

use std::collections::BTreeSet;

use airights_cargo::graph::{self, ResolveOptions};
use airights_registry::{CargoConfig, is_registry};
use airights_session::configuration;
use airights_store::{most, read_to_string};

use super::request::{Said, Versions};
use crate::commands::failure::Failure;

/// Where it is published.
pub(super) struct Origin {
    /// The registry, as lockfiles spell it.
    pub(super) registry: String,
    /// What there is to know of how it was found.
    pub(super) note: Option<String>,
}

const SAY_WHICH: &str = "say which registry is meant with `--registry` or `--index`";

impl Origin {
    /// Where it was said to be, else where the workspace at hand has it from, else cargo's default registry.
    pub(super) fn of(asked: &Versions, options: &ResolveOptions) -> Result<Self, Failure> {
        let (config, _) = configuration(options)?;
        let known = |registry: String| Self { registry, note: None };
        match &asked.registry {
            Some(Said::Locked(registry)) => return Ok(known(registry.clone())),
            Some(Said::Index(index)) => return Ok(known(CargoConfig::as_locked(index))),
            Some(Said::Name(name)) => return named(name, &config).map(known),
            None => {}
        }
        let name = &asked.name;
        match in_lockfile(name, options, &config)? {
            Some(locked) => match &locked[..] {
                [] => Self::default_of(&config, &format!("`{name}` is not in `Cargo.lock`")),
                [only] => Ok(known(only.clone())),
                several => Err(several_of(name, several, &config)),
            },
            None => Self::default_of(&config, "there is no `Cargo.lock`"),
        }
    }

    /// Where cargo itself would look.
    fn default_of(config: &CargoConfig, why: &str) -> Result<Self, Failure> {
        let name = config.default_registry();
        Ok(Self {
            registry: named(name, config)?,
            note: Some(format!(
                "{why}: compared as published in `{name}`, cargo's default registry"
            )),
        })
    }
}

fn named(name: &str, config: &CargoConfig) -> Result<String, Failure> {
    config.registry_named(name).ok_or_else(|| {
        Failure::new(
            format!("`{name}` is not a registry of cargo's configuration"),
            Some(format!(
                "give `registries.{name}` an `index` there, or name the index with `--index`"
            )),
        )
    })
}

/// The registries that the lockfile has a crate from; `None` where there is no lockfile, and no other registry than the
/// default one either.
fn in_lockfile(name: &str, options: &ResolveOptions, config: &CargoConfig) -> Result<Option<Vec<String>>, Failure> {
    let Some(lockfile) = graph::lockfile_of(options) else {
        return if config.has_other_registries() && is_in_a_package(options) {
            Err(Failure::new(
                format!("there is no `Cargo.lock` that says from which registry `{name}` is"),
                Some(SAY_WHICH.to_owned()),
            ))
        } else {
            Ok(None)
        };
    };
    let text = read_to_string(&lockfile, most::LOCKFILE).map_err(|error| error.to_string());
    let locked = text.and_then(|text| graph::locked(&text)).map_err(|reason| {
        let message = format!("`Cargo.lock` does not say from which registry `{name}` is");
        Failure::new(message, Some(SAY_WHICH.to_owned())).because_of(reason)
    })?;
    let of_crate = locked.into_iter().map(|locked| locked.package);
    let of_crate = of_crate.filter(|package| package.name == name);
    let sources: BTreeSet<String> = of_crate.filter_map(|package| package.source).collect();
    Ok(Some(sources.into_iter().filter(|source| is_registry(source)).collect()))
}

/// Whether there is a manifest that a lockfile would belong to.
fn is_in_a_package(options: &ResolveOptions) -> bool {
    let here = std::env::current_dir().unwrap_or_default();
    airights_manifest::started_from(options.manifest_path.as_deref(), &here).is_some()
}

fn several_of(name: &str, registries: &[String], config: &CargoConfig) -> Failure {
    let called = |registry: &String| match config.name_of(registry) {
        Some(name) => format!("`{name}`"),
        None => format!("`{registry}`"),
    };
    let listed: Vec<String> = registries.iter().map(called).collect();
    Failure::new(
        format!(
            "`Cargo.lock` has `{name}` from more than one registry: {}",
            listed.join(" and ")
        ),
        Some(SAY_WHICH.to_owned()),
    )
}
