"""What a text names: articles, annexes, and the law they belong to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.references import LawNames, fold_law, normalise_label, parse_references

TITLES = [
    "국가를 당사자로 하는 계약에 관한 법률",
    "국가를 당사자로 하는 계약에 관한 법률 시행령",
    "조달사업에 관한 법률(요약)",
    "조달사업에 관한 법률 시행령(요약)",
    "행정업무의 운영 및 혁신에 관한 규정(요약)",
    "혁신제품 구매 운영 규정",
    "가나구 시험구매 규정",
]


def named(text: str) -> list[tuple[str, str, str]]:
    return [(one.law, one.label, one.detail) for one in parse_references(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "「물품관리법」 제7조의2제1항", [("물품관리법", "제7조의2", "제1항")], id="「」"
        ),
        pytest.param(
            "『물품관리법』제7조", [("물품관리법", "제7조", "")], id="『』 without a space"
        ),
        pytest.param(
            "「물품관리법 시행령」 제3조제2항제4호의2나목",
            [("물품관리법시행령", "제3조", "제2항제4호의2나목")],
            id="down to the 목",
        ),
        pytest.param(
            '「물품관리법」(이하 "법"이라 한다) 제3조', [("물품관리법", "제3조", "")], id="이하"
        ),
        pytest.param(
            "「물품관리법」 시행령 제3조", [("물품관리법시행령", "제3조", "")], id="decree outside"
        ),
        pytest.param("제 12 조 의 3 제 1 항", [("", "제12조의3", "제1항")], id="with spaces"),
        pytest.param("영 제33조", [("#영", "제33조", "")], id="영"),
        pytest.param("이 규정과 법 제5조", [("#법", "제5조", "")], id="법"),
        pytest.param("시행규칙 제8조", [("#규칙", "제8조", "")], id="시행규칙"),
        pytest.param("별표 3에 따른다", [("", "별표 3", "")], id="별표"),
        pytest.param("영 별표 4의2", [("#영", "별표 4의2", "")], id="별표 with a branch"),
        pytest.param("별표의 규격", [("", "별표", "")], id="the only 별표"),
        pytest.param("조건과 조항을 본다", [], id="no place"),
        pytest.param("제2026-12호 공고", [], id="number of a notice"),
    ],
)
def test_a_place_is_read_with_its_law(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize("joint", [" 및 ", ", ", "ㆍ", " 또는 ", "부터 ", "와 ", "·"])
def test_places_in_a_list_belong_to_the_law_of_the_first(joint: str) -> None:
    text = f"「물품관리법」 제12조{joint}제13조"
    assert named(text) == [("물품관리법", "제12조", ""), ("물품관리법", "제13조", "")]


def test_a_place_in_another_clause_does_not_inherit_the_law() -> None:
    text = "「물품관리법」 제12조에 따라 신청한다. 제13조는 그렇지 않다."
    assert named(text)[1] == ("", "제13조", "")


@pytest.mark.parametrize(
    ("words", "law"),
    [
        ("같은 법", "물품관리법"),
        ("동법", "물품관리법"),
        ("같은 법 시행령", "물품관리법시행령"),
        ("같은 영", "물품관리법시행령"),
        ("같은 규칙", "물품관리법시행규칙"),
    ],
)
def test_the_same_law_is_the_one_named_last(words: str, law: str) -> None:
    text = f"「국가재정법」 제1조와 「물품관리법」 제2조를 따르되 {words} 제9조는 예외로 한다"
    assert named(text)[2] == (law, "제9조", "")


def test_the_same_law_without_any_law_before_is_the_own_rule() -> None:
    assert named("같은 법 제9조") == [("", "제9조", "")]


@given(
    article=st.integers(1, 400),
    branch=st.integers(0, 20),
    paragraph=st.integers(0, 30),
    subparagraph=st.integers(0, 40),
)
def test_any_place_is_read_back_from_its_words(
    article: int, branch: int, paragraph: int, subparagraph: int
) -> None:
    label = f"제{article}조" + (f"의{branch}" if branch else "")
    detail = f"제{paragraph}항" if paragraph else ""
    detail += f"제{subparagraph}호" if subparagraph else ""
    (found,) = parse_references(f"「시험법」 {label}{detail}에 따른다")
    assert (found.law, found.label, found.detail) == ("시험법", label, detail)


@given(st.text(st.sampled_from("제조의항호목별표「」법영 같은12가.,ㆍ및"), max_size=60))
def test_places_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = parse_references(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[one.start : one.end].strip() for one in found)


@pytest.mark.parametrize(
    ("alias", "title"),
    [
        ("국계법", "국가를당사자로하는계약에관한법률"),
        ("국가계약법", "국가를당사자로하는계약에관한법률"),
        ("국계법 시행령", "국가를당사자로하는계약에관한법률시행령"),
        ("국계령", "국가를당사자로하는계약에관한법률시행령"),
        ("국가를 당사자로 하는 계약에 관한 법률", "국가를당사자로하는계약에관한법률"),
        ("조달사업법", "조달사업에관한법률요약"),
        ("조달사업에 관한 법률", "조달사업에관한법률요약"),
        ("조달사업법 시행령", "조달사업에관한법률시행령요약"),
        ("행정업무규정", "행정업무의운영및혁신에관한규정요약"),
        ("「혁신제품 구매 운영 규정」", "혁신제품구매운영규정"),
        ("가나구시험구매규정", "가나구시험구매규정"),
    ],
)
def test_a_short_name_leads_to_the_title_that_is_there(alias: str, title: str) -> None:
    names = LawNames(TITLES)
    official = names.resolve(alias)
    assert official is not None
    assert title in names.titles_of(official)


def test_a_name_that_nobody_gave_leads_nowhere() -> None:
    names = LawNames(TITLES)
    assert names.resolve("없는 법률") is None
    assert names.titles_of("없는법률") == ()


def test_an_alias_of_a_law_that_is_not_there_leads_to_no_title() -> None:
    names = LawNames(["가나구 시험구매 규정"])
    official = names.resolve("국계법")
    assert official is None or names.titles_of(official) == ()


def test_a_question_names_laws_longest_first_and_in_order() -> None:
    question = "국계법 시행령과 혁신제품 구매 운영 규정 중 무엇을 따르나요?"
    found = LawNames(TITLES).mentions(question)
    assert [question[one.start : one.end] for one in found] == [
        "국계법 시행령",
        "혁신제품 구매 운영 규정",
    ]


@pytest.mark.parametrize(
    ("written", "label"), [("제 27 조의 2", "제27조의2"), ("별표 3", "별표 3"), ("제7조", "제7조")]
)
def test_a_label_is_folded_as_sections_carry_it(written: str, label: str) -> None:
    assert normalise_label(written) == label


def test_the_name_of_a_law_folds_without_brackets_dots_and_spaces() -> None:
    assert fold_law("「공기업·준정부기관 계약사무규칙」") == fold_law(
        "공기업ㆍ준정부기관계약사무규칙"
    )
