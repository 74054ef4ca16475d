//! The first policy of a workspace, written from what its dependency graph holds today.
//!
//! It allows what the policy allows that judged so far. What a person must decide stands there as a comment, beside the packages
//! that wait for it, so that the first `check` passes or shows just that. All text comes from packages of strangers, so
//! none of it is written without being escaped.

mod carried;
mod licenses;
mod stubs;

use std::fmt::Write;

use airights::facts::Force;
use airights::policy::{BoundFile, PerUse};
use airights::{AiUse, Condition, Entry, LicenseClass, Policy, Roles, UseValue};

/// What is in a dependency graph, and what was said of it before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    /// The dependencies, in the graph's order.
    pub packages: Vec<InventoryPackage>,
    /// What was resolved.
    pub graph: GraphChoice,
    /// The policy of another tool that judged so far, to be carried over.
    pub carried: Option<Policy>,
    /// Its clarifications that fit a package, each as an entry of ours.
    pub clarified: Vec<Entry>,
}

/// What was resolved, in the words of cargo's own flags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphChoice {
    /// `--all-features`
    pub all_features: bool,
    /// `--no-default-features`
    pub no_default_features: bool,
    /// `--features`
    pub features: Vec<String>,
    /// Target triples; empty: every target.
    pub targets: Vec<String>,
    /// What the policy leaves out of the graph.
    pub exclude: Vec<String>,
    /// `--exclude-unpublished`
    pub exclude_unpublished: bool,
}

/// One package of an [`Inventory`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InventoryPackage {
    /// Its name.
    pub name: String,
    /// Its exact version.
    pub version: String,
    /// Why it is in the graph.
    pub roles: Roles,
    /// The SPDX expression that counts; `None`: unknown.
    pub expression: Option<String>,
    /// The terms of the expression.
    pub terms: Vec<LicenseTerm>,
    /// Whether the policy that is carried over lets it have its license.
    pub is_settled: bool,
    /// What it says of AI uses.
    pub ai: PerUse<AiTerms>,
    /// The texts a person would have to read where the license is unknown.
    pub texts: Vec<BoundFile>,
}

/// One term of an SPDX expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LicenseTerm {
    /// As it stands in the expression: `MIT`, `Apache-2.0 WITH LLVM-exception`.
    pub license: String,
    /// Its class.
    pub class: LicenseClass,
}

/// What a package says of one AI use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AiTerms {
    /// The most restrictive thing said.
    pub value: UseValue,
    /// What a conditional value asks for.
    pub conditions: Vec<Condition>,
    /// How strongly it binds; `None` where nothing was said.
    pub force: Option<Force>,
}

/// Writes an `airights.toml` with comments. It is a valid policy as it stands.
pub fn initial_policy(inventory: &Inventory) -> String {
    let packages = &inventory.packages;
    let mut text = format!(
        "\
# The policy of this workspace: which licenses and AI terms it accepts in its dependencies.
#
# `cargo airights init` wrote it from the {} in the graph today. It allows what {} allows.
# Lines that begin with `#` and look like settings wait for a decision: take the `#` away to agree.

version = 1
",
        counted(packages.len(), "package"),
        carried::name(inventory.carried.as_ref())
    );
    graph_section(&mut text, &inventory.graph);
    licenses::section(&mut text, inventory);
    ai_section(&mut text, packages);
    if let Some(policy) = &inventory.carried {
        carried::sections(&mut text, policy, &inventory.clarified);
    }
    stubs::exceptions(&mut text, inventory);
    stubs::clarifications(&mut text, packages);
    stubs::samples(&mut text, inventory);
    text
}

fn graph_section(text: &mut String, graph: &GraphChoice) {
    if *graph == GraphChoice::default() {
        return;
    }
    text.push_str("\n[graph]\n");
    for (key, is_set) in [
        ("all-features", graph.all_features),
        ("no-default-features", graph.no_default_features),
        ("exclude-unpublished", graph.exclude_unpublished),
    ] {
        if is_set {
            let _ = writeln!(text, "{key} = true");
        }
    }
    for (key, words) in [
        ("features", &graph.features),
        ("targets", &graph.targets),
        ("exclude", &graph.exclude),
    ] {
        if !words.is_empty() {
            let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            let _ = writeln!(text, "{key} = [{}]", words.join(", "));
        }
    }
}

fn ai_section(text: &mut String, packages: &[InventoryPackage]) {
    text.push_str(
        "
[ai]
# What your project does with its dependencies, beyond building and running them:
#   \"respect\"  you do this: a refusal is denied, an unmet condition is warned of, silence passes
#   \"ignore\"   you do not do this
#   \"require\"  you do this, and only an explicit permission passes
",
    );
    for &ai_use in AiUse::ALL {
        let _ = writeln!(text, "\n# {}", question(ai_use));
        for value in [UseValue::Disallowed, UseValue::Conditional] {
            let those: Vec<&InventoryPackage> = packages
                .iter()
                .filter(|package| package.ai[ai_use].value == value)
                .collect();
            if !those.is_empty() {
                let _ = writeln!(
                    text,
                    "# {value}: {}",
                    some_of(&those, |package| with_force(package, ai_use))
                );
            }
        }
        let _ = writeln!(text, "{ai_use} = \"respect\"");
    }
    let all_terms = packages
        .iter()
        .flat_map(|package| package.ai.iter().map(|(_, terms)| terms));
    let mut conditions: Vec<Condition> = all_terms.flat_map(|terms| terms.conditions.iter().copied()).collect();
    conditions.sort();
    conditions.dedup();
    if !conditions.is_empty() {
        let names: Vec<String> = conditions.iter().map(|condition| quoted(condition.as_str())).collect();
        let _ = writeln!(text, "\n# The conditions that packages ask for. Keep those you meet.");
        let _ = writeln!(text, "# accept-conditions = [{}]", names.join(", "));
    }
}

fn question(ai_use: AiUse) -> &'static str {
    match ai_use {
        AiUse::TrainAi => "You train, fine-tune or evaluate models on their source, docs or assets.",
        AiUse::AiInput => "You feed them to models as input: retrieval, embeddings, an assistant's context.",
        AiUse::UseRestrictions => "You run them for purposes of your own choice.",
        AiUse::TrainOnOutput => "You train models on what they put out.",
    }
}

fn with_force(package: &InventoryPackage, ai_use: AiUse) -> String {
    match package.ai[ai_use].force {
        Some(Force::License) | None => named(package),
        Some(force) => format!("{} ({force})", named(package)),
    }
}

/// `name version`, fit for a comment.
fn named(package: &InventoryPackage) -> String {
    escaped(&format!("{} {}", package.name, package.version))
}

/// So many packages are named one by one before the rest is only counted.
const NAMED: usize = 4;

fn some_of<'p>(packages: &[&'p InventoryPackage], name: impl Fn(&'p InventoryPackage) -> String) -> String {
    let shown = if packages.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
    let names: Vec<String> = packages.iter().take(shown).map(|&package| name(package)).collect();
    match packages.len().saturating_sub(shown) {
        0 => names.join(", "),
        rest => format!("{} and {rest} more", names.join(", ")),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}

/// A TOML string.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(&text.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Text without anything that ends a line or plays tricks on who reads it, as TOML escapes it.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        let turns_direction =
            matches!(character, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let ends_line = matches!(character, '\u{2028}' | '\u{2029}');
        if character.is_control() || turns_direction || ends_line {
            let _ = write!(escaped, "\\u{:04X}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}
