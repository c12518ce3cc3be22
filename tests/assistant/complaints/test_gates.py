"""What a letter of a case must hold and must not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.complaints import check_letter, remedies_for
from assistant.domain import (
    ComplaintKind,
    Decision,
    GateFinding,
    GateSeverity,
    LetterKind,
    Origin,
    PaperPart,
    PointStatus,
    RemedyKind,
)
from tests.assistant.complaints.letters import facts, letter, part, phones, point

GOOD = "「민원 처리에 관한 법률」 제19조제2항에 따라 접수한 날도 처리기간에 포함됩니다."


def rules(*parts: PaperPart, **given: object) -> list[str]:
    return [each.rule for each in check_letter(letter(*parts), facts(**given))]  # type: ignore[arg-type]


def found(*parts: PaperPart, **given: object) -> GateFinding:
    (only,) = check_letter(letter(*parts), facts(**given))  # type: ignore[arg-type]
    return only


def test_a_good_reply_passes() -> None:
    assert rules(part(GOOD)) == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("접수한 날도 포함된다.", "voice"),
        ("접수한 날도 포함돼요.", "voice"),
        ("반드시 승인되도록 하겠습니다.", "guarantee"),
        ("승인을 보장합니다.", "guarantee"),
        ("내년에 그늘막을 설치하겠습니다.", "commitment"),
        ("해당 직원을 징계하겠습니다.", "commitment"),
        ("AI 모델로서 답변드립니다.", "machine"),
        ("제공된 문서에 따르면 그렇습니다.", "machine"),
        ("근거 [S1]에 따라 포함됩니다.", "machine"),
        ("아마 포함되는 것 같습니다.", "hedge"),
        ("귀하의 오해에서 비롯된 일입니다.", "blame"),
        ("악성 민원에 해당합니다.", "blame"),
        ("당신은 신청하실 수 있습니다.", "address"),
        ("⟦이름·ab12·1⟧에게 알렸습니다.", "placeholder"),
    ],
)
def test_a_sentence_that_must_not_go_out_is_found_where_it_stands(sentence: str, rule: str) -> None:
    findings = check_letter(letter(part(f"{GOOD} {sentence}")), facts())
    (hit, *_) = [each for each in findings if each.rule == rule]
    assert (hit.part_id, hit.block, hit.sentence) == ("core", 0, 1)
    assert hit.span is not None
    assert sentence[hit.span.start : hit.span.end]
    assert hit.basis.law


@pytest.mark.parametrize(
    "sentence",
    [
        "추가 검토 결과를 2026. 12. 1.까지 알려 드리겠습니다.",
        "신청서를 제출하시면 검토하여 답변드리겠습니다.",
        "환불을 원하시면 신청서를 내실 수 있습니다.",
        "처리기간은 7일입니다.",
        "1. 검토 결과",
        "붙임  신청서 1부.  끝.",
        "귀하의 민원은 ‘억지 행정에 대한 시정 요구’에 관한 것으로 이해됩니다.",
        "「민원 처리에 관한 법률」 제2조제1호에 해당합니다.",
    ],
)
def test_a_sentence_of_a_usual_reply_raises_nothing(sentence: str) -> None:
    assert rules(part(GOOD), part(sentence, part_id="more", subject_id="")) == []


def test_what_was_asked_is_repeated_in_the_complainants_own_words() -> None:
    asked = point()
    lead = part(
        "- 접수일도 포함되나요", part_id="understanding", subject_id="", origin=Origin.RECORD
    )
    assert rules(lead, part(GOOD), points=(asked,)) == []


def test_the_words_of_a_law_keep_their_voice() -> None:
    assert rules(part("접수한 날을 첫날로 한다.", origin=Origin.EVIDENCE)) == []


# -- personal data ------------------------------------------------------------------------------


def test_another_persons_data_is_found_and_the_officers_own_is_not() -> None:
    text = "이웃의 전화는 010-0000-7777입니다."
    hit = found(part(text), find_personal=phones)
    assert hit.rule == "personal"
    assert hit.span is not None
    assert text[hit.span.start : hit.span.end] == "010-0000-7777"
    assert rules(part(text), find_personal=phones, allowed=("010-0000-7777",)) == []


# -- the officer --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ("", "소속ㆍ성명ㆍ연락처가"),
        ("문의는 민원봉사과(☎ 000-000-0000)로 하십시오.", "성명이"),
        ("문의는 정다은 주무관(☎ 000-000-0000)에게 하십시오.", "소속이"),
        ("문의는 민원봉사과 정다은 주무관에게 하십시오.", "연락처가"),
    ],
)
def test_what_the_officer_line_lacks_is_said(line: str, missing: str) -> None:
    (hit,) = check_letter(letter(part(GOOD), officer=line), facts())
    assert hit.rule == "officer-missing"
    assert f"담당자의 {missing} 없습니다" in hit.message
    assert hit.basis.label == "제31조"


# -- points and referral ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "text", "rule"),
    [
        (PointStatus.UNTOUCHED, GOOD, "point-unanswered"),
        (PointStatus.NO_BASIS, GOOD, "point-unanswered"),
        (PointStatus.ANSWERED, "【확인 필요】", "point-unanswered"),
        (PointStatus.PARTLY, GOOD, "point-partly"),
        (PointStatus.ANSWERED, f"{GOOD} 기산일은 【확인 필요】입니다.", "point-partly"),
    ],
)
def test_a_point_that_is_not_answered_is_said(status: PointStatus, text: str, rule: str) -> None:
    hit = found(part(text), points=(point(status=status),))
    assert (hit.rule, hit.point_id) == (rule, "p1")


def test_a_point_without_a_part_of_its_own_is_unanswered() -> None:
    assert rules(part(GOOD), points=(point(), point("p2"))) == ["point-unanswered"]


def test_another_body_is_named() -> None:
    sent = point(status=PointStatus.OTHER_BODY, other_body="관할 경찰서")
    assert rules(part("소관 기관에 문의하여 주십시오."), points=(sent,)) == ["referral-missing"]
    assert rules(part("관할 경찰서에 문의하여 주십시오."), points=(sent,)) == []


# -- refusals -----------------------------------------------------------------------------------

REFUSED = "「도로법」 제61조에 따른 요건에 해당하지 않으므로 허가하지 아니합니다."


@pytest.mark.parametrize("kind", list(ComplaintKind))
@pytest.mark.parametrize("is_disposition", [False, True])
def test_the_wording_of_the_remedies_passes(kind: ComplaintKind, is_disposition: bool) -> None:
    remedies = remedies_for(kind, is_disposition=is_disposition)
    text = " ".join(remedy.text for remedy in remedies)
    parts = (part(REFUSED), part(text, part_id="remedies", subject_id="", origin=Origin.TEMPLATE))
    given = {"kind": kind, "decision": Decision.REFUSAL, "is_disposition": is_disposition}
    assert rules(*parts, **given) == []


def test_a_refusal_without_remedies_names_each_that_is_missing() -> None:
    given = {"kind": ComplaintKind.STATUTORY, "decision": Decision.REFUSAL}
    findings = check_letter(letter(part(REFUSED)), facts(**given))  # type: ignore[arg-type]
    assert [each.rule for each in findings] == ["remedy-missing"] * 3
    assert [each.basis.law for each in findings] == [
        "민원 처리에 관한 법률",
        "행정심판법",
        "행정소송법",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "30일 이내에 이의신청을, 90일 이내ㆍ180일 이내에 행정심판을, 90일 이내ㆍ1년 이내에 "
            "행정소송을 하실 수 있습니다.",
            ["remedy-wrong", "remedy-limit"],
        ),
        (
            "60일 이내에 이의신청을, 90일 이내에 행정심판을, 90일 이내ㆍ1년 이내에 행정소송을 "
            "하실 수 있습니다.",
            ["remedy-limit"],
        ),
        (
            "이의신청(60일 이내), 행정심판(안 날부터 90일 이내, 있은 날부터 180일 이내), "
            "행정소송(안 날부터 90일 이내, 있은 날부터 1년 이내)을 하실 수 있습니다.",
            [],
        ),
    ],
    ids=["wrong limit", "limit missing", "limits in brackets"],
)
def test_limits_of_remedies_are_those_of_the_law(text: str, expected: list[str]) -> None:
    given = {"kind": ComplaintKind.STATUTORY, "decision": Decision.REFUSAL}
    assert rules(part(REFUSED), part(text, part_id="remedies", subject_id=""), **given) == expected


def test_a_refusal_says_why() -> None:
    text = " ".join(remedy.text for remedy in remedies_for(ComplaintKind.PROPOSAL))
    parts = (
        part("채택하지 아니합니다."),
        part(text, part_id="remedies", subject_id="", origin=Origin.TEMPLATE),
    )
    given = {"kind": ComplaintKind.PROPOSAL, "decision": Decision.REFUSAL}
    assert rules(*parts, **given) == ["reason-missing"]


def test_an_answer_needs_no_remedies() -> None:
    assert rules(part(GOOD), kind=ComplaintKind.STATUTORY) == []


# -- other letters ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            LetterKind.EXTENSION,
            "관계 기관의 협조가 필요하여 2026. 12. 3.까지 처리기간을 연장합니다.",
            [],
        ),
        (LetterKind.EXTENSION, "업무 과다로 2026. 12. 3.까지 연장합니다.", ["extension-forbidden"]),
        (
            LetterKind.EXTENSION,
            "담당자 휴가로 2026. 12. 3.까지 연장합니다.",
            ["extension-forbidden"],
        ),
        (LetterKind.EXTENSION, "처리기간을 연장합니다.", ["extension-reason", "date-missing"]),
        (LetterKind.SUPPLEMENT, "2026. 12. 3.까지 신청서를 보완하여 주십시오.", []),
        (LetterKind.SUPPLEMENT, "신청서를 보완하여 주십시오.", ["supplement-period"]),
        (LetterKind.PROGRESS, "2026. 12. 3.까지 처리할 예정입니다.", []),
        (LetterKind.PROGRESS, "【확인 필요】까지 처리할 예정입니다.", ["date-missing"]),
        (LetterKind.CLOSING, "2026. 3. 2.과 2026. 5. 4.에 결과를 알려 드렸습니다.", []),
        (LetterKind.CLOSING, "이미 여러 번 알려 드렸습니다.", ["closing-facts"]),
    ],
)
def test_each_letter_holds_what_its_article_asks(
    kind: LetterKind, text: str, expected: list[str]
) -> None:
    assert rules(part(text), letter=kind, points=()) == expected


def test_a_statutory_complaint_is_not_closed_as_repeated() -> None:
    text = "2026. 3. 2.과 2026. 5. 4.에 결과를 알려 드렸습니다."
    given = {"letter": LetterKind.CLOSING, "kind": ComplaintKind.STATUTORY, "points": ()}
    assert rules(part(text), **given) == ["closing-statutory"]


def test_what_weighs_as_an_error_is_what_must_not_go_out() -> None:
    weights = {each.rule: each.severity for each in check_letter(letter(), facts())}
    assert weights == {"point-unanswered": GateSeverity.ERROR}


FINE = "부당한 과태료를 취소해 주세요"


def test_a_fine_is_contested_by_objection_and_not_by_appeal_or_lawsuit() -> None:
    for is_disposition in (False, True):
        found = remedies_for(
            ComplaintKind.GRIEVANCE,
            is_disposition=is_disposition,
            points=(FINE, "이유를 밝혀 주세요"),
        )
        assert [one.kind for one in found] == [RemedyKind.FINE_OBJECTION, RemedyKind.OMBUDSMAN]
    assert str(found[0].basis[0]) == "「질서위반행위규제법」 제20조제1항"
    assert "관할 법원에 통보" in found[0].text
    assert "{" not in found[0].text


def test_a_disposition_beside_a_fine_keeps_its_own_remedies() -> None:
    found = remedies_for(
        ComplaintKind.GRIEVANCE, is_disposition=True, points=(FINE, "영업정지를 풀어 주세요")
    )
    kinds = {one.kind for one in found}
    assert {RemedyKind.FINE_OBJECTION, RemedyKind.DISPOSITION_OBJECTION, RemedyKind.APPEAL} < kinds


def test_a_refusal_about_personal_data_names_the_objection_of_its_own_law() -> None:
    found = remedies_for(ComplaintKind.STATUTORY, points=("제 개인정보를 열람하게 해 주세요",))
    assert [one.kind for one in found] == [
        RemedyKind.PERSONAL_OBJECTION,
        RemedyKind.APPEAL,
        RemedyKind.LAWSUIT,
    ]
    assert "「개인정보 보호법」 제38조제5항" in found[0].text


def test_an_appeal_offered_against_a_fine_is_an_error() -> None:
    remedies = remedies_for(ComplaintKind.GRIEVANCE, points=(FINE,))
    text = " ".join(one.text for one in remedies)
    wrong = "90일 이내에 행정심판을 청구하실 수 있습니다."
    for added, expected in (("", []), (wrong, ["remedy-shut-out"])):
        said = part(f"{text} {added}", part_id="remedies", subject_id="", origin=Origin.TEMPLATE)
        known = facts(kind=ComplaintKind.GRIEVANCE, decision=Decision.REFUSAL)
        checked = check_letter(letter(part(REFUSED), said), replace(known, remedies=remedies))
        assert [one.rule for one in checked] == expected
