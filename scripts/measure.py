#!/usr/bin/env python3
"""Measures `cargo airights check` on a workspace beside `cargo metadata` and, where it is installed, cargo-deny.

    python3 scripts/measure.py [--runs N] [--airights PROGRAM] WORKSPACE [-- METADATA-FLAG...]

The commands take turns within each run, so that a machine whose speed drifts treats them alike; medians are printed, and
ratios to `cargo metadata` of the same run. `--all-features` is the default set of flags. Nothing in the workspace is
changed: the caches that are made cold are in a directory of this script's own. Peak memory is the largest single process.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def run(command, directory, environment):
    """Seconds of wall time and peak memory in MiB of one process and what it starts, with its exit code."""
    before = time.perf_counter()
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(command, cwd=directory, env=environment, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - before, usage.ru_maxrss / 1024, child.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--airights", default=os.path.join(here, "..", "target", "release", "cargo-airights"))
    parser.add_argument("workspace")
    parser.add_argument("flags", nargs="*", default=["--all-features"])
    options = parser.parse_args()
    airights = os.path.abspath(options.airights)
    if not os.access(airights, os.X_OK):
        sys.exit(f"no program at {airights}: build it with `cargo build --release`")
    cache = tempfile.mkdtemp(prefix="airights-measure-")
    environment = dict(os.environ, CARGO_AIRIGHTS_CACHE_DIR=cache)
    check = [airights, "check", *options.flags]

    def forget(*parts):
        shutil.rmtree(os.path.join(cache, *parts), ignore_errors=True)

    metadata = ["cargo", "metadata", "--format-version", "1", *options.flags]
    cases = [("cargo metadata", metadata, lambda: None)]
    cases.append(("check, nothing cached", check, forget))
    cases.append(("check, facts cached", check, lambda: forget("graph")))
    cases.append(("check, nothing changed", check, lambda: None))
    deny = shutil.which("cargo-deny")
    if deny:
        cases.append(("cargo-deny check licenses", [deny, *options.flags, "check", "licenses"], lambda: None))
    else:
        print("cargo-deny is not on the PATH, so it is left out", file=sys.stderr)

    times = {name: [] for name, _, _ in cases}
    memory = {name: [] for name, _, _ in cases}
    codes = {}
    for number in range(options.runs + 1):
        for name, command, prepare in cases:
            prepare()
            seconds, peak, codes[name] = run(command, options.workspace, environment)
            # The first round only fills the caches of the operating system.
            if number > 0:
                times[name].append(seconds)
                memory[name].append(peak)
    forget()

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{options.workspace} {' '.join(options.flags)}, {options.runs} runs, {cores} cores")
    print(f"{'':28} {'median':>9} {'min':>9} {'max':>9} {'ratio':>7} {'peak MiB':>9}  exit")
    for name, _, _ in cases:
        ratios = [mine / bare for mine, bare in zip(times[name], times["cargo metadata"])]
        print(
            f"{name:28} {statistics.median(times[name]):8.3f}s {min(times[name]):8.3f}s {max(times[name]):8.3f}s"
            f" {statistics.median(ratios):7.3f} {max(memory[name]):9.1f}  {codes[name]}"
        )


if __name__ == "__main__":
    main()
