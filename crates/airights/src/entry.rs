//! An entry of a policy that settles a finding, as a value: what may be pasted by who agrees with it. The report writes it.

use airights_text::AiUse;

use crate::package::Roles;
use crate::policy::{Binding, BoundFile};

/// An entry for one crate. Its reason is left for a person to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// `[[exceptions]]`: with it the crate may have these terms.
    Exception {
        /// Which crate.
        krate: String,
        /// The licenses it may have.
        licenses: Vec<String>,
        /// The AI uses of which it may say anything.
        ai: Vec<AiUse>,
        /// The roles it is for.
        roles: Roles,
    },
    /// `[[clarify]]`: what the crate's license is, once somebody has read it.
    Clarification {
        /// Which crate.
        krate: String,
        /// The license as far as it is known; `None`: it is for a person to find out.
        license: Option<String>,
        /// The texts that are to be read.
        files: Vec<BoundFile>,
        /// What else the entry is bound to, where there are no texts.
        bound_to: Option<Binding>,
    },
}

/// A list of a policy with more than it has: `allow`, or `allow-bundled`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// Whether it is the one for the code of others.
    pub is_of_others: bool,
    /// The patterns it has.
    pub already: Vec<String>,
    /// The licenses it lacks.
    pub more: Vec<String>,
}

impl Entry {
    /// One exception in the place of several for one crate: each alone would leave what the others settle. `None` where there
    /// is none.
    pub fn merged<'e>(entries: impl IntoIterator<Item = &'e Self>) -> Option<Self> {
        let mut merged: Option<Self> = None;
        for entry in entries {
            let Self::Exception {
                licenses: more,
                ai: uses,
                ..
            } = entry
            else {
                continue;
            };
            match &mut merged {
                Some(Self::Exception { licenses, ai, .. }) => {
                    add_new(licenses, more);
                    add_new(ai, uses);
                }
                _ => merged = Some(entry.clone()),
            }
        }
        merged
    }
}

fn add_new<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}
