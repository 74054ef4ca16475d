//! `config.json` of an index: where the packages are, and who may have them.

use serde::Deserialize;

use super::error::Foreign;
use super::index::IndexEntry;

/// What an index says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct IndexConfig {
    /// Where packages are: a template, or an address to which the usual path is added.
    #[serde(rename = "dl")]
    download: String,
    /// Whether everything of the registry is for those who tell a token, packages included.
    #[serde(default)]
    pub(super) auth_required: bool,
}

impl IndexConfig {
    /// Reads `config.json`.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Foreign> {
        serde_json::from_slice(bytes).map_err(Foreign)
    }

    /// The address of a package.
    pub(super) fn package_url(&self, entry: &IndexEntry) -> String {
        const MARKERS: [&str; 5] = ["{crate}", "{version}", "{prefix}", "{lowerprefix}", "{sha256-checksum}"];
        let version = entry.version.to_string();
        let template = &self.download;
        if !MARKERS.iter().any(|marker| template.contains(marker)) {
            return format!("{}/{}/{version}/download", template.trim_end_matches('/'), entry.name);
        }
        let prefix = |name: &str| match name.len() {
            1 | 2 => name.len().to_string(),
            3 => format!("3/{}", &name[..1]),
            _ => format!("{}/{}", &name[..2], &name[2..4]),
        };
        template
            .replace("{crate}", &entry.name)
            .replace("{version}", &version)
            .replace("{prefix}", &prefix(&entry.name))
            .replace("{lowerprefix}", &prefix(&entry.name.to_ascii_lowercase()))
            .replace("{sha256-checksum}", &entry.checksum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CrateIndex;

    #[test]
    fn packages_are_where_the_template_says() {
        let checksum = "00".repeat(32);
        let line = format!(r#"{{"name":"Abcd","vers":"1.2.3","cksum":"{checksum}"}}"#);
        let index = CrateIndex::parse(line.as_bytes(), "abcd").unwrap();
        let filled = format!("https://a.example/Ab/cd/ab/cd/Abcd-1.2.3.crate?{checksum}");
        let cases = [
            ("https://a.example/dl", "https://a.example/dl/Abcd/1.2.3/download"),
            ("https://a.example/dl/", "https://a.example/dl/Abcd/1.2.3/download"),
            (
                "https://a.example/{prefix}/{lowerprefix}/{crate}-{version}.crate?{sha256-checksum}",
                &filled,
            ),
        ];
        for (template, url) in cases {
            let config = IndexConfig::parse(format!(r#"{{"dl":"{template}"}}"#).as_bytes()).unwrap();
            assert_eq!(config.package_url(&index.entries[0]), url);
        }
        assert!(
            IndexConfig::parse(br#"{"dl":"","auth-required":true}"#)
                .unwrap()
                .auth_required
        );
        assert!(IndexConfig::parse(b"{}").unwrap_err().to_string().contains("`dl`"));
    }
}
