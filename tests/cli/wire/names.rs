//! The name of a crate is asked for where the crate is from, and nowhere else: whoever publishes one of that name elsewhere
//! neither hears of it nor is believed.

use super::{no_training, plain};
use crate::support::{Registry, Workspace};

/// A workspace on a crate of ours. The registry that stands for crates.io has a namesake without the clause.
struct Namesakes {
    ours: Registry,
    of_crates_io: Registry,
    story: Workspace,
}

fn namesakes(dependencies: &str) -> Namesakes {
    let ours = Registry::of_its_own([
        plain("parser", "1.0.0"),
        no_training("parser", "1.1.0"),
        plain("parser", "1.2.0"),
    ]);
    let of_crates_io = Registry::with([
        plain("parser", "1.0.0"),
        plain("parser", "1.1.0"),
        plain("reader", "1.0.0"),
        plain("reader", "1.1.0"),
    ]);
    let story = Workspace::depending_on(dependencies, of_crates_io.clone());
    story.knows("ours", &ours);
    let manifest = story.read("Cargo.toml");
    story.write(
        "Cargo.toml",
        manifest.replacen("edition", "license = \"MIT\"\nedition", 1),
    );
    Namesakes {
        ours,
        of_crates_io,
        story,
    }
}

const FROM_OURS: &str = "parser = { version = \"=1.0.0\", registry = \"ours\" }";
const FROM_BOTH: &str = "parser = { version = \"=1.0.0\", registry = \"ours\" }\n\
                         theirs = { package = \"parser\", version = \"=1.0.0\" }";

fn locked(dependencies: &str) -> Namesakes {
    let told = namesakes(dependencies);
    let outcome = told.story.cargo(&["generate-lockfile"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    told
}

impl Namesakes {
    #[track_caller]
    fn compared(&self, arguments: &[&str], code: i32, expected: &[&str]) {
        let outcome = self.story.run(&[&["diff"], arguments].concat());
        assert_eq!(outcome.code, Some(code), "{outcome:?}");
        for words in expected {
            let said = outcome.out.contains(words) || outcome.err.contains(words);
            assert!(said, "`{words}` is missing in: {outcome:?}");
        }
    }

    /// Nobody but our registry heard of our crate.
    #[track_caller]
    fn ours_alone_was_asked(&self) {
        assert!(
            !self.of_crates_io.was_asked_for("parser"),
            "{:?}",
            self.of_crates_io.asked()
        );
        assert!(self.ours.was_asked_for("parser"), "{:?}", self.ours.asked());
    }
}

#[test]
fn diff_asks_the_registry_of_the_lockfile() {
    let told = locked(FROM_OURS);
    told.compared(&["parser@1.0.0", "1.1.0"], 1, &["train-ai"]);
    told.ours_alone_was_asked();
}

#[test]
fn of_two_registries_diff_guesses_none() {
    let told = locked(FROM_BOTH);
    let ours = told.ours.index();
    let asked = (told.ours.asked().len(), told.of_crates_io.asked().len());
    told.compared(
        &["parser@1.0.0", "1.1.0"],
        2,
        &["from more than one registry: `crates-io` and `ours`", "--registry"],
    );
    assert_eq!((told.ours.asked().len(), told.of_crates_io.asked().len()), asked);
    told.compared(&["parser@1.0.0", "1.1.0", "--registry", "ours"], 1, &["train-ai"]);
    told.compared(&["parser@1.0.0", "1.1.0", "--index", &ours], 1, &["train-ai"]);
    told.compared(
        &["parser@1.0.0", "1.1.0", "--registry", "crates-io"],
        0,
        &["same terms"],
    );
}

#[test]
fn the_flags_of_diff_are_cargos() {
    let told = namesakes("");
    told.compared(&["parser@1.0.0", "1.1.0", "--registry", "ours"], 1, &["train-ai"]);
    told.ours_alone_was_asked();
    told.compared(&["parser@1.0.0", "1.1.0", "--registry", "nobody"], 2, &["`nobody`"]);
    told.compared(
        &["parser@1.0.0", "1.1.0", "--index", "file:///x"],
        2,
        &["git index", "sparse"],
    );
    told.compared(&["--registry", "ours"], 2, &["`--registry` and `--index` say"]);
    let both = [
        "parser@1.0.0",
        "1.1.0",
        "--registry",
        "ours",
        "--index",
        "sparse+http://x/",
    ];
    told.compared(&both, 2, &["cannot be used with"]);
    assert!(!told.of_crates_io.was_asked_for("parser"));
}

/// As `cargo add` would take it, and it is said.
#[test]
fn what_is_in_no_graph_is_compared_in_cargos_default_registry() {
    let told = locked("");
    told.compared(&["reader@1.0.0", "1.1.0"], 0, &["not in `Cargo.lock`", "crates-io"]);
    told.story.configure("[registry]\ndefault = \"ours\"\n");
    told.compared(&["parser@1.0.0", "1.1.0"], 1, &["not in `Cargo.lock`", "`ours`"]);
    told.ours_alone_was_asked();
}

/// Where nothing is locked yet and there are several registries, nobody knows where a crate is from.
#[test]
fn without_a_lockfile_a_registry_is_asked_for() {
    let told = namesakes(FROM_OURS);
    told.compared(&["parser@1.0.0", "1.1.0"], 2, &["Cargo.lock", "--registry"]);
    told.story.write("Cargo.lock", "[[package\n");
    told.compared(&["parser@1.0.0", "1.1.0"], 2, &["`Cargo.lock`", "--registry"]);
    assert!(!told.of_crates_io.was_asked_for("parser") && !told.ours.was_asked_for("parser"));
}

#[test]
fn diff_of_lockfiles_asks_the_registry_of_each_package() {
    let told = locked(FROM_OURS);
    told.story.write("before.lock", told.story.read("Cargo.lock"));
    let manifest = told.story.read("Cargo.toml").replace("=1.0.0", "=1.1.0");
    told.story.write("Cargo.toml", manifest);
    told.story.cargo(&["generate-lockfile"]);
    told.compared(&["before.lock", "Cargo.lock"], 1, &["train-ai"]);
    // An address without the slash at its end is the same registry, and no reason to ask another one.
    let (index, without) = (told.ours.index(), told.ours.index().trim_end_matches('/').to_owned());
    for file in ["before.lock", "Cargo.lock"] {
        let text = told
            .story
            .read(file)
            .replace(&format!("\"{index}\""), &format!("\"{without}\""));
        told.story.write(file, text);
    }
    let _ = std::fs::remove_dir_all(told.story.cache());
    told.compared(&["before.lock", "Cargo.lock"], 1, &["train-ai"]);
    told.ours_alone_was_asked();
}

/// The whole ladder is tried, other crates included.
#[test]
fn suggest_asks_the_registry_of_each_package() {
    let told = locked(&FROM_OURS.replace("=1.0.0", "=1.1.0"));
    let outcome = told.story.run(&["suggest"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    assert!(outcome.out.contains("no way by"), "{outcome:?}");
    told.ours_alone_was_asked();
}

#[test]
fn add_asks_the_registry_it_is_told() {
    let told = locked("");
    let outcome = told.story.run(&["add", "parser@=1.1.0", "--registry", "ours"]);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let outcome = told.story.run(&["add", "parser@=1.0.0", "--registry", "ours"]);
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    told.ours_alone_was_asked();
}

#[test]
fn publish_check_asks_no_other_registry() {
    let told = locked(FROM_OURS);
    let outcome = told.story.run(&["publish-check"]);
    assert_ne!(outcome.code, Some(2), "{outcome:?}");
    told.ours_alone_was_asked();
}
