"""The table of rows: each is a function that yields its inputs, each with `None`, or with what came out instead."""

import collections

Row = collections.namedtuple("Row", "number title promise function alone long")
ROWS = []


def row(number, title, promise, *, alone=False, long=False):
    """Enters a function into the table. One that measures runs `alone`; one that takes minutes only with `--long`."""

    def enter(function):
        ROWS.append(Row(str(number), title, promise, function, alone, long))
        return function

    return enter


class Missing(Exception):
    """What this machine does not have, and how it gets it."""


def unless(holds, came_out):
    """`None` where it holds, else what came out, short enough for a line."""
    return None if holds else " ".join(str(came_out).split())[:300]
