#!/usr/bin/env python3
"""Measures what `cargo airights suggest` costs beside cargo, all of them behind one mirror on this machine.

    python3 scripts/measure-suggest.py [--runs N] [--deny LICENSE] WORKSPACE CRATE VERSION

`WORKSPACE` is copied; in the copy `CRATE` is locked at `VERSION`, which is to be denied because of `LICENSE`, and every other
package with that licence is excepted, so that there is one violation to find a way out of. The commands take turns within each
run; medians and ratios to `cargo update --dry-run` are printed.

The mirror answers from memory what it has fetched once from the index that cargo's own home names, so both commands have the
same upstream. What the ephemeral registry adds by itself is measured by `--example ephemeral_cost`.
"""

import argparse
import http.server
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

from registry_index import upstream

HERE = os.path.dirname(os.path.abspath(__file__))
BUILT = os.path.join(HERE, "..", "target", "release")


class Mirror(http.server.BaseHTTPRequestHandler):
    """Answers from memory; fetches once what it does not have."""

    protocol_version = "HTTP/1.1"
    # Head and body go out in one piece; apart, each reply would wait some forty milliseconds for an acknowledgement.
    wbufsize = 1 << 16
    index, template = upstream()
    kept = {}
    port = 0

    def do_GET(self):
        if self.path == "/config.json":
            body = json.dumps({"dl": f"http://127.0.0.1:{self.port}/packages/{{crate}}/{{version}}"}).encode()
            return self.answer(200, body)
        if self.path not in self.kept:
            self.kept[self.path] = self.fetch()
        return self.answer(*self.kept[self.path])

    def fetch(self):
        address = self.index + self.path
        if self.path.startswith("/packages/"):
            _, _, crate, version = self.path.split("/")
            address = self.template.replace("{crate}", crate).replace("{version}", version)
        request = urllib.request.Request(address, headers={"User-Agent": "cargo-airights measure-suggest"})
        for pause in (1, 2, 4, None):
            try:
                with urllib.request.urlopen(request, timeout=60) as reply:
                    return 200, reply.read()
            except urllib.error.HTTPError as error:
                return error.code, b""
            except OSError:
                if pause is None:
                    raise
                time.sleep(pause)

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    Mirror.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()


def run(command, directory, environment, codes=(0,)):
    before = time.perf_counter()
    child = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - before
    if child.returncode not in codes:
        sys.exit(f"{' '.join(command)}: exit {child.returncode}\n{child.stderr[-2000:]}")
    return seconds, child.stdout


def policy(directory, deny, crate, airights, environment):
    """A policy that denies `deny` to `crate` alone."""
    path = os.path.join(directory, "airights.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write('version = 1\n\n[licenses]\nallow = ["class:permissive", "class:public-domain", "class:weak-copyleft"]\n')
        file.write(f'deny = ["{deny}"]\n')
    _, report = run([airights, "check", "--format", "json"], directory, environment, codes=(0, 1))
    report = json.loads(report)
    packages = report["packages"]
    others = {
        finding["package"]["name"]
        for finding in report["findings"]
        if finding["level"] == "deny" and finding.get("package") and finding["package"]["name"] != crate
    }
    with open(path, "a", encoding="utf-8") as file:
        for name in sorted(others):
            terms = next(package["license"]["effective"] or "" for package in packages if package["name"] == name)
            licenses = [term.strip("()") for term in re.split(r" AND | OR ", terms)]
            file.write(f'\n[[exceptions]]\ncrate = "{name}"\nlicenses = {json.dumps(licenses)}\nreason = "not measured"\n')
    _, report = run([airights, "check", "--format", "json"], directory, environment, codes=(0, 1))
    report = json.loads(report)
    denied = {
        finding["package"]["name"]
        for finding in report["findings"]
        if finding["level"] == "deny" and finding.get("package")
    }
    print(f"{report['counts']['resolved']} packages; denied: {', '.join(sorted(denied))}")


def table(times, bare):
    for name, seconds in times.items():
        ratios = [mine / base for mine, base in zip(seconds, times[bare])]
        print(
            f"  {name:44} {statistics.median(seconds):7.3f}s  {min(seconds):7.3f}s … {max(seconds):7.3f}s"
            f"  ratio {statistics.median(ratios):6.2f}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--deny", default="Unicode-3.0")
    parser.add_argument("workspace")
    parser.add_argument("crate")
    parser.add_argument("version")
    options = parser.parse_args()
    airights = os.path.abspath(os.path.join(BUILT, "cargo-airights"))
    if not os.access(airights, os.X_OK):
        sys.exit(f"no program at {airights}: build it with `cargo build --release`")
    serve()
    with tempfile.TemporaryDirectory(prefix="airights-measure-") as place:
        copy = os.path.join(place, "workspace")
        shutil.copytree(options.workspace, copy, symlinks=True, ignore=shutil.ignore_patterns("target", ".git"))
        os.mkdir(os.path.join(place, ".cargo"))
        with open(os.path.join(place, ".cargo", "config.toml"), "w", encoding="utf-8") as file:
            file.write(
                '[source.crates-io]\nreplace-with = "mirror"\n'
                f'[source.mirror]\nregistry = "sparse+http://127.0.0.1:{Mirror.port}/"\n'
            )
        home = os.path.join(place, "home")
        environment = dict(os.environ, CARGO_HOME=home, CARGO_AIRIGHTS_CACHE_DIR=os.path.join(place, "cache"))
        run(["cargo", "update", options.crate, "--precise", options.version], copy, environment)
        policy(copy, options.deny, options.crate, airights, environment)

        update = ["cargo", "update", "--dry-run"]
        suggest = [airights, "suggest", options.crate, "--format", "json"]
        times = {"cargo update --dry-run": [], "cargo airights suggest": []}
        for number in range(options.runs + 1):
            seconds = [run(update, copy, environment)[0], run(suggest, copy, environment, codes=(0, 1))[0]]
            # The first round fills the mirror and every cache.
            if number > 0:
                for name, one in zip(times, seconds):
                    times[name].append(one)
        table(times, "cargo update --dry-run")


if __name__ == "__main__":
    main()
