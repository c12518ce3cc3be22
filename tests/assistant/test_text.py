"""Spellings that look alike compare equal, and nothing a reader sees is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import clean, normalise, squeeze, strip_amendment_marks, truncate

TEXTS = st.text(st.sampled_from("가나다제조 항ㆍ·•・１①ﬁ\u200b\u00ad\n\t<>개정(1)"), max_size=40)


@pytest.mark.parametrize("dot", "ㆍ·•・‧∙･⋅")
def test_every_middle_dot_is_the_same_dot(dot: str) -> None:
    assert normalise(f"공공성{dot}혁신성") == "공공성·혁신성"
    assert squeeze(f"공공성{dot}혁신성") == squeeze("공공성 혁신성")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        pytest.param("제１２조", "제12조", id="full width digits"),
        pytest.param("시범\u00a0구매\u3000계약", "시범 구매 계약", id="spaces of other widths"),
        pytest.param("시범\u200b구매", "시범구매", id="zero width space"),
        pytest.param(unicodedata.normalize("NFD", "시범구매"), "시범구매", id="decomposed Hangul"),
        pytest.param("  가\n\n나\t다 ", "가 나 다", id="runs of white space"),
    ],
)
def test_spellings_of_one_phrase_fold_to_one_form(written: str, folded: str) -> None:
    assert normalise(written) == folded


@given(st.text() | TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\U000e0041"])
def test_what_nobody_sees_is_dropped(hidden: str) -> None:
    assert clean(f"무{hidden}시") == "무시"


def test_cleaning_keeps_lines_and_letters_of_other_widths() -> None:
    assert clean("제１조\n  ㆍ 목적") == "제１조\n  ㆍ 목적"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("제출한다. <개정 2024.1.2, 2025.10.1>", "제출한다."),
        ("제출한다.[전문개정 2020. 1. 1.] 또한", "제출한다. 또한"),
        ("1. 삭제 <삭제 2020.1.1>", "1. 삭제"),
        ("〈신설 2021.3.4〉", ""),
        ("서식은 <별표 1>에 따른다.", "서식은 <별표 1>에 따른다."),
        ("금액(부가가치세 포함) < 1억원", "금액(부가가치세 포함) < 1억원"),
    ],
)
def test_only_marks_of_amendment_go(text: str, expected: str) -> None:
    assert strip_amendment_marks(text) == expected


@given(st.text(max_size=60), st.integers(min_value=1, max_value=50))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, limit: int) -> None:
    cut = truncate(text, limit)
    assert len(cut) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
