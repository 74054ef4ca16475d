//! What `declare` has written, or would: the terms, and plainly what each place that says them is.

use std::io::{self, Write};

use airights::UseValue;
use airights::declaration::AiTerms;

use super::Terminal;
use super::escape::visible;

/// Everything that was declared.
pub struct Declared<'a> {
    /// For each package, in the workspace's order.
    pub packages: &'a [DeclaredTerms],
    /// The files that are written, by their paths from the workspace's root.
    pub written: &'a [String],
    /// The files that go.
    pub removed: &'a [String],
    /// Whether nothing was written.
    pub is_check: bool,
}

/// What is declared for a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredTerms {
    /// Its name and version.
    pub package: String,
    /// The terms.
    pub terms: AiTerms,
    /// Where they stand.
    pub carriers: Vec<Carrier>,
}

impl DeclaredTerms {
    /// Whether another package says the same in the same kinds of places.
    fn says_the_same(&self, other: &Self) -> bool {
        let kinds = |of: &Self| {
            of.carriers
                .iter()
                .map(|carrier| carrier.kind.clone())
                .collect::<Vec<_>>()
        };
        self.terms == other.terms && kinds(self) == kinds(other)
    }
}

/// A place that says the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrier {
    /// What it is.
    pub kind: CarrierKind,
    /// Its path from the workspace's root.
    pub path: String,
}

/// What a place that says terms is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CarrierKind {
    /// `[package.metadata.airights]`
    Declaration,
    /// A rider, in an expression like this.
    Rider(String),
    /// A section of a README.
    Readme,
    /// A file for machines that says what is wished for.
    Signal,
    /// A file for machines that reserves text and data mining.
    Reservation,
}

impl CarrierKind {
    /// Its force, in a word.
    fn force(&self) -> &'static str {
        match self {
            Self::Declaration | Self::Readme | Self::Signal => "preference",
            Self::Reservation => "reservation",
            Self::Rider(_) => "license",
        }
    }

    /// What that means for whoever reads it.
    fn meaning(&self) -> String {
        match self {
            Self::Signal => "read by machines that look for it; not binding".to_owned(),
            Self::Reservation => "reserves text and data mining where EU law applies (2019/790, Art. 4(3))".to_owned(),
            Self::Declaration => "read by tools that look for it; not binding".to_owned(),
            Self::Readme => "read by people; not binding".to_owned(),
            Self::Rider(license) => format!(
                "`{}`: a condition of the license, which is then no longer OSI-approved or on the SPDX list",
                visible(license)
            ),
        }
    }
}

/// Writes it. Packages with the same terms in the same kinds of places stand together.
///
/// # Errors
///
/// What the writer says.
pub fn write(declared: &Declared<'_>, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let bold = anstyle::Style::new().bold();
    let mut groups: Vec<Vec<&DeclaredTerms>> = Vec::new();
    for package in declared.packages {
        match groups.iter_mut().find(|group| group[0].says_the_same(package)) {
            Some(group) => group.push(package),
            None => groups.push(vec![package]),
        }
    }
    for packages in &groups {
        let names: Vec<String> = packages
            .iter()
            .map(|package| format!("`{}`", visible(&package.package)))
            .collect();
        let whose = match names.len() {
            0..=3 => names.join(", "),
            many => format!("{} and {} more packages", names[0], many - 1),
        };
        writeln!(
            out,
            "{}: {terms}",
            terminal.paint(bold, &whose),
            terms = in_words(&packages[0].terms)
        )?;
        for carrier in &packages[0].carriers {
            let path = if packages.len() == 1 {
                visible(&carrier.path).into_owned()
            } else {
                let name = carrier.path.rsplit('/').next().unwrap_or(&carrier.path);
                format!("{} of each", visible(name))
            };
            writeln!(out, "  {:<11}  {path}", carrier.kind.force())?;
            writeln!(out, "               {}", carrier.kind.meaning())?;
        }
    }
    let [wrote, removed] = if declared.is_check {
        ["would write", "would remove"]
    } else {
        ["wrote", "removed"]
    };
    if declared.written.is_empty() && declared.removed.is_empty() {
        return writeln!(out, "nothing to change");
    }
    for (verb, files) in [(wrote, declared.written), (removed, declared.removed)] {
        if !files.is_empty() {
            writeln!(out, "{verb} {}", enumerated(files))?;
        }
    }
    Ok(())
}

/// `` `a`, `b` and 5 more files ``
fn enumerated(files: &[String]) -> String {
    let quoted: Vec<String> = files.iter().map(|path| format!("`{}`", visible(path))).collect();
    match quoted.len() {
        0..=6 => quoted.join(", "),
        many => format!("{} and {} more files", quoted[..5].join(", "), many - 5),
    }
}

/// `train-ai disallowed, ai-input conditional (credit)`
fn in_words(terms: &AiTerms) -> String {
    let uses = terms.uses.iter().map(|(ai_use, said)| {
        let conditions: Vec<&str> = said.conditions.iter().map(|condition| condition.as_str()).collect();
        match said.value {
            UseValue::Conditional => format!("{ai_use} {} ({})", said.value, conditions.join(", ")),
            value => format!("{ai_use} {value}"),
        }
    });
    let search = (terms.search != UseValue::Unknown).then(|| format!("search {}", terms.search));
    let all: Vec<String> = uses.chain(search).collect();
    if all.is_empty() {
        "says nothing of AI".to_owned()
    } else {
        all.join(", ")
    }
}

#[cfg(test)]
#[allow(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes its snapshots with hashes, whether they need them or not"
)]
mod tests {
    use airights::declaration::{ContentUsage, Declaration};
    use airights::{AiUse, Condition};
    use expect_test::{Expect, expect};

    use super::*;

    fn terms(usage: &str) -> AiTerms {
        let declaration = Declaration {
            content_usage: ContentUsage::parse(usage).ok(),
            uses: [(AiUse::AiInput, UseValue::Conditional)].into(),
            conditions: vec![Condition::Credit, Condition::Consent],
            ..Declaration::default()
        };
        declaration.ai_terms()
    }

    fn package(name: &str, usage: &str, kinds: &[CarrierKind]) -> DeclaredTerms {
        let carriers = kinds.iter().map(|kind| Carrier {
            kind: kind.clone(),
            path: format!("crates/{name}/FILE"),
        });
        DeclaredTerms {
            package: format!("{name} 1.0.0"),
            terms: terms(usage),
            carriers: carriers.collect(),
        }
    }

    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "`expect!` makes a value to be checked once"
    )]
    fn check(packages: &[DeclaredTerms], written: &[String], removed: &[String], is_check: bool, expected: Expect) {
        let mut out = Vec::new();
        let declared = Declared {
            packages,
            written,
            removed,
            is_check,
        };
        write(&declared, Terminal::PLAIN, &mut out).expect("a vector takes everything");
        expected.assert_eq(&String::from_utf8(out).expect("text"));
    }

    #[test]
    fn each_place_is_told_with_what_it_is() {
        let kinds = [
            CarrierKind::Declaration,
            CarrierKind::Rider("MIT AND LicenseRef-airights-\u{1b}x".to_owned()),
            CarrierKind::Readme,
            CarrierKind::Signal,
            CarrierKind::Reservation,
        ];
        let packages = [package("quill", "train-ai=n, search=y", &kinds)];
        check(
            &packages,
            &["Cargo.toml".to_owned()],
            &["LICENSES/old.txt".to_owned()],
            false,
            expect![[r#"
                `quill 1.0.0`: train-ai disallowed, ai-input conditional (credit, consent), search allowed
                  preference   crates/quill/FILE
                               read by tools that look for it; not binding
                  license      crates/quill/FILE
                               `MIT AND LicenseRef-airights-\u{1b}x`: a condition of the license, which is then no longer OSI-approved or on the SPDX list
                  preference   crates/quill/FILE
                               read by people; not binding
                  preference   crates/quill/FILE
                               read by machines that look for it; not binding
                  reservation  crates/quill/FILE
                               reserves text and data mining where EU law applies (2019/790, Art. 4(3))
                wrote `Cargo.toml`
                removed `LICENSES/old.txt`
            "#]],
        );
    }

    #[test]
    fn packages_that_say_the_same_stand_together() {
        let kinds = [CarrierKind::Declaration];
        let names = ["a", "b", "c", "d"];
        let mut packages: Vec<_> = names.iter().map(|name| package(name, "train-ai=y", &kinds)).collect();
        packages.push(package("e", "train-ai=n", &kinds));
        let written: Vec<String> = (0..8).map(|number| format!("crates/{number}/Cargo.toml")).collect();
        check(
            &packages,
            &written,
            &[],
            true,
            expect![[r#"
                `a 1.0.0` and 3 more packages: train-ai allowed, ai-input conditional (credit, consent)
                  preference   FILE of each
                               read by tools that look for it; not binding
                `e 1.0.0`: train-ai disallowed, ai-input conditional (credit, consent)
                  preference   crates/e/FILE
                               read by tools that look for it; not binding
                would write `crates/0/Cargo.toml`, `crates/1/Cargo.toml`, `crates/2/Cargo.toml`, `crates/3/Cargo.toml`, `crates/4/Cargo.toml` and 3 more files
            "#]],
        );
        check(
            &[],
            &[],
            &[],
            true,
            expect![[r#"
            nothing to change
        "#]],
        );
    }
}
