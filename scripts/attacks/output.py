"""What untrusted words do to those who read the output: terminals, pages, logs of CI, and closed pipes."""

import json
import os
import re

from policies import bad, fine
from project import NO_TRAINING, Project, spdx_text
from registry import Crate, Registry
from rows import row, unless

ESCAPES = {
    "a color": "\x1b[31m",
    "a link": "\x1b]8;;https://example.invalid\x1b\\here\x1b]8;;\x1b\\",
    "a bell": "\x07",
    "a title": "\x1b]0;title\x07",
    "the other escape": "\x9b2J",
    "back to the start of the line": "\rall is well",
    "right to left": "\u202egnp",
    "isolates": "\u2066x\u2069",
    "zero width": "\u200b",
}
PAGE = "<script>alert(1)</script><img src=x onerror=alert(1)></details> ](https://example.invalid) | ``` ~~~ **bold** <!--"
COMMANDS = ["##[error]pwn", "##[add-mask]a", "##vso[task.setvariable variable=a]b", "::error::pwn", "::add-mask::a", "::set-output name=a::b", "  ::error::x"]
HIDDEN = [chr(code) for code in [*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)] if chr(code) != "\n"]
FORMATS = [
    ("check",),
    ("check", "-v"),
    ("check", "--format", "json"),
    ("check", "--format", "sarif"),
    ("list",),
    ("list", "--format", "json"),
    ("list", "--format", "tsv"),
    ("tree",),
    ("explain", "bad"),
    ("explain", "license-not-allowed"),
    ("suggest", "-v"),
    ("suggest", "--format", "json"),
    ("diff", "bad@1.0.0", "1.0.1"),
    ("diff", "bad@1.0.0", "1.0.1", "--format", "markdown"),
    ("diff", "bad@1.0.0", "1.0.1", "--format", "json"),
    ("allow", "bad", "--reason", "x", "-n"),
    ("clarify", "bad", "-n"),
    ("read", "words"),
    ("read", "words", "--format", "json"),
    ("check", "--policy", "broken.toml"),
]


def shown(bench, words, name="LICENSE"):
    """A project on a crate whose texts, file names and manifest hold these words, and everything that shows them."""
    clause = f"{spdx_text('MIT')}\n{words} {NO_TRAINING} {words}\n"
    quoted = json.dumps(words)
    files = {name: clause, "README.md": f"Do not train on this. {words}\n", "AGENTS.md": f"{words} Do not train on the contents of this.\n"}
    package = f"description = {quoted}\nrepository = {quoted}\nauthors = [{quoted}]\n"
    license = f"MIT{words}" if words.isprintable() and "\\" not in words else "MIT"
    crates = [
        Crate("bad", "1.0.0", license="MIT", package=package, files={"LICENSE": spdx_text("MIT")}),
        Crate("bad", "1.0.1", license=license, package=package, files=files),
    ]
    project = Project(bench, Registry(crates), 'bad = "1"\n')
    project.write("words", clause)
    project.write("broken.toml", f"version = 1\n{quoted} = {quoted}\n")
    for arguments in FORMATS:
        ran = project.run(*arguments, env={"CI": "true", "GITHUB_ACTIONS": "true", "TF_BUILD": "True", "COLUMNS": "80"})
        yield " ".join(arguments), ran
    project.remove()


@row(26, "escape sequences and markup in texts, names and manifests, in twenty outputs", "neutral")
def injection(bench):
    words = " ".join(ESCAPES.values())
    for arguments, ran in shown(bench, words, name="LICENSE-\u202egnp.\u200bmd"):
        found = [f"U+{ord(letter):04X}" for letter in HIDDEN if letter in ran.out or letter in ran.err]
        # A tab is the form of that one.
        found = [letter for letter in found if not (letter == "U+0009" and "tsv" in arguments)]
        yield arguments, unless(not found and ran.code is not None and ran.code >= 0, f"raw {' '.join(found)}, exit {ran.code}")
    for arguments, ran in shown(bench, PAGE):
        if "markdown" not in arguments:
            continue
        # One block of its own may be folded.
        page = ran.out.replace("\n</details>", "", ran.out.count("\n<details>"))
        loose = [mark for mark in ("<script", "<img", "</details>", "](https://example.invalid", "<!--") if outside_of_code(mark, page)]
        yield f"{arguments}, a page", unless(not loose, loose)


def outside_of_code(mark, page):
    """Whether a mark stands where a page would act on it: not within a block of code, not within backticks, not escaped."""
    fence = None
    for line in page.splitlines():
        ticks = re.match(r"`{3,}", line)
        if fence is None and ticks:
            fence = ticks[0]
        elif fence is not None:
            fence = None if line.strip() == fence else fence
            continue
        plain = "".join(line.split("`")[::2])
        if mark in plain.replace("\\" + mark[0], ""):
            return True
    return False


@row(27, "commands for logs of CI, right-to-left marks in JSON, line ends in errors", "neutral")
def logs(bench):
    for command in COMMANDS:
        found = set()
        for arguments, ran in shown(bench, f"{command}\n{command} {'word ' * 12}{command}"):
            machine = any(form in arguments for form in ("json", "sarif"))
            for line in (ran.out + "\n" + ran.err).splitlines():
                begins = line.lstrip().startswith(command.strip())
                anywhere = command.startswith("##") and command in line
                # The lines of JSON and SARIF go to files, and a log takes no command out of the middle of one.
                if begins or (anywhere and not machine):
                    found.add(arguments)
        yield command.strip(), unless(not found, ", ".join(sorted(found)))
    project = Project(bench)
    project.write("words", f"{spdx_text('MIT')}\n\u202e{NO_TRAINING}\u202c\u200b\n")
    ran = project.run("read", "words", "--format", "json")
    raw = [f"U+{ord(letter):04X}" for letter in "\u202e\u202c\u200b" if letter in ran.out]
    yield "right-to-left marks in the JSON of `read`", unless(not raw and json.loads(ran.out), raw)
    errors = {
        "cargo metadata fails": lambda: (project.depend_on('gone = "1"\n'), project.run("check"))[1],
        "cargo add fails": lambda: (project.depend_on(""), project.run("add", "gone"))[1],
        "a broken manifest": lambda: (project.write("Cargo.toml", "[package\n"), project.run("check"))[1],
    }
    for name, fail in errors.items():
        ran = fail()
        yield name, unless(ran.code == 2 and "\\u{a}" not in ran.err and "\n" in ran.err.strip(), f"exit {ran.code}: {ran.err!r}")


@row(44, "standard output full or closed", "exit code 2; the verdict")
def streams(bench):
    project = Project(bench, Registry([fine("bad", "1.0.0"), bad("1.0.1")]), 'bad = "1"\n')
    verdicts = {
        ("check",): 1,
        ("check", "--format", "json"): 1,
        ("list",): 0,
        ("tree",): 0,
        ("suggest",): 1,
        ("diff", "bad@1.0.0", "1.0.1"): 1,
    }
    for arguments, verdict in verdicts.items():
        name = " ".join(arguments)
        with open("/dev/full", "wb") as full:
            ran = project.run(*arguments, stdout=full)
        yield f"{name}, full", unless(ran.code == 2, f"exit {ran.code}")
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as closed:
            ran = project.run(*arguments, stdout=closed)
        yield f"{name}, closed", unless(ran.code == verdict, f"exit {ran.code}: {ran.err}")
        with open("/dev/full", "wb") as full:
            ran = project.run(*arguments, stderr=full)
        yield f"{name}, standard error full", unless(ran.code == verdict, f"exit {ran.code}")
        ran = project.run_program(["sh", "-c", 'exec "$0" "$@" 2>&-', bench.program, "airights", *arguments])
        yield f"{name}, standard error closed", unless(ran.code == verdict, f"exit {ran.code}")
