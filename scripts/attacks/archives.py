"""Packages that try something: out of their directory, too large, or not what they say they are."""

import gzip
import io
import os
import tarfile
import zlib

from project import Project, spdx_text
from registry import Crate, Registry, packed
from rows import row, unless

FOLDER = "odd-1.1.0"
# More than any package needs, and less than any of the bombs.
MEBIBYTES = 300


def entry(name, content=b"", kind=tarfile.REGTYPE, link=""):
    made = tarfile.TarInfo(name)
    made.size, made.type, made.linkname = len(content), kind, link
    return made, content


def archive(*entries, folder=FOLDER, name="odd", version="1.1.0"):
    """A package of the usual files and these entries."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.GNU_FORMAT) as made:
        crate = Crate(name, version, files={"LICENSE": spdx_text("MIT")})
        usual = [entry(f"{folder}/{path}", content.encode()) for path, content in crate.all_files().items()]
        for info, content in [*usual, *entries]:
            made.addfile(info, io.BytesIO(content))
    return gzip.compress(written.getvalue(), 1, mtime=0)


def header(name, size, kind, magic=b"ustar  \0"):
    """A header as it lies in an archive."""
    block = bytearray(512)
    block[0 : len(name)] = name
    block[100:108] = b"0000644\0"
    block[108:116] = block[116:124] = b"0000000\0"
    block[124:136] = b"%011o\0" % size
    block[136:148] = b"00000000000\0"
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[257:265] = magic
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def streamed(*pieces):
    """What these pieces of an archive are when packed: bytes, or bytes and how many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = []
    for piece in pieces:
        content, times = piece if isinstance(piece, tuple) else (piece, 1)
        out += [packer.compress(content) for _ in range(times)]
    return b"".join([*out, packer.flush()])


def long_header(kind, magic=b"ustar  \0", begins=b""):
    """An archive whose header goes on for 400 MB."""
    chunk = b"x" * (1 << 20)
    body = [begins.ljust(len(chunk), b"x"), (chunk, 399)]
    end = header(b"odd-1.1.0/a", 0, b"0", magic)
    return streamed(header(b"././@LongLink", 400 << 20, kind, magic), *body, end, b"\0" * 1024)


def differed(bench, package, claimed=None, name="odd"):
    """How `diff` to that package ends, and the project it ran in."""
    crates = [Crate(name, "1.0.0", files={"LICENSE": spdx_text("MIT")}), Crate(name, "1.1.0", packed=package, claimed=claimed)]
    project = Project(bench, Registry(crates))
    ran = project.run("diff", f"{name}@1.0.0", "1.1.0", timeout=90, measured=True)
    return ran, project


def refused(ran, most=MEBIBYTES):
    """What is wrong with a run that was to refuse a package."""
    good = ran.code == 2 and ran.mebibytes < most and ran.said < 4000
    return unless(good, f"exit {ran.code}, {ran.mebibytes:.0f} MiB, {ran.said} bytes of output: {(ran.err or ran.out)[:150]}")


@row(28, "packages that reach out, never end, or are others", "refused, in little memory")
def hostile(bench):
    outside = os.path.join(bench.directory(), "outside")
    at = f"{FOLDER}/"
    content = b"anything"
    many = [entry(f"{at}f{number}") for number in range(120_000)]
    packages = {
        "out of its directory": archive(entry(f"{at}../../outside", content)),
        "an absolute path": archive(entry(outside, content)),
        "in another directory": archive(entry("other-1.0.0/a", content)),
        "a link out": archive(entry(f"{at}link", kind=tarfile.SYMTYPE, link="/etc/passwd")),
        "a link, and through it": archive(entry(f"{at}link", kind=tarfile.SYMTYPE, link=os.path.dirname(outside)), entry(f"{at}link/outside", content)),
        "a hard link": archive(entry(f"{at}link", kind=tarfile.LNKTYPE, link="/etc/passwd")),
        "a FIFO": archive(entry(f"{at}fifo", kind=tarfile.FIFOTYPE)),
        "a device": archive(entry(f"{at}device", kind=tarfile.CHRTYPE)),
        "a backslash": archive(entry(f"{at}..\\..\\outside", content)),
        "a file twice": archive(entry(f"{at}a", content), entry(f"{at}a", content)),
        "a sparse file": archive(entry(f"{at}sparse", kind=tarfile.GNUTYPE_SPARSE)),
        "120,000 files": archive(*many),
        "600 MB of nothing": streamed(header(b"odd-1.1.0/a", 600 << 20, b"0"), (b"\0" * (1 << 20), 600), b"\0" * 1024),
        "cut off": archive(entry(f"{at}a", os.urandom(5000)))[:-300],
        "not packed": b"not packed at all",
        "nothing": b"",
        "another name": packed(Crate("other", "1.1.0").all_files(), "other-1.1.0"),
        "another crate in its manifest": archive(name="other", version="9.9.9"),
        "another version in its manifest": archive(version="1.2.0"),
        "no manifest": packed({"LICENSE": "x"}, FOLDER),
    }
    # A backslash is a letter like any other on this system, and a file of that name stays where it is.
    harmless = {"a backslash"}
    for name, package in packages.items():
        ran, project = differed(bench, package)
        escaped = os.path.lexists(outside) or any("outside" in names for _, _, names in os.walk(os.path.dirname(project.root)))
        good = ran.code == 0 and name in harmless and ran.mebibytes < MEBIBYTES
        yield name, None if good and not escaped else "it got out" if escaped else refused(ran)
        project.remove()
    ran, _ = differed(bench, archive(), claimed="0" * 64)
    yield "another checksum", refused(ran)


@row(29, "packages whose headers go on for 400 MB", "refused, in little memory", alone=True)
def headers(bench):
    record = b"%d path=" % (400 << 20)
    packages = {
        "a long name": long_header(b"L"),
        "a long link": long_header(b"K"),
        "an extended header": long_header(b"x", b"ustar\x0000", record),
        "a global extended header": long_header(b"g", b"ustar\x0000", record),
        "200,000 long names": streamed(
            (header(b"././@LongLink", 512, b"L") + b"x" * 512, 200_000), header(b"odd-1.1.0/a", 0, b"0"), b"\0" * 1024
        ),
        "a manifest of 100 MB": streamed(header(b"odd-1.1.0/Cargo.toml", 100 << 20, b"0"), (b"#" * (1 << 20), 100), b"\0" * 1024),
    }
    for name, package in packages.items():
        ran, project = differed(bench, package)
        yield name, refused(ran)
        project.remove()


@row(30, "packages with more behind their end", "as cargo")
def behind_the_end(bench):
    good = archive()
    more = {
        "a second member of gzip": good + gzip.compress(b"anything"),
        "entries after the mark": gzip.compress(gzip.decompress(good) + header(b"odd-1.1.0/later", 0, b"0") + b"\0" * 1024),
        "zeros": good + b"\0" * 512,
    }
    for name, package in more.items():
        ran, project = differed(bench, package)
        project.depend_on('odd = "=1.1.0"\n')
        of_cargo = project.run_program(["cargo", "fetch"]).code == 0
        yield name, unless((ran.code == 0) == of_cargo, f"exit {ran.code}, cargo takes it: {of_cargo}: {ran.err}")

