//! What to do next about a finding, as a value. The report has the words.

use airights_text::{AiUse, UseValue};

use crate::fix::Fix;
use crate::package::BuildScript;
use crate::problem::UnreadFile;

/// One variant for each thing that a rule can advise. Those that name a crate are for its finding alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Help {
    /// Allow the license or grant an exception, if its terms can be met.
    AllowOrExcept {
        /// The crate.
        krate: String,
    },
    /// Allow the license of a package of one's own, where the policy judges these.
    AllowOwn,
    /// Say in the manifest of a package of one's own what its license is.
    DeclareOwn,
    /// Read words that nobody has classified, and record what they are.
    ReadAndClarify {
        /// The crate.
        krate: String,
    },
    /// Read the terms, and record what they are.
    Clarify,
    /// Ask the author, and record the answer.
    AskAuthorAndClarify,
    /// Bind a clarification to what it was made for.
    BindClarification,
    /// Read what is left over of a text, and record that it was read.
    ClarifyUntilChanged,
    /// Ask the maintainer which of two statements is meant, or record it.
    AskWhichIsMeant,
    /// Ask the maintainer to put the license text into the package.
    AskForText,
    /// Find out why these files could not be read.
    LookInto(Vec<UnreadFile>),
    /// Find out whether code of others becomes part of what is shipped.
    FindOutWhatIsShipped {
        /// What could compile it.
        by: BuildScript,
    },
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

    /// Add `license`, or say that the package is not published.
    AddLicenseKey,
    /// Write SPDX ids, and `LicenseRef-…` for terms of one's own.
    WriteSpdxIds,
    /// Write this expression.
    WriteExpression(String),
    /// Name the file in `include`, or take it out of `exclude`.
    NameInInclude,
    /// Move or copy the file into the package.
    MoveIntoPackage,
    /// Write the file, or correct the key that names it.
    WriteFileOrCorrectKey,
    /// Put the text of a name into this file.
    PutTextInto(String),
    /// Do what `--fix` does.
    Fix(Fix),
    /// Take this file out of what leaves it out.
    StopLeavingOut(String),
    /// Add the license text beside the manifest.
    AddTextBesideManifest,
    /// Write the year and who holds the copyright.
    NameCopyrightHolder,
    /// Declare what the text says, or replace the text.
    DeclareWhatTextSays,
    /// Add the license of code of others to the expression, or leave that code out.
    NameOrLeaveOut,
    /// Correct the declaration of AI uses.
    CorrectDeclaration,
    /// Decide which of two statements is meant, and make both say it.
    DecideForBoth,
    /// Name the terms beside this expression.
    NameBeside(String),
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
