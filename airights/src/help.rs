//! What to do next about a finding, as a value. The report has the words.

use airights_text::{AiUse, UseValue};

use crate::problem::UnreadFile;

/// One variant for each thing that a rule can advise. Those that name a crate are for its finding alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// Allow the license or grant an exception, if its terms can be met.
    AllowOrExcept {
        /// The crate.
        krate: String,
    },
    /// Read words that nobody has classified, and record what they are.
    ReadAndClarify {
        /// The crate.
        krate: String,
    },
    /// Read the terms, and record what they are.
    Clarify,
    /// Read what is left over of a text, and record that it was read.
    ClarifyUntilChanged,
    /// Ask the maintainer which of two statements is meant, or record it.
    AskWhichIsMeant,
    /// Ask the maintainer to put the license text into the package.
    AskForText,
    /// Find out why these files could not be read.
    LookInto(Vec<UnreadFile>),
    /// Find out whether code of others becomes part of what is shipped.
    FindOutWhatIsShipped,
    /// Decide whether a preference binds.
    DecideOnPreference {
        /// The crate.
        krate: String,
    },
    /// Ignore the use where it is not made, or do without the crate.
    IgnoreUse {
        /// The crate.
        krate: String,
        /// The use.
        ai_use: AiUse,
    },
    /// Ask the author to declare terms of AI uses.
    AskForDeclaration,
    /// Know that this value counts.
    Counts(UseValue),
    /// Read a clarified text again; it has this SHA-256 now.
    ReadAgain {
        /// In lower-case hex.
        sha256: String,
    },
    /// Look for a clarified text under another name.
    LookForText,
    /// Remember why an exception was granted.
    RecallReason {
        /// Why.
        reason: String,
        /// Whom to ask.
        owner: Option<String>,
    },
    /// Remove an entry of the policy, or bring it up to date.
    RemoveOrUpdate,
    /// Remove an entry of the policy, or keep it for what may come.
    RemoveOrKeep,
    /// Fetch the sources that are missing.
    Fetch,
    /// Take a way out that was proved before.
    TakeProvedWay {
        /// The crate.
        krate: String,
        /// What it does, in a few words.
        summary: String,
        /// What to run. Empty where that alone is not enough: then `--apply` makes it true.
        commands: Vec<String>,
    },
}
