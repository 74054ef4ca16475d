//! A workspace, judged: the policy, the graph, the facts, and the evaluation of it all.

use airights::facts::Facts;
use airights::{Evaluation, Excerpt, PackageIx, Policy};
use airights_cargo::graph::{self, Origins, ResolveOptions, Resolved, origins};
use airights_facts::{FactsOptions, add_hashed, begin, cargo_home};
use airights_policy::{GraphTable, LoadedPolicy, PolicyLocation, PolicyProblem};
use tracing::info_span;

use crate::clock;
use crate::error::SessionError;
use crate::options::{PolicyChoice, SessionOptions};
use crate::stage::timed;

/// A workspace with everything that is known of it, and the judgement.
pub struct Project {
    /// The graph, and the manifests of its packages.
    pub resolved: Resolved,
    /// What is known of each package, in the graph's order.
    pub facts: Facts,
    /// The judgement.
    pub evaluation: Evaluation,
    /// The policy that judged.
    pub policy: Policy,
    /// What the author of the policy should know; warnings only.
    pub warnings: Vec<PolicyProblem>,
    /// What was resolved.
    pub options: ResolveOptions,
    origins: Origins,
}

/// Loads the policy that is asked for. Its `problems` are warnings, for whoever shows them.
///
/// # Errors
///
/// [`SessionError::Policy`] with every mistake, where it cannot be used.
pub fn load_policy(options: &SessionOptions) -> Result<LoadedPolicy, SessionError> {
    if options.policy == PolicyChoice::BuiltIn {
        return Ok(LoadedPolicy {
            policy: Policy::built_in(),
            graph: GraphTable::default(),
            problems: Vec::new(),
        });
    }
    Ok(timed(&info_span!("policy"), || {
        airights_policy::load(&options.policy_options())
    })?)
}

/// Loads the configuration of cargo-deny, where that is the policy of the project, or would be `without_own`, the
/// `airights.toml` beside it.
///
/// # Errors
///
/// [`SessionError::Policy`] with every mistake, where it cannot be used.
pub fn load_policy_of_cargo_deny(
    options: &SessionOptions,
    without_own: bool,
) -> Result<Option<LoadedPolicy>, SessionError> {
    let found = PolicyLocation::find_of_cargo_deny(&options.policy_options().root, without_own);
    Ok(found.map(|found| found.load()).transpose()?)
}

impl Project {
    /// Judges a workspace: loads the policy, asks cargo for the graph, reads the packages, and evaluates.
    ///
    /// A package that cannot be read is no error: the evaluation says so, and its verdict is incomplete.
    ///
    /// # Errors
    ///
    /// [`SessionError::Policy`] or [`SessionError::Resolve`], where there is no policy or no graph to judge by.
    pub fn judge(options: &SessionOptions) -> Result<Self, SessionError> {
        Self::judge_by(load_policy(options)?, options)
    }

    /// The same, by a policy that is at hand.
    ///
    /// # Errors
    ///
    /// [`SessionError::Resolve`].
    pub fn judge_by(policy: LoadedPolicy, options: &SessionOptions) -> Result<Self, SessionError> {
        let resolving = options.resolve_options(&policy.graph);
        let reading = begin(
            graph::lockfile_of(&resolving).as_deref(),
            FactsOptions {
                cache: resolving.cache.clone(),
                cargo_home: cargo_home(),
                progress: options.progress.clone(),
            },
        );
        let on_wait = |line: &str| options.on_wait.iter().for_each(|hears| hears(line));
        let mut resolved = timed(&info_span!("resolve"), || graph::resolve_with(&resolving, &on_wait))?;
        if let Some(roles) = options.roles {
            resolved.graph = resolved.graph.judged_in(roles);
        }
        let facts = timed(&info_span!("read"), || {
            let mut facts = reading.finish(&resolved.graph, &resolved.manifests, &resolved.workspace_root);
            let clarifications = &policy.policy.clarifications;
            add_hashed(&mut facts, clarifications, &resolved.graph, &resolved.manifests);
            facts
        });
        let evaluation = timed(&info_span!("evaluate"), || {
            airights::evaluate(&policy.policy, &resolved.graph, &facts, clock::today())
        });
        let origins = origins(&resolved, evaluation.findings.iter().map(|finding| &*finding.path));
        Ok(Self {
            resolved,
            facts,
            evaluation,
            policy: policy.policy,
            warnings: policy.problems,
            options: resolving,
            origins,
        })
    }

    /// The judgement of the same graph by another policy.
    pub fn judged_by(&self, policy: &Policy) -> Evaluation {
        airights::evaluate(policy, &self.resolved.graph, &self.facts, clock::today())
    }

    /// Itself, where every package was judged: what could not be has no way out, and cannot be compared.
    ///
    /// # Errors
    ///
    /// [`SessionError::NotEvaluated`] with the first that could not be.
    pub fn whole(self) -> Result<Self, SessionError> {
        all_evaluated(&self.evaluation, &self.resolved)?;
        Ok(self)
    }

    /// The line of the user's own files that brings a package in, by the path to it.
    pub fn origin(&self, path: &[PackageIx]) -> Option<Excerpt> {
        self.origins.of(path).cloned()
    }
}

pub(crate) fn all_evaluated(evaluation: &Evaluation, resolved: &Resolved) -> Result<(), SessionError> {
    match evaluation.not_evaluated.first() {
        None => Ok(()),
        Some(missing) => Err(SessionError::NotEvaluated {
            package: resolved.graph.package(missing.package).to_string(),
            reason: missing.reason.clone(),
        }),
    }
}
