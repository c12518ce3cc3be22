"""Personal data is found however it is written, masked reversibly, and kept where it is none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.lexical import tagged
from assistant.privacy import (
    Kind,
    Known,
    MaskedText,
    Reason,
    Register,
    find_identifiers,
    mask,
    restore,
    unmask,
)
from assistant.privacy.forms import fold, key_of
from evals.suites.privacy import leaks

PHONE = "010-1234-5678"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("주민번호 900101-1234567 입니다", "resident_number"),
        ("9001011234567", "resident_number"),
        ("900101 – 1234567", "resident_number"),
        ("외국인 020228-7654321", "foreigner_number"),
        ("010-1234-5678", "mobile_phone"),
        ("01012345678로 연락", "mobile_phone"),
        ("０１０－１２３４－５６７８", "mobile_phone"),
        ("010\u200b-1234-\u200b5678", "mobile_phone"),
        ("공일공 일이삼사 오육칠팔", "mobile_phone"),
        ("O1O-1234-5678", "mobile_phone"),
        ("02-123-4567", "phone"),
        ("042) 123-4567", "phone"),
        ("1234-5678-9012-3456", "card"),
        ("hong.gildong@example.go.kr", "email"),
        ("hong골뱅이example.com으로", "email"),
        ("면허 11-90-123456-78", "driver_licence"),
        ("여권번호 M123A4567", "passport"),
        ("계좌는 110-123-456789", "account"),
        ("차량 12가3456", "vehicle"),
        ("생년월일 1903. 4. 5.", "birth_date"),
        ("개인사업자 123-45-67890", "business_number"),
    ],
)
def test_each_kind_of_identifier_is_found(text: str, kind: str) -> None:
    assert kind in {found.kind for found in find_identifiers(text)}


@pytest.mark.parametrize(
    "text",
    [
        "제12조제3항제1호에 따라 2026-11-23까지 제출",
        "2026. 1. 30. 고시 제2026-12호",
        "추정가격 1억 2,345만원(120,000,000원) 이하",
        "끝난 날부터 7일 이내, 연장은 30일",
        "문서번호 혁신과-1234(2026.3.4.)",
        "점수 60~100점",
        "법령 제21222호",
        "법인등록번호 110111-0123456",
        "사업자등록번호 123-45-67890",
        "대표전화 042-0123-4567",
        "시리얼번호 4111-1111-1111-1111",
        "공고번호 20261234567-00, 계좌 개설과 무관",
        "대법원 2018다12345 판결",
        "소프트웨어 버전 2.10.13.100",
    ],
)
def test_the_numbers_of_rules_and_papers_are_no_identifiers(text: str) -> None:
    assert find_identifiers(text) == ()


def test_identifiers_come_in_the_order_of_the_text() -> None:
    found = find_identifiers("a@example.kr, 010-1234-5678, 900101-1234567")
    assert [one.kind for one in found] == ["email", "mobile_phone", "resident_number"]


def test_the_place_of_an_identifier_counts_the_text_as_given() -> None:
    text = "연락\u200b처 ０１０-1234-5678 이고 끝"
    (found,) = find_identifiers(text)
    assert text[found.start : found.end] == "０１０-1234-5678"


@given(
    st.dates().filter(lambda day: day.year > 1900),
    st.integers(min_value=0, max_value=9_999_999),
    st.sampled_from(["", "-", " ", " - ", "–"]),
)
def test_any_birthday_with_seven_digits_is_a_number_of_a_person(
    day: object, serial: int, separator: str
) -> None:
    text = f"번호는 {day:%y%m%d}{separator}{serial:07d}이다"
    assert {found.kind for found in find_identifiers(text)} & {
        "resident_number",
        "foreigner_number",
    }


# -- reversible masking -----------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "010-1234-5678",
        "０１０ 1234 5678",
        "030415-1234567",
        "민원인 김가람 씨",
        "김가람은",
        "성명: 이도윤",
        "sample@example.com",
        "⟦이름·abcdef·1⟧",
        "[이름1]",
        "<전화 1>",
        "주소 가상시 보기구 시험로 12, 301호",
        "\u200b",
        "\ufeff",
        "\u1112\u1161\u11ab",
        "\n",
        "|성명|연락처|\n",
        " ",
        "공일공일이삼사오육칠팔",
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=12).map("".join)


@given(st.one_of(_TEXTS, st.text()))
@settings(max_examples=300, deadline=None)
def test_any_text_comes_back_exactly(text: str) -> None:
    assert unmask(mask(text)) == text


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_what_was_found_can_nowhere_be_read(text: str) -> None:
    masked = mask(text)
    for found in masked.masks:
        value = text[found.start : found.end]
        if found.kind is not Kind.PERSON and len(key_of(value)) >= 5:
            assert not leaks(value, masked.text)


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_masks_are_ordered_apart_and_exact(text: str) -> None:
    masked = mask(text)
    at, rebuilt = 0, ""
    for found in masked.masks:
        assert at <= found.start < found.end
        rebuilt += text[at : found.start] + found.placeholder
        at = found.end
    assert rebuilt + text[at:] == masked.text


@given(_TEXTS)
@settings(max_examples=200, deadline=None)
def test_each_folded_character_knows_where_it_came_from(text: str) -> None:
    form = fold(text)
    assert len(form.text) == len(form.starts) == len(form.ends)
    assert all(a < b for a, b in zip(form.starts, form.ends, strict=True))
    assert list(form.starts) == sorted(form.starts)


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_masked_text_survives_storing(text: str) -> None:
    masked = mask(text)
    assert MaskedText.from_json(masked.to_json()) == masked


def test_the_same_value_has_the_same_number_throughout_a_case() -> None:
    first = mask("연락처 010-1234-5678")
    second = mask("번호 010-1234-5678과 010-1234-9999", register=first.register)
    assert first.masks[0].placeholder == second.masks[0].placeholder
    assert second.masks[1].placeholder not in first.text


def test_another_spelling_shares_the_number_and_comes_back_as_written() -> None:
    text = "010-1234-5678 또는 01012345678"
    masked = mask(text)
    one, other = (found.placeholder.strip("⟦⟧").split("·")[2] for found in masked.masks)
    assert (one, other) == ("1", "1-2")
    assert unmask(masked) == text


def test_two_requests_share_no_placeholder() -> None:
    assert mask(PHONE).text != mask(PHONE).text


def test_a_placeholder_that_nobody_issued_stays_and_is_reported() -> None:
    masked = mask("전화 010-1234-5678")
    forged = masked.masks[0].placeholder.replace("·1⟧", "·7⟧")
    restored = masked.restore(f"{masked.masks[0].placeholder} {forged} [이름7]")
    assert restored.text == f"010-1234-5678 {forged} [이름7]"
    assert restored.unknown == (forged, "[이름7]")
    assert restored.flags == ("unknown_placeholder",)


def test_a_look_alike_that_stood_in_the_text_is_no_surprise_in_the_reply() -> None:
    masked = mask("제 이름은 [이름1]이고 ⟦전화·zzzzzz·1⟧입니다")
    restored = masked.restore("[이름1] ⟦전화·zzzzzz·1⟧")
    assert (restored.text, restored.flags) == ("[이름1] ⟦전화·zzzzzz·1⟧", ())


def test_a_text_that_holds_the_mark_of_the_case_cannot_forge_a_placeholder() -> None:
    first = mask("전화 010-1234-5678")
    forged = f"남의 것 {first.masks[0].placeholder}"
    second = mask(forged, register=first.register)
    assert first.masks[0].placeholder not in second.text
    assert unmask(second) == forged


def test_a_placeholder_with_stray_spaces_is_still_restored() -> None:
    masked = mask("전화 010-1234-5678")
    spaced = masked.masks[0].placeholder.replace("·", " · ")
    assert masked.restore(spaced).text == "010-1234-5678"


def test_the_words_of_a_text_stay_out_of_its_repr() -> None:
    masked = mask("민원인 김가람 씨, 010-1234-5678")
    shown = repr(masked) + repr(masked.register) + repr(masked.register.entries)
    assert "김가람" not in shown
    assert "1234" not in shown


# -- the official's corrections ---------------------------------------------------------------


def test_an_added_mask_covers_the_value_everywhere_and_is_remembered() -> None:
    text = "별칭 푸른돌이 말했다. 푸른돌이 다시 왔다."
    added = mask(text).with_added((3, 6), Kind.PERSON)
    assert "푸른돌" not in added.text
    assert [found.reason for found in added.masks] == [Reason.ADDED, Reason.KNOWN]
    assert "푸른돌" not in mask("오늘도 푸른돌이 왔다", register=added.register).text


def test_a_lifted_mask_is_lifted_for_its_value_and_remembered() -> None:
    masked = mask("담당 010-1234-5678, 다시 01012345678")
    lifted = masked.without(masked.masks[0].mask_id)
    assert lifted.masks == ()
    assert mask("010-1234-5678", register=lifted.register).masks == ()


def test_a_lifted_mask_can_be_added_again() -> None:
    masked = mask("전화 010-1234-5678")
    found = masked.masks[0]
    again = masked.without(found.mask_id).with_added((found.start, found.end), found.kind)
    assert "1234" not in again.text


def test_correcting_one_mask_leaves_the_others() -> None:
    masked = mask("010-1234-5678, a@example.com")
    kept = masked.without(masked.masks[0].mask_id)
    assert [found.kind for found in kept.masks] == [Kind.EMAIL]


def test_known_and_allowed_values_decide_over_the_rules() -> None:
    masked = mask(
        "새봄빛이 010-1234-5678로 전화",
        known=[Known(value="새봄빛", kind=Kind.PERSON)],
        allow=["010-1234-5678"],
    )
    assert "새봄빛" not in masked.text
    assert "010-1234-5678" in masked.text


def test_a_register_comes_back_from_storage_and_restores() -> None:
    masked = mask("전화 010-1234-5678")
    register = Register.from_json(masked.register.to_json())
    assert restore(masked.text, register).text == "전화 010-1234-5678"


# -- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("민원인 이도윤 씨의 질의", "이도윤", id="title"),
        pytest.param("성명: 한가온", "한가온", id="label"),
        pytest.param("저는 최온유이고", "최온유", id="greeting"),
        pytest.param("감사합니다.\n노을찬 올림", "노을찬", id="signature"),
        pytest.param("빠른 답변 바랍니다.\n\n천유진", "천유진", id="last line"),
        pytest.param("답변을 기다립니다. 옥순례", "옥순례", id="behind the last sentence"),
        pytest.param("고쳐 주세요. 들꽃면 피막동", "피막동", id="signs with the place it lives in"),
        pytest.param("부탁드립니다.\n우막동\n", "우막동", id="signs with syllables of no list"),
        pytest.param("담당: 시설팀 정유나", "정유나", id="behind a labelled department"),
        pytest.param("대표 후보: 강도윤, 서지안", "서지안", id="candidates"),
        pytest.param("상담을 예약한 함초롱입니다.", "함초롱", id="says what it did"),
        pytest.param("저는 공무원 선우경입니다.", "선우경", id="says who it is"),
        pytest.param("| 성명 | 비고 |\n|---|---|\n| 채봄이 | - |", "채봄이", id="table"),
        pytest.param("참석자: 강바다, 오누리, 신단비", "오누리", id="list"),
        pytest.param("변하람 010-1234-5678", "변하람", id="beside a number"),
        pytest.param(
            "민원인 정해담 씨. 담당은정해담의 요청을 봄", "정해담", id="repeated, no space"
        ),
        pytest.param("선은채 씨의 아들. 은채 씨는 아픔", "은채 씨", id="given name alone"),
        pytest.param("민원인 쩐 티 란 씨", "쩐 티 란", id="foreign"),
        pytest.param("성 명 : 김 새 론", "김 새 론", id="spaced"),
        pytest.param("영문 성명 HONG SAMPLE", "HONG SAMPLE", id="latin"),
        pytest.param("옆집 김하준이 시끄럽습니다", "김하준", id="proper noun"),
        pytest.param("이영희(주민등록번호 기재)입니다", "이영희", id="a number named beside it"),
        pytest.param("박민지(43세, 거주)가 신고함", "박민지", id="an age beside it"),
        pytest.param("최강산(남, 회사원)에 대한 민원", "최강산", id="a sex beside it"),
        pytest.param("옆집에 사는 한지민이 시끄럽습니다", "한지민", id="said where it lives"),
    ],
)
def test_a_name_with_a_witness_is_masked(text: str, name: str) -> None:
    assert name not in mask(text, names=tagged).text


@pytest.mark.parametrize(
    "text",
    [
        "정하는 바에 따라 조치를 취하여야 한다.",
        "위원회의 위원은 위원장이 위촉하고, 민간 위원을 둔다.",
        "신청인 주소 변경, 담당자 변경, 대표자 변경 신고",
        "조달청장과 서울특별시장, 고양시장에게 통보",
        "선생님, 고객님, 담당자님, 부모님",
        "세종대왕 동상과 이순신 장군 기념관",
        "강원도 정선군, 서울 강서구",
        "가로 120 세로 30으로, 앞으로 3일 안에 바로 2개",
        "정부대전청사 3동 1층 민원실",
        "붙임과 같이 제출합니다.\n\n가람시장",
        "담당: 시설팀 전화로 문의",
        "고쳐 주시기 바랍니다.\n이상입니다",
        "환경과(과장), 조달청(대전), 황금동(대구), 정보화(여비 포함)에 문의",
        "관내에 거주하는 주민이나 사는 이웃이 다니는 정류장",
    ],
)
@pytest.mark.parametrize("tagger", [tagged, None], ids=["morphemes", "word lists"])
def test_words_that_only_look_like_names_stay(text: str, tagger: object) -> None:
    assert mask(text, names=tagger).text == text  # type: ignore[arg-type] # both are allowed


def test_a_bracket_around_a_number_stays_whole() -> None:
    for text in ("문의처(010-1234-5678)", "문의처(02-0123-4567)"):
        masked = mask(text, names=tagged).text
        assert masked.startswith("문의처("), masked
        assert masked.endswith(")")
    assert "1234" not in mask("(010)1234-5678", names=tagged).text
    assert "0123" not in mask("(042) 0123-4567", names=tagged).text


def test_a_name_that_is_a_word_is_masked_only_as_a_name() -> None:
    masked = mask("이수 씨가 교육을 이수하였다.", names=tagged)
    assert re.fullmatch(r"⟦이름·\w+·1⟧ 씨가 교육을 이수하였다.", masked.text)


@pytest.mark.parametrize(
    "line", ["신청인: 방그레", "대표 방그레", "신청인: 해돋이상사(가명) 대표 방그레"]
)
def test_a_name_that_is_an_adverb_too_is_masked_where_no_adverb_stands(line: str) -> None:
    assert "방그레" not in mask(f"제목\n{line}\n다음 줄", names=tagged).text
    assert "방그레" in mask("담당자가 방그레 웃으며 안내하였습니다.", names=tagged).text


def test_the_body_that_a_case_goes_to_is_nobody() -> None:
    text = "이송받은 기관: 가람시 시설관리공단(☎ 000-000-0000)"
    assert mask(text, names=tagged).text == text
    assert "홍길동" not in mask("감리원: 홍길동", names=tagged).text
