"""Every file says of itself what the decree of 2026-05-19 and the AI act ask for."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import lxml.etree
import pytest
import yaml

from assistant.domain import Draft
from assistant.writing import write
from assistant.writing.facts import ai_statement, facts
from assistant.writing.numbering import AI_LINE, ASSEMBLED_LINE, ai_line
from tests.assistant.writing.readers import page
from tests.assistant.writing.sample_drafts import EVENING, SAMPLE_DRAFTS

REPORT = SAMPLE_DRAFTS["report"]
VALUES = [fact.value for fact in facts(REPORT)]


def confirmed(draft: Draft) -> Draft:
    known = replace(draft.facts, reviewer="홍길동(가상)", confirmed_at=EVENING)
    return replace(draft, facts=known)


def test_the_facts_name_summary_keywords_time_ai_and_sources() -> None:
    keys = [fact.key for fact in facts(confirmed(REPORT))]
    assert keys == [
        *("summary", "keywords", "institution", "generator", "created_at", "ai"),
        *("reviewer", "confirmed_at", "grade", "sources"),
    ]


def test_text_lists_every_fact_at_its_end() -> None:
    closing = write(REPORT, "txt").decode().rpartition("-" * 40)[2].strip().split("\n")
    assert [line.partition(": ")[2] for line in closing] == VALUES


def test_markdown_carries_every_fact_in_its_front_matter() -> None:
    said = yaml.safe_load(write(REPORT, "md").decode().split("---\n")[1])
    assert said.pop("title") == REPORT.title
    assert said.pop("keywords") == list(REPORT.facts.keywords)
    assert [*said.values()] == [fact.value for fact in facts(REPORT) if fact.key != "keywords"]


def test_a_page_carries_every_fact_as_metadata() -> None:
    root = page(write(REPORT, "html"))
    said = {meta.get("name"): meta.get("content") for meta in root.iter("meta")}
    assert set(VALUES) <= set(said.values())
    assert said["description"] == REPORT.facts.summary
    assert root.get("lang") == "ko"


def test_a_docx_carries_every_fact_uncut() -> None:
    draft = replace(REPORT, facts=replace(REPORT.facts, summary="긴 요지 " * 100))
    data = write(draft, "docx")
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author) == (draft.title, draft.facts.institution)
    assert len(core.subject) <= 255
    assert core.created is not None
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = lxml.etree.fromstring(package.read("docProps/custom.xml"))
    custom = {str(e.get("name")): str(e[0].text) for e in root}
    assert custom["문서요지"] == " ".join(draft.facts.summary.split())
    assert custom["AI 사용"].startswith("생성형 인공지능")


@pytest.mark.parametrize("fmt", ["txt", "md", "html", "docx"])
def test_the_ai_line_goes_when_a_person_has_confirmed(fmt: str) -> None:
    def text(draft: Draft) -> str:
        data = write(draft, fmt)
        if fmt != "docx":
            return data.decode()
        return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)

    assert AI_LINE in text(REPORT)
    assert AI_LINE not in text(confirmed(REPORT))


def test_a_text_that_no_model_wrote_says_so_until_and_after_a_person_took_it_over() -> None:
    facts = replace(REPORT.facts, is_model_written=False, confirmed_at=None)
    assembled = replace(REPORT, facts=facts)
    assert ai_line(assembled) == ASSEMBLED_LINE
    assert ASSEMBLED_LINE.startswith("AI 초안")
    assert "미사용(담당자 확인 전)" in ai_statement(assembled)
    assert ai_line(confirmed(assembled)) is None
    assert ai_statement(confirmed(assembled)).endswith("생성형 인공지능 미사용")
    assert ASSEMBLED_LINE in write(assembled, "txt").decode()
