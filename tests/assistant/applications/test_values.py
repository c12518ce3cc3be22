"""Words become canonical values, or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.applications.amounts import read_won
from assistant.applications.dates import read_dates
from assistant.applications.folding import fold
from assistant.applications.identifiers import is_business_number
from assistant.applications.values import read_values
from assistant.domain import Choice, Column, ColumnType

TYPES = list(ColumnType)


def column(kind: ColumnType, **facts: object) -> Column:
    given_facts: dict[str, object] = {"name": "c", "label": "열", "meaning": "뜻", **facts}
    if kind is ColumnType.CHOICE and "choices" not in facts:
        given_facts["choices"] = (Choice(value="해당 없음"), Choice(value="해당", synonyms=("예",)))
    return Column(type=kind, **given_facts)  # type: ignore[arg-type] # checked by the test


def values(kind: ColumnType, text: str, unit: str = "", **facts: object) -> list[str]:
    return [one.value for one in read_values(column(kind, **facts), text, unit=unit)]


@pytest.mark.parametrize(
    ("text", "unit", "won"),
    [
        ("12,500,000원(VAT 포함)", "", "12500000"),
        ("１２，５００，０００원", "", "12500000"),
        ("1,250만원", "", "12500000"),
        ("1억 2천만원", "", "120000000"),
        ("3천5백만원", "", "35000000"),
        ("금12,500,000원(금일천이백오십만원)", "", "12500000"),
        ("12,500", "천원", "12500000"),
        ("125", "백만원", "125000000"),
        ("1.5", "억원", "150000000"),
        ("12, 500, 000원", "", "12500000"),
    ],
)
def test_amounts_are_read_in_whole_won(text: str, unit: str, won: str) -> None:
    assert values(ColumnType.WON, text, unit) == [won]


@pytest.mark.parametrize("text", ["12,000달러", "USD 1,200", "3대", "15%", "2024년", "미정", ""])
def test_what_is_no_amount_of_won_gives_none(text: str) -> None:
    assert values(ColumnType.WON, text) == []


def test_an_amount_without_a_unit_is_flagged() -> None:
    assert [one.flag for one in read_values(column(ColumnType.WON), "12,500,000")] == [
        "unit_assumed"
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2039. 5. 6.", "2039-05-06"),
        ("2039.05.06까지", "2039-05-06"),
        ("2039-5-6", "2039-05-06"),
        ("'39. 5. 6.", "2039-05-06"),
        ("2039년 5월 6일", "2039-05-06"),
        ("20390506", "2039-05-06"),
        ("2039년 5월", "2039-05"),
    ],
)
def test_dates_are_read_in_the_forms_of_applications(text: str, day: str) -> None:
    assert values(ColumnType.DATE, text) == [day]


@pytest.mark.parametrize("text", ["8.5", "2039. 13. 40.", "1. 2.", "02-123-4567"])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert values(ColumnType.DATE, text) == []


@pytest.mark.parametrize(("pick", "day"), [("first", "2021-03-04"), ("last", "2039-05-06")])
def test_of_a_period_the_end_that_is_meant_is_taken(pick: str, day: str) -> None:
    assert values(ColumnType.DATE, "2021. 3. 4. ~ 2039. 5. 6.", pick=pick) == [day]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (ColumnType.BUSINESS_NUMBER, "124 - 81 - 00998", "124-81-00998"),
        (ColumnType.BUSINESS_NUMBER, "１２４８１００９９８", "124-81-00998"),
        (ColumnType.PATENT, "특허 제10 – 1234567 호", "10-1234567"),
        (ColumnType.PATENT, "10-1234567-0000", "10-1234567"),
        (ColumnType.PATENT, "제10-223666 8호", "10-2236668"),
        (ColumnType.ITEM_CODE, "43211503-01", "4321150301"),
        (ColumnType.PRODUCT_CODE, "43211503-24001234", "24001234"),
        (ColumnType.NUMBER, "TRL 8단계", "8"),
        (ColumnType.PERCENT, "12.50 %", "12.5"),
    ],
)
def test_numbers_get_one_form(kind: ColumnType, text: str, value: str) -> None:
    assert values(kind, text) == [value]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param(ColumnType.PATENT, "10-2023-0012345", id="application for a patent"),
        pytest.param(ColumnType.NUMBER, "7~9단계", id="bounds of the form"),
        pytest.param(ColumnType.ITEM_CODE, "010-0000-0000", id="telephone"),
        pytest.param(ColumnType.PERCENT, "35개", id="count"),
    ],
)
def test_what_only_looks_like_the_number_is_left_out(kind: ColumnType, text: str) -> None:
    assert values(kind, text) == []


def test_a_wrong_check_digit_is_flagged_and_not_hidden() -> None:
    found = read_values(column(ColumnType.BUSINESS_NUMBER), "124-81-00999")
    assert [(one.value, one.flag) for one in found] == [("124-81-00999", "checksum")]
    assert is_business_number("1248100998")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☑ 해당 □ 해당 없음", ["해당"]),
        ("□ 해당 ☑ 해당 없음", ["해당 없음"]),
        ("해당( ) 해당 없음(○)", ["해당 없음"]),
        ("[ ] 해당 [√] 해당 없음", ["해당 없음"]),
        ("□ 해당 □ 해당 없음", []),
        ("해당 / 해당 없음", []),
        ("예", ["해당"]),
    ],
)
def test_a_choice_is_what_is_ticked(text: str, expected: list[str]) -> None:
    assert values(ColumnType.CHOICE, text) == expected


@pytest.mark.parametrize("text", ["-", "해당 없음", "N/A", "추후 협의", "※ 50자로 작성", "1부"])
def test_words_that_say_nothing_are_no_value(text: str) -> None:
    assert values(ColumnType.TEXT, text) == []


def test_a_list_is_parted_outside_brackets_only() -> None:
    text = "NEP, GS인증(1등급, 2024)\n2) 성능인증 등"
    assert values(ColumnType.TEXT, text, many=True) == ["NEP", "GS인증(1등급, 2024)", "성능인증"]


def test_the_bullets_of_a_passage_are_values_of_their_own() -> None:
    text = "- 오차를 줄임\n- 전지로 삼 년을 씀"
    assert values(ColumnType.PASSAGE, text, many=True) == ["오차를 줄임", "전지로 삼 년을 씀"]


@given(text=st.text(max_size=60), kind=st.sampled_from(TYPES), many=st.booleans())
def test_a_value_is_read_off_the_words_where_it_says_it_stands(
    text: str, kind: ColumnType, many: bool
) -> None:
    for one in read_values(column(kind, many=many), text, unit="천원"):
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()


@given(won=st.integers(min_value=10_000, max_value=10**12))
def test_an_amount_written_out_comes_back(won: int) -> None:
    assert [one.value for one in read_won(f"단가 {won:,}원")] == [str(won)]


@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_written_out_comes_back(day: date) -> None:
    text = f"{day.year}. {day.month}. {day.day}."
    assert [one.value for one in read_dates(text)] == [day.isoformat()]


@given(text=st.text(max_size=80))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
