"""Everything that can be computed of a pilot, from its record alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import PilotRecord
from assistant.figures.axes import GrowthAxis, RelevanceAxis, growth_axis, relevance_axis
from assistant.figures.care import Care, care
from assistant.figures.effects import Effects, compare_effects
from assistant.figures.evaluation import AiEvaluation, evaluate
from assistant.figures.figure import Figure
from assistant.figures.items import Fulfilment, fulfilment
from assistant.figures.money import Money, money
from assistant.figures.score import SatisfactionScore, satisfaction_score
from assistant.figures.surveys import SurveyFigures, survey_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFigures:
    """The figures of one pilot; `ai` is None for a product without an AI evaluation."""

    fulfilment: Fulfilment
    score: SatisfactionScore
    effects: Effects
    surveys: tuple[SurveyFigures, ...]
    money: Money
    growth: GrowthAxis
    relevance: RelevanceAxis
    care: Care
    ai: AiEvaluation | None

    def __iter__(self) -> Iterator[Figure]:
        """Yield every figure once, in the order of the report."""
        yield self.fulfilment.rate
        yield from (part.points for part in self.score.parts)
        yield self.score.total
        for effect in self.effects.comparisons:
            yield from (effect.actual, effect.rate)
        yield self.effects.mean
        for survey in self.surveys:
            yield survey.response
            for question in survey.questions:
                yield from (question.mean, question.spread, question.favourable)
        yield from (*self.money.lines, self.money.goods, self.money.total, self.money.cost_share)
        yield from (row.rate for row in self.growth.rows)
        yield from self.relevance.figures
        yield from self.care.figures
        if self.ai is not None:
            yield from (*self.ai.part_means, self.ai.mean)


def compute_figures(record: PilotRecord) -> PilotFigures:
    """Return all figures of a pilot; what the record lacks is 자료 없음 in them."""
    outcome = fulfilment(record.items, record.measurements)
    effects = compare_effects(record.plan.effects, record.effect_results)
    return PilotFigures(
        fulfilment=outcome,
        score=satisfaction_score(outcome, record.gradings),
        effects=effects,
        surveys=tuple(survey_figures(each, n) for n, each in enumerate(record.surveys, start=1)),
        money=money(record.plan, record.acquisition),
        growth=growth_axis(record.growth),
        relevance=relevance_axis(outcome, effects, record.purchases),
        care=care(record.care),
        ai=evaluate(record.judge_scores) if record.judge_scores else None,
    )
