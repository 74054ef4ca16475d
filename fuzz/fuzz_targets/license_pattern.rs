//! A licence, family or class as a policy names it, and the other small words of a policy.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = text.parse::<airights::policy::LicensePattern>();
    let _ = text.parse::<airights::policy::CrateSpec>();
});
