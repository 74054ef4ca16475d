//! A small database dump in the layout that crates.io publishes.

use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

/// A crate of a dump.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) name: &'a str,
    pub(crate) description: &'a str,
    pub(crate) keywords: &'a [&'a str],
    pub(crate) dependencies: &'a [&'a str],
}

/// The tables in the order of the alphabet, one of which nobody needs.
pub(crate) const TABLES: [&str; 10] = [
    "categories",
    "crate_downloads",
    "crates",
    "crates_categories",
    "crates_keywords",
    "default_versions",
    "dependencies",
    "keywords",
    "metadata",
    "versions",
];

/// Writes a dump of these crates, with the tables in this order.
pub(crate) fn write(path: &Path, rows: &[Row<'_>], tables: &[&str]) {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for table in tables {
        let text = text_of(table, rows);
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        let path = format!("2026-11-25-020015/data/{table}.csv");
        archive
            .append_data(&mut header, path, text.as_bytes())
            .expect("an archive in memory");
    }
    let bytes = archive
        .into_inner()
        .and_then(GzEncoder::finish)
        .expect("an archive in memory");
    std::fs::write(path, bytes).expect("a file in a temporary directory");
}

/// Crates have the numbers 1, 2, …; each has an old version 100 + that number and a default version 200 + it.
fn text_of(table: &str, rows: &[Row<'_>]) -> String {
    let id_of = |name: &str| {
        1 + rows
            .iter()
            .position(|row| row.name == name)
            .expect("a crate of the dump")
    };
    let each = |line: &dyn Fn(usize, &Row<'_>) -> String| -> String {
        (1..).zip(rows).map(|(id, row)| line(id, row)).collect()
    };
    // Keywords are numbered by crate, so that one word may have several numbers.
    let keywords = |line: &dyn Fn(usize, usize, &str) -> String| {
        each(&|id, row| {
            (id * 10..)
                .zip(row.keywords)
                .map(|(keyword, word)| line(id, keyword, word))
                .collect()
        })
    };
    match table {
        "categories" => "category,crates_cnt,id\nText processing,3,1\n".to_owned(),
        "crate_downloads" => "crate_id,downloads\n".to_owned() + &each(&|id, _| format!("{id},{}\n", id * 1000)),
        "crates" => {
            "created_at,description,id,name,readme\n".to_owned()
                + &each(&|id, row| format!("2020-01-01,\"{}\",{id},{},\"# read\nme\"\n", row.description, row.name))
        }
        "crates_categories" => "category_id,crate_id\n".to_owned() + &each(&|id, _| format!("1,{id}\n")),
        "crates_keywords" => {
            "crate_id,keyword_id\n".to_owned() + &keywords(&|id, keyword, _| format!("{id},{keyword}\n"))
        }
        "default_versions" => {
            "crate_id,num_versions,version_id\n".to_owned() + &each(&|id, _| format!("{id},2,{}\n", 200 + id))
        }
        "dependencies" => {
            let line = |id: usize, row: &Row<'_>| {
                let now = row
                    .dependencies
                    .iter()
                    .map(|name| format!("{},0,{}\n", id_of(name), 200 + id));
                // What the old version depended on, and what only tests need, says nothing of today.
                let then = format!("1,0,{}\n1,2,{}\n", 100 + id, 200 + id);
                now.collect::<String>() + &then
            };
            "crate_id,kind,version_id\n".to_owned() + &each(&line)
        }
        "keywords" => {
            "crates_cnt,id,keyword\n".to_owned() + &keywords(&|_, keyword, word| format!("1,{keyword},{word}\n"))
        }
        "versions" => {
            let line = |id: usize, _: &Row<'_>| {
                let (old, new) = (100 + id, 200 + id);
                format!("2020-01-01 10:00:00,{old},0.1.0\n2026-02-03 10:00:00.5,{new},1.0.0\n")
            };
            "created_at,id,num\n".to_owned() + &each(&line)
        }
        _ => "total_downloads\n1\n".to_owned(),
    }
}
