"""Attacks a built cargo-airights in some fifty ways, and says of each whether it holds as promised.

    python3 scripts/attacks CARGO_AIRIGHTS [ROW…] [--long] [--all] [--jobs N]

The rows are those of a review that tried to break it: texts in disguise, files under odd names, policies, caches and saved
metadata made to lie, hostile archives and registries, kills at every system call that writes, and sizes. Each row prints
one line, and one more for each input that came out otherwise. What is not held yet is listed in `missed.tsv`, with the reason;
exit code 0 only where all else holds, and nothing that is listed does.

Everything happens on ports of this machine and in a temporary directory (in memory where there is room, unless TMPDIR says
where), with a cargo home and a cache of its own for each project. It needs Python 3.11, cargo, git, strace and valgrind (`apt-get
install strace valgrind`), and the `spdx` crate in cargo's home, whose license texts it dresses up: `cargo fetch` brings it.
"""

import argparse
import concurrent.futures
import os
import shutil
import sys
import tempfile
import time
import traceback

from project import Bench
from rows import ROWS, Missing

# Each enters its rows.
import archives, bounds, caches, files, fuzzed, kills, machine, metadata, network, output, policies, sameness, texts  # noqa: E401, F401


# So many inputs that failed are shown of a row.
MOST = 12
# These take longest, so they begin first.
SLOW = {"38", "39", "31", "36", "11", "28", "33", "34"}


def missed():
    """The inputs that do not come out as promised yet, by row."""
    found = {}
    with open(os.path.join(os.path.dirname(__file__), "missed.tsv"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                row, name, _why = line.rstrip("\n").split("\t")
                found.setdefault(row, set()).add(name)
    return found


def result(row, bench, known):
    """Whether a row holds but for the inputs that are known not to, and its lines."""
    began = time.monotonic()
    outcomes = []
    try:
        for name, came_out in row.function(bench):
            outcomes.append((name, came_out))
        if not outcomes:
            outcomes.append(("all", "nothing was tried"))
    except Missing as missing:
        outcomes.append(("not tried", missing))
    except Exception:
        outcomes.append(("the script", traceback.format_exc(limit=-3)))
    failed = [(name, came_out) for name, came_out in outcomes if came_out is not None]
    new = [name for name, _ in failed if name not in known]
    # What is measured may come out well now and then.
    mended = [name for name, came_out in outcomes if came_out is None and name in known and not row.alone]
    failed = [(f"{name} (known)" if name in known else name, came_out) for name, came_out in failed]
    word = "NOT as promised" if failed else "as promised"
    of = f"{len(failed)} of {len(outcomes)}" if failed else len(outcomes)
    lines = [f"{row.number:>3}  {row.title} → {row.promise}: {of} inputs {word} ({time.monotonic() - began:.0f} s)"]
    shown = failed if bench.verbose else failed[:MOST]
    lines += [f"       {name}: {came_out}" for name, came_out in shown]
    if len(shown) < len(failed):
        lines.append(f"       and {len(failed) - len(shown)} more, with `--all`")
    lines += [f"       {name}: holds now, and is to go from missed.tsv" for name in mended]
    return not new and not mended, "\n".join(lines)


def quick_place():
    """Where a hundred thousand files are made and removed in no time, if there is such a place, and it has room."""
    memory = "/dev/shm"
    if "TMPDIR" in os.environ or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < 4 << 30:
        return None
    return memory


def chosen(wanted, long):
    """The rows that were asked for, or all that do not take minutes."""
    unknown = set(wanted) - {row.number for row in ROWS}
    if unknown:
        sys.exit(f"no row {', '.join(sorted(unknown))}; there are {', '.join(row.number for row in in_order(ROWS))}")
    return in_order(row for row in ROWS if (row.number in wanted if wanted else long or not row.long))


def in_order(rows):
    return sorted(rows, key=lambda row: (int(row.number.rstrip("b")), row.number))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("rows", nargs="*", metavar="ROW")
    parser.add_argument("--long", action="store_true", help="also what takes minutes")
    parser.add_argument("--all", action="store_true", help="show every input that failed")
    parser.add_argument("--jobs", type=int, default=2, help="so many rows at a time [2]")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    if not os.access(program, os.X_OK):
        sys.exit(f"no program at {program}: build it with `cargo build --release`")
    rows = chosen(options.rows, options.long)
    together, alone = [row for row in rows if not row.alone], [row for row in rows if row.alone]
    failed, known = [], missed()

    def tell(row, result):
        holds, lines = result
        print(lines, flush=True)
        if not holds:
            failed.append(row.number)

    with tempfile.TemporaryDirectory(prefix="attacks-", dir=quick_place(), ignore_cleanup_errors=True) as place:
        bench = Bench(program, place, options.all)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as workers:
            together.sort(key=lambda row: row.number not in SLOW)
            running = {workers.submit(result, row, bench, known.get(row.number, set())): row for row in together}
            for done in concurrent.futures.as_completed(running):
                tell(running[done], done.result())
        for row in alone:
            tell(row, result(row, bench, known.get(row.number, set())))
    print(f"{len(rows) - len(failed)} rows as promised, {len(failed)} not" + (f": {' '.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
