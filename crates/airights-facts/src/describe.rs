//! From what the files of a package say to the facts about it. Pure: nothing is read here.

use airights::declaration::DeclaredUse;
use airights::facts::{
    Evidence, EvidenceKind, FileProblem, Force, FoundLicense, LicenseText, ProblemKind, Residue, Statement, TextKind,
};
use airights::{Excerpt, PackageFacts};
use airights_manifest::PackageManifest;
use airights_manifest::manifest::{MANIFEST, nearest_place};
use airights_text::Modality;

use super::declaration::{self, DeclarationProblem};
use super::declared::Declarations;
use super::interest::Interest;
use super::names;
use super::package::tidy;
use super::repository::is_named;
use super::stored::{NoticeFile, NoticeKind, PackageFiles, StoredExcerpt, StoredStatement, TextFile};

/// The facts about a package.
pub(super) fn describe(manifest: &PackageManifest, files: &PackageFiles, declarations: &Declarations) -> PackageFacts {
    let in_manifest = |kind, excerpt: Option<&StoredExcerpt>| Evidence {
        kind,
        excerpt: excerpt.map_or_else(|| Excerpt::whole_file(MANIFEST), |found| found_in(MANIFEST, found)),
    };
    let license_line = in_manifest(EvidenceKind::LicenseExpression, files.keys.license.as_ref());
    let mut problems: Vec<_> = files
        .problems
        .iter()
        .map(|problem| FileProblem {
            path: problem.path.clone(),
            kind: problem.kind.clone(),
            is_license: is_own_license(&problem.path, manifest.license_file.as_deref()),
            sha256: problem.sha256.as_ref().map(|sha256| hex(sha256)),
        })
        .collect();
    let mut statements: Vec<_> = files.notices.iter().flat_map(notice_statements).collect();
    if let Some(table) = &manifest.airights {
        let read = declaration::read(table);
        let is_inherited = |key: &str| {
            let outer = key.split('.').next().unwrap_or_default();
            manifest.inherited.keys.iter().any(|inherited| inherited == outer)
        };
        statements.extend(read.declared_uses().into_iter().map(|declared| Statement {
            ai_use: declared.ai_use,
            value: declared.said.value,
            modality: modality(&declared),
            conditions: declared.said.conditions,
            force: Force::Preference,
            of_license: None,
            evidence: if is_inherited(&declared.key) {
                Evidence {
                    kind: EvidenceKind::Declaration,
                    excerpt: Excerpt::whole_file(&manifest.inherited.from),
                }
            } else {
                in_manifest(
                    EvidenceKind::Declaration,
                    nearest_place(&files.keys.declaration, &declared.key),
                )
            },
        }));
        let unreadable = read.problems.into_iter().filter(|problem| !problem.is_foreign);
        problems.extend(unreadable.map(unreadable_declaration));
    }
    problems.sort();
    let said_of_files = files.texts.iter().filter(|text| text.kind == TextKind::Header);
    let said_of_files = said_of_files.filter_map(|text| text.reading.expression.as_deref());
    // What the manifest points at counts, wherever it is.
    let pointed_at = manifest.license_file.as_deref().and_then(tidy);
    let texts = files.texts.iter().filter(|text| {
        pointed_at.as_ref() == Some(&text.path)
            || is_named(&text.path, said_of_files.clone().chain(manifest.license.as_deref()))
    });
    PackageFacts {
        declared: declarations.declared(manifest.license.as_deref(), license_line),
        license_file: manifest.license_file.clone(),
        texts: texts.map(license_text).collect(),
        statements,
        problems,
        archives: files.archives.clone(),
        hashed: Vec::new(),
    }
}

/// What nobody can read of the declaration of a package that is to be published, and others may.
pub(super) fn foreign_problems(manifest: &PackageManifest) -> impl Iterator<Item = FileProblem> {
    let read = manifest.airights.as_ref().map(declaration::read);
    let problems = read.into_iter().flat_map(|read| read.problems);
    problems
        .filter(|problem| problem.is_foreign)
        .map(unreadable_declaration)
}

fn unreadable_declaration(problem: DeclarationProblem) -> FileProblem {
    FileProblem {
        path: MANIFEST.to_owned(),
        kind: ProblemKind::Unreadable(problem.message),
        is_license: false,
        sha256: None,
    }
}

/// Whether a file is, by its name and place, one of the package's own license files.
fn is_own_license(path: &str, license_file: Option<&str>) -> bool {
    // What stands in a directory above is as much the package's own as what stands in its root.
    let path = path.trim_start_matches("../");
    let license = Some(Interest::Text(TextKind::License));
    let by_name = match path.rsplit_once('/') {
        None => names::in_root(path) == license,
        Some((directory, name)) => {
            let top = directory.split('/').next().unwrap_or_default();
            let is_of_others = names::is_of_others(top) || names::is_of_others(name);
            names::is_license_directory(top) && names::in_license_directory(name) == license && !is_of_others
        }
    };
    by_name || license_file.is_some_and(|named| named.trim_start_matches("./") == path)
}

/// How a declaration says it: `content-usage` is a signal, the other keys are words.
fn modality(declared: &DeclaredUse) -> Modality {
    if declared.key == "content-usage" {
        Modality::Signal
    } else {
        Modality::in_words(declared.said.value)
    }
}

pub(super) fn license_text(file: &TextFile) -> LicenseText {
    let kind = match file.kind {
        TextKind::License => EvidenceKind::LicenseText,
        TextKind::Copyright | TextKind::Notice | TextKind::Header => EvidenceKind::Notice,
    };
    LicenseText {
        path: file.path.clone(),
        kind: file.kind,
        place: file.place,
        sha256: hex(&file.sha256),
        xxh32: file.xxh32,
        expression: file.reading.expression.clone(),
        licenses: file
            .reading
            .licenses
            .iter()
            .map(|found| FoundLicense {
                id: found.id.clone(),
                is_exception: found.is_exception,
                exact: found.exact,
                modification: found.modification,
                lines: found.lines,
                changes: found
                    .changes
                    .iter()
                    .map(|change| found_in(&file.path, change))
                    .collect(),
            })
            .collect(),
        statements: file
            .reading
            .statements
            .iter()
            .map(|said| statement(said, &file.path, kind, Force::License))
            .collect(),
        residue: file
            .reading
            .residue
            .iter()
            .map(|residue| Residue {
                excerpt: found_in(&file.path, &residue.excerpt),
                operative: residue.operative,
            })
            .collect(),
    }
}

fn notice_statements(file: &NoticeFile) -> impl Iterator<Item = Statement> {
    let kind = match file.kind {
        NoticeKind::Readme => EvidenceKind::Readme,
        NoticeKind::Agents => EvidenceKind::AgentsFile,
        NoticeKind::Signal => EvidenceKind::SignalFile,
    };
    file.statements
        .iter()
        .map(move |said| statement(said, &file.path, kind, Force::Preference))
}

/// A statement as a fact. `force` is that of the file it stands in; an express reservation has its own.
fn statement(said: &StoredStatement, path: &str, kind: EvidenceKind, force: Force) -> Statement {
    Statement {
        ai_use: said.ai_use.0,
        value: said.value.0,
        conditions: said.conditions.iter().map(|condition| condition.0).collect(),
        modality: said.modality,
        force: match said.modality {
            Modality::Reserve => Force::Reservation,
            Modality::Prohibit | Modality::Permit | Modality::Condition | Modality::Signal => force,
        },
        of_license: said.of_license.clone(),
        evidence: Evidence {
            kind,
            excerpt: found_in(path, &said.excerpt),
        },
    }
}

fn found_in(path: &str, excerpt: &StoredExcerpt) -> Excerpt {
    Excerpt {
        path: path.to_owned(),
        lines: excerpt.lines,
        text: excerpt.text.clone(),
        marked_start: excerpt.marked.0 as usize,
        marked_end: excerpt.marked.1 as usize,
    }
}

/// Bytes in lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|&byte| [digit(byte >> 4), digit(byte)]).collect()
}
