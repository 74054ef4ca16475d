//! `cargo airights tree`: who depends on whom, with licenses and verdicts.

use crate::support::{Crate, Registry, Workspace};

fn story() -> Workspace {
    let crates = [
        Crate::new("outer", "1.2.0")
            .license("MIT OR Apache-2.0")
            .dependency("shared", "1")
            .dependency("strong", "1"),
        Crate::new("other", "1.0.0").license("MIT").dependency("shared", "1"),
        Crate::new("shared", "1.0.0").license("ISC").dependency("leaf", "1"),
        Crate::new("leaf", "1.0.0").license("MIT"),
        Crate::new("strong", "1.0.0").license("GPL-3.0-only"),
    ];
    Workspace::depending_on("outer = \"1\"\nother = \"1\"", Registry::with(crates))
}

#[track_caller]
fn drawn(arguments: &[&str]) -> String {
    let outcome = story().run(&[&["tree"], arguments].concat());
    assert_eq!((outcome.code, outcome.err.as_str()), (Some(0), ""));
    outcome.out
}

#[test]
fn each_crate_has_its_license_and_its_verdict() {
    let expected = "\
app 0.1.0: unknown (member)
├── other 1.0.0: MIT
│   └── shared 1.0.0: ISC
│       └── leaf 1.0.0: MIT
└── outer 1.2.0: MIT OR Apache-2.0
    ├── shared 1.0.0: ISC (*)
    └── strong 1.0.0: GPL-3.0-only (denied)

6 packages (1 denied, 1 member)
";
    assert_eq!(drawn(&[]), expected);
    let shallow = drawn(&["--depth", "1"]);
    assert!(shallow.contains("outer") && !shallow.contains("shared"), "{shallow}");
}

#[test]
fn of_what_is_denied_only_the_way_there_is_drawn() {
    let expected = "\
app 0.1.0: unknown (member)
└── outer 1.2.0: MIT OR Apache-2.0
    └── strong 1.0.0: GPL-3.0-only (denied)

1 of 6 packages (1 denied)
";
    assert_eq!(drawn(&["--denied"]), expected);
    assert_eq!(drawn(&["--license", "GPL-*"]), expected);
    assert_eq!(drawn(&["--class", "proprietary"]), "0 of 6 packages\n");
}

#[test]
fn inverted_it_shows_who_depends_on_a_crate() {
    let expected = "\
shared 1.0.0: ISC
├── other 1.0.0: MIT
│   └── app 0.1.0: unknown (member)
└── outer 1.2.0: MIT OR Apache-2.0
    └── app 0.1.0: unknown (member)
";
    assert_eq!(drawn(&["-i", "shared@1"]), expected);
    let mistyped = story().run(&["tree", "--invert", "shraed"]);
    assert_eq!(mistyped.code, Some(2));
    assert!(mistyped.err.contains("did you mean `shared`?"), "{}", mistyped.err);
}
