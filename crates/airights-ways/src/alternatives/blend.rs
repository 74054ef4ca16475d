//! How alike two crates are: by the words they describe themselves with, and by who depends on both.

use super::catalog::Catalog;

/// A crate that is like another.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Its name.
    pub name: String,
    /// The words both use, the rarest first.
    pub words: Vec<String>,
    /// How many crates depend on both.
    pub dependents: usize,
    /// How alike they are; more is more.
    pub score: f64,
}

/// How much the dependents count beside the words.
const DEPENDENTS: f64 = 0.5;
/// So many shared words are named.
const NAMED_WORDS: usize = 3;
/// What is less alike than this is not alike.
const LEAST: f64 = 0.05;

impl Alike {
    /// What it rests on, as a sentence.
    pub fn evidence(&self, of: &str) -> String {
        let words = self.words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>();
        let dependents = match self.dependents {
            0 => String::new(),
            1 => "; 1 crate depends on both".to_owned(),
            count => format!("; {count} crates depend on both"),
        };
        match &words[..] {
            [] => format!("used like `{of}`{dependents}"),
            words => format!("described like `{of}`: {}{dependents}", words.join(", ")),
        }
    }
}

/// The crates of a catalog that are most like one of them, best first.
///
/// What depends on it is left out: it would bring it in again.
#[expect(clippy::cast_precision_loss, reason = "there are fewer crates than that")]
pub(super) fn alike(catalog: &Catalog, name: &str, most: usize) -> Vec<Alike> {
    let Some(place) = catalog.place(name) else {
        return Vec::new();
    };
    let rarity = rarity(catalog);
    let mine = &catalog.crates[place];
    let mut weights = vec![0.0; catalog.words.len()];
    for &(word, count) in &mine.words {
        weights[word as usize] = f64::from(count) * rarity[word as usize];
    }
    let my_length = length(&mine.words, &rarity);
    let (both, totals) = dependents(catalog, place);
    let mut alike = Vec::new();
    for (other, entry) in catalog.crates.iter().enumerate() {
        let brings_it_in = entry
            .dependencies
            .binary_search_by(|&at| (at as usize).cmp(&place))
            .is_ok();
        if other == place || brings_it_in {
            continue;
        }
        let shared: f64 = entry
            .words
            .iter()
            .map(|&(word, count)| f64::from(count) * rarity[word as usize] * weights[word as usize])
            .sum();
        let words = shared / (my_length * length(&entry.words, &rarity)).max(f64::MIN_POSITIVE);
        let users = both[other] as f64 / ((totals[place] * totals[other]) as f64).sqrt().max(1.0);
        let score = words + DEPENDENTS * users;
        if score >= LEAST {
            alike.push((score, other));
        }
    }
    alike.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let told = alike.into_iter().take(most).map(|(score, other)| {
        let entry = &catalog.crates[other];
        let mut words: Vec<u32> = entry.words.iter().map(|(word, _)| *word).collect();
        words.retain(|&word| weights[word as usize] > 0.0);
        words.sort_by(|&one, &other| rarity[other as usize].total_cmp(&rarity[one as usize]));
        Alike {
            name: entry.name.clone(),
            words: words
                .iter()
                .take(NAMED_WORDS)
                .map(|&word| catalog.words[word as usize].clone())
                .collect(),
            dependents: both[other],
            score,
        }
    });
    told.collect()
}

/// How rare each word is: the logarithm of all crates by those that use it.
#[expect(clippy::cast_precision_loss, reason = "there are fewer crates than that")]
fn rarity(catalog: &Catalog) -> Vec<f64> {
    let mut used = vec![0_usize; catalog.words.len()];
    for (word, _) in catalog.crates.iter().flat_map(|entry| &entry.words) {
        used[*word as usize] += 1;
    }
    let all = catalog.crates.len() as f64;
    used.into_iter().map(|count| (all / count.max(1) as f64).ln()).collect()
}

fn length(words: &[(u32, u8)], rarity: &[f64]) -> f64 {
    let squares = words
        .iter()
        .map(|&(word, count)| (f64::from(count) * rarity[word as usize]).powi(2));
    squares.sum::<f64>().sqrt()
}

/// For each crate, how many depend on it and on this one, and how many depend on it at all.
fn dependents(catalog: &Catalog, place: usize) -> (Vec<usize>, Vec<usize>) {
    let (mut both, mut totals) = (vec![0; catalog.crates.len()], vec![0; catalog.crates.len()]);
    for entry in &catalog.crates {
        let is_dependent = entry.dependencies.iter().any(|&at| at as usize == place);
        for &at in &entry.dependencies {
            totals[at as usize] += 1;
            both[at as usize] += usize::from(is_dependent);
        }
    }
    (both, totals)
}

#[cfg(test)]
mod tests {
    use super::super::catalog::Described;
    use super::*;

    fn described(name: &str, description: &str, dependencies: &[&str]) -> Described {
        Described {
            name: name.to_owned(),
            description: description.to_owned(),
            dependencies: dependencies.iter().map(|&name| name.to_owned()).collect(),
            ..Described::default()
        }
    }

    #[test]
    fn words_and_dependents_count_together() {
        let catalog = Catalog::of([
            described("chrono", "Date and time", &[]),
            described("chrono-tz", "Time zones", &["chrono"]),
            described("hash", "Fast hashes", &["nothing"]),
            described("jiff", "A date-time library", &[]),
            described("time", "Date and time handling", &[]),
            described("user-one", "An app", &["chrono", "time", "hash"]),
            described("user-two", "Another app", &["chrono", "time"]),
            described("user-three", "A third app", &["hash"]),
        ]);
        let found = alike(&catalog, "chrono", 3);
        let names: Vec<_> = found.iter().map(|alike| alike.name.as_str()).collect();
        assert_eq!(names, ["time", "jiff", "hash"]);
        assert_eq!(found[0].dependents, 2);
        let words = "described like `chrono`: `date`, `time`";
        assert_eq!(found[0].evidence("chrono"), format!("{words}; 2 crates depend on both"));
        assert_eq!(
            found[2].evidence("chrono"),
            "used like `chrono`; 1 crate depends on both"
        );
        assert!(alike(&catalog, "unheard-of", 3).is_empty());
    }
}
