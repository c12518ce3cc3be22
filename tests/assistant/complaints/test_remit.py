"""Signs that a point is another body's affair."""

from __future__ import annotations

import pytest

from assistant.complaints import find_points, known_bodies, remit_signs
from assistant.domain import RemitSign


def signs(text: str, *own: str) -> tuple[RemitSign, ...]:
    return remit_signs(text, find_points(text), own=own)


@pytest.mark.parametrize(
    ("text", "body", "word"),
    [
        ("부가세 신고는 언제까지 하나요?", "관할 세무서", "부가세"),
        ("학교폭력 신고는 어디에 하나요?", "관할 교육지원청", "학교폭력"),
        ("월급을 못 받았습니다. 받게 해 주세요.", "지방고용노동관서", "월급을 못 받"),
        ("새싹로에 불법주차가 심합니다. 단속해 주세요.", "관할 시ㆍ군ㆍ구", "불법주차"),
        ("나라장터 등록을 바꾸는 방법을 알려 주세요.", "조달청", "나라장터"),
    ],
)
def test_the_body_is_suggested_with_the_words_that_tell(text: str, body: str, word: str) -> None:
    (sign,) = signs(text)
    assert (sign.point_id, sign.body, sign.signs[0].text) == ("p1", body, word)
    span = sign.signs[0].span
    assert text[span.start : span.end] == word
    assert str(sign.basis) == "「민원 처리에 관한 법률」 제16조제1항"


def test_our_own_affairs_are_no_sign() -> None:
    assert signs("나라장터 등록을 바꾸는 방법을 알려 주세요.", "조달청") == ()


def test_each_point_is_looked_at_alone() -> None:
    found = signs("정보공개 청구 방법을 알려 주세요. 소득세는 언제 내나요?")
    assert [(sign.point_id, sign.body) for sign in found] == [("p2", "관할 세무서")]


def test_a_text_that_speaks_of_nobody_elses_affairs_has_no_sign() -> None:
    assert signs("민원 처리기간은 며칠인가요?") == ()


def test_every_body_is_known_once() -> None:
    assert len(set(known_bodies())) == len(known_bodies()) > 20
