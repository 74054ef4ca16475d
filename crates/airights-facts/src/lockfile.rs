//! What a `Cargo.lock` says of the packages that come from registries, before cargo is asked.
//!
//! Only lines as cargo itself writes them are understood. Anything else costs time later, never correctness: cargo's
//! own answer decides what is used.

/// A package from a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LockedPackage {
    /// The name of the directory it is unpacked into: `NAME-VERSION`.
    pub directory: String,
    /// The checksum of its `.crate`, in hex.
    pub checksum: Option<String>,
}

/// The packages of a lockfile that come from registries, in its order.
pub fn locked_packages(lockfile: &str) -> Vec<LockedPackage> {
    lockfile.split("\n[[package]]").skip(1).filter_map(package).collect()
}

fn package(entry: &str) -> Option<LockedPackage> {
    let value = |key: &str| {
        entry
            .lines()
            .take_while(|line| !line.starts_with("dependencies") && !line.starts_with('['))
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'))
    };
    let source = value("source")?;
    let is_registry = source.starts_with("registry+") || source.starts_with("sparse+");
    let directory = format!("{}-{}", value("name")?, value("version")?);
    // This becomes a part of a path.
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '+');
    (is_registry && directory.chars().all(is_plain)).then(|| LockedPackage {
        directory,
        checksum: value("checksum").map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registry_packages_are_found_and_nothing_else() {
        let lockfile = "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\ndependencies = [\n \"a\",\n]\n\n\
            [[package]]\nname = \"a\"\nversion = \"1.0.0+b\"\nsource = \"registry+https://x\"\nchecksum = \"ab\"\n\n\
            [[package]]\nname = \"g\"\nversion = \"1.0.0\"\nsource = \"git+https://x\"\n\n\
            [[package]]\nname = \"../x\"\nversion = \"1.0.0\"\nsource = \"registry+https://x\"\n\n\
            [[package]]\nname = \"s\"\nversion = \"2.0.0\"\nsource = \"sparse+https://y\"\n";
        let found: Vec<_> = locked_packages(lockfile)
            .into_iter()
            .map(|package| (package.directory, package.checksum))
            .collect();
        assert_eq!(
            found,
            [
                ("a-1.0.0+b".to_owned(), Some("ab".to_owned())),
                ("s-2.0.0".to_owned(), None)
            ]
        );
    }

    #[test]
    fn nonsense_names_nothing() {
        for text in ["", "[[package]]", "\n[[package]]\nname = \"a\"\n", "\u{0}\u{ffff}"] {
            assert_eq!(locked_packages(text), []);
        }
    }
}
