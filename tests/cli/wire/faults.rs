//! Every command that asks a registry, and everything that may be wrong with one: the command ends after a bounded number of
//! questions, says what it could not know, and leaves the project as it was.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{no_training, plain};
use crate::support::{Crate, Fault, Outcome, Part, Registry, Workspace};

const TOKEN: &str = "s3cr3t-of-ours";
const OF_OURS: &str = "registry = \"ours\"";
/// No command asks more often than this, whatever it is answered.
const MOST_QUESTIONS: usize = 40;
/// A gzip stream that breaks off.
const BROKEN_GZIP: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\xff\xff";

/// What may be wrong with the files of an index; the last of it with its `config.json`, too.
fn faults_of_an_index() -> Vec<Fault> {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(&mut std::io::Read::take(std::io::repeat(b'x'), 80 << 20), &mut bomb).expect("a vector");
    vec![
        Fault::Encoded("gzip", bomb.finish().expect("a vector")),
        Fault::Encoded("gzip", BROKEN_GZIP.to_vec()),
        Fault::Encoded("br", b"what".to_vec()),
        Fault::Truncated,
        Fault::LongerThanSaid,
        Fault::Drips,
        Fault::Answers("500 Internal Server Error"),
        Fault::Garbled,
        Fault::Hangs,
        Fault::RedirectsInCircles,
    ]
}

/// What may be wrong with a package.
fn faults_of_packages() -> Vec<Fault> {
    vec![
        Fault::Answers("503 Service Unavailable"),
        Fault::Truncated,
        Fault::LongerThanSaid,
        Fault::Hangs,
        Fault::Drips,
        Fault::RedirectsInCircles,
        Fault::OtherPackages,
        Fault::AsLongAs(33 << 20),
        Fault::Encoded("gzip", BROKEN_GZIP.to_vec()),
    ]
}

/// A command in a workspace, on a registry that asks for a token.
struct Told<'a> {
    story: &'a Workspace,
    ours: &'a Registry,
    arguments: &'a [&'a str],
    /// The parts of the registry it cannot do without.
    needs: &'a [Part],
    /// The packages to forget before each run, as `NAME-VERSION`; where none is named, all that cargo has of registries.
    forgets: &'a [&'a str],
}

impl Told<'_> {
    #[track_caller]
    fn under_every_fault(&self) {
        let healthy = self.run();
        assert_ne!(healthy.code, Some(2), "{healthy:?}");
        for part in [Part::Config, Part::Index, Part::Packages] {
            let faults = match part {
                Part::Packages => faults_of_packages(),
                Part::Config => faults_of_an_index().split_off(6),
                _ => faults_of_an_index(),
            };
            for fault in faults {
                self.fails_or_is_as_ever(part, &fault, &healthy);
            }
            let elsewhere = Fault::RedirectsTo(self.ours.by_another_path());
            for harmless in [elsewhere, Fault::AnswersAtFirst("503 Service Unavailable", 1)] {
                self.ours.breaks_at(part, harmless.clone());
                let outcome = self.run();
                // Cargo itself is led nowhere by a file of an index.
                let is_refused = matches!(harmless, Fault::RedirectsTo(_)) && outcome.code == Some(2);
                let is_as_ever = (outcome.code, &outcome.out) == (healthy.code, &healthy.out);
                assert!(is_refused || is_as_ever, "{part:?} {harmless:?}: {outcome:?}");
            }
        }
    }

    #[track_caller]
    fn fails_or_is_as_ever(&self, part: Part, fault: &Fault, healthy: &Outcome) {
        let files = || ["Cargo.toml", "Cargo.lock"].map(|file| fs::read(self.story.root().join(file)).ok());
        let before = files();
        let asked_before = self.ours.asked().len();
        self.ours.breaks_at(part, fault.clone());
        let outcome = self.run_and(|| {
            if self.needs.contains(&part) {
                assert_eq!(files(), before, "{part:?} {fault:?}");
            }
        });
        let what = format!("{:?} under {fault:?} of {part:?}: {outcome:?}", self.arguments);
        let asked = self.ours.asked().len() - asked_before;
        assert!(asked <= MOST_QUESTIONS, "{asked} questions: {what}");
        assert!(!outcome.out.contains(TOKEN) && !outcome.err.contains(TOKEN), "{what}");
        if self.needs.contains(&part) {
            let is_said = outcome.code == Some(2) && !outcome.out.contains("passed");
            // What is there now was judged; what was there before is what nobody knows.
            let is_said_of_one = outcome.out.contains("not compared: `parser 1.0.0`");
            assert!(is_said || is_said_of_one, "{what}");
            assert!(!outcome.out.contains("same terms"), "{what}");
        } else {
            assert_eq!((outcome.code, &outcome.out), (healthy.code, &healthy.out), "{what}");
        }
    }

    fn run(&self) -> Outcome {
        self.run_and(|| {})
    }

    /// Runs it as if for the first time, and puts everything back afterwards.
    fn run_and(&self, look: impl FnOnce()) -> Outcome {
        let _ = fs::remove_dir_all(self.story.cache());
        match self.forgets {
            [] => drop(fs::remove_dir_all(self.story.cargo_home().join("registry"))),
            packages => packages.iter().for_each(|package| forget(self.story, package)),
        }
        let files = ["Cargo.toml", "Cargo.lock"].map(|file| (file, fs::read(self.story.root().join(file)).ok()));
        let outcome = self.story.run(self.arguments);
        look();
        for (file, bytes) in files {
            if let Some(bytes) = bytes {
                self.story.write(file, bytes);
            }
        }
        outcome
    }
}

/// A registry that asks for a token.
fn ours(crates: impl IntoIterator<Item = Crate>) -> Registry {
    Registry::of_its_own_with_token(TOKEN, crates)
}

/// A workspace that depends on crates of it, with a lockfile and everything that is in it.
fn story(ours: &Registry, dependencies: &str) -> Workspace {
    let story = Workspace::depending_on(dependencies, Registry::with([]));
    story.knows("ours", ours);
    story.configure(&format!(
        "token = \"{TOKEN}\"\n[registry]\ndefault = \"ours\"\nglobal-credential-providers = [\"cargo:token\"]\n\
         [net]\nretry = 1\n[http]\ntimeout = 1\n"
    ));
    let manifest = story.read("Cargo.toml");
    story.write(
        "Cargo.toml",
        manifest.replacen("edition", "license = \"MIT\"\nedition", 1),
    );
    story.write("airights.toml", "version = 1\n[licenses]\nallow = [\"MIT\"]\n");
    let fetched = story.cargo(&["fetch"]);
    assert_eq!(fetched.code, Some(0), "{fetched:?}");
    story
}

fn on_parser(requirement: &str) -> String {
    format!("parser = {{ version = \"{requirement}\", {OF_OURS} }}")
}

#[test]
fn check_where_cargo_has_nothing_yet() {
    let ours = ours([plain("parser", "1.0.0")]);
    let story = story(&ours, &on_parser("1"));
    Told {
        story: &story,
        ours: &ours,
        arguments: &["check"],
        needs: &[Part::Config, Part::Index, Part::Packages],
        forgets: &[],
    }
    .under_every_fault();
}

#[test]
fn add() {
    let ours = ours([plain("parser", "1.0.0"), plain("reader", "1.0.0")]);
    let story = story(&ours, &on_parser("1"));
    Told {
        story: &story,
        ours: &ours,
        arguments: &["add", "reader", "--registry", "ours"],
        needs: &[Part::Config, Part::Index, Part::Packages],
        forgets: &[],
    }
    .under_every_fault();
}

#[test]
fn diff_of_two_versions() {
    let ours = ours([plain("parser", "1.0.0"), plain("parser", "1.1.0")]);
    let story = story(&ours, &on_parser("=1.0.0"));
    Told {
        story: &story,
        ours: &ours,
        arguments: &["diff", "parser@1.0.0", "1.1.0"],
        needs: &[Part::Config, Part::Index, Part::Packages],
        forgets: &[],
    }
    .under_every_fault();
}

/// A lockfile knows the checksums, so the index has nothing to say.
#[test]
fn diff_with_a_commit() {
    let ours = ours([plain("parser", "1.0.0"), plain("parser", "1.1.0")]);
    let story = story(&ours, &on_parser("=1.0.0"));
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "before"]] {
        git(&story.root(), arguments);
    }
    let manifest = story.read("Cargo.toml").replace("=1.0.0", "=1.1.0");
    story.write("Cargo.toml", manifest);
    let fetched = story.cargo(&["fetch"]);
    assert_eq!(fetched.code, Some(0), "{fetched:?}");
    Told {
        story: &story,
        ours: &ours,
        arguments: &["diff", "--base", "HEAD"],
        needs: &[Part::Config, Part::Packages],
        forgets: &["parser-1.0.0"],
    }
    .under_every_fault();
}

/// Takes a package from cargo, as if it had never been fetched.
fn forget(story: &Workspace, package: &str) {
    for place in ["cache", "src"] {
        let of_registries = fs::read_dir(story.cargo_home().join("registry").join(place)).into_iter();
        for registry in of_registries.flatten().flatten() {
            let _ = fs::remove_file(registry.path().join(format!("{package}.crate")));
            let _ = fs::remove_dir_all(registry.path().join(package));
        }
    }
}

fn git(root: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
    let status = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(root)
        .status();
    assert!(status.expect("git runs").success());
}

#[test]
fn suggest() {
    fixes(&["suggest"]);
}

#[test]
fn suggest_and_apply() {
    fixes(&["suggest", "--apply"]);
}

#[track_caller]
fn fixes(arguments: &[&str]) {
    let ours = ours([plain("parser", "1.1.0"), no_training("parser", "1.2.0")]);
    let story = story(&ours, &on_parser("1"));
    Told {
        story: &story,
        ours: &ours,
        arguments,
        needs: &[Part::Config, Part::Index, Part::Packages],
        forgets: &["parser-1.1.0"],
    }
    .under_every_fault();
}

/// What is about the author's own files asks nobody.
#[test]
fn declare_and_publish_check_ask_nobody() {
    let ours = ours([plain("parser", "1.0.0")]);
    let story = story(&ours, &on_parser("1"));
    ours.breaks(Fault::Down);
    let before = ours.asked().len();
    let declared = story.run(&["declare", "--preset", "open-models"]);
    assert_eq!(declared.code, Some(0), "{declared:?}");
    let checked = story.run(&["publish-check"]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(checked.out.contains("not checked 0"), "{checked:?}");
    assert_eq!(ours.asked().len(), before);
}

/// How often a registry is asked that has no answer of use.
#[test]
fn a_registry_without_an_answer_is_asked_as_often_as_cargo_is_told() {
    let ours = ours([plain("parser", "1.0.0"), plain("parser", "1.1.0")]);
    let story = story(&ours, &on_parser("=1.0.0"));
    let questions = |retry: &str, fault: Fault| {
        let _ = fs::remove_dir_all(story.cache());
        let _ = fs::remove_dir_all(story.cargo_home().join("registry"));
        let before = ours.asked().len();
        ours.breaks_at(Part::Index, fault);
        let retry = [("CARGO_NET_RETRY", retry)];
        let outcome = story.run_with(&retry, &["diff", "parser@1.0.0", "1.1.0"]);
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
        let asked = ours.asked().split_off(before).into_iter();
        asked.filter(|asked| asked.path != "/config.json").count()
    };
    assert_eq!(questions("0", Fault::Answers("500 Internal Server Error")), 1);
    assert_eq!(questions("1", Fault::Hangs), 2);
    assert_eq!(questions("2", Fault::Drips), 3);
    // Another question would be led in the same circle.
    assert!(questions("2", Fault::RedirectsInCircles) <= 11);
    // Whoever is refused is not let in a moment later.
    assert_eq!(questions("2", Fault::Answers("403 Forbidden")), 1);
    ours.heals();
}
