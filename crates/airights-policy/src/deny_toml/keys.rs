//! Which keys cargo-deny's tables have, and of which type each is.

use airights_manifest::spelling::nearest;
use toml::de::{DeTable, DeValue};

use crate::problem::PolicyProblem;
use crate::source::Source;
use crate::table::type_name;

/// The keys of one of cargo-deny's tables.
pub(super) struct Keys {
    title: &'static str,
    /// Those that are carried over, or change nothing of what passes, with what each has to be.
    known: &'static [(&'static str, Type)],
    /// Those to speak of, with what is made of them.
    spoken_of: &'static [(&'static str, &'static str)],
}

/// What the value of a key has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Boolean,
    Level,
    List,
    Table,
    /// It decides nothing here.
    Any,
}

pub(super) const LICENSES: &Keys = &Keys {
    title: "[licenses]",
    known: &[
        ("allow", Type::List),
        ("exceptions", Type::List),
        ("clarify", Type::List),
        ("include-dev", Type::Boolean),
        ("include-build", Type::Boolean),
        ("unused-allowed-license", Type::Level),
        ("unused-license-exception", Type::Level),
        ("confidence-threshold", Type::Any),
        ("private", Type::Table),
        ("version", Type::Any),
    ],
    spoken_of: &[
        ("unlicensed", "a package without a license is denied"),
        ("copyleft", "what is not listed in `allow` is denied"),
        ("allow-osi-fsf-free", "what is not listed in `allow` is denied"),
        ("default", "what is not listed in `allow` is denied"),
        (
            "deny",
            "cargo-deny reads it no more; here it is applied, and wins over `allow`",
        ),
    ],
};

pub(super) const PRIVATE: &Keys = &Keys {
    title: "[licenses.private]",
    known: &[
        ("ignore", Type::Boolean),
        ("registries", Type::List),
        ("ignore-sources", Type::List),
    ],
    spoken_of: &[],
};

pub(super) const GRAPH: &Keys = &Keys {
    title: "[graph]",
    known: &[
        ("targets", Type::List),
        ("exclude", Type::List),
        ("features", Type::List),
        ("all-features", Type::Boolean),
        ("no-default-features", Type::Boolean),
        ("exclude-dev", Type::Boolean),
        ("exclude-unpublished", Type::Boolean),
    ],
    spoken_of: &[],
};

pub(super) const EXCEPTION: &Keys = &Keys {
    title: "[[licenses.exceptions]]",
    known: &[
        ("allow", Type::List),
        ("crate", Type::Any),
        ("name", Type::Any),
        ("version", Type::Any),
        ("reason", Type::Any),
    ],
    spoken_of: &[],
};

pub(super) const CLARIFICATION: &Keys = &Keys {
    title: "[[licenses.clarify]]",
    known: &[
        ("crate", Type::Any),
        ("name", Type::Any),
        ("version", Type::Any),
        ("expression", Type::Any),
        ("license-files", Type::List),
        ("reason", Type::Any),
    ],
    spoken_of: &[],
};

impl Keys {
    /// Reports each key that does not do what its author means: a value of another type as an error, as cargo-deny does.
    pub(super) fn check(&self, source: &Source<'_>, table: &DeTable<'_>) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            let title = self.title;
            if let Some((_, expected)) = self.known.iter().find(|(known, _)| *known == name) {
                if let Some(expected) = expected.missed_by(value.get_ref()) {
                    let problem = PolicyProblem::error(format!("`{name}` in `{title}` must be {expected}"));
                    let label = format!("this is {}", type_name(value.get_ref()));
                    source.report(value.span(), problem.label(label));
                }
                continue;
            }
            let spoken_of = self.spoken_of.iter().find(|(key, _)| *key == name);
            let problem = if let Some((_, meaning)) = spoken_of {
                PolicyProblem::warning(format!("`{name}` in `{title}`: {meaning}"))
            } else {
                let near = nearest(name, self.known.iter().map(|(known, _)| *known));
                PolicyProblem::warning(format!("unknown key `{name}` in `{title}`"))
                    .help(near.map(|near| format!("did you mean `{near}`?")))
            };
            source.report(key.span(), problem);
        }
    }
}

impl Type {
    /// What it has to be, in words, where a value is something else.
    fn missed_by(self, value: &DeValue<'_>) -> Option<&'static str> {
        let (is_met, expected) = match self {
            Self::Boolean => (value.is_bool(), "`true` or `false`"),
            Self::Level => {
                let is_level = |text: &str| ["allow", "warn", "deny"].contains(&text);
                let is_met = value.as_str().is_some_and(is_level);
                (is_met, "`\"allow\"`, `\"warn\"` or `\"deny\"`")
            }
            Self::List => (value.is_array(), "a list"),
            Self::Table => (value.is_table(), "a table"),
            Self::Any => (true, ""),
        };
        (!is_met).then_some(expected)
    }
}
