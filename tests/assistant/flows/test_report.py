"""Reports of pilots: official order, figures by code, words from the files, gaps left open."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.domain import (
    Grade,
    Message,
    Origin,
    Paper,
    PaperParagraph,
    PaperSentence,
    PartKind,
    Picture,
    ReplySchema,
    SentenceStatus,
    Table,
)
from assistant.errors import ModelUnavailableError, NotFoundError, TemplateInputError
from assistant.flows.report import KINDS
from assistant.papers import open_items
from assistant.reading import DEFAULT_LIMITS, read_in_process
from tests.assistant.filling.forms import docx
from tests.assistant.pilotroom import BY, OURS, PILOTS, Room, open_room

ORDER = [
    "표지", "제1부 요약", "제2부 1. 성능 체크리스트", "2. 우수성 평가", "3. 문제점",
    "4. 기대효과 대비 성과", "5. 종합의견", "6. 개선계획(기업 작성)",
    "7. 제품·사업에 대한 개선 의견", "붙임 1 심의결과와 심의의결서", "붙임 2 증빙자료",
]  # fmt: skip


@dataclass
class WritingModel:
    """A model that says what it is told to, and keeps what it was sent."""

    reply: str = "업무에 도움이 되었습니다 [S1]."
    fails: bool = False
    sent: list[str] = field(default_factory=list)
    name: str = "test-model"

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        yield await self.complete(messages)

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        self.sent.append("\n".join(message.content for message in messages))
        if self.fails:
            raise ModelUnavailableError(reason="timeout")
        return self.reply


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("reports")) as opened:
        for folder in sorted(each.name for each in PILOTS.iterdir()):
            opened.add(folder)
        yield opened


def pilot_of(room: Room, institution: str) -> str:
    found = room.pilots.portfolio(**OURS)
    return next(v.record.pilot_id for v in found if v.record.institution.name == institution)


def build(room: Room, institution: str, kind: str = "completion") -> Paper:
    made = asyncio.run(room.reports.build(pilot_of(room, institution), kind, **OURS))
    return made.paper


def sentences(paper: Paper, part_id: str = "") -> list[PaperSentence]:
    return [
        sentence
        for part in paper.parts
        if part.part_id == part_id or not part_id
        for block in part.blocks
        if isinstance(block, PaperParagraph)
        for sentence in block.sentences
    ]


def cells(paper: Paper, part_id: str) -> list[list[str]]:
    (part,) = (part for part in paper.parts if part.part_id == part_id)
    return [
        ["".join(run.text for run in cell.runs) for cell in row]
        for block in part.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


# -- shape ------------------------------------------------------------------------------------


def test_the_completion_report_follows_the_order_of_the_official_form(room: Room) -> None:
    paper = build(room, "가람시")
    headings = [part.heading for part in paper.parts if part.level == 1]
    assert headings[: len(ORDER)] == ORDER


def test_the_checklist_holds_the_items_of_the_plan_with_their_results(room: Room) -> None:
    rows = cells(build(room, "나래군"), "checklist")
    assert [row[1] for row in rows[1:]] == [
        "도로파임 탐지율", "오탐률", "위치 오차", "야간 탐지율", "장착 시간", "번호판·얼굴 가림",
    ]  # fmt: skip
    assert [row[5] for row in rows[1:]] == [
        "미충족", "충족", "충족", "미충족", "충족", "충족",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("institution", "total"), [("가람시", "94.0점"), ("나래군", "64.7점"), ("다솜시", "92.0점")]
)
def test_the_score_is_the_one_worked_out_by_hand(room: Room, institution: str, total: str) -> None:
    assert cells(build(room, institution), "score")[-1][2] == total


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_report_is_made_without_a_model(room: Room, kind: str) -> None:
    paper = build(room, "나래군", kind)
    assert paper.template.startswith(f"pilot_{kind}@")
    assert all(part.blocks for part in paper.parts)
    assert paper.models == ()


def test_a_second_chance_is_written_of_only_where_an_item_fell_short(room: Room) -> None:
    ids = [part.part_id for part in build(room, "나래군").parts]
    assert "second_chance" in ids
    assert "second_chance" not in [part.part_id for part in build(room, "가람시").parts]


def test_a_report_that_there_is_not_is_refused(room: Room) -> None:
    with pytest.raises(NotFoundError):
        build(room, "가람시", "verdict")


def test_no_report_prints_a_verdict_that_the_board_has_not_given(room: Room) -> None:
    text = " ".join(sentence.text for sentence in sentences(build(room, "가람시")))
    assert "성공으로 판정" not in text
    assert "미흡" not in text


# -- words without a model --------------------------------------------------------------------


def test_without_a_model_every_drafted_sentence_is_one_of_the_files_and_cited(room: Room) -> None:
    paper = build(room, "다솜시")
    for part in paper.parts:
        if part.kind is not PartKind.DRAFTED:
            continue
        for sentence in sentences(paper, part.part_id):
            if sentence.is_open:
                continue
            assert sentence.origin is Origin.EVIDENCE
            assert sentence.citations, sentence.text


def test_every_citation_opens_the_words_it_names(room: Room) -> None:
    store = room.office.store
    found = [c for s in sentences(build(room, "나래군")) for c in s.citations]
    assert found
    for citation in found:
        view = store.sections.view(
            citation.document_id,
            citation.version_id,
            citation.section_ordinal,
            institution_ids=("default",),
        )
        assert view.section.text[citation.start : citation.end] == citation.quote


def test_a_sentence_of_the_files_stands_in_one_place_only(room: Room) -> None:
    paper = build(room, "나래군")
    drafted = [s.text for s in sentences(paper) if s.origin is Origin.EVIDENCE]
    assert len(drafted) == len(set(drafted))


def test_what_a_plan_hoped_for_is_no_evidence_of_what_came_of_it(room: Room) -> None:
    drafted = " ".join(s.text for s in sentences(build(room, "가람시"), "efficiency"))
    assert "줄인다" not in drafted
    assert "공백이 없었다" in drafted


def test_a_plan_without_its_name_is_known_by_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "붙임1.md"
    file.write_text(
        "# 시범사용 개요\n\n| 제품명 | 지킴이 |\n| --- | --- |\n| 유형 | 구매 |\n"
        "| 설치장소 | 본관 |\n\n## 목적\n\n야간 순찰 업무를 줄여 효율이 좋아진다.\n"
    )
    with open_room(tmp_path / "방") as room:
        made = room.pilots.create("지킴이", by=BY, grade=Grade.OPEN, **OURS)
        (result,) = room.office.flow.ingest_paths(
            [file], collection_id="inbox", grade=Grade.OPEN, **OURS
        )
        room.files.take_in(made.pilot_id, result.document_id, by=BY, **OURS)
        room.files.accept_agreed(made.pilot_id, by=BY, **OURS)
        paper = asyncio.run(room.reports.build(made.pilot_id, "completion", **OURS)).paper
    assert "좋아진다" not in " ".join(s.text for s in sentences(paper, "efficiency"))


def test_a_gap_is_left_open_for_a_person(room: Room) -> None:
    paper = build(room, "가람시")
    items = {item.part_id for item in open_items(paper)}
    assert {"suggestions", "improve_market", "reviews"} <= items


# -- words with a model -----------------------------------------------------------------------


def written(tmp_path: Path, model: WritingModel, **opening: bool) -> tuple[Paper, tuple[str, ...]]:
    with open_room(tmp_path, model=model, is_internal=True, **opening) as room:
        stored = room.add("나래군_도로파임")
        made = asyncio.run(room.reports.build(stored.pilot_id, "completion", **OURS))
        return made.paper, made.notices


def test_invented_figures_of_a_model_never_reach_a_report_unmarked(tmp_path: Path) -> None:
    model = WritingModel(
        reply="탐지율은 97.3%로 목표를 넘었습니다 [S1]. 민원은 월 12건으로 줄었습니다 [S1]."
    )
    paper, _ = written(tmp_path, model)
    for sentence in sentences(paper):
        if "97.3" in sentence.text or "12건" in sentence.text:
            assert sentence.status in (SentenceStatus.DIFFERS, SentenceStatus.UNSUPPORTED)
    assert len(model.sent) >= 10


def test_a_sentence_that_calls_an_unmet_item_met_is_marked(tmp_path: Path) -> None:
    reply = "도로파임 탐지율은 84.3%로 목표를 충족했습니다 [S1]."
    paper, _ = written(tmp_path, WritingModel(reply=reply))
    found = [s for s in sentences(paper) if "충족했습니다" in s.text and s.origin is Origin.MODEL]
    assert all(s.status is not SentenceStatus.SUPPORTED for s in found)


def test_a_model_that_fails_costs_only_its_wording(tmp_path: Path) -> None:
    paper, notices = written(tmp_path, WritingModel(fails=True))
    assert "model_failed:timeout" in notices
    assert any(s.origin is Origin.EVIDENCE for s in sentences(paper))
    assert paper.models == ()


def test_files_of_grade_s_are_not_sent_outside(tmp_path: Path) -> None:
    model = WritingModel()
    with open_room(tmp_path, model=model, is_internal=False) as room:
        stored = room.add("나래군_도로파임", grade=Grade.SENSITIVE)
        made = asyncio.run(room.reports.build(stored.pilot_id, "completion", **OURS))
    assert model.sent == []
    assert "model_withheld:grade" in made.notices
    assert made.paper.grade is Grade.SENSITIVE


def test_a_pilot_without_files_leaves_its_opinions_open(tmp_path: Path) -> None:
    with open_room(tmp_path) as room:
        made = room.pilots.create("빈 것", by=BY, grade=Grade.OPEN, **OURS)
        paper = asyncio.run(room.reports.build(made.pilot_id, "completion", **OURS)).paper
    drafted = [part.part_id for part in paper.parts if part.kind is PartKind.DRAFTED]
    for part_id in drafted:
        assert all(sentence.is_open for sentence in sentences(paper, part_id))


# -- over all pilots --------------------------------------------------------------------------


def test_the_report_over_all_pilots_ranks_them_by_score(room: Room) -> None:
    made = asyncio.run(room.reports.portfolio(**OURS))
    rows = cells(made.paper, "ranking")
    assert [(row[0], row[2], row[4]) for row in rows[1:]] == [
        ("1", "가람시", "94.0점"),
        ("2", "다솜시", "92.0점"),
        ("3", "나래군", "64.7점"),
    ]
    (ranking,) = (part for part in made.paper.parts if part.part_id == "ranking")
    (chart,) = (block for block in ranking.blocks if isinstance(block, Picture))
    assert "94.0점" in chart.alt
    tracks = {row[0]: row[1] for row in cells(made.paper, "tracks")[1:]}
    assert tracks == {"국민체감": "1", "기술선도": "2"}


# -- forms of an institution ------------------------------------------------------------------


FORM = (
    "{{ 초안표시 }}",
    "{{ 제품명 }}, {{ 기관명 }}, 충족률 {{ 충족률 }}, {{ 성능만족도 }}",
    "{% for 줄 in 항목 %}{{ 줄.항목 }} {{ 줄.결과치 }} {{ 줄.충족 }}; {% endfor %}",
    "{{ 의견.safety }}",
)


def form(*paragraphs: str) -> bytes:
    return docx("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs))


def test_a_form_of_ones_own_is_filled_with_facts_figures_rows_and_opinions(room: Room) -> None:
    pilot_id = pilot_of(room, "가람시")
    filled, fmt = asyncio.run(room.reports.fill(form(*FORM), pilot_id, "completion", **OURS))
    document = read_in_process(filled, file_name="서식.docx", limits=DEFAULT_LIMITS)
    text = "\n".join(block.text for block in document.blocks)
    assert fmt == "docx"
    assert "AI 초안(자동으로 엮은 글, 생성형 인공지능 미사용) — 담당자 확인 전" in text
    assert "불씨지기 F7 화재 조기감지기, 가람시, 충족률 100.0%, 94.0점" in text
    assert "감지시간 24.6초 충족; 오경보 0.068회 충족" in text
    assert "안전사고로 번지지 않았다고 확인했다." in text


def test_a_form_that_would_hide_that_nobody_has_confirmed_the_text_is_refused(room: Room) -> None:
    with pytest.raises(TemplateInputError) as caught:
        asyncio.run(
            room.reports.fill(
                form("{{ 의견.safety }}"), pilot_of(room, "가람시"), "completion", **OURS
            )
        )
    assert caught.value.missing == ("초안표시",)


@pytest.mark.parametrize("institution", ["가람시", "나래군", "다솜시"])
def test_the_summary_for_a_director_is_one_page(room: Room, institution: str) -> None:
    paper = build(room, institution, "summary")
    data = room.reports.write(paper, "pdf", institution="", **OURS).data
    document = read_in_process(data, file_name="요약.pdf", limits=DEFAULT_LIMITS)
    assert document.page_count == 1


def test_a_supplement_plan_says_when_it_was_owed_and_handed_in(room: Room) -> None:
    told = " ".join(s.text for s in sentences(build(room, "나래군", "supplement"), "due"))
    assert "기한은 2026. 10. 16.이고 2026. 10. 12. 제출했습니다." in told
