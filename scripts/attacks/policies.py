"""Policies, exceptions, clarifications and baselines that reach further than they may, and `add` against a policy."""

import datetime
import hashlib
import json
import os

from project import NO_TRAINING, Project, spdx_text
from registry import Crate, Registry
from rows import row, unless

FEE = "Before any use of the software, the user must pay a fee of $100 to the author."
RESTRICTED = "MIT WITH AdditionRef-airights-train-ai-disallowed"


def fine(name, version="1.0.0", **fields):
    return Crate(name, version, files={"LICENSE": spdx_text("MIT")}, **fields)


def bad(version="1.0.0", extra="", **fields):
    """A crate that forbids training."""
    return Crate("bad", version, files={"LICENSE": f"{spdx_text('MIT')}\n{NO_TRAINING}\n{extra}", **fields})


def on_bad(bench, crate=None):
    """A project that depends on it."""
    return Project(bench, Registry([crate or bad()]), 'bad = "1"\n')


def exception(name="bad@1.0.0", licenses=(RESTRICTED,), ai=("train-ai",), more=""):
    return f"""version = 1
[[exceptions]]
crate = {json.dumps(name)}
licenses = {json.dumps(list(licenses))}
ai = {json.dumps(list(ai))}
reason = "tried"
{more}"""


@row(18, "exceptions that would reach further", "narrow")
def narrow_exceptions(bench):
    today = datetime.date.today()
    day = datetime.timedelta(days=1)
    project = on_bad(bench)
    project.write("airights.toml", exception())
    yield "the very one", unless(project.check().code == 0, project.check())
    project.write("airights.toml", exception(more=f"expires = {today + day}\n"))
    yield "until tomorrow", unless(project.check().code == 0, project.check())
    refused = {
        "every crate": exception(name="*"),
        "the beginning of a name": exception(name="b*"),
        "any version by a star": exception(name="bad@*x"),
        "another name that begins so": exception(name="ba"),
        "another version": exception(name="bad@1.0.1"),
        "a requirement it does not meet": exception(name="bad@>=1.1"),
        "expired": exception(more=f"expires = {today - day}\n"),
        "a date that is none": exception(more="expires = 2027-02-31\n"),
        "a date in words": exception(more='expires = "tomorrow"\n'),
        "any license": exception(licenses=("*",)),
        "the license without the addition": exception(licenses=("MIT",)),
        "the license and not the AI use": exception(ai=()),
        "the AI use and not the license": exception(licenses=()),
        "without a reason": exception().replace('"tried"', '""'),
    }
    for name, policy in refused.items():
        project.write("airights.toml", policy)
        report = project.check()
        yield name, unless(report.code in (1, 2), report)
    project = on_bad(bench, bad(extra=FEE + "\n"))
    project.write("airights.toml", exception())
    report = project.check()
    yield "for a text that has got a price since", unless(report.code in (1, 2), report)


@row(19, "an exception, then a file with other terms", "denied")
def exception_and_more(bench):
    more = {
        "a non-commercial LICENSE-2": ("LICENSE-2", "You must not use this software commercially.\n"),
        "a price in LICENSE-2": ("LICENSE-2", FEE + "\n"),
        "a non-commercial NOTICE": ("NOTICE", "You must not use this software commercially.\n"),
        "all of the AGPL in COPYING": ("COPYING", spdx_text("AGPL-3.0")),
        "a license to buy in LICENSE-3": ("LICENSE-3", "You may not copy this software without a license bought from Foo Inc.\n"),
    }
    for name, (path, content) in more.items():
        project = on_bad(bench, bad(**{path: content}))
        project.write("airights.toml", exception())
        report = project.check()
        yield name, unless(report.code == 1 and report.level("bad") == "deny", report.said("bad"))


@row(20, "clarifications", "no wider than their files")
def clarifications(bench):
    project = on_bad(bench)
    text = bad().files["LICENSE"].encode()
    right = hashlib.sha256(text).hexdigest()

    def clarify(license="MIT", files=f'[{{ path = "LICENSE", sha256 = "{right}" }}]', more=""):
        files = "" if files is None else f"files = {files}\n"
        return f'version = 1\n[[clarify]]\ncrate = "bad@1.0.0"\nlicense = "{license}"\nreason = "x"\n{files}{more}'

    entries = {
        "another hash": clarify(files=f'[{{ path = "LICENSE", sha256 = "{"0" * 64}" }}]'),
        "no files": clarify(files=None),
        "an empty list": clarify(files="[]"),
        "a file that has nothing to do with it": clarify(
            files=f'[{{ path = "src/lib.rs", sha256 = "{hashlib.sha256(b"").hexdigest()}" }}]'
        ),
        "a file outside": clarify(files=f'[{{ path = "../../../../../etc/passwd", sha256 = "{right}" }}]'),
        "a hash of twelve letters": clarify(files=f'[{{ path = "LICENSE", sha256 = "{right[:12]}" }}]'),
        "the right hash, with the AI terms still there": clarify(),
        "not SPDX": clarify(license="whatever"),
    }
    for name, policy in entries.items():
        project.write("airights.toml", policy)
        report = project.check()
        yield name, unless(report.code in (1, 2), report)


@row(21, "policies that are broken, endless, or say too much", "exit code 2, or as they say")
def broken_policies(bench):
    project = on_bad(bench)
    policy = lambda text: lambda: project.write("airights.toml", text)  # noqa: E731

    def cyclic():
        project.write("other.toml", 'version = 1\nextends = ["airights.toml"]\n')
        project.write("airights.toml", 'version = 1\nextends = ["other.toml"]\n')

    kinds = {
        "a key twice": policy("version = 1\nversion = 1\n"),
        "a section twice": policy('version = 1\n[ai]\ntrain-ai = "respect"\n[ai]\ntrain-ai = "ignore"\n'),
        "extends itself": policy('version = 1\nextends = ["airights.toml"]\n'),
        "a cycle of two": cyclic,
        "extends what is missing": policy('version = 1\nextends = ["gone.toml"]\n'),
        "extends an address": policy('version = 1\nextends = ["http://127.0.0.1:1/policy.toml"]\n'),
        "extends a directory": policy('version = 1\nextends = ["src"]\n'),
        "extends a device": policy('version = 1\nextends = ["/dev/zero"]\n'),
        "a directory": lambda: os.mkdir(project.path("airights.toml")),
        "a dangling link": lambda: os.symlink("gone", project.path("airights.toml")),
        "empty": policy(""),
        "of version 2": policy("version = 2\n"),
        "allows `*`": policy('version = 1\n[licenses]\nallow = ["*"]\n'),
        "allows every class but not the AI use": policy('version = 1\n[licenses]\nallow = ["class:permissive", "class:use-restricted"]\n'),
        "an unknown key": policy("version = 1\nallow-everything = true\n"),
        "not UTF-8": policy(b"version = 1\n# \xff\n"),
        "a NUL": policy(b"version = 1\0\n"),
        "deep": policy("version = 1\nx = " + "[" * 100_000 + "]" * 100_000 + "\n"),
        "16 MB of comments": policy("version = 1\n" + "#" * (16 << 20) + "\n"),
    }
    for name, prepare in kinds.items():
        place = project.path("airights.toml")
        if os.path.isdir(place) and not os.path.islink(place):
            os.rmdir(place)
        elif os.path.lexists(place):
            os.remove(place)
        prepare()
        report = project.check(timeout=30)
        yield name, unless(report.code in (1, 2), report)
    os.remove(project.path("airights.toml"))
    project.write("secret", "root:x:0:0\n")
    project.write("airights.toml", f'version = 1\nextends = ["{project.path("secret")}"]\n')
    ran = project.run("check")
    yield "extends a file of another kind", unless(ran.code == 2, ran.err)
    project.write("airights.toml", "version = 1\n")
    project.write("deny.toml", '[licenses]\nallow = ["MIT"]\n')
    report = project.check()
    yield "both policies", unless(report.code in (1, 2), report)


@row(22, "baselines that are of something else", "not accepted")
def baselines(bench):
    arguments = ("check", "--baseline", "baseline.toml")
    project = on_bad(bench)
    written = project.run(*arguments, "--write-baseline")
    yield "as written", unless(written.code == 0 and project.run(*arguments).code == 0, written.err)
    text = project.read("baseline.toml")
    edits = {
        "of another crate": text.replace("bad", "bed"),
        "cut in the middle": text[: len(text) // 2],
        "empty": "",
        "`{}`": "{}",
        "every digest another": text.translate(str.maketrans("0123456789", "1234567890")).replace("version = 2", "version = 1"),
    }
    for name, edited in edits.items():
        project.write("baseline.toml", edited)
        ran = project.run(*arguments)
        yield name, unless(ran.code in (1, 2), f"exit {ran.code}: {edited}")
    for name, path in {"/dev/null": "/dev/null", "missing": "gone.toml", "a directory": "src"}.items():
        ran = project.run("check", "--baseline", path)
        yield name, unless(ran.code in (1, 2), f"exit {ran.code}")
    # A baseline goes by the terms, so another version passes with the same terms only.
    for version in ("1.0.0", "1.0.1"):
        other = on_bad(bench, bad(version, extra=FEE + "\n"))
        other.write("baseline.toml", text)
        ran = other.run(*arguments)
        yield f"{version} with another text", unless(ran.code == 1, f"exit {ran.code}: {ran.out}")


@row(23, "a change that loosens the policy or the baseline that judges it", "told, or judged by what was there")
def own_policy(bench):
    project = Project(bench, Registry([bad(), fine("good")]), 'good = "1"\n')
    project.write("airights.toml", 'version = 1\n[ai]\ntrain-ai = "respect"\n')
    project.cargo("generate-lockfile")
    project.git("init", "-q")
    project.git("add", "-A")
    project.git("commit", "-qm", "one")
    project.depend_on('good = "1"\nbad = "1"\n')
    strict = project.run("diff", "--base", "HEAD", "--only-new")
    yield "the crate alone", unless(strict.code == 1, f"exit {strict.code}: {strict.out}")
    loose = {
        "the AI use is ignored": 'version = 1\n[ai]\ntrain-ai = "ignore"\n[licenses]\nallow = ["class:permissive", "class:use-restricted"]\n',
        "an exception": exception(),
    }
    for name, policy in loose.items():
        project.write("airights.toml", policy)
        ran = project.run("diff", "--base", "HEAD", "--only-new")
        yield name, unless(ran.code == 1 or says_so(ran), ran.out + ran.err)
        document = json.loads(project.run("diff", "--base", "HEAD", "--only-new", "--format", "json").out or "{}")
        yield f"{name}, in JSON", unless(ran.code == 1 or "policy" in json.dumps(document.get("notes")), document.get("notes"))
    os.remove(project.path("airights.toml"))
    ran = project.run("diff", "--base", "HEAD", "--only-new")
    # The built-in policy denies it, too.
    yield "the policy is removed", unless(ran.code == 1 or says_so(ran), f"exit {ran.code}: {ran.out}")


def says_so(ran):
    """Whether a comparison speaks of the policy, besides naming the one that judged."""
    return any("policy" in line for line in (ran.out + ran.err).splitlines() if "· judged by" not in line)


@row(24, "ways to make the exit code 0", "only by the flag")
def exit_codes(bench):
    project = on_bad(bench)
    yield "--exit-zero", unless(project.run("check", "--exit-zero").code == 0, "not 0")
    fake = project.write("fake-cargo", "#!/bin/sh\necho '{}'\n")
    os.chmod(fake, 0o755)
    surroundings = {
        "CARGO=/bin/true": ({"CARGO": "/bin/true"}, (2,)),
        "a cargo that says `{}`": ({"CARGO": fake}, (2,)),
        "a cargo that fails": ({"CARGO": "/bin/false"}, (2,)),
        "variables that others have": (
            {"CARGO_AIRIGHTS_EXIT_ZERO": "1", "EXIT_ZERO": "1", "AIRIGHTS_POLICY": "/dev/null", "CARGO_AIRIGHTS_POLICY": "/dev/null"},
            (1,),
        ),
        "RUST_LOG and CI": ({"RUST_LOG": "trace", "CI": "true", "CARGO_AIRIGHTS_LOG": "off"}, (1,)),
        "quiet by variable": ({"CARGO_TERM_QUIET": "true"}, (1,)),
        "no PATH": ({"PATH": ""}, (1, 2)),
    }
    for name, (env, codes) in surroundings.items():
        ran = project.run("check", env=env)
        yield name, unless(ran.code in codes, f"exit {ran.code}: {ran.err}")
    ran = project.run("check", "--exit-zero", env={"CARGO": fake})
    yield "--exit-zero where nothing was judged", unless(ran.code == 2, f"exit {ran.code}")


@row(49, "`add` of what `check` denies", "refused")
def denied_crates(bench):
    registry = Registry([bad("1.0.1"), fine("mid", dependencies={"bad": "1"}), fine("good")])
    project = Project(bench, registry, 'mid = "1"\n')
    project.cargo("generate-lockfile")
    for name, arguments in {
        "in the graph already": ("bad@1.0.1",),
        "in the graph already, by name": ("bad",),
        "for its tests": ("bad", "--dev"),
        "optional": ("bad", "--optional"),
        "with a good one": ("good", "bad"),
        "renamed": ("bad", "--rename", "good"),
    }.items():
        before = project.contents()
        ran = project.run("add", *arguments)
        same = project.contents() == before
        yield name, unless(ran.code == 1 and same, f"exit {ran.code}, {'un' if same else ''}changed: {ran.out}{ran.err}")
        for path, content in before.items():
            project.write(path, content)
    fresh = Project(bench, registry, "")
    fresh.cargo("generate-lockfile")
    before = fresh.contents()
    ran = fresh.run("add", "mid")
    yield "brought in by another", unless(ran.code == 1 and fresh.contents() == before, f"exit {ran.code}: {ran.out}{ran.err}")
    ran = fresh.run("add", "good")
    yield "a good one is added", unless(ran.code == 0 and "good" in fresh.read("Cargo.toml"), f"exit {ran.code}: {ran.err}")

