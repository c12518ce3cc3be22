"""How a letter names a point, and what it says is missing."""

import pytest

from assistant.complaints import find_points, name_of, wanted_of
from assistant.domain import ComplaintKind, Decision
from assistant.lexical import tagged


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("보고서를 언제까지 내는지 알려 주세요.", "‘보고서를 언제까지 내는지’"),
        ("비용이 있는지 안내 부탁드립니다.", "‘비용이 있는지’"),
        ("수수료는 얼마나 나오는지요?", "‘수수료는 얼마나 나오는지’"),
        ("위임할 수 있는지 알려주시면 큰 도움이 되겠습니다", "‘위임할 수 있는지’"),
        ("이행지체 시 지체상금률이 얼마인지도 궁금합니다", "‘이행지체 시 지체상금률이 얼마인지’"),
        ("기간은 최대 몇 개월인가요?", "‘기간은 최대 몇 개월인지’"),
        ("신청서는 어디에 내면 되나요?", "‘신청서는 어디에 내면 되는지’"),
        ("행정심판을 낼 수 있을까요?", "‘행정심판을 낼 수 있을지’"),
        ("어떤 절차를 거쳐야 합니까?", "‘어떤 절차를 거쳐야 하는지’"),
        ("대리 신청도 가능합니까?", "‘대리 신청도 가능한지’"),
        ("처리기간은 며칠이며", "‘처리기간은 며칠인지’"),
        ("분할 납부 가능 여부를 문의드립니다", "‘분할 납부 가능 여부’"),
        ("준비물이 뭔가요", "‘준비물이 뭔지’"),
        ("가로등을 고쳐 주세요", "‘가로등을 고쳐 달라’는 요청"),
        ("빨리 고쳐주세요", "‘빨리 고쳐 달라’는 요청"),
        ("조명을 설치해 주시고", "‘조명을 설치해 달라’는 요청"),
        ("CCTV도 늘려 주셨으면 좋겠습니다", "‘CCTV도 늘려 달라’는 요청"),
        ("급식 상태를 점검해 주시기 바랍니다.", "‘급식 상태를 점검해 달라’는 요청"),
        ("늦어진 이유를 밝혀 주십시오.", "‘늦어진 이유를 밝혀 달라’는 요청"),
        ("○○○ 주무관의 사과를 요구합니다", "‘○○○ 주무관의 사과 요구’"),
        ("버스가 더 자주 왔으면 좋겠어요", "‘버스가 더 자주 왔으면 좋겠다’는 의견"),
        ("조속히 조치하시기 바랍니다", "‘조속히 조치하기 바란다’는 요청"),
        ("경위를 설명하십시오", "‘경위를 설명해 달라’는 요청"),
        ("처분을 중단하고", "‘처분을 중단하기 바란다’는 요청"),
        ("골목에 물이 고여 있습니다", "‘골목에 물이 고여 있습니다’라는 말씀"),
        ("2025년 업무추진비 집행내역", "‘2025년 업무추진비 집행내역’"),
        ("공사가 언제 끝나요?", "‘공사가 언제 끝나요’라는 말씀"),
    ],
)
def test_a_point_is_named_in_the_voice_of_the_office(asked: str, name: str) -> None:
    assert str(name_of(asked, tagged=tagged)) == name


def test_a_long_point_is_cut_and_keeps_no_ending() -> None:
    name = name_of("가" * 90 + "를 고쳐 주세요")
    assert name.label.endswith("…")
    assert name.noun == ""


def test_a_wish_of_one_word_is_told_with_what_it_is_about() -> None:
    text = "물빛로 12 앞 가로등이 꺼져 있어요 빨리 고쳐주세요"
    (point,) = find_points(text)
    assert point.text == "빨리 고쳐주세요"
    assert point.question == "물빛로 12 앞 가로등이 꺼져 있어요. 빨리 고쳐주세요"


@pytest.mark.parametrize(
    ("question", "kind", "decision", "wanted"),
    [
        ("수수료는 얼마인가요?", ComplaintKind.QUERY_PROCEDURE, Decision.ANSWER, "금액과 그 근거"),
        ("언제까지 내나요?", ComplaintKind.QUERY_LAW, Decision.ANSWER, "기한이나 기간과 그 근거"),
        (
            "가로등을 고쳐 주세요",
            ComplaintKind.OTHER,
            Decision.ANSWER,
            "현장을 확인하고 조치한 결과",
        ),
        (
            "담당자의 사과를 요구합니다",
            ComplaintKind.GRIEVANCE,
            Decision.ANSWER,
            "사실을 확인한 결과와 기관의 의견",
        ),
        (
            "허가해 주세요",
            ComplaintKind.STATUTORY,
            Decision.REFUSAL,
            "받아들이기 어려운 이유의 근거가 되는 법령이나 기준",
        ),
        (
            "회의록",
            ComplaintKind.DISCLOSURE,
            Decision.PARTIAL,
            "공개 여부, 공개하지 않으면 비공개의 근거 조항과 이유",
        ),
    ],
)
def test_what_is_missing_is_named_by_what_was_asked(
    question: str, kind: ComplaintKind, decision: Decision, wanted: str
) -> None:
    assert wanted_of(question, kind, decision) == wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("보증금을 면제받을 수 있는 요건을 알려 주시기 바랍니다", "기준이나 요건과 그 근거"),
        ("공무원인 친구에게 화환을 보내도 되는지요?", "가능한지와 그 근거"),
        ("그 기간에 토요일이 들어가는지요?", "그러한지와 그 근거"),
        ("언제까지 어디에 내야 하나요?", "기한이나 기간과 그 근거, 내거나 연락할 곳"),
        ("급식 상태를 점검해 주시기 바랍니다", "확인하거나 점검한 결과"),
    ],
)
def test_what_a_question_is_after_is_told_from_its_own_words(question: str, wanted: str) -> None:
    assert wanted_of(question, ComplaintKind.QUERY_LAW) == wanted


def test_a_bare_noun_of_a_plain_inquiry_is_told_by_its_words() -> None:
    assert wanted_of("위생과 담당자 전화번호", ComplaintKind.OTHER) == "내거나 연락할 곳"
    assert wanted_of("물이 고여 있습니다", ComplaintKind.OTHER) == "현장을 확인하고 조치한 결과"


@pytest.mark.parametrize("kind", list(ComplaintKind))
def test_every_kind_says_what_is_missing(kind: ComplaintKind) -> None:
    assert wanted_of("무엇이든", kind)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("허가 건수를 엑셀로 받고 싶습니다", "‘허가 건수를 엑셀로 받고 싶다’는 요청"),
        ("용도별 자료도 있으면 부탁드립니다.", "‘용도별 자료도 있으면 달라’는 요청"),
        ("돌려받았으면 처벌을 안 받는 거죠?", "‘돌려받았으면 처벌을 안 받는 것인지’"),
    ],
)
def test_spoken_wishes_and_questions_are_told_of(question: str, expected: str) -> None:
    assert str(name_of(question)) == expected
