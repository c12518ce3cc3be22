"""The charts of a pilot, drawn from its figures: no number is typed into a picture."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.charts import (
    Axis,
    Bar,
    Chart,
    Pair,
    TargetBar,
    before_after,
    plain_bars,
    target_bars,
)
from assistant.charts import radar as radar_chart
from assistant.figures import PilotFigures, plain

_HUNDRED = Decimal(100)


def checklist_chart(figures: PilotFigures, *, chart_id: str = "checklist") -> Chart:
    """Return the performance items against their targets."""
    bars = [
        TargetBar(
            label=item.name,
            value_text=item.value_text,
            target_text=item.target_text,
            ratio=item.ratio,
            is_met=item.is_met,
            mark="필수" if item.is_required else "",
        )
        for item in figures.fulfilment.items
    ]
    return target_bars("성능 항목별 목표 대비 결과", bars, chart_id=chart_id)


def score_chart(figures: PilotFigures, *, chart_id: str = "score") -> Chart:
    """Return the five parts of the satisfaction score, each as a share of its points."""
    axes = []
    for part in figures.score.parts:
        points = part.points.value
        text = "자료 없음" if points is None else f"{plain(points)}/{part.maximum}점"
        share = None if points is None else points * _HUNDRED / part.maximum
        axes.append(Axis(label=part.points.name, share=share, text=text))
    total = figures.score.total
    told = "성능 만족도" if total.is_missing else f"성능 만족도 {total.text}(100점 만점)"
    return radar_chart(told, axes, chart_id=chart_id)


def effects_chart(figures: PilotFigures, *, chart_id: str = "effects") -> Chart:
    """Return before and after of the expected effects that have both; otherwise their rates."""
    compared = figures.effects.comparisons
    pairs = [
        Pair(
            label=each.text,
            before=each.before,
            after=each.after,
            before_text=f"{plain(each.before)}{each.unit}",
            after_text=f"{plain(each.after)}{each.unit}",
            change_text=f"부합률 {each.rate.text}",
        )
        for each in compared
        if each.before is not None and each.after is not None
    ]
    if pairs and len(pairs) == len(compared):
        return before_after("기대효과: 도입 전과 후", pairs, chart_id=chart_id)
    bars = [Bar(label=each.text, value=each.rate.value, text=each.rate.text) for each in compared]
    most = max([_HUNDRED, *(bar.value for bar in bars if bar.value is not None)])
    return plain_bars("기대효과 부합률", bars, most=most, chart_id=chart_id)


def growth_chart(figures: PilotFigures, *, chart_id: str = "growth") -> Chart:
    """Return the firm's figures before and after; rows without figures say so."""
    rows = figures.growth.rows
    pairs = [
        Pair(
            label=row.name,
            before=_decimal(row.before),
            after=_decimal(row.after),
            before_text=row.before_text,
            after_text=row.after_text,
            change_text=row.change_text,
        )
        for row in rows
    ]
    labels = {(row.before_label, row.after_label) for row in rows if row.before_label}
    names = labels.pop() if len(labels) == 1 else ("이전", "이후")
    return before_after("기업 성장", pairs, names=names, chart_id=chart_id)


def survey_chart(figures: PilotFigures, index: int = 1, *, chart_id: str = "survey") -> Chart:
    """Return the means of a survey's questions, on the scale of the survey; `index` is from 1."""
    survey = figures.surveys[index - 1]
    bars = [
        Bar(label=each.text, value=each.mean.value, text=f"{each.mean.text} (n={each.people})")
        for each in survey.questions
    ]
    most = Decimal(max((each.scale_max for each in survey.questions), default=5))
    name = survey.name or "이용자 설문"
    return plain_bars(f"{name}: 문항별 평균", bars, most=most, chart_id=chart_id)


def portfolio_chart(
    scored: Sequence[tuple[str, PilotFigures]], *, chart_id: str = "portfolio"
) -> Chart:
    """Return the satisfaction scores of many pilots, best first; those without one come last."""
    bars = [
        Bar(label=name, value=figures.score.total.value, text=figures.score.total.text)
        for name, figures in scored
    ]
    ordered = sorted(bars, key=lambda bar: (bar.value is None, -(bar.value or Decimal(0))))
    return plain_bars("성능 만족도(100점 만점)", ordered, most=_HUNDRED, chart_id=chart_id)


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
