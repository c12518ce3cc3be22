"""The facts that closing a repeated complaint rests on (제23조); whether to close is not said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain import (
    ComplaintKind,
    LawPlace,
    Likeness,
    RepeatFact,
    RepeatFacts,
    SimilarComplaint,
)

_ACT = "민원 처리에 관한 법률"
_FILED_MIN = 3
_TOLD_MIN = 2
_MANY = 5


def repeat_facts(
    kind: ComplaintKind,
    similar: Sequence[SimilarComplaint],
    *,
    least: float = 0.55,
    applicants: int = 1,
) -> RepeatFacts:
    """Return how often the same applicant asked the same, and what was told when.

    Args:
        kind: the kind of the present complaint.
        similar: what resembles it, as `SimilarityIndex.similar` gives it.
        least: the score from which two complaints are counted as alike in content.
        applicants: how many persons signed the present one.
    """
    earlier = sorted(
        (each for each in similar if each.score >= least and _is_of_same(each)),
        key=lambda each: each.received_on,
    )
    told = tuple(sorted(day for each in earlier for day in each.answered_on))
    count = len(earlier) + 1
    return RepeatFacts(
        count=count,
        received_on=tuple(each.received_on for each in earlier),
        answered_on=told,
        earlier_ids=tuple(each.complaint_id for each in earlier),
        facts=tuple(_facts(kind, earlier, len(told), applicants)),
    )


def _is_of_same(each: SimilarComplaint) -> bool:
    return any(reason.kind is Likeness.APPLICANT for reason in each.reasons)


def _facts(
    kind: ComplaintKind, earlier: Sequence[SimilarComplaint], told: int, applicants: int
) -> Iterator[RepeatFact]:
    repeated = LawPlace(law=_ACT, label="제23조제1항")
    count = len(earlier) + 1
    is_covered = kind.is_complaint and kind is not ComplaintKind.STATUTORY
    yield RepeatFact(
        text="법정민원이 아닌 민원입니다."
        if is_covered
        else "법정민원이나 제도 밖의 청구는 종결할 수 없습니다.",
        holds=is_covered,
        basis=repeated,
    )
    yield RepeatFact(
        text=f"같은 민원인이 이번까지 {count}회 냈습니다(3회 이상이어야 합니다).",
        holds=count >= _FILED_MIN,
        basis=repeated,
    )
    yield RepeatFact(
        text=f"처리결과를 {told}회 통지했습니다(2회 이상이어야 합니다).",
        holds=told >= _TOLD_MIN,
        basis=repeated,
    )
    degrees = ", ".join(f"{each.score * 100:.0f}%" for each in earlier) or "없음"
    yield RepeatFact(
        text=f"앞선 민원과 비슷한 정도: {degrees}. 민원의 성격, 앞선 민원과의 유사성, 같은 답변을 "
        "할 수밖에 없는 사정을 함께 보아 정합니다.",
        holds=None,
        basis=LawPlace(law=_ACT, label="제23조제3항"),
    )
    yield RepeatFact(text="정당한 사유가 있는지 확인합니다.", holds=None, basis=repeated)
    if applicants >= _MANY:
        yield RepeatFact(
            text="다수인관련민원이면 민원조정위원회의 심의를 거칩니다.",
            holds=None,
            basis=LawPlace(law=f"{_ACT} 시행령", label="제26조"),
        )
