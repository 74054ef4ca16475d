//! License texts at the head of source files, where some authors put the whole of a short one.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use airights::PackageFacts;
use airights::facts::{Declared, LicenseText, TextKind, TextPlace};
use airights_facts::ListedFile;
use airights_store::open;
use airights_text::{MatchKind, Modification};

/// A head is not longer than this.
const MAX_BYTES: u64 = 16 << 10;
/// More source files of one package are not looked into.
const MAX_FILES: usize = 2_000;
/// What source files end in.
const ENDINGS: [&str; 9] = ["rs", "c", "h", "cc", "cpp", "hpp", "s", "py", "js"];

/// Whether a declared license has no file of its own, so that its text may stand in the sources.
pub(super) fn may_matter(facts: &PackageFacts) -> bool {
    let Declared::Expression(declared) = &facts.declared else {
        return false;
    };
    // A tag names a license and is not its text.
    let is_a_text = |text: &&LicenseText| text.place == TextPlace::Own && text.kind != TextKind::Header;
    let own = facts.texts.iter().filter(is_a_text);
    let found: BTreeSet<&str> = own
        .flat_map(|text| &text.licenses)
        .map(|license| license.id.as_str())
        .collect();
    let mut terms = declared.expression.requirements();
    terms.any(|term| term.req.license.id().is_some_and(|id| !found.contains(id.name)))
}

/// The licenses whose unchanged texts stand in a text that is for something else.
pub(super) fn licenses_in(text: &str) -> BTreeSet<String> {
    let matches = airights_text::read(text).matches.into_iter();
    let whole = matches.filter(|found| found.kind == MatchKind::License && found.modification == Modification::None);
    whole.map(|found| found.id.to_owned()).collect()
}

/// The licenses whose texts stand whole at the head of a source file.
pub(super) fn licenses(files: &[ListedFile]) -> BTreeSet<String> {
    let is_source = |file: &&ListedFile| {
        let ending = Path::new(&file.path).extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let sources = files.iter().filter(is_source).take(MAX_FILES);
    let heads: BTreeSet<String> = sources.filter_map(|file| head(file.on_disk.as_deref()?)).collect();
    heads.iter().flat_map(|head| licenses_in(head)).collect()
}

/// The opening comment of a file, where it is long enough to hold a license.
fn head(path: &Path) -> Option<String> {
    /// The shortest license that asks for its text is longer.
    const SHORTEST: usize = 300;
    let mut bytes = Vec::new();
    open(path).ok()?.0.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let comment = opening_comment(&text);
    (comment.len() >= SHORTEST).then(|| comment.to_owned())
}

/// The lines before the first that is code.
fn opening_comment(text: &str) -> &str {
    let (mut end, mut is_inside) = (0, false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let is_attribute = trimmed.starts_with("#[") || trimmed.starts_with("#![");
        let opens = ["//", "#", ";", "--", "*"]
            .iter()
            .any(|start| trimmed.starts_with(start));
        is_inside |= trimmed.starts_with("/*");
        if !is_inside && (is_attribute || !(trimmed.is_empty() || opens)) {
            break;
        }
        is_inside &= !trimmed.contains("*/");
        end += line.len();
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_opening_comment_ends_where_code_begins() {
        let cases = [
            ("// a\n//! b\n\nuse c;\n", "// a\n//! b\n\n"),
            ("/* a\n   b */\nint c;\n", "/* a\n   b */\n"),
            ("# a\nimport b\n", "# a\n"),
            ("#![no_std]\n// a\n", ""),
            ("fn main() {}\n", ""),
        ];
        for (text, comment) in cases {
            assert_eq!(opening_comment(text), comment);
        }
    }
}
