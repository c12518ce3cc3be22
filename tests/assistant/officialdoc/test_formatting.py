"""Pieces in their official form, written and read back."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.officialdoc import (
    DocumentKind,
    Item,
    attachment_lines,
    end_mark,
    format_amount,
    format_date,
    format_time,
    hangul_amount,
    lint,
    numbered,
    parse_hangul_amount,
)
from assistant.officialdoc.amounts import MAX_WON
from assistant.officialdoc.marks import LEVELS, read_mark, write_mark

NAMES = st.text(alphabet="가나다라마바사", min_size=2, max_size=6)
ITEMS = st.recursive(
    st.builds(Item, text=NAMES),
    lambda below: st.builds(Item, text=NAMES, children=st.lists(below, max_size=4).map(tuple)),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("won", "words"),
    [
        (0, "금영원"),
        (10, "금일십원"),
        (1_000, "금일천원"),
        (10_000, "금일만원"),
        (113_560, "금일십일만삼천오백육십원"),
        (1_111_111, "금일백일십일만일천일백일십일원"),
        (10_000_000, "금일천만원"),
        (100_000_000, "금일억원"),
        (100_010_000, "금일억일만원"),
        (120_003_005, "금일억이천만삼천오원"),
        (83_900_000_000, "금팔백삼십구억원"),
        (2_000_000_000_000, "금이조원"),
    ],
)
def test_an_amount_is_written_in_hangul(won: int, words: str) -> None:
    assert hangul_amount(won) == words


@given(won=st.integers(min_value=0, max_value=MAX_WON))
def test_an_amount_in_hangul_reads_back(won: int) -> None:
    assert parse_hangul_amount(hangul_amount(won)) == won


@given(won=st.integers(min_value=0, max_value=MAX_WON))
def test_a_formatted_amount_lints_clean(won: int) -> None:
    assert lint(f"대금은 {format_amount(won)}으로 합니다.") == ()


@pytest.mark.parametrize("text", ["", "금원", "금일이원", "금세종원", "부가가치세 포함"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|digit|number"):
        parse_hangul_amount(text)


@pytest.mark.parametrize("won", [-1, MAX_WON + 1])
def test_an_amount_beyond_what_documents_write_is_refused(won: int) -> None:
    with pytest.raises(ValueError, match="amount"):
        hangul_amount(won)


@given(day=st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_formatted_date_lints_clean(day: date) -> None:
    assert lint(f"회의는 {format_date(day, weekday=True)}에 엽니다.") == ()


@given(moment=st.times())
def test_a_formatted_time_lints_clean(moment: time) -> None:
    assert lint(f"회의는 2026. 5. 19.(화) {format_time(moment)}에 엽니다.") == ()


@pytest.mark.parametrize("level", range(1, LEVELS + 1))
def test_every_mark_reads_back(level: int) -> None:
    for number in range(1, 15):
        mark = read_mark(f"{write_mark(level, number)} 내용")
        assert mark is not None
        assert (mark.level, mark.number) == (level, number)


@given(items=st.lists(ITEMS, min_size=1, max_size=5))
def test_numbered_items_lint_clean(items: list[Item]) -> None:
    try:
        text = numbered(items)
    except ValueError:
        return
    assert [one.rule for one in lint(text) if one.rule.startswith("numbering")] == []


def test_more_levels_than_marks_are_refused() -> None:
    deep: tuple[Item, ...] = (Item(text="가"), Item(text="나"))
    for _ in range(LEVELS):
        deep = (Item(text="다", children=deep), Item(text="라"))
    with pytest.raises(ValueError, match="levels"):
        numbered(deep)


@given(names=st.lists(NAMES.map("{} 1부.".format), max_size=5))
def test_attachments_with_an_end_mark_lint_clean(names: list[str]) -> None:
    text = end_mark("\n\n".join(filter(None, ("알려 드립니다.", attachment_lines(names)))))
    assert lint(text, kind=DocumentKind.REPLY) == ()


@given(text=st.text(alphabet="가나다 .\n끝|", max_size=60))
def test_an_end_mark_is_set_once(text: str) -> None:
    once = end_mark(text)
    assert end_mark(once) == once


def test_an_end_mark_moves_below_a_table_and_behind_attachments() -> None:
    assert end_mark("명단은 다음과 같습니다.  끝.\n| 1 | 김하나 |").endswith("김하나 |\n  끝.")
    assert end_mark("알립니다.  끝.\n\n붙임  계획서 1부.").endswith(
        "알립니다.\n\n붙임  계획서 1부.  끝."
    )
