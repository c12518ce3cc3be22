"""The checks as a whole: order, scope, articles, and no crash on whatever a record holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import (
    Acquisition,
    Direction,
    Measurement,
    Opinion,
    PerformanceItem,
    PilotEvent,
    PilotPlan,
    PilotRecord,
    PriceLine,
)
from assistant.domain import EventKind as Kind
from assistant.pilots import Severity, assess, examine, second_chance, validate
from evals.pilots import load_pilot_cases
from tests.assistant.pilots.records import EMPTY, noon

CASES = load_pilot_cases()
TODAY = date(2026, 11, 23)
NUMBERS = st.none() | st.decimals("-1000", "1000", places=2, allow_nan=False)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
RECORDS = st.builds(
    replace,
    st.just(EMPTY),
    acquisition=st.sampled_from(Acquisition),
    plan=st.builds(
        PilotPlan,
        starts_on=st.none() | DAYS,
        ends_on=st.none() | DAYS,
        goods_won=st.none() | st.integers(0, 10**9),
        pilot_cost_won=st.none() | st.integers(0, 10**9),
        price_lines=st.lists(
            st.builds(
                PriceLine,
                name=st.just("줄"),
                unit_price_won=st.none() | st.integers(0, 10**8),
                quantity=NUMBERS,
                months=st.none() | st.integers(0, 48),
                amount_won=st.none() | st.integers(0, 10**9),
            ),
            max_size=3,
        ).map(tuple),
    ),
    items=st.lists(
        st.builds(
            PerformanceItem,
            number=st.integers(1, 4),
            name=st.sampled_from(["감지율", "응답 시간", "오경보"]),
            target=NUMBERS,
            target_high=NUMBERS,
            direction=st.sampled_from(Direction),
            unit=st.sampled_from(["", "%", "초"]),
            is_required=st.booleans(),
        ),
        max_size=4,
    ).map(tuple),
    measurements=st.lists(
        st.builds(
            Measurement,
            item_number=st.integers(1, 5),
            value=NUMBERS,
            is_fit=st.none() | st.booleans(),
        ),
        max_size=5,
    ).map(tuple),
    events=st.lists(st.builds(PilotEvent, kind=st.sampled_from(Kind), on=DAYS), max_size=8).map(
        tuple
    ),
)


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.text(max_size=60))
def test_whatever_a_record_holds_the_checks_come_to_an_end(pilot: PilotRecord, text: str) -> None:
    examined = examine(pilot, now=noon(TODAY))
    findings = validate(examined, opinions=[Opinion(section="overall", text=text)], for_report=True)
    assert all(finding.text and finding.advice and finding.place for finding in findings)
    assert assess(examined).text
    second_chance(examined)


@settings(max_examples=40, deadline=None)
@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_finding(pilot: PilotRecord, random: object) -> None:
    numbers = [item.number for item in pilot.items]
    if len(set(numbers)) < len(numbers):
        return
    rows, events = list(pilot.items), list(pilot.events)
    random.shuffle(rows)  # type: ignore[attr-defined]  # a random.Random
    random.shuffle(events)  # type: ignore[attr-defined]  # a random.Random
    turned = replace(pilot, items=tuple(rows), events=tuple(events))
    one, other = (
        {(each.code, each.place) for each in validate(examine(p, now=noon(TODAY)))}
        for p in (pilot, turned)
    )
    assert one == other


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_findings_that_must_be_put_right_come_first(case: object) -> None:
    found = validate(examine(case.record, now=case.now))  # type: ignore[attr-defined]  # a PilotCase
    weights = [finding.severity is Severity.LOOK for finding in found]
    assert weights == sorted(weights)


def test_results_are_not_asked_for_before_the_end() -> None:
    running = next(case for case in CASES if case.case_id == "running")
    examined = examine(running.record, now=running.now)
    assert validate(examined) == ()
    assert "measurement_missing" in {f.code for f in validate(examined, for_report=True)}


def test_every_article_of_a_finding_is_in_the_rules_of_pilots() -> None:
    laws = {"혁신제품 구매 운영 규정", "혁신제품 시범구매계약 추가특수조건"}
    for case in CASES:
        for fault in case.faults:
            for finding in validate(examine(fault.record, now=case.now)):
                assert finding.article is None or finding.article.law in laws


def test_a_measurement_with_fewer_digits_in_the_report_is_the_same() -> None:
    case = next(case for case in CASES if case.case_id == "good")
    taken = list(case.record.measurements)
    taken[0] = replace(taken[0], value=Decimal("34.52"))
    pilot = replace(case.record, measurements=tuple(taken))
    codes = {finding.code for finding in validate(examine(pilot, now=case.now))}
    assert "report_value_differs" not in codes
