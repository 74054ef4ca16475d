#!/usr/bin/env python3
"""Compares what `cargo airights check` and `cargo deny check licenses` deny under the `deny.toml` of each workspace.

    python3 scripts/compare_deny.py [--airights PROGRAM] [--deny PROGRAM] [--verbose] WORKSPACE...

Both judge the whole workspace. A workspace is a line: packages, those that cargo-deny denies, those that are denied here,
and each package that only one of the two denies, with the reason of the one that does. Exit code 1 where there are any.
The programs are those on the PATH unless they are named. Cargo resolves with the lockfile of the workspace.
"""

import argparse
import json
import os
import subprocess
import sys


def lines_of_json(text):
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            pass


def by_cargo_deny(program, workspace):
    """The packages that cargo-deny denies, each with its reasons; a string where it could not judge."""
    command = [program, "--format", "json", "--workspace", "check", "licenses"]
    run = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)
    denied, is_done, error = {}, False, ""
    for line in lines_of_json(run.stderr + run.stdout):
        fields = line.get("fields", {})
        is_done |= line["type"] == "summary"
        if line["type"] == "log" and fields.get("level") == "ERROR":
            error = fields["message"]
        if line["type"] != "diagnostic" or fields.get("severity") != "error":
            continue
        labels = [label["span"] for label in fields.get("labels", []) if "rejected" in label.get("message", "")]
        about = " ".join([fields.get("code") or fields["message"], *labels])
        for graph in fields.get("graphs") or [{"Krate": {"name": "the policy", "version": ""}}]:
            name = f"{graph['Krate']['name']} {graph['Krate']['version']}".strip()
            denied.setdefault(name, []).append(about)
    return denied if is_done else f"cargo-deny: {error or run.stderr.strip()[-300:]}"


def by_airights(program, workspace):
    """The packages that are denied here, each with its reasons, the findings, and how many packages there are."""
    command = [program, "airights", "check", "--format", "json"]
    run = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    if report.get("errors"):
        return f"airights: {report['errors'][0]['message']}", [], 0, run.stderr
    denied, warned = {}, []
    for finding in report["findings"]:
        package = finding.get("package") or {"name": "the policy", "version": ""}
        name = f"{package['name']} {package['version']}".strip()
        if finding["level"] == "deny":
            denied.setdefault(name, []).append(f"{finding['rule']}: {finding['message']}")
        else:
            warned.append(f"{finding['rule']}: {finding['message']}")
    return denied, warned, report["counts"]["resolved"], run.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--airights", default="cargo-airights")
    parser.add_argument("--deny", default="cargo-deny")
    parser.add_argument("--verbose", action="store_true", help="shows warnings too")
    parser.add_argument("workspaces", nargs="+")
    options = parser.parse_args()
    differs = False
    for workspace in options.workspaces:
        theirs = by_cargo_deny(options.deny, workspace)
        ours, warned, packages, said = by_airights(options.airights, workspace)
        name = os.path.basename(os.path.abspath(workspace))
        if isinstance(theirs, str) or isinstance(ours, str):
            print(f"{name}: not compared: {theirs if isinstance(theirs, str) else ''} {ours if isinstance(ours, str) else ''}")
            differs = True
            continue
        print(f"{name}: {packages} packages, {len(theirs)} denied by cargo-deny, {len(ours)} here, {len(warned)} warnings")
        for package in sorted(theirs.keys() ^ ours.keys()):
            differs = True
            who, why = ("cargo-deny", theirs) if package in theirs else ("here", ours)
            print(f"  only {who}: {package}: {'; '.join(why[package])}")
        if options.verbose:
            print("".join(f"  warning: {warning}\n" for warning in warned) + said, end="")
        sys.stdout.flush()
    sys.exit(1 if differs else 0)


if __name__ == "__main__":
    main()
