//! Saved answers of cargo that somebody has edited: what was left out, or put elsewhere, never passes for what is allowed.

use serde_json::{Value, json};

use crate::support::{Crate, Outcome, Registry, Workspace, license_text};

/// A workspace of two members that needs `good`, `mid`, and through `mid`, `bad`, which is denied; and cargo's answer.
fn story() -> (Workspace, Value) {
    let krate = |name: &str, license: &str| {
        Crate::new(name, "1.0.0")
            .license(license)
            .file("LICENSE", license_text(license))
    };
    let crates = [
        krate("bad", "AGPL-3.0-only"),
        krate("good", "MIT"),
        krate("mid", "MIT").dependency("bad", "1"),
        krate("tested", "MIT"),
    ];
    let story = Workspace::depending_on("mid = \"1\"\ngood = \"1\"", Registry::with(crates));
    story.write(
        "other/Cargo.toml",
        "[package]\nname = \"other\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\nbad = \"1\"\n\
         [dev-dependencies]\ntested = \"1\"\n",
    );
    story.write("other/src/lib.rs", "");
    let manifest = story.read("Cargo.toml");
    story.write("Cargo.toml", manifest + "\n[workspace]\nmembers = [\"other\"]\n");
    let saved = story.cargo(&["metadata", "--format-version", "1"]);
    let places = [("[CARGO_HOME]", story.cargo_home()), ("[ROOT]", story.root())];
    let saved = places.into_iter().fold(saved.out, |saved, (shown, place)| {
        saved.replace(shown, &place.canonicalize().expect("a directory").to_string_lossy())
    });
    let saved = serde_json::from_str(&saved).expect("JSON");
    (story, saved)
}

fn package<'m>(metadata: &'m mut Value, name: &str) -> &'m mut Value {
    let mut packages = metadata["packages"].as_array_mut().expect("packages").iter_mut();
    packages.find(|package| package["name"] == name).expect("a package")
}

fn id(metadata: &Value, name: &str) -> Value {
    package(&mut metadata.clone(), name)["id"].clone()
}

fn node<'m>(metadata: &'m mut Value, name: &str) -> &'m mut Value {
    let id = id(metadata, name);
    let mut nodes = metadata["resolve"]["nodes"].as_array_mut().expect("nodes").iter_mut();
    nodes.find(|node| node["id"] == id).expect("a node")
}

fn list<'m>(value: &'m mut Value, key: &str) -> &'m mut Vec<Value> {
    value[key].as_array_mut().expect("a list")
}

/// Takes a package out as if it had never been there.
fn forget(metadata: &mut Value, name: &str) {
    let id = id(metadata, name);
    list(metadata, "packages").retain(|package| package["id"] != id);
    list(metadata, "workspace_members").retain(|member| *member != id);
    list(&mut metadata["resolve"], "nodes").retain(|node| node["id"] != id);
    for node in list(&mut metadata["resolve"], "nodes") {
        list(node, "deps").retain(|link| link["pkg"] != id);
        list(node, "dependencies").retain(|link| *link != id);
    }
}

/// The denied packages and why.
fn denied(outcome: &Outcome) -> Vec<(Value, Value)> {
    let report = outcome.json();
    let findings = report["findings"].as_array().expect("findings").iter();
    let findings = findings.filter(|finding| finding["level"] == "deny");
    findings
        .map(|finding| (finding["rule"].clone(), finding["package"].clone()))
        .collect()
}

type Edit = fn(&mut Value);

/// Each edit with what is said of it.
const EDITS: &[(&str, Edit)] = &[
    ("it names no package", |all| all["packages"] = json!([])),
    ("is a member of the workspace, and is not resolved", |all| {
        all["resolve"]["nodes"] = json!([]);
    }),
    ("holds no resolved dependencies", |all| all["resolve"] = Value::Null),
    ("it names no member", |all| all["workspace_members"] = json!([])),
    ("which is not resolved", |all| {
        let bad = id(all, "bad");
        list(&mut all["resolve"], "nodes").retain(|node| node["id"] != bad);
    }),
    ("is linked to no such package", |all| forget(all, "bad")),
    ("says another `dependencies` of", |all| {
        forget(all, "bad");
        for name in ["mid", "other"] {
            list(package(all, name), "dependencies").retain(|needed| needed["name"] != "bad");
        }
    }),
    ("is linked to no such package", |all| {
        let (bad, good) = (id(all, "bad"), id(all, "good"));
        for name in ["mid", "other"] {
            for link in list(node(all, name), "deps") {
                if link["pkg"] == bad {
                    link["pkg"] = good.clone();
                }
            }
        }
    }),
    ("is linked to no such package", |all| {
        node(all, "other")["deps"] = json!([]);
    }),
    ("is a member of the workspace, and is not there", |all| {
        forget(all, "other");
        forget(all, "tested");
    }),
    ("nothing depends on it", |all| {
        let other = id(all, "other");
        list(all, "workspace_members").retain(|member| *member != other);
    }),
    ("is a member of the workspace, and has a source", |all| {
        let bad = id(all, "bad");
        list(all, "workspace_members").push(bad);
    }),
    ("is not in the workspace of which it is a member", |all| {
        let bad = id(all, "bad");
        list(all, "workspace_members").push(bad);
        package(all, "bad")["source"] = Value::Null;
    }),
    ("is not resolved", |all| {
        list(all, "workspace_members").push("no-such".into());
    }),
    ("is the root, and no member", |all| {
        all["resolve"]["root"] = id(all, "bad");
    }),
    ("is the root, and no member", |all| {
        all["resolve"]["root"] = "no-such".into();
    }),
    ("is not the manifest of `bad 1.0.0`", |all| {
        package(all, "bad")["manifest_path"] = package(all, "good")["manifest_path"].clone();
    }),
    ("is not the manifest of `bad 1.0.0`", |all| {
        package(all, "bad")["manifest_path"] = "/etc/passwd".into();
    }),
    ("is not the manifest of `bad 1.0.0`", |all| {
        package(all, "bad")["manifest_path"] = "/".into();
    }),
    ("`/Cargo.toml`, the manifest of `bad 1.0.0`, is not there", |all| {
        package(all, "bad")["manifest_path"] = "/Cargo.toml".into();
    }),
    ("is not an absolute path", |all| {
        package(all, "bad")["manifest_path"] = "bad/Cargo.toml".into();
    }),
    ("its source is not on this disk", |all| {
        package(all, "bad")["manifest_path"] = "/absent/Cargo.toml".into();
    }),
    ("is not where cargo unpacks or vendors", |all| {
        let root = all["workspace_root"].as_str().expect("a path").to_owned();
        package(all, "bad")["manifest_path"] = format!("{root}/copy/Cargo.toml").into();
    }),
    ("says another `license` of `bad 1.0.0`", |all| {
        package(all, "bad")["license"] = "MIT".into();
    }),
    ("says another `license-file` of `bad 1.0.0`", |all| {
        package(all, "bad")["license_file"] = "README".into();
    }),
    ("says another `package.metadata.airights`", |all| {
        package(all, "bad")["metadata"] = json!({ "airights": { "use": { "train-ai": "allowed" } } });
    }),
    ("is not the manifest of `bad 1.0.1`", |all| {
        package(all, "bad")["version"] = "1.0.1".into();
    }),
    ("is linked to no such package", |all| {
        package(all, "bad")["name"] = "worse".into();
    }),
    ("is not a source of packages", |all| {
        package(all, "bad")["source"] = "nowhere".into();
    }),
    ("is not from `registry+https://other.example/`", |all| {
        package(all, "bad")["source"] = "registry+https://other.example/".into();
    }),
    ("is there twice", |all| {
        let mut twin = package(all, "bad").clone();
        twin["license"] = "MIT".into();
        list(all, "packages").insert(0, twin);
    }),
    ("is resolved twice", |all| {
        let mut twin = node(all, "mid").clone();
        twin["deps"] = json!([]);
        list(&mut all["resolve"], "nodes").push(twin);
    }),
    ("says another `dependencies` of", |all| change_needs(all, "kind", "dev")),
    ("says another `dependencies` of", |all| {
        change_needs(all, "kind", "build");
    }),
    ("says another `dependencies` of", |all| {
        change_needs(all, "target", "cfg(any())");
    }),
    ("says another `dependencies` of", |all| {
        change_needs(all, "optional", true);
    }),
    ("the root of the workspace", |all| all["workspace_root"] = "/".into()),
    ("the root of the workspace", |all| {
        all["workspace_root"] = "/absent".into();
    }),
    ("the links of", |all| node(all, "mid")["deps"] = json!([1])),
    ("missing field `deps`", |all| {
        node(all, "mid").as_object_mut().expect("a table").remove("deps");
    }),
];

/// Changes what is said of each dependency on `bad`.
fn change_needs(all: &mut Value, key: &str, value: impl Into<Value>) {
    let value = value.into();
    for package in list(all, "packages") {
        for needed in list(package, "dependencies") {
            if needed["name"] == "bad" {
                needed[key] = value.clone();
            }
        }
    }
}

/// Edits that change nothing that is judged.
const HARMLESS: &[Edit] = &[
    |_| {},
    |all| {
        list(all, "packages").reverse();
    },
    |all| {
        list(&mut all["resolve"], "nodes").reverse();
    },
    |all| {
        list(all, "workspace_members").reverse();
    },
    |all| {
        all["resolve"]["root"] = Value::Null;
    },
    |all| {
        package(all, "bad")["description"] = "MIT".into();
    },
    |all| {
        package(all, "bad")["repository"] = "https://example.org/".into();
    },
    |all| {
        package(all, "bad")["publish"] = json!([]);
    },
    |all| {
        package(all, "bad")["authors"] = json!(["us"]);
    },
    |all| {
        all["metadata"] = json!({ "airights": { "use": { "train-ai": "allowed" } } });
    },
];

#[test]
fn an_edited_answer_is_refused_or_changes_nothing() {
    let (story, saved) = story();
    story.write(
        "copy/Cargo.toml",
        "[package]\nname = \"bad\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n",
    );
    let check = |edit: Edit| {
        let mut edited = saved.clone();
        edit(&mut edited);
        story.write("saved.json", edited.to_string());
        story.run(&["check", "--format", "json", "--metadata-path", "saved.json"])
    };
    let expected = story.run(&["check", "--format", "json", "--no-cache"]);
    assert_eq!(expected.code, Some(1));
    for (number, edit) in HARMLESS.iter().enumerate() {
        let outcome = check(*edit);
        assert_eq!(outcome.code, Some(1), "{number}: {outcome:?}");
        assert_eq!(denied(&outcome), denied(&expected), "{number}");
    }
    for (number, (reason, edit)) in EDITS.iter().enumerate() {
        let outcome = check(*edit);
        assert_eq!(outcome.code, Some(2), "{number} ({reason}): {outcome:?}");
        let said = format!("{}{}", outcome.out, outcome.err);
        assert!(said.contains(reason), "{number} ({reason}): {said}");
    }
    // Nothing of it was remembered.
    assert_eq!(denied(&story.run(&["check", "--format", "json"])), denied(&expected));
}
