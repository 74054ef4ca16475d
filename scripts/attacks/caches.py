"""The cache: made to lie by one project to another, damaged, in the way, or cut short."""

import contextlib
import hashlib
import json
import os
import random
import shutil
import subprocess

from kills import kills_of
from policies import bad, fine, on_bad
from project import Project, spdx_text
from registry import Registry, index_path
from rows import row, unless


def clean_bad(version="1.0.0"):
    """What carries the name of the bad one, and its clean text."""
    return fine("bad", version)


def same_as_without_cache(project):
    """Whether the cache changes nothing, and what it says if it does."""
    with_cache, without = project.check(), project.check("--no-cache")
    return unless(with_cache.code == without.code == 1, f"exit {with_cache.code}, without the cache {without.code}")


@row(15, "one project makes the cache lie to another", "the other sees what is there")
def lies(bench):
    public = Registry([bad(), fine("dep")])
    truth = hashlib.sha256(public.files["/dl/bad/1.0.0/download"]).hexdigest()

    # A registry that claims another's checksum, once cargo has unpacked what it served first.
    hostile = Registry([clean_bad()], own=True)
    attacker = Project(bench, hostile, 'bad = { version = "1", registry = "ours" }\n')
    attacker.check("--no-cache")
    crate = clean_bad()
    crate.claimed = truth
    hostile.files[index_path("bad")] = crate.index_line(b"").encode()
    shutil.rmtree(os.path.join(attacker.home, "registry", "index"), ignore_errors=True)
    os.remove(attacker.path("Cargo.lock"))
    attacker.check()
    victim = Project(bench, public, 'bad = "1"\n', cache=attacker.cache)
    yield "an index that claims another checksum", same_as_without_cache(victim)

    # The lockfile alone claims it.
    hostile = Registry([clean_bad()], own=True)
    attacker = Project(bench, hostile, 'bad = { version = "1", registry = "ours" }\n')
    attacker.check("--no-cache")
    own = hashlib.sha256(hostile.files["/dl/bad/1.0.0/download"]).hexdigest()
    attacker.write("Cargo.lock", attacker.read("Cargo.lock").replace(own, truth))
    attacker.check()
    attacker.check("--locked")
    attacker.check("--offline")
    victim = Project(bench, public, 'bad = "1"\n', cache=attacker.cache)
    yield "a lockfile that claims another checksum", same_as_without_cache(victim)

    # Saved metadata that sends to the files of another crate.
    for name, change in {"of another crate": "dep", "of a copy": None}.items():
        project = Project(bench, public, 'bad = "1"\ndep = "1"\n')
        metadata = json.loads(project.cargo("metadata", "--format-version", "1"))
        where = {package["name"]: package for package in metadata["packages"]}
        if change:
            where["bad"]["manifest_path"] = where["dep"]["manifest_path"]
        else:
            copied = project.path("copy", "bad-1.0.0")
            shutil.copytree(os.path.dirname(where["bad"]["manifest_path"]), copied)
            with open(os.path.join(copied, "LICENSE"), "w", encoding="utf-8") as file:
                file.write(spdx_text("MIT"))
            where["bad"]["manifest_path"] = os.path.join(copied, "Cargo.toml")
        project.write("m.json", json.dumps(metadata))
        project.run("check", "--metadata-path", "m.json")
        yield f"saved metadata that sends to the files {name}", same_as_without_cache(project)

    # What lies unpacked is edited, and put right again.
    for name, put_right in {"edited and put back": True, "edited, then unpacked anew": False}.items():
        project = Project(bench, public, 'bad = "1"\n')
        project.cargo("fetch")
        source = next(os.path.join(folder, "bad-1.0.0") for folder, names, _ in os.walk(project.home) if "bad-1.0.0" in names)
        license = os.path.join(source, "LICENSE")
        kept = shutil.copy2(license, project.path("kept"))
        with open(license, "w", encoding="utf-8") as file:
            file.write(spdx_text("MIT"))
        project.check()
        if put_right:
            shutil.copy2(kept, license)
        else:
            shutil.rmtree(source)
        yield f"unpacked files {name}", same_as_without_cache(project)

    # The other way round: what was kept of the true files does not cover what is edited later.
    project = Project(bench, Registry([fine("bad")]), 'bad = "1"\n')
    project.check()
    source = next(os.path.join(folder, "bad-1.0.0") for folder, names, _ in os.walk(project.home) if "bad-1.0.0" in names)
    with open(os.path.join(source, "LICENSE"), "a", encoding="utf-8") as file:
        file.write("\n" + bad().files["LICENSE"])
    with_cache, without = project.check(), project.check("--no-cache")
    came_out = f"exit {with_cache.code}, without the cache {without.code}"
    yield "unpacked files edited after they were read", unless(with_cache.code == without.code, came_out)


def kept_files(project):
    """Every file of the cache."""
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(project.cache) for name in names)


@row(16, "a cache that is damaged, elsewhere or not there", "the right verdict")
def damaged(bench):
    project = on_bad(bench)
    project.check()
    random_bytes = random.Random(16)
    for path in kept_files(project):
        size = os.path.getsize(path)
        places = sorted({0, size // 3, size // 2, size - 1}) if size else []
        for place in places:
            with open(path, "r+b") as file:
                file.seek(place)
                byte = file.read(1)
                file.seek(place)
                file.write(bytes([byte[0] ^ 0xFF]))
            report = project.check()
            yield f"byte {place} of {os.path.relpath(path, project.cache)}", unless(report.code == 1, report)
            if not os.path.exists(path):
                break
    for path in kept_files(project):
        with open(path, "wb") as file:
            file.write(random_bytes.randbytes(5000))
    yield "every file random", unless(project.check().code == 1, project.check())
    for path in kept_files(project):
        with open(path, "wb"):
            pass
    yield "every file empty", unless(project.check().code == 1, project.check())
    file = project.write("a-file", "")
    for name, place in {"/proc": "/proc", "a file": file, "/dev/null": "/dev/null", "empty": "", "unset": None, "relative": "here"}.items():
        env = {"CARGO_AIRIGHTS_CACHE_DIR": place, "HOME": project.temporary, "XDG_CACHE_HOME": None}
        # Cargo's proxies look in the home for toolchains.
        env["RUSTUP_HOME"] = os.environ.get("RUSTUP_HOME", os.path.expanduser("~/.rustup"))
        report = project.check(env=env)
        yield f"at {name}", unless(report.code == 1, report)


NAMED = {
    "a baseline": ("check", "--baseline", "odd"),
    "saved metadata": ("check", "--metadata-path", "odd"),
    "a saved report": ("diff", "--base-report", "odd"),
    "a lockfile": ("diff", "odd"),
    "a text to read": ("read", "odd"),
    "a policy": ("check", "--policy", "odd"),
}


@contextlib.contextmanager
def talking(fifo):
    """Writes a few words into a FIFO, to whoever opens it, and no more."""
    writer = subprocess.Popen(["sh", "-c", 'echo "some words" > "$0"', fifo])
    yield
    writer.kill()
    writer.wait()


@row(17, "a FIFO or an endless device in the cache, as a policy or where it looks", "it ends")
def waits(bench):
    endless = {"a FIFO": os.mkfifo, "/dev/zero": lambda path: os.symlink("/dev/zero", path)}
    for kind, make in endless.items():
        project = on_bad(bench)
        project.check()
        files = kept_files(project)
        for path in files:
            os.remove(path)
            make(path)
        report = project.check(timeout=10)
        yield f"{kind} for each of {len(files)} files of the cache", unless(report.code == 1, report)
        # What cargo reads itself, such as its configuration, it waits for, and we can only wait with it.
        for name in ("airights.toml", "deny.toml", ".cargo/airights.toml"):
            project = on_bad(bench)
            os.makedirs(project.path(".cargo"), exist_ok=True)
            make(project.path(name))
            report = project.check(timeout=10)
            yield f"{kind} as {name}", unless(report.code in (1, 2), report)
        project = on_bad(bench)
        make(project.path("odd"))
        for name, arguments in NAMED.items():
            # A pipe that is named on the command line is waited for, as everywhere: `<(…)` is one. An endless one ends.
            with talking(project.path("odd")) if kind == "a FIFO" else contextlib.nullcontext():
                ran = project.run(*arguments, timeout=10, measured=True)
            yield f"{kind} as {name}", unless(ran.code is not None and ran.mebibytes < 500, f"exit {ran.code}, {ran.mebibytes:.0f} MiB")
        project.write("airights.toml", 'version = 1\nextends = ["odd"]\n')
        ran = project.run("check", timeout=10)
        yield f"{kind} that a policy extends", unless(ran.code == 2, "it did not end" if ran.code is None else f"exit {ran.code}")


@row(40, "`check` killed while it writes the cache", "the same reports afterwards")
def killed_check(bench):
    project = Project(bench, Registry([bad(), fine("dep")]), 'bad = "1"\ndep = "1"\n')
    expected = project.check("--no-cache").ran.out
    for name, killed in kills_of(project, "check"):
        report = killed.check()
        again = killed.check()
        yield name, unless(report.ran.out == again.ran.out == expected, report)
