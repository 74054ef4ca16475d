//! The rider: the terms in the license itself, as a reference in the expression and the text it refers to.

use std::path::{Path, PathBuf};

use airights::declaration::{Declaration, TermsAt, rider_name};
use airights_cargo::workspace::Member;

use super::files::Files;
use super::manifests::{declare_license, inherits_license};
use crate::commands::failure::Failure;
use crate::declaration::{Owner, RiderForm, rider_in, rider_text, with_rider};

/// What to do about the rider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RiderWish {
    /// Keep it in step, where there is one.
    Keep,
    /// Have one of this form.
    Have(RiderForm),
    /// Take it out.
    TakeOut,
}

/// What a workspace declares, and where. Its license takes the rider for those that inherit it and say the same.
pub(super) struct SharedTerms<'a> {
    /// Its manifest.
    pub(super) manifest: &'a Path,
    /// Its declaration.
    pub(super) declaration: &'a Declaration,
}

/// A rider that was put beside a license.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rider {
    /// The expression with it.
    pub(super) license: String,
    /// The file with its text.
    pub(super) file: PathBuf,
}

/// Puts the rider of a declaration beside the license of a package, exchanges it, or takes it out. The declaration comes
/// to name the text.
pub(super) fn ride(
    files: &mut Files,
    member: &Member,
    shared: Option<&SharedTerms<'_>>,
    declaration: &mut Declaration,
    wish: RiderWish,
) -> Result<Option<Rider>, Failure> {
    let license = member.license.as_deref();
    let before = license.and_then(rider_in);
    let form = match (wish, &before) {
        (RiderWish::Have(form), _) => Some(form),
        (RiderWish::Keep, Some((form, _))) => Some(*form),
        (RiderWish::Keep, None) | (RiderWish::TakeOut, _) => None,
    };
    if form.is_none() && before.is_none() {
        return Ok(None);
    }
    let Some(license) = license else {
        return Err(Failure::new(
            format!("`{}` has no `license` to put a rider beside", member.spec()),
            Some("give it a `license` expression in Cargo.toml first".to_owned()),
        ));
    };
    let name = rider_name(&declaration.ai_terms_with_parts().uses);
    let rider = form.zip(name.as_deref());
    if form.is_some() && rider.is_none() {
        return Err(Failure::new(
            "there is nothing to say in a rider",
            Some("name terms, such as `--preset no-training`".to_owned()),
        ));
    }
    let ridden = with_rider(license, rider).map_err(|reason| {
        Failure::new(
            format!(
                "the license `{license}` of `{}` takes no rider: {reason}",
                member.spec()
            ),
            Some("`--rider and` fits beside every expression".to_owned()),
        )
    })?;
    let owner = match shared.filter(|shared| rider_name(&shared.declaration.ai_terms_with_parts().uses) == name) {
        Some(shared) if inherits_license(files, &member.manifest)? => (shared.manifest, Owner::Workspace),
        _ => (member.manifest.as_path(), Owner::Package),
    };
    declare_license(files, owner.0, owner.1, &ridden)?;
    let text_of = |form: RiderForm, name: &str| format!("LICENSES/{}.txt", form.reference(name));
    if let Some((form, name)) = &before {
        let path = text_of(*form, name);
        files.put(&member.directory().join(&path), None)?;
        declaration.terms = declaration.terms.take().filter(|terms| *terms != TermsAt::File(path));
    }
    let Some((form, name)) = rider else {
        return Ok(None);
    };
    let path = text_of(form, name);
    let file = member.directory().join(&path);
    files.put(&file, Some(rider_text(&declaration.ai_terms_with_parts().uses)))?;
    declaration.terms.get_or_insert(TermsAt::File(path));
    Ok(Some(Rider { license: ridden, file }))
}
