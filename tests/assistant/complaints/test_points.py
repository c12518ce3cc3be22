"""What in a complaint needs an answer."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.complaints import as_question, find_points
from assistant.complaints.clauses import Tagger
from assistant.complaints.segments import segments
from assistant.lexical import tagged


def texts(text: str) -> list[str]:
    return [point.text for point in find_points(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "안녕하세요.\n1. 접수일도 포함되나요?\n2. 수수료는 얼마인지요?\n감사합니다.",
            ["접수일도 포함되나요?", "수수료는 얼마인지요?"],
            id="numbered list between greetings",
        ),
        pytest.param(
            "첫째, 수리를 해 주십시오. 둘째, 비용을 알려 주십시오.",
            ["수리를 해 주십시오.", "비용을 알려 주십시오."],
            id="ordinals in one line",
        ),
        pytest.param(
            "신청은 어디서 하는지, 비용이 얼마인지 알려 주십시오.",
            ["신청은 어디서 하는지", "비용이 얼마인지 알려 주십시오."],
            id="several questions in a sentence",
        ),
        pytest.param(
            "가로등을 고쳐 주시고 쓰레기도 치워 주세요",
            ["가로등을 고쳐 주시고", "쓰레기도 치워 주세요"],
            id="two wishes in a sentence",
        ),
        pytest.param(
            "접수는 되나여 결과는 언제 나오나여",
            ["접수는 되나여", "결과는 언제 나오나여"],
            id="no full stops, spoken spelling",
        ),
        pytest.param(
            "다음을 공개해 주시기 바랍니다.\n○ 회의록\n○ 참석자 명단",
            ["회의록", "참석자 명단"],
            id="a list of bare nouns that is announced",
        ),
        pytest.param(
            "□ 현황\n창구가 붐빕니다.\n□ 개선방안\n번호표를 둡니다.\n□ 기대효과\n줄이 줄어듭니다.",
            ["번호표를 둡니다."],
            id="sections of a proposal",
        ),
        pytest.param(
            "- 장소: 물빛로 7\n- 기간: 12. 1. ~ 12. 20.\n점용을 허가하여 주시기 바랍니다.",
            ["점용을 허가하여 주시기 바랍니다."],
            id="fields of a form",
        ),
        pytest.param(
            "전화하니 기다려 달라고 했습니다. 이게 말이 됩니까? 요금을 환불해 주십시오.",
            ["요금을 환불해 주십시오."],
            id="a story and a retort",
        ),
        pytest.param(
            "공개가 의무인지 재량인지 알려 주십시오.",
            ["공개가 의무인지 재량인지 알려 주십시오."],
            id="a choice is one question",
        ),
        pytest.param(
            "먼저 승인을 받는 것인지 나중에 신고하는 것인지 알려 주십시오.",
            ["먼저 승인을 받는 것인지 나중에 신고하는 것인지 알려 주십시오."],
            id="a choice of longer halves",
        ),
        pytest.param(
            "신청서는 시청에 내는 게 맞나요 구청에 내는 게 맞나요? 비용은 드나요?",
            ["신청서는 시청에 내는 게 맞나요 구청에 내는 게 맞나요?", "비용은 드나요?"],
            id="a choice without a mark between its halves",
        ),
        pytest.param(
            "주차가 되는지 식사가 되는지 알려 주십시오.",
            ["주차가 되는지", "식사가 되는지 알려 주십시오."],
            id="two questions that end alike",
        ),
        pytest.param(
            "시험 접수의 자격과 제출 서류를 알려 주십시오.",
            ["시험 접수의 자격", "제출 서류를 알려 주십시오."],
            id="two things asked after",
        ),
        pytest.param(
            "결정이 언제 나오는지와 어디에 내는지 알려 주십시오.",
            ["결정이 언제 나오는지", "어디에 내는지 알려 주십시오."],
            id="two questions joined by a particle",
        ),
        pytest.param(
            "산정 기준과 분할 납부 가능 여부를 문의드립니다.",
            ["산정 기준", "분할 납부 가능 여부를 문의드립니다."],
            id="two things inquired after",
        ),
        pytest.param(
            "처리기간은 며칠이며, 그 기간에 토요일이 들어가는지요?",
            ["처리기간은 며칠이며", "그 기간에 토요일이 들어가는지요?"],
            id="how many days, and another question",
        ),
        pytest.param(
            "바쁘시겠지만 빠른 답변 부탁드립니다. 수수료는 얼마인가요?",
            ["수수료는 얼마인가요?"],
            id="an apology for asking",
        ),
        pytest.param(
            "바쁘신 중에 죄송하지만 가로등을 고쳐 주세요.",
            ["바쁘신 중에 죄송하지만 가로등을 고쳐 주세요."],
            id="an apology before a wish",
        ),
        pytest.param(
            "급식이 부실한데 이래도 되는 것인지 모르겠습니다. 급식을 점검해 주세요. "
            "아이들이 안전하게 다닐 수 있도록 꼭 좀 살펴봐 주세요.",
            ["급식을 점검해 주세요."],
            id="a retort and an appeal at the end",
        ),
        pytest.param(
            "이의신청과 행정심판의 차이를 알려 주십시오.",
            ["이의신청과 행정심판의 차이를 알려 주십시오."],
            id="what lies between two things",
        ),
        pytest.param(
            "나무를 심어 주셨으면 하고, 의자도 놓아 주시기 바랍니다.",
            ["나무를 심어 주셨으면 하고", "의자도 놓아 주시기 바랍니다."],
            id="a polite wish before another",
        ),
        pytest.param(
            "편지를 보낸 지 두 달이 지났습니다. 결과를 알려 주십시오.",
            ["결과를 알려 주십시오."],
            id="since, and a noun that ends alike",
        ),
        pytest.param(
            "쓰레기가 한 달째 그대로네요. 얼른 치워가세요 그리고 카메라라도 달아 놓으시든가요",
            ["얼른 치워가세요", "그리고 카메라라도 달아 놓으시든가요"],
            id="curt orders",
        ),
        pytest.param(
            "개가 밤낮으로 짖어서 잠을 못 자요. 물리면 누가 책임질낍니꺼\n나와서 단속 좀 해주이소",
            ["나와서 단속 좀 해주이소"],
            id="a dialect, and a retort in it",
        ),
        pytest.param(
            "사람 무시하는 겁니까? 누가 봐도 이상하지 않습니까? 이유를 밝혀 주십시오.",
            ["이유를 밝혀 주십시오."],
            id="retorts that deny or accuse",
        ),
        pytest.param(
            "뭘 어떻게 하는지 하나도 모르겠습니다. 언제 왔는지도 모르겠어요. 절차를 알려 주세요.",
            ["절차를 알려 주세요."],
            id="not knowing at all is no question",
        ),
        pytest.param(
            "학생도 받는지 궁금하고 방학에도 적용되는지 궁금합니다.",
            ["학생도 받는지", "방학에도 적용되는지 궁금합니다."],
            id="the words that say one asks belong to no point",
        ),
        pytest.param(
            "비용이 많이 들지 않으면서도 효과가 있을 겁니다. 서식을 바꿔 주세요.",
            ["서식을 바꿔 주세요."],
            id="a stem that ends like a question, denied",
        ),
        pytest.param(
            "따로 신청해야 하나요 자동으로 되나요? 저절로 나오는건지 아니면 또 내는건지 궁금해요.",
            [
                "따로 신청해야 하나요 자동으로 되나요?",
                "저절로 나오는건지 아니면 또 내는건지 궁금해요.",
            ],
            id="choices between two doings",
        ),
        pytest.param(
            "빈집이 많습니다. 그래서 생각했습니다. 빈집을 고쳐서 공방으로 내주는 겁니다.",
            ["빈집을 고쳐서 공방으로 내주는 겁니다."],
            id="an idea that is told",
        ),
        pytest.param(
            "다음과 같이 제안드립니다.\n개선안 1) 큰 글씨 단추를 화면 위에 배치\n"
            "개선안 2) 말로 하면 글자로 입력되는 기능을 누리집에 제공\n널리 쓰일 것입니다.",
            ["큰 글씨 단추를 화면 위에 배치", "말로 하면 글자로 입력되는 기능을 누리집에 제공"],
            id="items with a word before their number",
        ),
        pytest.param(
            "세금이 어디에 쓰이는지 알고자 정보공개를 청구합니다.\n청구 대상\n- 출장 일정표\n"
            "- 지출 증빙\n수수료가 발생하면 미리 알려 주세요. 이메일 수신 희망.",
            ["출장 일정표", "지출 증빙"],
            id="a heading before bare nouns, and wishes about the delivery",
        ),
        pytest.param(
            "심사 채점표 하고 업체 제안서 공개 청구합니다. "
            "위원 회의록, 시설 도면을 공개해 주십시오.",
            [
                "심사 채점표",
                "업체 제안서 공개 청구합니다.",
                "위원 회의록",
                "시설 도면을 공개해 주십시오.",
            ],
            id="lists of what is claimed",
        ),
        pytest.param(
            "○ 누가 알려줬는지 조사해 주십시오\n○ 책임자 처벌\n○ 재발방지 대책",
            ["누가 알려줬는지 조사해 주십시오", "책임자 처벌", "재발방지 대책"],
            id="wishes that are nouns beside one that is none",
        ),
        pytest.param(
            "첫째, 화장실이 멉니다. 안쪽에도 하나 있으면 좋겠습니다.\n둘째, 의자를 놓아 주시길.",
            ["안쪽에도 하나 있으면 좋겠습니다.", "의자를 놓아 주시길."],
            id="items that tell first and wish then",
        ),
        pytest.param(
            "귀 기관의 무궁한 발전을 기원합니다. 서류에 빠진 것이 있으면 연락 주십시오. "
            "신청 기간을 알려 주세요. 답변주세요",
            ["신청 기간을 알려 주세요."],
            id="good wishes, offers and a bare call for an answer",
        ),
        pytest.param(
            "물었더니 제 잘못이라네요.\n① 공식 사과\n② 치료비 보상\n③ 시설 설치\n"
            "세 가지를 요구합니다. 답이 없으면 알리겠습니다.",
            ["공식 사과", "치료비 보상", "시설 설치"],
            id="a list that is summed up behind it",
        ),
        pytest.param(
            '직원이 "그건 왜 물어요?" 하면서 웃더군요. 전화하니까 구청에 말하래요. '
            "사과받고 싶습니다.",
            ["사과받고 싶습니다."],
            id="what others asked, and a reason that ends like a question",
        ),
        pytest.param(
            "창고로 쓰고자 가설건축물 축조신고서를 제출하오니 처리 부탁드립니다.",
            ["가설건축물 축조신고서를 제출하오니 처리 부탁드립니다."],
            id="why somebody applies",
        ),
        pytest.param(
            "1. 평가항목은 알 수 있으나 배점은 알기 어렵습니다.\n2. 이에 아래와 같이 건의합니다.\n"
            "가. 배점을 공고문에 실을 것\n나. 점수를 통보할 것",
            ["배점을 공고문에 실을 것", "점수를 통보할 것"],
            id="an item that only tells",
        ),
        pytest.param(
            "화분을 놓자는 겁니다. 기간을 한 달로 늘리고 일정을 예고해 주세요. 명단도요.",
            [
                "화분을 놓자는 겁니다.",
                "기간을 한 달로 늘리고",
                "일정을 예고해 주세요.",
                "명단도요.",
            ],
            id="spoken ways to wish",
        ),
        pytest.param(
            "의자 하나 놓는 데 얼마나 든다고 예산 타령인가요? 제 이름은 밝히지 말아 주십시오. "
            "규정이 어떻게 되어 있는지 궁금합니다. 사용료와 예약 방법을 알려 주세요.",
            ["사용료", "예약 방법을 알려 주세요."],
            id="retorts, a wish for secrecy, a question about rules at large",
        ),
    ],
)
def test_what_asks_is_a_point_and_nothing_else(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("수의계약의 요건과 보증금의 비율을 알려 주세요.", 2),
        ("급식 점검 결과와 향후 계획을 알려 주세요.", 2),
        ("급식 점검 결과 공개 계획을 알려 주세요.", 1),
        ("총무과 담당자를 알려 주세요.", 1),
        ("건축과 직원 이름을 알려 주세요.", 1),
        ("과태료 부과 기준을 알려 주세요.", 1),
        ("약의 효과 설명을 안내 부탁드립니다.", 1),
    ],
)
@pytest.mark.parametrize("tell", [tagged, None], ids=["tagged", "by the syllable"])
def test_two_things_are_told_from_one_that_ends_alike(
    text: str, expected: int, tell: Tagger | None
) -> None:
    points = find_points(text, tagged=tell)
    assert len(points) == expected
    assert not points[0].text.endswith(("요건과", "결과와"))


@pytest.mark.parametrize(
    ("title", "below", "expected"),
    [
        pytest.param(
            "과태료 부과 취소해주세요",
            "약국에 잠깐 들른 것입니다. 당장 취소해 주세요!!",
            ["당장 취소해 주세요!!"],
            id="asked again below",
        ),
        pytest.param(
            "과태료 부과 취소해주세요",
            "약국에 잠깐 들른 것입니다. 단속 기준을 알려 주세요.",
            ["과태료 부과 취소해주세요", "단속 기준을 알려 주세요."],
            id="something else is asked below",
        ),
        pytest.param(
            "과태료 부과 취소해주세요",
            "약국에 잠깐 들른 것입니다. 억울합니다.",
            ["과태료 부과 취소해주세요"],
            id="nothing is asked below",
        ),
        pytest.param(
            "가로등 좀 고쳐주세요",
            "쓰레기도 치워주세요",
            ["가로등 좀 고쳐주세요", "쓰레기도 치워주세요"],
            id="two wishes that end alike",
        ),
    ],
)
def test_a_title_is_a_point_only_when_nothing_below_asks_for_it(
    title: str, below: str, expected: list[str]
) -> None:
    points = find_points(f"{title}\n{below}", title=title)
    assert [point.text for point in points] == expected


def test_a_title_says_what_a_text_that_only_tells_a_story_asks_for() -> None:
    (point,) = find_points("잠깐 세웠습니다. 억울합니다.", title="과태료를 취소해 주세요")
    assert point.question == "과태료를 취소해 주세요"
    assert [(span.start, span.end) for span in point.spans] == [(0, 16)]


def test_what_is_asked_twice_is_one_point_with_both_places() -> None:
    text = "접수한 날도 기간에 포함되나요? 급합니다. 다시 묻습니다, 접수한 날도 포함되나요?"
    (point,) = find_points(text)
    assert [text[span.start : span.end] for span in point.spans] == [
        "접수한 날도 기간에 포함되나요?",
        "다시 묻습니다, 접수한 날도 포함되나요?",
    ]


def test_asking_to_grant_an_application_is_no_second_point() -> None:
    assert len(find_points("도로점용 허가를 신청합니다. 허가하여 주시기 바랍니다.")) == 1


def test_the_papers_of_an_application_are_no_second_point() -> None:
    text = "지원금을 신청합니다. 신청서와 견적서를 붙임과 같이 제출합니다."
    assert texts(text) == ["신청서와 견적서를 붙임과 같이 제출합니다."]


def test_a_text_that_asks_nothing_is_one_point() -> None:
    text = "안녕하세요.\n골목에 물이 고여 있습니다."
    assert texts(text) == ["골목에 물이 고여 있습니다."]


def test_lines_that_a_form_wrapped_are_read_as_one() -> None:
    text = "저희 기관이 시범사용을 마친 뒤에 보고서를 누구에게\n언제까지 내야 하는지 궁금합니다."
    assert len(find_points(text)) == 1


def test_a_point_as_a_question_has_no_joining_words() -> None:
    assert as_question("그리고 수수료는\n얼마인지,") == "수수료는 얼마인지"


def test_nothing_at_all_has_no_point() -> None:
    assert find_points(" \n ") == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='가나는지요까?. \n1)①-해 주세요「」("⟦⟧', max_size=120))
def test_places_are_in_the_text_in_order_and_hold_the_wording(text: str) -> None:
    for point in find_points(text):
        assert all(0 <= span.start < span.end <= len(text) for span in point.spans)
        assert point.text in {text[span.start : span.end] for span in point.spans}
    ends = [(segment.start, segment.end) for segment in segments(text)]
    assert ends == sorted(ends)
    assert all(first[1] <= second[0] for first, second in pairwise(ends))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("음식 반입은 되는지 안 되는지도 알려 주세요.", 1),
        ("공개에 드는 비용은 제가 내야 합니까? 얼마입니까?", 1),
        ("기간을 늦춰 달라고 할 수 있나요? 그렇다면 몇 번까지 되나요?", 1),
        ("수수료는 얼마입니까? 접수는 언제까지 받나요?", 2),
        ("감사관실이 작성한 조사 문답서 사본을 공개하여 주십시오. 궁금해서 잠을 못 잡니다.", 1),
        ("용역의 최종보고서 사본과 심사위원별 채점표를 공개하여 주십시오.", 2),
    ],
)
def test_what_goes_on_with_a_question_is_no_point_of_its_own(text: str, count: int) -> None:
    assert len(find_points(text, tagged=tagged)) == count


def test_an_audit_is_no_greeting_and_a_complaint_of_silence_no_question() -> None:
    body = (
        "감사 결과 보고서를 공개하여 주십시오. 어떤 조항 때문인지 아무 말이 없습니다. "
        "고지서가 무슨 소리인지 모르겠습니다."
    )
    found = [point.text for point in find_points(body, tagged=tagged)]
    assert found == ["감사 결과 보고서를 공개하여 주십시오."]
