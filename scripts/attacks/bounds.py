"""Sizes: that time and memory grow no faster than what is read, by runs of two sizes, and that nothing huge is held."""

import json
import os
import random
import shutil
import statistics

from project import NO_TRAINING, Project, judged_on_disk, spdx_text
from registry import Crate, Registry
from rows import Missing, row, unless

# What takes less than this is mostly what a process costs.
SETTLED = 0.25
# Four times as much may take so many times as long on a busy machine; what is quadratic takes sixteen times as long.
GROWTH = 10
# Texts of so many bytes, twice and four times as many are counted. A byte more may cost so many steps, and in a longer text
# so many times as many as in a shorter one; below some hundreds, tables that grow show.
SHORT = 30_000
MOST_STEPS, STEADY, FEW_STEPS = 16_000, 1.25, 400
# A chain may take so many times as long as a tree, likewise. `scripts/measure-chain.py` measures it.
CHAIN = 2
PACKAGES = 20_000
OTHERS = 'repository = "https://example.invalid/them/it"\n'


@row(45, "expressions that are huge", "soon, in little memory")
def expressions(bench):
    ids = ["MIT", "Apache-2.0", "ISC", "Zlib"]
    texts = {
        "2^20 ways": " AND ".join(f"(MIT OR LicenseRef-{number})" for number in range(20)),
        "2^20 ways, the other way round": " OR ".join(f"(MIT AND LicenseRef-{number})" for number in range(20)),
        "1,000 pairs": " AND ".join(f"(MIT OR LicenseRef-{number})" for number in range(1000)),
        "10,000 terms": " OR ".join(ids[number % 4] for number in range(10_000)),
        "10,000 references": " AND ".join(f"LicenseRef-{number}" for number in range(10_000)),
        "10,000 parentheses": "(" * 10_000 + "MIT" + ")" * 10_000,
        "5,000 levels": "(MIT OR " * 5000 + "ISC" + ")" * 5000,
        "open parentheses": "(" * 100_000,
        "1 MB of one word": "A" * (1 << 20),
    }
    for name, text in texts.items():
        project = Project(bench, Registry([Crate("odd", license=text, files={"LICENSE": spdx_text("MIT")})]), 'odd = "1"\n')
        for form in ("json", "human"):
            ran = project.run("check", "--format", form, timeout=30, measured=True)
            good = ran.code in (0, 1, 2) and ran.mebibytes < 400
            yield f"{name}, {form}", unless(good, f"exit {ran.code}, {ran.seconds:.1f} s, {ran.mebibytes:.0f} MiB")
        project.remove()


class Graph:
    """A project on packages of a registry that depend on each other in a shape, with a saved `cargo metadata` of it.

    Cargo itself says what metadata looks like, and a lockfile, of the first two; the others are written like the first."""

    def __init__(self, bench, shape, number, licenses=lambda at: "MIT"):
        crates = [Crate(named(0), dependencies={named(1): "1"}), Crate(named(1))]
        self.project = project = Project(bench, Registry(crates), f'{named(0)} = "1"\n')
        metadata = json.loads(project.cargo("metadata", "--format-version", "1"))
        packages = {package["name"]: package for package in metadata["packages"]}
        nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
        app, first = packages["app"], packages[named(0)]
        # Texts in which a name takes the place of the first one's, or of the one it depends on.
        package, node = json.dumps({**first, "dependencies": []}), json.dumps({**nodes[first["id"]], "deps": [], "dependencies": []})
        need, edge = json.dumps(first["dependencies"][0]), json.dumps(nodes[first["id"]]["deps"][0])
        metadata["packages"], metadata["resolve"]["nodes"] = [app], [nodes[app["id"]]]
        source = os.path.dirname(os.path.dirname(first["manifest_path"]))
        locked = [project.read("Cargo.lock").split("[[package]]")[0]]
        for at in range(number):
            needed = [child for child in shape(at) if child < number]
            crate = Crate(named(at), license=licenses(at), dependencies={named(child): "1" for child in needed})
            unpack(crate, os.path.join(source, f"{crate.name}-1.0.0"))
            edges = [json.loads(edge.replace(named(1), named(child))) for child in needed]
            metadata["packages"].append(
                {
                    **json.loads(package.replace(named(0), named(at))),
                    "license": licenses(at),
                    "dependencies": [json.loads(need.replace(named(1), named(child))) for child in needed],
                }
            )
            metadata["resolve"]["nodes"].append(
                {**json.loads(node.replace(named(0), named(at))), "deps": edges, "dependencies": [edge["pkg"] for edge in edges]}
            )
            locked.append(locked_package(crate, first["source"], at))
        locked.append(f'name = "app"\nversion = "0.1.0"\ndependencies = [\n "{named(0)}",\n]\n')
        project.write("m.json", json.dumps(metadata))
        project.write("Cargo.lock", "[[package]]\n".join(locked))

    def check(self, *arguments, runs=3, timeout=120):
        """Medians of the time and the memory of some checks, and the last of them."""
        ran = []
        for _ in range(runs):
            ran.append(self.project.run("check", "--metadata-path", "m.json", *arguments, timeout=timeout, measured=True))
            if ran[-1].code is None:
                break
        return statistics.median(run.seconds for run in ran), statistics.median(run.mebibytes for run in ran), ran[-1]


def named(at):
    return f"p{at:05}"


def unpack(crate, folder):
    """What cargo leaves on the disk of a package."""
    os.makedirs(os.path.join(folder, "src"), exist_ok=True)
    for path, content in {**crate.all_files(), ".cargo-ok": '{"v":1}'}.items():
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(content)


def locked_package(crate, source, at):
    """Its entry of a lockfile."""
    needs = "".join(f' "{name}",\n' for name in sorted(crate.dependencies))
    dependencies = f"dependencies = [\n{needs}]\n" if needs else ""
    return f'name = "{crate.name}"\nversion = "1.0.0"\nsource = "{source}"\nchecksum = "{at:064x}"\n{dependencies}\n'


def chain(at):
    return [at + 1]


def tree(at):
    return [2 * at + 1, 2 * at + 2]


def grew(small, large):
    """What is wrong where four times as much took too much longer."""
    most = max(small, SETTLED) * GROWTH
    return unless(large <= most, f"{small:.2f} s, and four times as much {large:.2f} s")


@row(46, "20,000 packages, 10,000 denied ones, 100,000 files, a file of 200 MB", "linear", alone=True)
def large(bench):
    times = {}
    for number in (PACKAGES // 4, PACKAGES):
        graph = Graph(bench, tree, number, lambda at: "GPL-3.0-only" if at % 2 else "MIT")
        for form, most in (("human", 64 << 10), ("json", 400 << 20), ("sarif", 400 << 20)):
            seconds, memory, ran = graph.check("--format", form, runs=1, timeout=60)
            times[form, number] = seconds
            good = ran.code == 1 and memory < 2500 and ran.said < most
            yield f"{number} packages, half of them denied, {form}", unless(good, f"exit {ran.code}, {memory:.0f} MiB, {ran.said} bytes: {ran.err}")
        graph.project.remove()
    for form in ("human", "json", "sarif"):
        yield f"growth, {form}", grew(times[form, PACKAGES // 4], times[form, PACKAGES])

    def files(count):
        def prepare(_, directory):
            for number in range(count):
                folder = os.path.join(directory, f"data/{number // 1000}")
                os.makedirs(folder, exist_ok=True)
                with open(os.path.join(folder, f"{number}.txt"), "wb"):
                    pass

        return prepare

    package = OTHERS
    times = []
    for count in (25_000, 100_000):
        crates = {"it": Crate("", package=package, files={"LICENSE": spdx_text("MIT")})}
        began = list(judged_on_disk(bench, crates, prepare=files(count), measure=times))
        yield f"{count} files", unless(began[0][1] == "silent" and times[-1].mebibytes < 600, f"{began[0][2]}, {times[-1].mebibytes:.0f} MiB")
    yield "growth with files", grew(times[0].seconds, times[1].seconds)

    # Each package looks above itself, to the root of the repository, where all the others stand, too.
    times = []
    for count in (500, 2000):
        crates = {number: Crate("", package=OTHERS, files={"LICENSE": spdx_text("MIT")}) for number in range(count)}
        for number, level, said in judged_on_disk(bench, crates, measure=times):
            if level != "silent":
                yield f"copy {number} of {count}", said
    yield "growth with copies in one folder", grew(times[0].seconds, times[1].seconds)


@row(47, "a chain of 20,000 packages", "in time and memory as a tree", alone=True)
def long_chain(bench):
    human, report = ("--format", "human"), ("--format", "json")

    def of(shape, patience):
        graph = Graph(bench, shape, PACKAGES, lambda at: "GPL-3.0-only" if at == PACKAGES - 1 else "MIT")
        measured = {"human": graph.check(*human, timeout=patience), "json": graph.check(*report, timeout=patience)}
        graph.project.remove()
        return measured

    in_tree = of(tree, 120)
    # What takes this much longer has failed, and is not waited for.
    in_chain = of(chain, 5 * max(time for time, _, _ in in_tree.values()) + 5)
    for form, (time, memory, ran) in in_chain.items():
        its_time, its_memory, of_tree = in_tree[form]
        if ran.code is None:
            yield form, f"it did not end in {time:.0f} s, the tree in {its_time:.1f} s"
            continue
        yield f"it is judged, {form}", unless(ran.code == of_tree.code == 1, f"exit {ran.code}, the tree {of_tree.code}: {ran.err or of_tree.err}")
        yield f"time, {form}", unless(time <= CHAIN * its_time, f"{time:.1f} s, the tree {its_time:.1f} s")
        yield f"memory, {form}", unless(memory <= 1.5 * its_memory, f"{memory:.0f} MiB, the tree {its_memory:.0f} MiB")


def shapes(size):
    """Texts of about this many bytes that are unlike any license, or too much like some of them."""
    luck = random.Random(48)
    apache, mit, gpl = spdx_text("Apache-2.0"), spdx_text("MIT"), spdx_text("GPL-3.0")
    words = apache.split()
    up_to = lambda text: (text * (size // len(text) + 1))[:size]  # noqa: E731

    def of(words):
        made, length = [], 0
        while length < size:
            made.append(luck.choice(words))
            length += len(made[-1]) + 1
        return made

    shuffled = of(words)
    nested = "".join(f"{'  ' * (number % 40)}- the user may not use item {number} for anything\n" for number in range(size // 60))
    return {
        "words of a license, shuffled": " ".join(shuffled),
        "words of a license, shuffled, in lines": "\n".join(shuffled),
        "words of many licenses, shuffled": " ".join(of((apache + mit + gpl).split())),
        "a clause repeated": up_to(NO_TRAINING + "\n"),
        "a clause repeated in one line": up_to(NO_TRAINING + " "),
        "a clause without an end": up_to(NO_TRAINING.replace(".", ",") + " "),
        "addresses": "".join(f"https://example.invalid/license/{number}\n" for number in range(size // 40)),
        "lists within lists": nested,
        "items that each open a list": up_to("- you may not train AI:\n"),
        "a long stem above short items": ("You may train AI on it only if " * 15 + "you:\n" + "- ask\n" * (size // 6))[:size],
        "a long heading above short sentences": ("# Training of AI " * 20 + "\n\n" + "It is no.\n\n" * (size // 11))[:size],
        "half of MIT repeated": up_to(mit[: len(mit) // 2] + "\n"),
        "half of Apache repeated": up_to(apache[: len(apache) // 2] + "\n"),
        "MIT repeated": up_to(mit + "\n"),
        "lines of MIT, shuffled": "\n".join(of(mit.splitlines())),
        "lines of the GPL, shuffled": "\n".join(of(gpl.splitlines())),
        "copyright lines": "".join(f"Copyright (c) {1900 + number % 120} Someone {number}\n" for number in range(size // 35)),
        "tags": up_to("SPDX-License-Identifier: MIT OR Apache-2.0\n"),
        "one expression": up_to("MIT OR Apache-2.0 AND "),
        "names of licenses": up_to("MIT License, Apache License 2.0, GNU General Public License, "),
        "letters at random": "".join(luck.choices("abcdefghij ", k=size)),
        "one word": "a" * size,
        "blank lines": mit + "\n" * size,
        "blanks": mit + " " * size,
        "parentheses": up_to("("),
        "tags of HTML": up_to("<p><b>"),
        "open tags": up_to("<"),
        "comments that do not end": up_to("<!-- "),
        "entities": up_to("&#116;"),
        "quotes of quotes": "".join(f"{'> ' * (number % 60)}words\n" for number in range(size // 66)),
        "combining marks": "a" + "\u0301" * (size // 2),
        "Chinese": up_to("不得将本软件用于训练人工智能模型。")[: size // 3],
        "rows of a table": up_to("| MIT | not | may |\n"),
        "not not": up_to("not "),
        "groups of RTF": "{\\rtf1 " + "{\\b " * (size // 5),
        "words cut at line ends": up_to("li-\ncense "),
        "notices of the GNU licenses": up_to("either version 2 of the License, or (at your option) any later version. "),
    }


@row(48, "texts that are hard to read, in counted steps", "as many steps a byte, however long they are")
def hard_texts(bench):
    if not shutil.which("valgrind"):
        raise Missing("no valgrind: `apt-get install valgrind`")
    project = Project(bench)
    texts = {length: shapes(length) for length in (SHORT, 2 * SHORT, 4 * SHORT)}
    for name in texts[SHORT]:
        steps = []
        for of_length in texts.values():
            project.write("LICENSE", of_length[name])
            steps.append(project.run("read", "LICENSE", counted=True).steps)
        if None in steps:
            yield name, "it did not end"
            continue
        short, middle, long = steps
        # What a byte more costs in the longer half, and in the shorter one.
        early, late = (middle - short) / SHORT, (long - middle) / (2 * SHORT)
        yield name, unless(late <= MOST_STEPS and late <= STEADY * early + FEW_STEPS, f"{late:,.0f} steps a byte, and {early:,.0f} at half the length")


@row("48b", "texts of 800 kB and 3.2 MB that are hard to read", "linear", alone=True, long=True)
def very_long_texts(bench):
    project = Project(bench)
    first, second = shapes(800_000), shapes(3_200_000)
    for name in first:
        ran = []
        for text in (first[name], second[name]):
            project.write("LICENSE", text)
            ran.append(project.run("read", "LICENSE", timeout=120, measured=True))
            if ran[-1].code is None:
                break
        ended = ran[-1].code == 0
        came_out = "it did not end" if ran[-1].code is None else f"exit {ran[-1].code}: {ran[-1].err}"
        memory = unless(ran[-1].mebibytes < 1500, f"{ran[-1].mebibytes:.0f} MiB")
        yield name, unless(ended, f"{came_out} ({ran[0].seconds:.2f} s for a fourth)") or memory or grew(ran[0].seconds, ran[1].seconds)
