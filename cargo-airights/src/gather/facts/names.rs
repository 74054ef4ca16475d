//! What a file is by its name: a licence text, a file that may speak of AI, or nothing to us.
//!
//! Names are compared without regard to case. A name that looks right but ends like source code (`copying.rs`) or like
//! data (`licenses.json`) is no text.

use airights::facts::{EvidenceKind, TextKind};

/// Why a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interest {
    /// It holds a licence, or a part of one.
    Text(TextKind),
    /// It may speak of AI uses.
    Notice(EvidenceKind),
    /// It is a `tdmrep.json`.
    TdmRep,
}

/// What a file in the root of a package is.
pub(super) fn in_root(name: &str) -> Option<Interest> {
    let name = Name::of(name);
    if let Some(kind) = name.signal_or_agents_file() {
        return Some(kind);
    }
    if name.is_code_or_data() {
        return None;
    }
    if name.stem.starts_with("README") {
        return Some(Interest::Notice(EvidenceKind::Readme));
    }
    name.text_kind()
        .map(Interest::Text)
        .or_else(|| name.is_about_ai().then_some(Interest::Notice(EvidenceKind::SignalFile)))
}

/// What a file below the root of a package is. `directory` is the path of the directory it stands in.
pub(super) fn below_root(directory: &str, name: &str) -> Option<Interest> {
    match (directory, name) {
        (".github", "copilot-instructions.md") => Some(Interest::Notice(EvidenceKind::AgentsFile)),
        (".well-known", "tdmrep.json") => Some(Interest::TdmRep),
        (".well-known", "ai.txt" | "llms.txt") => Some(Interest::Notice(EvidenceKind::SignalFile)),
        _ => vendored_text(directory, name).map(Interest::Text),
    }
}

/// What a file in a directory of licences is: a text, unless it is plainly something else.
pub(super) fn in_license_directory(name: &str) -> Option<Interest> {
    let name = Name::of(name);
    let is_text = !name.is_code_or_data() && !name.stem.starts_with("README") && !name.upper.starts_with('.');
    is_text.then(|| Interest::Text(name.text_kind().unwrap_or(TextKind::License)))
}

/// Whether a directory in the root of a package holds licence texts: `LICENSES`, `licenses`, `LICENSE-THIRD-PARTY`.
pub(super) fn is_license_directory(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    let rest = upper.strip_prefix("LICENSE").or_else(|| upper.strip_prefix("LICENCE"));
    rest.is_some_and(|rest| matches!(rest, "" | "S") || rest.starts_with(['-', '_']) || rest.starts_with("S-"))
}

/// Whether a name in the root says that what it holds belongs to others: `LICENSE-THIRD-PARTY`, `THIRDPARTYNOTICES`.
pub(super) fn is_of_others(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    [
        "THIRDPARTY",
        "3RDPARTY",
        "3RDPARTIES",
        "THIRDPARTIES",
        "VENDORED",
        "BUNDLED",
    ]
    .iter()
    .any(|word| plain.contains(word))
}

/// Licence texts of vendored code. In a directory `LICENSES`, which the REUSE specification spells in capitals, every
/// file is one; a `licenses` somewhere in a source tree is as likely a module or test data.
fn vendored_text(directory: &str, name: &str) -> Option<TextKind> {
    if directory.rsplit('/').next() == Some("LICENSES") {
        return match in_license_directory(name) {
            Some(Interest::Text(kind)) => Some(kind),
            _ => None,
        };
    }
    let name = Name::of(name);
    let kind = name.text_kind()?;
    (!name.is_code_or_data()).then_some(kind)
}

/// A file name in capitals, with `_` and blanks as `-`, and its parts.
struct Name {
    upper: String,
    stem: String,
    extension: String,
}

impl Name {
    fn of(name: &str) -> Self {
        let upper: String = name
            .chars()
            .map(|letter| match letter {
                '_' | ' ' => '-',
                other => other.to_ascii_uppercase(),
            })
            .collect();
        let (stem, extension) = match upper.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem.to_owned(), extension.to_owned()),
            _ => (upper.clone(), String::new()),
        };
        Self { upper, stem, extension }
    }

    fn text_kind(&self) -> Option<TextKind> {
        let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| self.upper.starts_with(prefix));
        if starts(&["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "UNLICENCE"]) {
            return Some(TextKind::License);
        }
        if starts(&["COPYRIGHT"]) {
            return Some(TextKind::Copyright);
        }
        if starts(&["NOTICE", "THIRD-PARTY", "THIRDPARTY", "3RDPARTY"]) {
            return Some(TextKind::Notice);
        }
        // `MIT-LICENSE.txt`, `FiraSans-LICENSE.txt`
        let plain = if matches!(self.extension.as_str(), "TXT" | "MD" | "RST" | "ADOC" | "HTML") {
            &self.stem
        } else {
            &self.upper
        };
        let is_suffixed = ["LICENSE", "LICENCE"].iter().any(|word| {
            plain
                .strip_suffix(word)
                .is_some_and(|before| before.ends_with(['-', '.']))
        });
        is_suffixed.then_some(TextKind::License)
    }

    fn signal_or_agents_file(&self) -> Option<Interest> {
        match self.upper.as_str() {
            "TDMREP.JSON" => Some(Interest::TdmRep),
            "AI.TXT" | "LLMS.TXT" | "LLMS-FULL.TXT" | "LLM.TXT" | "ROBOTS.TXT" => {
                Some(Interest::Notice(EvidenceKind::SignalFile))
            }
            "AGENTS.MD" | "AGENT.MD" | "AGENTS.OVERRIDE.MD" | "CLAUDE.MD" | "CLAUDE.LOCAL.MD" | "GEMINI.MD"
            | "CODEX.MD" | "COPILOT.MD" | "QWEN.MD" | "WARP.MD" | "CRUSH.MD" | "CURSOR.MD" | ".CURSORRULES"
            | ".WINDSURFRULES" | ".CLINERULES" | ".ROORULES" | ".GOOSEHINTS" | ".RULES" => {
                Some(Interest::Notice(EvidenceKind::AgentsFile))
            }
            _ => None,
        }
    }

    /// `NO_AI.md`, `AI-TRAINING-NOTICE.md`, `DO-NOT-TRAIN.md`, `AI_POLICY.md`. `NO-AIR.md` is not.
    fn is_about_ai(&self) -> bool {
        const HEADS: &[&str] = &[
            "AI-TRAINING",
            "AI-POLICY",
            "AI-USAGE",
            "AI-USE",
            "AI-NOTICE",
            "AI-TERMS",
            "AI-RIGHTS",
            "NO-AI",
            "NOAI",
            "NON-AI",
            "DO-NOT-TRAIN",
            "DONOTTRAIN",
            "NO-TRAINING",
            "USE-POLICY",
            "ACCEPTABLE-USE",
        ];
        HEADS.iter().any(|head| {
            self.stem
                .strip_prefix(head)
                .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
        })
    }

    fn is_code_or_data(&self) -> bool {
        const ENDINGS: &[&str] = &[
            // Code.
            "RS", "C", "H", "CC", "CPP", "CXX", "HH", "HPP", "HXX", "M", "MM", "S", "ASM", "PY", "PYI", "JS", "MJS",
            "CJS", "JSX", "TS", "TSX", "GO", "JAVA", "KT", "SWIFT", "RB", "SH", "BASH", "ZSH", "FISH", "PS1", "BAT",
            "CMD", "PL", "PM", "LUA", "PHP", "CS", "FS", "VB", "HS", "ML", "MLI", "EL", "SCALA", "ZIG", "D", "R", "JL",
            "DART", "WGSL", "GLSL", "SQL", "VUE", "SVELTE", "CSS", "SCSS", "LESS", "CMAKE", "MK",
            // Templates and data.
            "HBS", "TERA", "JINJA", "J2", "TMPL", "TPL", "JSON", "JSONL", "YAML", "YML", "TOML", "XML", "CSV", "TSV",
            "LOCK", "SNAP", "SNAPSHOT", "STDOUT", "STDERR", "DIFF", "PATCH", "RON", "INI", "CFG",
            // Binaries, pictures and archives.
            "SVG", "PNG", "JPG", "JPEG", "GIF", "ICO", "WEBP", "BMP", "TTF", "OTF", "WOFF", "WOFF2", "WASM", "SO",
            "DLL", "EXE", "A", "O", "LIB", "BIN", "DAT", "GZ", "ZST", "ZIP", "XZ", "TAR", "BZ2", "SIG", "ASC",
            "SHA256",
        ];
        // `COPYING.LIB` is how GNU names the Lesser GPL.
        let is_gnu = self.extension == "LIB" && self.stem.starts_with("COPYING");
        !is_gnu && ENDINGS.contains(&self.extension.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LICENSE: Option<Interest> = Some(Interest::Text(TextKind::License));
    const COPYRIGHT: Option<Interest> = Some(Interest::Text(TextKind::Copyright));
    const NOTICE: Option<Interest> = Some(Interest::Text(TextKind::Notice));
    const README: Option<Interest> = Some(Interest::Notice(EvidenceKind::Readme));
    const AGENTS: Option<Interest> = Some(Interest::Notice(EvidenceKind::AgentsFile));
    const SIGNAL: Option<Interest> = Some(Interest::Notice(EvidenceKind::SignalFile));

    #[test]
    fn files_in_the_root_are_known_by_name() {
        let cases = [
            ("LICENSE", LICENSE),
            ("license", LICENSE),
            ("Licence.txt", LICENSE),
            ("LICENSE-Apache-2.0_WITH_LLVM-exception", LICENSE),
            ("LICENSE.BSD-3-Clause", LICENSE),
            ("COPYING.LESSER", LICENSE),
            ("COPYING.LIB", LICENSE),
            ("UNLICENSE", LICENSE),
            ("LICENSE-AI.md", LICENSE),
            ("MIT-LICENSE.txt", LICENSE),
            ("LICENSE.pdf", LICENSE),
            ("COPYRIGHT-RUST.txt", COPYRIGHT),
            ("NOTICES.md", NOTICE),
            ("THIRDPARTYNOTICES", NOTICE),
            ("README", README),
            ("ReadMe.md", README),
            ("README-crates.io.md", README),
            ("AGENTS.md", AGENTS),
            ("claude.md", AGENTS),
            (".cursorrules", AGENTS),
            ("ai.txt", SIGNAL),
            ("llms-full.txt", SIGNAL),
            ("robots.txt", SIGNAL),
            ("NO_AI.md", SIGNAL),
            ("AI_POLICY.md", SIGNAL),
            ("DO-NOT-TRAIN", SIGNAL),
            ("tdmrep.json", Some(Interest::TdmRep)),
            ("license.rs", None),
            ("LICENSE.rs", None),
            ("copying.c", None),
            ("licenses.json", None),
            ("notice.svg", None),
            ("README.tpl", None),
            ("NO-AIR.md", None),
            ("libwinapi_oemlicense.a", None),
            ("licensing.md", None),
            ("Cargo.toml", None),
            ("sublicense", None),
        ];
        for (name, expected) in cases {
            assert_eq!(in_root(name), expected, "{name}");
        }
    }

    #[test]
    fn deeper_files_count_only_as_licence_texts() {
        let cases = [
            ("zlib", "LICENSE", LICENSE),
            ("fonts", "colr_1_LICENSE", LICENSE),
            ("curl/LICENSES", "MIT.txt", LICENSE),
            ("curl/LICENSES", "README.md", None),
            ("src/licenses", "MIT", None),
            ("vendor/.github", "copilot-instructions.md", None),
            ("src", "copying.rs", None),
            ("docs", "README.md", None),
            ("docs", "AGENTS.md", None),
            (".github", "copilot-instructions.md", AGENTS),
            (".well-known", "tdmrep.json", Some(Interest::TdmRep)),
        ];
        for (directory, name, expected) in cases {
            assert_eq!(below_root(directory, name), expected, "{directory}/{name}");
        }
    }

    #[test]
    fn license_directories_and_names_of_others() {
        for name in ["LICENSES", "licenses", "License", "LICENSE-THIRD-PARTY"] {
            assert!(is_license_directory(name), "{name}");
        }
        for name in ["licensing", "src", "licensee"] {
            assert!(!is_license_directory(name), "{name}");
        }
        assert!(is_of_others("LICENSE-THIRD-PARTY"));
        assert!(is_of_others("LICENSE-3rdparty.txt"));
        assert!(!is_of_others("LICENSE-MIT"));
    }
}
