//! A crates.io database dump, read as it streams by: of each table the columns that matter, and nothing unpacked.
//!
//! Of the two large tables only the rows of each crate's default version matter. They can be told once the table of
//! default versions was read; where it comes later in the archive, the archive is read once more.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt;
use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder};
use flate2::read::MultiGzDecoder;
use tar::Archive;

use super::{Catalog, Described, Figures};

/// Why a dump cannot be read.
#[derive(Debug)]
pub enum DumpError {
    /// It cannot be opened or unpacked.
    Io(io::Error),
    /// A table is not there.
    NoTable(&'static str),
    /// A table is not what it should be.
    Table {
        /// Which.
        table: &'static str,
        /// What is wrong.
        reason: String,
    },
}

impl fmt::Display for DumpError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(formatter),
            Self::NoTable(table) => write!(formatter, "it has no `data/{table}.csv`"),
            Self::Table { table, reason } => write!(formatter, "`data/{table}.csv`: {reason}"),
        }
    }
}

impl std::error::Error for DumpError {}

/// The tables that are read, with the columns of each.
const TABLES: [(&str, &[&str]); 9] = [
    ("default_versions", &["crate_id", "version_id"]),
    ("crates", &["id", "name", "description"]),
    ("crate_downloads", &["crate_id", "downloads"]),
    ("keywords", &["id", "keyword"]),
    ("crates_keywords", &["crate_id", "keyword_id"]),
    ("categories", &["id", "category"]),
    ("crates_categories", &["crate_id", "category_id"]),
    ("versions", &["id", "created_at"]),
    ("dependencies", &["version_id", "crate_id", "kind"]),
];

/// Those of which only rows of default versions matter.
const LARGE: [&str; 2] = ["versions", "dependencies"];

/// What `kind` says of a dependency that only tests have.
const DEV: &[u8] = b"2";

/// Reads a dump, `db-dump.tar.gz` as crates.io publishes it, into a catalog. It may have to be opened twice.
///
/// # Errors
///
/// Where it cannot be opened, or is no such dump.
pub fn read_dump<Stream: Read>(mut open: impl FnMut() -> io::Result<Stream>) -> Result<Catalog, DumpError> {
    let mut dump = Dump::default();
    let mut missing: BTreeSet<&'static str> = TABLES.iter().map(|(table, _)| *table).collect();
    for _ in 0..2 {
        if !missing.is_empty() {
            dump.read(open().map_err(DumpError::Io)?, &mut missing)?;
        }
    }
    match missing.pop_first() {
        Some(table) => Err(DumpError::NoTable(table)),
        None => Ok(Catalog::of(dump.described())),
    }
}

/// What was read so far, by the numbers the dump gives to things.
#[derive(Debug, Default)]
struct Dump {
    default_versions: HashMap<u64, u64>,
    crates: HashMap<u64, (String, String)>,
    downloads: HashMap<u64, u64>,
    keywords: HashMap<u64, String>,
    keywords_of: HashMap<u64, Vec<u64>>,
    categories: HashMap<u64, String>,
    categories_of: HashMap<u64, Vec<u64>>,
    published: HashMap<u64, String>,
    dependencies: HashMap<u64, HashSet<u64>>,
}

impl Dump {
    /// Reads those tables that are missing and whose turn it is, and strikes them off.
    fn read(&mut self, dump: impl Read, missing: &mut BTreeSet<&'static str>) -> Result<(), DumpError> {
        let mut archive = Archive::new(MultiGzDecoder::new(dump));
        for entry in archive.entries().map_err(DumpError::Io)? {
            if missing.is_empty() {
                break;
            }
            let entry = entry.map_err(DumpError::Io)?;
            let path = entry.path().map_err(DumpError::Io)?.into_owned();
            let is_data = path.parent().is_some_and(|above| above.ends_with("data"));
            let file = path.file_name().unwrap_or_default();
            let named = |(table, _): &&(&str, _)| file == format!("{table}.csv").as_str();
            let Some(&(table, columns)) = TABLES.iter().find(named).filter(|_| is_data) else {
                continue;
            };
            let is_too_early = LARGE.contains(&table) && missing.contains("default_versions");
            if is_too_early || !missing.remove(table) {
                continue;
            }
            self.read_table(entry, table, columns)?;
        }
        Ok(())
    }

    fn read_table(&mut self, csv: impl Read, table: &'static str, columns: &[&str]) -> Result<(), DumpError> {
        let wrong = |reason: String| DumpError::Table { table, reason };
        let mut reader = ReaderBuilder::new().from_reader(csv);
        let header = reader.byte_headers().map_err(|error| wrong(error.to_string()))?;
        let place = |column: &&str| {
            let found = header.iter().position(|name| name == column.as_bytes());
            found.ok_or_else(|| wrong(format!("it has no column `{column}`")))
        };
        let places = columns.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        let mut record = ByteRecord::new();
        while reader
            .read_byte_record(&mut record)
            .map_err(|error| wrong(error.to_string()))?
        {
            let fields: Vec<&[u8]> = places
                .iter()
                .map(|&place| record.get(place).unwrap_or_default())
                .collect();
            let row = record.position().map_or(0, csv::Position::line);
            self.take(table, &fields)
                .ok_or_else(|| wrong(format!("line {row} has no number where one belongs")))?;
        }
        Ok(())
    }

    /// Takes a row. `None` where a number is none.
    fn take(&mut self, table: &str, fields: &[&[u8]]) -> Option<()> {
        let number = |place: usize| std::str::from_utf8(fields[place]).ok()?.parse::<u64>().ok();
        let text = |place: usize| String::from_utf8_lossy(fields[place]).into_owned();
        let id = number(0)?;
        match table {
            // By the version, since that is what the large tables name.
            "default_versions" => drop(self.default_versions.insert(number(1)?, id)),
            "crates" => drop(self.crates.insert(id, (text(1), text(2)))),
            "crate_downloads" => drop(self.downloads.insert(id, number(1)?)),
            "keywords" => drop(self.keywords.insert(id, text(1))),
            "crates_keywords" => self.keywords_of.entry(id).or_default().push(number(1)?),
            "categories" => drop(self.categories.insert(id, text(1))),
            "crates_categories" => self.categories_of.entry(id).or_default().push(number(1)?),
            "versions" => {
                if let Some(&krate) = self.default_versions.get(&id) {
                    self.published.insert(krate, text(1).chars().take(10).collect());
                }
            }
            _ => {
                let krate = self.default_versions.get(&id).filter(|_| fields[2] != DEV);
                if let Some(&krate) = krate {
                    self.dependencies.entry(krate).or_default().insert(number(1)?);
                }
            }
        }
        Some(())
    }

    fn described(self) -> impl Iterator<Item = Described> {
        let names = |of: Option<&Vec<u64>>, names: &HashMap<u64, String>| -> Vec<String> {
            let ids = of.into_iter().flatten();
            ids.filter_map(|id| names.get(id).cloned()).collect()
        };
        let described = |(id, (name, description)): (&u64, &(String, String))| {
            let dependencies = self.dependencies.get(id).into_iter().flatten();
            let dependencies = dependencies.filter_map(|id| Some(self.crates.get(id)?.0.clone()));
            Described {
                name: name.clone(),
                description: description.clone(),
                keywords: names(self.keywords_of.get(id), &self.keywords),
                categories: names(self.categories_of.get(id), &self.categories),
                dependencies: dependencies.collect(),
                figures: Figures {
                    downloads: self.downloads.get(id).copied(),
                    published: self.published.get(id).cloned(),
                },
            }
        };
        self.crates.iter().map(described).collect::<Vec<_>>().into_iter()
    }
}
