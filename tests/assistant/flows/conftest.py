"""The shelf that the tests of the answers search."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.domain import Grade, SourceKind
from tests.assistant.flows.answering import RULE, WITHHELD
from tests.assistant.shelf import Shelf, open_shelf, rule


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a shelf with an open rule, one not yet in force, and a sensitive guide."""
    with open_shelf(tmp_path_factory.mktemp("shelf")) as opened:
        opened.add(
            rule(
                RULE,
                "제1조 (목적)\n\n이 규정은 시험구매의 절차를 정한다.",
                "제3조 (신청)\n\n시험기관은 신청서를 담당 부서에 낸다.",
                "제7조 (완료보고)\n\n**①** 시험기관은 시험구매가 끝난 날부터 7일 이내에 "
                "완료보고서를 제출하여야 한다.\n\n**②** 담당 부서는 완료보고서를 공개한다.",
                법령구분="고시",
                시행일자="2026-02-03",
            )
        )
        opened.add(
            rule(
                "다음 해 특례 규정",
                "제1조 (목적)\n\n특례를 정한다.",
                "제3조 (특례)\n\n특례 기간은 90일로 한다.",
                "제4조 (보칙)\n\n그 밖의 일은 따로 정한다.",
                법령구분="고시",
                시행일자="2027-01-01",
            ),
            institution_id="public",
        )
        opened.add(
            f"# 내부 안내\n\n## 창고\n\n{WITHHELD} 완료보고서 사본도 둔다.\n",
            grade=Grade.SENSITIVE,
            kind=SourceKind.GUIDE,
        )
        yield opened.index()
