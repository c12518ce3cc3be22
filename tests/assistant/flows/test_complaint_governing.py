"""A reply quotes what governs it from the store, once, and nothing that cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.domain import OPEN_PLACE, Origin, PaperParagraph, PaperPart
from assistant.domain.complaints import ComplaintKind, Decision, PointStatus
from assistant.flows.complaint.casework import Details
from assistant.flows.complaint.letters import LetterRequest
from assistant.store import StoredCase
from tests.assistant.flows.complaining import OURS, desk_shelf, make_desk, record_of, take, write
from tests.assistant.shelf import Shelf, rule

BY = "주무관 김보기"
LAW = "공공기관의 정보공개에 관한 법률"
BODY = "작년 회의록을 공개해 주십시오. 전자파일로 보내 주시기 바랍니다."


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with desk_shelf(tmp_path_factory.mktemp("governing")) as opened:
        opened.add(
            rule(
                LAW,
                "제9조 (비공개 대상 정보)\n\n**①** 다음 정보는 공개하지 아니할 수 있다.\n\n"
                "  1\\. 비밀로 정한 정보",
                "제11조 (정보공개 여부의 결정)\n\n**①** 청구를 받은 날부터 10일 이내에 결정한다.",
                "제14조 (부분 공개)\n\n나눌 수 있으면 나머지를 공개한다.",
                법령구분="법률",
                시행일자="2023-11-17",
            )
        )
        opened.index()
        yield opened


def answered(shelf: Shelf, request: LetterRequest, body: str = BODY) -> tuple[StoredCase, str]:
    desk = make_desk(shelf)
    case = take(desk, body, title="회의록 공개 청구")
    case = desk.cases.change(
        case.complaint_id, Details(kind=ComplaintKind.DISCLOSURE), by=BY, **OURS
    )
    paper_id, _ = write(desk, case, request)
    return desk.cases.get(case.complaint_id, **OURS), paper_id


def part_of(shelf: Shelf, paper_id: str) -> PaperPart:
    parts = record_of(shelf, paper_id).current.paper.parts
    return next(part for part in parts if part.part_id == "governing")


def test_a_disclosure_names_what_governs_it_with_the_words_of_the_store(shelf: Shelf) -> None:
    _, paper_id = answered(shelf, LetterRequest())
    quotes = [
        sentence
        for block in part_of(shelf, paper_id).blocks
        if isinstance(block, PaperParagraph)
        for sentence in block.sentences
        if sentence.origin is Origin.EVIDENCE
    ]
    said = "청구를 받은 날부터 10일 이내에 결정한다."
    assert [one.text for one in quotes] == [
        f"「{LAW}」 제11조제1항에서는 “{said}”라고 정하고 있습니다."
    ]
    assert quotes[0].citations[0].quote.endswith("10일 이내에 결정한다.")


def test_what_stands_nowhere_in_the_store_is_not_named(shelf: Shelf) -> None:
    _, paper_id = answered(shelf, LetterRequest())
    text = "\n".join(
        block.text for block in part_of(shelf, paper_id).blocks if isinstance(block, PaperParagraph)
    )
    assert "제15조" not in text  # 전자파일 speaks of it, and this store has no such article


def test_a_refusal_asks_for_the_ground_and_quotes_the_head_of_the_list_alone(shelf: Shelf) -> None:
    refused = LetterRequest(decision=Decision.REFUSAL, reason="내부 검토 중인 정보입니다.")
    _, paper_id = answered(shelf, refused)
    texts = [
        block.text for block in part_of(shelf, paper_id).blocks if isinstance(block, PaperParagraph)
    ]
    assert any("“다음 정보는 공개하지 아니할 수 있다.”" in text for text in texts)
    assert not any("비밀로 정한" in text for text in texts)
    assert any("몇 호" in place for text in texts for place in OPEN_PLACE.findall(text))


def test_a_point_that_names_its_rule_is_partly_answered_and_the_rest_left_open(
    shelf: Shelf,
) -> None:
    body = "회의록 가운데 이름을 가리고 공개해 주십시오."
    case, paper_id = answered(shelf, LetterRequest(), body)
    assert [point.status for point in case.points] == [PointStatus.PARTLY]
    parts = record_of(shelf, paper_id).current.paper.parts
    answer = next(part for part in parts if part.subject_id == case.points[0].point_id)
    text = "\n".join(block.text for block in answer.blocks if isinstance(block, PaperParagraph))
    assert "제14조에서는 “나눌 수 있으면 나머지를 공개한다.”" in text
    assert "찾지 못했습니다" not in text
    assert any("공개 여부" in place for place in OPEN_PLACE.findall(text)), text
