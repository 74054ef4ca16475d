//! Runs ahead of cargo: what the newest version of a crate depends on is what cargo asks for next.
//!
//! Cargo waits for one answer before it knows the next question. Behind a registry that has to ask another one, each
//! question would wait twice; so the other one is asked as soon as the question can be guessed.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

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
        for name in newest.map(IndexEntry::dependencies_beside).unwrap_or_default() {
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
