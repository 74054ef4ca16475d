//! The table of file names: what a file is by its name and its place. `check`, `read` and `publish-check` all go by it.
//!
//! Rows are tried in order and the first that fits counts. Names are written in capitals, with `-` for `_` and blanks:
//!
//! - `*` stands for anything, also for nothing;
//! - `%` stands for the end of a word: the end of the name, or anything that begins with neither a letter nor a digit.
//!
//! A name that ends like source code (`copying.rs`) or like data (`licenses.json`) fits only a row that gives it in
//! full, or one of the signals.

use airights::facts::{EvidenceKind, TextKind};

use super::interest::Interest;
use super::place::Place;
use super::signals::SIGNALS;

/// A row of the table.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// Where the file stands.
    pub(super) place: Place,
    /// What it is called.
    pub(super) names: &'static [&'static str],
    /// What it is then.
    pub(super) what: Interest,
}

const LICENSE: Interest = Interest::Text(TextKind::License);
const COPYRIGHT: Interest = Interest::Text(TextKind::Copyright);
const NOTICE: Interest = Interest::Text(TextKind::Notice);
const AGENTS: Interest = Interest::Notice(EvidenceKind::AgentsFile);
const SIGNAL: Interest = Interest::Notice(EvidenceKind::SignalFile);
const README: Interest = Interest::Notice(EvidenceKind::Readme);

/// Every row: the [signals](super::signals), then those of the table.
pub(super) fn rows() -> impl Iterator<Item = Row> {
    let signals = SIGNALS.iter().flat_map(|&signal| {
        let rows = signal.names.iter();
        rows.map(move |&(place, names)| row(place, names, Interest::Signal(signal)))
    });
    signals.chain(TABLE.iter().copied())
}

const fn row(place: Place, names: &'static [&'static str], what: Interest) -> Row {
    Row { place, names, what }
}

/// What texts of terms are called.
const TERMS: &[&str] = &[
    "TERMS%",
    "*-TERMS",
    "TOS%",
    "EULA%",
    "*-EULA",
    "ADDENDUM%",
    "*-ADDENDUM",
    "LICENSING%",
    "LICENCING%",
    "RIDER%",
    "*-RIDER",
    "RESTRICTIONS%",
];

/// The table.
const TABLE: &[Row] = &[
    // Texts for machines. Signals in a form of their own come before these, see `signals`.
    row(Place::Root, &["LLMS.TXT", "LLMS-FULL.TXT", "LLM.TXT"], SIGNAL),
    row(Place::In(".well-known"), &["LLMS.TXT"], SIGNAL),
    row(Place::Root, &["OPTOUT*", "OPT-OUT*"], SIGNAL),
    // Whose files are under what, said in one place or beside each.
    row(Place::Anywhere, &["REUSE.TOML"], Interest::ReuseToml),
    row(Place::In(".reuse"), &["DEP5"], Interest::Dep5),
    row(Place::In("debian"), &["COPYRIGHT"], Interest::Dep5),
    // Files that people write for agents and assistants.
    row(
        Place::AmongOurs,
        &[
            "AGENTS.MD",
            "AGENT.MD",
            "AGENTS.OVERRIDE.MD",
            "CLAUDE.MD",
            "CLAUDE.LOCAL.MD",
            "GEMINI.MD",
            "CODEX.MD",
            "COPILOT.MD",
            "QWEN.MD",
            "WARP.MD",
            "CRUSH.MD",
            "CURSOR.MD",
            ".CURSORRULES",
            ".WINDSURFRULES",
            ".CLINERULES",
            ".ROORULES",
            ".GOOSEHINTS",
            ".RULES",
        ],
        AGENTS,
    ),
    row(Place::In(".github"), &["COPILOT-INSTRUCTIONS.MD"], AGENTS),
    row(Place::In(".github/instructions"), &["*.INSTRUCTIONS.MD"], AGENTS),
    row(Place::In(".cursor/rules"), &["*.MDC", "*.MD"], AGENTS),
    row(Place::In(".windsurf/rules"), &["*.MD"], AGENTS),
    row(Place::In(".clinerules"), &["*.MD"], AGENTS),
    row(Place::In(".roo/rules"), &["*.MD"], AGENTS),
    row(Place::In(".claude/rules"), &["*.MD"], AGENTS),
    row(Place::In(".junie"), &["GUIDELINES.MD"], AGENTS),
    // What programs write of all that is linked into them.
    row(Place::Anywhere, &["LICENSES.HTML", "LICENSES.HTM"], NOTICE),
    // What a project tells of how it came to its license.
    row(
        Place::Anywhere,
        &["LICENSE-DETAILS*", "LICENSE-HISTORY*", "LICENSE-FAQ*"],
        NOTICE,
    ),
    // Texts of licenses, of vendored code as well.
    row(
        Place::Anywhere,
        &["LICENSE*", "LICENCE*", "COPYING*", "UNLICENSE*", "UNLICENCE*"],
        LICENSE,
    ),
    row(Place::Anywhere, &["COPYRIGHT*"], COPYRIGHT),
    row(
        Place::Anywhere,
        &["NOTICE*", "THIRD-PARTY*", "THIRDPARTY*", "3RDPARTY*"],
        NOTICE,
    ),
    row(
        Place::Anywhere,
        &["*-LICENSE", "*.LICENSE", "*-LICENCE", "*.LICENCE"],
        LICENSE,
    ),
    row(
        Place::Anywhere,
        &["OFL", "OFL.TXT", "OFL.MD", "UFL", "UFL.TXT"],
        LICENSE,
    ),
    row(
        Place::Root,
        &[
            ".LICENSE",
            ".LICENSE.TXT",
            ".LICENSE.MD",
            ".LICENCE",
            "-LICENSE%",
            "-LICENCE%",
        ],
        LICENSE,
    ),
    // What else may hold terms.
    row(Place::Root, TERMS, LICENSE),
    row(Place::In("legal"), TERMS, LICENSE),
    row(
        Place::Root,
        &[
            "LEGAL%",
            "PATENTS%",
            "ATTRIBUTION%",
            "ATTRIBUTIONS%",
            "RIGHTS%",
            "COMMERCIAL%",
            "POLICY%",
        ],
        NOTICE,
    ),
    // Some projects grant their license in the file that lists their authors.
    row(Place::Root, &["AUTHORS%"], COPYRIGHT),
    row(
        Place::Root,
        &[
            "GPL%", "GPLV*", "GPL2%", "GPL3%", "LGPL%", "LGPLV*", "LGPL2%", "LGPL3%", "AGPL%", "AGPLV*", "AGPL3%",
        ],
        LICENSE,
    ),
    // The word for a license in other languages.
    row(
        Place::Root,
        &[
            "LICENCIA*",
            "LICENÇA*",
            "LICENCA*",
            "LICENZA*",
            "LIZENZ*",
            "LICENTIE*",
            "LICENS%",
            "LICENSVILLKOR*",
            "LISENS%",
            "LISENSSI*",
            "LISANS*",
            "LICENCJA*",
            "LICENČNÍ*",
            "LICENCIJA*",
            "LITSENTS*",
            "LLICÈNCIA*",
            "LLICENCIA*",
            "NUTZUNGSBEDINGUNGEN*",
            "ЛИЦЕНЗ*",
            "ЛІЦЕНЗ*",
            "ЛИЦЕНЦ*",
            "ΑΔΕΙΑ*",
            "ΆΔΕΙΑ*",
            "*许可*",
            "*許可*",
            "*授权*",
            "*授權*",
            "*ライセンス*",
            "*利用規約*",
            "*使用許諾*",
            "*라이선스*",
            "*라이센스*",
            "*이용약관*",
            "GIẤY-PHÉP*",
            "رخصة*",
            "ترخيص*",
            "רישיון*",
            "लाइसेंस*",
            "สัญญาอนุญาต*",
        ],
        LICENSE,
    ),
    row(Place::Root, &["README*"], README),
    row(
        Place::Root,
        &[
            "AI-TRAINING%",
            "AI-POLICY%",
            "AI-USAGE%",
            "AI-USE%",
            "AI-NOTICE%",
            "AI-TERMS%",
            "AI-RIGHTS%",
            "NO-AI%",
            "NOAI%",
            "NON-AI%",
            "DO-NOT-TRAIN%",
            "DONOTTRAIN%",
            "NO-TRAINING%",
            "USE-POLICY%",
            "ACCEPTABLE-USE%",
            "AI%",
            "TRAINING%",
            "USAGE%",
        ],
        SIGNAL,
    ),
    // A license as data, as code or as a template is no text of one, and may speak of AI all the same.
    row(
        Place::Root,
        &[
            "LICENSE.JSON",
            "LICENSE.TOML",
            "LICENSE.YAML",
            "LICENSE.YML",
            "LICENSE.ASC",
            "LICENSE.TMPL",
            "LICENSE.TPL",
            "LICENSE.PATCH",
            "LICENSE.DIFF",
        ],
        SIGNAL,
    ),
];

/// Directories that hold what others wrote as it was, packages included.
pub(super) const VENDORED: &[&str] = &[
    "vendor",
    "vendored",
    "third_party",
    "third-party",
    "thirdparty",
    "3rdparty",
    "external",
    "extern",
    "bundled",
    "submodules",
];

/// Directories within a package that hold code others wrote, besides.
pub(super) const OF_OTHERS: &[&str] = &["deps", "upstream", "c"];

/// Directories of tests, examples and documentation: nobody who builds the package builds them.
pub(super) const NOT_BUILT: &[&str] = &[
    "tests",
    "test",
    "testing",
    "testdata",
    "test-data",
    "test_data",
    "fixtures",
    "testsuite",
    "benches",
    "examples",
    "doc",
    "docs",
    "snapshots",
];

/// Endings of files that hold other files, or one that is compressed.
pub(super) const ARCHIVES: &[&str] = &[
    "ZIP", "TAR", "GZ", "TGZ", "XZ", "TXZ", "BZ2", "TBZ", "TBZ2", "ZST", "TZST", "LZ", "LZMA", "LZ4", "BR", "7Z",
    "RAR", "JAR", "WAR", "AAR", "WHL", "EGG", "CRATE", "GEM", "DEB", "RPM", "CAB", "NUPKG", "APK", "CPIO", "ISO",
];

/// Endings of other code, of templates, data, binaries and pictures.
pub(super) const NO_TEXTS: &[&str] = &[
    // Code that says its license elsewhere.
    "PYI", "SH", "BASH", "ZSH", "FISH", "PS1", "BAT", "CMD", "FS", "VB", "HS", "ML", "MLI", "EL", "SCALA", "R", "JL",
    "DART", "SQL", "VUE", "SVELTE", "CSS", "SCSS", "LESS", "CMAKE", "MK", // Templates and data.
    "HBS", "TERA", "JINJA", "J2", "TMPL", "TPL", "JSON", "JSONL", "YAML", "YML", "TOML", "XML", "CSV", "TSV", "LOCK",
    "SNAP", "SNAPSHOT", "STDOUT", "STDERR", "DIFF", "PATCH", "RON", "INI", "CFG", // Binaries and pictures.
    "SVG", "PNG", "JPG", "JPEG", "GIF", "ICO", "WEBP", "BMP", "TTF", "OTF", "WOFF", "WOFF2", "WASM", "SO", "DLL",
    "EXE", "A", "O", "LIB", "BIN", "DAT", "SIG", "ASC", "SHA256",
];
