#!/usr/bin/env python3
"""Prints the tables of crates/airights-text/src/plain/tables.rs: `scripts/letters.py > crates/airights-text/src/plain/tables.rs`

The tables hold facts of the Unicode Character Database that ships with Python: which characters are Latin letters or
digits in another dress (NFKC), and which letters an accent makes of a Latin one (NFC). Left out is what plain texts use
in its own right: signs such as the trade mark's, superscript numbers, fractions, ordinals.
"""
import sys
import unicodedata

# Superscripts, subscripts, ordinals, fractions, and signs made of letters: they are written so on purpose.
KEPT = {"<super>", "<sub>", "<fraction>", "<square>"}
SIGNS = set("™℠℡№℅℀℁℆ℹ")


def dress(letter):
    parts = unicodedata.decomposition(letter).split()
    return parts[0] if parts and parts[0].startswith("<") else None


def plain(code):
    letter = chr(code)
    if letter in SIGNS or dress(letter) in KEPT:
        return None
    folded = unicodedata.normalize("NFKC", letter)
    letters = [other for other in folded if other not in "().,"]
    # A digit in a circle is the number of an item.
    if folded.isdigit() and dress(letter) not in {"<wide>", "<font>"}:
        return None
    if folded == letter or not letters or not all(other.isascii() and other.isalnum() for other in letters):
        return None
    return "".join(letters)


def runs():
    all_runs, words = [], []
    for code in range(0x80, sys.maxunicode + 1):
        folded = plain(code)
        if folded is None:
            continue
        if len(folded) > 1:
            words.append((code, folded))
            continue
        last = all_runs[-1] if all_runs else None
        if last and last[0] + last[1] == code and ord(last[2]) + last[1] == ord(folded):
            last[1] += 1
        else:
            all_runs.append([code, 1, folded])
    # White letters on black have no plain form in the database.
    for first in (0x1F150, 0x1F170):
        all_runs.append([first, 26, "A"])
    return sorted(all_runs), words


def accents():
    for code in range(0xC0, 0x1F00):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            base, mark = (int(part, 16) for part in parts)
            # A letter with two accents is made of one with one.
            if unicodedata.name(chr(base), "").startswith("LATIN"):
                yield base, mark, code


def main():
    print("//! Letters in other dress, made by `scripts/letters.py`.\n")
    print("/// First character of a run, its length, and what the first one is in plain letters; the others follow it.")
    all_runs, words = runs()
    print("pub(super) const RUNS: &[(u32, u8, u8)] = &[")
    for code, length, folded in all_runs:
        print(f"    (0x{code:x}, {length}, b'{folded}'),")
    print("];\n\n/// Characters that are several letters or digits.")
    print("pub(super) const SEVERAL: &[(u32, &str)] = &[")
    for code, folded in words:
        print(f'    (0x{code:x}, "{folded}"),')
    print("];\n\n/// A letter, the accent behind it, and the one letter they make.")
    print("pub(super) const ACCENTED: &[(u32, u32, u32)] = &[")
    for base, mark, code in sorted(accents()):
        print(f"    (0x{base:x}, 0x{mark:x}, 0x{code:x}),")
    print("];")


main()
