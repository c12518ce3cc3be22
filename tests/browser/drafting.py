"""A paper in a running server, as the flow of a case leaves it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from playwright.sync_api import BrowserContext

from assistant.domain import (
    DraftStyle,
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PaperSubject,
    PartKind,
    Problem,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.flows.paper import PaperFlow
from assistant.store import Store, visible_to
from tests.browser.conftest import QUOTE, Site
from tests.make import make_citation, make_sentence

CARRIED = "완료보고서는 시험구매가 끝난 날부터 14일 이내에 제출하여야 합니다."


def put_draft(site: Site) -> str:
    """Store a reply in the server's database; return its id."""
    with opened(site) as store:
        return put_paper(store, _paper(store))


def opened(site: Site) -> Store:
    """Open the database of a running server."""
    return Store.open(f"sqlite:///{site.data_dir / 'gongmun.db'}", check=False)


def put_paper(store: Store, paper: Paper) -> str:
    """Store a paper as the flow of a case does; return its id."""
    flow = PaperFlow(
        store,
        now=lambda: datetime.now(UTC),
        today=lambda: date(2026, 11, 23),
        institution=store.collections.institution_name,
        checks={},
    )
    state = flow.create(
        paper, subject=PaperSubject.BATCH, subject_id="case", institution_id="default"
    )
    return state.record.paper_id


def named(context: BrowserContext, name: str) -> None:
    """Let a browser know who works at it."""
    kept = json.dumps(json.dumps(name, ensure_ascii=False), ensure_ascii=False)
    context.add_init_script(f"localStorage.setItem('gongmun:person', {kept})")


def _line(*sentences: PaperSentence, depth: int = 1) -> PaperParagraph:
    return PaperParagraph(sentences=sentences, depth=depth)


def _fixed(text: str) -> PaperSentence:
    return PaperSentence(text=text, origin=Origin.TEMPLATE)


def _paper(store: Store) -> Paper:
    carried = make_sentence(CARRIED, citations=(_citation(store),))
    doubtful = make_sentence(
        "기한은 본부장이 늘릴 수 있습니다.",
        status=SentenceStatus.UNSUPPORTED,
        citations=(),
        problems=(Problem(code="no_citation"),),
    )
    cells = (TableCell(runs=(Run(text="항목"),)), TableCell(runs=(Run(text="결과"),)))
    computed = PaperSentence(
        text="항목 1개를 충족하였습니다.", origin=Origin.CODE, status=SentenceStatus.COMPUTED
    )
    return Paper(
        title="완료보고 기한 문의에 대한 답변",
        template="complaint_reply@1",
        style=DraftStyle.OFFICIAL,
        models=("test-model",),
        parts=(
            _part("greeting", PartKind.GIVEN, _line(_fixed("문의하신 내용에 답변드립니다."))),
            _part("answer", PartKind.DRAFTED, _line(carried), _line(doubtful)),
            _part(
                "figures",
                PartKind.COMPUTED,
                _line(computed),
                Table(rows=(cells, cells), header_rows=1, caption="점검표"),
                heading="점검 결과",
            ),
            _part("cover", PartKind.GIVEN, _cover(), heading="표지"),
            _part("contact", PartKind.RESERVED, _line(_fixed("문의: 【확인 필요: 담당자】"))),
        ),
    )


def _part(part_id: str, kind: PartKind, *blocks: Any, heading: str = "") -> PaperPart:
    return PaperPart(part_id=part_id, kind=kind, blocks=blocks, heading=heading)


def _cover() -> Table:
    words = ("보고서 작성일", "【확인 필요】")
    return Table(rows=(tuple(TableCell(runs=(Run(text=text),)) for text in words),))


def _citation(store: Store) -> Any:
    for document in store.documents.catalog().values():
        sections = store.sections.list(document.version_id, institution_ids=visible_to("default"))
        for section in sections:
            if (start := section.text.find(QUOTE)) >= 0:
                return make_citation(
                    document_id=document.document_id,
                    version_id=document.version_id,
                    section_ordinal=section.ordinal,
                    start=start,
                    end=start + len(QUOTE),
                    quote=QUOTE,
                )
    raise AssertionError("the invented rule is not there")
