"""Measures `check` on a chain and on a tree of so many packages: python3 scripts/measure-chain.py PROGRAM [PACKAGES].

Only the answer of cargo is there and none of the packages, so what is measured is the graph, the ways and the report.
"""

import json
import os
import subprocess
import sys
import tempfile

SOURCE = "registry+https://index.example/"


def answer(root, count, parent):
    """What `cargo metadata` would print, and the manifest of the one member."""
    children = {number: [] for number in range(count)}
    for number in range(1, count):
        children[parent(number)].append(number)

    def id_of(number):
        return f"{SOURCE}#p{number}@1.0.0" if number else f"path+file://{root}#app@0.1.0"

    def package(number):
        name = f"p{number}" if number else "app"
        directory = f"/absent/{name}-1.0.0" if number else root
        needed = {"source": SOURCE, "req": "^1", "kind": None, "rename": None, "optional": False, "target": None,
                  "uses_default_features": True, "features": [], "registry": None}
        target = {"kind": ["lib"], "crate_types": ["lib"], "name": name, "src_path": f"{directory}/src/lib.rs",
                  "edition": "2021", "doc": True, "doctest": True, "test": True}
        nothing = dict.fromkeys(["license_file", "description", "metadata", "publish", "readme", "repository", "homepage",
                                 "documentation", "links", "default_run", "rust_version"])
        return nothing | {"name": name, "version": "1.0.0" if number else "0.1.0", "id": id_of(number),
                          "license": "MIT" if number else None, "source": SOURCE if number else None, "edition": "2021",
                          "dependencies": [needed | {"name": f"p{child}"} for child in children[number]],
                          "targets": [target], "features": {}, "manifest_path": f"{directory}/Cargo.toml",
                          "authors": [], "categories": [], "keywords": []}

    def node(number):
        kinds = [{"kind": None, "target": None}]
        links = [{"name": f"p{child}", "pkg": id_of(child), "dep_kinds": kinds} for child in children[number]]
        return {"id": id_of(number), "dependencies": [link["pkg"] for link in links], "deps": links, "features": []}

    member = id_of(0)
    metadata = {"packages": list(map(package, range(count))), "workspace_members": [member],
                "workspace_default_members": [member], "resolve": {"nodes": list(map(node, range(count))), "root": member},
                "target_directory": f"{root}/target", "version": 1, "workspace_root": root, "metadata": None}
    needs = "".join(f'p{child} = "1"\n' for child in children[0])
    return metadata, f'[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n{needs}'


def measure(program, count, parent):
    """Seconds of processor time, and the most memory in MiB."""
    with tempfile.TemporaryDirectory() as root:
        root = os.path.realpath(root)
        metadata, manifest = answer(root, count, parent)
        os.mkdir(f"{root}/src")
        for path, text in [("Cargo.toml", manifest), ("src/lib.rs", ""), ("saved.json", json.dumps(metadata))]:
            with open(f"{root}/{path}", "w", encoding="utf-8") as file:
                file.write(text)
        command = [program, "airights", "check", "--no-cache", "--metadata-path", "saved.json"]
        child = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(child.pid, 0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    """Prints both, and how many times as much the chain takes."""
    program, count = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    chain = measure(program, count, lambda number: number - 1)
    tree = measure(program, count, lambda number: (number - 1) // 10)
    for name, (seconds, memory) in [("chain", chain), ("tree", tree)]:
        print(f"{name}: {seconds:.2f} s, {memory:.0f} MiB")
    print(f"chain / tree: {chain[0] / tree[0]:.2f} in time, {chain[1] / tree[1]:.2f} in memory")


main()
