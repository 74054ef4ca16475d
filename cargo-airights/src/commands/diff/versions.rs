//! Two published versions of one crate, whether a graph holds them or not.

use airights::Roles;
use airights::diff::{Known, PackageChange};
use airights::suggest::LockedPackage;
use airights_cargo::graph::Locked;
use airights_registry::IndexEntry;
use airights_session::Published;
use airights_session::clock;
use semver::Version;

use super::Compared;
use super::origin::Origin;
use super::request::Versions;
use super::sides::{Judge, Place, UNKNOWN_ROLES};
use super::words::compare_texts;
use crate::cli::ProjectArgs;
use crate::commands::failure::Failure;
use crate::commands::project::{load_policy, session_options};
use crate::console::Console;

/// Compares them.
pub(super) fn compare(asked: &Versions, args: &ProjectArgs, console: &Console) -> Result<Compared, Failure> {
    let policy = load_policy(args, console)?;
    let options = session_options(args, console).resolve_options(&policy.graph);
    let Origin { registry, note } = Origin::of(asked, &options)?;
    let published = Published::open(&options, [registry.as_str()].into_iter())?;
    let judge = Judge {
        published: &published,
        policy: &policy.policy,
        today: clock::today(),
    };
    let known = published.versions(&registry, &asked.name)?;
    let (before, after) = (
        version(asked, &asked.before, &known)?,
        version(asked, &asked.after, &known)?,
    );
    let roles: Roles = UNKNOWN_ROLES.into_iter().collect();
    let side = |entry: &IndexEntry| {
        let (place, locked) = (Place::Published(entry.clone()), locked(entry));
        let side = place.side(&locked, roles, judge);
        match &side.known {
            Known::Terms(_) => Ok((place, side)),
            Known::Not(reason) => Err(Failure::new(
                format!("`{}` cannot be read", side.package),
                (args.offline || args.frozen).then(|| "drop `--offline` and `--frozen`".to_owned()),
            )
            .because_of(reason)),
        }
    };
    let ((was_at, was), (is_at, is)) = (side(before)?, side(after)?);
    let mut change = PackageChange::between(Some(was), Some(is));
    compare_texts(&mut change, &was_at, &is_at, judge);
    published.save();
    Ok(Compared {
        names: (
            format!("{} {}", before.name, before.version),
            format!("{} {}", after.name, after.version),
        ),
        changes: vec![change],
        whole: None,
        policy: policy.policy.source.clone(),
        policy_change: None,
        notes: note.into_iter().chain(dependencies_in_words(before, after)).collect(),
    })
}

/// Which dependencies come and go. What they bring is theirs to say, so each is named.
fn dependencies_in_words(before: &IndexEntry, after: &IndexEntry) -> Vec<String> {
    let (was, is) = (before.dependencies(), after.dependencies());
    let list = |names: Vec<&String>| {
        let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    let (come, gone): (Vec<_>, Vec<_>) = (is.difference(&was).collect(), was.difference(&is).collect());
    let mut notes = Vec::new();
    if !come.is_empty() {
        notes.push(format!("new dependencies, not judged here: {}", list(come)));
    }
    if !gone.is_empty() {
        notes.push(format!("no longer a dependency: {}", list(gone)));
    }
    notes
}

/// The version that is meant: the very one, else the newest that begins so.
fn version<'k>(asked: &Versions, wanted: &str, known: &'k [IndexEntry]) -> Result<&'k IndexEntry, Failure> {
    let exact = wanted.parse::<Version>().ok();
    let is_exact = |entry: &&IndexEntry| {
        // What follows a `+` says how it was built, and nobody types it.
        let is_it = |exact: &Version| exact.build.is_empty() && entry.version.cmp_precedence(exact).is_eq();
        exact
            .as_ref()
            .is_some_and(|exact| entry.version == *exact || is_it(exact))
    };
    let begins_so = |entry: &&IndexEntry| {
        let version = entry.version.to_string();
        exact.is_none() && entry.version.pre.is_empty() && version.starts_with(&format!("{wanted}."))
    };
    let found = known.iter().find(is_exact).or_else(|| known.iter().find(begins_so));
    found.ok_or_else(|| {
        let name = &asked.name;
        if known.is_empty() {
            return Failure::new(
                format!("the registry has no crate `{name}`"),
                Some("`cargo search` finds crates by name".to_owned()),
            );
        }
        let newest: Vec<String> = known.iter().take(5).map(|entry| entry.version.to_string()).collect();
        Failure::new(
            format!("`{name}` has no version `{wanted}`"),
            Some(format!("the newest are {}", newest.join(", "))),
        )
    })
}

fn locked(entry: &IndexEntry) -> Locked {
    Locked {
        package: LockedPackage {
            name: entry.name.clone(),
            version: entry.version.clone(),
            source: Some(entry.registry.to_string()),
        },
        checksum: Some(entry.checksum.clone()),
    }
}
