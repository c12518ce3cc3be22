"""What a question asks for is told from its words alone."""

from __future__ import annotations

import pytest

from assistant.law.question import (
    AnswerType,
    defines,
    gives,
    is_out_of_place,
    is_out_of_scope,
    legal_terms,
    shape,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("완료보고서는 며칠 안에 내나요?", AnswerType.DURATION),
        ("언제까지 제출하나요?", AnswerType.DURATION),
        ("수의계약은 얼마까지 되나요?", AnswerType.AMOUNT),
        ("지체상금은 몇 퍼센트예요?", AnswerType.RATE),
        ("위원은 몇 명인가요?", AnswerType.PEOPLE),
        ("회의는 몇 번 열어요?", AnswerType.TIMES),
        ("서류는 몇 부 내나요?", AnswerType.COUNT),
        ("누가 승인하나요?", AnswerType.WHO),
    ],
)
def test_a_question_shows_the_kind_of_figure_it_wants(question: str, kind: AnswerType) -> None:
    assert kind in shape(question).expects


def test_a_question_for_a_procedure_wants_no_figure() -> None:
    assert shape("시험구매를 신청하려면 어떻게 하나요?").expects == frozenset()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (AnswerType.DURATION, "끝난 날부터 7일 이내"),
        (AnswerType.DURATION, "지체 없이"),
        (AnswerType.AMOUNT, "추정가격 2천만원 이하"),
        (AnswerType.RATE, "1천분의 3"),
        (AnswerType.PEOPLE, "위원 20명 이내"),
        (AnswerType.TIMES, "분기 1회"),
        (AnswerType.WHO, "위원장이 승인한다"),
    ],
)
def test_a_text_shows_the_kind_of_figure_it_gives(kind: AnswerType, text: str) -> None:
    assert gives(kind, text)


@pytest.mark.parametrize("kind", [AnswerType.DURATION, AnswerType.AMOUNT, AnswerType.PEOPLE])
def test_a_text_without_figures_gives_none(kind: AnswerType) -> None:
    assert not gives(kind, "제출 방법은 규정에서 정하는 바에 따른다.")


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("복합민원이란 게 뭔가요?", "복합민원"),
        ("시험구매가 뭐예요?", "시험구매"),
        ("'수요매칭'이란 무엇인가요?", "수요매칭"),
        ("협업체의 뜻은?", "협업체"),
    ],
)
def test_a_question_for_a_meaning_names_its_term(question: str, term: str) -> None:
    assert term in shape(question).defines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1. "시험구매"란 사서 써 보는 것을 말한다.', True),
        ("1. “시험 구매”란 사서 써 보는 것을 말한다.", True),
        ('1. "시험구매(실증)"이란 것을 말한다.', False),
        ("시험구매는 담당 부서가 한다.", False),
    ],
)
def test_a_definition_is_told_from_a_mention(text: str, expected: bool) -> None:
    assert defines("시험구매", text) is expected


def test_everyday_words_bring_the_words_of_the_rules() -> None:
    assert "관인" in legal_terms("도장 은 어디에 찍나요?")
    assert legal_terms("두루미 둥지") == ()


def test_the_longest_expression_says_what_is_meant() -> None:
    kept_back = legal_terms("정보공개 청구를 거부하려면 어떤 사유가 있어야 하나요?")
    assert "비공개 대상 정보" in kept_back
    assert "거부처분" not in kept_back
    assert "거부처분" in legal_terms("허가를 거부하면 어떻게 하나요?")


def test_a_general_word_brings_nothing_beside_the_thing_that_is_named() -> None:
    assert "하자보수보증금" in legal_terms("보증금은 언제 돌려주나요?")
    assert "하자보수보증금" not in legal_terms("계약보증금은 언제 돌려주나요?")


def test_longer_expressions_give_exact_terms() -> None:
    assert (
        "비공개대상정보"
        in shape("정보공개 청구를 거부하려면 어떤 사유가 있어야 하나요?").exact_terms
    )
    assert shape("두루미 둥지는 어디인가요?").exact_terms == ()


def test_a_term_of_two_words_is_asked_for_as_a_whole() -> None:
    assert "고영향인공지능" in shape("고영향 인공지능이 무엇인가요?").defines


def test_particles_between_words_do_not_hide_an_everyday_expression() -> None:
    assert legal_terms("위반 업체 이름을 공개하나요?") == legal_terms("위반 업체 이름공개하나요?")
    assert "위반사실 등의 공표" in legal_terms("위반 업체 이름을 공개하나요?")


@pytest.mark.parametrize(
    "question",
    [
        "오늘 날씨 어때?",
        "오늘날씨 어때?",
        "안녕하세요",
        "로또 번호 알려줘",
        "이 글을 영어로 번역해줘",
        "점심 메뉴 추천",
    ],
)
def test_small_talk_is_out_of_scope(question: str) -> None:
    assert is_out_of_scope(question)


@pytest.mark.parametrize(
    "question",
    [
        "완료보고서 제출 기한은?",
        "안녕하세요, 시범구매 신청은 어떻게 하나요?",
        "번역 용역은 수의계약이 되나요?",
        "기상 악화로 납품이 늦으면 지체상금을 내나요?",
        "공문서를 영어로 써도 되나요?",
        "행정심판에서 진 사람이 같은 건으로 또 청구할 수 있어요?",
        "발주가 늦어지면 준공 기한도 미뤄지나요?",
        "사업주가 안전 조치를 하지 않으면 어떻게 되나요?",
    ],
)
def test_questions_about_the_work_are_in_scope(question: str) -> None:
    assert not is_out_of_scope(question)


def test_a_law_for_special_cases_stands_back_unless_its_words_are_used() -> None:
    title = "공기업ㆍ준정부기관 계약사무규칙"
    assert is_out_of_place(title, "수의계약은 얼마까지 되나요?")
    assert not is_out_of_place(title, "공기업의 수의계약은 얼마까지 되나요?")
    assert not is_out_of_place("가나구 시험구매 규정", "수의계약은 얼마까지 되나요?")


def test_a_topic_points_at_its_family_of_laws() -> None:
    assert shape("정보공개 청구는 며칠 안에 처리하나요?").families
    assert shape("두루미 둥지").families == ()
