//! The flags that say which packages are shown.

use airights::{AiUse, LicenseClass, UseValue};
use airights_manifest::spelling::{alternatives, nearest, nearest_license};
use airights_report::filter::{Filter, LicenseFilter, UseFilter};
use airights_report::standing::PackageVerdict;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Which packages to show. A flag that is repeated, or has several values, shows what any of them asks for; what
/// different flags ask for has to hold together.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Package Filters")]
pub(crate) struct FilterArgs {
    /// Only crates with this verdict
    #[arg(long, value_delimiter = ',', value_parser = verdict(), value_name = "VERDICT")]
    verdict: Vec<PackageVerdict>,
    /// Only crates that are denied: short for `--verdict denied`
    #[arg(long)]
    denied: bool,
    /// Only crates whose license names this one, as a policy does (`MIT`, `GPL-*`), is this expression, or is `unknown`
    #[arg(long, value_parser = license, value_name = "LICENSE")]
    license: Vec<LicenseFilter>,
    /// Only crates whose chosen license is of this class
    #[arg(long, value_delimiter = ',', value_parser = class(), value_name = "CLASS")]
    class: Vec<LicenseClass>,
    /// Only crates that speak of this AI use, as in `train-ai`, or say this of it, as in `train-ai=disallowed`
    #[arg(long, value_delimiter = ',', value_parser = ai_use, value_name = "USE[=VALUE]")]
    ai: Vec<UseFilter>,
}

impl FilterArgs {
    /// The filter.
    pub(crate) fn filter(&self) -> Filter {
        let denied = self.denied.then_some(PackageVerdict::Denied);
        Filter {
            verdicts: self.verdict.iter().copied().chain(denied).collect(),
            licenses: self.license.clone(),
            classes: self.class.clone(),
            uses: self.ai.clone(),
        }
    }
}

fn verdict() -> impl TypedValueParser<Value = PackageVerdict> {
    PossibleValuesParser::new(PackageVerdict::ALL.map(PackageVerdict::as_str)).map(|name| {
        let mut all = PackageVerdict::ALL.into_iter();
        all.find(|verdict| verdict.as_str() == name)
            .unwrap_or(PackageVerdict::Denied)
    })
}

fn class() -> impl TypedValueParser<Value = LicenseClass> {
    PossibleValuesParser::new(LicenseClass::ALL.iter().map(|class| class.as_str()))
        .map(|name| name.parse().unwrap_or(LicenseClass::Unknown))
}

fn license(text: &str) -> Result<LicenseFilter, String> {
    text.parse()
        .map_err(|error: airights::policy::InvalidPattern| match nearest_license(text) {
            Some(near) => format!("{error}; did you mean `{near}`?"),
            None => error.to_string(),
        })
}

fn ai_use(text: &str) -> Result<UseFilter, String> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    let uses = AiUse::ALL.iter().map(|ai_use| ai_use.as_str());
    let values = UseValue::ALL.iter().map(|value| value.as_str());
    Ok(UseFilter {
        ai_use: name.parse().map_err(|_| not_one_of(name, uses))?,
        value: match value {
            Some(value) => Some(value.parse().map_err(|_| not_one_of(value, values))?),
            None => None,
        },
    })
}

fn not_one_of<'w>(word: &str, words: impl Iterator<Item = &'w str> + Clone) -> String {
    match nearest(word, words.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("`{word}` is not one of {}", alternatives(words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_are_read_with_their_values() {
        let said = |ai_use, value| Ok(UseFilter { ai_use, value });
        assert_eq!(ai_use("train-ai"), said(AiUse::TrainAi, None));
        assert_eq!(
            ai_use("ai-input=disallowed"),
            said(AiUse::AiInput, Some(UseValue::Disallowed))
        );
        assert_eq!(ai_use("ai-train"), Err("did you mean `train-ai`?".to_owned()));
        assert!(ai_use("train-ai=perhaps").is_err());
    }

    #[test]
    fn a_mistyped_license_is_named() {
        let error = license("Apache2.0").unwrap_err();
        assert!(error.ends_with("did you mean `Apache-2.0`?"), "{error}");
    }
}
