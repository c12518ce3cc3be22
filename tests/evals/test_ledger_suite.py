from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from evals.suites.ledger import DETECTED_MIN, FALSE_ALARMS_MAX, articles, run

RULE = """---
제목: {title}
---
# {title}

##### 제1조 (목적)

이 규정은 「{other}」 제4조에 따라 시험구매에 필요한 사항을 정한다.

##### 제2조 (완료보고)

**①** 시험기관은 시험구매가 끝난 날부터 7일 이내에 완료보고서를 내야 한다. <개정 2024.5.6>
**②** 담당 부서는 제1항에 따른 완료보고서를 받은 날부터 14일 이내에 검토하여야 한다.

##### 제3조 (수의계약)

추정가격이 2천만원 이하인 물품은 수의계약으로 살 수 있고, 보증금은 계약금액의 100분의 10으로 한다.

##### 제4조 (공개)

구청장은 「{other}」에 따라 2027년 3월 1일부터 매년 1회 시험구매 결과를 공개하여야 한다.
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    names = ["가나구 시험구매 운영 규정", "다라구 물품 관리 규정", "마바구 문서 보존 규정"]
    for title, other in zip(names, names[1:] + names[:1], strict=True):
        (tmp_path / f"{title}.md").write_text(RULE.format(title=title, other=other))
    return tmp_path


def test_articles_are_read_without_markup(rules: Path) -> None:
    found = articles(rules)
    assert [passage.label for passage in found[:4]] == ["제1조", "제2조", "제3조", "제4조"]
    assert found[1].text.startswith("제2조(완료보고)\n① 시험기관은")


def test_the_ledger_notices_every_kind_of_altered_token(rules: Path) -> None:
    report = run(rules, limit=12, seed=2)
    caught = cast("dict[str, dict[str, float]]", report["detected"])
    alarms = cast("dict[str, dict[str, float]]", report["false_alarms"])
    assert {"amount", "article", "date", "law", "number"} <= set(caught)
    assert caught["all"]["rate"] >= DETECTED_MIN
    assert alarms["all"]["rate"] <= FALSE_ALARMS_MAX
