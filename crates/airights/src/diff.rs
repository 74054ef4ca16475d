//! What changes between two states of a graph: the crates that come, go and move, and for each what becomes of its
//! terms and of the judgement on them.
//!
//! Nothing here reads or judges. A tool says what each side knows of a package ([`Side`]), a [`PackageChange`] says what
//! differs, and [`verdict`] what that means for the policy. Where a side is not known, it says so: nothing that was not
//! compared looks the same.

mod terms;
mod texts;
mod words;

use std::collections::BTreeSet;

pub use self::terms::{Said, Shift, TermsChange};
pub use self::texts::{Text, TextChange, TextPair, text_pairs};
pub use self::words::{Hunk, Piece, WordChange, compare_words};

use crate::finding::{Finding, Verdict};
use crate::judge::Judgement;
use crate::level::Level;
use crate::package::Roles;
use crate::suggest::LockedPackage;

/// A package as one state has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Which package.
    pub package: LockedPackage,
    /// SHA-256 of its `.crate`, in hex, where the state names it.
    pub checksum: Option<String>,
    /// The roles it was judged in.
    pub roles: Roles,
    /// What is known of it.
    pub known: Known,
}

/// What is known of a package.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// Its terms, and how they are judged.
    Terms(Box<Terms>),
    /// Nothing, for this reason.
    Not(String),
}

/// The terms of a package, and how they are judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// What the judge made of it.
    pub judgement: Judgement,
    /// What the rules say of it.
    pub findings: Vec<Finding>,
    /// Its license texts, sorted by path; `None` where the state does not tell.
    pub texts: Option<Vec<Text>>,
}

impl Terms {
    /// The worst a rule says of it.
    pub fn level(&self) -> Level {
        let levels = self.findings.iter().map(|finding| finding.level);
        levels.max().unwrap_or_default()
    }
}

/// What becomes of one package.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageChange {
    /// As it was; `None`: it comes.
    pub before: Option<Side>,
    /// As it is; `None`: it goes.
    pub after: Option<Side>,
    /// What differs in its terms; `None` where they could not be compared.
    pub terms: Option<TermsChange>,
    /// What differs in its license texts, the package's own first.
    pub texts: Vec<TextChange>,
}

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It comes.
    Added,
    /// It goes.
    Removed,
    /// Another version of it, or the same from elsewhere, takes its place.
    Moved,
    /// The same version from the same place, with other terms.
    Changed,
}

impl Kind {
    /// The spelling used in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Moved => "moved",
            Self::Changed => "changed",
        }
    }
}

impl PackageChange {
    /// What becomes of a package that is on at least one side. Its texts are compared by whoever has them.
    pub fn between(before: Option<Side>, after: Option<Side>) -> Self {
        let known = |side: &Option<Side>| match side.as_ref().map(|side| &side.known) {
            Some(Known::Terms(terms)) => Some(terms.clone()),
            Some(Known::Not(_)) | None => None,
        };
        let terms = known(&before).zip(known(&after));
        Self {
            terms: terms.map(|(before, after)| TermsChange::between(&before.judgement, &after.judgement)),
            before,
            after,
            texts: Vec::new(),
        }
    }

    /// What kind of change it is.
    pub fn kind(&self) -> Kind {
        match (&self.before, &self.after) {
            (None, _) => Kind::Added,
            (_, None) => Kind::Removed,
            (Some(before), Some(after)) if before.package == after.package => Kind::Changed,
            (Some(_), Some(_)) => Kind::Moved,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        let side = self.after.as_ref().or(self.before.as_ref());
        side.map_or("", |side| &side.package.name)
    }

    /// Why its sides could not be compared, in words; empty where they were.
    pub fn not_compared(&self) -> Vec<String> {
        let sides = [&self.before, &self.after].into_iter().flatten();
        let reasons = sides.filter_map(|side| match &side.known {
            Known::Not(reason) => Some(format!("`{}`: {reason}", side.package)),
            Known::Terms(_) => None,
        });
        reasons.collect()
    }

    /// Whether anything of its terms differs.
    pub fn has_other_terms(&self) -> bool {
        let differs = self.terms.as_ref().is_some_and(|terms| !terms.is_empty());
        differs || !self.texts.is_empty() || self.level(&self.before) != self.level(&self.after)
    }

    /// Whether it claims to be the very same package, and is not.
    pub fn has_other_bytes(&self) -> bool {
        let checksum = |side: &Option<Side>| side.as_ref().and_then(|side| side.checksum.clone());
        self.kind() == Kind::Changed && checksum(&self.before) != checksum(&self.after)
    }

    /// The worst a rule says of one side.
    pub fn level(&self, side: &Option<Side>) -> Level {
        findings(side.as_ref())
            .iter()
            .map(|finding| finding.level)
            .max()
            .unwrap_or_default()
    }

    /// What is found of it now.
    pub fn findings(&self) -> &[Finding] {
        findings(self.after.as_ref())
    }

    /// What is found of it now, and was not before: another rule speaks, of another use, with another weight or for another
    /// problem. Where it is not known what was found before, everything is new.
    pub fn new_findings(&self) -> impl Iterator<Item = &Finding> {
        let key = |finding: &Finding| (finding.rule, finding.ai_use, finding.level, finding.problem.identity());
        let known: BTreeSet<_> = findings(self.before.as_ref()).iter().map(key).collect();
        self.findings()
            .iter()
            .filter(move |finding| !known.contains(&key(finding)))
    }

    /// What is denied of it now, and was not before.
    pub fn denied_anew(&self) -> impl Iterator<Item = &Finding> {
        self.new_findings().filter(|finding| finding.level == Level::Deny)
    }
}

fn findings(side: Option<&Side>) -> &[Finding] {
    match side.map(|side| &side.known) {
        Some(Known::Terms(terms)) => &terms.findings,
        Some(Known::Not(_)) | None => &[],
    }
}

/// What is judged of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The state after the change, as far as it was read.
    Whole,
    /// What the change brings in.
    OnlyNew,
}

/// Whether the policy is met. `whole` is the verdict on the whole state after the change, where that was judged; without
/// it, what differs is all there is to judge.
pub fn verdict(changes: &[PackageChange], whole: Option<Verdict>, scope: Scope) -> Verdict {
    if let (Scope::Whole, Some(verdict)) = (scope, whole) {
        return verdict;
    }
    let is_unknown = |change: &PackageChange| {
        let known = change.after.as_ref().map(|side| &side.known);
        matches!(known, Some(Known::Not(_)))
    };
    let is_denied = |change: &PackageChange| match scope {
        Scope::Whole => change.level(&change.after) == Level::Deny,
        Scope::OnlyNew => change.denied_anew().next().is_some(),
    };
    if changes.iter().any(is_unknown) {
        Verdict::Incomplete
    } else if changes.iter().any(is_denied) {
        Verdict::Violated
    } else {
        Verdict::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Gathered;
    use crate::package::PackageIx;
    use crate::policy::Date;
    use crate::scene::Scene;

    /// The only package of a scene; `None` where it has none.
    fn side(scene: &str) -> Option<Side> {
        let scene = Scene::parse(scene);
        let package = scene.graph.packages().first()?.clone();
        let known = match &scene.facts[PackageIx(0)] {
            Gathered::Not(reason) => Known::Not(reason.clone()),
            Gathered::Facts(facts) => {
                let today = Date::new(2026, 11, 22).expect("a day");
                let judged = crate::judge_package(&scene.policy, PackageIx(0), &package, facts, today);
                Known::Terms(Box::new(Terms {
                    judgement: judged.judgement,
                    findings: judged.findings,
                    texts: Some(Text::all_of(facts)),
                }))
            }
        };
        Some(Side {
            package: LockedPackage {
                name: package.name,
                version: package.version,
                source: package.source,
            },
            checksum: package.checksum,
            roles: package.roles,
            known,
        })
    }

    /// The kind of change, the findings that are new and deny, and the verdict on all of it and on what is new.
    #[track_caller]
    fn check(before: &str, after: &str, kind: Kind, denied: &[&str], verdicts: [Verdict; 2]) {
        let change = PackageChange::between(side(before), side(after));
        assert_eq!(change.kind(), kind);
        let anew: Vec<&str> = change.denied_anew().map(|finding| finding.rule.id()).collect();
        assert_eq!(anew, denied);
        let changes = [change];
        let ruled = [Scope::Whole, Scope::OnlyNew].map(|scope| verdict(&changes, None, scope));
        assert_eq!(ruled, verdicts);
        // Where everything was judged, that judgement stands.
        assert_eq!(verdict(&changes, Some(Verdict::Clean), Scope::Whole), Verdict::Clean);
        assert_eq!(verdict(&changes, Some(Verdict::Clean), Scope::OnlyNew), ruled[1]);
    }

    const MIT: &str = "package p 1.0.0\n license MIT";
    const GPL: &str = "package p 1.1.0\n license GPL-3.0-only";
    const UNKNOWN: &str = "package p 1.2.0\n not gathered";

    #[test]
    fn only_what_was_not_there_before_is_new() {
        use Kind::{Added, Moved, Removed};
        use Verdict::{Clean, Violated};
        let not_allowed = ["license-not-allowed"].as_slice();
        check(MIT, GPL, Moved, not_allowed, [Violated; 2]);
        check("", GPL, Added, not_allowed, [Violated; 2]);
        check(GPL, MIT, Moved, &[], [Clean; 2]);
        check(GPL, "", Removed, &[], [Clean; 2]);
        check(GPL, &GPL.replace("1.1.0", "1.1.1"), Moved, &[], [Violated, Clean]);
        // Another license that is denied is news.
        check(
            GPL,
            &GPL.replace("GPL", "AGPL").replace("1.1.0", "1.1.1"),
            Moved,
            not_allowed,
            [Violated; 2],
        );
    }

    #[test]
    fn what_is_not_known_never_looks_the_same() {
        use Verdict::{Incomplete, Violated};
        check(MIT, UNKNOWN, Kind::Moved, &[], [Incomplete; 2]);
        // Nobody knows what was found before, so everything is new.
        check(UNKNOWN, GPL, Kind::Moved, &["license-not-allowed"], [Violated; 2]);
        let change = PackageChange::between(side(UNKNOWN), side(MIT));
        assert_eq!(change.terms, None);
        assert_eq!(change.not_compared(), ["`p 1.2.0`: its source is not on this disk"]);
    }

    #[test]
    fn terms_are_compared_value_by_value() {
        let says = |value: &str| format!("{MIT}\n says README.md train-ai {value}");
        let differing = |before: &str, after: &str| {
            let change = PackageChange::between(side(before), side(after));
            change.terms.expect("both are known")
        };
        assert!(differing(MIT, &MIT.replace("1.0.0", "2.0.0")).is_empty());
        let spelled = differing(
            "package p 1.0.0\n license MIT OR ISC",
            "package p 1.0.0\n license (MIT OR ISC)",
        );
        assert!(spelled.declared.is_some() && spelled.effective.is_none(), "{spelled:?}");
        let terms = differing(&says("conditional credit"), &says("conditional consent"));
        let [(ai_use, said)] = &terms.ai[..] else {
            panic!("{terms:?}")
        };
        assert_eq!(*ai_use, airights_text::AiUse::TrainAi);
        assert_eq!(said.before.value, said.after.value);
        assert_ne!(said.before.conditions, said.after.conditions);
    }
}
