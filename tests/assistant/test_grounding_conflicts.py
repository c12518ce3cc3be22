from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import Passage, SourceKind
from assistant.grounding import find_conflicts
from tests.make import make_passage

CORPUS = Path(__file__).parents[2] / "corpus" / "guides"


def make_pair(one: str, other: str, **other_facts: Any) -> list[Passage]:
    facts: dict[str, Any] = {
        "key": "S2",
        "document_id": "doc-2",
        "document_title": "가람일보 기사",
        "kind": SourceKind.NEWS,
    }
    guide = make_passage(key="S1", kind=SourceKind.GUIDE, document_title="안내", text=one)
    return [make_passage(**(facts | other_facts), text=other), guide]


def test_two_sources_that_start_from_different_sums_are_shown_by_rank() -> None:
    conflicts = find_conflicts(
        make_pair(
            "2026년 시험구매 예산은 90억원으로, 2025년 60억원에서 30억원 늘었다.",
            "구청의 2026년 시험구매 예산이 30억원에서 90억원으로 늘어난다고 보도했다.",
        )
    )
    assert [[side.figure for side in c.sides] for c in conflicts] == [["60억원", "30억원"]]
    assert [side.kind for side in conflicts[0].sides] == [SourceKind.GUIDE, SourceKind.NEWS]
    assert "시험구매 예산" in conflicts[0].subject


def test_a_single_figure_that_differs_in_the_same_words_is_a_conflict() -> None:
    conflicts = find_conflicts(
        make_pair(
            "시험기관은 완료보고서를 시험구매 종료일부터 7일 이내에 담당 부서에 제출한다.",
            "시험기관은 완료보고서를 시험구매 종료일부터 10일 이내에 담당 부서에 제출한다.",
            effective_from=date(2027, 1, 1),
        )
    )
    assert [side.figure for side in conflicts[0].sides] == ["7일", "10일"]


@pytest.mark.parametrize(
    ("one", "other", "facts"),
    [
        pytest.param(
            "예산은 30억원에서 90억원으로 는다.", "예산은 9,000백만원으로, 30억원에서 는다.", {},
            id="the same sums spelled otherwise",
        ),
        pytest.param(
            "2025년 시험구매 예산은 30억원에서 60억원으로 늘었다.",
            "2026년 시험구매 예산은 60억원에서 90억원으로 늘었다.", {},
            id="another year",
        ),
        pytest.param(
            "제품 무게는 부속품을 포함하여 12kg이고 전기를 쓰지 않는다.",
            "제품 무게는 부속품을 포함하여 9kg이고 전기를 쓰지 않는다.",
            {"kind": SourceKind.DOSSIER},
            id="another product",
        ),
        pytest.param(
            "계약담당자는 계약보증금을 계약금액의 10% 이상 납부하게 하여야 한다.",
            "계약담당자는 계약보증금을 계약금액의 5% 이하 납부하게 하여야 한다.", {},
            id="another bound",
        ),
        pytest.param(
            "보고서는 7일 이내에 제출한다.", "문서는 3년간 보존하고 폐기한다.", {},
            id="another subject",
        ),
        pytest.param(
            "시험기관은 완료보고서를 종료일부터 7일 이내에 담당 부서에 제출한다.",
            "시험기관은 완료보고서를 종료일부터 10일 이내에 담당 부서에 제출한다.",
            {"document_id": "doc-1"},
            id="one document",
        ),
    ],
)  # fmt: skip
def test_what_does_not_disagree_is_no_conflict(one: str, other: str, facts: dict[str, Any]) -> None:
    assert find_conflicts(make_pair(one, other, **facts)) == ()


def test_parallel_laws_may_have_their_own_figures() -> None:
    text = "계약담당자는 추정가격 {} 이하인 물품을 수의계약으로 구매할 수 있다."
    laws = [
        make_passage(key="S1", kind=SourceKind.DECREE, text=text.format("2천만원")),
        make_passage(
            key="S2",
            document_id="doc-2",
            document_title="다라구 규칙",
            kind=SourceKind.DECREE,
            text=text.format("5천만원"),
        ),
    ]
    assert find_conflicts(laws) == ()


def read_sections(name: str, **facts: Any) -> list[Passage]:
    text = (CORPUS / name).read_text(encoding="utf-8").split("---\n", 2)[2]
    parts = [part.strip() for part in re.split(r"(?m)^(?=#)", text) if part.strip()]
    return [
        make_passage(key=f"{facts['document_id']}{number}", text=part, **facts)
        for number, part in enumerate(parts)
    ]


def test_the_guide_and_the_report_of_the_corpus_disagree_on_the_earlier_budget_alone() -> None:
    report = read_sections(
        "가상보도_2026년_혁신제품_예산.md", document_id="report", kind=SourceKind.NEWS
    )
    guide = read_sections(
        "2026년_혁신제품_구매_계획_안내.md", document_id="guide", kind=SourceKind.GUIDE
    )
    (conflict,) = find_conflicts([*report, *guide])
    assert [(side.kind, side.figure) for side in conflict.sides] == [
        (SourceKind.GUIDE, "529억원"),
        (SourceKind.NEWS, "310억원"),
    ]
    assert conflict.subject == "2026년 시범구매 예산(바뀌기 전)"


@pytest.mark.parametrize(
    ("one", "other", "subject"),
    [
        pytest.param(
            "시험기관은 완료보고서를 시험구매 종료일부터 7일 이내에 담당 부서에 제출한다.",
            "시험기관은 완료보고서를 시험구매 종료일부터 10일 이내에 담당 부서에 제출한다.",
            "시험기관 완료보고서 시험구매 종료일",
            id="no particles",
        ),
        pytest.param(
            "2026년 1월의 시험구매 대상 물품은 모두 30건이고 전년과 같다.",
            "2026년 1월의 시험구매 대상 물품은 모두 40건이고 전년과 같다.",
            "2026년 시험구매 대상 물품 모두",
            id="no units left of figures",
        ),
    ],
)
def test_a_subject_is_made_of_whole_words(one: str, other: str, subject: str) -> None:
    (conflict,) = find_conflicts(make_pair(one, other))
    assert conflict.subject == subject
