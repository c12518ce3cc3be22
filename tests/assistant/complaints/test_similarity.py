"""Earlier complaints that resemble one, groups, and the facts about repetition."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.complaints import SAME, SimilarityIndex, repeat_facts
from assistant.domain import (
    ComplaintKind,
    EarlierComplaint,
    Likeness,
    RepeatFacts,
    SimilarComplaint,
)

LAMP = "늘봄구 새싹로 45 앞 가로등이 일주일째 꺼져 있습니다. 밤에 어두워 위험하니 고쳐 주세요."
LAMP_AGAIN = "새싹로 45 앞 가로등이 아직도 꺼져 있어요 ㅠㅠ 밤에 너무 어두워 위험합니다 고쳐주세요"
BID = "혁신제품으로 지정되면 경쟁입찰 없이 수의계약을 할 수 있는지 궁금합니다."
BID_AGAIN = "혁신제품 지정을 받은 제품은 경쟁 입찰 없이 수의 계약이 가능한지 알고 싶습니다."
FEE = "주민등록등본을 뗄 때 수수료가 얼마인지 알려 주십시오."


def earlier(
    complaint_id: str, text: str, *, title: str = "", who: str = "", told: tuple[date, ...] = ()
) -> EarlierComplaint:
    return EarlierComplaint(
        complaint_id=complaint_id,
        received_on=date(2026, 3, 2),
        title=title,
        text=text,
        applicant_key=who,
        answered_on=told,
    )


def index(*texts: str) -> SimilarityIndex:
    return SimilarityIndex(earlier(f"e{n}", text) for n, text in enumerate(texts))


def best(found: tuple[SimilarComplaint, ...]) -> str:
    return found[0].complaint_id if found else ""


@pytest.mark.parametrize(("text", "expected"), [(LAMP_AGAIN, "e0"), (BID_AGAIN, "e1")])
def test_the_same_matter_in_other_words_comes_first(text: str, expected: str) -> None:
    assert best(index(LAMP, BID, FEE).similar(earlier("q", text))) == expected


def test_another_matter_is_not_shown() -> None:
    assert index(LAMP, BID).similar(earlier("q", FEE)) == ()


def test_the_very_same_text_is_wholly_alike_and_the_complaint_is_not_its_own_match() -> None:
    found = index(LAMP, BID, FEE).similar(earlier("q", LAMP))
    assert found[0].score == 1.0
    assert "e0" not in {e.complaint_id for e in index(LAMP).similar(earlier("e0", LAMP))}


def test_reasons_name_what_is_shared() -> None:
    one = "「민원 처리에 관한 법률」 제23조로 새싹로 45 공사 민원을 종결한 것이 맞는지요?"
    other = "새싹로 45 공사 민원을 제23조로 종결했다는데 「민원 처리에 관한 법률」 제23조가 맞나요?"
    (found,) = index(one).similar(earlier("q", other))
    reasons = {reason.kind: reason.text for reason in found.reasons}
    assert "제23조" in reasons[Likeness.ARTICLE]
    assert reasons[Likeness.PLACE] == "새싹로"
    assert Likeness.OBJECT in reasons


def test_placeholders_of_masked_data_make_nothing_alike() -> None:
    one, other = "⟦이름·ab12·1⟧ 수수료 문의합니다", "⟦이름·ab12·1⟧ 가로등 고장 신고합니다"
    assert index(one).similar(earlier("q", other)) == ()


def test_groups_hold_what_one_reply_may_answer() -> None:
    groups = index(LAMP, BID, LAMP_AGAIN, FEE, BID_AGAIN).groups(least=0.3)
    assert {frozenset(group.complaint_ids) for group in groups} == {
        frozenset({"e0", "e2"}),
        frozenset({"e1", "e4"}),
    }
    assert all(group.lead_id in group.complaint_ids and group.reasons for group in groups)


def test_an_index_of_nothing_finds_nothing() -> None:
    assert SimilarityIndex(()).similar(earlier("q", LAMP)) == ()
    assert SimilarityIndex(()).groups() == ()


# -- repetition -----------------------------------------------------------------------------------

FIRST, SECOND = date(2026, 3, 9), date(2026, 5, 11)


def repeated(
    *, who: str = "k1", kind: ComplaintKind = ComplaintKind.OTHER, applicants: int = 1
) -> RepeatFacts:
    held = SimilarityIndex(
        [
            earlier("e0", LAMP, who=who, told=(FIRST,)),
            earlier("e1", LAMP, who=who, told=(SECOND,)),
            earlier("e2", BID, who=who, told=(SECOND,)),
        ]
    )
    found = held.similar(earlier("q", LAMP, who="k1"))
    return repeat_facts(kind, found, least=SAME, applicants=applicants)


def test_the_third_of_the_same_with_two_answers_may_be_closed_by_the_official() -> None:
    facts = repeated()
    assert (facts.count, facts.answered_on) == (3, (FIRST, SECOND))
    assert facts.may_be_closed
    assert [fact.holds for fact in facts.facts] == [True, True, True, None, None]
    assert {fact.basis.label for fact in facts.facts} == {"제23조제1항", "제23조제3항"}


@pytest.mark.parametrize(
    ("given", "count"),
    [
        pytest.param({"who": "k2"}, 1, id="another person asked before"),
        pytest.param({"who": ""}, 1, id="unknown who asked before"),
        pytest.param({"kind": ComplaintKind.STATUTORY}, 3, id="statutory"),
        pytest.param({"kind": ComplaintKind.DISCLOSURE}, 3, id="no complaint at all"),
    ],
)
def test_closing_is_not_offered(given: dict[str, object], count: int) -> None:
    facts = repeated(**given)
    assert facts.count == count
    assert not facts.may_be_closed


def test_many_persons_need_the_committee() -> None:
    assert repeated(applicants=5).facts[-1].basis.label == "제26조"
