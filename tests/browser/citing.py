"""A paper whose sentences rest on spans of every kind of file, one sentence on each span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from assistant.domain import (
    Citation,
    DraftStyle,
    Paper,
    PaperParagraph,
    PaperPart,
    PartKind,
    Section,
)
from assistant.grounding.sentences import source_units
from assistant.store import Store, visible_to
from tests.browser.conftest import RULE, Site
from tests.browser.drafting import opened, put_paper
from tests.make import make_citation, make_sentence
from tests.tree import ROOT

PILOT = ROOT / "corpus" / "pilots" / "다솜시_상담요약"
LONG = "가나군 긴 표.md"
Choice: TypeAlias = Callable[[str], bool]


def is_row(text: str) -> bool:
    """Tell a row of a table from its rule and from everything else."""
    return text.startswith("|") and not text.startswith("| ---")


def _long() -> str:
    rows = "\n".join(f"| {n}행 항목 | {n}행의 지어낸 값 | {n}행의 비고 |" for n in range(1, 90))
    return f"# 긴 표\n\n| 항목 | 값 | 비고 |\n| --- | --- | --- |\n{rows}\n"


MERGED = """<h1>사업비 내역</h1><p>지어낸 가나군의 사업비이다.</p>
<table><caption>표 1. 연도별 사업비</caption>
<thead><tr><th rowspan="2">구분</th><th colspan="2">금액</th></tr>
<tr><th>국비</th><th>지방비</th></tr></thead>
<tbody><tr><td rowspan="2">장비</td><td>10억원</td><td>20억원</td></tr>
<tr><td>30억원</td><td>40억원</td></tr></tbody></table>
<ul><li>첫째 조건은 지어낸 것이다.</li><li>둘째 조건도 지어낸 것이다.</li></ul>"""
# Another institution: a rule of the same name would be the next version of the one that is there.
DETAILED = RULE.replace("가나군", "하나군") + "\n".join(
    (
        "",
        "## 제4조(제출서류)",
        "① 시험기관은 다음 각 호의 서류를 낸다.",
        "1. 시험구매 결과를 적은 서류",
        "2. 다음 각 목의 기록",
        "가. 시험 과정에서 잰 값의 기록",
        "나. 시험에 든 비용의 기록",
        "② 담당 부서는 제1항의 서류를 살펴 고칠 곳을 알릴 수 있다.",
    )
)
# Kind of place: its file, and which spans of it are meant.
PLACES: dict[str, tuple[str, Callable[[], str | bytes], Choice]] = {
    "paragraph of an article": (
        "하나군 서류 규정.md",
        lambda: DETAILED,
        lambda text: text.startswith("② 담당"),
    ),
    "item of an article": (
        "하나군 서류 규정.md",
        lambda: DETAILED,
        lambda text: text.startswith(("1. 시험구매", "나. 시험에")),
    ),
    "row of a table": (LONG, _long, is_row),
    "row under merged cells": ("사업비 표.html", lambda: MERGED, is_row),
    "item of a list": ("사업비 표.html", lambda: MERGED, lambda text: "조건" in text),
    "page of a PDF": ("회의록.pdf", (PILOT / "다솜시_회의록.pdf").read_bytes, lambda _: True),
    "cell of a sheet": ("측정값.xlsx", (PILOT / "다솜시_측정값.xlsx").read_bytes, is_row),
    "row of a CSV file": ("설문.csv", (PILOT / "다솜시_설문.csv").read_bytes, is_row),
    "row in HWPX": ("계획서.hwpx", (PILOT / "다솜시_수행계획서.hwpx").read_bytes, is_row),
    "paragraph in HWPX": (
        "계획서.hwpx",
        (PILOT / "다솜시_수행계획서.hwpx").read_bytes,
        lambda text: not text.startswith("|") and len(text) > 20,
    ),
}
_MOST = 6


def put_cited(site: Site, kind: str) -> tuple[str, list[str]]:
    """Store a paper that cites spans of one kind; return its id and the quotes in order."""
    name, content, is_meant = PLACES[kind]
    document_id = site.put(name, content())
    with opened(site) as store:
        cited = _chosen(list(_spans(store, document_id, is_meant)))
        return put_paper(store, _paper(cited)), [one.quote for one in cited]


def _chosen(found: Sequence[Citation]) -> list[Citation]:
    """Return the first spans and the last ones: what is far down must be shown as well."""
    assert found, "no such span in the file"
    half = _MOST // 2
    return list(found) if len(found) <= _MOST else [*found[:half], *found[-half:]]


def _spans(store: Store, document_id: str, is_meant: Choice) -> Iterator[Citation]:
    ours = visible_to("default")
    version_id = store.documents.get(document_id, institution_ids=ours).record.version_id
    assert version_id is not None
    for section in store.sections.list(version_id, institution_ids=ours):
        yield from _of_section(section, document_id, version_id, is_meant)


def _of_section(
    section: Section, document_id: str, version_id: str, is_meant: Choice
) -> Iterator[Citation]:
    for unit in source_units(section.text):
        quote = section.text[unit.start : unit.end]
        if quote.strip("| -") and is_meant(quote):
            yield make_citation(
                document_id=document_id,
                version_id=version_id,
                section_ordinal=section.ordinal,
                start=unit.start,
                end=unit.end,
                quote=quote,
            )


def _paper(cited: Sequence[Citation]) -> Paper:
    lines = tuple(
        PaperParagraph(
            sentences=(make_sentence(f"문장 {number}은 원문을 따른다.", citations=(one,)),)
        )
        for number, one in enumerate(cited, 1)
    )
    part = PaperPart(part_id="answer", kind=PartKind.DRAFTED, blocks=lines)
    return Paper(
        title="근거를 여는 글",
        template="complaint_reply@1",
        style=DraftStyle.OFFICIAL,
        models=("test-model",),
        parts=(part,),
    )
