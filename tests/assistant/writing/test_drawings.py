"""An SVG becomes a PNG with the fonts that come along, within bounds."""

from __future__ import annotations

import struct
from decimal import Decimal

import pytest

from assistant.charts import TargetBar, target_bars
from assistant.errors import DraftUnwritableError
from assistant.writing.drawings import MAX_SVG_BYTES, draw_all

CHART = target_bars(
    "목표 대비",
    [
        TargetBar(
            label="만족도", value_text="3.7점", target_text="4.0점 이상", ratio=Decimal("92.5"),
            is_met=False,
        )
    ],
)  # fmt: skip


def draw(svg: str, *, width: int, height: int) -> bytes:
    return draw_all([(svg, width, height)])[0]


def test_a_chart_becomes_a_png_of_twice_its_size() -> None:
    png = draw(CHART.svg, width=CHART.width, height=CHART.height)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (CHART.width * 2, CHART.height * 2)


def test_several_are_drawn_at_once_each_as_if_alone() -> None:
    small = CHART.svg.replace("만족도", "정확도")
    drawings = [(CHART.svg, CHART.width, CHART.height), (small, 300, 60)]
    made = draw_all(drawings)
    assert made == tuple(draw(svg, width=width, height=height) for svg, width, height in drawings)
    assert struct.unpack(">II", made[1][16:24]) == (600, 120)
    assert draw_all([]) == ()


def test_one_broken_among_several_refuses_all() -> None:
    with pytest.raises(DraftUnwritableError):
        draw_all([(CHART.svg, CHART.width, CHART.height), ("<svg", 100, 100)])


def test_hangul_leaves_ink_on_the_picture() -> None:
    def sized(words: str) -> int:
        text = f'<text x="10" y="40" font-family="NanumGothic" font-size="30">{words}</text>'
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60">{text}</svg>'
        return len(draw(svg, width=300, height=60))

    assert sized("충족과 미충족") > sized("") * 2


@pytest.mark.parametrize(
    ("svg", "width"),
    [
        pytest.param("<svg", 100, id="broken"),
        pytest.param("no picture", 100, id="no svg"),
        pytest.param("<svg" + " " * MAX_SVG_BYTES, 100, id="too large"),
        pytest.param(CHART.svg, 100_000, id="too wide"),
        pytest.param(CHART.svg, 0, id="no width"),
    ],
)
def test_what_cannot_be_drawn_is_refused(svg: str, width: int) -> None:
    with pytest.raises(DraftUnwritableError):
        draw(svg, width=width, height=100)


def test_a_picture_from_outside_is_not_taken_in() -> None:
    inside = '<image href="/etc/hostname" width="50" height="50"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">{inside}</svg>'
    empty = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"></svg>'
    try:
        assert draw(svg, width=60, height=60) == draw(empty, width=60, height=60)
    except DraftUnwritableError as refused:
        assert refused.reason == "layout"  # noqa: PT017  # refusing is as good
