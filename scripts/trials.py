#!/usr/bin/env python3
"""Runs the trials beside this repository, where they are, and fails on one that is listed as passing and does not.

usage: trials.py TRIALS TOOL [--write]

TRIALS is the directory with the trials and their `run`; TOOL a cargo-airights. What passes is listed in
tests/trials-that-pass.txt; `--write` adds what passes now to it.
"""
import os
import subprocess
import sys

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/trials-that-pass.txt")


def main():
    trials, tool = sys.argv[1:3]
    with open(LIST, encoding="utf-8") as file:
        listed = {line.strip() for line in file if line.strip() and not line.startswith("#")}
    run = subprocess.run([os.path.join(trials, "run"), "--tool", tool, "--verbose"], capture_output=True, text=True, check=False)
    words = [line.split(" ", 2) for line in run.stdout.splitlines()]
    passed = {word[1] for word in words if word[0] == "passed" and len(word) > 1}
    failed = {word[1]: " ".join(word) for word in words if word[0] == "failed" and len(word) > 1}
    if not passed:
        sys.exit(f"no trial passed: {run.stdout[-500:]}{run.stderr[-500:]}")
    if "--write" in sys.argv:
        with open(LIST, "w", encoding="utf-8") as file:
            file.write("# Trials that pass, by name; CI fails where one of them does not. Made by scripts/trials.py --write.\n")
            file.writelines(f"{name}\n" for name in sorted(passed | (listed - set(failed))))
    broken = [] if "--write" in sys.argv else sorted(listed & set(failed))
    for name in broken:
        print(failed[name])
    print(f"{len(passed)} trials passed, {len(failed)} failed, of which {len(broken)} are listed as passing")
    sys.exit(1 if broken else 0)


main()
