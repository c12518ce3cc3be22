"""Bars against a target line: the line stands at 100 %, what falls short is hatched and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.charts.canvas import (
    BLUE,
    INK,
    LINE,
    PALE,
    RED,
    SIZE,
    SOFT,
    Canvas,
    Chart,
    percent,
    text_width,
    wrapped,
)

_WIDTH = 720
_ROW = 54
_TOP, _BOTTOM = 58, 34
_LABEL = 190
_WIDEST = 290  # for names of plain bars, which say no more than their name
_RESULT = 104
_MOST = 150  # longer bars are cut and say so
_TARGET = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetBar:
    """One item; `ratio` is what was reached of the target in percent, None if it says nothing."""

    label: str
    value_text: str
    target_text: str
    ratio: Decimal | None
    is_met: bool | None
    mark: str = ""


def target_bars(title: str, bars: Sequence[TargetBar], *, chart_id: str = "bars") -> Chart:
    """Return a bar for each item with the target as a black line at 100 %."""
    canvas = Canvas(chart_id)
    height = _TOP + _ROW * len(bars) + _BOTTOM
    left, right = _LABEL + 16, _WIDTH - _RESULT - 8
    canvas.text(16, 26, title, size=16, font_weight="700")
    canvas.text(left, 46, "목표 대비", size=12, fill=SOFT)
    canvas.text(_WIDTH - _RESULT + 12, 46, "결과", size=12, fill=SOFT)
    hatch = canvas.hatch("short", RED)
    scale = (right - left) / _MOST
    for number, bar in enumerate(bars):
        _bar(canvas, bar, y=_TOP + _ROW * number, left=left, scale=scale, hatch=hatch)
    _axis(canvas, left=left, scale=scale, bottom=height - _BOTTOM)
    return Chart(
        title=title,
        description=_told(bars),
        svg=canvas.finish(title, _told(bars), width=_WIDTH, height=height),
        headers=("항목", "목표", "결과", "목표 대비", "판단"),
        rows=tuple(_row(bar) for bar in bars),
        width=_WIDTH,
        height=height,
    )


def _bar(
    canvas: Canvas, bar: TargetBar, *, y: float, left: float, scale: float, hatch: str
) -> None:
    middle = y + _ROW / 2
    _label(canvas, bar, middle)
    canvas.line(16, y + _ROW, _WIDTH - 16, y + _ROW)
    if bar.ratio is None:
        told = "비율로 견주지 않음" if bar.is_met is not None else ""
        canvas.text(left + 4, middle + 4, told, size=12, fill=SOFT)
    else:
        length = float(min(bar.ratio, Decimal(_MOST))) * scale
        short = bar.is_met is False
        look = {"fill": hatch if short else BLUE, "stroke": RED if short else BLUE}
        canvas.rect(left, middle - 7, max(length, 1), 14, **look)
        if bar.ratio > _MOST:
            x = left + length
            canvas.shape([(x, middle - 7), (x + 8, middle), (x, middle + 7)], fill=BLUE)
        canvas.line(
            left + 100 * scale, y + 7, left + 100 * scale, y + _ROW - 7, stroke=INK,
            stroke_width="2.5",
        )  # fmt: skip
    _result(canvas, bar, middle)


def _label(canvas: Canvas, bar: TargetBar, middle: float) -> None:
    mark = f" ({bar.mark})" if bar.mark else ""
    lines = wrapped(f"{bar.label}{mark}", _LABEL - 12)
    first = middle - 3 - 8 * (len(lines) - 1)
    for number, line in enumerate(lines):
        canvas.text(16, first + 16 * number, line)
    target = wrapped(f"목표 {bar.target_text}", _LABEL - 12, size=11, lines=1)[0]
    canvas.text(16, first + 16 * len(lines), target, size=11, fill=SOFT)


def _result(canvas: Canvas, bar: TargetBar, middle: float) -> None:
    x = _WIDTH - _RESULT + 12
    word, colour = _word(bar.is_met), RED if bar.is_met is False else SOFT
    if bar.is_met is None:
        canvas.text(x, middle + 4, word, size=12, fill=colour)
        return
    value = wrapped(bar.value_text, _RESULT - 20, lines=1)[0]
    canvas.text(x, middle - 3, value, font_weight="700")
    draw = canvas.check if bar.is_met else canvas.cross
    draw(x + 5, middle + 10, stroke=colour)
    canvas.text(x + 15, middle + 14, word, size=12, fill=colour)


def _axis(canvas: Canvas, *, left: float, scale: float, bottom: float) -> None:
    for share in (0, 50, 100, 150):
        x = left + share * scale
        words = f"목표 {share}%" if share == 100 else f"{share}%"
        canvas.line(x, bottom, x, bottom + 5, stroke=SOFT)
        canvas.text(x, bottom + 19, words, size=11, fill=SOFT, text_anchor="middle")


def _word(is_met: bool | None) -> str:
    return {True: "충족", False: "미충족", None: "자료 없음"}[is_met]


def _percent(ratio: Decimal | None) -> str:
    return "-" if ratio is None else percent(ratio)


def _row(bar: TargetBar) -> tuple[str, ...]:
    name = f"{bar.label}({bar.mark})" if bar.mark else bar.label
    return (name, bar.target_text, bar.value_text, _percent(bar.ratio), _word(bar.is_met))


def _told(bars: Sequence[TargetBar]) -> str:
    met = sum(bar.is_met is True for bar in bars)
    each = "; ".join(
        f"{bar.label} 목표 {bar.target_text}, 결과 {bar.value_text}, {_word(bar.is_met)}"
        for bar in bars
    )
    return f"{len(bars)}개 항목 가운데 {met}개 충족. {each}."


# -- plain bars -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A value with its words; None is drawn as 자료 없음, never as a bar of nothing."""

    label: str
    value: Decimal | None
    text: str


def plain_bars(
    title: str, bars: Sequence[Bar], *, most: Decimal | None = None, chart_id: str = "plain"
) -> Chart:
    """Return bars side by side on one scale from 0 to `most`, each with its value at the end.

    Args:
        title: what is shown.
        bars: in the order in which they are drawn.
        most: the end of the scale; the largest value if none is given.
        chart_id: keeps several charts on one page apart.
    """
    canvas = Canvas(chart_id)
    row = 32
    height = 44 + row * len(bars) + 14
    end = most or max((bar.value for bar in bars if bar.value is not None), default=Decimal(0))
    room = max([text_width(bar.text) for bar in bars] or [0.0]) + 24
    label = min(max([text_width(bar.label) + 8 for bar in bars] or [0.0]), _WIDEST)
    left = max(label, _LABEL) + 16
    scale = (_WIDTH - room - left) / float(end) if end > 0 else 0.0
    canvas.text(16, 26, title, size=16, font_weight="700")
    for number, bar in enumerate(bars):
        middle = 44 + row * number + row / 2
        canvas.text(16, middle + 4, wrapped(bar.label, left - 24, lines=1)[0])
        if bar.value is None:
            canvas.text(left + 4, middle + 4, "자료 없음", size=12, fill=SOFT)
            continue
        length = max(0.0, float(min(bar.value, end)) * scale) if end > 0 else 0.0
        canvas.rect(left, middle - 8, _WIDTH - room - left, 16, fill=PALE)
        canvas.rect(left, middle - 8, length, 16, fill=BLUE)
        canvas.text(_WIDTH - room + 8, middle + 4, bar.text, size=SIZE, font_weight="700")
    canvas.line(left, 44, left, height - 14, stroke=LINE)
    told = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Chart(
        title=title,
        description=f"{told}.",
        svg=canvas.finish(title, f"{told}.", width=_WIDTH, height=height),
        headers=("이름", "값"),
        rows=tuple((bar.label, bar.text) for bar in bars),
        width=_WIDTH,
        height=height,
    )
