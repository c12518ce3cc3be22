"""Which kind a complaint is, and by which words."""

import pytest

from assistant.complaints import guess_kind
from assistant.complaints.grams import load_weights, telling_words
from assistant.deadlines import rule_of
from assistant.domain import ComplaintKind


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("처리기간", "「민원 처리에 관한 법률」 제19조의 해석을 부탁드립니다.", "query_law"),
        ("신청 방법", "시범사용은 어디서 어떻게 신청하나요?", "query_procedure"),
        ("건의", "창구를 점심에도 운영하도록 제도를 개선해 주시기 바랍니다.", "suggestion"),
        ("가로등", "골목 가로등이 꺼졌습니다. 고쳐 주세요.", "other"),
        ("처분", "부당한 과태료 처분을 취소해 주십시오.", "grievance"),
        ("등록 신청", "경쟁입찰 참가자격 등록을 신청합니다.", "statutory"),
        ("국민제안", "기대효과: 예산 절감\n제안: 번호표를 둡니다.", "proposal"),
        ("정보공개청구", "회의록의 공개를 청구합니다.", "disclosure"),
    ],
    ids=lambda value: value[:12],
)
def test_each_kind_is_told_by_its_words(title: str, body: str, expected: str) -> None:
    guess = guess_kind(title, body)
    assert guess.kind == expected
    assert guess.signs
    assert all(sign.reason for sign in guess.signs)


def test_how_a_disclosure_is_asked_for_is_a_question() -> None:
    guess = guess_kind("정보공개 청구 절차", "정보공개를 청구하려면 어떻게 하나요?")
    assert guess.kind is ComplaintKind.QUERY_PROCEDURE
    assert ComplaintKind.DISCLOSURE in {other.kind for other in guess.alternatives}


def test_the_deciding_words_stand_where_they_are_said_to_stand() -> None:
    title, body = "가로등 고장 신고", "골목이 어둡습니다. 빨리 고쳐 주세요."
    for sign in guess_kind(title, body).signs:
        text = title if sign.is_in_title else body
        assert text[sign.span.start : sign.span.end].strip() == sign.text


def test_wording_that_no_rule_knows_is_told_by_its_letters() -> None:
    body = "모래에 유리 조각이 섞여 있습니다. 아이들이 다칠까 걱정입니다. 갈아 주세요."
    guess = guess_kind("놀이터 모래", body)
    assert guess.kind is ComplaintKind.OTHER
    assert [body[s.span.start : s.span.end] for s in guess.signs] == [s.text for s in guess.signs]


def test_the_weights_fit_the_kinds() -> None:
    weights = load_weights()
    assert len(weights.bias) == len(weights.rules) == len(ComplaintKind)
    assert {len(row) for row in weights.grams.values()} == {len(ComplaintKind)}
    assert set(weights.grams) == set(weights.rarity)


def test_words_that_tell_by_their_letters_come_strongest_first() -> None:
    words = telling_words("캠핑장으로 고쳐 주민조합이 운영", ComplaintKind.PROPOSAL)
    assert words
    assert words == sorted(words, key=lambda one: (-one[0], one[1]))


def test_shares_are_parts_of_one() -> None:
    guess = guess_kind("문의", "처리기간이 며칠인가요?")
    total = guess.share + sum(other.share for other in guess.alternatives)
    assert 0 < guess.share <= total <= 1.001


def test_every_kind_has_a_clock() -> None:
    assert [rule_of(kind).kind for kind in ComplaintKind] == list(ComplaintKind)


def test_a_text_without_words_is_of_some_kind_and_says_nothing() -> None:
    assert guess_kind("", "").signs == ()


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        (
            "민원이 넘어갈 때",
            "민원문서를 이송할 때 몇 시간 안에 보내야 하는지 법령의 근거를 알려 주십시오.",
            "query_law",
        ),
        (
            "점심시간",
            "창구가 전부 닫혀 헛걸음을 했습니다. 교대로 근무하도록 바꾸는 게 옳지 않을까요.",
            "suggestion",
        ),
        (
            "귀농 상담",
            "농지를 알아보고 있습니다. 다음 주에 상담을 받고 싶은데 시간 있으신가요?",
            "other",
        ),
    ],
)
def test_a_reason_in_plain_words_decides(title: str, body: str, kind: str) -> None:
    assert guess_kind(title, body).kind == kind
