#!/usr/bin/env python3
"""Fetches the texts of a stated list of crates, for measuring the reader on real packages.

    python3 scripts/fetch-crates.py LIST DIRECTORY

`LIST` is a table with a header: its column `crate` holds `name-version`; a column `checksum`, where there is one, the
SHA-256 of the package. Packages come from where cargo gets them: the `config.json` of the registry index in cargo's home,
which `cargo fetch` leaves there. Only what may hold licence terms is unpacked (licences, notices, READMEs, other prose,
signals), each package below `DIRECTORY/name-version`; packages that are there already are left alone. Nothing of the crates
is run.
"""

import argparse
import concurrent.futures
import csv
import hashlib
import io
import os
import re
import shutil
import sys
import tarfile
import time
import urllib.request

from registry_index import upstream

TEXT = re.compile(
    r"(^|/)(licen[cs]e|copying|copyright|unlicen[cs]e|notice|patents|authors|readme|agents|claude|ai|llms|robots)[^/]*$"
    r"|\.(md|txt|rst|adoc)$|(^|/)(tdmrep\.json|Cargo\.toml)$",
    re.IGNORECASE,
)
LARGEST_PACKAGE = 64 << 20
LARGEST_FILE = 4 << 20


def split(crate):
    """`name-version` as a pair: the version begins at the first hyphen that a digit and a full stop follow."""
    match = re.fullmatch(r"(.+?)-(\d+\..+)", crate)
    if not match:
        raise ValueError(f"{crate} is no name-version")
    return match.groups()


def fetch(template, crate, checksum, directory):
    name, version = split(crate)
    final = os.path.join(directory, crate)
    if os.path.isdir(final):
        return
    prefix = name[:2] + "/" + name[2:4] if len(name) > 3 else str(len(name))
    address = template
    for key, value in (("crate", name), ("version", version), ("prefix", prefix), ("lowerprefix", prefix.lower())):
        address = address.replace("{" + key + "}", value)
    address = address.replace("{sha256-checksum}", checksum or "")
    request = urllib.request.Request(address, headers={"User-Agent": "cargo-airights (scripts/fetch-crates.py)"})
    for attempt in range(4):
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                package = response.read(LARGEST_PACKAGE + 1)
            break
        except OSError:
            if attempt == 3:
                raise
            time.sleep(2**attempt)
    if len(package) > LARGEST_PACKAGE:
        raise ValueError(f"{crate} is larger than {LARGEST_PACKAGE >> 20} MiB")
    if checksum and hashlib.sha256(package).hexdigest() != checksum:
        raise ValueError(f"{crate} does not have the checksum of the list")
    unpacked = final + ".part"
    shutil.rmtree(unpacked, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(package), mode="r:gz") as archive:
        for member in archive:
            inner = member.name.split("/", 1)[-1]
            parts = inner.split("/")
            if not member.isfile() or ".." in parts or inner.startswith("/") or not TEXT.search(inner):
                continue
            if member.size <= LARGEST_FILE:
                path = os.path.join(unpacked, *parts)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(archive.extractfile(member).read())
    os.makedirs(unpacked, exist_ok=True)
    os.rename(unpacked, final)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list")
    parser.add_argument("directory")
    options = parser.parse_args()
    with open(options.list, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    if not rows or "crate" not in rows[0]:
        sys.exit(f"{options.list} has no column named crate")
    crates = {row["crate"]: row.get("checksum") for row in rows}
    os.makedirs(options.directory, exist_ok=True)
    _, template = upstream()
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        jobs = {pool.submit(fetch, template, *pair, options.directory): pair[0] for pair in crates.items()}
        for job in concurrent.futures.as_completed(jobs):
            try:
                job.result()
            except (OSError, ValueError, tarfile.TarError) as error:
                failed += 1
                print(f"{jobs[job]}: {error}", file=sys.stderr)
    print(f"{len(crates) - failed} of {len(crates)} crates are in {options.directory}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
