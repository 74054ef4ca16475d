//! What changes between two states of dependencies: for people, for programs, for a pull request.

mod human;
mod json;
mod markdown;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use airights::diff::{Kind, Known, PackageChange, Said, Scope, Side};
use airights::policy::PolicySource;
use airights::suggest::LockedPackage;
use airights::{AiUse, Counts, Level, UseValue, Verdict};

use super::escape::{visible, without_user};
use super::wording::{counted, policy_in_words};

pub use human::write as write_human;
pub use json::write as write_json;
pub use markdown::write as write_markdown;

/// What was compared, and what came of it.
#[derive(Clone, Copy)]
pub struct Comparison<'a> {
    /// What the state before is called.
    pub before: &'a str,
    /// What the state after is called.
    pub after: &'a str,
    /// Everything that differs, in the order of names.
    pub changes: &'a [PackageChange],
    /// What was judged.
    pub scope: Scope,
    /// The verdict.
    pub verdict: Verdict,
    /// The counts of the whole state after the change, where all of it was judged.
    pub whole: Option<Counts>,
    /// The policy that judged.
    pub policy: &'a PolicySource,
    /// Where the change has another policy than the one that judged.
    pub policy_change: Option<&'a PolicyChange>,
    /// What else there is to know, a sentence each.
    pub notes: &'a [String],
    /// Version of this tool.
    pub tool_version: &'a str,
    /// How often `-v` was given: from one on, texts are shown at length.
    pub verbose: u8,
    /// Whether `-q` was given: only what is denied anew is shown.
    pub quiet: bool,
}

/// A change of the policy itself, which was judged by the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyChange {
    /// What the state is called whose policy judged.
    pub at: String,
    /// The packages that this policy denies and the changed one does not.
    pub let_in: BTreeSet<LockedPackage>,
}

impl PolicyChange {
    /// In a sentence.
    pub(super) fn in_words(&self) -> String {
        let at = &self.at;
        if self.let_in.is_empty() {
            return format!(
                "the change has another policy than `{at}`, by whose policy it is judged; `cargo airights check` judges \
                 by the changed one"
            );
        }
        let packages: Vec<String> = self.let_in.iter().map(|package| format!("`{package}`")).collect();
        let (verb, packages) = (if packages.len() == 1 { "is" } else { "are" }, packages.join(", "));
        format!(
            "the change loosens the policy: {packages} {verb} denied by the policy of `{at}`, and not by the changed one"
        )
    }

    /// How serious it is.
    pub(super) fn kind(&self) -> &'static str {
        if self.let_in.is_empty() { "note" } else { "warning" }
    }
}

/// How many packages do what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) added: usize,
    pub(super) removed: usize,
    pub(super) moved: usize,
    pub(super) changed: usize,
    /// Of those that move or change, those with other terms.
    pub(super) other_terms: usize,
    pub(super) not_compared: usize,
    /// Findings that are denied and were not before.
    pub(super) denied_anew: usize,
}

impl Comparison<'_> {
    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for change in self.changes {
            let is_compared = change.not_compared().is_empty();
            match change.kind() {
                Kind::Added => tally.added += 1,
                Kind::Removed => tally.removed += 1,
                Kind::Moved => tally.moved += 1,
                // The same package on both sides, of which nobody knows whether it changed.
                Kind::Changed => tally.changed += usize::from(is_compared),
            }
            let is_on_both_sides = change.before.is_some() && change.after.is_some();
            tally.other_terms += usize::from(is_on_both_sides && change.has_other_terms());
            tally.not_compared += usize::from(!is_compared);
            tally.denied_anew += change.denied_anew().count();
        }
        tally
    }

    /// What has something to say of its own: first what is denied anew, then by name. The rest goes into lists.
    pub(super) fn telling(&self) -> Vec<&PackageChange> {
        let mut telling: Vec<_> = self.changes.iter().filter(|change| is_telling(change)).collect();
        telling.sort_by_key(|change| change.denied_anew().next().is_none());
        telling
    }

    /// What comes, goes or moves and has nothing else to say.
    pub(super) fn plain(&self, kind: Kind) -> impl Iterator<Item = &PackageChange> {
        let is_plain = move |change: &&PackageChange| {
            change.kind() == kind && !is_telling(change) && change.not_compared().is_empty()
        };
        self.changes.iter().filter(is_plain)
    }

    /// The packages that come under each license and have nothing else to say.
    pub(super) fn plainly_added(&self) -> BTreeMap<&str, Vec<&PackageChange>> {
        let mut by_license: BTreeMap<&str, Vec<&PackageChange>> = BTreeMap::new();
        for change in self.plain(Kind::Added) {
            by_license
                .entry(license(change.after.as_ref()))
                .or_default()
                .push(change);
        }
        by_license
    }

    /// The verdict in words.
    pub(super) fn outcome(&self) -> String {
        let tally = self.tally();
        let anew = match tally.denied_anew {
            0 => "no new violations".to_owned(),
            1 => "1 new violation".to_owned(),
            count => format!("{count} new violations"),
        };
        match self.whole {
            Some(whole) if self.scope == Scope::Whole && whole.denied > tally.denied_anew => format!(
                "{anew}, {} in all (`cargo airights check` shows them, `--only-new` ignores them)",
                whole.denied
            ),
            _ => anew,
        }
    }

    /// How many packages do what, in words.
    pub(super) fn movements(&self) -> String {
        let tally = self.tally();
        let parts = [
            (tally.added, "added"),
            (tally.removed, "removed"),
            (tally.moved, "moved"),
            (tally.changed, "changed"),
            (tally.not_compared, "not compared"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if parts.is_empty() {
            "no package differs".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

/// Whether a change has more to say than that it is one.
fn is_telling(change: &PackageChange) -> bool {
    let is_quiet = |side: &Side| match &side.known {
        Known::Not(_) => true,
        Known::Terms(terms) => telling_uses(terms).next().is_none(),
    };
    match (&change.before, &change.after) {
        (_, None) => false,
        (None, Some(after)) => change.level(&change.after) > Level::Allow || !is_quiet(after),
        (Some(_), Some(_)) => change.has_other_terms() || sources(change).is_some() || change.has_other_bytes(),
    }
}

/// The AI uses of which a new package says something that somebody should know.
pub(super) fn telling_uses(terms: &airights::diff::Terms) -> impl Iterator<Item = (AiUse, Said)> {
    let said = terms.judgement.ai.iter().map(|(ai_use, said)| (ai_use, Said::of(said)));
    said.filter(|(_, said)| said.value > UseValue::Unknown)
}

/// The license that counts.
pub(super) fn license(side: Option<&Side>) -> &str {
    match side.map(|side| &side.known) {
        Some(Known::Terms(terms)) => terms.judgement.license.effective.as_deref().unwrap_or("unknown"),
        Some(Known::Not(_)) | None => "unknown",
    }
}

/// "`zstd-safe` 7.2.4 → 7.3.0", without the backticks.
pub(super) fn title(change: &PackageChange) -> String {
    let version = |side: &Option<Side>| side.as_ref().map(|side| side.package.version.to_string());
    let name = visible(change.name()).into_owned();
    match (version(&change.before), version(&change.after)) {
        (Some(before), Some(after)) if before == after => format!("{name} {after}"),
        (Some(before), Some(after)) => format!("{name} {before} → {after}"),
        (before, after) => format!("{name} {}", before.or(after).unwrap_or_default()),
    }
}

/// Where a package comes from before and after, where that differs.
pub(super) fn sources(change: &PackageChange) -> Option<(String, String)> {
    let source = |side: &Option<Side>| {
        let source = side.as_ref()?.package.source.as_deref();
        Some(visible(&without_user(source.unwrap_or("this disk"))).into_owned())
    };
    let (before, after) = (source(&change.before)?, source(&change.after)?);
    (before != after).then_some((before, after))
}

/// "conditional (license): credit, naming".
pub(super) fn said_in_words(said: &Said) -> String {
    let force = said.force.map(|force| format!(" ({force})")).unwrap_or_default();
    let conditions: Vec<&str> = said.conditions.iter().map(|condition| condition.as_str()).collect();
    let conditions = if conditions.is_empty() {
        String::new()
    } else {
        format!(": {}", conditions.join(", "))
    };
    format!("{}{force}{conditions}", said.value)
}

/// "12 of its 300 words".
pub(super) fn words_in_words(words: &airights::diff::WordChange) -> String {
    if words.hunks.is_empty() {
        return "only its layout differs".to_owned();
    }
    let (removed, added) = (counted(words.removed, "word"), counted(words.added, "word"));
    match (words.removed, words.added) {
        (0, _) => format!("{added} came"),
        (_, 0) => format!("{removed} went"),
        _ if words.is_another_text() => format!("another text: {removed} went, {added} came, {} stayed", words.kept),
        _ => format!("{removed} went, {added} came"),
    }
}

/// What could not be compared, by the reason.
pub(super) fn not_compared(changes: &[PackageChange]) -> Vec<String> {
    let reasons = changes.iter().flat_map(PackageChange::not_compared);
    reasons.map(|reason| visible(&reason).into_owned()).collect()
}
