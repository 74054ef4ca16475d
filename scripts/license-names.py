#!/usr/bin/env python3
"""Makes `crates/airights-text/names-licensedb.tsv`: what licenses are called, and the addresses of their texts.

usage: license-names.py SCANCODE > crates/airights-text/names-licensedb.tsv

SCANCODE is a checkout of aboutcode-org/scancode-toolkit. Only facts are taken, from the heads of its license files
(LicenseDB, CC-BY-4.0, see NOTICE): names, short names, ids and addresses; no text. Names that people use and LicenseDB
does not have are in `names.tsv`, which goes before this table.
"""
import os
import re
import sys

import yaml

# Names that say nothing of which license is meant.
GENERIC = {
    "commercial license", "proprietary license", "other permissive licenses", "other copyleft licenses", "unknown license",
    "public domain", "free software", "attribution", "open source", "license", "unknown", "none", "other", "custom", "generic",
}


def heads(root):
    folder = os.path.join(root, "src/licensedcode/data/licenses")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".LICENSE"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                yield yaml.safe_load(file.read().split("---", 2)[1])


def spdx_id(head):
    key = re.sub("[^A-Za-z0-9.-]", "-", head["key"])
    prefix = "AdditionRef" if head.get("is_exception") else "LicenseRef"
    known = head.get("spdx_license_key")
    if known and not known.startswith("LicenseRef"):
        return known
    return f"{prefix}-scancode-{key}"


def plain(text):
    text = re.sub(r"[^\w.+/&' -]", " ", text.lower())
    return " ".join(text.split())


def address(text):
    text = re.sub(r"^https?://", "", text.strip().lower())
    text = re.sub(r"^www\.", "", text)
    return text.rstrip("/")


# Addresses on these hosts lead to projects, archives and mails, which say nothing to others.
PROJECTS = re.compile(r"github\.com|gitlab\.|bitbucket\.|archive\.org|web\.archive|sourceforge\.net/p|google\.com|gist\.|"
                      r"raw\.githubusercontent|metadata\.ftp|codehaus|/issues|mailman|/wiki/|wikipedia|fedoraproject|debian\.org/(legal|changelog)")


# What an address of a text of a license has in it; others are home pages.
OF_A_TEXT = re.compile(r"licen[cs]|legal|eula|copying|terms|copyright|lesser|/(l|a|af)?gpl|mpl|epl|cddl|ofl|lppl|artistic|creativecommons\.org|apache\.org|wtfpl|cecill|eupl|policy|tos")
# Categories of what is no license.
NO_LICENSE = {"Unstated License", "CLA", "Patent License"}


def addresses_of_rules(root):
    """Addresses that a rule of ScanCode gives alone, and what stands there."""
    folder = os.path.join(root, "src/licensedcode/data/rules")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".RULE"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            head, text = file.read().split("---", 2)[1:]
        words = text.replace("{{", "").replace("}}", "").split()
        if len(words) == 1 and re.match(r"(https?://)?[\w.-]+\.[a-z]+/", words[0]) and "is_license_reference" in head:
            head = yaml.safe_load(head)
            if not head.get("is_deprecated"):
                yield address(words[0]), head["license_expression"]


def main():
    rows = {}
    ids = {head["key"]: spdx_id(head) for head in heads(sys.argv[1])}
    said = {head["key"] for head in heads(sys.argv[1]) if head["category"] not in NO_LICENSE}
    for link, expression in addresses_of_rules(sys.argv[1]):
        keys = re.findall(r"[^\s()]+", expression)
        terms = [ids.get(key, key if key in ("AND", "OR", "WITH") else None) for key in keys]
        if len(keys) == 1 and keys[0] in said and len(link) < 120:
            rows.setdefault(("url", link), set()).add(terms[0])
    for head in heads(sys.argv[1]):
        if head.get("is_deprecated") or head.get("is_generic") or head.get("is_unknown") or head["category"] in NO_LICENSE:
            continue
        ident = spdx_id(head)
        names = [head["name"], head["short_name"], head["key"], head.get("spdx_license_key")]
        names += head.get("other_spdx_license_keys") or []
        names += head.get("standard_notice_names") or []
        for name in filter(None, names):
            name = re.sub("^(licenseref-scancode-|additionref-scancode-)", "", plain(name))
            if name and name not in GENERIC and len(name) > 1:
                rows.setdefault(("name", name), set()).add(ident)
        links = list(head.get("text_urls") or []) + list(head.get("other_urls") or [])
        links += [head.get(key) for key in ("osi_url", "homepage_url") if head.get(key)]
        for link in links:
            link = address(link)
            # A host alone is a home page, no text of a license.
            if "/" in link and not PROJECTS.search(link) and OF_A_TEXT.search(link) and len(link) < 120 and " " not in link:
                rows.setdefault(("url", link), set()).add(ident)
    print("# What licenses are called, and where their texts are: kind, name or address, id. Made by scripts/license-names.py from the")
    print("# heads of ScanCode LicenseDB (see NOTICE); corrections and additions belong into names.tsv, which goes before this.")
    for (kind, name), idents in sorted(rows.items()):
        # What several licenses are called tells none of them.
        if len(idents) == 1:
            print(kind, name, *idents, sep="\t")


main()
