#!/usr/bin/env python3
"""Derives from SPDX's templates which stretches of its texts may be left out or worded otherwise.

    python3 scripts/spdx-templates.py LICENSE-LIST-XML SPDX-CRATE > crates/airights-text/templates.tsv

LICENSE-LIST-XML is a checkout of the public repository spdx/license-list-XML, SPDX-CRATE the sources of the `spdx` crate
whose texts `build.rs` reads, both of the same version of the list. The templates mark what the matching guidelines let
vary: `<optional>`, `<titleText>`, `<bullet>`, `<copyrightText>`, `<standardLicenseHeader>`, and `<alt match="…">`, whose pattern says
what may stand in its place.

A template is laid alongside the text of the crate, and what it marks is written as bytes of that text; the table holds no
text but the few words of the patterns. The list is published under CC0-1.0.
"""

import argparse
import glob
import os
import re
import re._constants as kinds
import re._parser as parser
import sys
import xml.etree.ElementTree as ET
import zlib

HEADER = """\
# What may vary in the texts of the `spdx` crate, by SPDX's templates; made by scripts/spdx-templates.py, not by hand.
# `text`: id, check sum of the text. Below it stretches of it, by first byte and the one past the last:
#   optional: may be left out
#   name:     may be left out, and names and dates may stand there
#   words:    any of these may stand there as well, parted by |; * is a few words of any kind, ? as many or none
"""

# Alternatives of one pattern that are written out, at most.
MOST = 120
# Any one letter, while a pattern is taken apart.
ANY = "\0"
# A part that is marked as optional and is more of the text than this is the licence itself.
LARGEST = 0.75
# Most words that a name is.
FEW = 8


def tag(element):
    return element.tag.rsplit("}", 1)[-1]


def words(text):
    """The words of a text, each with its first and last byte."""
    found, offset, last = [], 0, 0
    for word in re.finditer(r"[^\W_]+", text):
        offset += len(text[last : word.start()].encode())
        end = offset + len(word.group().encode())
        found.append((word.group().lower(), offset, end))
        offset, last = end, word.end()
    return found


class Template:
    """The words of a template, and its marks by number of word."""

    def __init__(self, root):
        self.words, self.marks = [], []
        self.walk(root)

    def say(self, text):
        self.words += [word for word, _, _ in words(text or "")]

    def walk(self, element):
        kind, start = tag(element), len(self.words)
        self.say(element.text)
        for child in element:
            self.walk(child)
            self.say(child.tail)
        mark = None
        if kind in ("optional", "titleText", "bullet", "standardLicenseHeader"):
            mark = ("optional", None)
        elif kind == "copyrightText":
            mark = ("name", None)
        elif kind == "alt":
            mark = ("words", element.get("match"))
        if mark:
            self.marks.append((start, len(self.words), *mark))


def aligned(template, text):
    """For each word of the template the number of the same word in the text, or None."""
    found, at, there = [None] * len(template), 0, 0
    while at < len(template) and there < len(text):
        if template[at] == text[there]:
            found[at] = there
            at, there = at + 1, there + 1
            continue
        step = resume(template, text, at, there)
        if not step:
            break
        at, there = at + step[0], there + step[1]
    return found


def resume(template, text, at, there):
    for distance in range(1, 400):
        for skip in range(distance + 1):
            here, other = at + skip, there + distance - skip
            wanted = min(2 + distance // 4, 8, len(template) - here, len(text) - other)
            if wanted > 0 and template[here : here + wanted] == text[other : other + wanted]:
                return skip, distance - skip
    return None


def alternatives(pattern):
    """The wordings a pattern fits; `*` and `?` stand for words of any kind. None where it is too rich."""
    try:
        found = expand(parser.parse(pattern))
    except (re.error, ValueError):
        return None
    plain = set()
    for wording in found:
        wording = re.sub(r"[*?][*?\s]*", lambda some: " * " if "*" in some.group() else " ? ", wording)
        wording = re.sub(r"(?:[^\w*?]|_)+", " ", wording.lower())
        plain.add(" ".join(wording.split()))
    return sorted(plain)


def expand(nodes):
    found = {""}
    for kind, value in nodes:
        if kind == kinds.LITERAL:
            parts = {" " if chr(value) in "*?" else chr(value)}
        elif kind in (kinds.ANY, kinds.NOT_LITERAL):
            parts = {ANY}
        elif kind == kinds.IN:
            parts = members(value)
        elif kind == kinds.BRANCH:
            parts = set().union(*(expand(branch) for branch in value[1]))
        elif kind == kinds.SUBPATTERN:
            parts = expand(value[3])
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
            least, _, inner = value
            parts = expand(inner)
            if any(ANY in part for part in parts):
                parts = {" * " if least else " ? "}
            elif least == 0:
                parts |= {""}
        elif kind == kinds.AT:
            parts = {""}
        else:
            raise ValueError(kind)
        found = {before + part for before in found for part in parts}
        if len(found) > MOST:
            raise ValueError(len(found))
    return found


def members(choice):
    parts = set()
    for kind, value in choice:
        if kind == kinds.LITERAL:
            parts.add(chr(value) if chr(value).isalnum() else " ")
        elif kind == kinds.CATEGORY and value == kinds.CATEGORY_SPACE:
            parts.add(" ")
        else:
            return {ANY}
    return parts


def instead(template, place, text, start, end):
    """The bytes of the few words that stand where others of the template may; None where more than that differs."""
    first, last = start, end
    while first and place[first - 1] is None:
        first -= 1
    while last < len(place) and place[last] is None:
        last += 1
    if not first or last == len(place):
        return None
    # A part that may be left out is one here if it is short: "is" after a name.
    varies = [mark[:2] for mark in template.marks if mark[2] == "words" or mark[1] - mark[0] <= 2]
    if not all(any(begin <= at < close for begin, close in varies) for at in range(first, last)):
        return None
    before, after = place[first - 1] + 1, place[last] - 1
    if before > after or after - before >= FEW:
        return None
    return text[before][1], text[after][2]


def rows(template, text):
    place = aligned(template.words, [word for word, _, _ in text])
    for start, end, kind, pattern in template.marks:
        inside = [there for there in place[start:end] if there is not None]
        default = " ".join(template.words[start:end])
        if start < end and not inside:
            stretch = instead(template, place, text, start, end) if kind == "words" else None
            if stretch and alternatives(pattern) in (None, ["*"], ["?"]):
                yield kind, *stretch, "*"
                continue
            if kind != "optional":
                continue
            # The text is the one without this part.
            kind, pattern = "words", re.escape(default)
            start = end
            default = ""
        if inside:
            first, last = text[inside[0]][1], text[inside[-1]][2]
        else:
            before = [there for there in place[:start] if there is not None]
            first = last = text[before[-1]][2] if before else 0
        if kind != "words":
            if inside and len(inside) <= len(text) * LARGEST:
                yield kind, first, last, ""
            continue
        found = alternatives(pattern)
        if found is None:
            found = ["*"]
        found = [wording for wording in found if wording != default]
        if found and not (found == [""] and not default):
            yield kind, first, last, "|".join(found)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    arguments.add_argument("templates")
    arguments.add_argument("crate")
    options = arguments.parse_args()
    sys.stdout.write(HEADER)
    source = open(os.path.join(options.crate, "src/text.rs"), encoding="utf-8").read()
    texts = dict(re.findall(r'\(\s*"([^"]+)",\s*include!\("([^"]+)"\)', source))
    files = glob.glob(os.path.join(options.templates, "src/*.xml"))
    files += glob.glob(os.path.join(options.templates, "src/exceptions/*.xml"))
    for file in sorted(files):
        license = ET.parse(file).getroot()[0]
        id = license.get("licenseId")
        if id not in texts:
            sys.stderr.write(f"{id}: the crate has no such text\n")
            continue
        known = os.path.join(options.crate, "src", texts[id])
        text = re.fullmatch(r'r(#*)"(.*)"\1\s*', open(known, encoding="utf-8").read(), re.S).group(2)
        template = Template(next(part for part in license if tag(part) == "text"))
        found = {}
        for mark, first, last, wordings in sorted(set(rows(template, words(text)))):
            found.setdefault((mark, wordings), []).append(f"{first}-{last}")
        if found:
            print("text", id, f"{zlib.crc32(text.encode()):08x}", sep="\t")
        for (mark, wordings), places in found.items():
            print(mark, ",".join(places), *([wordings] if mark == "words" else []), sep="\t")


if __name__ == "__main__":
    main()
