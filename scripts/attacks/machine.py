"""What the machine does: full disks, several runs at once, and surroundings that are not there."""

import os
import resource
import shutil
import signal

from kills import COMMANDS, Stage, crates, left_over, whole
from policies import bad, fine, on_bad
from project import Project, finish
from registry import Registry
from rows import row, unless


def little_room():
    """No file of a run grows beyond 64 bytes, which is what a full disk looks like, wherever it writes."""
    # Without this whoever reaches the limit is killed, as a full disk kills nobody.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))


@row(41, "no room on the disk", "exit code 2 and nothing changed; a verdict without the cache")
def full_disk(bench):
    for name, (make, arguments) in COMMANDS.items():
        project = make(bench)
        # What cargo and the cache need is there already, so that only what is written for the user finds no room.
        project.run("check")
        before = project.contents()
        ran = project.run(*arguments, limit=little_room)
        same = project.contents() == before
        yield name, unless(ran.code == 2 and same and not left_over(project.contents()), f"exit {ran.code}, {'un' if same else ''}changed: {ran.err}")
    project = on_bad(bench)
    project.cargo("fetch")
    report = project.check(limit=little_room)
    yield "check, for the cache", unless(report.code == 1, report)


def at_once(project, commands):
    """Several runs, begun together."""
    return [finish(started) for started in [project.start(*command) for command in commands]]


@row(42, "the same command several times at once", "they agree")
def same_command(bench):
    project = Project(bench, Registry([bad(), fine("dep")]), 'bad = "1"\ndep = "1"\n')
    project.cargo("fetch")
    runs = at_once(project, [("check", "--format", "json")] * 10)
    expected = project.check("--no-cache").ran.out
    yield "10 checks on an empty cache", unless(all((ran.code, ran.out) == (1, expected) for ran in runs), {ran.code for ran in runs})
    for name in ("suggest --apply, a lockfile", "suggest --apply, a copy", "add", "declare", "check --write-baseline"):
        make, arguments = COMMANDS[name]
        stage = Stage(make(bench))
        project, start, before = stage.project, stage.keep(), stage.project.contents()
        project.run(*arguments)
        after = project.contents()
        stage.put(start)
        runs = at_once(project, [arguments] * 6)
        contents = project.contents()
        odd = whole(contents, before, after) or unless(contents == after and not left_over(contents), f"another end: {left_over(contents)}")
        some = any(ran.code == 0 for ran in runs)
        good = all(ran.code in (0, 1, 2) for ran in runs)
        yield f"6 × {name}", odd or unless(some and good, [ran.code for ran in runs])


@row("42b", "three crates added at once, in twelve rounds", "each that exits with 0 is there, and each other is not")
def different_adds(bench):
    names = ("good", "parser", "steady")
    stage = Stage(Project(bench, crates()))
    project = stage.project
    project.cargo("generate-lockfile")
    wanted = {"good": "good@1", "parser": "parser@=1.1.0", "steady": "steady@1"}
    for name in names:
        project.run("add", wanted[name])
    project.depend_on("")
    project.cargo("generate-lockfile")
    start = stage.keep()
    for number in range(1, 13):
        stage.put(start)
        runs = dict(zip(names, at_once(project, [("add", wanted[name]) for name in names])))
        manifest, lockfile = project.read("Cargo.toml"), project.read("Cargo.lock")
        odd = []
        for name, ran in runs.items():
            there = (f"\n{name} = " in manifest, f'name = "{name}"' in lockfile)
            if there != ((ran.code == 0,) * 2):
                odd.append(f"{name}: exit {ran.code}, in the manifest and the lockfile: {there}")
        if left_over(project.contents()):
            odd.append(f"left behind {left_over(project.contents())}")
        if not any(ran.code == 0 for ran in runs.values()):
            odd.append("none was added")
        yield f"round {number}", unless(not odd, "; ".join(odd))


@row(43, "surroundings that are missing or odd", "the verdict, or exit code 2")
def surroundings(bench):
    project = on_bad(bench)
    project.cargo("fetch")
    rustup = {"RUSTUP_HOME": os.environ.get("RUSTUP_HOME", os.path.expanduser("~/.rustup"))}
    odd = {
        "no HOME": {"HOME": None},
        "HOME is missing": {"HOME": "/proc/nowhere"},
        "HOME is a file": {"HOME": "/etc/passwd"},
        "no CARGO_HOME": {"CARGO_HOME": None, "HOME": os.path.dirname(project.home)},
        "CARGO_HOME is missing": {"CARGO_HOME": "/proc/nowhere"},
        "CARGO_HOME is empty": {"CARGO_HOME": ""},
        "no TMPDIR": {"TMPDIR": None},
        "TMPDIR is missing": {"TMPDIR": "/proc/nowhere"},
        "nothing at all": {name: None for name in os.environ if name != "PATH"},
        "a locale of its own": {"LC_ALL": "tr_TR.ISO-8859-9", "LANG": "tr_TR"},
        "a cache that is missing": {"CARGO_AIRIGHTS_CACHE_DIR": "/proc/nowhere/at/all"},
    }
    for name, env in odd.items():
        # Where cargo has no configuration it would ask the network; it is to say that it may not.
        ran = project.run("check", "--offline", env={**rustup, "CARGO_NET_OFFLINE": "true", **env})
        yield name, unless(ran.code in (1, 2) and "panicked" not in ran.err, f"exit {ran.code}: {ran.err}")
    ran = project.run("suggest", env={**rustup, "TMPDIR": "/proc/nowhere"})
    yield "suggest, TMPDIR is missing", unless(ran.code == 2 and "panicked" not in ran.err, f"exit {ran.code}: {ran.err}")

    gone = bench.directory()
    ran = project.run_program(["sh", "-c", f'cd {gone} && rmdir {gone} && exec "$0" airights check', bench.program])
    yield "a current directory that is deleted", unless(ran.code == 2 and "panicked" not in ran.err, f"exit {ran.code}: {ran.err}")
    ran = project.run_program(
        ["sh", "-c", f'mkdir {gone} && cd {gone} && rmdir {gone} && exec "$0" airights check --manifest-path "$1"', bench.program, project.path("Cargo.toml")]
    )
    yield "the same, and a manifest by its path", unless(ran.code in (1, 2) and "panicked" not in ran.err, f"exit {ran.code}: {ran.err}")

    folders = {
        "a long path": os.path.join(*["long" * 50] * 12),
        "quotes": "it's \"quoted\"",
        "a line end": "two\nlines",
        "Unicode": "тест 日本語 \u202e",
        "blanks": "  a  b  ",
        "a dollar and a percent": "$HOME %s {}",
        "a name that is not UTF-8": b"t\xffst",
    }
    for name, folder in folders.items():
        place = os.path.join(os.fsencode(project.bench.directory()), os.fsencode(folder))
        try:
            shutil.copytree(os.fsencode(project.root), place)
        except OSError:
            continue
        ran = project.run("check", cwd=place)
        clean = not any(ord(letter) < 32 and letter != "\n" or letter == "\u202e" for letter in ran.out + ran.err)
        yield name, unless(ran.code in (1, 2) and clean and "panicked" not in ran.err, f"exit {ran.code}: {ran.err}")
    bare = Project(bench, Registry())
    bare.write("Cargo.toml", "")
    ran = bare.run("check")
    yield "an empty manifest", unless(ran.code == 2, f"exit {ran.code}")
