//! The tables of what licenses are called, laid out to be looked up where they lie in the binary.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::{fs, io};

use crate::spoken::{bucket, extend, is_exception, is_filler, is_license_word};
use crate::tokens::{Kind, Token, tokens_of};

/// What some words name, by number: with "license" beside them, and without.
#[derive(Clone, Copy, Default)]
struct Node {
    bare: Option<u16>,
    licensed: Option<u16>,
}

/// All names.
#[derive(Default)]
pub(crate) struct Names {
    /// What each names, as it is written into the table.
    named: Vec<String>,
    numbers: HashMap<String, u16>,
    nodes: BTreeMap<u64, Node>,
    addresses: BTreeMap<String, Option<u16>>,
}

impl Names {
    /// The names of the tables: what was looked at by hand, the ids of the catalogue, and the rest.
    pub(crate) fn of_tables() -> io::Result<Self> {
        let mut names = Self::default();
        names.add_rows(&fs::read_to_string("names.tsv")?);
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for (table, column) in [("licenses.tsv", 0), ("licensedb.tsv", 1)] {
            let table = fs::read_to_string(table)?;
            let rows = table.lines().filter(|line| !line.starts_with('#'));
            ids.extend(rows.filter_map(|line| line.split('\t').nth(column).map(str::to_owned)));
        }
        for id in &ids {
            // The keys of LicenseDB are in its table, where they are no everyday words.
            // Nor are the shortest ids, which stand in names.tsv where people use them.
            if !id.contains("Ref-scancode-") && id.len() > 4 {
                names.add("id", id, id);
            }
        }
        names.add_rows(&fs::read_to_string("names-licensedb.tsv")?);
        Ok(names)
    }

    fn add_rows(&mut self, table: &str) {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            if let (Some(kind), Some(name), Some(id)) = (cells.next(), cells.next(), cells.next()) {
                self.add(kind, name, id);
            }
        }
    }

    /// Adds a name where none is yet: the tables go from what was looked at by hand to the rest.
    fn add(&mut self, kind: &str, name: &str, id: &str) {
        if kind == "url" {
            if !self.addresses.contains_key(name) {
                let named = (id != "-").then(|| self.number(id, "Sure", true, false));
                self.addresses.insert(name.to_owned(), named);
            }
            return;
        }
        let tokens = tokens_of(name);
        let says_license = tokens.iter().any(is_license_word);
        let has_version = tokens.iter().any(|token| token.kind == Kind::Number);
        let said: Vec<&Token> = tokens
            .iter()
            .filter(|token| matches!(token.kind, Kind::Word | Kind::Number) && !is_filler(token))
            .collect();
        // "dom4j", "W3C": digits and single letters make no name of several words.
        let words = said
            .iter()
            .filter(|token| token.kind == Kind::Word && token.end - token.start > 1)
            .count();
        let is_short = words < 2 || words == 2 && !says_license && !has_version;
        let trust = match kind {
            "loose" => "Loose",
            "title" => "Title",
            "sure" => "Sure",
            // An id with a hyphen is no everyday word.
            "id" if said.len() > 1 && has_version => "Sure",
            "word" | "id" => "Word",
            _ if is_short && !(says_license && said.len() > 1) => "Word",
            _ => "Sure",
        };
        // The keys and short names of what SPDX does not list are everyday words too often.
        let least = if says_license { 2 } else { 3 };
        let is_too_short = id.contains("Ref-scancode-") && kind == "name" && said.len() < least;
        if said.is_empty() || said.len() == 1 && said[0].kind == Kind::Number || is_too_short {
            return;
        }
        let mut hash = 0;
        for token in &said {
            hash = extend(hash, token.hash);
            self.nodes.entry(hash).or_default();
        }
        let needs_case = matches!(kind, "id" | "name") && said.len() == 1 && !says_license;
        let number = self.number(id, trust, has_version, needs_case);
        let node = self.nodes.entry(hash).or_default();
        let place = if says_license {
            &mut node.licensed
        } else {
            &mut node.bare
        };
        place.get_or_insert(number);
    }

    /// The number of what is named so.
    fn number(&mut self, id: &str, trust: &str, has_version: bool, needs_case: bool) -> u16 {
        let is_exception = is_exception(id);
        let named = format!(
            "Named {{ id: {id:?}, trust: Trust::{trust}, is_exception: {is_exception}, \
             has_version: {has_version}, needs_case: {needs_case} }}"
        );
        let next = u16::try_from(self.named.len()).expect("fewer than 65,536 things are named");
        *self.numbers.entry(named.clone()).or_insert_with(|| {
            self.named.push(named);
            next
        })
    }

    /// Writes the tables that `src/statements/names.rs` reads.
    pub(crate) fn write(&self, out: &Path) -> io::Result<()> {
        let table = |rows: Vec<String>| format!("&[\n{}]\n", rows.concat());
        let named = self.named.iter().map(|named| format!("    {named},\n"));
        fs::write(out.join("named.rs"), table(named.collect()))?;
        let nodes = self.nodes.iter().map(|(hash, Node { bare, licensed })| {
            format!("    Node {{ hash: {hash:#x}, bare: {bare:?}, licensed: {licensed:?} }},\n")
        });
        fs::write(out.join("name_nodes.rs"), table(nodes.collect()))?;
        let hashes: Vec<u64> = self.nodes.keys().copied().collect();
        let starts = (0..=bucket(u64::MAX) + 1).map(|number| {
            let start = hashes.partition_point(|&hash| bucket(hash) < number);
            format!("{start},\n")
        });
        fs::write(out.join("name_buckets.rs"), table(starts.collect()))?;
        let addresses = self.addresses.iter().map(|address| format!("    {address:?},\n"));
        fs::write(out.join("name_addresses.rs"), table(addresses.collect()))
    }
}
