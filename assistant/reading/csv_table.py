"""Separated values: one table, whatever the encoding and the separator."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter

from assistant.domain import Cell, ReadWarning
from assistant.reading.finish import MAX_CELLS
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed, table_block
from assistant.reading.plain import read_source

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 50
_MAX_FIELD_CHARS = 1_000_000
_MAX_COLUMNS = 10_000
_FIGURE = re.compile(r"\s*[-+△▲]?[\d,.]*\d\s*(?:%|원|개|명|건|회|년|월|일)?\s*\Z|\d{4}[-./]\d")
_HEAD_CHARS = 40


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Read separated values; rows beyond the limits are left out with a warning."""
    source = read_source(data, limits=limits)
    lines = source.text.splitlines(keepends=True)
    csv.field_size_limit(_MAX_FIELD_CHARS)
    rows, is_cut = _rows(lines, delimiter(lines[:_SAMPLE_LINES]))
    warnings = source.warnings
    if is_cut and all(warning.code != "truncated" for warning in warnings):
        warnings += (ReadWarning(code="truncated"),)
    cells = tuple(tuple(Cell(text=text) for text in row) for row in rows)
    return Parsed(blocks=(table_block(cells, header_rows=_head_rows(rows)),), warnings=warnings)


def delimiter(lines: list[str]) -> str:
    """Return the separator that cuts most lines into the same number of fields.

    >>> delimiter(["품명;단가", "안내기;1,200", "의자;300"])
    ';'
    """
    best, found = (0, 0), _DELIMITERS[0]
    for mark in _DELIMITERS:
        try:
            counts = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if row)
        except csv.Error:
            continue
        fields, times = max(counts.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        if fields > 1 and (times, fields) > best:
            best, found = (times, fields), mark
    return found


def _rows(lines: list[str], mark: str) -> tuple[list[list[str]], bool]:
    """Return the rows that hold something, made equally long, and whether some were left out."""
    rows: list[list[str]] = []
    left = MAX_CELLS
    width = 0
    is_cut = False
    try:
        for row in csv.reader(lines, delimiter=mark, strict=False):
            if any(map(str.strip, row)):
                is_cut |= len(row) > _MAX_COLUMNS
                rows.append(row[:_MAX_COLUMNS])
                width = max(width, len(rows[-1]))
                left -= len(rows[-1])
            if left < 0:
                is_cut = True
                break
    except csv.Error:  # a field that never ends
        is_cut = True
    is_affordable = width * len(rows) <= 2 * MAX_CELLS
    if is_affordable:
        rows = [row + [""] * (width - len(row)) for row in rows]
    return rows, is_cut


def _head_rows(rows: list[list[str]]) -> int:
    """Take the first row for a head when it names its columns: distinct short words, no figures."""
    if len(rows) < 2:
        return 0
    names = [name.strip() for name in rows[0]]
    is_named = all(name and len(name) <= _HEAD_CHARS for name in names)
    has_figures = any(map(_FIGURE.match, names))
    below = itertools.chain.from_iterable(rows[1:_SAMPLE_LINES])
    is_distinct = len(set(names)) == len(names)
    return int(is_named and is_distinct and not has_figures and any(map(str.strip, below)))
