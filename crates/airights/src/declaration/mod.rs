//! What a maintainer declares in `[package.metadata.airights]`: AI terms in words that travel with the package.
//!
//! ```toml
//! [package.metadata.airights]
//! vocab = "draft-ietf-aipref-vocab-07"
//! content-usage = "train-ai=n;exceptions=cc-cr"
//! use = { ai-input = "allowed", train-on-output = "conditional" }
//! conditions = ["non-commercial"]
//! terms = "LICENSES/LicenseRef-airights-train-ai-conditional.txt"
//! contact = "rights@example.org"
//! scope = [{ path = "assets/**", train-ai = "disallowed" }]
//! ```
//!
//! `content-usage` is the field of the IETF's AIPREF working group as it would stand in HTTP or `robots.txt`
//! ([`ContentUsage`]); the other keys say what AIPREF cannot. Here are the type and what it amounts to, use by use. How it
//! is written in TOML or JSON is for whoever reads the file.
//!
//! A declaration is a preference: it narrows what a silent license leaves open, and never widens anything.

mod rider_name;

use std::collections::BTreeMap;

use airights_text::{AiUse, Condition, UseValue, add_said};

pub use airights_text::Said;
pub use airights_text::signals::content_usage::{CC_SIGNALS, ContentUsage};
pub use airights_text::signals::draft::{Draft, UnknownDraft};
pub use rider_name::{rider_name, said_by_rider_name};

/// A declaration as it stands in a manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// `vocab`: the draft whose labels `content-usage` uses; `None`: the latest known.
    pub vocab: Option<Draft>,
    /// `content-usage`.
    pub content_usage: Option<ContentUsage>,
    /// `use`: what AIPREF has no label for, or what is said of a use whatever the field says.
    pub uses: BTreeMap<AiUse, UseValue>,
    /// `conditions`: what each conditional value of `use` and `scope` asks for; sorted, each once.
    pub conditions: Vec<Condition>,
    /// `terms`: where the words themselves are.
    pub terms: Option<TermsAt>,
    /// `contact`: whom to ask.
    pub contact: Option<String>,
    /// `scope`: what is said of parts of the package.
    pub scopes: Vec<Scope>,
}

/// Where the words of the terms are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermsAt {
    /// A file of the package, by its path with `/`.
    File(String),
    /// An `https` or `http` address.
    Url(String),
}

impl TermsAt {
    /// An address is one by its scheme; everything else is a path.
    pub fn new(text: &str) -> Self {
        if text.starts_with("https://") || text.starts_with("http://") {
            Self::Url(text.to_owned())
        } else {
            Self::File(text.to_owned())
        }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::File(text) | Self::Url(text) => text,
        }
    }
}

/// A part of a package with terms of its own, such as its assets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// A glob of paths in the package, as in `include`.
    pub path: String,
    /// What is said of each use.
    pub uses: BTreeMap<AiUse, UseValue>,
}

/// What is declared of one use, and under which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredUse {
    /// The key it stands under: `content-usage`, `use.ai-input`, `scope.train-ai`.
    pub key: String,
    /// The use.
    pub ai_use: AiUse,
    /// What is said.
    pub said: Said,
}

/// AI terms whatever the vocabulary they are written in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AiTerms {
    /// What is said of each use.
    pub uses: BTreeMap<AiUse, Said>,
    /// What is said of search (AIPREF `search`), which no policy asks for and every vocabulary carries.
    pub search: UseValue,
    /// Where the words are.
    pub terms: Option<TermsAt>,
    /// Whom to ask.
    pub contact: Option<String>,
}

impl Declaration {
    /// Everything it says, key by key: what a reader has to respect.
    ///
    /// A refusal for a part is one for whoever takes the whole; a permission for a part is none.
    pub fn declared_uses(&self) -> Vec<DeclaredUse> {
        let field = self.content_usage.iter().flat_map(|field| field.uses(self.vocab));
        let field = field.map(|(ai_use, said)| DeclaredUse {
            key: "content-usage".to_owned(),
            ai_use,
            said,
        });
        let uses = self.uses.iter().map(|(&ai_use, &value)| ("use", ai_use, value));
        let scopes = self.scopes.iter().flat_map(|scope| {
            let restricting = scope.uses.iter().filter(|(_, value)| **value != UseValue::Allowed);
            restricting.map(|(&ai_use, &value)| ("scope", ai_use, value))
        });
        let spelled = uses.chain(scopes).filter(|(.., value)| *value != UseValue::Unknown);
        let spelled = spelled.map(|(table, ai_use, value)| DeclaredUse {
            key: format!("{table}.{ai_use}"),
            ai_use,
            said: Said::new(value, &self.conditions),
        });
        field.chain(spelled).collect()
    }

    /// What it amounts to for the whole package, its parts left aside.
    pub fn ai_terms(&self) -> AiTerms {
        self.terms_of(|declared| !declared.key.starts_with("scope."))
    }

    /// What it amounts to for whoever takes the package with all its parts: what is refused for a part counts as well.
    /// This is what may be told of the package where nothing can be told of its parts.
    pub fn ai_terms_with_parts(&self) -> AiTerms {
        self.terms_of(|_| true)
    }

    fn terms_of(&self, counts: impl Fn(&DeclaredUse) -> bool) -> AiTerms {
        let mut uses: BTreeMap<AiUse, Said> = BTreeMap::new();
        for declared in self.declared_uses().into_iter().filter(counts) {
            add_said(&mut uses, declared.ai_use, &declared.said);
        }
        let search = self
            .content_usage
            .as_ref()
            .map_or(UseValue::Unknown, ContentUsage::search);
        AiTerms {
            uses,
            search,
            terms: self.terms.clone(),
            contact: self.contact.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: UseValue, conditions: &[Condition]) -> Said {
        Said::new(value, conditions)
    }

    #[test]
    fn the_most_restrictive_of_what_is_said_wins_and_conditions_add_up() {
        let declaration = Declaration {
            content_usage: ContentUsage::parse("train-ai=n;exceptions=cc-cr, search=y").ok(),
            uses: BTreeMap::from([
                (AiUse::TrainAi, UseValue::Conditional),
                (AiUse::AiInput, UseValue::Allowed),
                (AiUse::TrainOnOutput, UseValue::Unknown),
            ]),
            conditions: vec![Condition::NonCommercial],
            scopes: vec![Scope {
                path: "assets/**".to_owned(),
                uses: BTreeMap::from([
                    (AiUse::AiInput, UseValue::Disallowed),
                    (AiUse::TrainAi, UseValue::Allowed),
                ]),
            }],
            ..Declaration::default()
        };
        let terms = declaration.ai_terms();
        let expected = [
            (
                AiUse::TrainAi,
                said(UseValue::Conditional, &[Condition::Credit, Condition::NonCommercial]),
            ),
            (AiUse::AiInput, said(UseValue::Allowed, &[])),
        ];
        assert_eq!(terms.uses, BTreeMap::from(expected));
        assert_eq!(terms.search, UseValue::Allowed);
        let with_parts = declaration.ai_terms_with_parts();
        assert_eq!(with_parts.uses[&AiUse::TrainAi], terms.uses[&AiUse::TrainAi]);
        assert_eq!(with_parts.uses[&AiUse::AiInput], said(UseValue::Disallowed, &[]));
        let keys: Vec<_> = declaration
            .declared_uses()
            .into_iter()
            .map(|declared| declared.key)
            .collect();
        assert_eq!(
            keys,
            ["content-usage", "use.train-ai", "use.ai-input", "scope.ai-input"]
        );
    }
}
