"""The innovation evaluation of an AI product: 40/40/20 points, trimmed mean, pass line of 70."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import JudgeScore
from assistant.figures.figure import Figure, FigureInput, known, plain, shown, total

PASS_LINE = Decimal(70)
QUORUM = 5
_FEWEST = 3  # the best and the worst are left out, one must remain
# part of the evaluation -> criteria (fields of JudgeScore), with what each grade is worth
_TWENTY, _FIFTEEN, _TEN = (20, 16, 8, 4), (15, 12, 8, 4), (10, 8, 4, 2)
CRITERIA: dict[str, tuple[int, ...]] = {
    "novelty": _TWENTY,
    "excellence": _TWENTY,
    "data_fitness": _FIFTEEN,
    "performance": _FIFTEEN,
    "contribution": _TEN,
    "market_size": _TEN,
    "market_effect": _TEN,
}
_PARTS = (
    ("혁신적합성", 40, ("novelty", "excellence")),
    ("AI 모델 적합성", 40, ("data_fitness", "performance", "contribution")),
    ("시장성", 20, ("market_size", "market_effect")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeTotal:
    """One judge's points: the three parts and their sum; None where a criterion is missing."""

    judge: str
    parts: tuple[Decimal | None, ...]
    total: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AiEvaluation:
    """The judges' totals and their trimmed mean; `mean.is_within` says whether it reaches 70.

    `part_means` are plain means of the three parts over all judges, in the order of the form.
    """

    judges: tuple[JudgeTotal, ...]
    part_means: tuple[Figure, ...]
    mean: Figure


def evaluate(scores: Sequence[JudgeScore]) -> AiEvaluation:
    """Return the evaluation (운영규정 제14조제4항): the best and the worst total are left out.

    >>> def judge(name, first):
    ...     return JudgeScore(
    ...         judge=name, novelty=Decimal(first), excellence=Decimal(16),
    ...         data_fitness=Decimal(12), performance=Decimal(12), contribution=Decimal(8),
    ...         market_size=Decimal(8), market_effect=Decimal(4))
    >>> found = evaluate([judge("가", 20), judge("나", 16), judge("다", 8), judge("라", 4),
    ...                   judge("마", 16)])
    >>> found.mean.text, found.mean.working, found.mean.is_within
    ('73.33점', '(68 + 76 + 76) ÷ 3 = 73.33', True)
    """
    judges = tuple(_judge(each) for each in scores)
    return AiEvaluation(
        judges=judges,
        part_means=tuple(_part_mean(n, judges) for n in range(len(_PARTS))),
        mean=_trimmed(judges),
    )


def _judge(score: JudgeScore) -> JudgeTotal:
    parts = tuple(total(known(getattr(score, c)) for c in names) for _, _, names in _PARTS)
    return JudgeTotal(judge=score.judge, parts=parts, total=total(parts))


def _part_mean(index: int, judges: Sequence[JudgeTotal]) -> Figure:
    name, maximum, _ = _PARTS[index]
    figure = Figure(
        figure_id=f"ai.part[{index + 1}]", name=f"{name}({maximum}점)", unit="점",
        formula="위원 점수의 합 ÷ 위원 수", note="빠진 점수가 있습니다.",
    )  # fmt: skip
    points = total(judge.parts[index] for judge in judges)
    if points is None or not judges:
        return figure
    value = points / len(judges)
    working = f"{plain(points)} ÷ {len(judges)} = {shown(value, 2)}"
    return replace(figure, value=value, text=f"{shown(value, 2)}점", working=working, note="")


def _trimmed(judges: Sequence[JudgeTotal]) -> Figure:
    figure = Figure(
        figure_id="ai.mean",
        name="혁신성 평가 점수",
        unit="점",
        formula="최고ㆍ최저 점수를 하나씩 뺀 위원 점수의 평균",
        inputs=tuple(
            FigureInput(
                label=judge.judge,
                text="자료 없음" if judge.total is None else f"{plain(judge.total)}점",
                place=f"judge_scores[{number}]",
            )
            for number, judge in enumerate(judges, start=1)
        ),
        limit=PASS_LINE,
    )
    totals = sorted(judge.total for judge in judges if judge.total is not None)
    if len(totals) < len(judges):
        return replace(figure, note="빠진 점수가 있는 위원이 있습니다.")
    if len(totals) < _FEWEST:
        return replace(figure, note="위원이 셋 이상이어야 최고ㆍ최저를 뺄 수 있습니다.")
    kept = totals[1:-1]
    value = sum(kept, Decimal(0)) / len(kept)
    mean = shown(value, 2, limit=PASS_LINE)
    return replace(
        figure,
        value=value,
        text=f"{mean}점",
        working=f"({' + '.join(plain(each) for each in kept)}) ÷ {len(kept)} = {mean}",
        is_within=value >= PASS_LINE,
        note="" if len(totals) >= QUORUM else f"위원이 {QUORUM}명보다 적습니다.",
    )
