//! A way out that was proved before, named by whoever judges the same graph again.

use super::Proposal;
use crate::finding::{Finding, Subject};
use crate::help::Help;
use crate::level::Level;
use crate::package::PackageIx;

/// More commands than this no sentence can hold.
const MOST_COMMANDS: usize = 2;

/// As much of a proved way out as fits a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownWay {
    /// What it does, in a few words.
    pub summary: String,
    /// What to run. Empty where that alone is not enough: then `--apply` makes it true.
    pub commands: Vec<String>,
}

impl KnownWay {
    /// What to know of a proposal; `None` where it is not proved, or takes more than files.
    pub fn of(proposal: &Proposal) -> Option<Self> {
        let is_way = proposal.is_proved && proposal.rung.can_be_applied();
        let is_short = proposal.edits.is_empty() && proposal.commands.len() <= MOST_COMMANDS;
        is_way.then(|| Self {
            summary: proposal.summary.clone(),
            commands: if is_short {
                proposal.commands.clone()
            } else {
                Vec::new()
            },
        })
    }

    /// What to do next about a crate, as the help of a finding.
    fn help(self, krate: String) -> Help {
        Help::TakeProvedWay {
            krate,
            summary: self.summary,
            commands: self.commands,
        }
    }
}

/// Names the ways that are known in the help of what is denied. Nothing else of a finding changes.
pub fn name_known_ways(findings: &mut [Finding], known: &dyn Fn(PackageIx) -> Option<(String, KnownWay)>) {
    for finding in findings.iter_mut().filter(|finding| finding.level == Level::Deny) {
        let Subject::Package(package) = finding.subject else {
            continue;
        };
        if let Some((name, way)) = known(package) {
            finding.help = Some(way.help(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::PolicyEntry;
    use crate::problem::Problem;
    use crate::rule::Rule;

    #[test]
    fn only_what_is_denied_is_helped_by_it() {
        let finding = |level, subject| Finding {
            help: Some(Help::AskForText),
            ..Finding::new(Rule::LicenseNotAllowed, level, subject, Problem::TextMissing)
        };
        let package = |place| Subject::Package(PackageIx(place));
        let mut findings = [
            finding(Level::Deny, package(1)),
            finding(Level::Deny, package(2)),
            finding(Level::Warn, package(1)),
            finding(Level::Deny, Subject::Policy(PolicyEntry::Exception("a".to_owned()))),
        ];
        let before = findings.clone();
        let way = KnownWay {
            summary: String::new(),
            commands: vec!["cargo update a".to_owned()],
        };
        name_known_ways(&mut findings, &|package| {
            (package == PackageIx(1)).then(|| ("a".to_owned(), way.clone()))
        });
        assert_eq!(findings[0].help, Some(way.help("a".to_owned())));
        findings[0].help.clone_from(&before[0].help);
        assert_eq!(findings, before);
    }
}
