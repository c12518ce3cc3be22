"""A shelf of rules for the tests of retrieval.

The laws carry real titles where a short name is tested; all their texts are invented.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain import Grade, SourceKind
from assistant.retrieval import Searchers
from tests.assistant.shelf import Shelf, rule

LAW = "시험조달에 관한 법률"
DECREE = "시험조달에 관한 법률 시행령"
RULE = "가나구 시험구매 운영 규정"
CONTRACTS = "국가를 당사자로 하는 계약에 관한 법률(요약)"
PROCUREMENT = "조달사업에 관한 법률(요약)"
OFFICE = "행정업무의 운영 및 혁신에 관한 규정(요약)"
GUIDE = SourceKind.GUIDE
FUTURE = "다음 해 시험구매 특례 규정"


def numbered(title: str, topic: str, **facts: str) -> str:
    """Return a rule of three articles on one topic."""
    return rule(
        title,
        f"제1조 (목적)\n\n이 규정은 {topic}의 목적을 정한다.",
        f"제2조 (정의)\n\n{topic}에서 쓰는 말은 따로 정한다.",
        f"제3조 (절차)\n\n{topic}의 절차는 담당자가 정한다.",
        **facts,
    )


def fill(shelf: Shelf) -> None:
    shelf.add(
        rule(
            LAW,
            "제1조 (목적)\n\n이 법은 시험조달의 바탕을 정한다.",
            "제5조 (시험위원회)\n\n① 시험위원회가 시험조달을 심의한다.\n\n② 위원은 20명까지 둔다.",
            "제9조 (벌칙)\n\n거짓으로 신청한 사람에게는 과태료를 매긴다.",
            "제10조 (폐지된 조문)\n\n삭제 <2025. 1. 1.>",
            "## 부칙\n\n###### 제1조(시행일)\n\n이 법은 공포한 날부터 시행한다. 두루미 부칙.",
            법령구분="법률",
            시행일자="2025-01-01",
        ),
        institution_id="public",
    )
    shelf.add(
        rule(
            DECREE,
            "제1조 (목적)\n\n이 영은 법에서 맡긴 일을 정한다.",
            "제12조 (보증금)\n\n보증금은 계약금액의 100분의 7로 한다.",
            "제13조 (면제)\n\n법 제5조에 따른 시험위원회가 정하면 보증금을 면제한다.",
            법령구분="대통령령",
            시행일자="2025-01-01",
        ),
        institution_id="public",
    )
    for title, topic in ((CONTRACTS, "국가계약"), (PROCUREMENT, "조달물자"), (OFFICE, "공문서")):
        shelf.add(numbered(title, topic, 법령구분="법률"), institution_id="public")
    shelf.add(
        numbered(FUTURE, "특례 시험구매", 법령구분="고시", 시행일자="2027-01-01"),
        institution_id="public",
    )
    shelf.add(
        rule(
            RULE,
            "## 제1장 총칙",
            "제1조 (목적)\n\n이 규정은 시험구매의 절차를 정한다.",
            "## 제2장 시험구매",
            "제3조 (신청)\n\n시험기관은 신청서를 담당 부서에 낸다.",
            "제7조 (완료보고)\n\n**①** 시험기관은 시험구매가 끝나고 7일 안에 완료보고서를 낸다."
            "\n\n**②** 보증금은 「시험조달에 관한 법률 시행령」 제12조 및 제13조에 따른다.",
            "제8조 (연장)\n\n완료보고의 기한은 30일까지 늘릴 수 있다.",
            "## [별표 1] 배점\n\n공공성ㆍ혁신성은 60점 이상이어야 한다.",
            법령구분="고시",
            시행일자="2026-02-03",
        )
    )
    shelf.add(
        "# 내부 안내\n\n## 보증금 안내\n\n보증금은 회계 부서에 묻는다. 두루미 안내.\n",
        collection_id=shelf.collection("내부"),
        grade=Grade.SENSITIVE,
        kind=GUIDE,
    )


def lanes(shelf: Shelf) -> dict[str, Searchers]:
    both = shelf.searchers()
    assert both.meaning is not None
    return {
        "both": both,
        "words": replace(both, meaning=None, embedder=None),
        "meaning": replace(both, words=None),
    }


LANES = pytest.mark.parametrize("lane", ["both", "words", "meaning"])
