"""Bytes at random: whatever is changed in what is read, the program ends with an exit code of its own, and says no more than it knows."""

import json
import os
import random

from kills import on
from policies import exception, on_bad
from rows import row, unless

ROUNDS = 40


def mutated(luck, content):
    """The same with a few bytes changed, cut out, doubled, or moved."""
    bytes_ = bytearray(content)
    for _ in range(luck.randint(1, 6)):
        at, length = luck.randrange(len(bytes_) + 1), luck.choice((1, 1, 2, 8, 64))
        kind = luck.randrange(4)
        if kind == 0:
            bytes_[at : at + length] = luck.randbytes(length)
        elif kind == 1:
            del bytes_[at : at + length]
        elif kind == 2:
            bytes_[at:at] = bytes_[at : at + length] * luck.randint(1, 3)
        else:
            bytes_[at:at] = luck.choice((b"\0", b"\xff", b'"', b"[", b"{", b"\\u0000", b"9" * 40, "\u202e".encode()))
    return bytes(bytes_)


def ends(ran):
    """What is wrong with how a run ended, whatever it was about."""
    good = ran.code in (0, 1, 2) and "panicked" not in ran.err and "\x1b" not in ran.out + ran.err
    return unless(good, f"exit {ran.code}: {ran.err[-200:]}")


@row(53, "everything that is read, with bytes changed at random", "an exit code of its own, every time")
def random_bytes(bench):
    luck = random.Random(53)
    project = on_bad(bench)
    project.cargo("generate-lockfile")
    project.write("baseline.toml", "")
    project.run("check", "--baseline", "baseline.toml", "--write-baseline")
    texts = {
        "airights.toml": exception().encode(),
        "deny.toml": b'[licenses]\nallow = ["MIT"]\nconfidence-threshold = 0.8\nexceptions = [{ allow = ["MIT"], crate = "bad" }]\n[graph]\ntargets = []\n',
        "baseline.toml": project.read("baseline.toml").encode(),
        "m.json": project.cargo("metadata", "--format-version", "1").encode(),
        "report.json": project.run("check", "--format", "json").out.encode(),
        "old.lock": project.read("Cargo.lock").encode(),
        "Cargo.toml": project.read("Cargo.toml").encode() + b'[package.metadata.airights]\ntrain-ai = "disallowed"\n',
        "words": (project.run("explain", "bad").out + json.dumps(exception())).encode(),
    }
    commands = {
        "airights.toml": ("check",),
        "deny.toml": ("check",),
        "baseline.toml": ("check", "--baseline", "baseline.toml"),
        "m.json": ("check", "--metadata-path", "m.json"),
        "report.json": ("diff", "--base-report", "report.json"),
        "old.lock": ("diff", "old.lock"),
        "Cargo.toml": ("declare", "--check"),
        "words": ("read", "words"),
    }
    for name, arguments in commands.items():
        seen = {}
        for number in range(ROUNDS):
            twin = project if name != "Cargo.toml" else on("")(bench) if number == 0 else twin
            twin.write(name, mutated(luck, texts[name]))
            came_out = ends(twin.run(*arguments, timeout=60))
            if came_out:
                seen[number] = came_out
        yield f"{name}, {ROUNDS} times", unless(not seen, seen)
        if name in ("airights.toml", "deny.toml"):
            os.remove(project.path(name))
