//! The flag that says in which roles packages are judged.

use airights::{Role, Roles};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// In which roles packages are judged.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Package Selection")]
pub(crate) struct RoleArgs {
    /// Judge only crates with these roles, and only in them [default: all]
    #[arg(long, value_delimiter = ',', value_parser = role(), value_name = "ROLE")]
    role: Vec<Role>,
}

impl RoleArgs {
    /// The roles; `None` where all are judged.
    pub(crate) fn roles(&self) -> Option<Roles> {
        (!self.role.is_empty()).then(|| self.role.iter().copied().collect())
    }
}

pub(super) fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::ALL.map(Role::as_str)).map(|name| name.parse().unwrap_or(Role::Shipped))
}
