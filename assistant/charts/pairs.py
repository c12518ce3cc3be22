"""Before and after: two bars a row on the row's own scale, both with their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.charts.canvas import BLUE, INK, LINE, PAPER, SOFT, Canvas, Chart, wrapped

_WIDTH = 720
_ROW = 66
_TOP = 62
_LABEL = 170
_CHANGE = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A value before and after, with the words for both and for the change."""

    label: str
    before: Decimal | None
    after: Decimal | None
    before_text: str
    after_text: str
    change_text: str = ""


def before_after(
    title: str,
    pairs: Sequence[Pair],
    *,
    names: tuple[str, str] = ("도입 전", "도입 후"),
    chart_id: str = "pairs",
) -> Chart:
    """Return the rows under each other; rows have their own units, so none is held to another."""
    canvas = Canvas(chart_id)
    height = _TOP + _ROW * len(pairs) + 12
    canvas.text(16, 26, title, size=16, font_weight="700")
    _key(canvas, names)
    for number, pair in enumerate(pairs):
        _row(canvas, pair, y=_TOP + _ROW * number)
    told = "; ".join(
        f"{pair.label} {names[0]} {pair.before_text}, {names[1]} {pair.after_text}"
        + (f", {pair.change_text}" if pair.change_text else "")
        for pair in pairs
    )
    return Chart(
        title=title,
        description=f"{told}.",
        svg=canvas.finish(title, f"{told}.", width=_WIDTH, height=height),
        headers=("항목", *names, "변화"),
        rows=tuple((p.label, p.before_text, p.after_text, p.change_text) for p in pairs),
        width=_WIDTH,
        height=height,
    )


def _key(canvas: Canvas, names: tuple[str, str]) -> None:
    canvas.rect(16, 40, 14, 10, fill=PAPER, stroke=INK)
    canvas.text(36, 49, names[0], size=12, fill=SOFT)
    canvas.rect(106, 40, 14, 10, fill=BLUE, stroke=BLUE)
    canvas.text(126, 49, names[1], size=12, fill=SOFT)


def _row(canvas: Canvas, pair: Pair, *, y: float) -> None:
    left, room = _LABEL + 16, _WIDTH - _LABEL - _CHANGE - 130
    most = max((value for value in (pair.before, pair.after) if value is not None), default=None)
    canvas.line(16, y, _WIDTH - 16, y)
    lines = wrapped(pair.label, _LABEL - 8)
    for number, line in enumerate(lines):
        canvas.text(16, y + 37 - 8 * (len(lines) - 1) + 16 * number, line)
    values = ((pair.before, pair.before_text, 12.0), (pair.after, pair.after_text, 36.0))
    if pair.before is None and pair.after is None:
        canvas.text(left + 8, y + 37, pair.change_text or pair.after_text, size=12, fill=SOFT)
        return
    for number, (value, words, down) in enumerate(values):
        length = _length(value, most, room)
        look = {"fill": BLUE, "stroke": BLUE} if number else {"fill": PAPER, "stroke": INK}
        canvas.rect(left, y + down, length, 16, **look)
        weight = "700" if number else "400"
        canvas.text(left + length + 8, y + down + 13, words, font_weight=weight)
    canvas.line(left, y + 8, left, y + _ROW - 8, stroke=LINE)
    for number, line in enumerate(wrapped(pair.change_text, _CHANGE - 24, size=12)):
        canvas.text(_WIDTH - _CHANGE + 8, y + 37 + 16 * number, line, size=12, fill=SOFT)


def _length(value: Decimal | None, most: Decimal | None, room: float) -> float:
    if value is None or most is None or most <= 0 or value <= 0:
        return 0.0
    return max(1.0, float(value / most) * room)
