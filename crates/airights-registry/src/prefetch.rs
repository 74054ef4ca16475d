//! Runs ahead of cargo: what the newest version of a crate depends on is what cargo asks for next.
//!
//! Cargo waits for one answer before it knows the next question. Behind a registry that has to ask another one, each
//! question would wait twice; so the other one is asked as soon as the question can be guessed.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::Upstream;
use super::index::{CrateIndex, IndexEntry};

/// So many questions at a time.
const AT_A_TIME: usize = 8;

/// Asks ahead. It stops when it is dropped.
pub(super) struct Prefetch {
    questions: Option<Sender<String>>,
    asked: Mutex<HashSet<String>>,
    is_over: Arc<AtomicBool>,
}

/// The part of a line that says what cargo will ask for.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    #[serde(default)]
    package: Option<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    registry: Option<String>,
}

impl Prefetch {
    pub(super) fn new(upstream: &Arc<Upstream>) -> Self {
        let (questions, next) = channel();
        let next = Arc::new(Mutex::new(next));
        let is_over = Arc::new(AtomicBool::new(false));
        for _ in 0..AT_A_TIME {
            let (upstream, next, is_over) = (Arc::clone(upstream), Arc::clone(&next), Arc::clone(&is_over));
            std::thread::spawn(move || ask(&upstream, &next, &is_over));
        }
        Self {
            questions: Some(questions),
            asked: Mutex::default(),
            is_over,
        }
    }

    /// Asks for what follows from an answer.
    pub(super) fn follow(&self, index: &CrateIndex) {
        let newest = index.newest_first().into_iter().find(|entry| !entry.yanked);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        for name in newest.map(dependencies).unwrap_or_default() {
            if let Some(questions) = &self.questions
                && asked.insert(name.clone())
            {
                // The threads live as long as this end of the channel.
                let _ = questions.send(name);
            }
        }
    }
}

impl Drop for Prefetch {
    fn drop(&mut self) {
        // The threads end with the question they are at. Nobody waits for them: this may be dropped where waiting would
        // keep their answers from arriving.
        self.is_over.store(true, Ordering::Relaxed);
        self.questions = None;
    }
}

fn ask(upstream: &Upstream, next: &Mutex<Receiver<String>>, is_over: &AtomicBool) {
    let take = || next.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(name) = take() {
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        // What goes wrong goes wrong again where the answer is needed, and is told there.
        let _ = upstream.index_of(&name);
    }
}

/// The crates a version needs. Tests and examples of a dependency are nobody's business.
fn dependencies(entry: &IndexEntry) -> Vec<String> {
    let line: Option<Line> = serde_json::from_str(&entry.line).ok();
    let dependencies = line.map(|line| line.deps).unwrap_or_default().into_iter();
    dependencies
        .filter(|dependency| dependency.kind.as_deref() != Some("dev") && dependency.registry.is_none())
        .map(|dependency| dependency.package.unwrap_or(dependency.name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_version_needs_is_told_by_its_line() {
        let checksum = "0".repeat(64);
        let line = format!(
            r#"{{"name":"a","vers":"1.0.0","cksum":"{checksum}","deps":[{{"name":"b","kind":"normal"}},{{"name":"c","kind":"dev"}},{{"name":"d","package":"real-d"}},{{"name":"e","registry":"elsewhere"}}]}}"#
        );
        let index = CrateIndex::parse(line.as_bytes(), "a").unwrap();
        assert_eq!(dependencies(&index.entries[0]), ["b", "real-d"]);
    }
}
