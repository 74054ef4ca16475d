//! Which members of the workspace are judged, with all that they depend on: cargo's `-p`, `--workspace` and `--exclude`.

use airights::Package;
use airights::policy::CrateSpec;
use airights_manifest::spelling::nearest;
use glob::Pattern;

use super::error::ResolveError;

/// The members that are chosen; all of them, unless something says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageSelection {
    /// `--package`, one entry each: package id specs, or names with `*` in them.
    pub packages: Vec<String>,
    /// `--exclude`, one entry each.
    pub exclude: Vec<String>,
    /// `--exclude-unpublished`: members with `publish = false` are there only where others depend on them.
    pub exclude_unpublished: bool,
    /// Packages that a policy leaves out of the graph with all that only they bring in, members or not.
    pub left_out: Vec<CrateSpec>,
}

impl PackageSelection {
    /// Whether all members are chosen.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a package is left out, whoever depends on it.
    pub(super) fn leaves_out(&self, package: &Package) -> bool {
        self.left_out.iter().any(|spec| spec.matches(package))
    }

    /// Of members, whether each is chosen.
    ///
    /// # Errors
    ///
    /// [`ResolveError::NoSuchMember`] where one is named that is not there, and [`ResolveError::NothingSelected`] where none
    /// is left.
    pub(super) fn choose(&self, members: &[Package]) -> Result<Vec<bool>, ResolveError> {
        let means = |names: &[String], is_chosen: &mut Vec<bool>, value: bool| {
            for name in names {
                let is_meant = meant_by(name);
                let meant: Vec<usize> = (0..members.len()).filter(|&place| is_meant(&members[place])).collect();
                if meant.is_empty() {
                    let near = nearest(name, members.iter().map(|member| member.name.as_str()));
                    return Err(ResolveError::NoSuchMember {
                        name: name.clone(),
                        near: near.map(str::to_owned),
                    });
                }
                for place in meant {
                    is_chosen[place] = value;
                }
            }
            Ok(())
        };
        let mut is_chosen = vec![self.packages.is_empty(); members.len()];
        means(&self.packages, &mut is_chosen, true)?;
        means(&self.exclude, &mut is_chosen, false)?;
        for (is_chosen, member) in is_chosen.iter_mut().zip(members) {
            *is_chosen &= !(self.leaves_out(member) || (self.exclude_unpublished && member.is_private));
        }
        if is_chosen.contains(&true) || members.is_empty() {
            Ok(is_chosen)
        } else {
            Err(ResolveError::NothingSelected)
        }
    }
}

/// What a name on the command line means: as in cargo, a spec, or a pattern for names.
fn meant_by(name: &str) -> Box<dyn Fn(&Package) -> bool> {
    match (name.parse::<CrateSpec>(), Pattern::new(name)) {
        (Ok(spec), _) => Box::new(move |member| spec.matches(member)),
        (Err(_), Ok(pattern)) => Box::new(move |member| pattern.matches(&member.name)),
        (Err(_), Err(_)) => Box::new(|_| false),
    }
}
