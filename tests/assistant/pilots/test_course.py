"""Steps and clocks of pilots: a table counted by hand, and where a pilot stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import yaml

from assistant.deadlines import parse_article
from assistant.domain import Acquisition, PilotPlan, Product
from assistant.pilots import Course, Limit, StepState, calendar_entries, course, step_rules
from tests.assistant.pilots.records import noon, record
from tests.tree import ROOT

CASES = yaml.safe_load((ROOT / "tests" / "data" / "pilot_courses.yaml").read_text("utf-8"))["cases"]
TODAY = date(2026, 11, 23)
TO_THE_END = {
    "matched": date(2026, 1, 26),
    "agreed": date(2026, 2, 12),
    "plan_requested": date(2026, 2, 13),
    "plan_submitted": date(2026, 3, 10),
    "contracted": date(2026, 3, 27),
    "started": date(2026, 4, 1),
    "ended": date(2026, 10, 30),
}


def seen(case: dict[str, Any]) -> Course:
    pilot = record(
        case["events"],
        case.get("verdict", ""),
        acquisition=Acquisition(case.get("acquisition", "purchase")),
        plan=PilotPlan(ends_on=case.get("plan_ends")),
        product=Product(name="가상제품", designated_until=case.get("designated_until")),
    )
    return course(pilot, now=noon(case.get("today") or max(case["events"].values())))


def found(case: dict[str, Any]) -> list[Limit]:
    return [
        limit
        for step in seen(case).steps
        for limit in step.limits
        if limit.clock_kind == case["clock"] and case.get("step", step.step_id) == step.step_id
    ]


@pytest.mark.parametrize(
    "case", [c for c in CASES if not c.get("absent")], ids=lambda case: f"{case['id']}"
)
def test_a_period_ends_on_the_day_counted_by_hand(case: dict[str, Any]) -> None:
    limit = found(case)[case.get("nth", 1) - 1]
    assert limit.due_on == case["due"], case["why"]
    assert (limit.state, limit.days) == (case["state"], case["days"])
    assert limit.article == parse_article(case["article"])
    assert limit.is_planned is case.get("planned", False)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.get("absent")], ids=lambda case: f"{case['id']}"
)
def test_no_period_where_the_rule_gives_none(case: dict[str, Any]) -> None:
    assert found(case) == [], case["why"]


def test_the_table_is_large_enough_and_names_an_article_each() -> None:
    dated = [case for case in CASES if not case.get("absent")]
    assert len(dated) >= 40
    assert all(parse_article(case["article"]) for case in dated)


# -- where a pilot stands ---------------------------------------------------------------------


def test_there_are_nineteen_steps_each_with_an_article() -> None:
    assert [rule.number for rule in step_rules()] == list(range(1, 20))
    assert all(rule.articles for rule in step_rules())


def test_a_pilot_that_has_ended_owes_its_report() -> None:
    stands = course(record(TO_THE_END), now=noon(TODAY))
    assert stands.current is not None
    assert stands.current.step_id == "report"
    assert stands.next_act is not None
    assert stands.next_act.text == "완료보고서 제출: 2026. 11. 30.(월)까지 해야 합니다."
    assert stands.next_act.limit.why == "시범사용 수행 종료일 2026. 10. 30.(금)부터 1개월"


def test_steps_passed_without_a_record_are_named_as_such() -> None:
    stands = course(record({"contracted": date(2026, 3, 27)}), now=noon(TODAY))
    assert stands.step("agreement").state is StepState.UNRECORDED
    assert stands.step("contract").state is StepState.DONE
    assert stands.step("use").state is StepState.CURRENT
    assert stands.step("report").state is StepState.AHEAD


def test_what_is_done_when_needed_is_skipped_without_blame() -> None:
    stands = course(record(TO_THE_END), now=noon(TODAY))
    assert stands.step("check").state is StepState.SKIPPED
    assert stands.step("exclusion").why == "지정되었으므로 해당하지 않습니다."
    checked = course(record({**TO_THE_END, "checked": date(2026, 7, 15)}), now=noon(TODAY))
    assert checked.step("check").state is StepState.DONE


def test_what_is_overdue_comes_before_what_is_to_come() -> None:
    late = course(record(TO_THE_END), now=noon(date(2026, 12, 3)))
    assert late.next_act is not None
    assert late.next_act.text == "완료보고서 제출 기한 2026. 11. 30.(월)에서 3일 지났습니다."
    assert [limit.clock_kind for limit in late.late] == ["pilot_report"]


def test_a_cancelled_pilot_owes_nothing_more() -> None:
    events = {"matched": date(2026, 1, 26), "cancelled": date(2026, 2, 2)}
    stands = course(record(events), now=noon(TODAY))
    assert stands.is_cancelled
    assert (stands.current, stands.next_act, stands.late) == (None, None, ())
    assert stands.step("agreement").why == "2026. 2. 2.(월) 취소되었습니다."
    assert calendar_entries(stands, uid="p1") == ()


def test_what_is_still_to_happen_has_not_happened() -> None:
    pilot = record({**TO_THE_END, "report_submitted": date(2026, 11, 27)})
    assert course(pilot, now=noon(TODAY)).step("report").state is StepState.CURRENT
    assert course(pilot, now=noon(date(2026, 11, 27))).step("report").state is StepState.DONE


@pytest.mark.parametrize(
    ("verdict", "name"),
    [
        ("success", "우수조달물품 신청 자격"),
        ("supplement", "보완과 추가 시범사용"),
        ("insufficient", "추가개발 계획서"),
        ("unfaithful", "부정당업자 제재와 참여 제한"),
    ],
)
def test_the_verdict_decides_what_follows(verdict: str, name: str) -> None:
    events = {**TO_THE_END, "report_submitted": TODAY, "judged": TODAY}
    stands = course(record(events, verdict), now=noon(TODAY))
    assert stands.step("action").name == name


def test_a_verdict_that_was_notified_has_been_given() -> None:
    events = {**TO_THE_END, "report_submitted": TODAY, "verdict_notified": TODAY}
    stands = course(record(events), now=noon(TODAY))
    assert stands.step("verdict").state is StepState.DONE
    assert stands.current is not None
    assert stands.current.step_id == "action"


def test_a_pilot_without_events_begins_at_the_beginning() -> None:
    stands = course(record({}), now=noon(TODAY))
    assert stands.current is not None
    assert stands.current.step_id == "announcement"
    assert stands.next_act is None


def test_ownership_of_a_lease_follows_its_own_article() -> None:
    pilot = replace(record(TO_THE_END), acquisition=Acquisition.LEASE)
    article = course(pilot, now=noon(TODAY)).step("ownership").articles[0]
    assert str(article) == "「혁신제품 구매 운영 규정」 제40조의2제1항"


def test_dates_to_come_go_into_a_calendar_and_tell_nothing_of_people() -> None:
    entries = calendar_entries(
        course(record(TO_THE_END), now=noon(TODAY)), uid="p1", label="2026-001"
    )
    assert [(entry.title, entry.on) for entry in entries] == [
        ("2026-001 완료보고서 제출", date(2026, 11, 30))
    ]
    assert entries[0].uid == "p1-pilot_report-20261030"
