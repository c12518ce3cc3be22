"""The dates that were counted by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.deadlines import ActKind, StepKind
from assistant.law.references import parse_references
from tests.assistant.deadlines.cases import Case, load

CASES = load()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_due_date_is_the_one_counted_by_hand(case: Case) -> None:
    clock = case.clock()
    found = f"{clock.due_at:%Y-%m-%d %H:%M}" if clock.due_at else clock.due_on.isoformat()
    assert found == case.due, case.why
    assert tuple(finding.code for finding in clock.findings) == case.findings
    assert not case.state or clock.state == case.state


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_working_ends_with_the_date_and_names_an_article_on_every_line(case: Case) -> None:
    clock = case.clock()
    ends = [step for step in clock.working if step.kind is StepKind.DUE]
    assert [step.day for step in ends] == [clock.due_on]
    for step in clock.working:
        assert step.article is not None
        places = parse_references(str(step.article))
        assert [place.label for place in places] == [step.article.article]


@pytest.mark.parametrize("case", [c for c in CASES if c.progress], ids=lambda case: case.id)
def test_progress_notices_fall_on_the_days_counted_by_hand(case: Case) -> None:
    acts = [act for act in case.clock().acts if act.kind is ActKind.PROGRESS_NOTICE]
    assert tuple(act.on.isoformat() for act in acts) == case.progress


def test_the_table_is_large_enough_and_repeats_nothing() -> None:
    assert len(CASES) >= 120
    assert sum(case.kind.startswith(("pilot", "designation")) for case in CASES) >= 38
    assert max(Counter(case.id for case in CASES).values()) == 1
    assert all(case.article and case.why for case in CASES)
