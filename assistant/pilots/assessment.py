"""What the figures suggest, with reasons: a reference for the institution, never a verdict.

Only the board judges (혁신제품 구매 운영 규정 제37조제1항); no word of its verdicts is used here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.figures import PilotFigures
from assistant.pilots.findings import Examined
from assistant.pilots.limits import LimitState
from assistant.pilots.thresholds import Thresholds, default_thresholds

TITLE = "예상 결과(참고)"
DISCLAIMER = "판정은 혁신시제품평가 심의회가 합니다."


class Outlook(StrEnum):
    """What the figures suggest."""

    MEETS = "meets"  # 목표 충족
    PARTLY = "partly"  # 일부 미충족
    SHORT = "short"  # 목표에 크게 못 미침
    OPEN = "open"  # 자료 부족


OUTLOOK_NAMES = {
    Outlook.MEETS: "목표 충족",
    Outlook.PARTLY: "일부 미충족",
    Outlook.SHORT: "목표에 크게 못 미침",
    Outlook.OPEN: "자료 부족",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why; `figure_id` names the figure behind it, `is_favourable` which way it points."""

    text: str
    figure_id: str
    is_favourable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The reference assessment. `text` is what the page shows, with the disclaimer at its end."""

    outlook: Outlook
    name: str
    reasons: tuple[Reason, ...]
    text: str


def assess(case: Examined, thresholds: Thresholds | None = None) -> Assessment:
    """Return what the figures of a pilot suggest, by `thresholds` or those of the case."""
    limits = thresholds or case.thresholds or default_thresholds()
    reasons = tuple(_reasons(case, limits))
    outlook = _outlook(case.figures, limits)
    told = " ".join([*(reason.text for reason in reasons), DISCLAIMER])
    return Assessment(outlook=outlook, name=OUTLOOK_NAMES[outlook], reasons=reasons, text=told)


def _outlook(figures: PilotFigures, limits: Thresholds) -> Outlook:
    outcome, rate = figures.fulfilment, figures.fulfilment.rate.value
    if rate is None or outcome.unmeasured:
        return Outlook.OPEN
    if outcome.required_met == outcome.required and rate >= limits.fulfilment_good:
        return Outlook.MEETS
    return Outlook.SHORT if rate < limits.fulfilment_low else Outlook.PARTLY


def _reasons(case: Examined, limits: Thresholds) -> Iterator[Reason]:
    yield from _items(case.figures)
    score, effects = case.figures.score.total, case.figures.effects.mean
    if score.value is not None:
        good = score.value >= limits.score_good
        side = "이상" if good else "미만"
        text = f"성능 만족도는 {score.text}으로 기준 {limits.score_good}점 {side}입니다."
        yield Reason(text=text, figure_id=score.figure_id, is_favourable=good)
    if effects.value is not None:
        good = effects.value >= limits.effects_good
        side = "이상" if good else "미만"
        text = f"기대효과 부합률 평균은 {effects.text}로 기준 {limits.effects_good}% {side}입니다."
        yield Reason(text=text, figure_id=effects.figure_id, is_favourable=good)
    for limit in case.course.step("report").limits:
        if limit.state in {LimitState.DONE_LATE, LimitState.OVERDUE}:
            text = f"{limit.act}이 기한보다 {limit.days}일 늦었습니다."
            yield Reason(text=text, figure_id=limit.lateness.figure_id, is_favourable=False)


def _items(figures: PilotFigures) -> Iterator[Reason]:
    outcome = figures.fulfilment
    if outcome.rate.is_missing:
        yield Reason(text=outcome.rate.note, figure_id="fulfilment.rate", is_favourable=False)
        return
    left = outcome.required - outcome.required_met
    if outcome.required and not left:
        text = f"필수항목 {outcome.required}개를 모두 충족했습니다."
        yield Reason(text=text, figure_id="fulfilment.rate", is_favourable=True)
    elif left:
        text = f"필수항목 {outcome.required}개 중 {left}개를 충족하지 못했습니다."
        yield Reason(text=text, figure_id="fulfilment.rate", is_favourable=False)
    others = outcome.total - outcome.required
    unmet = others - (outcome.met - outcome.required_met)
    if unmet:
        text = f"선택항목 {others}개 중 {unmet}개를 충족하지 못했습니다."
        yield Reason(text=text, figure_id="fulfilment.rate", is_favourable=False)
    if outcome.unmeasured:
        text = f"측정값이 없는 항목이 {outcome.unmeasured}개 있습니다."
        yield Reason(text=text, figure_id="fulfilment.rate", is_favourable=False)
