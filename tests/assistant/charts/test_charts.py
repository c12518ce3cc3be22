"""Charts say in words what they show, never by colour alone, and hold whatever text they get."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.charts import (
    Axis,
    Bar,
    Chart,
    Pair,
    TargetBar,
    before_after,
    plain_bars,
    radar,
    target_bars,
)
from assistant.charts.canvas import text_width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
SHARES = st.none() | st.decimals("-50", "100000", places=2, allow_nan=False)


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)  # noqa: S314  # our own


def texts(chart: Chart) -> list[str]:
    return ["".join(each.itertext()) for each in drawn(chart).iter(f"{SVG}text")]


def bar(**changes: object) -> TargetBar:
    given_values: dict[str, object] = {
        "label": "만족도",
        "value_text": "3.7점",
        "target_text": "4.0점 이상",
        "ratio": Decimal("92.5"),
        "is_met": False,
    }
    return TargetBar(**{**given_values, **changes})  # type: ignore[arg-type]  # named by the tests


def charts() -> list[Chart]:
    axes = [Axis(label=f"축 {n}", share=Decimal(n * 20), text=f"{n}점") for n in range(1, 5)]
    pair = Pair(
        label="고용", before=Decimal(21), after=Decimal(26), before_text="21명", after_text="26명",
        change_text="23.8% 늘어남",
    )  # fmt: skip
    return [
        target_bars("목표 대비", [bar(), bar(label="정확도", is_met=True, ratio=Decimal(101))]),
        before_after("성장", [pair]),
        radar("만족도", axes),
        plain_bars("순위", [Bar(label="가", value=Decimal(3), text="3점")]),
    ]


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.title)
def test_a_chart_names_and_describes_itself(chart: Chart) -> None:
    root = drawn(chart)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (chart.title, chart.description)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.title)
def test_a_chart_comes_with_its_table(chart: Chart) -> None:
    assert chart.rows
    assert all(len(row) == len(chart.headers) for row in chart.rows)


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.title)
def test_nothing_outside_is_fetched_and_no_style_is_set(chart: Chart) -> None:
    assert "href" not in chart.svg
    assert "style=" not in chart.svg
    assert "<script" not in chart.svg


def test_what_falls_short_is_hatched_and_named_in_words() -> None:
    chart = target_bars("목표 대비", [bar()])
    assert {"3.7점", "미충족", "목표 4.0점 이상"} <= set(texts(chart))
    fills = [each.get("fill") for each in drawn(chart).iter(f"{SVG}rect")]
    assert "url(#bars-short)" in fills


def test_the_target_line_stands_at_100_percent() -> None:
    chart = target_bars("목표 대비", [bar(ratio=Decimal(100), is_met=True)])
    lines = [each for each in drawn(chart).iter(f"{SVG}line") if each.get("stroke-width") == "2.5"]
    reached = next(r for r in drawn(chart).iter(f"{SVG}rect") if r.get("height") == "14")
    end = float(reached.get("x", "0")) + float(reached.get("width", "0"))
    assert float(lines[0].get("x1", "0")) == pytest.approx(end, abs=0.02)


def test_a_missing_value_is_written_and_not_drawn() -> None:
    chart = target_bars("목표 대비", [bar(ratio=None, is_met=None, value_text="자료 없음")])
    assert "자료 없음" in texts(chart)
    assert [r for r in drawn(chart).iter(f"{SVG}rect") if r.get("height") == "14"] == []


def test_a_missing_side_of_a_pair_is_no_bar() -> None:
    pair = Pair(
        label="투자", before=None, after=None, before_text="자료 없음", after_text="자료 없음",
        change_text="자료 없음",
    )  # fmt: skip
    chart = before_after("성장", [pair])
    assert [r for r in drawn(chart).iter(f"{SVG}rect") if r.get("height") == "16"] == []
    assert texts(chart).count("자료 없음") == 1


@pytest.mark.parametrize(
    "axes",
    [
        pytest.param([Decimal(50)] * 2, id="too few"),
        pytest.param([Decimal(50)] * 9, id="too many"),
        pytest.param([Decimal(50), None, Decimal(20)], id="a gap"),
        pytest.param([], id="none"),
    ],
)
def test_a_radar_that_could_not_be_read_becomes_bars(axes: list[Decimal | None]) -> None:
    chart = radar("만족도", [Axis(label="축", share=share, text="값") for share in axes])
    assert list(drawn(chart).iter(f"{SVG}polygon")) == []


def test_several_charts_of_a_page_keep_their_ids_apart() -> None:
    one, other = (target_bars("목표 대비", [bar()], chart_id=name) for name in ("a", "b"))
    ids = [each.get("id") for chart in (one, other) for each in drawn(chart).iter()]
    named = [each for each in ids if each]
    assert len(named) == len(set(named))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40), st.text(max_size=20), SHARES, st.sampled_from([True, False, None]))
def test_any_text_and_any_ratio_make_a_sound_picture(
    label: str, value: str, ratio: Decimal | None, is_met: bool | None
) -> None:
    row = bar(label=label, value_text=value, target_text=value, ratio=ratio, is_met=is_met)
    for chart in (
        target_bars(label, [row]),
        plain_bars(label, [Bar(label=label, value=ratio, text=value)]),
        radar(label, [Axis(label=label, share=ratio, text=value)] * 3),
        before_after(
            label,
            [Pair(label=label, before=ratio, after=ratio, before_text=value, after_text=value)],
        ),
    ):
        for each in drawn(chart).iter(f"{SVG}rect"):
            assert float(each.get("width", "0")) <= chart.width


@given(st.text(max_size=60), st.integers(20, 300))
def test_wrapped_lines_fit(words: str, width: int) -> None:
    lines = wrapped(words, width)
    assert 1 <= len(lines) <= 2
    assert all(text_width(line) <= width or len(line) == 1 for line in lines)
