//! Whose token is found, in the order cargo looks for it.

use super::*;

const OURS: &str = "[registries]\nours.index = 'sparse+http://ours.example/'\n";

fn source(index: &str) -> Source {
    Source {
        index: index.to_owned(),
    }
}

fn credentials(lines: &str, environment: &[(&str, &str)]) -> Credentials {
    let config = CargoConfig::parse(&format!("{OURS}{lines}"), environment);
    Credentials::new(&config.unwrap())
}

#[track_caller]
fn check(lines: &str, environment: &[(&str, &str)], expected: Result<&str, &str>) {
    let found = credentials(lines, environment).token(&source("http://ours.example/"), &[]);
    match (found.map(Secret::expose), expected) {
        (Ok(token), Ok(expected)) => assert_eq!(token, expected),
        (Err(error), Err(expected)) => {
            let words = format!("{}; {}", error.in_one_line(), error.hint().unwrap_or_default());
            assert!(words.contains(expected), "{words}");
        }
        (found, _) => panic!("{found:?} is not {expected:?}"),
    }
}

const BY_TOKEN: &str = "[registry]\nglobal-credential-providers = ['cargo:token']\n";

#[test]
fn the_token_of_a_registry_is_found_by_the_address_of_its_index() {
    let file = format!("ours.token = 'of the file'\n{BY_TOKEN}");
    check(&file, &[], Ok("of the file"));
    let variable = ("CARGO_REGISTRIES_OURS_TOKEN", "of the variable");
    check(&file, &[variable], Ok("of the variable"));
    // A name that the environment gives goes before that of the file.
    let renamed = [
        ("CARGO_REGISTRIES_THEIR_S_INDEX", "sparse+http://ours.example"),
        ("CARGO_REGISTRIES_THEIR_S_TOKEN", "of the other name"),
    ];
    check(
        BY_TOKEN,
        &[("CARGO_REGISTRIES_OURS_TOKEN", ""), renamed[0], renamed[1]],
        Err("names of one registry"),
    );
    let elsewhere = format!("ours.index = 'sparse+http://x.example/'\n{BY_TOKEN}");
    let config = CargoConfig::parse(&format!("[registries]\n{elsewhere}"), &renamed).unwrap();
    let found = Credentials::new(&config).token(&source("http://ours.example/"), &[]);
    assert_eq!(found.unwrap().expose(), "of the other name");
}

#[test]
fn crates_io_has_keys_of_its_own() {
    let own = source(tame_index::CRATES_IO_HTTP_INDEX.trim_start_matches("sparse+"));
    let by_variable = credentials(BY_TOKEN, &[("CARGO_REGISTRY_TOKEN", "of the variable")]);
    assert_eq!(by_variable.token(&own, &[]).unwrap().expose(), "of the variable");
    let error = credentials(BY_TOKEN, &[]).token(&own, &[]).unwrap_err();
    assert!(
        error
            .hint()
            .unwrap()
            .ends_with("run `cargo login`, or set `CARGO_REGISTRY_TOKEN`"),
        "{error:?}"
    );
}

#[test]
fn providers_are_asked_as_cargo_asks_them() {
    let token = ("CARGO_REGISTRIES_OURS_TOKEN", "of the variable");
    check("", &[token], Err("names no credential provider"));
    let all = "[registry]\nglobal-credential-providers = ['cargo:token', 'cargo:macos-keychain', 'cargo:wincred', \
        'cargo:libsecret']\n";
    check(all, &[token], Ok("of the variable"));
    check(all, &[], Err("nothing else can ask"));
    let own = format!("ours.credential-provider = 'cargo:paseto'\n{BY_TOKEN}");
    check(&own, &[token], Err("asymmetric tokens are not supported"));
    let of_environment = ("CARGO_REGISTRY_GLOBAL_CREDENTIAL_PROVIDERS", "cargo:paseto");
    check(BY_TOKEN, &[token, of_environment], Err("asymmetric"));
    // An alias cannot take the name of what is built in.
    let aliased = format!("{BY_TOKEN}[credential-alias]\n'cargo:token' = ['cargo:paseto']\nsigned = 'cargo:paseto'\n");
    check(&aliased, &[token], Ok("of the variable"));
    check(
        &aliased,
        &[token, ("CARGO_REGISTRIES_OURS_CREDENTIAL_PROVIDER", "signed")],
        Err("asymmetric"),
    );
    check(
        "[registry]\nglobal-credential-providers = ['./no/such/program']\n",
        &[],
        Err("no/such/program` failed"),
    );
}

#[test]
fn a_registry_without_a_name_has_no_token() {
    let error = credentials(BY_TOKEN, &[])
        .token(&source("http://nobody.example/"), &[])
        .unwrap_err();
    assert!(
        error
            .hint()
            .unwrap()
            .contains("give `sparse+http://nobody.example/` a name"),
        "{error:?}"
    );
}

#[test]
fn a_token_is_held_as_long_as_its_provider_says() {
    let held = |until| Held {
        token: Secret::from("x".to_owned()),
        until,
    };
    assert!(held(None).is_good());
    assert!(held(Some(OffsetDateTime::now_utc() + Duration::hours(1))).is_good());
    assert!(!held(Some(OffsetDateTime::now_utc() + Duration::seconds(5))).is_good());
}
