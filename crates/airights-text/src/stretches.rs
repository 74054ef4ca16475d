//! Joins words with one label to stretches of the text that together hold everything but blanks.

use std::ops::Range;

use crate::gaps::{Label, Parts};
use crate::reading::HarmlessKind;

impl Parts<'_> {
    /// Runs of words with one label, as byte ranges that together hold everything but blanks.
    pub(crate) fn stretches(&self) -> Vec<(Label, Range<usize>)> {
        let mut all: Vec<(Label, Range<usize>)> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            let label = self.labels[at];
            let length = self.labels[at..].iter().take_while(|other| **other == label).count();
            all.push((label, self.words[at].start..self.words[at + length - 1].end));
            at += length;
        }
        let mut whole = Vec::new();
        let mut end = 0;
        for (label, bytes) in all {
            let between = &self.text[end..bytes.start];
            // Punctuation up to the next blank belongs to what stands before it, up to the previous blank to what follows.
            let tail = if end == 0 {
                0
            } else {
                between.find(char::is_whitespace).unwrap_or(between.len())
            };
            if let Some((_, last)) = whole.last_mut() {
                let last: &mut Range<usize> = last;
                last.end += tail;
            }
            let rest = &between[tail..];
            let head = rest.rfind('\n').map_or(0, |newline| newline + 1);
            push_separator(rest, end + tail, head, &mut whole);
            let lead = &rest[head..];
            let start = bytes.start - lead.trim_start().len();
            whole.push((label, start..bytes.end));
            end = bytes.end;
        }
        let between = &self.text[end..];
        let tail = if end == 0 {
            0
        } else {
            between.find(char::is_whitespace).unwrap_or(between.len())
        };
        if let Some((_, last)) = whole.last_mut() {
            last.end += tail;
        }
        let rest = &between[tail..];
        push_separator(rest, end + tail, rest.len(), &mut whole);
        whole
    }
}

fn push_separator(rest: &str, offset: usize, length: usize, whole: &mut Vec<(Label, Range<usize>)>) {
    let lines = &rest[..length];
    let trimmed = lines.trim();
    if !trimmed.is_empty() {
        let start = offset + (lines.len() - lines.trim_start().len());
        whole.push((Label::Harmless(HarmlessKind::Separator), start..start + trimmed.len()));
    }
}
