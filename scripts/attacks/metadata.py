"""A saved `cargo metadata` that is broken, or that leaves out or moves what is denied."""

import copy
import json
import os

from policies import bad, fine
from project import Project
from registry import Registry
from rows import row, unless


@row(25, "saved metadata that is broken or does not agree with itself", "exit code 2, or the very same verdict")
def saved(bench):
    registry = Registry([bad(), fine("mid", dependencies={"bad": "1"}), fine("dep")])
    project = Project(bench, registry, 'mid = "1"\ndep = "1"\n')
    good = json.loads(project.cargo("metadata", "--format-version", "1"))
    asked = len(registry.asked)

    def check(content):
        project.write("m.json", content if isinstance(content, (str, bytes)) else json.dumps(content))
        return project.check("--metadata-path", "m.json", timeout=30)

    report = check(good)
    yield "as cargo says it", unless(report.code == 1 and report.level("bad") == "deny", report)

    text = json.dumps(good)
    malformed = {
        "empty": "",
        "`{}`": "{}",
        "`[]`": "[]",
        "`null`": "null",
        "cut in the middle": text[: len(text) // 2],
        "deep": "[" * 200_000 + "]" * 200_000,
        "not UTF-8": b"\xff\xfe" + text.encode(),
        "of another version": json.dumps({**good, "version": 2}),
        "without a resolve": json.dumps({**good, "resolve": None}),
        "packages as a string": json.dumps({**good, "packages": "none"}),
        "a key twice": text[:-1] + ', "packages": []}',
    }
    for name, content in malformed.items():
        report = check(content)
        yield name, unless(report.code == 2, report)

    for name, change in CHANGES.items():
        changed = copy.deepcopy(good)
        change(changed, Parts(changed))
        report = check(changed)
        same = report.code == 1 and report.level("bad") == "deny"
        yield name, unless(report.code == 2 or same, report)
    yield "no registry was asked", unless(len(registry.asked) == asked, registry.paths(asked))


class Parts:
    """What changes are made of: each package and each node by name."""

    def __init__(self, metadata):
        self.packages = {package["name"]: package for package in metadata["packages"]}
        names = {package["id"]: package["name"] for package in metadata["packages"]}
        self.nodes = {names[node["id"]]: node for node in metadata["resolve"]["nodes"]}
        self.id = {name: package["id"] for name, package in self.packages.items()}


def without(entries, key, value):
    entries[:] = [entry for entry in entries if entry[key] != value]


def drop_node(metadata, parts):
    without(metadata["resolve"]["nodes"], "id", parts.id["bad"])


def drop_package(metadata, parts):
    without(metadata["packages"], "id", parts.id["bad"])


def drop_both(metadata, parts):
    drop_node(metadata, parts)
    drop_package(metadata, parts)


def cut_edge(metadata, parts):
    node = parts.nodes["mid"]
    node["deps"], node["dependencies"] = [], []


def cut_one_list(metadata, parts):
    parts.nodes["mid"]["deps"] = []


def all_gone(metadata, parts):
    drop_both(metadata, parts)
    cut_edge(metadata, parts)


def dangling(metadata, parts):
    parts.nodes["mid"]["deps"][0]["pkg"] = "nowhere#bad@1.0.0"
    parts.nodes["mid"]["dependencies"] = ["nowhere#bad@1.0.0"]


def send_to(place):
    def change(metadata, parts):
        parts.packages["bad"]["manifest_path"] = place(parts)

    return change


def as_member(metadata, parts):
    metadata["workspace_members"].append(parts.id["bad"])


def other_root(metadata, parts):
    metadata["resolve"]["root"] = parts.id["dep"]
    metadata["workspace_members"] = [parts.id["dep"]]


def two_nodes(metadata, parts):
    metadata["resolve"]["nodes"].append({**parts.nodes["mid"], "deps": [], "dependencies": []})


def two_packages(metadata, parts):
    metadata["packages"].append({**parts.packages["bad"], "manifest_path": parts.packages["dep"]["manifest_path"]})


def of_source(source):
    def change(metadata, parts):
        parts.packages["bad"]["source"] = source

    return change


def of_kind(kind):
    def change(metadata, parts):
        for dependency in parts.nodes["mid"]["deps"]:
            dependency["dep_kinds"] = kind

    return change


def named(**fields):
    def change(metadata, parts):
        parts.packages["bad"].update(fields)

    return change


def whole(**fields):
    def change(metadata, parts):
        metadata.update(fields)

    return change


def no_such_directory(parts):
    return "/proc/nowhere/bad-1.0.0/Cargo.toml"


def beside(name):
    return lambda parts: os.path.join(os.path.dirname(parts.packages["bad"]["manifest_path"]), name)


CHANGES = {
    "the node is dropped": drop_node,
    "the package is dropped": drop_package,
    "the node and the package are dropped": drop_both,
    "the edge is cut": cut_edge,
    "one list of edges is cut": cut_one_list,
    "the edge points nowhere": dangling,
    "the edge, the node and the package are gone": all_gone,
    "no packages": whole(packages=[]),
    "no members": whole(workspace_members=[]),
    "members that are not there": whole(workspace_members=["nowhere#app@0.1.0"]),
    "no nodes": lambda metadata, parts: metadata["resolve"].update(nodes=[]),
    "a root that is no member": lambda metadata, parts: metadata["resolve"].update(root=parts.id["dep"]),
    "another crate as root and member": other_root,
    "the denied one as a member": as_member,
    "two nodes of one package, one without edges": two_nodes,
    "two packages of one id, one elsewhere": two_packages,
    "the files of another crate": send_to(lambda parts: parts.packages["dep"]["manifest_path"]),
    "the files of the project": send_to(lambda parts: parts.packages["app"]["manifest_path"]),
    "/etc/passwd": send_to(lambda parts: "/etc/passwd"),
    "/": send_to(lambda parts: "/"),
    "a relative path": send_to(lambda parts: "Cargo.toml"),
    "nothing for a path": send_to(lambda parts: ""),
    "a directory that is not there": send_to(no_such_directory),
    "another file beside the manifest": send_to(beside("LICENSE")),
    "a way round": send_to(lambda parts: parts.packages["dep"]["manifest_path"].replace("/dep-", "/bad-1.0.0/../dep-")),
    "a source that is none": of_source("whatever"),
    "no source": of_source(None),
    "of a directory": of_source("directory+/proc/nowhere"),
    "of git": of_source("git+https://example.invalid/bad#0000000000000000000000000000000000000000"),
    "another version": named(version="9.9.9"),
    "a version that is none": named(version="one"),
    "another name": named(name="dep2"),
    "another id": named(id="nowhere#bad@1.0.0"),
    "another license": named(license="MIT", license_file=None),
    "no targets": named(targets=[]),
    "no kind of dependency": of_kind([]),
    "for tests only": of_kind([{"kind": "dev", "target": None}]),
    "a workspace elsewhere": whole(workspace_root="/proc/nowhere"),
    "default members that are not there": whole(workspace_default_members=["nowhere#app@0.1.0"]),
}
