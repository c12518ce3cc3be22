"""The flow of a paper: edits held against evidence, decisions on one text, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import (
    ItemKind,
    OpenItem,
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperRecord,
    PaperSentence,
    PaperSubject,
    PartKind,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.drafting import PaperState
from assistant.errors import (
    ConflictError,
    NotFoundError,
    OpenItemsError,
    PartLockedError,
    PersonUnnamedError,
)
from assistant.flows.paper import PaperFlow
from assistant.papers import Line, part_lines
from assistant.store import Store, visible_to
from assistant.writing import FORMATS
from tests.assistant.store.builders import add
from tests.make import make_citation, make_paper, make_sentence

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
OURS: dict[str, Any] = {"institution_id": "default"}
KIM: dict[str, Any] = {"by": "주무관 김가나", **OURS}
RULE = "시험기관은 시험구매가 끝난 날부터 7일 이내에 완료보고서를 제출하여야 한다."
CARRIED = "완료보고서는 시험구매가 끝난 날부터 7일 이내에 제출하여야 합니다."


def make_flow(store: Store, *further: OpenItem) -> PaperFlow:
    def checks(_: PaperRecord) -> tuple[OpenItem, ...]:
        return further

    return PaperFlow(
        store,
        now=lambda: NOW,
        today=lambda: date(2026, 11, 23),
        institution=store.collections.institution_name,
        checks={PaperSubject.COMPLAINT: checks},
    )


@dataclass
class Desk:
    """A paper whose first answer rests on a stored rule."""

    store: Store
    flow: PaperFlow
    paper_id: str

    def get(self) -> PaperState:
        return self.flow.get(self.paper_id, **OURS)

    def type(self, *lines: str, part_id: str = "answer", parent: int = 1) -> PaperSentence:
        """Rewrite a part; return its first sentence as it is saved."""
        typed = [Line(text=line) for line in lines]
        result = self.flow.edit(self.paper_id, part_id, typed, parent=parent, **KIM)
        return sentences(result.saved.paper, part_id)[0]

    def approve(self, **reasons: str) -> PaperState:
        state = self.get()
        given = {item.item_id: reasons.get(item.kind, "") for item in state.items}
        return self.flow.approve(
            self.paper_id, content_hash=state.record.current.content_hash, reasons=given, **KIM
        )


def sentences(paper: Paper, part_id: str) -> list[PaperSentence]:
    part = next(part for part in paper.parts if part.part_id == part_id)
    return [s for b in part.blocks if isinstance(b, PaperParagraph) for s in b.sentences]


def resting_on(document_id: str, version_id: str) -> Paper:
    citation = make_citation(
        document_id=document_id,
        version_id=version_id,
        section_ordinal=0,
        start=0,
        end=len(RULE),
        quote=RULE,
    )
    paper = make_paper()
    answer = PaperPart(
        part_id="answer",
        kind=PartKind.DRAFTED,
        blocks=(PaperParagraph(sentences=(make_sentence(CARRIED, citations=(citation,)),)),),
    )
    return replace(paper, parts=(paper.parts[0], answer, *paper.parts[2:]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'gongmun.db'}") as opened:
        yield opened


def desk_on(store: Store, *further: OpenItem) -> Desk:
    added = add(store, [RULE])
    flow = make_flow(store, *further)
    paper = resting_on(added.document_id, added.version_id)
    state = flow.create(paper, subject=PaperSubject.COMPLAINT, subject_id="c", **OURS)
    return Desk(store, flow, state.record.paper_id)


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_on(store)


# -- edits --------------------------------------------------------------------------------------


def test_a_reworded_sentence_is_carried_by_the_passage_that_carried_it(desk: Desk) -> None:
    mine = desk.type("시험구매가 끝난 날부터 7일 이내에 완료보고서를 제출하셔야 합니다.")
    assert (mine.origin, mine.status) == (Origin.PERSON, SentenceStatus.SUPPORTED)
    assert mine.citations[0].quote == RULE


def test_a_figure_that_the_passage_does_not_carry_differs(desk: Desk) -> None:
    mine = desk.type(CARRIED.replace("7일", "9일"))
    assert mine.status is SentenceStatus.DIFFERS
    assert ItemKind.DIFFERS in [item.kind for item in desk.get().items]


def test_a_figure_of_the_papers_own_table_may_be_repeated(store: Store) -> None:
    desk = desk_on(store)
    part = desk.get().record.current.paper.parts[2]
    cell = TableCell(runs=(Run(text="41.2%"),))
    table = Table(rows=((cell,),))
    desk.flow.put_part(desk.paper_id, replace(part, blocks=(*part.blocks, table)), **OURS)
    mine = desk.type("처리 시간은 41.2% 줄었습니다.", parent=2)
    assert mine.status is SentenceStatus.GIVEN


def test_a_rule_named_out_of_the_air_has_no_basis(desk: Desk) -> None:
    mine = desk.type("민법 제750조에 따라 책임을 집니다.", part_id="greeting")
    assert mine.status is SentenceStatus.UNSUPPORTED


def test_what_states_nothing_to_check_is_the_persons_word(desk: Desk) -> None:
    assert desk.type("문의해 주셔서 감사합니다.").status is SentenceStatus.GIVEN


def test_a_computed_figure_may_not_be_put_otherwise_in_prose(store: Store) -> None:
    desk = desk_on(store)
    moved = replace(desk.get().record.current.paper.parts[2], kind=PartKind.DRAFTED)
    desk.flow.put_part(desk.paper_id, moved, **OURS)
    mine = desk.type("점수는 95점입니다.", part_id="figures", parent=2)
    assert mine.status is SentenceStatus.DIFFERS


def test_typing_what_is_there_saves_nothing(desk: Desk) -> None:
    part = desk.get().record.current.paper.parts[1]
    desk.flow.edit(desk.paper_id, "answer", part_lines(part), parent=1, **KIM)
    assert len(desk.flow.versions(desk.paper_id, **OURS)) == 1


def test_a_change_that_is_sent_twice_is_saved_once(desk: Desk) -> None:
    desk.type("가")
    desk.type("가")
    state = desk.get()
    assert (state.record.current.number, state.record.asides) == (2, ())


def test_computed_parts_and_unnamed_people_are_refused(desk: Desk) -> None:
    with pytest.raises(PartLockedError):
        desk.type("100점", part_id="figures")
    with pytest.raises(PersonUnnamedError):
        desk.flow.edit(desk.paper_id, "answer", [], parent=1, by=" \u200b", **OURS)


def test_a_stale_edit_is_kept_aside_and_can_be_taken(desk: Desk) -> None:
    desk.type("가")
    result = desk.flow.edit(desk.paper_id, "answer", [Line(text="나")], parent=1, **KIM)
    assert (result.is_aside, result.saved.number) == (True, 3)
    assert desk.flow.compare(desk.paper_id, 2, 3, **OURS).changes == 1
    state = desk.flow.settle(desk.paper_id, 3, parent=2, take=True, **KIM)
    assert sentences(state.record.current.paper, "answer")[0].text == "나"


def test_a_part_written_anew_leaves_the_hand_edits_of_others(desk: Desk) -> None:
    desk.type("직접 쓴 인사입니다.", part_id="greeting")
    part = replace(desk.get().record.current.paper.parts[1], blocks=())
    state = desk.flow.put_part(desk.paper_id, part, made_by=("model-1", "p@1"), **OURS)
    assert sentences(state.record.current.paper, "greeting")[0].origin is Origin.PERSON
    assert state.record.current.paper.models == ("model-1",)


def test_an_earlier_version_comes_back_as_a_new_one(desk: Desk) -> None:
    desk.type("가")
    result = desk.flow.restore(desk.paper_id, 1, parent=2, **KIM)
    assert (result.saved.number, result.saved.reason) == (3, "restored:1")
    assert sentences(result.saved.paper, "answer")[0].text == CARRIED


# -- approval -----------------------------------------------------------------------------------


def test_open_places_block_approval_until_taken_over_with_a_reason(desk: Desk) -> None:
    with pytest.raises(OpenItemsError) as raised:
        desk.approve()
    assert raised.value.count == 1
    state = desk.approve(open="담당자를 전화로 알렸음")
    assert state.record.approval is not None
    assert state.record.approval.acknowledgements[0].reason == "담당자를 전화로 알렸음"


def test_what_the_subject_asks_blocks_as_well(store: Store) -> None:
    point = OpenItem(item_id="", kind=ItemKind.POINT, part_id="", text="쟁점 2에 답이 없습니다.")
    desk = desk_on(store, point)
    with pytest.raises(OpenItemsError):
        desk.approve(open="확인")
    assert desk.approve(open="확인", point="따로 답함").record.approval is not None


def test_an_edit_voids_the_approval(desk: Desk) -> None:
    desk.approve(open="확인")
    desk.type("고침")
    record = desk.get().record
    assert record.approval is None
    assert record.lapsed is not None


def test_only_the_text_that_was_read_can_be_approved(desk: Desk) -> None:
    before = desk.get().record.current.content_hash
    desk.type("고침")
    with pytest.raises(ConflictError):
        desk.flow.approve(desk.paper_id, content_hash=before, reasons={}, **KIM)


def test_two_texts_are_settled_before_one_is_approved(desk: Desk) -> None:
    desk.type("가")
    desk.type("나")
    with pytest.raises(ConflictError, match="paper_aside"):
        desk.approve(open="확인")


def test_nobody_approves_unnamed(desk: Desk) -> None:
    with pytest.raises(PersonUnnamedError):
        desk.flow.approve(desk.paper_id, content_hash="", by="", reasons={}, **OURS)


# -- files and reading --------------------------------------------------------------------------


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_paper_is_written_in_every_format(desk: Desk, fmt: str) -> None:
    file = desk.flow.export(desk.paper_id, fmt, **OURS)
    assert len(file.data) > 200
    assert file.file_name == f"보고 기한 문의에 대한 답변.{fmt}"


def test_a_file_names_its_sources_and_that_nobody_has_confirmed_it(desk: Desk) -> None:
    text = desk.flow.export(desk.paper_id, "txt", **OURS).data.decode()
    assert text.startswith("AI 초안")
    assert f"“{RULE}”" in text
    assert "기관: 우리 기관" in text


def test_an_approved_text_for_pasting_is_bare(desk: Desk) -> None:
    desk.approve(open="확인")
    text = desk.flow.export(desk.paper_id, "txt", is_plain=True, **OURS).data.decode()
    assert "AI 초안" not in text
    assert "[1]" not in text


def test_cited_sections_can_be_opened(desk: Desk) -> None:
    ((place, section),) = desk.get().sections.items()
    opened = desk.store.sections.view(*place, institution_ids=visible_to("default"))
    assert (opened, opened.section.text) == (section, RULE)


def test_an_earlier_version_is_shown_without_the_approval(desk: Desk) -> None:
    desk.type("고침")
    desk.approve(open="확인")
    assert desk.flow.version(desk.paper_id, 1, **OURS).record.approval is None
    assert desk.flow.version(desk.paper_id, 2, **OURS).record.approval is not None


def test_remarks_stand_beside_the_text(desk: Desk) -> None:
    made = desk.flow.comment(desk.paper_id, " 근거? ", part_id="answer", **KIM)
    desk.flow.resolve(desk.paper_id, made.comment_id, is_resolved=True, **KIM)
    (found,) = desk.get().record.comments
    assert (found.text, found.resolved_by) == ("근거?", "주무관 김가나")


def test_another_institution_has_no_such_paper(desk: Desk) -> None:
    desk.store.collections.ensure_institution("other", "다른 기관")
    with pytest.raises(NotFoundError):
        desk.flow.export(desk.paper_id, "txt", institution_id="other")
