"""The satisfaction score of the completion report: 100 points in five parts (별지 11, 5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import GradeStep, Gradings
from assistant.figures.figure import Figure, FigureInput, plain, rounded, total
from assistant.figures.items import Fulfilment

FULFILMENT_POINTS = 40
_STEPS = tuple(GradeStep)
_OF_TWENTY = dict(zip(_STEPS, (20, 16, 12, 8), strict=True))
_OF_TEN = dict(zip(_STEPS, (10, 8, 6, 4), strict=True))
# field of Gradings, name on the form, points of its steps
_SCALES = (
    ("efficiency", "② 업무효율 개선도", _OF_TWENTY),
    ("users", "③ 이용자ㆍ고객만족도", _OF_TWENTY),
    ("safety", "④ 안전성", _OF_TEN),
    ("recommendation", "⑤ 추천의사", _OF_TEN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One part of the score: its points of `maximum`, and the reason given for a graded scale."""

    part_id: str
    maximum: int
    points: Figure
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SatisfactionScore:
    """The five parts in the order of the form, and their sum."""

    parts: tuple[ScorePart, ...]
    total: Figure


def satisfaction_score(fulfilment: Fulfilment, gradings: Gradings) -> SatisfactionScore:
    """Return the score; the first part is rounded to one digit, as the form adds what it shows.

    >>> from assistant.domain import Measurement, PerformanceItem
    >>> from assistant.figures.items import fulfilment
    >>> plan = [PerformanceItem(number=n, name="", target=Decimal(1)) for n in range(1, 8)]
    >>> taken = [Measurement(item_number=n, value=Decimal(n > 1)) for n in range(1, 8)]
    >>> steps = Gradings(
    ...     efficiency=GradeStep.SECOND, users=GradeStep.SECOND,
    ...     safety=GradeStep.FIRST, recommendation=GradeStep.SECOND,
    ... )
    >>> score = satisfaction_score(fulfilment(plan, taken), steps)
    >>> score.parts[0].points.working, score.total.text
    ('40 × 6 ÷ 7 = 34.3', '84.3점')
    """
    parts = (_fulfilment_part(fulfilment), *_graded_parts(gradings))
    return SatisfactionScore(parts=parts, total=_total(parts))


def _fulfilment_part(fulfilment: Fulfilment) -> ScorePart:
    figure = Figure(
        figure_id="score.fulfilment",
        name="① 항목 충족률",
        unit="점",
        formula="40 × 충족 항목 수 ÷ 전체 항목 수",
        inputs=fulfilment.rate.inputs,
        note=fulfilment.rate.note,
    )
    if not fulfilment.rate.is_missing:
        exact = Decimal(FULFILMENT_POINTS) * fulfilment.met / fulfilment.total
        points = rounded(exact, 1)
        figure = replace(
            figure,
            value=points,
            text=f"{plain(points)}점",
            working=f"40 × {fulfilment.met} ÷ {fulfilment.total} = {plain(points)}",
        )
    return ScorePart(part_id="fulfilment", maximum=FULFILMENT_POINTS, points=figure)


def _graded_parts(gradings: Gradings) -> tuple[ScorePart, ...]:
    return tuple(
        ScorePart(
            part_id=name,
            maximum=points[GradeStep.FIRST],
            points=_graded(name, label, points, getattr(gradings, name)),
            reason=getattr(gradings, f"{name}_reason"),
        )
        for name, label, points in _SCALES
    )


def _graded(name: str, label: str, points: dict[GradeStep, int], step: GradeStep | None) -> Figure:
    steps = ", ".join(str(each) for each in points.values())
    place = f"gradings.{name}"
    figure = Figure(
        figure_id=f"score.{name}", name=label, unit="점", formula=f"네 단계 {steps} 가운데"
    )
    if step is None:
        return replace(figure, note="단계를 고르지 않았습니다.")
    position = f"{_STEPS.index(step) + 1}단계"
    return replace(
        figure,
        value=Decimal(points[step]),
        text=f"{points[step]}점",
        working=f"{position} = {points[step]}",
        inputs=(FigureInput(label="고른 단계", text=position, place=place),),
    )


def _total(parts: tuple[ScorePart, ...]) -> Figure:
    figure = Figure(
        figure_id="score.total", name="성능 만족도", unit="점", formula="① + ② + ③ + ④ + ⑤",
        inputs=tuple(
            FigureInput(label=part.points.name, text=part.points.text, place=part.points.figure_id)
            for part in parts
        ),
    )  # fmt: skip
    value = total(part.points.value for part in parts)
    if value is None:
        missing = ", ".join(part.points.name for part in parts if part.points.is_missing)
        return replace(figure, note=f"빠진 것: {missing}")
    shown = [plain(part.points.value) for part in parts if part.points.value is not None]
    return replace(
        figure,
        value=value,
        text=f"{plain(value)}점",
        working=f"{' + '.join(shown)} = {plain(value)}",
        note=parts[0].points.note,
    )
