"""Where terms stand: files of odd kinds and names, many of them, and the ones a manifest points to."""

import gzip
import os
import socket

from project import NO_TRAINING, judged, judged_on_disk, spdx_text
from registry import Crate
from rows import row, unless
from texts import denied, mentioned, with_file

SECRET = "what stands in a file of the user's"
OTHERS = 'repository = "https://example.invalid/them/it"\n'
CLAUSE = f"{NO_TRAINING}\n"


def of_kind(outside):
    """How to make a file that is none, by the name of the kind."""

    def loop(path):
        os.symlink(os.path.basename(path), path)

    def listening(path):
        # The name of a socket has room for a hundred letters.
        folder = os.open(os.path.dirname(path), os.O_RDONLY)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(f"/proc/self/fd/{folder}/{os.path.basename(path)}")
        os.close(folder)

    return {
        "a FIFO": os.mkfifo,
        "a socket": listening,
        "a link to a device": lambda path: os.symlink("/dev/zero", path),
        "a link to itself": loop,
        "a link out": lambda path: os.symlink(outside, path),
        "a dangling link": lambda path: os.symlink("nowhere", path),
        "a directory": os.mkdir,
    }


def odd_files(bench, license, package, name):
    outside = os.path.join(bench.directory(), "LICENSE")
    with open(outside, "w", encoding="utf-8") as file:
        file.write(f"{SECRET}\n")
    kinds = of_kind(outside)
    crates = {kind: Crate("", license=license, package=OTHERS + package) for kind in kinds}
    yield from judged_on_disk(bench, crates, prepare=lambda kind, directory: kinds[kind](os.path.join(directory, name)))


@row(6, "a LICENSE that is not a file, under `MIT`", "denied, without waiting for it")
def no_file(bench):
    # A directory of that name is a place for texts, and this one is empty: nothing is hidden in it.
    yield from denied(verdict for verdict in odd_files(bench, "MIT", "", "LICENSE") if verdict[0] != "a directory")


@row(7, "the same with nothing declared, and as `license-file`", "denied")
def no_file_declared(bench):
    yield from denied(odd_files(bench, None, "", "LICENSE"))
    for kind, level, said in odd_files(bench, None, 'license-file = "TERMS-OF-OURS"\n', "TERMS-OF-OURS"):
        yield f"license-file is {kind}", unless(level == "deny", said)
    yield from denied(judged(bench, {"license-file is missing": Crate("", license=None, package='license-file = "GONE"\n')}))


@row(8, "`license-file` by a way round, in Unicode, as source or data; outside of the package", "read; never read")
def license_file(bench):
    bad = {"way round": ("./a/../TERMS-X", "TERMS-X"), "Unicode": ("тексты/права.txt",) * 2, "source": ("src/terms.rs",) * 2, "data": ("terms.json",) * 2}
    crates = {
        name: Crate("", license="MIT", package=f'license-file = "{at}"\n', files={path: spdx_text("MIT") + CLAUSE, "a/x": ""})
        for name, (at, path) in bad.items()
    }
    for name, crate in crates.items():
        crate.license = None
    yield from denied(judged(bench, crates))
    secret = os.path.join(bench.directory(), "secret.txt")
    with open(secret, "w", encoding="utf-8") as file:
        file.write(spdx_text("MIT"))
    upward = "../" * 40 + secret.lstrip("/")
    outside = {"absolute": secret, "upward": upward, "upward from within": f"a/{upward}"}
    crates = {
        name: Crate("", license=None, package=f'license-file = "{path}"\n{OTHERS}', files={"a/x": ""}) for name, path in outside.items()
    }
    for name, level, said in judged_on_disk(bench, crates):
        yield name, unless(level == "deny" and "MIT" not in said.split(":")[0], said)


@row(9, "a clause in a file beside MIT, of a usual name", "denied")
def usual_names(bench):
    names = """LICENSE-EXTRA COPYING.addendum licenses/TERMS.txt licenses/extra AI-LICENSE NOTICE COPYRIGHT LICENSE.extra LICENSE_2 license-extra
        LiCeNsE-2.md LICENCES/clause LICENCE UNLICENSE-NOT COPYING""".split()
    yield from denied(judged(bench, {name: with_file(name, CLAUSE) for name in names}))


@row(10, "a clause in a file beside MIT, of another name", "denied or warned of")
def other_names(bench):
    names = """.LICENSE _LICENSE LICENSE.d/clause LICENSE2/clause.txt LEGAL LEGAL.md TERMS TERMS.md EULA EULA.txt TOS.md PATENTS RIDER.md ADDENDUM ADDITIONAL-TERMS.md AI.md AI_RIDER.txt TRAINING.md
        LICENSING licensing.md USAGE.md MIT MIT.txt LIZENZ LICENCIA.txt 许可证.txt LICENSE.json LICENSE.toml LICENSE.xml LICENSE.yaml LICENSE.js
        LICENSE.rs LICENSE.asc LICENSE.tmpl LICENSE.patch LICENSE-MIT.d/x LICENSE.txt/x COPYING/gpl LICENSES/README.md LICENSES/x.json
        docs/AGENTS.md doc/LICENSE legal/LICENSE src/LICENSE""".split()
    crates = {name: with_file(name, CLAUSE) for name in names}
    crates["LICENSE.gz"] = with_file("LICENSE.gz", gzip.compress(CLAUSE.encode()))
    crates["the head of a source file"] = with_file("src/lib.rs", f"// {NO_TRAINING}\n//\n// Copyright 2024 Foo\n\npub fn a() {{}}\n")
    crates["the head of a source file, as a license"] = with_file(
        "src/lib.rs", f"// Copyright 2024 Foo\n// Use of this source code is governed by the MIT license.\n// {NO_TRAINING}\n\npub fn a() {{}}\n"
    )
    yield from mentioned(judged(bench, crates))
    tagged = {"LICENSES/CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n", "LICENSES/Cargo.toml": ""}
    crates = {
        f"beside {path}": Crate("", package=OTHERS, files={"LICENSE": spdx_text("MIT"), "LICENSES/MIT-extra": spdx_text("MIT") + CLAUSE, path: content})
        for path, content in tagged.items()
    }
    yield from mentioned(judged_on_disk(bench, crates))

    def odd_directory(_, directory):
        os.mkdir(os.path.join(directory.encode(), b"LICENSES"))
        with open(os.path.join(directory.encode(), b"LICENSES", b"t\xffrms"), "w", encoding="utf-8") as file:
            file.write(CLAUSE)

    mit = {"LICENSE": spdx_text("MIT")}
    yield from mentioned(judged_on_disk(bench, {"a name that is not UTF-8": Crate("", package=OTHERS, files=mit)}, prepare=odd_directory))


@row(11, "a clause far down a text, or in the last of many files", "denied")
def far_down(bench):
    mit = spdx_text("MIT")
    many = {f"LICENSE-{number:04}": mit for number in range(4500)}
    vendored = {f"vendor/c{number:04}/LICENSE": mit for number in range(5000)}
    crates = {
        "at 3.9 MB": Crate("", files={"LICENSE": mit + "\n" * 3_900_000 + CLAUSE}),
        "the last of 4,501 files": Crate("", files={**many, "LICENSE-9999": CLAUSE}),
        "among 5,000 vendored": Crate("", files={"LICENSE": mit, **vendored, "vendor/c4999/LICENSE": mit + CLAUSE}),
    }
    yield from denied(judged(bench, crates))
