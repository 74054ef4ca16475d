//! Which license text of a crate became which: by path, then by content, then by the license it holds.

use super::words::WordChange;
use crate::facts::{LicenseText, PackageFacts, TextPlace};

/// A license text of a package, by what it is and says, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Path in the package, with `/`.
    pub path: String,
    /// SHA-256 of its bytes, in lower-case hex.
    pub sha256: String,
    /// The SPDX expression it amounts to.
    pub expression: Option<String>,
    /// Whose license it is.
    pub place: TextPlace,
    /// Where it speaks of AI uses: first and last lines, 1-based and inclusive.
    pub clauses: Vec<(u32, u32)>,
}

impl Text {
    /// The license texts of a package.
    pub fn all_of(facts: &PackageFacts) -> Vec<Self> {
        facts.texts.iter().map(Self::of).collect()
    }

    fn of(text: &LicenseText) -> Self {
        let places = text.statements.iter().map(|statement| statement.evidence.excerpt.lines);
        Self {
            path: text.path.clone(),
            sha256: text.sha256.clone(),
            expression: text.expression.clone(),
            place: text.place,
            clauses: places.collect(),
        }
    }
}

/// A text before and after; where it is on one side alone, it comes or goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPair {
    /// As it was.
    pub before: Option<Text>,
    /// As it is.
    pub after: Option<Text>,
}

/// What differs in one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    /// Which text.
    pub pair: TextPair,
    /// What differs in its words; `None` where it comes or goes, or where its words could not be had.
    pub words: Option<WordChange>,
    /// Why its words could not be had.
    pub unread: Option<String>,
}

impl TextPair {
    /// The text as it is, else as it was.
    pub fn shown(&self) -> Option<&Text> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// The texts that differ: the package's own first, then by path. Texts that only moved, byte for byte, differ in
/// nothing.
pub fn text_pairs(before: &[Text], after: &[Text]) -> Vec<TextPair> {
    let (mut gone, mut come): (Vec<&Text>, Vec<&Text>) = (before.iter().collect(), after.iter().collect());
    let mut differing = Vec::new();
    let ways: [fn(&Text, &Text) -> bool; 3] = [
        |one, other| one.path == other.path,
        |one, other| one.sha256 == other.sha256 && one.place == other.place,
        |one, other| one.expression.is_some() && one.expression == other.expression && one.place == other.place,
    ];
    for may_pair in ways {
        gone.retain(|was| {
            let Some(at) = come.iter().position(|is| may_pair(was, is)) else {
                return true;
            };
            let is = come.remove(at);
            if was.sha256 != is.sha256 {
                differing.push(TextPair {
                    before: Some((*was).clone()),
                    after: Some(is.clone()),
                });
            }
            false
        });
    }
    differing.extend(gone.into_iter().map(|was| TextPair {
        before: Some(was.clone()),
        after: None,
    }));
    differing.extend(come.into_iter().map(|is| TextPair {
        before: None,
        after: Some(is.clone()),
    }));
    differing.sort_by_key(|pair| pair.shown().map(|text| (text.place, text.path.clone())));
    differing
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `PATH=CONTENT:LICENCE`, one a word; what lies in `vendor/` is bundled.
    fn texts(words: &str) -> Vec<Text> {
        let text = |word: &str| {
            let (path, rest) = word.split_once('=').expect("a path and a content");
            let (content, license) = rest.split_once(':').unwrap_or((rest, ""));
            Text {
                path: path.to_owned(),
                sha256: content.to_owned(),
                expression: (!license.is_empty()).then(|| license.to_owned()),
                place: if path.starts_with("vendor/") {
                    TextPlace::Bundled
                } else {
                    TextPlace::Own
                },
                clauses: Vec::new(),
            }
        };
        words.split_whitespace().map(text).collect()
    }

    #[track_caller]
    fn check(before: &str, after: &str, expected: &[&str]) {
        let (before, after) = (texts(before), texts(after));
        let pairs = text_pairs(&before, &after).into_iter();
        let path = |text: Option<Text>| text.map_or("-".to_owned(), |text| text.path);
        let words = pairs.map(|pair| format!("{} {}", path(pair.before), path(pair.after)));
        assert_eq!(words.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn texts_are_paired_by_path_then_content_then_license() {
        check("LICENSE=1 COPYING=2", "LICENSE=1 COPYING=3", &["COPYING COPYING"]);
        check("LICENSE=1", "LICENSE-MIT=1", &[]);
        check("LICENSE=1:MIT", "LICENSE-MIT=2:MIT", &["LICENSE LICENSE-MIT"]);
        check("LICENSE=1:MIT", "LICENSE-BSD=2:BSD", &["LICENSE -", "- LICENSE-BSD"]);
    }

    #[test]
    fn what_the_package_says_of_itself_comes_first() {
        check(
            "",
            "a/z=2 vendor/LICENSE=3 LICENSE=4",
            &["- LICENSE", "- a/z", "- vendor/LICENSE"],
        );
        // A vendored text is no text of the package's own, whatever it holds.
        check("LICENSE=1", "vendor/LICENSE=1", &["LICENSE -", "- vendor/LICENSE"]);
    }
}
