"""Replaces parts of a PDF as typst writes it, keeping every other byte."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_XREF = re.compile(rb"xref\n0 (\d+)\s*\n")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_XREF_ROW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """New bytes for `start` to `end` of a file, a part of one object."""

    start: int
    end: int
    new: bytes


def edited(pdf: bytes, edits: Sequence[Edit]) -> bytes:
    """Return the file with its parts replaced and its table of objects put right.

    Raises:
        ValueError: The file is not laid out as typst does it.
    """
    ordered = sorted(edits, key=lambda edit: edit.start)
    tail = _START.search(pdf)
    table = int(tail[1]) if tail else -1
    row = _XREF.match(pdf, table) if tail else None
    if tail is None or row is None or any(edit.end > table for edit in ordered):
        raise ValueError("not laid out as expected")
    starts = [edit.start for edit in ordered]
    growth = [0, *accumulate(len(edit.new) - (edit.end - edit.start) for edit in ordered)]

    def moved(place: int) -> int:
        return place + growth[bisect_left(starts, place)]

    rows_start, rows_end = row.end(), row.end() + _XREF_ROW * int(row[1])
    pieces: list[bytes] = []
    at = 0
    for edit in ordered:
        pieces += [pdf[at : edit.start], edit.new]
        at = edit.end
    pieces.append(pdf[at:rows_start])
    for place in range(rows_start, rows_end, _XREF_ROW):
        entry = pdf[place : place + _XREF_ROW]
        in_use = entry[17:18] == b"n"
        pieces.append(b"%010d" % moved(int(entry[:10])) + entry[10:] if in_use else entry)
    pieces += [pdf[rows_end : tail.start(1)], str(moved(table)).encode(), pdf[tail.end(1) :]]
    return b"".join(pieces)
