//! The catalog is made from a dump, whole or not at all, and says so.

pub(crate) mod dump;

use self::dump::{Row, TABLES, write};
use crate::support::Workspace;

const ROWS: [Row<'_>; 2] = [
    Row {
        name: "scanner",
        description: "Reads tokens, \"\"fast\"\"",
        keywords: &["lexer"],
        dependencies: &["tokens"],
    },
    Row {
        name: "tokens",
        description: "Tokens of texts",
        keywords: &["lexer", "token"],
        dependencies: &[],
    },
];

#[test]
fn a_dump_becomes_a_catalog_in_whatever_order_its_tables_come() {
    let mut backwards = TABLES;
    backwards.reverse();
    let mut made = Vec::new();
    for tables in [TABLES, backwards] {
        let story = Workspace::empty(None);
        let dump = story.root().join("db-dump.tar.gz");
        write(&dump, &ROWS, &tables);
        let outcome = story.run(&["catalog", "update", "--from", "db-dump.tar.gz"]);
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        assert!(outcome.out.starts_with("2 crates are in the catalog `"), "{outcome:?}");
        made.push(std::fs::read(story.cache().join("catalog")).expect("the catalog"));
    }
    assert_eq!(made[0], made[1]);
}

#[test]
fn without_a_dump_it_says_where_to_get_one() {
    let story = Workspace::empty(None);
    let outcome = story.run(&["catalog", "update"]);
    assert_eq!((outcome.code, &*outcome.out), (Some(2), ""));
    assert!(outcome.err.contains("there is no dump"), "{outcome:?}");
    assert!(outcome.err.contains("--from"), "{outcome:?}");
}

#[test]
fn what_is_no_dump_leaves_the_catalog_as_it_was() {
    let story = Workspace::empty(None);
    let dump = story.root().join("db-dump.tar.gz");
    write(&dump, &ROWS, &TABLES);
    let update = || story.run(&["catalog", "update", "--from", "db-dump.tar.gz"]);
    assert_eq!(update().code, Some(0));
    let before = std::fs::read(story.cache().join("catalog")).expect("the catalog");
    let whole = std::fs::read(&dump).expect("the dump");
    let mut broken: Vec<(Vec<u8>, &str)> = vec![
        (whole[..whole.len() / 2].to_vec(), "cannot read"),
        (b"no archive".to_vec(), "cannot read"),
    ];
    write(&dump, &ROWS, &TABLES[..5]);
    broken.push((
        std::fs::read(&dump).expect("the dump"),
        "it has no `data/default_versions.csv`",
    ));
    for (bytes, expected) in broken {
        std::fs::write(&dump, bytes).expect("a file in a temporary directory");
        let outcome = update();
        assert_eq!((outcome.code, &*outcome.out), (Some(2), ""), "{outcome:?}");
        assert!(outcome.err.contains(expected), "{outcome:?}");
        assert_eq!(
            std::fs::read(story.cache().join("catalog")).expect("the catalog"),
            before
        );
    }
}

#[cfg(unix)]
#[test]
fn a_disk_without_room_leaves_the_catalog_as_it_was() {
    let story = Workspace::empty(None);
    let dump = story.root().join("db-dump.tar.gz");
    write(&dump, &ROWS, &TABLES);
    let arguments = ["catalog", "update", "--from", "db-dump.tar.gz"];
    assert_eq!(story.run(&arguments).code, Some(0));
    let before = std::fs::read(story.cache().join("catalog")).expect("the catalog");
    let names: Vec<String> = (0..100).map(|number| format!("part{number}")).collect();
    let rows: Vec<Row<'_>> = names.iter().map(|name| Row { name, ..ROWS[1] }).collect();
    write(&dump, &rows, &TABLES);
    let outcome = story.run_with_room_for(512, &arguments);
    assert_eq!((outcome.code, &*outcome.out), (Some(2), ""), "{outcome:?}");
    assert!(
        outcome.err.contains("cannot write") && outcome.err.contains("File too large"),
        "{outcome:?}"
    );
    let files = std::fs::read_dir(story.cache()).expect("the cache").count();
    assert_eq!(files, 1, "half a catalog was left");
    assert_eq!(
        std::fs::read(story.cache().join("catalog")).expect("the catalog"),
        before
    );
}
