//! `extends`: the files a policy builds on, each loaded before the one that names it.

use std::collections::BTreeSet;

use super::file::PolicyFile;
use super::problem::PolicyProblem;
use super::source::Source;

/// Reads a file by the path it goes by in reports; the error says why it cannot be read.
pub type ReadFile<'r> = dyn FnMut(&str) -> Result<String, String> + 'r;

/// So many files deep may policies build on each other.
const MAX_DEPTH: usize = 8;

/// So many files may make one policy up. Only a maze of policies that extend each other reaches this.
const MAX_FILES: usize = 64;

/// The files of a policy, those that are built on first.
pub(super) struct Chain<'r, 'f> {
    read: &'r mut ReadFile<'f>,
    /// What they say, in the order in which they are laid over each other.
    pub(super) files: Vec<PolicyFile>,
    /// Their names, in the order in which they were met.
    pub(super) names: Vec<String>,
    /// What is wrong with them.
    pub(super) problems: Vec<PolicyProblem>,
    ancestors: Vec<String>,
    known: BTreeSet<String>,
}

impl<'r, 'f> Chain<'r, 'f> {
    /// Follows a policy to all it builds on.
    pub(super) fn follow(name: &str, text: &str, read: &'r mut ReadFile<'f>) -> Self {
        let mut chain = Self {
            read,
            files: Vec::new(),
            names: Vec::new(),
            problems: Vec::new(),
            ancestors: Vec::new(),
            known: BTreeSet::new(),
        };
        chain.add(name, text);
        chain
    }

    fn add(&mut self, name: &str, text: &str) {
        self.names.push(name.to_owned());
        self.ancestors.push(same_spelling(name));
        let source = Source::new(name, text);
        let mut file = PolicyFile::read(&source);
        if !self.known.insert(same_spelling(name)) {
            // Two ways to one file must not bring its entries twice.
            file.exceptions.clear();
            file.clarifications.clear();
        }
        self.problems.extend(source.into_problems());
        for (entry, at) in &file.extends {
            match self.resolve(name, entry) {
                Ok((path, text)) => self.add(&path, &text),
                Err(problem) => self.problems.push((*problem).at(at.clone())),
            }
        }
        self.ancestors.pop();
        self.files.push(file);
    }

    /// The path and the text of an entry of `extends`.
    fn resolve(&mut self, name: &str, entry: &str) -> Result<(String, String), Box<PolicyProblem>> {
        if entry.contains("://") {
            let problem = PolicyProblem::error("a policy cannot be extended from an address yet");
            let help = "keep a copy in the repository and name its path";
            return Err(Box::new(problem.label("expected a path").help(help.to_owned())));
        }
        if entry.is_empty() {
            let problem = PolicyProblem::error("`extends` names no file");
            return Err(Box::new(problem.label("expected a path")));
        }
        let path = beside(name, entry);
        if self.ancestors.contains(&same_spelling(&path)) {
            let problem = PolicyProblem::error(format!("`{path}` extends itself"));
            let way: Vec<&str> = self
                .ancestors
                .iter()
                .map(String::as_str)
                .chain([path.as_str()])
                .collect();
            return Err(Box::new(problem.label("this closes a circle").help(way.join(" → "))));
        }
        if self.ancestors.len() >= MAX_DEPTH || self.names.len() >= MAX_FILES {
            let problem = PolicyProblem::error("too many policies extend each other");
            let help = format!("at most {MAX_DEPTH} may build on each other, and {MAX_FILES} make up one policy");
            return Err(Box::new(problem.help(help)));
        }
        let text = (self.read)(&path).map_err(|reason| {
            let problem = PolicyProblem::error(format!("failed to read `{path}`")).cause(reason);
            let help = "paths in `extends` start from the folder of the file they stand in";
            Box::new(problem.help(help.to_owned()))
        })?;
        Ok((path, text))
    }
}

/// The path of an entry of `extends`, as seen from where the extending file's own path starts.
fn beside(name: &str, entry: &str) -> String {
    let is_absolute = entry.starts_with('/') || entry.get(1..3).is_some_and(|start| matches!(start, ":/" | ":\\"));
    let entry = entry.trim_start_matches("./");
    match name.rsplit_once('/') {
        Some((folder, _)) if !is_absolute => format!("{folder}/{entry}"),
        _ => entry.to_owned(),
    }
}

/// One spelling for `a/./b`, `a/c/../b` and `a/b`, to recognise a file by. What links may hide, the depth limit stops.
fn same_spelling(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_from_the_folder_of_the_file_they_stand_in() {
        for (name, entry, expected) in [
            ("airights.toml", "policies/company.toml", "policies/company.toml"),
            ("policies/company.toml", "./base.toml", "policies/base.toml"),
            ("policies/company.toml", "../base.toml", "policies/../base.toml"),
            ("policies/company.toml", "/etc/base.toml", "/etc/base.toml"),
            ("policies/company.toml", "C:/base.toml", "C:/base.toml"),
        ] {
            assert_eq!(beside(name, entry), expected, "{entry} in {name}");
        }
        assert_eq!(same_spelling("policies/../a/./b.toml"), "a/b.toml");
        assert_eq!(same_spelling("../b.toml"), "../b.toml");
    }
}
