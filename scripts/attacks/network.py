"""Registries that answer what they should not, and what is told to whom."""

import json
import os
import time

from archives import streamed
from policies import bad, fine
from project import Project
from registry import Answer, Registry, index_path
from rows import row, unless

TOKEN = "s3cr3t-of-ours"
BY_FILE = '[registry]\nglobal-credential-providers = ["cargo:token"]\n'
MEBIBYTES = 400


def parser(version, denied=False):
    """A crate with a version that is denied, and others that are not."""
    made = bad(version) if denied else fine("parser", version)
    made.name = "parser"
    return made


def of_parser(**options):
    return Registry([parser("1.0.0"), parser("1.1.0"), parser("1.2.0", denied=True)], **options)


def only(what, answer):
    """A fault of the index, of its configuration or of packages alone."""
    kinds = {
        "index": lambda path: not path.startswith("/dl/") and path != "/config.json",
        "config": lambda path: path == "/config.json",
        "package": lambda path: path.startswith("/dl/"),
    }
    return lambda path, token: answer(path) if kinds[what](path) else None


@row(31, "an index that fails, lies, or does not end", "exit code 2, or the line is skipped")
def odd_index(bench):
    good = of_parser()
    text = good.files[index_path("parser")]
    lines = text.decode().splitlines()
    changed = lambda **fields: (lines[0] + "\n" + json.dumps({**json.loads(lines[1]), **fields}) + "\n").encode()  # noqa: E731
    bomb = streamed((b"\0" * (1 << 20), 1024))
    many = "".join(json.dumps({**json.loads(lines[0]), "vers": f"1.0.{number}"}) + "\n" for number in range(1, 60_001))
    packed = {"Content-Encoding": "gzip"}
    answers = {
        "status 500": (lambda path: Answer(500, b"oh"), (2,)),
        "status 403": (lambda path: Answer(403, b"no"), (2,)),
        "garbled": (lambda path: Answer(200, b'{"name": "what\n'), (2,)),
        "a page": (lambda path: Answer(200, b"<html>Sign in</html>"), (2,)),
        "1 GB packed in 1 MB": (lambda path: Answer(200, bomb, packed), (2,)),
        "1 GB": (lambda path: Answer(200, (b"\0" * (1 << 20) for _ in range(1024)), {}, 1 << 30), (2,)),
        "another encoding": (lambda path: Answer(200, b"\x0b\x02\x80abc\x03", {"Content-Encoding": "br"}), (2,)),
        "cut off": (lambda path: Answer(200, text[: len(text) // 2], {}, len(text)), (2,)),
        "a redirect to itself": (lambda path: Answer(302, b"", {"Location": path}), (2,)),
        "a checksum of another form": (lambda path: Answer(200, changed(cksum="xyz")), (2,)),
        "a checksum with a path": (lambda path: Answer(200, changed(cksum="../" * 20 + "etc/passwd")), (2,)),
        "another name": (lambda path: Answer(200, changed(name="other")), (2,)),
        "a version with a path": (lambda path: Answer(200, changed(vers="../../1.1.0")), (2,)),
        "60,000 versions and the wanted ones": (lambda path: Answer(200, text + many.encode()), (0, 2)),
    }
    for name, (answer, codes) in answers.items():
        registry = of_parser()
        project = Project(bench, registry)
        registry.fault = only("index", answer)
        ran = project.run("diff", "parser@1.0.0", "1.1.0", timeout=90, measured=True)
        good = ran.code in codes and ran.mebibytes < MEBIBYTES and len(registry.asked) < 40 and ran.said < 5000
        yield name, unless(good, f"exit {ran.code}, {ran.mebibytes:.0f} MiB, {len(registry.asked)} requests: {ran.err[:150] or ran.out}")


@row(32, "an address of packages that is none", "refused")
def odd_addresses(bench):
    registry = of_parser()
    package = registry.files["/dl/parser/1.1.0/download"]
    place = os.path.join(bench.directory(), "parser")
    for version in ("1.0.0", "1.1.0"):
        os.makedirs(f"{place}/{version}")
        with open(f"{place}/{version}/download", "wb") as file:
            file.write(registry.files[f"/dl/parser/{version}/download"])
    folder = os.path.dirname(place)
    for name, address in {
        "a file": f"file://{folder}",
        "a file, as a template": f"file://{folder}/{{crate}}/{{version}}/download",
        "FTP": "ftp://127.0.0.1/dl",
        "a script": "javascript:alert(1)",
        "relative": "dl",
        "relative to the host": "/dl",
        "a path of the disk": folder,
        "line ends": f"http://127.0.0.1:{registry.port}/dl\r\nX-Odd: 1\r\n\r\nGET /",
        "nothing": "",
        "a number": 5,
    }.items():
        registry = of_parser()
        registry.configure(dl=address)
        project = Project(bench, registry)
        ran = project.run("diff", "parser@1.0.0", "1.1.0", timeout=60)
        odd = [path for path in registry.paths() if path not in ("/config.json", index_path("parser"))]
        yield name, unless(ran.code == 2 and not odd and package, f"exit {ran.code}, asked {odd}: {ran.err or ran.out}")


def with_token(bench, place):
    """A project on a registry that wants a token, which cargo has in one of three places; the environment of its runs."""
    registry = of_parser(token=TOKEN, own=True)
    config = "" if place == "a credential provider" else BY_FILE
    project = Project(bench, registry, 'parser = { version = "1", registry = "ours" }\n', config)
    env = {}
    if place == "the environment":
        env["CARGO_REGISTRIES_OURS_TOKEN"] = TOKEN
    elif place == "credentials.toml":
        with open(os.path.join(project.home, "credentials.toml"), "w", encoding="utf-8") as file:
            file.write(f'[registries.ours]\ntoken = "{TOKEN}"\n')
    elif place == "config.toml":
        with open(os.path.join(project.home, "config.toml"), "w", encoding="utf-8") as file:
            file.write(f'[registries.ours]\nindex = "{registry.index}"\ntoken = "{TOKEN}"\n{BY_FILE}')
    else:
        provider = os.path.join(project.home, "provider")
        with open(provider, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\necho {TOKEN}\n')
        os.chmod(provider, 0o755)
        with open(os.path.join(project.home, "config.toml"), "a", encoding="utf-8") as file:
            file.write(f'[registry]\nglobal-credential-providers = ["cargo:token-from-stdout {provider}"]\n')
    return registry, project, env


TALKING = [("check",), ("suggest", "-vv"), ("diff", "parser@1.0.0", "1.1.0", "-vv"), ("add", "parser@1.1.0", "--registry", "ours"), ("suggest", "--apply")]
PLACES = ["the environment", "credentials.toml", "config.toml", "a credential provider"]


def holding(word, *folders):
    """The files below some folders that hold a word."""
    for folder in folders:
        for here, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(here, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        if word.encode() in file.read():
                            yield os.path.relpath(path, os.path.dirname(folder))


def told_elsewhere(bench, place, address, status):
    """What goes wrong where the registry sends on to another one: who was told the token, where it was shown or written."""
    other = of_parser()
    registry, project, env = with_token(bench, place)
    project.run("check", env=env)
    known = len(registry.asked)
    for what in ("package", "index"):
        registry.fault = only(what, lambda path: Answer(status, b"", {"Location": f"http://{address}:{other.port}{path}"}))
        for arguments in TALKING:
            ran = project.run(*arguments, env=env, timeout=90)
            if TOKEN in ran.out + ran.err:
                yield f"{arguments[0]} shows it"
    if any(token for _, token in other.asked):
        yield f"it went to {address} at another port"
    if not any(token == TOKEN for _, token in registry.asked[known:]):
        yield "the registry itself was not told"
    if not other.asked:
        yield "nothing was sent on"
    kept = list(holding(TOKEN, project.root, project.cache, project.temporary))
    if kept:
        yield f"it stands in {kept}"


@row(33, "a token, and a registry that sends on to another host", "to its registry alone, shown and written nowhere")
def other_host(bench):
    for place, status in zip(PLACES, (301, 302, 307, 303)):
        faults = list(told_elsewhere(bench, place, "localhost", status))
        yield f"from {place}, {status}", unless(not faults, "; ".join(faults))


@row(34, "a token, and a registry that sends on to another port", "to its registry alone")
def other_port(bench):
    for place, status in zip(PLACES, (307, 308, 301, 302)):
        faults = list(told_elsewhere(bench, place, "127.0.0.1", status))
        yield f"from {place}, {status}", unless(not faults, "; ".join(faults))


@row(35, "a crate of a registry of one's own", "its registry is asked, and no other")
def right_registry(bench):
    def crates():
        private = [fine("ours"), bad("1.1.0"), fine("ours", "1.0.1")]
        private[1].name = "ours"
        return private

    def story(dependency='ours = { version = "=1.0.0", registry = "ours" }\n'):
        own, public = Registry(crates(), own=True), Registry([fine("ours", "1.1.0"), fine("ours"), fine("other")])
        project = Project(bench, public, dependency, own.named("ours"))
        project.cargo("generate-lockfile")
        return own, public, project, len(public.asked)

    def asked(public, since):
        return [path for path in public.paths(since) if "ours" in path]

    own, public, project, since = story()
    ran = project.run("diff", "ours@1.0.0", "1.1.0")
    names = asked(public, since)
    yield "diff", unless(ran.code == 1 and not names, f"exit {ran.code}, the other was asked {names}: {ran.out}{ran.err}")
    for arguments in (("suggest",), ("suggest", "--apply"), ("add", "other"), ("add", "ours@1.0.1", "--registry", "ours"), ("publish-check",), ("check",), ("diff", "--base", "HEAD")):
        own, public, project, since = story('ours = { version = "=1.1.0", registry = "ours" }\n')
        if arguments[0] == "diff":
            project.git("init", "-q")
            project.git("add", "-A")
            project.git("commit", "-qm", "one")
            project.depend_on('ours = { version = "=1.0.1", registry = "ours" }\n')
        ran = project.run(*arguments)
        names = asked(public, since)
        yield " ".join(arguments), unless(not names and ran.code is not None, f"exit {ran.code}, the other was asked {names}")
    both = 'ours = { version = "=1.0.0", registry = "ours" }\ntheirs = { package = "ours", version = "=1.0.0" }\n'
    own, public, project, since = story(both)
    ran = project.run("diff", "ours@1.0.0", "1.1.0")
    yield "two registries have it", unless(ran.code == 2 and ran.err.count("ours") > 1, f"exit {ran.code}: {ran.out}{ran.err}")


def dripping(pause):
    """A package that comes so slowly that it never ends."""

    def drops():
        while True:
            yield b"xx"
            time.sleep(pause)

    return lambda path: Answer(200, drops(), {}, 1 << 20)


def drips(bench, config, pause, timeout, commands):
    for arguments in commands:
        registry = of_parser()
        project = Project(bench, registry, 'parser = "1"\n', config)
        project.check()
        registry.fault = lambda path, token: dripping(pause)(path) if path.startswith("/dl/") and "1.2.0" not in path else None
        before = project.contents()
        ran = project.run(*arguments, timeout=timeout)
        ended = ran.code is not None and project.contents() == before and "same terms" not in ran.out
        yield " ".join(arguments), unless(ended and ran.code in (1, 2), f"it did not end in {timeout} s" if ran.code is None else f"exit {ran.code}: {ran.out}")


COMMANDS = [("suggest",), ("suggest", "--apply"), ("diff", "parser@1.0.0", "1.1.0"), ("add", "parser@=1.1.0", "--rename", "other")]


@row(36, "packages that come two bytes at a time, where cargo is told to wait for two seconds", "it ends, and nothing is taken for clean")
def slowly(bench):
    yield from drips(bench, "[http]\ntimeout = 2\n", 0.5, 45, COMMANDS)


@row("36b", "the same where cargo waits as long as it does", "it ends, `suggest` about a minute on", long=True)
def as_slowly_as_cargo_waits(bench):
    yield from drips(bench, "", 1, 100, COMMANDS[:1])
    yield from drips(bench, "", 1, 240, COMMANDS[2:])

