"""An answer without a model is made of verbatim sentences, in reading order, within its room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Passage, SectionKind, Span
from assistant.extraction import Extract, extract
from assistant.grounding import source_units
from assistant.law.question import shape
from tests.make import make_passage

ARTICLE = """제7조(완료보고)
① 시험기관은 시험구매가 끝난 날부터 7일 이내에 완료보고서를 제출하여야 한다.
② 담당 부서는 완료보고서를 누리집에 공개한다.
③ 시험기관은 물품을 창고에 보관한다."""
ARTICLES = st.lists(
    st.sampled_from(
        [
            "① 시험기관은 7일 이내에 완료보고서를 제출하여야 한다.",
            "② 담당 부서는 대금을 지급한다. 다만, 하자가 있으면 미룬다.",
            "  1. 신청서",
            "    가. 사업 계획",
            "③ " + "완료보고서에는 시험구매의 결과와 사용한 사람의 의견을 빠짐없이 적는다. " * 6,
            "| 품목 | 수량 |",
            "| --- | --- |",
            "<개정 2026.1.1>",
            "",
        ]
    ),
    max_size=8,
).map(lambda body: "\n".join(["제7조(완료보고)", *body]))


def take(
    *passages: Passage,
    question: str = "완료보고서는 며칠 안에 제출하나요?",
    terms: dict[str, float] | None = None,
    max_chars: int = 700,
) -> tuple[Extract, ...]:
    weights = terms if terms is not None else {"완료": 1.0, "보고서": 2.0, "제출": 1.5}
    return extract(
        passages, terms=weights, shape=shape(question), units=source_units, max_chars=max_chars
    )


def texts(extracts: tuple[Extract, ...]) -> list[str]:
    return [one.passage.text[one.start : one.end] for one in extracts]


@settings(deadline=None)
@given(
    st.lists(ARTICLES, max_size=7),
    st.integers(min_value=1, max_value=900),
    st.lists(st.integers(min_value=0, max_value=200), max_size=3),
)
def test_extracts_fit_stand_in_reading_order_and_do_not_overlap(
    articles: list[str], max_chars: int, starts: list[int]
) -> None:
    hits = tuple(Span(start=start, end=start + 80) for start in starts)
    passages = [
        make_passage(key=f"S{n}", section_ordinal=n, text=text, hits=hits)
        for n, text in enumerate(articles)
    ]
    extracts = take(*passages, max_chars=max_chars)
    order = [(one.passage.section_ordinal, one.start, one.end) for one in extracts]
    assert sum(len(text) + 1 for text in texts(extracts)) <= max_chars
    assert order == sorted(set(order))
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(order))
    assert all(text == text.strip() != "" for text in texts(extracts))


def test_the_sentence_that_answers_is_taken_and_one_on_other_matters_is_not() -> None:
    found = texts(take(make_passage(text=ARTICLE)))
    assert any("7일 이내" in text for text in found)
    assert not any("창고" in text for text in found)


def test_of_two_sentences_the_one_with_the_figure_asked_for_is_taken() -> None:
    text = "제7조(보고)\n① 완료보고서 제출은 서식으로 한다.\n② 완료보고서 제출은 7일 이내에 한다."
    question = "완료보고서 제출은 며칠 안에 하나요?"
    (best,) = texts(take(make_passage(text=text), question=question, max_chars=30))
    assert "7일" in best


def test_a_definition_asked_for_is_taken_first() -> None:
    text = (
        "제2조(정의)\n"
        "1. 시험구매와 시험구매 계약의 시험구매 신청은 다음과 같다.\n"
        '2. "시험구매"란 사서 써 보는 것을 말한다.'
    )
    (best,) = texts(
        take(
            make_passage(text=text),
            question="시험구매가 뭐예요?",
            terms={"시험": 1.0, "구매": 1.0},
            max_chars=45,
        )
    )
    assert best.endswith("말한다.")


def test_the_heading_of_an_article_is_no_answer() -> None:
    found = texts(take(make_passage(text="제7조(완료보고서의 제출)\n① 7일 이내에 제출한다.")))
    assert found == ["7일 이내에 제출한다."]


def test_an_article_of_one_line_can_be_an_answer() -> None:
    text = "제7조(완료보고) 완료보고서는 7일 이내에 제출한다."
    assert texts(take(make_passage(text=text))) != []


def test_more_than_one_passage_can_answer() -> None:
    first = make_passage(key="S1", text=ARTICLE)
    second = make_passage(
        key="S2",
        label="3. 보고",
        section_kind=SectionKind.PROSE,
        text="완료보고서는 7일 안에 제출하면 됩니다.",
    )
    assert {one.passage.key for one in take(first, second)} == {"S1", "S2"}


def test_what_the_search_ranked_last_is_not_read() -> None:
    passages = [make_passage(key=f"S{n}", text="제1조(가)\n① 창고를 둔다.") for n in range(1, 9)]
    answer = make_passage(key="S9", text=ARTICLE)
    assert "S9" not in {one.passage.key for one in take(*passages, answer)}


@pytest.mark.parametrize("passages", [[], [make_passage(text="")]])
def test_nothing_to_read_gives_nothing(passages: list[Passage]) -> None:
    assert take(*passages) == ()


def test_without_room_for_a_sentence_there_is_no_answer() -> None:
    assert take(make_passage(text=ARTICLE), max_chars=10) == ()


LIST = """제9조(보고서의 내용)
① 완료보고서에는 다음 각 호의 사항을 적는다. <개정 2024.1.2>
1. 사용한 기간
2. 삭제 <2023.1.1>
3. 사고
4. 그 밖의 의견
② 시험기관은 완료보고서를 창고에 보관한다."""


def test_the_items_of_a_list_asked_for_follow_its_head_with_their_numbers() -> None:
    found = texts(take(make_passage(text=LIST), question="완료보고서에는 어떤 내용을 적나요?"))
    start = found.index("완료보고서에는 다음 각 호의 사항을 적는다.")
    assert found[start + 1 : start + 4] == ["1. 사용한 기간", "3. 사고", "4. 그 밖의 의견"]


def test_items_do_not_follow_where_no_list_is_asked_for() -> None:
    found = texts(take(make_passage(text=LIST), question="완료보고서는 며칠 보관하나요?"))
    assert "3. 사고" not in found


def test_an_item_comes_with_the_head_of_its_list() -> None:
    text = (
        "제9조(제한)\n"
        "① 기관은 다음 각 호의 어느 하나에 해당하면 신청을 거절한다.\n"
        "1. 대금이 밀린 경우\n"
        "2. 완료보고서 제출이 7일 이상 늦은 경우"
    )
    found = texts(take(make_passage(text=text)))
    assert found == [
        "기관은 다음 각 호의 어느 하나에 해당하면 신청을 거절한다.",
        "2. 완료보고서 제출이 7일 이상 늦은 경우",
    ]


def test_an_item_stands_alone_and_without_its_number_where_its_head_has_no_room() -> None:
    text = (
        "제9조(제한)\n"
        "① 기관은 다음 각 호의 어느 하나에 해당하면 신청을 거절한다.\n"
        "1. 완료보고서 제출이 7일 이상 늦은 경우"
    )
    found = texts(take(make_passage(text=text), max_chars=40))
    assert found == ["완료보고서 제출이 7일 이상 늦은 경우"]


def test_a_sentence_brings_the_exception_that_follows_it() -> None:
    text = (
        "제7조(보고)\n"
        "① 완료보고서는 7일 이내에 제출한다. 다만, 천재지변에는 미룬다.\n"
        "② 창고는 잠근다."
    )
    found = texts(take(make_passage(text=text)))
    assert found == ["완료보고서는 7일 이내에 제출한다.", "다만, 천재지변에는 미룬다."]


def test_an_exception_does_not_stand_without_its_sentence() -> None:
    text = (
        "제7조(보고)\n"
        "① 시험기관은 기록을 남긴다. 다만, 완료보고서는 7일 이내에 제출한다.\n"
        "② 창고는 잠근다."
    )
    found = texts(take(make_passage(text=text)))
    assert found[:2] == ["시험기관은 기록을 남긴다.", "다만, 완료보고서는 7일 이내에 제출한다."]


def test_marks_of_amendments_and_deleted_items_are_no_answer() -> None:
    text = "제7조(보고)\n① 완료보고서를 제출한다. <개정 2024.1.2>\n1. 삭제 <2023.1.1>"
    assert texts(take(make_passage(text=text))) == ["완료보고서를 제출한다."]


def test_a_list_without_the_words_of_the_law_has_a_head_as_well() -> None:
    text = (
        "제9조(완료보고서)\n"
        "① 완료보고서에 적는 것은 세 가지이다.\n"
        "1. 기간. 쉬는 날을 뺀다.\n"
        "2. 사고\n"
        "3. 의견"
    )
    found = texts(take(make_passage(text=text), question="완료보고서에 어떤 것을 적나요?"))
    assert found[0] == "완료보고서에 적는 것은 세 가지이다."
    assert {"1. 기간.", "2. 사고", "3. 의견"} <= set(found)


def test_what_the_heading_names_counts_for_the_sentences_below_it() -> None:
    amounts = make_passage(
        key="S1", label="3. 금액", heading="금액", text="3. 금액\n금액을 숫자로 쓴다."
    )
    dates = make_passage(key="S2", label="2. 날짜", heading="날짜", text="2. 날짜\n점을 찍어 쓴다.")
    terms = {"날짜": 3.0, "금액": 2.0, "쓴": 1.0}
    found = take(amounts, dates, question="날짜와 금액은?", terms=terms)
    assert [one.passage.key for one in found] == ["S1", "S2"]
