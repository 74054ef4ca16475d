//! A graph in which something denied is built: whatever else is in it, and whatever cargo's answer leaves out, it is never
//! clean.

#![no_main]

use airights::facts::{Declared, DeclaredExpression, Evidence, EvidenceKind, Excerpt, Facts, Gathered};
use airights::{PackageFacts, Policy, Verdict, evaluate};
use airights_cargo::graph::read_metadata;
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// The packages: the first is the workspace's own, the last is denied.
const MOST: usize = 12;

fuzz_target!(|program: &[u8]| {
    let [count, rest @ ..] = program else { return };
    let count = usize::from(*count) % (MOST - 2) + 3;
    let (way, rest) = rest.split_at(rest.len().min(count));
    let mut edges = Vec::new();
    // A way of ordinary dependencies from the first to the last.
    let mut at = 0;
    for step in way {
        let next = at + 1 + usize::from(*step) % (count - 1 - at);
        edges.push((at, next, Value::Null, Value::Null));
        at = next;
        if at == count - 1 {
            break;
        }
    }
    if at != count - 1 {
        edges.push((at, count - 1, Value::Null, Value::Null));
    }
    let (others, faults) = rest.split_at(rest.len() / 3 * 2);
    for edge in others.chunks_exact(3) {
        let (from, to) = (usize::from(edge[0]) % count, usize::from(edge[1]) % count);
        let kind = [Value::Null, json!("build"), json!("dev")][usize::from(edge[2]) % 3].clone();
        let target =
            [Value::Null, json!("cfg(windows)"), json!("cfg(feature_of_ours)")][usize::from(edge[2] >> 2) % 3].clone();
        // Only members have others for their tests, and nothing leads back.
        if from < to && (from == 0 || kind != json!("dev")) {
            edges.push((from, to, kind, target));
        }
    }
    // Cargo's answer holds nothing that nobody depends on.
    for number in 1..count {
        if !edges.iter().any(|edge| edge.1 == number) {
            edges.push((0, number, Value::Null, Value::Null));
        }
    }
    let mut metadata = metadata(count, &edges);
    let is_whole = faults.is_empty();
    for fault in faults.chunks_exact(2) {
        break_off(&mut metadata, fault[0], usize::from(fault[1]));
    }
    match read_metadata(metadata.to_string().as_bytes()) {
        Ok(resolved) => {
            let facts = resolved.graph.packages().iter().map(|package| {
                let license = if package.name == format!("p{}", count - 1) {
                    "AGPL-3.0-only"
                } else {
                    "MIT"
                };
                Gathered::Facts(Box::new(declaring(license)))
            });
            let facts = Facts::from(facts.collect::<Vec<_>>());
            let today = "2026-11-29".parse().expect("a day");
            let evaluation = evaluate(&Policy::built_in(), &resolved.graph, &facts, today);
            assert_ne!(evaluation.verdict, Verdict::Clean, "{metadata:#}");
        }
        Err(error) => assert!(
            !is_whole,
            "{error}: {:?}: {metadata:#}",
            std::error::Error::source(&error)
        ),
    }
});

fn declaring(license: &str) -> PackageFacts {
    PackageFacts {
        declared: Declared::Expression(Box::new(DeclaredExpression {
            raw: license.to_owned(),
            expression: spdx::Expression::parse(license).expect("an expression"),
            notes: Vec::new(),
            evidence: Evidence {
                kind: EvidenceKind::LicenseExpression,
                excerpt: Excerpt::whole_file("Cargo.toml"),
            },
        })),
        ..PackageFacts::default()
    }
}

fn id(number: usize) -> String {
    if number == 0 {
        "path+file:///fixture/p0#1.0.0".to_owned()
    } else {
        format!("registry+https://registry.example/index#p{number}@1.0.0")
    }
}

/// An edge: from, to, kind and target.
type Edge = (usize, usize, Value, Value);

fn metadata(count: usize, edges: &[Edge]) -> Value {
    let packages = (0..count).map(|number| {
        let name = format!("p{number}");
        let source = (number > 0).then_some("registry+https://registry.example/index");
        let own = edges.iter().filter(|(from, ..)| *from == number);
        let dependencies = own.map(|(_, to, kind, target)| {
            json!({
                "name": format!("p{to}"), "source": source, "req": "*", "kind": kind, "rename": null, "optional": false,
                "uses_default_features": true, "features": [], "target": target, "registry": null
            })
        });
        json!({
            "name": name, "version": "1.0.0", "id": id(number), "license": "MIT", "license_file": null,
            "description": null, "source": source, "dependencies": dependencies.collect::<Vec<_>>(),
            "targets": [{
                "kind": ["lib"], "crate_types": ["lib"], "name": name, "src_path": format!("/fixture/{name}/src/lib.rs"),
                "edition": "2021", "doc": true, "doctest": true, "test": true
            }],
            "features": {}, "manifest_path": format!("/fixture/{name}/Cargo.toml"), "metadata": null, "publish": null,
            "authors": [], "categories": [], "keywords": [], "readme": null, "repository": null, "homepage": null,
            "documentation": null, "edition": "2021", "links": null, "default_run": null, "rust_version": null
        })
    });
    let nodes = (0..count).map(|number| {
        let mut ends: Vec<usize> = edges
            .iter()
            .filter(|edge| edge.0 == number)
            .map(|edge| edge.1)
            .collect();
        ends.sort_unstable();
        ends.dedup();
        let deps = ends.iter().map(|end| {
            let kinds = edges.iter().filter(|edge| edge.0 == number && edge.1 == *end);
            let kinds = kinds.map(|(.., kind, target)| json!({ "kind": kind, "target": target }));
            json!({ "name": format!("p{end}"), "pkg": id(*end), "dep_kinds": kinds.collect::<Vec<_>>() })
        });
        json!({
            "id": id(number), "dependencies": ends.iter().map(|end| id(*end)).collect::<Vec<_>>(),
            "deps": deps.collect::<Vec<_>>(), "features": []
        })
    });
    json!({
        "packages": packages.collect::<Vec<_>>(), "workspace_members": [id(0)], "workspace_default_members": [id(0)],
        "resolve": { "nodes": nodes.collect::<Vec<_>>(), "root": id(0) },
        "target_directory": "/fixture/target", "version": 1, "workspace_root": "/fixture/p0", "metadata": null
    })
}

/// Leaves something out of an answer, or says it twice.
fn break_off(metadata: &mut Value, kind: u8, number: usize) {
    let list = match kind % 3 {
        0 => &mut metadata["packages"],
        1 => &mut metadata["resolve"]["nodes"],
        _ => &mut metadata["workspace_members"],
    };
    let Some(list) = list.as_array_mut().filter(|list| !list.is_empty()) else {
        return;
    };
    let place = number % list.len();
    if kind & 4 == 0 {
        list.remove(place);
    } else {
        let twice = list[place].clone();
        list.push(twice);
    }
}
