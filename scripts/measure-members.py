#!/usr/bin/env python3
"""Measures what a workspace of many members costs beside `cargo metadata`: `check`, `declare`, `publish-check`, and `diff`
between the last commit and the working tree.

    python3 scripts/measure-members.py [--runs N] [--airights PROGRAM] [--members N] [--changed N]

It makes a workspace of its own in a temporary directory: so many members (30), each with a licence that is a link to the
workspace's, in git; three crates of the index whose terms changed in an ordinary update; and so many members (10) whose
licence differs from the last commit. The commands take turns within each run; medians are printed, and what each takes
beyond `cargo metadata` of the same run. "Nothing cached" is the first look at the crates.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BEFORE = {"unicode-normalization": "0.1.25", "zstd-safe": "7.2.4", "unicode-ident": "1.0.13"}
AFTER = {"unicode-normalization": "0.1.26", "zstd-safe": "7.3.0", "unicode-ident": "1.0.14"}


def write(root, path, text):
    path = os.path.join(root, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def run(command, root, environment=None):
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)


def workspace(root, members, changed):
    """A workspace whose last commit differs from the working tree."""

    def manifests(versions, license):
        write(root, "Cargo.toml", f'[workspace]\nmembers = ["m*"]\nresolver = "2"\n[workspace.package]\nlicense = "{license}"\n')
        for number in range(members):
            own = "license.workspace = true" if number < changed else 'license = "MIT"'
            needs = "".join(f'{name} = "={version}"\n' for name, version in versions.items())
            text = f'[package]\nname = "m{number}"\nversion = "0.1.0"\nedition = "2021"\n{own}\n\n[dependencies]\n{needs}'
            write(root, f"m{number}/Cargo.toml", text)

    write(root, "LICENSE", "Copyright 2024 Somebody\n\nPermission is granted to use this for anything.\n")
    for number in range(members):
        write(root, f"m{number}/src/lib.rs", "")
        os.symlink("../LICENSE", os.path.join(root, f"m{number}", "LICENSE"))
    manifests(BEFORE, "MIT")
    run(["cargo", "fetch", "-q"], root)
    run(["git", "init", "-q"], root)
    run(["git", "add", "-A"], root)
    run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "before"], root)
    manifests(AFTER, "ISC")
    run(["cargo", "fetch", "-q"], root)


def seconds(command, root, environment):
    before = time.perf_counter()
    child = subprocess.run(command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return time.perf_counter() - before, child


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--airights", default=os.path.join(here, "..", "target", "release", "cargo-airights"))
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--members", type=int, default=30)
    parser.add_argument("--changed", type=int, default=10)
    options = parser.parse_args()
    airights = os.path.abspath(options.airights)
    if not os.access(airights, os.X_OK):
        sys.exit(f"no program at {airights}: build it with `cargo build --release`")
    root = tempfile.mkdtemp(prefix="airights-diff-")
    cache = tempfile.mkdtemp(prefix="airights-cache-")
    environment = dict(os.environ, CARGO_AIRIGHTS_CACHE_DIR=cache)
    try:
        workspace(root, options.members, options.changed)
        cases = {
            "cargo metadata": (["cargo", "metadata", "--format-version", "1"], False),
            "check, nothing cached": ([airights, "check", "--format", "json"], True),
            "check, facts cached": ([airights, "check", "--format", "json"], False),
            "declare --check": ([airights, "declare", "--workspace", "--preset", "no-training", "--rider", "and", "--check"], False),
            "publish-check": ([airights, "publish-check", "--workspace", "--format", "json"], False),
            "diff, nothing cached": ([airights, "diff", "--format", "json"], True),
            "diff, facts cached": ([airights, "diff", "--format", "json"], False),
        }
        times = {name: [] for name in cases}
        for _ in range(options.runs):
            for name, (command, is_cold) in cases.items():
                if is_cold:
                    shutil.rmtree(cache, ignore_errors=True)
                taken, child = seconds(command, root, environment)
                if child.returncode not in (0, 1):
                    sys.exit(child.stderr.decode())
                times[name].append(taken)
        bare = times["cargo metadata"]
        for name, taken in times.items():
            beyond = statistics.median(mine - theirs for mine, theirs in zip(taken, bare))
            print(f"{name:24} {statistics.median(taken):7.3f} s   beyond cargo metadata {beyond:7.3f} s")
        _, child = seconds([airights, "diff"], root, environment)
        print(child.stdout.decode().splitlines()[-2])
    finally:
        shutil.rmtree(root, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)


if __name__ == "__main__":
    main()
