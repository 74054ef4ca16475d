//! Rules mined from version histories: where many crates gave up one dependency and took another in the same release,
//! the other does the job of the first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::history::History;

/// One crate took the place of another, in so many crates.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The crate that went.
    pub from: String,
    /// The crate that came.
    pub to: String,
    /// In how many crates.
    pub support: usize,
    /// Some of them.
    pub examples: Vec<String>,
    /// How much it counts; more is better.
    pub score: f64,
}

/// So many examples are kept for each rule.
const EXAMPLES: usize = 2;

impl Rule {
    /// What it rests on, as a sentence.
    pub fn evidence(&self) -> String {
        let Self { from, to, support, .. } = self;
        let crates = if *support == 1 { "crate" } else { "crates" };
        let examples = self.examples.iter().map(|name| format!("`{name}`"));
        let examples = examples.collect::<Vec<_>>().join(", ");
        format!("{support} {crates} replaced `{from}` by `{to}`, for example {examples}")
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
    seen: HashMap<(String, String), BTreeMap<String, f64>>,
    /// In how many crates a crate went, and in how many it came.
    gone: HashMap<String, usize>,
    come: HashMap<String, usize>,
    crates: usize,
}

impl Miner {
    /// Reads the index file of one crate; says its name and what its newest release depends on.
    pub fn read(&mut self, index_file: &[u8]) -> Option<(String, Vec<String>)> {
        let history = History::read(index_file);
        if !history.steps.is_empty() {
            self.count(&history);
        }
        let newest = history.newest.into_iter().collect();
        (!history.name.is_empty()).then_some((history.name, newest))
    }

    fn count(&mut self, history: &History) {
        self.crates += 1;
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for step in &history.steps {
            // Where much came at once, nobody knows which of it took the place of what went.
            #[expect(clippy::cast_precision_loss, reason = "nobody has so many dependencies")]
            let weight = 1.0 / step.come.len() as f64;
            gone.extend(&step.gone);
            come.extend(&step.come);
            for from in &step.gone {
                for to in &step.come {
                    let crates = self.seen.entry((from.clone(), to.clone())).or_default();
                    let known = crates.entry(history.name.clone()).or_default();
                    *known = known.max(weight);
                }
            }
        }
        for name in gone {
            *self.gone.entry(name.clone()).or_default() += 1;
        }
        for name in come {
            *self.come.entry(name.clone()).or_default() += 1;
        }
    }

    /// The rules.
    pub fn rules(self) -> Rules {
        let mut rules: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
        for ((from, to), crates) in &self.seen {
            rules.entry(from.clone()).or_default().push(self.rule(from, to, crates));
        }
        for rules in rules.values_mut() {
            rules.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.to.cmp(&other.to)));
        }
        Rules(rules)
    }

    /// support · ln(1 + lift) · (1 + how alike the names are)
    #[expect(clippy::cast_precision_loss, reason = "nobody has so many crates")]
    fn rule(&self, from: &str, to: &str, crates: &BTreeMap<String, f64>) -> Rule {
        let count = |of: &HashMap<String, usize>, name: &str| of.get(name).copied().unwrap_or(1) as f64;
        let weight: f64 = crates.values().sum();
        let expected = count(&self.gone, from) * count(&self.come, to) / self.crates.max(1) as f64;
        let lift = weight / expected;
        Rule {
            from: from.to_owned(),
            to: to.to_owned(),
            support: crates.len(),
            examples: crates.keys().take(EXAMPLES).cloned().collect(),
            score: weight * lift.ln_1p() * (1.0 + likeness(from, to)),
        }
    }
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
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let share = shared as f64 / all as f64;
    share
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
    fn names_that_share_a_word_are_alike() {
        let alike = [("owning_ref", "owning-ref"), ("dlopen", "dlopen2")];
        assert!(alike.iter().all(|(one, other)| likeness(one, other) > 0.99));
        assert!((likeness("serde_yaml", "serde_norway") - 1.0 / 3.0).abs() < 1e-9);
        assert!(likeness("nom", "winnow") < 1e-9);
    }
}
