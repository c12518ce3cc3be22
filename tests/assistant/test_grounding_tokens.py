from __future__ import annotations

import pytest

from assistant.domain import TokenKind
from assistant.grounding import extract_tokens
from assistant.grounding.references import names_same_law
from assistant.grounding.tokens import same_value


def canonical(text: str) -> list[str]:
    return [token.canonical for token in extract_tokens(text)]


@pytest.mark.parametrize(
    "spellings",
    [
        pytest.param(
            [
                "2천만원",
                "2천만 원",
                "20,000,000원",
                "２０，０００，０００원",
                "이천만원",
                "20백만원",
            ],
            id="20 million won",
        ),
        pytest.param(
            ["1억5천만원", "1억 5천만 원", "1억5,000만원", "150,000,000원"], id="150 million"
        ),
        pytest.param(["52.9억원", "52억9천만원", "5,290,000,000원"], id="decimals"),
        pytest.param(["110,000원", "금일십일만원", "11만원"], id="the form in contracts"),
        pytest.param(["100분의 10", "10%", "10퍼센트", "10 퍼센트", "백분의 십"], id="a tenth"),
        pytest.param(["1천분의 1.5", "0.15%"], id="a thousandth"),
        pytest.param(["100분의 50", "2분의 1", "절반"], id="a half"),
        pytest.param(["30일", "삼십일", "30 일"], id="30 days"),
        pytest.param(["10일", "열흘", "십일"], id="10 days"),
        pytest.param(["1주", "7일", "일주일"], id="a week"),
        pytest.param(["2년", "24개월", "2년간"], id="two years"),
        pytest.param(["3개월", "3월", "석 달"][:2], id="months as old laws count them"),
        pytest.param(["1회", "한 차례", "한 번"], id="once"),
        pytest.param(["2회", "두 번"], id="twice"),
        pytest.param(["5명", "5인", "다섯 명"], id="persons"),
        pytest.param(["3근무시간", "3 근무시간"], id="working hours"),
        pytest.param(["14:00", "14시", "오후 2시"], id="a time of day"),
        pytest.param(
            ["2026. 2. 3.", "2026-02-03", "2026년 2월 3일", "'26. 2. 3.", "2026.02.03."], id="date"
        ),
        pytest.param(["2026년", "'26년", "2026년도"], id="year"),
        pytest.param(
            ["제36조제1항제2호", "제36조 제1항 제2호", "제３６조제1항 제2호"], id="article"
        ),
        pytest.param(["별표 3의2", "별표3의2"], id="annex"),
        pytest.param(["별지 제11호서식", "별지 제11호의 서식"], id="form"),
    ],
)
def test_spellings_of_one_thing_get_one_canonical_form(spellings: list[str]) -> None:
    forms = {tuple(canonical(f"기준은 {spelling} 이다")) for spelling in spellings}
    assert len(forms) == 1
    assert len(forms.pop()) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("7일", "7년"), ("7일", "7근무시간"), ("7일", "7개월"), ("2천만원", "2억원"),
        ("10%", "10원"), ("2026. 2. 3.", "2026. 3. 2."), ("제36조", "제36조의2"),
        ("제1항", "제1호"), ("3명", "3회"), ("10%", "10%p"),
    ],
)  # fmt: skip
def test_different_things_stay_different(one: str, other: str) -> None:
    assert canonical(f"{one} 이다") != canonical(f"{other} 이다")


@pytest.mark.parametrize(
    "text",
    [
        "만일 그렇다면",
        "제3자에게 알린다",
        "다시 한번 확인한다",
        "가. 나. 다.",
        "1. 목적",
        "그 방법에 따라",
    ],
)
def test_ordinary_words_are_no_figures(text: str) -> None:
    assert canonical(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("「가나 법」 제5조제2항 및 제6조", [("가나법", "제5조제2항"), ("가나법", "제6조")]),
        (
            "「가나 법」 제5조 및 같은 법 시행령 제7조",
            [("가나법", "제5조"), ("가나법시행령", "제7조")],
        ),
        ("법 제4조와 영 제9조", [("법", "제4조"), ("영", "제9조")]),
        ("국가계약법 27조 1항", [("국가계약법", "제27조제1항")]),
        ("제36조제1항제1호부터 제3호까지", [("", "제36조제1항제1호"), ("", "제36조제1항제3호")]),
        ("부칙 제2조", [("", "부칙제2조")]),
    ],
)
def test_a_reference_carries_the_law_that_is_named_before_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = [(t.law, t.canonical) for t in extract_tokens(text) if t.kind is TokenKind.ARTICLE]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "「민원 처리에 관한 법률」과 국가계약법 시행령",
            ["민원처리에관한법률", "국가계약법시행령"],
        ),
        ("개인정보 보호법에 따라", ["개인정보보호법"]),
        ("가나구 물품 운영 규정 제4조", ["가나구물품운영규정"]),
        ("합법적인 방법으로 입법한다", []),
    ],
)
def test_laws_are_found_bracketed_and_bare(text: str, expected: list[str]) -> None:
    found = [t.canonical for t in extract_tokens(text) if t.kind is TokenKind.LAW]
    assert found == expected


@pytest.mark.parametrize(
    ("claimed", "title", "same"),
    [
        ("국계법", "국가를당사자로하는계약에관한법률", True),
        ("조달사업법", "조달사업에관한법률", True),
        ("정보공개법시행령", "공공기관의정보공개에관한법률시행령", True),
        ("정보공개법", "공공기관의정보공개에관한법률시행령", False),
        ("행정업무규정", "행정업무의운영및혁신에관한규정", True),
        ("지방계약법", "국가를당사자로하는계약에관한법률", False),
        ("민원처리에관한법률", "진정처리에관한법률", False),
    ],
)
def test_abbreviations_mean_the_law_whose_title_they_shorten(
    claimed: str, title: str, same: bool
) -> None:
    assert names_same_law(claimed, title) is same


@pytest.mark.parametrize(
    ("claimed", "found", "same"),
    [
        ("2월 3일", "2026. 2. 3.", True),
        ("2026. 2. 3.", "2월 3일", False),
        ("2026년", "2026. 2. 3.", True),
        ("5개", "5 이상", True),
        ("5년", "5 이상", False),
        ("529억원", "529억", True),
    ],
)
def test_a_source_may_say_more_than_the_sentence_but_not_less(
    claimed: str, found: str, same: bool
) -> None:
    assert same_value(extract_tokens(claimed)[0], extract_tokens(found)[0]) is same


def test_every_token_stands_where_it_says() -> None:
    text = "「가나 법」 제5조에 따라 ２천만원의 10%를 2026. 2. 3.까지 낸다."
    tokens = extract_tokens(text)
    assert len(tokens) == 5
    assert all(text[token.start : token.end] == token.text for token in tokens)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("⑮일 이내", ["15일"]),
        ("三十日 이내", ["30일"]),
        ("XIV일 이내", ["14일"]),
        ("Ⅳ등급", ["4등급"]),
        ("fifteen일 이내", ["15일"]),
        ("두어 달 안에", ["about:두어달"]),
        ("수십만원을", ["about:수십만원"]),
        ("① 일반 경쟁", []),
        ("①명칭과 C등급", []),
        ("반명함 사진, XL 사이즈, I형", []),
    ],
)
def test_a_figure_in_a_script_that_no_rule_is_written_in_is_one(
    text: str, found: list[str]
) -> None:
    assert canonical(text) == found
