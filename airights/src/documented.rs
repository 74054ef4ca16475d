//! Rules whose documentation is the opening comment of the file that checks them, so that there is one text.

/// Declares an enum of rules: the id of each, and the file it is documented in.
macro_rules! documented_rules {
    ($(#[$about:meta])* $name:ident in $folder:literal { $($variant:ident = $id:literal in $file:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each rule is documented in its own file; `docs` returns that text")]
        pub enum $name { $($variant,)+ }

        impl $name {
            /// Every rule, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The id, as it stands in policies and reports.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// One sentence: what the rule checks.
            pub fn summary(self) -> String {
                let docs = self.docs();
                docs.lines()
                    .find(|line| !line.is_empty() && !line.starts_with('#'))
                    .unwrap_or_default()
                    .to_owned()
            }

            /// The whole documentation, in Markdown.
            pub fn docs(self) -> String {
                let comment = self.source().lines().map_while(|line| line.strip_prefix("//!"));
                let lines: Vec<&str> = comment.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
                lines.join("\n")
            }

            const fn source(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!($folder, $file)),)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.id())
            }
        }

        impl std::str::FromStr for $name {
            type Err = airights_text::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let mut all = Self::ALL.iter().copied();
                all.find(|rule| rule.id() == text).ok_or(airights_text::UnknownWord)
            }
        }
    };
}

/// Asserts that a rule is documented in the house form.
#[cfg(test)]
#[track_caller]
pub(crate) fn assert_documented(id: &str, docs: &str) {
    let mut headings = docs.lines().filter(|line| line.starts_with('#'));
    assert_eq!(headings.next(), Some(format!("# {id}").as_str()), "the title of {id}");
    let expected = [
        "## What it checks",
        "## Why it matters",
        "## Example",
        "## How to resolve",
    ];
    assert_eq!(headings.collect::<Vec<_>>(), expected, "the headings of {id}");
}
