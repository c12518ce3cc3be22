"""Surveys: rate of return, and per question the mean with its count and spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import ScaleCount, Survey, SurveyQuestion
from assistant.figures.figure import Figure, FigureInput, percent, share, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFigures:
    """What the answers to a question say; `spread` is the standard deviation of the sample."""

    number: int
    text: str
    people: int
    scale_max: int
    mean: Figure
    spread: Figure
    favourable: Figure  # 만족 이상: the two best points of the scale


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFigures:
    """The figures of one survey."""

    name: str
    response: Figure
    questions: tuple[QuestionFigures, ...]


def survey_figures(survey: Survey, index: int = 1) -> SurveyFigures:
    """Return the figures of a survey; `index` is its position in the record, from 1.

    >>> counts = [(5, 66), (4, 41), (3, 9), (2, 3), (1, 1)]
    >>> question = SurveyQuestion(
    ...     number=1, text="불안이 줄었다", counts=tuple(ScaleCount(score=s, people=p)
    ...     for s, p in counts))
    >>> found = survey_figures(Survey(name="상인", questions=(question,), asked=150, answered=120))
    >>> one = found.questions[0]
    >>> one.mean.text, one.people, one.spread.text, one.favourable.text, found.response.text
    ('4.40점', 120, '0.80', '89.2%', '80.0%')
    """
    place = f"surveys[{index}]"
    return SurveyFigures(
        name=survey.name,
        response=_response(survey, place),
        questions=tuple(_question(each, f"{place}.questions[{each.number}]")
                        for each in survey.questions),
    )  # fmt: skip


def mean_of(counts: Sequence[ScaleCount]) -> Decimal | None:
    """Return the mean of the answers, None when nobody answered."""
    people = sum(each.people for each in counts)
    points = sum(each.score * each.people for each in counts)
    return Decimal(points) / people if people > 0 else None


def spread_of(counts: Sequence[ScaleCount]) -> Decimal | None:
    """Return the standard deviation of the sample (n − 1), None for fewer than two answers.

    >>> spread_of([ScaleCount(score=1, people=1), ScaleCount(score=3, people=1)])
    Decimal('1.414213562373095048801688724')
    """
    people = sum(each.people for each in counts)
    mean = mean_of(counts)
    if mean is None or people < 2:
        return None
    squares = sum((each.people * (each.score - mean) ** 2 for each in counts), Decimal(0))
    return (squares / (people - 1)).sqrt()


def _response(survey: Survey, place: str) -> Figure:
    figure = Figure(
        figure_id=f"{place}.response",
        name="응답률",
        unit="%",
        formula="답한 사람 ÷ 물은 사람 × 100",
    )
    if survey.asked is None or survey.answered is None:
        return replace(figure, note="물은 사람이나 답한 사람의 수가 없습니다.")
    value = share(Decimal(survey.answered), Decimal(survey.asked))
    if value is None:
        return replace(figure, note="물은 사람이 없습니다.")
    return replace(
        figure,
        value=value,
        text=percent(value),
        working=f"{survey.answered} ÷ {survey.asked} × 100 = {shown(value)}",
        inputs=(
            FigureInput(label="답한 사람", text=f"{survey.answered}명", place=f"{place}.answered"),
            FigureInput(label="물은 사람", text=f"{survey.asked}명", place=f"{place}.asked"),
        ),
    )


def _question(question: SurveyQuestion, place: str) -> QuestionFigures:
    counts = sorted(question.counts, key=lambda each: -each.score)
    people = sum(each.people for each in counts)
    inputs = tuple(
        FigureInput(label=f"{each.score}점", text=f"{each.people}명", place=f"{place}.counts")
        for each in counts
    )
    return QuestionFigures(
        number=question.number,
        text=question.text,
        people=people,
        scale_max=question.scale_max,
        mean=_mean(counts, people, inputs, place),
        spread=_spread(counts, people, place),
        favourable=_favourable(question, people, inputs, place),
    )


def _mean(
    counts: Sequence[ScaleCount], people: int, inputs: tuple[FigureInput, ...], place: str
) -> Figure:
    figure = Figure(
        figure_id=f"{place}.mean", name="평균", unit="점", formula="Σ(점수 × 사람) ÷ 사람",
        inputs=inputs, note="답이 없습니다.",
    )  # fmt: skip
    value = mean_of(counts)
    if value is None:
        return figure
    points = sum(each.score * each.people for each in counts)
    mean = shown(value, 2)
    return replace(
        figure, value=value, text=f"{mean}점", working=f"{points} ÷ {people} = {mean}", note=""
    )


def _spread(counts: Sequence[ScaleCount], people: int, place: str) -> Figure:
    value = spread_of(counts)
    return Figure(
        figure_id=f"{place}.spread",
        name="표준편차",
        value=value,
        text="자료 없음" if value is None else shown(value, 2),
        formula="√(Σ(점수 − 평균)² ÷ (사람 − 1))",
        working="" if value is None else f"n = {people}, 표준편차 {shown(value, 2)}",
        note="" if value is not None else "두 사람 이상의 답이 있어야 합니다.",
    )


def _favourable(
    question: SurveyQuestion, people: int, inputs: tuple[FigureInput, ...], place: str
) -> Figure:
    figure = Figure(
        figure_id=f"{place}.favourable", name="만족 이상", unit="%",
        formula="위 두 단계에 답한 사람 ÷ 답한 사람 × 100", inputs=inputs, note="답이 없습니다.",
    )  # fmt: skip
    best = sum(c.people for c in question.counts if c.score >= question.scale_max - 1)
    value = share(Decimal(best), Decimal(people))
    if value is None:
        return figure
    working = f"{best} ÷ {people} × 100 = {shown(value)}"
    return replace(figure, value=value, text=percent(value), working=working, note="")
