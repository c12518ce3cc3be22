"""Notices of a case, and what blocks a letter before a person can sign it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.deadlines import Ground
from assistant.domain import ItemKind, PaperParagraph, SentenceStatus
from assistant.domain.complaints import Decision, LetterKind
from assistant.errors import ComplaintInputError
from assistant.flows.complaint.casework import Details
from assistant.flows.complaint.letters import COMPUTED, LetterRequest
from assistant.flows.complaint.pointing import EditedPoint
from assistant.grounding import split_sentences
from assistant.papers import Line, edit_part
from assistant.store import NewPaperVersion
from assistant.templates import load_all
from tests.assistant.flows.complaining import (
    NAME,
    OURS,
    desk_shelf,
    make_desk,
    record_of,
    take,
    text_of,
    write,
)
from tests.assistant.shelf import Shelf

BY = "주무관 김보기"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with desk_shelf(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


# -- the other letters ------------------------------------------------------------------------


def test_an_extension_names_reason_old_and_new_date_and_its_article(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    request = LetterRequest(letter=LetterKind.EXTENSION, ground=Ground.FACTS)
    paper_id, _ = write(desk, case, request)
    record = record_of(shelf, paper_id)
    text = text_of(record)
    assert "연장 사유: 사실관계 또는 현장 확인이 필요함" in text
    assert "당초 처리기한: 2026. 5. 19.(화)" in text
    assert "처리완료 예정일: 2026. 5. 29.(금)" in text
    basis = next(one for one in record.current.paper.parts if one.part_id == "basis").blocks[0]
    assert isinstance(basis, PaperParagraph)
    assert "한 차례 연장할 수 있다" in basis.sentences[0].citations[0].quote


@pytest.mark.parametrize("ground", [Ground.WORKLOAD, Ground.ABSENCE, None])
def test_an_extension_that_the_rules_refuse_is_not_written(
    shelf: Shelf, ground: Ground | None
) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    with pytest.raises(ComplaintInputError, match="extension"):
        write(desk, case, LetterRequest(letter=LetterKind.EXTENSION, ground=ground))
    assert desk.cases.get(case.complaint_id, **OURS).letters == ()


def test_a_supplement_request_says_what_until_when_and_what_follows(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    request = LetterRequest(
        letter=LetterKind.SUPPLEMENT, needs=("현장 사진", "위치"), until=date(2026, 5, 22)
    )
    paper_id, _ = write(desk, take(desk), request)
    text = text_of(record_of(shelf, paper_id))
    assert "현장 사진\n위치" in text
    assert "2026. 5. 22.(금)까지입니다." in text
    assert "같은 영 제25조제1항에 따라" in text


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        pytest.param(
            LetterRequest(letter=LetterKind.TRANSFER, destination="보기시청", reason="도로"),
            "이송받은 기관: 보기시청",
            id="transfer",
        ),
        pytest.param(
            LetterRequest(letter=LetterKind.PROGRESS, reason="현장을 보고 있음"),
            "처리완료 예정일: 2026. 5. 19.(화)",
            id="progress",
        ),
        pytest.param(
            LetterRequest(letter=LetterKind.CLOSING, reason="묻는 내용이 같음"),
            "제23조제1항에 따라 종결 처리하였습니다.",
            id="closing",
        ),
    ],
)
def test_each_letter_says_what_it_is_for(shelf: Shelf, request_: LetterRequest, said: str) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    paper_id, _ = write(desk, case, request_)
    assert said in text_of(record_of(shelf, paper_id))
    (letter,) = desk.cases.get(case.complaint_id, **OURS).letters
    assert (letter.letter, letter.paper_id) == (request_.letter, paper_id)


def test_an_article_that_the_store_does_not_hold_is_shown_as_without_basis(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    request = LetterRequest(letter=LetterKind.TRANSFER, destination="보기시청", reason="도로")
    paper_id, _ = write(desk, take(desk), request)
    greeting = record_of(shelf, paper_id).current.paper.parts[0].blocks[0]
    assert isinstance(greeting, PaperParagraph)
    assert greeting.sentences[1].status is SentenceStatus.UNSUPPORTED  # the act is not on the shelf


def test_every_computed_section_of_the_templates_is_known() -> None:
    wanted = {
        section.function
        for name, template in load_all().items()
        if name.startswith("complaint_")
        for section in template.sections
        if section.function
    }
    assert wanted == COMPUTED


# -- what blocks a letter ---------------------------------------------------------------------


def items(shelf: Shelf, paper_id: str) -> dict[str, ItemKind]:
    found = make_desk(shelf).checks(record_of(shelf, paper_id))
    return {one.code: one.kind for one in found}


def test_a_refusal_names_its_reason_and_its_remedies(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    desk.cases.change(case.complaint_id, Details(kind=case.kind), by=BY, **OURS)
    request = LetterRequest(decision=Decision.REFUSAL, reason="정한 기한이라 늘릴 수 없습니다")
    paper_id, _ = write(desk, case, request)
    text = text_of(record_of(shelf, paper_id))
    assert "받아들이기 어려움을 알려 드립니다. 그 이유는 다음과 같습니다. 정한 기한이라" in text
    assert "remedy-missing" not in items(shelf, paper_id)


@pytest.mark.parametrize("is_disposition", [True, False])
def test_a_refused_disposition_names_appeal_and_lawsuit_or_is_blocked(
    shelf: Shelf, *, is_disposition: bool
) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    request = LetterRequest(
        decision=Decision.REFUSAL, is_disposition=is_disposition, reason="요건이 없습니다"
    )
    paper_id, _ = write(desk, case, request)
    paper = record_of(shelf, paper_id).current.paper
    assert ("행정심판" in text_of(record_of(shelf, paper_id))) is is_disposition
    assert "remedy-missing" not in items(shelf, paper_id)
    bare = replace(
        paper, parts=tuple(one for one in paper.parts if not one.part_id.startswith("remed"))
    )
    version = NewPaperVersion(paper=bare, content_hash="h", citations=(), by=BY, reason="edit")
    shelf.store.papers.save(paper_id, version, parent=1, **OURS)
    missing = [one.text for one in desk.checks(record_of(shelf, paper_id)) if "remedy" in one.code]
    assert any("행정심판" in text for text in missing) is is_disposition


def test_a_letter_without_an_officer_is_blocked(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    bare = Details(officer=replace(case.officer, name="", contact=""))
    desk.cases.change(case.complaint_id, bare, by=BY, **OURS)
    paper_id, _ = write(desk, case)
    assert "【확인 필요: 담당자의 " in text_of(record_of(shelf, paper_id))
    assert items(shelf, paper_id)["officer-missing"] is ItemKind.FORM


def test_personal_data_typed_into_a_letter_is_found(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    paper_id, _ = write(desk, case)
    assert "personal" not in items(shelf, paper_id)
    paper = edit_part(
        record_of(shelf, paper_id).current.paper,
        f"point-{case.points[0].point_id}",
        [Line(text=f"{NAME} 님의 신청은 접수되었습니다.", depth=2)],
        split=split_sentences,
    )
    version = NewPaperVersion(paper=paper, content_hash="h", citations=(), by=BY, reason="edit")
    shelf.store.papers.save(paper_id, version, parent=1, **OURS)
    found = items(shelf, paper_id)
    assert found["personal"] is ItemKind.PERSONAL
    assert "point-unanswered" not in found


def test_a_point_that_the_letter_does_not_answer_blocks_it(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    paper_id, _ = write(desk, case)
    added = [
        *(EditedPoint(point_id=one.point_id, text=one.text) for one in case.points),
        EditedPoint(text="보고서 서식은 어디에 있나요"),
    ]
    desk.cases.set_points(case.complaint_id, added, revision=None, by=BY, **OURS)
    assert items(shelf, paper_id)["point-unanswered"] is ItemKind.POINT
