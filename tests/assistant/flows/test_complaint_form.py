"""How letters read: what they are called, what stands alone, and what leaves after approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.domain import Approval
from assistant.domain.complaints import ComplaintKind, Decision, LetterKind
from assistant.flows.complaint.casework import Details
from assistant.flows.complaint.letters import LetterRequest
from assistant.flows.paper import PaperFlow
from tests.assistant.flows.complaining import (
    NOW,
    OURS,
    desk_shelf,
    make_desk,
    record_of,
    take,
    text_of,
    write,
)
from tests.assistant.shelf import Shelf, rule

BY = "주무관 김보기"
DIGEST = "가나구 시험접수 규정(요약)"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with desk_shelf(tmp_path_factory.mktemp("desk")) as opened:
        opened.add(
            rule(
                DIGEST,
                "제5조 (수수료)\n\n**①** 시험접수 수수료는 3천원으로 한다. "
                "수급자는 수수료를 내지 않는다(제2항).",
                법령구분="고시",
                시행일자="2026-02-03",
            )
        )
        yield opened.index()


def refused(shelf: Shelf, kind: ComplaintKind, body: str, **facts: object) -> str:
    """Return title and text of a refusal of a complaint of a kind."""
    desk = make_desk(shelf)
    case = take(desk, body)
    desk.cases.change(case.complaint_id, Details(kind=kind), by=BY, **OURS)
    case = desk.cases.get(case.complaint_id, **OURS)
    decision = facts.pop("decision", Decision.REFUSAL)
    request = LetterRequest(decision=decision, reason="정한 기준에 맞지 않습니다", **facts)  # type: ignore[arg-type]
    record = record_of(shelf, write(desk, case, request)[0])
    return f"{record.current.paper.title}\n{text_of(record)}"


@pytest.mark.parametrize(
    ("kind", "heading", "said"),
    [
        (ComplaintKind.OTHER, "민원 처리 결과 회신(", "귀하께서 신청하신 민원(신청번호"),
        (ComplaintKind.PROPOSAL, "국민제안 심사 결과 알림(", "귀하의 제안을 채택하지 않기로"),
        (
            ComplaintKind.DISCLOSURE,
            "정보공개 청구에 대한 결정 알림(",
            "귀하께서 청구하신 정보를 공개하지 않기로 결정하였음을",
        ),
    ],
)
def test_a_proposal_and_a_claim_are_not_called_a_complaint(
    shelf: Shelf, kind: ComplaintKind, heading: str, said: str
) -> None:
    text = refused(shelf, kind, "공원에 의자를 더 놓아 주세요.")
    assert text.startswith(heading)
    assert said in text


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("가로등 고장", "귀하의 민원은 ‘가로등 고장’에 관한 것으로 이해됩니다."),
        (
            "[건의] 가로등을 늘려 주세요",
            "귀하의 민원은 ‘가로등을 늘려 달라’는 요청으로 이해됩니다.",
        ),
        ("민원 신청", ""),
    ],
)
def test_a_title_is_told_as_what_it_is(shelf: Shelf, title: str, said: str) -> None:
    desk = make_desk(shelf)
    paper_id, _ = write(desk, take(desk, title=title))
    text = text_of(record_of(shelf, paper_id))
    assert said in text
    assert ("이해됩니다" in text) is bool(said)


def test_a_remedy_that_stands_alone_takes_no_number(shelf: Shelf) -> None:
    text = refused(shelf, ComplaintKind.PROPOSAL, "공원에 의자를 더 놓아 주세요.")
    assert "이 결과에 이의가 있으시면 「국민 제안 규정」 제12조제1항에 따라 통지받은 날" in text
    body = "공원에 의자를 더 놓아 주세요."
    several = refused(shelf, ComplaintKind.OTHER, body, is_disposition=True)
    lines = several.splitlines()
    at = lines.index("이 결과에 이의가 있으시면 다음 절차에 따라 다투실 수 있습니다.")
    names = ("이의신청을", "행정심판을", "행정소송을", "고충민원을")
    assert all(name in line for name, line in zip(names, lines[at + 1 : at + 5], strict=True))


def test_a_refusal_asks_for_the_ground_of_its_reason_and_for_no_other_answer(shelf: Shelf) -> None:
    text = refused(shelf, ComplaintKind.OTHER, "공원에 의자를 더 놓아 주세요.")
    assert "\n【확인 필요: 받아들이기 어려운 이유의 근거가 되는 법령이나 기준】\n" in text
    assert "검토한 의견" not in text


def test_the_digest_of_a_rule_is_told_in_the_voice_of_the_letter(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk, "시험접수 수수료는 얼마인가요?", title="시험접수 수수료")
    query = Details(kind=ComplaintKind.QUERY_PROCEDURE)
    desk.cases.change(case.complaint_id, query, by=BY, **OURS)
    paper_id, _ = write(desk, desk.cases.get(case.complaint_id, **OURS))
    text = text_of(record_of(shelf, paper_id))
    assert "「가나구 시험접수 규정」 제5조제1항에 따르면 시험접수 수수료는 3천원으로 " in text
    assert "【확인 필요: 위 규정에 따른 결론(금액)】" in text


def test_a_claim_to_information_is_extended_by_its_own_law(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk, "2025년 회의록의 공개를 청구합니다.", title="정보공개 청구")
    claim = Details(kind=ComplaintKind.DISCLOSURE)
    desk.cases.change(case.complaint_id, claim, by=BY, **OURS)
    request = LetterRequest(letter=LetterKind.EXTENSION, reason="제3자의 의견을 들음")
    paper_id, _ = write(desk, desk.cases.get(case.complaint_id, **OURS), request)
    record = record_of(shelf, paper_id)
    assert record.current.paper.title.startswith("정보공개 결정기간 연장 알림(")
    assert "「공공기관의 정보공개에 관한 법률」 제11조제2항에 따라 결정기간을" in text_of(record)
    assert "extension-reason" not in {one.code for one in desk.checks(record)}


def test_one_thing_to_supply_takes_no_number(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    request = LetterRequest(
        letter=LetterKind.SUPPLEMENT, needs=("위임장 1부",), until=date(2026, 5, 20)
    )
    paper_id, _ = write(desk, take(desk), request)
    assert "보완하실 내용은 다음과 같습니다. 위임장 1부." in text_of(record_of(shelf, paper_id))


def test_what_is_not_known_of_the_officer_is_one_place(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    blank = Details(officer=type(case.officer)(department="도로과"))
    desk.cases.change(case.complaint_id, blank, by=BY, **OURS)
    paper_id, _ = write(desk, desk.cases.get(case.complaint_id, **OURS))
    assert "도로과 【확인 필요: 담당자의 성명ㆍ연락처】에게 문의" in text_of(
        record_of(shelf, paper_id)
    )


def test_an_approved_letter_leaves_without_numbers_and_sources(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    papers = PaperFlow(
        shelf.store,
        now=lambda: NOW,
        today=NOW.date,
        institution=shelf.store.collections.institution_name,
        checks={},
    )
    paper_id, _ = write(desk, take(desk))
    draft = papers.export(paper_id, "txt", **OURS).data.decode()
    assert "\n근거\n[1] " in draft
    current = record_of(shelf, paper_id).current
    approval = Approval(
        version_number=current.number, content_hash=current.content_hash, by="과장 이", at=NOW
    )
    shelf.store.papers.approve(paper_id, approval, **OURS)
    sent = papers.export(paper_id, "txt", **OURS).data.decode()
    assert "[1]" not in sent
    assert "\n근거\n" not in sent
    assert sent.split("-" * 20)[0].rstrip().endswith("끝.")
