"""Opinions held to the figures: what contradicts them is found, what agrees is left alone."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.domain import (
    Direction,
    Measurement,
    Opinion,
    PerformanceItem,
    PilotEvent,
    PilotPlan,
    PilotRecord,
)
from assistant.domain import EventKind as Kind
from assistant.domain import Verdict as Decided
from assistant.pilots import PilotFinding, examine
from assistant.pilots.opinion_checks import check_opinions
from tests.assistant.pilots.records import EMPTY, noon

ITEMS = (
    ("초안 작성 시간 단축률", "41.2", "30", Direction.AT_LEAST, "%", True),
    ("법령 인용 정확도", "96.5", "95", Direction.AT_LEAST, "%", True),
    ("응답시간(동시 50명)", "2.4", "3.0", Direction.AT_MOST, "초", False),
    ("담당자 만족도(5점)", "3.7", "4.0", Direction.AT_LEAST, "점", False),
    ("오류 건수", "12", "10", Direction.AT_MOST, "건", True),
)
PILOT: PilotRecord = replace(
    EMPTY,
    plan=PilotPlan(starts_on=date(2026, 4, 1), ends_on=date(2026, 10, 30)),
    items=tuple(
        PerformanceItem(
            number=number, name=name, target=Decimal(target), direction=direction, unit=unit,
            is_required=required,
        )
        for number, (name, _, target, direction, unit, required) in enumerate(ITEMS, start=1)
    ),
    measurements=tuple(
        Measurement(item_number=number, value=Decimal(value))
        for number, (_, value, *_) in enumerate(ITEMS, start=1)
    ),
    events=(PilotEvent(kind=Kind.ENDED, on=date(2026, 10, 30)),),
)  # fmt: skip


def found(
    text: str, pilot: PilotRecord = PILOT, evidence: tuple[str, ...] = ()
) -> list[PilotFinding]:
    case = examine(pilot, now=noon(date(2026, 11, 23)))
    return list(check_opinions(case, [Opinion(section="overall", text=text)], evidence))


def codes(text: str, pilot: PilotRecord = PILOT) -> list[str]:
    return [finding.code for finding in found(text, pilot)]


@pytest.mark.parametrize(
    "text",
    [
        "담당자 만족도는 목표를 충족하였습니다.",
        "담당자 만족도 항목도 목표를 달성했다.",
        "초안 작성 시간 단축률과 담당자 만족도가 모두 목표를 충족함.",
        "항목 4는 기준을 넘었습니다.",
        "4번 항목은 목표치를 달성하였다.",
        "오류 건수는 목표를 밑돌아 우수하다.",
        "오류 건수와 응답시간은 기준을 충족합니다.",
        "법령 인용 정확도는 기준에 미달하였다.",
        "응답시간은 목표를 초과하여 아쉽다.",
        "모든 항목을 충족하였다.",
        "전체 성능목표를 달성했습니다.",
        "필수 항목은 모두 충족하였다.",
        "초안 작성 시간 단축률은 충족하였고 담당자 만족도 역시 충족하였다.",
        "법령 인용 정확도는 충족하였으나 응답시간은 충족하지 못하였다.",
    ],
)
def test_a_sentence_that_turns_an_outcome_round_is_found(text: str) -> None:
    assert "opinion_contradicts" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "담당자 만족도는 3.7점으로 목표 4.0점에 미치지 못하였습니다.",
        "담당자 만족도는 목표에 못 미쳤다.",
        "초안 작성 시간 단축률은 41.2%로 목표 30%를 크게 넘었습니다.",
        "응답시간은 2.4초로 목표 3.0초보다 낮아 기준을 충족합니다.",
        "오류 건수는 12건으로 목표 10건을 초과하였다.",
        "오류 건수가 목표를 넘어 미충족이다.",
        "법령 인용 정확도는 충족하였으나 담당자 만족도는 미충족이다.",
        "전체 5개 항목 가운데 3개를 충족하였다.",
        "필수항목 3개 가운데 2개를 충족하고 1개는 충족하지 못하였다.",
        "담당자 만족도를 높이면 목표를 충족할 수 있을 것이다.",
        "담당자 만족도가 목표를 충족하도록 화면을 고친다.",
        "초기에는 응답시간이 목표에 미치지 못하였다.",
        "담당자 만족도를 충족하지 못한 까닭은 글자 크기이다.",
        "충족 여부는 아래 표와 같다.",
        "성공 여부는 혁신시제품평가 심의회가 판정한다.",
        "담당자는 화면이 단순하여 만족한다고 말했다.",
        "응답시간은 약 2초이다.",
        "시범사용은 4. 1.부터 10. 30.까지 하였다.",
        "시범사용은 2026년 10월 30일에 끝났다.",
        "충족률은 60%이다.",
    ],
)
def test_a_sentence_that_agrees_is_left_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "담당자 만족도는 4.1점이다.",
        "업무 시간이 57% 줄었다.",
        "연간 1억 2천만원을 아꼈다.",
        "민원 320건을 처리하였다.",
        "2026. 7. 3. 장애가 있었다.",
        "7. 3.에 장애가 있었다.",
        "담당자 열두 명이 참여하였다.",
        "응답시간은 2.1초이다.",
        "오류가 절반으로 줄었다.",
    ],
)
def test_a_number_that_nothing_carries_is_found(text: str) -> None:
    assert "number_not_carried" in codes(text)


def test_evidence_of_the_pilots_files_carries_its_numbers() -> None:
    text = "민원 320건을 처리하였다."
    assert found(text, evidence=("9월까지 민원 320건 처리",)) == []


def test_a_wrong_result_of_one_item_comes_with_the_right_one() -> None:
    text = "앞 문장이다.\n담당자 만족도는 4.1점으로 목표를 충족하였습니다."
    fix = next(finding.fix for finding in found(text) if finding.fix)
    assert text[fix.start : fix.end] == "4.1점"
    assert fix.replacement == "3.7점"


def test_the_sentence_of_a_finding_is_marked() -> None:
    text = "응답시간은 2.4초이다. 오류 건수는 목표를 충족하였다."
    finding = found(text)[0]
    assert text[finding.start : finding.end] == "오류 건수는 목표를 충족하였다."


def test_the_result_of_another_item_is_noticed() -> None:
    assert codes("법령 인용 정확도는 41.2%이다.") == ["number_of_another"]


def test_an_item_without_a_result_cannot_be_met() -> None:
    pilot = replace(PILOT, measurements=PILOT.measurements[1:])
    text = "초안 작성 시간 단축률은 목표를 충족하였다."
    assert codes(text, pilot) == ["opinion_without_result"]


@pytest.mark.parametrize(
    "text",
    [
        "시범사용 결과는 성공으로 판정되었다.",
        "판정 결과: ‘성공’",
        "심의회는 이 제품을 '보완'으로 판정하였다.",
        "이행불성실로 판정함.",
    ],
)
def test_no_verdict_is_printed_before_the_board_has_decided(text: str) -> None:
    assert codes(text) == ["verdict_printed"]


def test_a_verdict_on_record_may_be_told() -> None:
    judged = PilotEvent(kind=Kind.JUDGED, on=date(2026, 11, 20), verdict=Decided.SUPPLEMENT)
    pilot = replace(PILOT, events=(*PILOT.events, judged))
    assert codes("심의회는 이 제품을 ‘보완’으로 판정하였다.", pilot) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("목표" + "1" * 20_000 + "을 x", id="digits"),
        pytest.param("1. 1. " * 3_000, id="dates"),
        pytest.param("항목 1 " * 3_000, id="items"),
        pytest.param("'성공' " * 3_000, id="quotes"),
        pytest.param("(" * 20_000, id="brackets"),
    ],
)
def test_no_text_makes_the_checks_slow(text: str) -> None:
    started = time.perf_counter()
    found(text)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    ("chosen", "text", "is_found"),
    [
        (False, "다른 시·군에서도 쓸 수 있다고 본다.", True),
        (True, "다른 시·군에서는 쓸 수 없다고 본다.", True),
        (True, "다른 시·군에서도 쓸 수 있다고 본다.", False),
        (None, "다른 시·군에서도 쓸 수 있다고 본다.", False),
    ],
)
def test_an_opinion_on_other_institutions_agrees_with_what_was_chosen(
    chosen: bool | None, text: str, is_found: bool
) -> None:
    pilot = replace(PILOT, usable_elsewhere=chosen)
    opinion = Opinion(section="elsewhere", text=text)
    case = examine(pilot, now=noon(date(2026, 11, 23)))
    codes_of = [each.code for each in check_opinions(case, [opinion])]
    assert ("usable_contradicts" in codes_of) is is_found
