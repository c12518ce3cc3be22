"""Figures on the terminal and in a JSON file."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

Figures = Mapping[str, object]


def rate(hits: int, total: int) -> float:
    """Return a share rounded to four places; 0 of 0 is 0.

    >>> rate(2, 3)
    0.6667
    """
    return round(hits / total, 4) if total else 0.0


def margin(share: float, total: int) -> float:
    """Return the half width of the 95 % Wilson interval of a share (Wilson 1927).

    >>> round(margin(0.5, 100), 3)
    0.096
    """
    if not total:
        return 0.0
    z = 1.96
    spread = share * (1 - share) / total + z * z / (4 * total * total)
    return z * math.sqrt(spread) / (1 + z * z / total)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie, by nearest rank.

    >>> percentile([4.0, 1.0, 3.0, 2.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def show(title: str, rows: Sequence[tuple[str, Figures]], columns: Sequence[str]) -> None:
    """Print one line of figures for each named row."""
    table = Table(title=title)
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    for name, figures in rows:
        table.add_row(name, *(_cell(figures.get(column)) for column in columns))
    Console().print(table)


def write_json(path: Path | None, figures: Figures) -> None:
    """Write the figures where a script wants them."""
    if path is not None:
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
