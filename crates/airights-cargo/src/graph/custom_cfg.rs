//! Conditions of dependencies that only the user's own `--cfg` flags fulfill, such as `cfg(tokio_unstable)`.
//!
//! Cargo learns of these flags from the compiler. Here they are not evaluated: where flags may be set, each such condition
//! is taken for fulfilled, since what is left out of a graph is not judged.

use airights_store::{most, read_to_string};
use serde_json::Value;

use super::ResolveOptions;
use super::surroundings::Surroundings;

/// What cargo can be told of the compiler's flags in its configuration, and what brings in more of that.
const SPEAKS_OF_CFG: [&str; 2] = ["--cfg", "include"];

/// What conditions are made of where they ask for nothing but the target.
const OF_THE_TARGET: [&str; 9] = [
    "all",
    "any",
    "cfg",
    "debug_assertions",
    "not",
    "panic",
    "proc_macro",
    "unix",
    "windows",
];

/// Whether flags may be set that fulfill such conditions. For every target each is fulfilled anyway.
pub(super) fn may_be_set(options: &ResolveOptions, surroundings: &Surroundings) -> bool {
    if options.targets.is_empty() {
        return false;
    }
    let variables = surroundings.variables.iter();
    let mut flags = variables.filter(|(name, _)| name.to_string_lossy().ends_with("RUSTFLAGS"));
    let mut texts = surroundings
        .configuration_files()
        .filter_map(|file| read_to_string(&file, most::CONFIGURATION).ok());
    flags.any(|(_, flags)| flags.to_string_lossy().contains("--cfg"))
        || texts.any(|text| SPEAKS_OF_CFG.iter().any(|word| text.contains(word)))
}

/// Takes such conditions from dependencies, wherever the metadata has them.
pub(super) fn fulfill(metadata: &mut Value) {
    match metadata {
        Value::Array(values) => values.iter_mut().for_each(fulfill),
        Value::Object(entries) => {
            for (key, value) in entries {
                if key == "target" && value.as_str().is_some_and(is_custom) {
                    *value = Value::Null;
                } else {
                    fulfill(value);
                }
            }
        }
        _ => {}
    }
}

/// Whether a condition asks for more than the target.
fn is_custom(condition: &str) -> bool {
    // A triple has no parentheses; what stands in quotes is a value.
    let keys = condition.split('"').step_by(2);
    let mut words = keys.flat_map(|keys| keys.split(|char: char| char != '_' && !char.is_alphanumeric()));
    condition.starts_with("cfg(")
        && words.any(|word| !word.is_empty() && !word.starts_with("target_") && !OF_THE_TARGET.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_custom;
    use crate::graph::fixture::{Fixture, roles};

    #[test]
    fn custom_conditions_are_known_from_those_of_targets() {
        for condition in [
            "x86_64-unknown-linux-gnu",
            "cfg(unix)",
            "cfg(all(not(windows), any(target_os = \"linux\", target_feature=\"sse2\")))",
        ] {
            assert!(!is_custom(condition), "{condition}");
        }
        for condition in [
            "cfg(loom)",
            "cfg(all(unix, not(loom)))",
            "cfg(backend = \"unix\")",
            "cfg(any(target_os = \"linux\", backend=\"a\"))",
        ] {
            assert!(is_custom(condition), "{condition}");
        }
    }

    #[test]
    fn what_the_users_flags_may_turn_on_is_there() {
        let fixture = || {
            let mut fixture = Fixture::new(
                "=== Cargo.toml
[package]
name = 'app'
[target.'cfg(backend = \"own\")'.dependencies]
custom = { path = '../custom' }
[target.'cfg(windows)'.dependencies]
win = { path = '../win' }
=== ../custom/Cargo.toml
[package]
name = 'custom'
=== ../win/Cargo.toml
[package]
name = 'win'
",
            );
            fixture.options.targets = vec!["x86_64-unknown-linux-gnu".to_owned()];
            fixture
        };
        let check = |fixture: &Fixture, expected: &[&str]| {
            assert_eq!(roles(&fixture.resolve().unwrap()), expected);
        };
        let with = ["app 0.0.0: member", "custom 0.0.0: shipped"];
        check(&fixture(), &with[..1]);
        let mut flags = fixture();
        let variables = &mut flags.surroundings.variables;
        variables.insert("RUSTFLAGS".into(), "--cfg backend=\"own\"".into());
        check(&flags, &with);
        let configured = fixture();
        configured.write(
            ".cargo/config.toml",
            "[build]\nrustflags = ['--cfg', 'backend=\"own\"']\n",
        );
        check(&configured, &with);
    }
}
