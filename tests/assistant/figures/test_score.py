"""The satisfaction score: hand-worked values, and laws that hold for every pilot."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import GradeStep, Gradings, Measurement, PerformanceItem
from assistant.figures import SatisfactionScore, fulfilment, satisfaction_score

FULL = Gradings(
    efficiency=GradeStep.FIRST,
    users=GradeStep.FIRST,
    safety=GradeStep.FIRST,
    recommendation=GradeStep.FIRST,
)
LOWEST = Gradings(
    efficiency=GradeStep.FOURTH,
    users=GradeStep.FOURTH,
    safety=GradeStep.FOURTH,
    recommendation=GradeStep.FOURTH,
)
STEPS = st.sampled_from(GradeStep)
GRADINGS = st.builds(Gradings, efficiency=STEPS, users=STEPS, safety=STEPS, recommendation=STEPS)
OUTCOMES = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=30).filter(
    lambda outcomes: any(outcome is not None for outcome in outcomes)
)


def scored(outcomes: list[bool | None], gradings: Gradings = FULL) -> SatisfactionScore:
    numbers = range(1, len(outcomes) + 1)
    plan = [PerformanceItem(number=n, name="", target=Decimal(1)) for n in numbers]
    taken = [
        Measurement(item_number=n, value=Decimal(outcome))
        for n, outcome in zip(numbers, outcomes, strict=True)
        if outcome is not None
    ]
    return satisfaction_score(fulfilment(plan, taken), gradings)


@pytest.mark.parametrize(
    ("met", "total", "points"),
    [(5, 5, "40.0"), (6, 7, "34.3"), (4, 6, "26.7"), (1, 3, "13.3"), (2, 3, "26.7"), (0, 4, "0.0")],
)
def test_forty_points_by_the_share_of_items_met(met: int, total: int, points: str) -> None:
    part = scored([True] * met + [False] * (total - met)).parts[0]
    assert part.points.value == Decimal(points)
    assert part.points.text == f"{points}점"


@pytest.mark.parametrize(
    ("gradings", "points"),
    [(FULL, [20, 20, 10, 10]), (LOWEST, [8, 8, 4, 4])],
    ids=["best", "worst"],
)
def test_the_steps_of_the_graded_scales(gradings: Gradings, points: list[int]) -> None:
    assert [part.points.value for part in scored([True], gradings).parts[1:]] == points


def test_a_scale_left_open_leaves_the_sum_open_and_says_which() -> None:
    score = scored([True], replace(FULL, safety=None))
    assert score.total.value is None
    assert (score.total.text, score.total.note) == ("자료 없음", "빠진 것: ④ 안전성")


def test_the_sum_shows_its_working() -> None:
    total = scored([True] * 4 + [False] * 2, LOWEST).total
    assert (total.text, total.working) == ("50.7점", "26.7 + 8 + 8 + 4 + 4 = 50.7")


@given(OUTCOMES, GRADINGS)
def test_a_score_lies_between_0_and_100(outcomes: list[bool | None], gradings: Gradings) -> None:
    value = scored(outcomes, gradings).total.value
    assert value is not None
    assert 24 <= value <= 100


@given(OUTCOMES, GRADINGS, st.data())
def test_meeting_one_more_item_never_lowers_the_score(
    outcomes: list[bool | None], gradings: Gradings, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(outcomes) - 1))
    better = [True if n == at else outcome for n, outcome in enumerate(outcomes)]
    before, after = scored(outcomes, gradings).total.value, scored(better, gradings).total.value
    assert before is not None
    assert after is not None
    assert after >= before


@given(OUTCOMES, GRADINGS, st.randoms())
def test_the_order_of_items_and_measurements_does_not_matter(
    outcomes: list[bool | None], gradings: Gradings, random: object
) -> None:
    shuffled = list(outcomes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert scored(shuffled, gradings).total.value == scored(outcomes, gradings).total.value


@given(OUTCOMES, GRADINGS)
def test_the_sum_is_the_sum_of_the_parts_that_are_shown(
    outcomes: list[bool | None], gradings: Gradings
) -> None:
    score = scored(outcomes, gradings)
    shown = [Decimal(part.points.text.removesuffix("점")) for part in score.parts]
    assert Decimal(score.total.text.removesuffix("점")) == sum(shown)
