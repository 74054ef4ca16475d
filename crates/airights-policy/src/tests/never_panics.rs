//! Whatever the bytes, a policy is read or refused; it never ends the program.

use proptest::prelude::*;

use crate::{Severity, parse, parse_deny_toml};

const SEEDS: &[&str] = &[
    "version = 1\nextends = [\"a\"]\n[licenses]\nallow = [\"class:permissive\", \"Unicode-*\", \"GPL-2.0+\"]\n",
    "version = 1\n[ai]\ntrain-ai = { unknown = \"warn\" }\naccept-conditions = [\"credit\"]\n[roles.dev]\nai = {}\n",
    "version = 1\n[[exceptions]]\ncrate = \"a@1\"\nai = [\"train-ai\"]\nreason = \"é\"\nexpires = 2027-06-30\n",
    "version = 1\n[[clarify]]\ncrate = \"a\"\nlicense = \"MIT OR \\u0041GPL-3.0\"\nfiles = [{ path = \"é\", sha256 = \"\" }]\n",
];

/// Holds for any text: it is read in silence or with words, and an `Err` has an error in it.
fn holds(text: &str) {
    let mut reads = 0;
    let result = parse("airights.toml", text, &mut |_| {
        reads += 1;
        if reads % 2 == 0 {
            Ok(text.to_owned())
        } else {
            Err("no".to_owned())
        }
    });
    let is_error = |problem: &crate::PolicyProblem| problem.severity == Severity::Error;
    match result {
        Ok(loaded) => assert!(!loaded.problems.iter().any(is_error)),
        Err(problems) => assert!(problems.iter().any(is_error)),
    }
    let _ = parse_deny_toml("deny.toml", text);
    let _ = crate::baseline::parse("baseline.toml", text);
}

proptest! {
    #[test]
    fn on_any_text(text in any::<String>()) {
        holds(&text);
    }

    #[test]
    fn on_policies_with_a_stretch_replaced(
        seed in 0..SEEDS.len(),
        from in any::<prop::sample::Index>(),
        length in 0..12usize,
        patch in "[\\[\\]{}=\"'#.,\n a-z0-9é*:\\\\-]{0,8}",
    ) {
        let seed: Vec<char> = SEEDS[seed].chars().collect();
        let from = from.index(seed.len());
        let rest = (from + length).min(seed.len());
        let text: String = seed[..from].iter().copied().chain(patch.chars()).chain(seed[rest..].iter().copied()).collect();
        holds(&text);
    }

    #[test]
    fn on_any_value_of_any_key(
        key in "(licenses\\.(allow|deny|prefer|unknown)|ai\\.(train-ai|preferences|accept-conditions)|extends|version|exceptions|clarify|roles|roles\\.dev|lints|graph\\.targets)",
        value in "(true|1|1\\.5|\"[^\"\\\\\\n]{0,12}\"|\\['.{0,6}'\\]|\\[\\{\\}\\]|\\{\\}|2027-01-01|\\[\\[\\]\\])",
    ) {
        holds(&format!("version = 1\n{key} = {value}\n"));
    }
}
