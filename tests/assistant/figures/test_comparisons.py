"""Effects, surveys, the AI evaluation, money, growth and lateness: hand-worked values and gaps."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import (
    Acquisition,
    EffectResult,
    ExpectedEffect,
    Growth,
    GrowthFigure,
    JudgeScore,
    PilotPlan,
    PlannedPurchase,
    PriceLine,
    ScaleCount,
    Survey,
    SurveyQuestion,
)
from assistant.figures import (
    compare_effects,
    evaluate,
    fulfilment,
    growth_axis,
    lateness,
    money,
    relevance_axis,
    survey_figures,
)
from assistant.figures.figure import shown

TODAY = date(2026, 11, 23)


def effect(number: int = 1, amount: str | None = "3", down: bool | None = True) -> ExpectedEffect:
    size = None if amount is None else Decimal(amount)
    return ExpectedEffect(number=number, text="효과", amount=size, unit="일", is_decrease=down)


def came(number: int = 1, **values: str) -> EffectResult:
    return EffectResult(number=number, **{name: Decimal(value) for name, value in values.items()})  # type: ignore[arg-type]  # named by the tests


def judge(points: str, name: str = "위원") -> JudgeScore:
    """Return a judge whose total is `points`, all above the six other criteria in the first."""
    fixed = {
        "excellence": 16, "data_fitness": 12, "performance": 12, "contribution": 8,
        "market_size": 8, "market_effect": 4,
    }  # fmt: skip
    rest = {key: Decimal(value) for key, value in fixed.items()}
    return JudgeScore(judge=name, novelty=Decimal(points) - 60, **rest)


# -- effects ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "result", "rate"),
    [
        pytest.param(effect(), came(amount="2.4"), "80.0%", id="amount"),
        pytest.param(effect(), came(before="5.0", after="2.6"), "80.0%", id="less is better"),
        pytest.param(
            effect(down=False), came(before="2", after="5"), "100.0%", id="more is better"
        ),
        pytest.param(effect(), came(before="5", after="6"), "-33.3%", id="it got worse"),
        pytest.param(effect(amount="95"), came(amount="110"), "115.8%", id="beyond the plan"),
        pytest.param(effect(amount="16"), came(amount="11"), "68.8%", id="half up"),
        pytest.param(effect(), came(amount="0"), "0.0%", id="nothing came of it"),
    ],
)
def test_plan_and_outcome(expected: ExpectedEffect, result: EffectResult, rate: str) -> None:
    assert compare_effects([expected], [result]).comparisons[0].rate.text == rate


@pytest.mark.parametrize(
    ("expected", "result", "note"),
    [
        pytest.param(effect(), None, "실제 성과를 적지 않았습니다.", id="no outcome"),
        pytest.param(effect(), came(before="5"), "도입 전과 후 가운데 하나가 없습니다.", id="half"),
        pytest.param(
            effect(down=None),
            came(before="5", after="2"),
            "줄이는 효과인지 늘리는 효과인지 알 수 없습니다.",
            id="no direction",
        ),
        pytest.param(
            effect(amount=None), came(amount="2"), "기대효과를 수로 적지 않았습니다.", id="no size"
        ),
    ],
)
def test_a_gap_reads_as_a_gap(
    expected: ExpectedEffect, result: EffectResult | None, note: str
) -> None:
    rate = compare_effects([expected], [result] if result else []).comparisons[0].rate
    assert (rate.value, rate.text, rate.note) == (None, "자료 없음", note)


def test_one_large_effect_does_not_hide_a_failed_one() -> None:
    found = compare_effects([effect(1), effect(2)], [came(1, amount="30"), came(2, amount="0")])
    assert found.mean.text == "50.0%"


# -- surveys ----------------------------------------------------------------------------------


def test_a_survey_without_answers_has_no_mean() -> None:
    question = SurveyQuestion(number=1, text="좋습니까?")
    found = survey_figures(Survey(name="설문", questions=(question,), asked=0, answered=0))
    assert found.response.value is None
    assert found.questions[0].mean.text == found.questions[0].spread.text == "자료 없음"


def test_one_answer_has_a_mean_and_no_spread() -> None:
    question = SurveyQuestion(number=1, text="", counts=(ScaleCount(score=4, people=1),))
    found = survey_figures(Survey(name="설문", questions=(question,))).questions[0]
    assert (found.mean.value, found.spread.value) == (Decimal(4), None)


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 500), min_size=1))
def test_a_mean_lies_within_the_scale_and_no_order_changes_it(people: dict[int, int]) -> None:
    counts = [ScaleCount(score=score, people=number) for score, number in people.items()]
    question = SurveyQuestion(number=1, text="", counts=tuple(counts))
    turned = SurveyQuestion(number=1, text="", counts=tuple(reversed(counts)))
    one, other = (
        survey_figures(Survey(name="", questions=(each,))).questions[0]
        for each in (question, turned)
    )
    assert one.mean == other.mean
    assert one.mean.value is None or 1 <= one.mean.value <= 5


# -- the AI evaluation ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("totals", "mean", "passes"),
    [
        pytest.param(["70", "70", "70", "70", "70"], "70.00점", True, id="on the line"),
        pytest.param(["80", "68", "72", "60", "70"], "70.00점", True, id="one of each left out"),
        pytest.param(["80", "80", "60", "60", "69.99"], "69.997점", False, id="never rounded up"),
        pytest.param(["80", "80", "70", "70", "70"], "73.33점", True, id="only one of two highest"),
    ],
)
def test_the_best_and_the_worst_are_left_out_once(
    totals: list[str], mean: str, passes: bool
) -> None:
    found = evaluate([judge(points) for points in totals]).mean
    assert (found.text, found.is_within) == (mean, passes)


def test_two_judges_are_too_few_and_four_are_below_the_quorum() -> None:
    assert evaluate([judge("70"), judge("70")]).mean.value is None
    assert evaluate([judge("70")] * 4).mean.note == "위원이 5명보다 적습니다."


def test_a_judge_with_a_gap_leaves_the_mean_open() -> None:
    gap = JudgeScore(judge="라", novelty=Decimal(20))
    found = evaluate([judge("70"), judge("70"), judge("70"), gap])
    assert found.mean.text == "자료 없음"
    assert found.judges[-1].total is None


# -- money ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cost", "text", "within"),
    [
        (15_000_000, "15.0%", True),
        (15_000_001, "15.000001%", False),
        (15_100_000, "15.1%", False),
        (0, "0.0%", True),
    ],
)
def test_the_share_of_the_cost_is_held_against_15_percent(
    cost: int, text: str, within: bool
) -> None:
    plan = PilotPlan(goods_won=100_000_000, pilot_cost_won=cost)
    found = money(plan, Acquisition.PURCHASE).cost_share
    assert (found.text, found.is_within) == (text, within)


def test_a_lease_counts_the_months() -> None:
    line = PriceLine(name="좌석", unit_price_won=88_000, quantity=Decimal(20), months=12)
    found = money(PilotPlan(price_lines=(line,)), Acquisition.LEASE)
    assert found.goods.text == "21,120,000원"
    assert found.lines[0].working == "88,000원 × 20 × 12개월 = 21,120,000원"


def test_months_of_a_purchase_are_not_counted() -> None:
    line = PriceLine(name="좌석", unit_price_won=88_000, quantity=Decimal(20), months=12)
    found = money(PilotPlan(price_lines=(line,)), Acquisition.PURCHASE)
    assert found.goods.value == 1_760_000


# -- the two axes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (21, 26, "21명에서 23.8% 늘어남"),
        (26, 21, "26명에서 19.2% 줄어듦"),
        (21, 21, "변화 없음"),
        (0, 0, "변화 없음"),
        (0, 3, "없음에서 처음 발생"),
        (None, 3, "자료 없음"),
        (3, None, "자료 없음"),
    ],
)
def test_growth_in_words(before: int | None, after: int | None, words: str) -> None:
    found = growth_axis(Growth(jobs=GrowthFigure(before=before, after=after)))
    assert found.rows[1].change_text == words


def test_missing_growth_is_no_zero() -> None:
    found = growth_axis(Growth())
    assert found.known == 0
    assert {row.after_text for row in found.rows} == {"자료 없음"}
    assert found.headline.value is None


def test_no_purchases_planned_is_zero_and_not_asked_is_a_gap() -> None:
    nothing = fulfilment([], [])
    none_planned = relevance_axis(nothing, compare_effects([], []), ())
    not_asked = relevance_axis(nothing, compare_effects([], []), None)
    assert (none_planned.institutions.text, none_planned.amount.text) == ("0개 기관", "0원")
    assert not_asked.institutions.text == not_asked.amount.text == "자료 없음"


def test_an_institution_that_buys_twice_is_one_institution() -> None:
    plans = [PlannedPurchase(institution="가상시", amount_won=n) for n in (100, 200)]
    found = relevance_axis(fulfilment([], []), compare_effects([], []), plans)
    assert (found.institutions.value, found.amount.text) == (1, "300원")


# -- time and rounding ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "done", "text"),
    [
        (date(2026, 9, 28), date(2026, 9, 28), "기한 안"),
        (date(2026, 9, 28), date(2026, 9, 29), "1일 늦음"),
        (date(2026, 11, 20), None, "3일 지남"),
        (date(2026, 11, 23), None, "기한 전"),
        (None, date(2026, 9, 29), "자료 없음"),
    ],
)
def test_lateness(due: date | None, done: date | None, text: str) -> None:
    assert lateness("x", "보고서", due_on=due, done_on=done, today=TODAY).text == text


@given(st.decimals("0", "100", places=6), st.integers(0, 3), st.integers(0, 100))
def test_rounding_never_crosses_a_line(value: Decimal, digits: int, line: int) -> None:
    limit = Decimal(line)
    seen = Decimal(shown(value, digits, limit=limit))
    assert (seen >= limit, seen > limit) == (value >= limit, value > limit)
