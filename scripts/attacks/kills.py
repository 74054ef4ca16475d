"""The program killed at every system call that writes: nothing of the user's is half done or lost, and the next run ends well.

    python3 scripts/attacks CARGO_AIRIGHTS 37 38 39

A first run under strace says which calls write to the project, or note down what is to be undone; then there is one run for
each of them that is killed there. Runs that were killed in the same state are looked at once.
"""

import functools
import json
import os
import re
import shutil
import threading
import time

from policies import bad, fine
from project import Project, spdx_text
from registry import Registry
from rows import Missing, row, unless

WRITING = """rename renameat renameat2 unlink unlinkat link linkat symlink symlinkat mkdir mkdirat rmdir openat open creat write pwrite64
    copy_file_range sendfile fsync fdatasync chmod fchmod fchmodat ftruncate truncate""".split()
TEMPORARY = re.compile(r"(^|/)(\.tmp|\.airights)[^/]*")
BY_HAND = "by hand"
DECLARE = ("declare", "--preset", "open-models", "--rider", "and", "--readme", "--ai-txt", "--robots", "--tdmrep")


def crates():
    denied = bad("1.2.0")
    denied.name = "parser"
    return Registry([fine("steady"), fine("steady", "1.0.1"), fine("good"), fine("parser"), fine("parser", "1.1.0"), denied, bad()])


def on(dependencies, **files):
    """Makes a project on these dependencies, with a lockfile, and with these files."""

    def made(bench):
        project = Project(bench, crates(), dependencies)
        for path, content in files.items():
            project.write(path, content)
        project.cargo("fetch")
        return project

    return made


def to_publish(bench):
    """A workspace whose member lacks its license text and names its license as one did before."""
    project = Project(bench, crates())
    package = '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\ndescription = "x"\n'
    project.write("Cargo.toml", '[workspace]\nmembers = ["one"]\nresolver = "2"\n')
    project.write("one/Cargo.toml", package + 'license = "MIT/Apache-2.0"\ninclude = ["src"]\n')
    project.write("one/src/lib.rs", "")
    project.write("LICENSE-MIT", spdx_text("MIT"))
    project.write("LICENSE-APACHE", spdx_text("Apache-2.0"))
    shutil.rmtree(project.path("src"))
    project.cargo("generate-lockfile")
    return project


STEADY = 'steady = "1"\n'
ON_BAD = STEADY + 'bad = "1"\n'
POLICY = "# ours\nversion = 1\n"
# What runs, and in what.
COMMANDS = {
    "add": (on(STEADY), ("add", "good")),
    "add --force": (on(STEADY, **{"airights.toml": POLICY}), ("add", "bad", "--force", "--reason", "x")),
    "suggest --apply, a lockfile": (on(STEADY + 'parser = "1"\n'), ("suggest", "--apply")),
    "suggest --apply, a copy": (on(STEADY + 'parser = "1.2"\n'), ("suggest", "--apply")),
    "declare": (on(STEADY, **{"README.md": "# app\n"}), DECLARE),
    "init": (on(ON_BAD), ("init",)),
    "check --write-baseline": (on(ON_BAD), ("check", "--baseline", "baseline.toml", "--write-baseline")),
    "allow": (on(ON_BAD, **{"airights.toml": POLICY}), ("allow", "bad", "--reason", "x")),
    "clarify": (on(ON_BAD, **{"airights.toml": POLICY}), ("clarify", "bad", "--expression", "MIT", "--reason", "x")),
    "publish-check --fix": (to_publish, ("publish-check", "--workspace", "--fix")),
}
READING = [("check",), ("suggest",), ("declare", "--check"), ("publish-check",), ("list",)]


def traced(project, arguments, out, *options):
    """Runs a command under strace."""
    if not shutil.which("strace"):
        raise Missing("no strace: `apt-get install strace` brings it")
    strace = ["strace", "-qq", "-y", "-o", out, *options, "--", project.bench.program, "airights", *arguments]
    return project.run_program(strace, timeout=180)


def places(project, arguments, wanted):
    """Where to kill it: each call that writes and whose line is `wanted`, by name and number, and whether threads count."""
    out = os.path.join(os.path.dirname(project.root), "trace")
    # Which calls there are differs from one kind of machine to another.
    asked = ",".join(f"?{call}" for call in WRITING)
    traced(project, arguments, out, "-f", "-e", f"trace={asked},execve")
    with open(out, encoding="utf-8", errors="replace") as file:
        lines = [line.split(maxsplit=1) for line in file if "resumed>" not in line]
    main = lines[0][0]
    others = {who for who, what in lines[1:] if what.startswith("execve(")} - {main}
    counts, found = {}, []
    for who, what in lines:
        call = what.split("(")[0]
        if who in others or call not in WRITING:
            continue
        counts[who, call] = counts.get((who, call), 0) + 1
        creates = call not in ("open", "openat") or "O_CREAT" in what or "O_TRUNC" in what
        if creates and wanted(what):
            found.append((call, counts[who, call], who != main))
    return found


class Stage:
    """A project that is put into one state after another, at one place: what is noted of it names its path."""

    def __init__(self, project):
        self.project, self.lock = project, threading.RLock()

    def keep(self):
        """A copy of the state."""
        kept = self.project.bench.directory()
        self._copy(lambda path: path, lambda path: os.path.join(kept, os.path.basename(path)))
        return kept

    def put(self, kept):
        """That state again."""
        self._copy(lambda path: os.path.join(kept, os.path.basename(path)), lambda path: path)

    def _copy(self, source, target):
        for path in (self.project.root, self.project.cache):
            shutil.rmtree(target(path), ignore_errors=True)
            if os.path.isdir(source(path)):
                shutil.copytree(source(path), target(path), symlinks=True)


def state_of(project):
    """What a run may go by: the files of the project, and what is noted outside of what the cache can have again."""
    known = ("facts", "graph", "registry", "ways")
    noted = {}
    for folder, folders, names in os.walk(project.cache):
        if folder == project.cache:
            folders[:] = [name for name in folders if name not in known]
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                noted[os.path.join(folder, name)] = file.read()
    plain = lambda files: tuple(sorted((TEMPORARY.sub(r"\1\2", path), content) for path, content in files.items()))  # noqa: E731
    return plain(project.contents()), plain(noted)


class Exploration(Stage):
    """One command: what it does when nothing happens to it, and each state it can be killed in."""

    def __init__(self, bench, name):
        make, self.arguments = COMMANDS[name]
        super().__init__(make(bench))
        project = self.project
        self.start, self.before = self.keep(), project.contents()
        self.codes = {project.run(*self.arguments).code}
        self.after, self.done = project.contents(), self.keep()
        self.codes.add(project.run(*self.arguments).code)
        self.afterwards = project.contents()
        self.touched = [path for path in {**self.before, **self.after} if self.before.get(path) != self.after.get(path)]
        self.kept_by_design = self._kept_by_design()
        self.put(self.start)
        below = (project.root, os.path.join(project.cache, "undo"), os.path.join(project.cache, "lock"))
        self.calls = places(project, self.arguments, lambda line: any(path in line for path in below))
        self.states = self._states()

    def _kept_by_design(self):
        """What survives of edits where nothing is killed: some files are written anew by their very purpose."""
        kept = None
        for state in (self.start, self.done):
            self.put(state)
            edited = self.edit()
            self.project.run(*self.arguments)
            kept_here = {path for path in edited if self.has_edit(path)} | (set(self.touched) - set(edited))
            kept = kept_here if kept is None else kept & kept_here
        return kept

    def _states(self):
        """What each kill leaves, the same state only once: where it was killed first, and a copy."""
        seen, out = {}, os.path.join(os.path.dirname(self.project.root), "trace")
        for call, number, in_thread in self.calls:
            self.put(self.start)
            follow = ["-f"] if in_thread else []
            ran = traced(self.project, self.arguments, out, *follow, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}")
            if ran.code not in (-9, 137):
                continue
            state = state_of(self.project)
            if state not in seen:
                seen[state] = (f"{call} {number}", self.keep())
        return list(seen.values())

    def edit(self):
        """Edits each file that the command touches, as a hand may: what was edited."""
        edited = []
        for path in self.touched:
            if not os.path.isfile(self.project.path(path)) or path.endswith(".json"):
                continue
            text = self.project.read(path)
            if path == "Cargo.lock":
                text = locked_at(self.project, text)
            else:
                text += f"{'//' if path.endswith('.rs') else '#'} {BY_HAND}\n"
            self.project.write(path, text)
            edited.append(path)
        return edited

    def has_edit(self, path):
        if not os.path.isfile(self.project.path(path)):
            return False
        text = self.project.read(path)
        return 'name = "steady"\nversion = "1.0.0"' in text or "steady" not in text if path == "Cargo.lock" else BY_HAND in text

    def is_cargos(self, path):
        """Whether it is the lockfile, which cargo itself brings in line with a manifest, and the edit is still there."""
        return path == "Cargo.lock" and self.has_edit(path)


def locked_at(project, text):
    """A lockfile with the older version of `steady`, as `cargo update --precise` makes it."""
    lines = project.registry.files["/st/ea/steady"].decode().splitlines()
    older, newer = (json.loads(line)["cksum"] for line in lines)
    return text.replace('name = "steady"\nversion = "1.0.1"', 'name = "steady"\nversion = "1.0.0"').replace(newer, older)


@functools.cache
def lock_of(_bench, _name):
    return threading.Lock()


def explored(bench, name):
    """The exploration of a command, made once."""
    with lock_of(bench, name):
        return exploration(bench, name)


@functools.cache
def exploration(bench, name):
    return Exploration(bench, name)


def left_over(contents):
    return [path for path in contents if TEMPORARY.search(path)]


@row(37, "commands killed at any moment", "each file as before, or complete")
def at_any_moment(bench):
    for name in ("add", "suggest --apply, a copy", "declare", "init", "check --write-baseline"):
        make, arguments = COMMANDS[name]
        stage = Stage(make(bench))
        project, start, before = stage.project, stage.keep(), stage.project.contents()
        took = project.run(*arguments).seconds
        after = project.contents()
        for number in range(1, 9):
            stage.put(start)
            child, ears, _ = project.start(*arguments)
            # The writing is at the end.
            time.sleep(took * (0.5 + number / 16))
            child.kill()
            child.wait()
            for ear in ears:
                ear.join()
            yield f"{name}, {number}", whole(project.contents(), before, after)


def whole(contents, *known):
    """Which files are neither as they were nor complete."""
    paths = {path for files in (contents, *known) for path in files if not TEMPORARY.search(path)}
    odd = [path for path in sorted(paths) if contents.get(path) not in [files.get(path) for files in known]]
    return unless(not odd, f"neither as before nor complete: {', '.join(odd)}")


@row(38, "commands killed at each call that writes, then run again", "each file whole; it ends well and leaves nothing behind")
def run_again(bench):
    for name in COMMANDS:
        made = explored(bench, name)
        with made.lock:
            project = made.project
            yield f"{name} writes", unless(made.calls and made.touched and made.states, f"{len(made.calls)} calls, touched {made.touched}")
            for at, killed in made.states:
                made.put(killed)
                yield f"{name}, killed at {at}", whole(project.contents(), made.before, made.after)
                ran = project.run(*made.arguments)
                contents = project.contents()
                ended = ran.code in made.codes and contents in (made.after, made.afterwards)
                left = left_over(contents)
                came_out = f"left behind {left}" if left else f"exit {ran.code}, another end: {ran.err}"
                yield f"{name}, killed at {at}, again", unless(ended and not left, came_out)


@row(39, "the same, with every touched file edited by hand between", "no edit is lost, by the same command or one that reads")
def edited_between(bench):
    for name in reversed(COMMANDS):
        made = explored(bench, name)
        with made.lock:
            project = made.project
            for at, killed in made.states:
                made.put(killed)
                edited = made.edit()
                ran = project.run(*made.arguments)
                lost = [path for path in edited if path in made.kept_by_design and not made.has_edit(path)]
                yield f"{name}, killed at {at}, again", unless(not lost, f"lost in {', '.join(lost)}; exit {ran.code}: {ran.err}")
                made.put(killed)
                made.edit()
                before = {path: content for path, content in project.contents().items() if not TEMPORARY.search(path)}
                for arguments in READING:
                    ran = project.run(*arguments)
                    now = project.contents()
                    changed = [path for path, content in before.items() if now.get(path) != content and not made.is_cargos(path)]
                    yield f"{name}, killed at {at}, {' '.join(arguments)}", unless(not changed, f"changed {', '.join(changed)}: {ran.err}")
                    if changed:
                        break


def kills_of(project, *arguments):
    """A copy of the project for each call at which a run can be killed while it writes the cache."""
    stage = Stage(project)
    shutil.rmtree(project.cache, ignore_errors=True)
    start = stage.keep()
    calls = places(project, arguments, lambda line: project.cache in line)
    out = os.path.join(os.path.dirname(project.root), "trace")
    for call, number, in_thread in calls:
        stage.put(start)
        follow = ["-f"] if in_thread else []
        traced(project, arguments, out, *follow, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}")
        yield f"at {call} {number}", project

