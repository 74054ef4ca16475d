//! What a cache file holds, or what somebody put there.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = cargo_airights::gather::facts::cache::decode(bytes);
});
