"""The order of sections follows what an official could name; no test depends on a weight."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Hit, SourceKind
from assistant.law.question import shape
from assistant.law.references import LawNames
from assistant.ranking import (
    Asked,
    Candidate,
    QuestionWords,
    ScoredChunk,
    base_law,
    features,
    fuse,
    is_aside,
    normalise_scores,
    score,
    sufficiency_features,
)

LAW = "가나 진흥에 관한 법률"
TITLES = [LAW, f"{LAW} 시행령", "다라 계약에 관한 법률"]
hits = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.floats(0, 100, allow_nan=False)),
    unique_by=lambda pair: pair[0],
    max_size=8,
).map(
    lambda pairs: [
        Hit(chunk_id=name, score=value) for name, value in sorted(pairs, key=lambda p: -p[1])
    ]
)


def ask(question: str, *words: str, legal: tuple[str, ...] = ()) -> Asked:
    return Asked.of(
        question,
        shape(question),
        LawNames(TITLES).mentions(question),
        words=QuestionWords(own=words, legal=legal, nouns=words),
        rarity=lambda all_words: dict.fromkeys(all_words, 1.0),
    )


def make_candidate(
    text: str = "대금을 지급한다.", *, base: float = 0.5, **overrides: Any
) -> Candidate:
    chunk = ScoredChunk(chunk_id="d#1", words=base, meaning=base)
    facts: dict[str, Any] = {
        "document_title": LAW,
        "kind": SourceKind.LAW,
        "label": "제7조",
        "title": "대금",
        "text": text,
        "chunks": ((chunk, text),),
    }
    return Candidate(**(facts | overrides))


@given(hits)
def test_normalised_scores_lie_between_nought_and_one_and_keep_the_order(found: list[Hit]) -> None:
    scores = normalise_scores(found)
    assert all(0 <= value <= 1 for value in scores.values())
    assert list(scores) == [hit.chunk_id for hit in found]
    assert sorted(scores.values(), reverse=True) == list(scores.values())


@given(hits, hits)
def test_fusion_holds_each_chunk_of_both_once_best_first(
    words: list[Hit], meaning: list[Hit]
) -> None:
    fused = fuse(words, meaning)
    assert sorted(one.chunk_id for one in fused) == sorted(
        {hit.chunk_id for hit in [*words, *meaning]}
    )
    assert [one.base for one in fused] == sorted((one.base for one in fused), reverse=True)


@given(hits)
def test_with_one_index_only_its_order_stays(found: list[Hit]) -> None:
    expected = [hit.chunk_id for hit in found]
    assert [one.chunk_id for one in fuse(found, [])] == expected
    assert [one.chunk_id for one in fuse([], found)] == expected


def test_what_both_indexes_find_stands_before_what_one_finds() -> None:
    words = [
        Hit(chunk_id="a", score=9.0),
        Hit(chunk_id="both", score=8.9),
        Hit(chunk_id="z", score=1),
    ]
    meaning = [
        Hit(chunk_id="b", score=0.9),
        Hit(chunk_id="both", score=0.89),
        Hit(chunk_id="y", score=0),
    ]
    assert fuse(words, meaning)[0].chunk_id == "both"


@pytest.mark.parametrize(
    ("title", "base"),
    [
        ("가나진흥법", "가나진흥법"),
        ("가나진흥법시행령", "가나진흥법"),
        ("가나진흥법시행규칙요약", "가나진흥법"),
        ("가나진흥법요약", "가나진흥법"),
    ],
)
def test_a_decree_a_rule_and_a_summary_belong_to_their_act(title: str, base: str) -> None:
    assert base_law(title) == base


@pytest.mark.parametrize(
    ("question", "words", "better", "worse"),
    [
        pytest.param(
            "대금 지급 기준",
            ("대금", "지급"),
            {"text": "대금을 지급한다."},
            {"text": "서류를 접수한다."},
            id="more words of the question",
        ),
        pytest.param(
            "며칠 안에 지급하나요?",
            ("지급",),
            {"text": "10일 이내에 지급한다."},
            {"text": "방법에 따라 지급한다."},
            id="the kind of figure asked for",
        ),
        pytest.param(
            "복합민원이란 무엇인가요?",
            ("복합민원",),
            {"text": '"복합민원"이란 여러 기관이 함께 처리하는 민원을 말한다.'},
            {"text": "복합민원은 여러 기관이 함께 처리하는 민원으로서 접수한다."},
            id="the definition asked for",
        ),
        pytest.param(
            "가나 진흥에 관한 법률에서 대금은?",
            ("대금",),
            {"document_title": LAW},
            {"document_title": "다라 계약에 관한 법률"},
            id="the law that is named",
        ),
        pytest.param(
            "가나 진흥에 관한 법률 시행령에서 대금은?",
            ("대금",),
            {"document_title": f"{LAW} 시행령", "kind": SourceKind.LAW},
            {"document_title": LAW, "kind": SourceKind.LAW},
            id="the decree that is named",
        ),
        pytest.param(
            "대금은 어떻게 하나요?",
            ("대금",),
            {"base": 0.9},
            {"base": 0.2},
            id="found higher by the indexes",
        ),
    ],
)
def test_the_better_candidate_scores_higher(
    question: str, words: tuple[str, ...], better: dict[str, Any], worse: dict[str, Any]
) -> None:
    asked = ask(question, *words)
    assert score(asked, make_candidate(**better)) > score(asked, make_candidate(**worse))


def test_a_figure_counts_only_in_a_chunk_near_the_best_one() -> None:
    near = ScoredChunk(chunk_id="d#1", words=0.9, meaning=0.9)
    far = ScoredChunk(chunk_id="d#2", words=0.1, meaning=0.1)
    candidate = make_candidate(chunks=((near, "방법을 정한다."), (far, "7일 이내에 낸다.")))
    found = features(ask("며칠 안에 내나요?", "내"), candidate)
    assert (found["figure_present"], found["figure_absent"]) == (0.0, 1.0)


def test_a_question_for_no_figure_neither_gains_nor_loses_by_one() -> None:
    found = features(ask("어떻게 내나요?", "내"), make_candidate("7일 이내에 낸다."))
    assert (found["figure_present"], found["figure_absent"]) == (0.0, 0.0)


def test_rare_words_weigh_more_than_common_ones() -> None:
    asked = Asked.of(
        "드문 흔한",
        shape("드문 흔한"),
        (),
        words=QuestionWords(own=["드문", "흔한"], legal=[], nouns=[]),
        rarity=lambda words: {word: 5.0 if word == "드문" else 0.1 for word in words},
    )
    rare = features(asked, make_candidate("드문 말"))["covered"]
    assert rare > features(asked, make_candidate("흔한 말"))["covered"]


def test_a_word_of_the_question_is_not_counted_again_as_its_legal_counterpart() -> None:
    asked = ask("대금", "대금", "대금", legal=("대금", "비용"))
    assert (set(asked.weights), set(asked.legal_weights)) == ({"대금"}, {"비용"})


@given(st.text(max_size=30), st.text(max_size=60), st.lists(st.text(min_size=1, max_size=4)))
def test_every_feature_of_any_text_is_a_small_number(
    question: str, text: str, words: list[str]
) -> None:
    found = features(ask(question, *words), make_candidate(text))
    assert all(-1 <= value <= 2 for value in found.values())


@pytest.mark.parametrize(
    ("question", "aside"),
    [
        pytest.param("완료보고서는 언제까지 내나요?", True, id="no case is named"),
        pytest.param("다솜시 완료보고서는 언제 냈나요?", False, id="the town is named"),
    ],
)
def test_a_pilot_is_an_aside_unless_the_question_names_it(question: str, aside: bool) -> None:
    words = question.rstrip("?").split()
    own = [word.removesuffix("는") for word in words]
    asked = Asked.of(
        question,
        shape(question),
        (),
        words=QuestionWords(own=own, legal=(), nouns=()),
        rarity=lambda given: {word: 0.9 if word == "다솜시" else 0.3 for word in given},
    )
    pilot = make_candidate(document_title="완료보고 메모: 다솜시 상담 요약", kind=SourceKind.PILOT)
    assert is_aside(asked, pilot) is aside
    assert not is_aside(asked, replace(pilot, kind=SourceKind.NOTICE))


def test_a_title_in_legal_wording_counts_for_an_exact_expression() -> None:
    asked = ask("정보공개 청구를 거부하려면 어떤 사유가 있어야 하나요?")
    named = features(asked, make_candidate(title="비공개 대상 정보"))
    other = features(asked, make_candidate(title="정보공개 청구권자"))
    assert (named["title_worded"], other["title_worded"]) == (1.0, 0.0)


# -- whether the candidates hold an answer -----------------------------------------------------


def told(question: str, *words: str, text: str = "대금을 지급한다.") -> dict[str, float]:
    return sufficiency_features(
        ask(question, *words), [make_candidate(text)], top_score=8.0, nearest=None
    )


def test_words_that_only_ask_are_not_missing_from_a_rule() -> None:
    found = told("대금은 얼마예요?", "대금", "얼마", text="대금은 3만원으로 한다.")
    assert (found["rare_missing"], found["noun_covered"]) == (0.0, 1.0)


def test_a_noun_is_there_in_its_legal_wording_and_as_the_name_of_a_law() -> None:
    assert (
        told("도장은 누가 찍나요?", "도장", text="관인은 기관의 장이 찍는다.")["rare_missing"] == 0
    )
    assert told("다라 계약법에서 다라는?", "다라", text="대금을 지급한다.")["rare_missing"] == 1
    named = told("다라 계약에 관한 법률의 대금", "다라", "대금")
    assert named["rare_missing"] == 0


def test_a_noun_that_nobody_has_is_missing() -> None:
    assert told("두루미 대금은?", "두루미", "대금")["rare_missing"] == 1.0


def test_a_figure_asked_for_and_not_given_counts_against_the_candidates() -> None:
    question = "대금은 며칠 안에 지급하나요?"
    assert told(question, "대금")["figure_missing"] == 1.0
    assert told(question, "대금", text="대금을 5일 이내에 지급한다.")["figure_missing"] == 0.0
    assert told("대금은 현금으로 주나요?", "대금")["figure_missing"] == 0.0
    assert told("대금은 누구에게 주나요?", "대금")["figure_missing"] == 0.0  # no figure


@pytest.mark.parametrize(
    "question",
    [
        "작년 나라장터 거래금액이 총 얼마였나요?",
        "지난달 심의회에서 몇 개가 통과했나요?",
        "우리 부서 예산 담당자 내선번호 뭐예요?",
        "혁신제품 중에 제일 많이 팔린 게 뭐예요?",
    ],
)
def test_what_only_the_day_or_a_person_can_tell_is_momentary(question: str) -> None:
    assert told(question)["momentary"] == 1.0


@pytest.mark.parametrize(
    "question",
    [
        "올해 끝난 일의 문서는 언제부터 보존기간을 세나요?",
        "민원인 연락이 안 되면 며칠 뒤 종결하나요?",
        "지금 진행 중인 재판에 관한 정보도 공개하나요?",
    ],
)
def test_questions_about_rules_are_not_momentary(question: str) -> None:
    assert told(question)["momentary"] == 0.0
