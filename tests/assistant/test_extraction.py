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
