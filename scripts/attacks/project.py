"""Small projects in a temporary directory, each with a cargo home and a cache of its own, and the program run in them."""

import collections
import glob
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

from registry import Registry, as_bytes
from rows import Missing

NO_TRAINING = "The Software may not be used, in whole or in part, to train machine learning models."
# What the caller's surroundings must not decide.
ELSEWHERE = re.compile(r"CARGO|RUST(C|FLAGS|DOC|UP_TOOLCHAIN)|GIT_|CI$|GITHUB|NO_COLOR|TF_BUILD")


class Bench:
    """The program that is attacked, and room for projects."""

    def __init__(self, program, place, verbose=False):
        self.program, self.place, self.verbose = program, os.path.realpath(place), verbose
        self.numbers = itertools.count(1)
        sysroot = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
        self.path = f"{sysroot}/bin:{os.environ['PATH']}"

    def directory(self):
        """A new one."""
        path = os.path.join(self.place, f"{next(self.numbers):04}")
        os.makedirs(path)
        return path


# How a run ended, what it said (of much, the beginning and how many bytes it was), and what it used where that was measured.
Ran = collections.namedtuple("Ran", "code out err seconds mebibytes said steps")
KEPT = 32 << 20
# A process that begins another shows at least its own memory as the other's. So a small one does it, and writes down the figure.
MEASURE = """import os, sys
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
open(sys.argv[1], "w").write(str(usage.ru_maxrss))
code = os.waitstatus_to_exitcode(status)
os._exit(code if code >= 0 else 128 - code)
"""


# Instructions are the same in each run, however busy the machine is.
COUNT = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
COUNTED = re.compile(r"I\s+refs:\s+([\d,]+)")


class Project:
    """A package `app` on a registry, in a directory of its own."""

    def __init__(self, bench, registry=None, dependencies="", config="", cache=None):
        self.bench, self.registry = bench, registry or Registry()
        top = bench.directory()
        self.root, self.home, self.temporary = (os.path.join(top, name) for name in ("work", "cargo", "tmp"))
        self.cache = cache or os.path.join(top, "cache")
        for path in (self.root, self.home, self.temporary):
            os.makedirs(path)
        placed = self.registry.named("ours") if self.registry.own else self.registry.in_place_of_crates_io()
        with open(os.path.join(self.home, "config.toml"), "w", encoding="utf-8") as file:
            file.write(placed + config)
        self.write("src/lib.rs", "")
        self.depend_on(dependencies)

    def depend_on(self, lines):
        """Writes the manifest anew, with these dependencies."""
        self.write("Cargo.toml", f'[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\nlicense = "MIT"\n\n[dependencies]\n{lines}\n')

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def write(self, path, content):
        """Writes a file of the project."""
        path = self.path(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(as_bytes(content))
        return path

    def read(self, path):
        with open(self.path(path), encoding="utf-8") as file:
            return file.read()

    def environment(self, **changes):
        """What a run sees of its surroundings."""
        kept = {key: value for key, value in os.environ.items() if not ELSEWHERE.match(key)}
        own = dict(
            PATH=self.bench.path,
            CARGO_HOME=self.home,
            CARGO_AIRIGHTS_CACHE_DIR=self.cache,
            TMPDIR=self.temporary,
            NO_COLOR="1",
            CARGO_NET_RETRY="0",
            GIT_CONFIG_GLOBAL="/dev/null",
            GIT_CONFIG_SYSTEM="/dev/null",
        )
        merged = {**kept, **own, **changes}
        return {key: value for key, value in merged.items() if value is not None}

    def run(self, *arguments, timeout=120, **options):
        """Runs `cargo airights` with these arguments."""
        return self.run_program([self.bench.program, "airights", *arguments], timeout=timeout, **options)

    def run_program(self, command, timeout=120, env=None, cwd=None, measured=False, counted=False, **options):
        """Runs a program; `code` is `None` where it had to be ended. Where it is measured, `mebibytes` is its peak; where it
        is counted, `steps` are the instructions it took."""
        if counted:
            command = [*COUNT, *command]
        figure = os.path.join(os.path.dirname(self.root), "memory")
        if measured:
            command = [sys.executable, "-SIc", MEASURE, figure, *command]
        ran = finish(start(command, cwd or self.root, self.environment(**(env or {})), **options), timeout)
        if measured and ran.code is not None:
            with open(figure, encoding="utf-8") as file:
                ran = ran._replace(mebibytes=int(file.read()) / 1024)
        if counted and (count := COUNTED.search(ran.err)):
            ran = ran._replace(steps=int(count[1].replace(",", "")))
        return ran

    def start(self, *arguments, env=None):
        """Begins a run, for `finish`."""
        return start([self.bench.program, "airights", *arguments], self.root, self.environment(**(env or {})))

    def cargo(self, *arguments):
        ran = self.run_program(["cargo", *arguments])
        if ran.code != 0:
            raise RuntimeError(f"cargo {arguments}: {ran.err}")
        return ran.out

    def git(self, *arguments):
        ran = self.run_program(["git", "-c", "user.name=a", "-c", "user.email=a@example", *arguments])
        if ran.code != 0:
            raise RuntimeError(f"git {arguments}: {ran.err}")
        return ran.out

    def check(self, *arguments, **options):
        """The report of `check`."""
        return Report(self.run("check", "--format", "json", *arguments, **options))

    def contents(self):
        """Every file of the project but those of git and of builds, with what it holds."""
        found = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name not in (".git", "target")]
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.root)] = file.read()
        return found

    def copy(self):
        """The same project at another place, with its own copies of everything."""
        twin = object.__new__(Project)
        top = self.bench.directory()
        twin.bench, twin.registry = self.bench, self.registry
        twin.root, twin.home, twin.temporary, twin.cache = (os.path.join(top, name) for name in ("work", "cargo", "tmp", "cache"))
        for mine, its in ((self.root, twin.root), (self.home, twin.home), (self.cache, twin.cache)):
            if os.path.isdir(mine):
                shutil.copytree(mine, its, symlinks=True)
        os.makedirs(twin.temporary)
        return twin

    def remove(self):
        """Makes room."""
        shutil.rmtree(os.path.dirname(self.root), ignore_errors=True)


def start(command, cwd, environment, stdin=None, stdout=None, stderr=None, limit=None):
    """Begins a program in a group of its own; what it says is read as it comes."""
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdin=stdin or subprocess.DEVNULL,
        stdout=stdout or subprocess.PIPE,
        stderr=stderr or subprocess.PIPE,
        start_new_session=True,
        preexec_fn=limit,
    )
    said = {}

    def listen(name, stream):
        kept, length = bytearray(), 0
        while piece := stream.read(1 << 20) if stream else b"":
            length += len(piece)
            kept += piece[: max(0, KEPT - len(kept))]
        said[name], said[name + " bytes"] = kept.decode("utf-8", "replace"), length

    ears = [threading.Thread(target=listen, args=pair) for pair in (("out", child.stdout), ("err", child.stderr))]
    for ear in ears:
        ear.start()
    return child, ears, said


def finish(started, timeout=120):
    """Waits for a program, and ends it and all that it began where that takes too long."""
    child, ears, said = started
    began, late = time.monotonic(), []

    def end():
        late.append(True)
        with_patience(os.killpg, child.pid, signal.SIGKILL)

    timer = threading.Timer(timeout, end)
    timer.start()
    child.wait()
    timer.cancel()
    seconds = time.monotonic() - began
    for ear in ears:
        ear.join()
    code = None if late else child.returncode
    return Ran(code, said["out"], said["err"], seconds, 0, said["out bytes"] + said["err bytes"], None)


def with_patience(function, *arguments):
    try:
        function(*arguments)
    except OSError:
        pass


class Report:
    """What a run of `check --format json` says of each package."""

    def __init__(self, ran):
        self.ran, self.code = ran, ran.code
        try:
            self.json = json.loads(ran.out)
        except ValueError:
            self.json = {}
        self.findings = self.json.get("findings", [])

    def of(self, name, version=None):
        """The findings of a package."""
        about = lambda package: package and package["name"] == name and version in (None, package["version"])  # noqa: E731
        return [finding for finding in self.findings if about(finding["package"])]

    def level(self, name, version=None):
        """The worst level of what is said of it: `deny`, `warn`, `on request` or `silent`; else why there is no answer."""
        if not any(package["name"] == name for package in self.json.get("packages", [])):
            return f"not judged: {self}"
        levels = {finding["level"] for finding in self.of(name, version)}
        unread = any(finding["rule"] == "license-residue" for finding in self.of(name, version))
        return "deny" if "deny" in levels else "warn" if "warn" in levels else "on request" if unread else "silent"

    def said(self, name):
        """In a line: its license, and the worst of what is said."""
        package = next((package for package in self.json.get("packages", []) if package["name"] == name), None)
        if package is None:
            return str(self)
        rules = sorted({f"{finding['level']} {finding['rule']}" for finding in self.of(name) if finding["rule"] != "ai-use-unknown"})
        return f"{package['license']['effective']}: {', '.join(rules) or 'silent'}"

    def __str__(self):
        if self.ran.code is None:
            return "it did not end"
        return f"exit {self.ran.code}: {self.ran.err[:200] or [finding['message'] for finding in self.findings][:3]}"


def judged(bench, crates, policy=None):
    """One check of all these crates, by whatever names: yields each with its level and what was said of it."""
    names = {f"v{number:04}": name for number, name in enumerate(crates)}
    registry = Registry()
    for (number, crate) in zip(names, crates.values()):
        crate.name = number
        registry.publish(crate)
    project = Project(bench, registry, "".join(f'{number} = "=1.0.0"\n' for number in names))
    yield from told(project, names, policy)


def judged_on_disk(bench, crates, policy=None, prepare=lambda name, directory: None, measure=None):
    """The same, of copies in the project's folder of what others wrote; `prepare` may put more into each directory."""
    names = {f"v{number:04}": name for number, name in enumerate(crates)}
    project = Project(bench)
    for number, crate in zip(names, crates.values()):
        crate.name = number
        for path, content in crate.all_files().items():
            project.write(f"vendor/{number}/{path}", content)
        prepare(names[number], project.path("vendor", number))
    project.depend_on("".join(f'{number} = {{ path = "vendor/{number}" }}\n' for number in names))
    yield from told(project, names, policy, measure)


def told(project, names, policy, measure=None):
    if policy is not None:
        project.write("airights.toml", policy)
    # With `-v` come the words, too, that nobody could classify and that ask for no decision.
    report = project.check("-v", measured=measure is not None)
    if measure is not None:
        measure.append(report.ran)
    for number, name in names.items():
        yield name, report.level(number), report.said(number)
    project.remove()


def spdx_text(name):
    """The text of a license as SPDX has it, with its blanks filled in."""
    home = os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))
    found = sorted(glob.glob(f"{glob.escape(home)}/registry/src/*/spdx-0.*/src/text/licenses/{name}"))
    if not found:
        raise Missing(f"no text of {name} below {home}: run `cargo fetch` in this repository")
    with open(found[-1], encoding="utf-8") as file:
        text = file.read()
    raw = re.match(r'^r(#*)"(.*)"\1\s*$', text, re.S)
    text = raw[2] if raw else text
    for blank, words in (("<year>", "2024"), ("<copyright holders>", "The Example Developers"), ("<owner>", "The Example Developers")):
        text = text.replace(blank, words)
    return text.rstrip("\n") + "\n"


def texts_of_licenses():
    """The names of all license texts that are there."""
    home = os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))
    folders = sorted(glob.glob(f"{glob.escape(home)}/registry/src/*/spdx-0.*/src/text/licenses"))
    return sorted(os.listdir(folders[-1])) if folders else []
