//! A way out by other crates, as it is told: what speaks for them, what to edit, and what to run.

use airights::suggest::{Cost, LockedPackage, ManifestEdit, Proposal, Rung, Substitute};

use super::Replacement;
use crate::WaysError;
use crate::attempt::Proof;
use crate::ladder::WayOut;
use crate::ladder::version::licenses_in_words;
use crate::update_list::update_list;
use crate::workshop::Workshop;

/// What is asked for.
pub(super) fn requirement(substitute: &Substitute) -> String {
    let version = substitute.version.as_ref();
    version.map_or_else(String::new, |version| {
        format!("{}.{}.{}", version.major, version.minor, version.patch)
    })
}

/// A way out that cargo has resolved.
pub(super) fn way_out(
    workshop: &Workshop<'_>,
    replacements: &[Replacement<'_>],
    proof: &Proof,
) -> Result<WayOut, WaysError> {
    let grounds: String = replacements.iter().map(grounds).collect();
    let figures: String = replacements
        .iter()
        .map(|replacement| replacement.substitute.figures())
        .collect();
    let licenses = licenses_in_words(proof);
    let proposal = Proposal {
        why: format!(
            "{grounds}{licenses}; {figures}cargo resolved it; no new violations in the dependency graph; {}",
            what_has_to_follow(replacements)
        ),
        edits: edits(workshop, replacements, proof),
        changes: proof.changes.clone(),
        commands: commands(workshop, replacements, proof)?,
        cost: workshop.cost(proof)?,
        ..told(replacements, proof.attempt.targets.iter())
    };
    Ok(WayOut::unproved(proposal))
}

/// Nothing comes in, so there is nothing to judge; that the target goes with it is not proved, so nothing is told to be run.
pub(super) fn standard_library(replacement: &Replacement<'_>, target: &LockedPackage) -> WayOut {
    let replacements = std::slice::from_ref(replacement);
    WayOut::unproved(Proposal {
        why: grounds(replacement) + &what_has_to_follow(replacements),
        ..told(replacements, std::iter::once(target))
    })
}

fn told<'a>(replacements: &[Replacement<'_>], targets: impl Iterator<Item = &'a LockedPackage>) -> Proposal {
    let uses = replacements.iter().map(|Replacement { substitute, .. }| {
        let name = match substitute.version {
            Some(_) => format!("`{}`", substitute.name),
            None => "the standard library".to_owned(),
        };
        format!("{name} in the place of `{}`", substitute.replaces)
    });
    Proposal {
        rung: Rung::Replace,
        solves: targets.map(ToString::to_string).collect(),
        summary: format!("use {}", uses.collect::<Vec<_>>().join(", and ")),
        why: String::new(),
        edits: Vec::new(),
        changes: Vec::new(),
        commands: Vec::new(),
        text: None,
        substitutes: replacements
            .iter()
            .map(|replacement| replacement.substitute.clone())
            .collect(),
        cost: Cost::default(),
        is_proved: false,
    }
}

/// What speaks for a crate, each with a semicolon after it.
fn grounds(replacement: &Replacement<'_>) -> String {
    let grounds = replacement.substitute.grounds.iter();
    grounds.map(|ground| format!("{}; ", ground.sentence)).collect()
}

fn what_has_to_follow(replacements: &[Replacement<'_>]) -> String {
    let names = replacements
        .iter()
        .map(|replacement| format!("`{}`", replacement.substitute.replaces));
    format!(
        "the code that uses {} has to follow",
        names.collect::<Vec<_>>().join(" or ")
    )
}

/// The edits, with each crate under its own name: for the proof it stood under the name of the other.
fn edits(workshop: &Workshop<'_>, replacements: &[Replacement<'_>], proof: &Proof) -> Vec<ManifestEdit> {
    let edits = workshop.shown_edits(&proof.attempt.edits).into_iter();
    let named = edits.map(|edit| {
        let substitutes = replacements.iter().map(|replacement| &replacement.substitute);
        let meant = |substitute: &&Substitute| edit.after.contains(&format!("\"{}\"", substitute.name));
        let line = |substitute: &Substitute| format!("{} = \"{}\"", substitute.name, requirement(substitute));
        let after = substitutes.into_iter().find(meant).map(line);
        ManifestEdit {
            after: after.unwrap_or_else(|| edit.after.clone()),
            ..edit
        }
    });
    named.collect()
}

/// What makes the proved lockfile. Nothing where it takes an editor.
fn commands(
    workshop: &Workshop<'_>,
    replacements: &[Replacement<'_>],
    proof: &Proof,
) -> Result<Vec<String>, WaysError> {
    let Some(list) = update_list(workshop, proof)? else {
        return Ok(Vec::new());
    };
    let manifests = workshop.manifests_after(&[]);
    let resolved = &workshop.project.resolved;
    let members = resolved.graph.iter().filter(|(_, package)| package.is_member).count();
    let mut commands = Vec::new();
    for Replacement { substitute, directs } in replacements {
        for direct in *directs {
            let Some(tables) = manifests.tables_of(&direct.manifest, &direct.key) else {
                return Ok(Vec::new());
            };
            let dependent = resolved
                .graph
                .iter()
                .find(|(place, _)| resolved.manifests[*place].manifest_path == direct.manifest);
            let of = match dependent {
                Some((_, package)) if members > 1 => format!("-p {} ", package.name),
                _ => String::new(),
            };
            for table in tables {
                commands.push(format!("cargo remove {of}{table}{}", direct.key));
                let requirement = requirement(substitute);
                commands.push(format!("cargo add {of}{table}{}@{requirement}", substitute.name));
            }
        }
    }
    commands.extend(list.commands());
    Ok(commands)
}
