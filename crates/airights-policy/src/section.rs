//! `[licenses]` and `[ai]`, at the top of a policy and under `[roles.*]`.
//!
//! A table as one file writes it says only some things; [`SectionFile::apply_to`] lays it over what held before, so
//! that an extended policy, the file itself and a role's section are one after another the same operation.

use airights::policy::{
    AiSection, Allowance, Levels, LicensePattern, LicenseSection, PerUse, PolicyPlace, Section, UseLevels,
};
use airights::{AiUse, Condition, Level, Rule};

use super::pattern::patterns;
use super::problem::PolicyProblem;
use super::table::{Table, parse_word, type_name};

pub(super) const LEVELS: &[&str] = &["allow", "warn", "deny"];

/// The keys of `[licenses]`.
pub(super) fn licenses_keys() -> Vec<&'static str> {
    let own = ["allow", "allow-bundled", "deny", "prefer"];
    own.into_iter().chain(level_keys("licenses")).collect()
}

/// The keys of `[ai]`.
pub(super) fn ai_keys() -> Vec<&'static str> {
    let uses = AiUse::ALL.iter().map(|ai_use| ai_use.as_str());
    let own = ["accept-conditions", "preferences"];
    uses.chain(own).chain(level_keys("ai")).collect()
}

/// The keys of a table that set the level of a rule.
pub(super) fn level_keys(table: &str) -> impl Iterator<Item = &'static str> {
    Rule::set_in(table).map(|(_, key)| key)
}

pub(super) const USE_LEVELS_KEYS: &[&str] = &["disallowed", "conditional", "unknown"];

/// What one file says in one section.
#[derive(Debug, Default)]
pub(super) struct SectionFile {
    licenses: LicensesFile,
    ai: AiFile,
    levels: Levels,
}

/// `[licenses]`, as far as the file says something.
#[derive(Debug, Default)]
struct LicensesFile {
    allow: Option<Vec<Allowance>>,
    allow_at: PolicyPlace,
    deny: Option<Vec<Allowance>>,
    allow_bundled: Option<Vec<LicensePattern>>,
    prefer: Option<Vec<LicensePattern>>,
}

/// `[ai]`, as far as the file says something.
#[derive(Debug, Default)]
struct AiFile {
    uses: PerUse<Option<(UseLevels, PolicyPlace)>>,
    accept_conditions: Option<Vec<Condition>>,
    preferences: Option<Level>,
}

impl SectionFile {
    /// Reads `licenses` and `ai` of the table that holds them; its other keys are the caller's.
    pub(super) fn read(table: &Table<'_>) -> Self {
        let licenses = table.table("licenses").map(|table| table.only(&licenses_keys()));
        let ai = table.table("ai").map(|table| table.only(&ai_keys()));
        let mut both = Levels::default();
        for (table, name) in [(&licenses, "licenses"), (&ai, "ai")] {
            if let Some(table) = table {
                both.extend(&levels(table, name));
            }
        }
        Self {
            licenses: licenses.as_ref().map(LicensesFile::read).unwrap_or_default(),
            ai: ai.as_ref().map(AiFile::read).unwrap_or_default(),
            levels: both,
        }
    }

    /// Whether the file says which licenses are allowed or denied.
    pub(super) fn judges_licenses(&self) -> bool {
        self.licenses.allow.is_some() || self.licenses.deny.is_some()
    }

    /// Lays what the file says over what held before.
    pub(super) fn apply_to(&self, section: &mut Section) {
        self.licenses.apply_to(&mut section.licenses);
        self.ai.apply_to(&mut section.ai);
        section.levels.extend(&self.levels);
    }
}

impl LicensesFile {
    fn read(table: &Table<'_>) -> Self {
        let allowances = |key: &str| {
            let patterns = patterns(table, key)?.into_iter();
            let place = |span| Some(table.source.excerpt(span));
            let allowances = patterns.map(|placed| Allowance {
                pattern: placed.value,
                at: place(placed.span),
            });
            Some(allowances.collect())
        };
        let listed = |key: &str| Some(patterns(table, key)?.into_iter().map(|placed| placed.value).collect());
        Self {
            allow: allowances("allow"),
            allow_at: table.key_span("allow").map(|span| table.source.excerpt(span)),
            deny: allowances("deny"),
            allow_bundled: listed("allow-bundled"),
            prefer: listed("prefer"),
        }
    }

    fn apply_to(&self, section: &mut LicenseSection) {
        if let Some(allow) = &self.allow {
            section.allow.clone_from(allow);
            section.allow_at.clone_from(&self.allow_at);
        }
        set(&mut section.deny, self.deny.as_ref());
        set(&mut section.allow_bundled, self.allow_bundled.as_ref());
        set(&mut section.prefer, self.prefer.as_ref());
    }
}

impl AiFile {
    fn read(table: &Table<'_>) -> Self {
        Self {
            uses: PerUse::from_fn(|ai_use| use_levels(table, ai_use)),
            accept_conditions: conditions(table),
            preferences: table
                .word::<PreferenceLevel>("preferences", "level", &["deny", "warn", "ignore"])
                .map(|level| level.0),
        }
    }

    fn apply_to(&self, section: &mut AiSection) {
        for (ai_use, said) in self.uses.iter() {
            if let Some((levels, place)) = said {
                section.uses[ai_use] = *levels;
                section.places[ai_use].clone_from(place);
            }
        }
        if let Some(conditions) = &self.accept_conditions {
            section.accept_conditions = conditions.iter().copied().collect();
        }
        set(&mut section.preferences, self.preferences.as_ref());
    }
}

fn set<T: Clone>(target: &mut T, said: Option<&T>) {
    if let Some(value) = said {
        target.clone_from(value);
    }
}

/// The levels that a table sets for rules.
pub(super) fn levels(table: &Table<'_>, name: &str) -> Levels {
    let mut levels = Levels::default();
    for (rule, key) in Rule::set_in(name) {
        if let Some(level) = level(table, key) {
            let place = table.key_span(key).map(|span| table.source.excerpt(span));
            levels.set_at(rule, level, place);
        }
    }
    levels
}

/// `"allow"`, `"warn"` or `"deny"`.
fn level(table: &Table<'_>, key: &str) -> Option<Level> {
    table.word(key, "level", LEVELS)
}

fn conditions(table: &Table<'_>) -> Option<Vec<Condition>> {
    let words: Vec<&str> = Condition::ALL.iter().map(|condition| condition.as_str()).collect();
    let listed = table.strings("accept-conditions")?;
    let known = listed
        .iter()
        .filter_map(|string| parse_word(table.source, string, "condition", &words));
    Some(known.collect())
}

/// `"respect"`, `"ignore"`, `"require"`, or a table of levels in which what is left out is as in `"respect"`.
fn use_levels(table: &Table<'_>, ai_use: AiUse) -> Option<(UseLevels, PolicyPlace)> {
    let key = ai_use.as_str();
    let value = table.value(key)?;
    let levels = if value.get_ref().is_str() {
        table
            .word::<Shorthand>(key, "stance", &["respect", "ignore", "require"])?
            .0
    } else if value.get_ref().is_table() {
        let levels = table.table(key)?.only(USE_LEVELS_KEYS);
        let or = |key, default| level(&levels, key).unwrap_or(default);
        UseLevels {
            disallowed: or("disallowed", UseLevels::RESPECT.disallowed),
            conditional: or("conditional", UseLevels::RESPECT.conditional),
            unknown: or("unknown", UseLevels::RESPECT.unknown),
        }
    } else {
        let expected = "`\"respect\"`, `\"ignore\"`, `\"require\"` or a table of levels";
        let problem = PolicyProblem::error(format!("`{key}` must be {expected}"));
        let label = format!("this is {}", type_name(value.get_ref()));
        table.source.report(value.span(), problem.label(label));
        return None;
    };
    let key_span = table.key_span(key)?;
    let span = if value.get_ref().is_str() {
        value.span()
    } else {
        key_span
    };
    Some((levels, Some(table.source.excerpt(span))))
}

struct Shorthand(UseLevels);

impl std::str::FromStr for Shorthand {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "respect" => Ok(Self(UseLevels::RESPECT)),
            "ignore" => Ok(Self(UseLevels::IGNORE)),
            "require" => Ok(Self(UseLevels::REQUIRE)),
            _ => Err(()),
        }
    }
}

/// A preference is ignored rather than allowed, so the word for [`Level::Allow`] is another here.
struct PreferenceLevel(Level);

impl std::str::FromStr for PreferenceLevel {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "deny" => Ok(Self(Level::Deny)),
            "warn" => Ok(Self(Level::Warn)),
            "ignore" => Ok(Self(Level::Allow)),
            _ => Err(()),
        }
    }
}
