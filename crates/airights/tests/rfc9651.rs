//! The `content-usage` field against RFC 9651's own test vectors: every dictionary of the working group's
//! structured-field-tests, as what is received and what it is written as again, or that it has to fail.
//!
//! The vectors are theirs and stand beside their license in `structured-field-tests/`.

use airights::declaration::ContentUsage;

const DICTIONARIES: &str = include_str!("structured-field-tests/dictionaries.jsonl");

#[test]
fn every_dictionary_of_the_test_vectors_is_read_and_written_as_they_say() {
    let mut read = 0;
    let mut refused = 0;
    for line in DICTIONARIES.lines() {
        let (received, canonical): (String, Option<String>) = serde_json::from_str(line).expect("a test vector");
        match (ContentUsage::parse(&received), canonical) {
            (Ok(usage), Some(canonical)) => {
                assert_eq!(usage.to_string(), canonical, "{received:?}");
                read += 1;
            }
            (Err(_), None) => refused += 1,
            (Ok(usage), None) => panic!("{received:?} was read as {usage}"),
            (Err(error), Some(_)) => panic!("{received:?}: {error}"),
        }
    }
    assert_eq!(read + refused, DICTIONARIES.lines().count());
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused");
}
