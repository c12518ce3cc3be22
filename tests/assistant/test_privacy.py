"""Identifiers with a form of their own are found; numbers of rules and papers are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import find_identifiers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("주민번호 900101-1234567 입니다", "resident_number"),
        ("9001011234567", "resident_number"),
        ("900101 – 1234567", "resident_number"),
        ("외국인 020229-7654321", "resident_number"),
        ("010-1234-5678", "mobile_phone"),
        ("01012345678로 연락", "mobile_phone"),
        ("０１０－１２３４－５６７８", "mobile_phone"),
        ("010\u200b-1234-\u200b5678", "mobile_phone"),
        ("02-123-4567", "phone"),
        ("042) 123-4567", "phone"),
        ("1234-5678-9012-3456", "card"),
        ("hong.gildong@example.go.kr", "email"),
        ("면허 11-90-123456-78", "driver_licence"),
        ("여권번호 M123A4567", "passport"),
        ("계좌는 110-123-456789", "account"),
    ],
)
def test_each_kind_of_identifier_is_found(text: str, kind: str) -> None:
    assert kind in {found.kind for found in find_identifiers(text)}


@pytest.mark.parametrize(
    "text",
    [
        "제12조제3항제1호에 따라 2026-11-23까지 제출",
        "2026. 1. 30. 고시 제2026-12호",
        "추정가격 1억 2,345만원(120,000,000원) 이하",
        "끝난 날부터 7일 이내, 연장은 30일",
        "문서번호 혁신과-1234(2026.3.4.)",
        "점수 60~100점",
        "법령 제21222호",
    ],
)
def test_the_numbers_of_rules_and_papers_are_no_identifiers(text: str) -> None:
    assert find_identifiers(text) == ()


def test_identifiers_come_in_the_order_of_the_text() -> None:
    found = find_identifiers("a@example.kr, 010-1234-5678, 900101-1234567")
    assert [one.kind for one in found] == ["email", "mobile_phone", "resident_number"]


def test_the_place_of_an_identifier_covers_it_whole() -> None:
    text = "연락처 010-1234-5678 이고 끝"
    (found,) = find_identifiers(text)
    assert text[found.start : found.end] == "010-1234-5678"


@given(
    st.dates().filter(lambda day: day.year > 1900),
    st.integers(min_value=0, max_value=9_999_999),
    st.sampled_from(["", "-", " ", " - ", "–"]),
)
def test_any_birthday_with_seven_digits_is_a_resident_number(
    day: object, serial: int, separator: str
) -> None:
    text = f"번호는 {day:%y%m%d}{separator}{serial:07d}이다"
    assert "resident_number" in {found.kind for found in find_identifiers(text)}


@given(st.text())
def test_any_text_can_be_searched(text: str) -> None:
    for found in find_identifiers(text):
        assert found.start < found.end
