//! Cargo's configuration, with all that is asked of it before anybody is asked over the network.

#![no_main]

use airights_registry::{CargoConfig, Client, Registries, UpstreamOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let variables = [("CARGO_REGISTRIES_B_INDEX", "sparse+http://b.example/")];
    let Ok(config) = CargoConfig::parse(text, &variables) else {
        return;
    };
    if let Ok(source) = config.crates_io() {
        assert!(source.index.ends_with('/'));
    }
    let _ = (config.http_timeout(), config.is_offline());
    // The certificates of `http.cainfo` would be read from the disk.
    if config.text(&["http", "cainfo"]).is_none() && Client::new(&config).is_ok() {
        let locked = ["sparse+http://a.example/", "registry+https://c.example/git", "nonsense"];
        let registries = Registries::of(&config, locked.into_iter(), &UpstreamOptions::default());
        let _ = registries.map(|registries| registries.can_be_asked(locked[0]));
    }
});
