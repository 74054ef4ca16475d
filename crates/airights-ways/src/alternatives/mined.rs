//! Rules mined from version histories: where many crates gave up one dependency and took another in the same release,
//! the other does the job of the first.
//!
//! A crate that most have left again since is no good answer; what they left it for is, and is found by following the
//! rules one step further.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::history::History;

/// One crate took the place of another, in so many crates.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The crate that went.
    pub from: String,
    /// The crate that came.
    pub to: String,
    /// The crate between the two, where nobody went straight from the one to the other.
    pub by_way_of: Option<String>,
    /// In how many crates.
    pub support: usize,
    /// Some of them.
    pub examples: Vec<String>,
    /// How much it counts; more is better.
    pub score: f64,
}

/// So many examples are kept for each rule.
const EXAMPLES: usize = 2;
/// What a rule counts that takes two steps.
const SECOND_STEP: f64 = 0.5;
/// A crate that fewer than this share has kept is one that people leave.
const LEFT: f64 = 0.5;

impl Rule {
    /// What it rests on, as a sentence.
    pub fn evidence(&self) -> String {
        let Self { from, to, support, .. } = self;
        let crates = if *support == 1 { "crate" } else { "crates" };
        let examples = self.examples.iter().map(|name| format!("`{name}`"));
        let examples = examples.collect::<Vec<_>>().join(", ");
        let between = self
            .by_way_of
            .as_ref()
            .map(|name| format!("`{name}`, which others replaced by "));
        let between = between.unwrap_or_default();
        format!("{support} {crates} replaced `{from}` by {between}`{to}`, for example {examples}")
    }
}

/// The rules, by the crate that went.
#[derive(Clone, Debug, Default)]
pub struct Rules(BTreeMap<String, Vec<Rule>>);

impl Rules {
    /// What took the place of a crate, best first.
    pub fn of(&self, name: &str) -> &[Rule] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// All rules, by the crate that went, best first.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.0.values().flatten()
    }
}

/// Reads histories, and makes rules of them.
#[derive(Clone, Debug, Default)]
pub struct Miner {
    /// For each two crates, in which crates the one took the place of the other, and how surely.
    seen: BTreeMap<String, BTreeMap<String, Seen>>,
    /// In how many crates a crate went, in how many it came, and in how many it is today.
    gone: HashMap<String, usize>,
    come: HashMap<String, usize>,
    today: HashMap<String, usize>,
    crates: usize,
}

/// In which crates it was seen, each with how surely.
type Seen = BTreeMap<String, f64>;

impl Miner {
    /// Reads the index file of one crate; says its name and what its newest release depends on.
    pub fn read(&mut self, index_file: &[u8]) -> Option<(String, Vec<String>)> {
        let history = History::read(index_file);
        if !history.steps.is_empty() {
            self.count(&history);
        }
        count_each(&mut self.today, &history.newest);
        let newest = history.newest.into_iter().collect();
        (!history.name.is_empty()).then_some((history.name, newest))
    }

    fn count(&mut self, history: &History) {
        self.crates += 1;
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for step in &history.steps {
            // Where much came at once, nobody knows which of it took the place of what went.
            let weight = 1.0 / number(step.come.len());
            gone.extend(step.gone.iter().cloned());
            come.extend(step.come.iter().cloned());
            for from in &step.gone {
                for to in &step.come {
                    let seen = self
                        .seen
                        .entry(from.clone())
                        .or_default()
                        .entry(to.clone())
                        .or_default();
                    let known = seen.entry(history.name.clone()).or_default();
                    *known = known.max(weight);
                }
            }
        }
        count_each(&mut self.gone, &gone);
        count_each(&mut self.come, &come);
    }

    /// The rules.
    pub fn rules(self) -> Rules {
        let straight = self.seen.iter().map(|(from, seen)| {
            let rules = seen.iter().map(|(to, crates)| self.rule(from, to, crates));
            (from.clone(), rules.collect::<Vec<_>>())
        });
        let straight: BTreeMap<String, Vec<Rule>> = straight.collect();
        let rules = straight.iter().map(|(from, rules)| {
            let mut all: BTreeMap<&str, Rule> = BTreeMap::new();
            for rule in rules {
                let score = rule.score * self.kept(&rule.to).sqrt();
                all.insert(&rule.to, Rule { score, ..rule.clone() });
            }
            self.go_further(rules, &straight, &mut all);
            let mut rules: Vec<Rule> = all.into_values().collect();
            rules.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.to.cmp(&other.to)));
            (from.clone(), rules)
        });
        Rules(rules.collect())
    }

    /// From crates that people leave on to those they leave them for.
    fn go_further<'a>(
        &self,
        rules: &[Rule],
        straight: &'a BTreeMap<String, Vec<Rule>>,
        all: &mut BTreeMap<&'a str, Rule>,
    ) {
        for first in rules {
            let kept = self.kept(&first.to);
            let Some(onward) = straight.get(&first.to).filter(|_| kept <= LEFT) else {
                continue;
            };
            let whole: f64 = onward.iter().map(|second| second.score).sum();
            for second in onward.iter().filter(|second| second.to != first.from) {
                let score = SECOND_STEP * first.score * (1.0 - kept) * second.score / whole;
                let rule = all.entry(&second.to).or_insert_with(|| Rule {
                    to: second.to.clone(),
                    by_way_of: Some(first.to.clone()),
                    support: first.support.min(second.support),
                    score: 0.0,
                    ..first.clone()
                });
                rule.score += score;
            }
        }
    }

    /// Of those that ever had a crate, the share that has it today.
    fn kept(&self, name: &str) -> f64 {
        let (today, gone) = (count_of(&self.today, name), count_of(&self.gone, name));
        (today + 0.5) / (today + gone + 1.0)
    }

    /// support · ln(1 + lift) · (1 + how alike the names are)
    fn rule(&self, from: &str, to: &str, crates: &Seen) -> Rule {
        let weight: f64 = crates.values().sum();
        let expected = count_of(&self.gone, from) * count_of(&self.come, to) / number(self.crates);
        let lift = weight / expected;
        Rule {
            from: from.to_owned(),
            to: to.to_owned(),
            by_way_of: None,
            support: crates.len(),
            examples: crates.keys().take(EXAMPLES).cloned().collect(),
            score: weight * lift.ln_1p() * (1.0 + likeness(from, to)),
        }
    }
}

fn count_each(counts: &mut HashMap<String, usize>, names: &BTreeSet<String>) {
    for name in names {
        *counts.entry(name.clone()).or_default() += 1;
    }
}

fn count_of(counts: &HashMap<String, usize>, name: &str) -> f64 {
    number(counts.get(name).copied().unwrap_or_default())
}

/// A count to reckon with. Nobody has so many crates that it would not be exact.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How much two names have in common, from 0 to 1: the words they share among all their words.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |name: &str| -> BTreeSet<String> {
        let words = name.split(['-', '_']).filter(|word| !word.is_empty());
        words
            .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase())
            .collect()
    };
    let (one, other) = (words(one), words(other));
    let shared = one.intersection(&other).count();
    let all = one.union(&other).count().max(1);
    number(shared) / number(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The index file of a crate with two releases, each with its dependencies.
    fn history(name: &str, before: &[&str], after: &[&str]) -> String {
        let line = |version: &str, dependencies: &[&str]| {
            let dependencies: Vec<_> = dependencies
                .iter()
                .map(|name| format!(r#"{{"name":"{name}"}}"#))
                .collect();
            format!(
                "{{\"name\":\"{name}\",\"vers\":\"{version}\",\"deps\":[{}]}}\n",
                dependencies.join(",")
            )
        };
        line("1.0.0", before) + &line("1.1.0", after)
    }

    #[test]
    fn what_took_the_place_of_a_crate_in_many_comes_first() {
        let mut miner = Miner::default();
        miner.read(history("x", &["gcc", "libc"], &["cc", "libc"]).as_bytes());
        miner.read(history("y", &["gcc"], &["cc", "serde"]).as_bytes());
        miner.read(history("z", &["log"], &["serde"]).as_bytes());
        miner.read(b"garbled");
        let rules = miner.rules();
        let first = &rules.of("gcc")[0];
        assert_eq!((first.to.as_str(), first.support), ("cc", 2));
        assert_eq!(
            first.evidence(),
            "2 crates replaced `gcc` by `cc`, for example `x`, `y`"
        );
        assert_eq!(rules.of("gcc").len(), 2);
        assert!(rules.of("cc").is_empty());
        assert_eq!(rules.iter().count(), 3);
    }

    #[test]
    fn what_everybody_has_left_again_points_further() {
        let mut miner = Miner::default();
        miner.read(history("x", &["old"], &["middle"]).as_bytes());
        for name in ["y", "z"] {
            miner.read(history(name, &["middle"], &["new"]).as_bytes());
        }
        let found = history("x", &["old"], &["middle"]) + &history("x", &["middle"], &["new"]).replace("1.", "2.");
        miner.read(found.as_bytes());
        let rules = miner.rules();
        let further = rules.of("old").iter().find(|rule| rule.to == "new").expect("a rule");
        assert_eq!(further.by_way_of.as_deref(), Some("middle"));
        assert_eq!(
            further.evidence(),
            "1 crate replaced `old` by `middle`, which others replaced by `new`, for example `x`"
        );
    }

    #[test]
    fn names_that_share_a_word_are_alike() {
        let alike = [("owning_ref", "owning-ref"), ("dlopen", "dlopen2")];
        assert!(alike.iter().all(|(one, other)| likeness(one, other) > 0.99));
        assert!((likeness("serde_yaml", "serde_norway") - 1.0 / 3.0).abs() < 1e-9);
        assert!(likeness("nom", "winnow") < 1e-9);
    }
}
