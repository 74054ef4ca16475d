#!/usr/bin/env python3
"""Makes index files from the histories of repositories, to measure mined rules without asking any registry.

    python3 scripts/index-from-git.py DIRECTORY REPOSITORY…

For each package of each git repository, `DIRECTORY` gets a file in the form and place of a sparse index: one line for each
month in which the manifest changed, with the dependencies it had at the month's end. Versions are numbers in that order,
since many packages of applications never change theirs. Nothing of the repositories is run.
"""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys
import tomllib

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def changes(repository):
    """Each change of a manifest on the main line, oldest first: month, path, blob or None."""
    command = ["git", "-C", repository, "log", "--first-parent", "-m", "--reverse", "--raw", "--no-renames", "--no-abbrev",
               "--format=@%ct", "--", "Cargo.toml", "**/Cargo.toml"]
    month = None
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as log:
        for line in log.stdout:
            if line.startswith("@"):
                month = datetime.datetime.fromtimestamp(int(line[1:]), datetime.timezone.utc).strftime("%Y-%m")
            elif line.startswith(":"):
                fields, path = line.rstrip("\n").split("\t", 1)
                blob, status = fields.split()[3:5]
                yield month, path, None if status == "D" else blob


def manifests(repository, blobs):
    """The manifests of these blobs, parsed; what cannot be parsed is left out."""
    command = ["git", "-C", repository, "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as batch:
        for blob in blobs:
            batch.stdin.write(blob.encode() + b"\n")
            batch.stdin.flush()
            header = batch.stdout.readline().split()
            if header[-1] == b"missing":
                continue
            text = batch.stdout.read(int(header[2]))
            batch.stdout.read(1)
            try:
                yield blob, tomllib.loads(text.decode())
            except (ValueError, RecursionError):
                continue
        batch.stdin.close()


def is_private(value):
    """Whether a dependency is another package of the repository that nobody publishes."""
    return isinstance(value, dict) and "path" in value and "version" not in value


def private_names(repository):
    """What members inherit as a private dependency today."""
    command = ["git", "-C", repository, "show", "HEAD:Cargo.toml"]
    root = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    try:
        shared = tomllib.loads(root.decode()).get("workspace", {}).get("dependencies", {})
    except (ValueError, RecursionError):
        return set()
    return {name for name, value in shared.items() if is_private(value)}


def dependencies(manifest, private):
    """(crate, kind) of each dependency that is published, those for one target only among them."""
    found = set()
    tables = [manifest] + [table for table in (manifest.get("target") or {}).values() if isinstance(table, dict)]
    kinds = {"dependencies": "normal", "build-dependencies": "build", "dev-dependencies": "dev"}
    for table in tables:
        for key, kind in kinds.items():
            entries = table.get(key)
            for name, value in entries.items() if isinstance(entries, dict) else ():
                package = value.get("package", name) if isinstance(value, dict) else name
                is_inherited = isinstance(value, dict) and value.get("workspace")
                if is_private(value) or (is_inherited and name in private):
                    continue
                if isinstance(package, str) and NAME.fullmatch(package):
                    found.add((package, kind))
    return found


def histories(repository):
    """The package's name, and its dependencies at the end of each month in which they changed."""
    steps = list(changes(repository))
    private = private_names(repository)
    parsed = dict(manifests(repository, sorted({blob for _, _, blob in steps if blob})))
    by_path = {}
    for month, path, blob in steps:
        by_path.setdefault(path, {})[month] = parsed.get(blob)
    for months in by_path.values():
        name, releases = None, []
        for manifest in months.values():
            package = (manifest or {}).get("package") or (manifest or {}).get("project")
            if not isinstance(package, dict) or not NAME.fullmatch(str(package.get("name", ""))):
                continue
            name = package["name"]
            now = dependencies(manifest, private)
            if not releases or releases[-1] != now:
                releases.append(now)
        if name and len(releases) > 1:
            yield name, releases


def index_path(name):
    name = name.lower()
    places = {1: ["1"], 2: ["2"], 3: ["3", name[:1]]}
    return os.path.join(*places.get(len(name), [name[:2], name[2:4]]), name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory")
    parser.add_argument("repository", nargs="+")
    options = parser.parse_args()
    kept = {}
    for repository in options.repository:
        for name, releases in histories(repository):
            # Of two packages of one name, a copy has the shorter history.
            if len(releases) > len(kept.get(name, ())):
                kept[name] = releases
        print(f"{repository}: {len(kept)} packages so far", file=sys.stderr)
    for name, releases in sorted(kept.items()):
        path = os.path.join(options.directory, index_path(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            for number, now in enumerate(releases):
                entries = [{"name": crate, "req": "*", "kind": kind} for crate, kind in sorted(now)]
                line = {"name": name, "vers": f"0.0.{number}", "deps": entries, "cksum": "0" * 64, "features": {}}
                file.write(json.dumps(line) + "\n")
    print(f"{len(kept)} packages are in {options.directory}")


if __name__ == "__main__":
    main()
