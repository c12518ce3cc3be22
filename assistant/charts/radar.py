"""A radar that stays readable: three to eight axes, rings named once, each axis with its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from assistant.charts.bars import Bar, plain_bars
from assistant.charts.canvas import BLUE, INK, LINE, SOFT, Canvas, Chart, percent, wrapped

_WIDTH, _HEIGHT = 640, 440
_CENTRE = (320.0, 236.0)
_RADIUS = 132.0
_FEWEST, _MOST = 3, 8
_RINGS = (25, 50, 75, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """An axis; `share` is the value in percent of what is possible, None where it is missing."""

    label: str
    share: Decimal | None
    text: str


def radar(title: str, axes: Sequence[Axis], *, chart_id: str = "radar") -> Chart:
    """Return a radar, or bars where it could not be read: too few or many axes, or gaps.

    A gap is no zero: a radar with a missing value would show a shape that means nothing.
    """
    readable = _FEWEST <= len(axes) <= _MOST and all(axis.share is not None for axis in axes)
    if not readable:
        bars = [Bar(label=axis.label, value=axis.share, text=axis.text) for axis in axes]
        return plain_bars(title, bars, most=Decimal(100), chart_id=chart_id)
    canvas = Canvas(chart_id)
    canvas.text(16, 26, title, size=16, font_weight="700")
    for ring in _RINGS:
        canvas.shape(
            [_point(n, len(axes), ring) for n in range(len(axes))], fill="none", stroke=LINE
        )
    for number in range(len(axes)):
        canvas.line(*_CENTRE, *_point(number, len(axes), 100), stroke=LINE)
    corners = [_point(n, len(axes), _bounded(axis)) for n, axis in enumerate(axes)]
    canvas.shape(
        corners, fill=BLUE, fill_opacity="0.16", stroke=BLUE, stroke_width="2.5",
        stroke_linejoin="round",
    )  # fmt: skip
    for x, y in corners:
        canvas.dot(x, y, 4, fill=BLUE)
    for ring in _RINGS:
        x, y = _point(0, len(axes), ring)
        canvas.text(x + 4, y + 11, f"{ring}%", size=10, fill=SOFT)
    for number, axis in enumerate(axes):
        _label(canvas, axis, *_point(number, len(axes), 116))
    told = "; ".join(f"{axis.label} {axis.text}" for axis in axes)
    return Chart(
        title=title,
        description=f"{told}.",
        svg=canvas.finish(title, f"{told}.", width=_WIDTH, height=_HEIGHT),
        headers=("축", "값", "비율"),
        rows=tuple((axis.label, axis.text, percent(axis.share or Decimal(0))) for axis in axes),
        width=_WIDTH,
        height=_HEIGHT,
    )


def _bounded(axis: Axis) -> float:
    return float(min(max(axis.share or Decimal(0), Decimal(0)), Decimal(100)))


def _point(number: int, axes: int, share: float) -> tuple[float, float]:
    angle = -pi / 2 + 2 * pi * number / axes
    reach = _RADIUS * share / 100
    return _CENTRE[0] + reach * cos(angle), _CENTRE[1] + reach * sin(angle)


def _label(canvas: Canvas, axis: Axis, x: float, y: float) -> None:
    side = x - _CENTRE[0]
    anchor = "middle" if abs(side) < 10 else "start" if side > 0 else "end"
    lines = wrapped(axis.label, 156)
    up = 16 * len(lines) if y < _CENTRE[1] - _RADIUS else 8 * len(lines)
    for number, line in enumerate(lines):
        canvas.text(x, y - up + 12 + 16 * number, line, text_anchor=anchor)
    down = y - up + 12 + 16 * len(lines)
    canvas.text(x, down, axis.text, text_anchor=anchor, fill=INK, font_weight="700")
