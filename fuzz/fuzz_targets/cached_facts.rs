//! What a cache file holds, or what somebody put there.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = airights_facts::cache::decode(bytes);
});
