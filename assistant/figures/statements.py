"""Figures as sentences: evidence for what is written about a pilot, carrying its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.figures.axes import GrowthRow
from assistant.figures.effects import EffectComparison, Effects
from assistant.figures.figure import Figure
from assistant.figures.items import Fulfilment, ItemResult, met_words
from assistant.figures.score import SatisfactionScore
from assistant.figures.surveys import QuestionFigures, SurveyFigures
from assistant.figures.whole import PilotFigures
from assistant.text import settle_particles


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence that states figures, with the id of the first of them."""

    figure_id: str
    text: str


def statements(figures: PilotFigures) -> tuple[Statement, ...]:
    """Return what is known, a sentence each; what is missing is not mentioned."""
    return tuple(
        Statement(figure_id=figure_id, text=settle_particles(text))
        for figure_id, text in _all(figures)
    )


def _all(figures: PilotFigures) -> Iterator[tuple[str, str]]:
    for item in figures.fulfilment.items:
        yield f"items[{item.number}]", _item(item)
    yield from _fulfilment(figures.fulfilment)
    yield from _score(figures.score)
    yield from _effects(figures.effects)
    for survey in figures.surveys:
        yield from _survey(survey)
    yield from _money_and_growth(figures)
    if figures.ai is not None:
        yield from _plain(figures.ai.mean, "최고ㆍ최저를 뺀 혁신성 평가 평균은")


def _plain(figure: Figure, name: str) -> Iterator[tuple[str, str]]:
    if not figure.is_missing:
        yield figure.figure_id, f"{name} {figure.text}이다."


def _score(score: SatisfactionScore) -> Iterator[tuple[str, str]]:
    for part in score.parts:
        reason = f"({part.reason})" if part.reason else ""
        if not part.points.is_missing:
            told = f"{part.points.name}은(는) {part.maximum}점 가운데 {part.points.text}"
            yield part.points.figure_id, f"{told}이다{reason}."
    yield from _plain(score.total, "성능 만족도는 100점 가운데")


def _effects(effects: Effects) -> Iterator[tuple[str, str]]:
    for effect in effects.comparisons:
        if not effect.actual.is_missing:
            yield effect.actual.figure_id, _effect(effect)


def _survey(survey: SurveyFigures) -> Iterator[tuple[str, str]]:
    yield from _plain(survey.response, f"{survey.name}의 응답률은")
    for question in survey.questions:
        if not question.mean.is_missing:
            yield question.mean.figure_id, _question(question)


def _money_and_growth(figures: PilotFigures) -> Iterator[tuple[str, str]]:
    yield from _plain(figures.money.cost_share, "시범사용 비용은 물품대의")
    yield from _plain(figures.money.total, "총금액은")
    for row in figures.growth.rows:
        if row.before is not None and row.after is not None:
            yield row.rate.figure_id, _growth(row)
    yield from _plain(figures.relevance.institutions, "추가 구매를 계획한 곳은")
    yield from _plain(figures.relevance.amount, "추가 구매 계획 금액은")


def _item(item: ItemResult) -> str:
    required = "(필수)" if item.is_required else ""
    name = f"항목 {item.number} ‘{item.name}’{required}"
    if item.is_met is None:
        return f"{name}의 목표는 {item.target_text}이고 측정값은 없다."
    return (
        f"{name}의 결과는 {item.value_text}이고 목표는 {item.target_text}이므로 "
        f"{met_words(item.is_met)}이다."
    )


def _fulfilment(fulfilment: Fulfilment) -> Iterator[tuple[str, str]]:
    if fulfilment.rate.is_missing:
        return
    text = (
        f"전체 {fulfilment.total}개 항목 가운데 {fulfilment.met}개를 충족하고 "
        f"{fulfilment.total - fulfilment.met}개를 충족하지 못하여 "
        f"충족률은 {fulfilment.rate.text}이다."
    )
    yield fulfilment.rate.figure_id, text
    if fulfilment.required:
        left = fulfilment.required - fulfilment.required_met
        text = (
            f"필수항목 {fulfilment.required}개 가운데 {fulfilment.required_met}개를 충족하고 "
            f"{left}개를 충족하지 못하였다."
        )
        yield fulfilment.rate.figure_id, text


def _effect(effect: EffectComparison) -> str:
    rate = "" if effect.rate.is_missing else f", 부합률은 {effect.rate.text}"
    told = f"기대효과 ‘{effect.text}’의 기대는 {effect.expected_text}"
    return f"{told}, 실제 성과는 {effect.actual.text}{rate}이다."


def _question(question: QuestionFigures) -> str:
    spread = "" if question.spread.is_missing else f", 표준편차 {question.spread.text}"
    return (
        f"‘{question.text}’의 평균은 {question.scale_max}점 만점에 {question.mean.text}"
        f"(응답 {question.people}명{spread})이고 만족 이상은 {question.favourable.text}이다."
    )


def _growth(row: GrowthRow) -> str:
    before, after = row.before_label or "이전", row.after_label or "이후"
    told = f"기업의 {row.name}은(는) {before} {row.before_text}, {after} {row.after_text}"
    return f"{told}이다({row.change_text})."
