//! What to judge, and by what.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use airights::Roles;
use airights_cargo::graph::{PackageSelection, ResolveOptions};
use airights_facts::Progress;
use airights_policy::{GraphTable, PolicyLocation, PolicyOptions};

/// What to judge, and by what.
#[derive(Clone, Default)]
pub struct SessionOptions {
    /// Which graph, in the words of cargo's own flags. What they leave open is for the policy to say.
    pub graph: ResolveOptions,
    /// By which policy.
    pub policy: PolicyChoice,
    /// The roles that packages are judged in; `None`: in all of them.
    pub roles: Option<Roles>,
    /// Hears how many packages have been read.
    pub progress: Option<Progress>,
    /// Hears what cargo waits for, such as another cargo, while it does.
    pub on_wait: Option<OnWait>,
}

/// Hears a line of cargo's that says what it waits for.
pub type OnWait = Arc<dyn Fn(&str) + Send + Sync>;

/// Which policy judges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PolicyChoice {
    /// That of the project, as it is found from the root of the workspace upward; the built-in one where there is none.
    #[default]
    Found,
    /// The one in this file.
    File(PathBuf),
    /// The built-in one, whatever the project has.
    BuiltIn,
}

impl SessionOptions {
    /// Where the policy of the project is, or would be.
    pub fn policy_location(&self) -> PolicyLocation {
        let options = self.policy_options();
        PolicyLocation::find(&options).unwrap_or_else(|| PolicyLocation::new_in(&options.root))
    }

    /// How to look for the policy.
    pub(crate) fn policy_options(&self) -> PolicyOptions {
        PolicyOptions {
            path: match &self.policy {
                PolicyChoice::File(path) => Some(path.clone()),
                PolicyChoice::Found | PolicyChoice::BuiltIn => None,
            },
            root: self.root(),
        }
    }

    /// What to resolve: what is asked for goes before what the policy says.
    pub fn resolve_options(&self, table: &GraphTable) -> ResolveOptions {
        let or = |asked: &[String], said: &[String]| {
            if asked.is_empty() {
                said.to_vec()
            } else {
                asked.to_vec()
            }
        };
        ResolveOptions {
            all_features: self.graph.all_features || table.all_features,
            no_default_features: self.graph.no_default_features || table.no_default_features,
            features: or(&self.graph.features, &table.features),
            targets: or(&self.graph.targets, &table.targets),
            selection: PackageSelection {
                exclude_unpublished: self.graph.selection.exclude_unpublished || table.exclude_unpublished,
                left_out: table.exclude.clone(),
                ..self.graph.selection.clone()
            },
            ..self.graph.clone()
        }
    }

    /// The root of the project, from which a policy is looked for upward: that of the workspace, which holds the lockfile, since
    /// the whole workspace is judged, wherever in it that is asked for. The current directory, where the graph comes from a file.
    pub fn root(&self) -> PathBuf {
        let here = || std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        if self.graph.metadata_path.is_some() {
            return here();
        }
        let start = self
            .graph
            .manifest_path
            .as_deref()
            .and_then(Path::parent)
            .map_or_else(here, |directory| here().join(directory));
        let mut above = start.ancestors();
        let root = above.find(|directory| directory.join("Cargo.lock").is_file());
        root.map_or_else(|| start.clone(), Path::to_path_buf)
    }
}
