//! What mends a finding without a decision of anybody.

/// A change that mends a finding. It never invents terms: it restates what is declared, or brings along what is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fix {
    /// Writes the `license` key in today's words.
    Expression {
        /// The same terms, as SPDX writes them today.
        to: String,
    },
    /// Names a file of the package in `include`.
    Include {
        /// Path in the package.
        path: String,
    },
    /// Copies a text of the workspace into the package.
    Copy {
        /// Path from the workspace's root.
        from: String,
        /// Path in the package.
        to: String,
    },
}
