"""Dress that changes nothing: texts of licenses in other forms mean what they mean, with a clause in them or without."""

import json
import os
import random
import re
import textwrap

from project import NO_TRAINING, Project, spdx_text, texts_of_licenses
from rows import row, unless

TEXTS = 82
# Where a clause stands, as a share of the paragraphs before it.
POSITIONS = (0, 0.25, 0.5, 0.75, 1)


def lines(change):
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def wrapped(columns):
    # An address stays whole, and so does a word with a hyphen, which would read as one that was cut.
    wrap = textwrap.TextWrapper(columns, break_long_words=False, break_on_hyphens=False)
    return lambda text: "\n\n".join(wrap.fill(" ".join(part.split())) for part in re.split(r"\n\s*\n", text))


def curly(text):
    text = re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”")
    return text.replace("'", "’")


DRESS = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "indented": lines(lambda line: "    " + line),
    "//": lines(lambda line: "// " + line),
    "*": lambda text: "/*\n" + lines(lambda line: " * " + line)(text) + "\n */",
    "#": lines(lambda line: "# " + line),
    "fenced": lambda text: f"```\n{text}\n```\n",
    "upper case": lambda text: text.upper(),
    "a BOM": lambda text: "\ufeff" + text,
    "blanks at ends": lines(lambda line: line + "   "),
    "doubled blanks": lambda text: re.sub(r"(?<=\S) (?=\S)", "  ", text),
    "curly quotes": curly,
    "tabs": lambda text: re.sub(r"(?<=\S) (?=\S)", "\t", text),
    "lines of 200": wrapped(200),
}


def readings(bench, texts):
    """What the reader makes of each of these texts."""
    project, names = Project(bench), {}
    for number, (name, text) in enumerate(texts.items()):
        names[f"t/{number:05}"] = name
        # What stands there stays there: no end of a line is made another.
        project.write(f"t/{number:05}", text.encode())
    files, found = list(names), {}
    for start in range(0, len(files), 500):
        ran = project.run("read", "--format", "json", *files[start : start + 500], timeout=200)
        for file in json.loads(ran.out or '{"files": []}')["files"]:
            found[names[file["path"]]] = file
    project.remove()
    return found


def with_clause(text, share):
    """The text with a clause as a paragraph of its own."""
    parts = re.split(r"\n\s*\n", text)
    parts.insert(round(share * len(parts)), NO_TRAINING)
    return "\n\n".join(parts)


def sample(number):
    """So many license texts of those that are there, the same each time, the best known ones among them."""
    names = [name for name in texts_of_licenses() if os.path.basename(name) == name]
    known = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "MPL-2.0", "GPL-2.0", "GPL-3.0", "LGPL-3.0", "AGPL-3.0", "Unlicense"]
    others = [name for name in names if name not in known]
    random.Random(50).shuffle(others)
    chosen = [name for name in known if name in names] + others
    return {name: spdx_text(name) for name in chosen[:number]}


def meaning(reading):
    """What of a reading dress must not change."""
    return reading["expression"], reading["modified"]


def compared(bench, dress, positions, number=TEXTS):
    """For each dress: of which texts the meaning changes, and in which the clause gets lost."""
    texts = sample(number)
    plain = readings(bench, texts)
    known = {name: text for name, text in texts.items() if plain.get(name, {}).get("expression")}
    for name, wear in dress.items():
        worn = readings(bench, {key: wear(text) for key, text in known.items()})
        odd = [f"{key}: {meaning(plain[key])} → {meaning(worn[key])}" for key in known if meaning(worn[key]) != meaning(plain[key])]
        yield f"{name}, {len(known)} texts", unless(not odd, "; ".join(odd))
        variants = {(key, share): wear(with_clause(text, share)) for key, text in known.items() for share in positions}
        found = readings(bench, variants)
        lost = [f"{key} at {share}" for (key, share), reading in found.items() if reading["ai"]["train-ai"] != "disallowed"]
        yield f"{name}, a clause in {len(variants)} texts", unless(not lost and len(found) == len(variants), f"lost in {len(lost)}: {', '.join(lost)}")


@row(50, "license texts in fourteen dresses, with a clause at five places", "the same meaning; the clause is found")
def dressed(bench):
    yield from compared(bench, DRESS, POSITIONS[::2], number=41)


@row("50b", "the same of twice as many texts, at all places", "the same", long=True)
def all_dressed(bench):
    yield from compared(bench, DRESS, POSITIONS)


@row(51, "quoted with `>`, and in lines of 40", "the same meaning; the clause is found")
def quoted(bench):
    dress = {"> quoted": lines(lambda line: "> " + line), "lines of 40": wrapped(40)}
    yield from compared(bench, dress, POSITIONS[::2])


@row(52, "two license texts one after the other, and a clause among them", "both, and the clause")
def joined(bench):
    luck = random.Random(52)
    texts = sample(TEXTS)
    plain = readings(bench, texts)
    names = [name for name in texts if re.fullmatch(r"[A-Za-z0-9.+-]+", plain[name]["expression"] or "") and plain[name]["expression"].startswith(name)]
    pairs = {}
    while len(pairs) < 200:
        first, second = luck.sample(names, 2)
        pairs[first, second] = texts[first] + "\n\n" + texts[second]
    found = readings(bench, pairs)
    for (first, second), reading in found.items():
        ids = {match["id"] for match in reading["matches"]}
        expression = reading["expression"] or ""
        missing = [name for name in (first, second) if not any(plain[name]["expression"] in text for text in (*ids, expression))]
        yield f"{first} and {second}", unless(not missing, f"{missing} lost in `{expression}`")
    variants = {(pair, place): with_clause(text, place) for pair, text in list(pairs.items())[:60] for place in POSITIONS}
    for (pair, place), reading in readings(bench, variants).items():
        good = reading["ai"]["train-ai"] == "disallowed" and reading["modified"]
        yield f"{' and '.join(pair)}, a clause at {place}", unless(good, f"train-ai {reading['ai']['train-ai']}, modified {reading['modified']}")
