"""Rules are cut into articles, addenda and annexes, and articles into 항, 호 and 목."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Block, BlockKind, Document, Locator, Section, SectionKind
from assistant.law.articles import (
    PARAGRAPH_MARKS,
    is_legal,
    parse_parts,
    parse_sections,
    part_label,
)
from tests.assistant.shelf import cut, rule


def lines(text: str, *, page: int | None = None) -> Document:
    """Return a document of plain lines, as a PDF without headings gives them."""
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, text=line, locator=Locator(ordinal=n, page=page))
        for n, line in enumerate(text.split("\n"))
    )
    return Document(title="가나구 규정", media_type="application/pdf", blocks=blocks)


def sections(*articles: str) -> tuple[Section, ...]:
    return cut(rule("가나구 시험구매 규정", *articles)).sections


THREE = ("제1조 (목적)\n\n하나", "제2조 (정의)\n\n둘", "제3조 (적용)\n\n셋")


def test_an_article_is_a_section_with_its_heading_line_first() -> None:
    first, second, _ = sections(*THREE)
    assert (first.label, first.title, first.kind) == ("제1조", "목적", SectionKind.ARTICLE)
    assert first.text == "제1조(목적)\n하나"
    assert (first.ordinal, second.ordinal) == (0, 1)


@pytest.mark.parametrize(
    ("heading", "label", "title"),
    [
        ("제27조의2 (구매 책임)", "제27조의2", "구매 책임"),
        ("제 5 조(심사 (공공성))", "제5조", "심사 (공공성)"),
        ("제5조(공공성ㆍ혁신성 심사)", "제5조", "공공성ㆍ혁신성 심사"),
        ("제5조", "제5조", ""),
    ],
)
def test_label_and_title_are_read_from_the_heading(heading: str, label: str, title: str) -> None:
    section = sections(*THREE, f"{heading}\n\n본문이다.")[-1]
    assert (section.label, section.title) == (label, title)


def test_chapters_and_parts_of_chapters_become_the_path() -> None:
    found = sections(
        "## 제1장 총칙",
        THREE[0],
        "## 제2장 시험구매",
        "### 제1절 신청",
        THREE[1],
        "### 제2절 심사",
        THREE[2],
        "## 제3장 보칙",
        "제4조 (보칙)\n\n넷",
    )
    assert [section.path for section in found] == [
        ("제1장 총칙",),
        ("제2장 시험구매", "제1절 신청"),
        ("제2장 시험구매", "제2절 심사"),
        ("제3장 보칙",),
    ]


@pytest.mark.parametrize("heading", ["## 부칙", "## 부 칙", "## 부칙 <제12호, 2026. 1. 2.>"])
def test_articles_of_addenda_are_not_articles_of_the_rule(heading: str) -> None:
    *_, last = sections(
        *THREE, heading, "###### 제1조(시행일)\n\n이 규정은 고시한 날부터 시행한다."
    )
    assert (last.kind, last.label) == (SectionKind.ADDENDA, "부칙")
    assert "제1조(시행일)" in last.text


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("## [별표 1] 심사 기준", "별표 1"),
        ("## 별표 4의2 배점", "별표 4의2"),
        ("## [별지 제3호 서식] 신청서", "별지 제3호 서식"),
        ("## 【별표】 규격", "별표"),
    ],
)
def test_a_heading_of_an_annex_opens_a_section(heading: str, label: str) -> None:
    last = sections(*THREE, f"{heading}\n\n60점 이상")[-1]
    assert (last.kind, last.label) == (SectionKind.ANNEX, label)
    assert "60점" in last.text


def test_a_sentence_that_begins_with_an_annex_opens_nothing() -> None:
    found = sections(*THREE, "제4조 (심사)\n\n다음에 따른다.\n\n별표 1의 기준으로 심사한다.")
    assert found[-1].label == "제4조"


@pytest.mark.parametrize("words", ["삭제", "삭제 <2024. 1. 2.>", "삭 제 [2024.1.2]"])
def test_a_deleted_article_is_marked(words: str) -> None:
    section = sections(*THREE, f"제4조 (폐지)\n\n{words}")[-1]
    assert section.deleted


def test_an_article_that_speaks_of_deletion_is_not_deleted() -> None:
    section = sections(*THREE, "제4조 (기록의 삭제)\n\n삭제한 기록은 되살리지 않는다.")[-1]
    assert not section.deleted


PDF_TEXT = """가나구 시험구매 규정
제1장 총칙
제1조(목적) 이 규정은 시험구매의 절차를 정한다.
제2조(정의) 이 규정에서 쓰는 말은 다음과 같다.
  1. "시험구매"란 사서 써 보는 것을 말한다.
제2장 절차
제3조(신청) ① 신청서는 7일 이내에 낸다. 이 경우
제1조의 목적에 맞아야 한다.
② 심사는 별표 1에 따른다.
부칙
제1조(시행일) 고시한 날부터 시행한다."""


def test_a_rule_without_headings_is_cut_by_its_lines() -> None:
    found = parse_sections(lines(PDF_TEXT, page=2))
    assert [section.label for section in found] == ["제1조", "제2조", "제3조", "부칙"]
    assert found[2].path == ("제2장 절차",)
    assert found[0].text == "제1조(목적)\n이 규정은 시험구매의 절차를 정한다."
    assert {section.page for section in found} == {2}


def test_a_line_that_only_begins_with_an_article_belongs_to_the_one_above() -> None:
    third = parse_sections(lines(PDF_TEXT))[2]
    assert "제1조의 목적에 맞아야 한다." in third.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PDF_TEXT, True, id="a rule"),
        pytest.param(
            "제1조에 따라 제2조를 본다.\n제3조는 다르다.\n제4조도 그렇다.", False, id="talk"
        ),
        pytest.param("제1조(목적) 하나\n제2조(정의) 둘", False, id="two articles"),
        pytest.param("보고서\n1. 개요\n2. 결과", False, id="a report"),
    ],
)
def test_a_rule_is_told_from_other_papers(text: str, expected: bool) -> None:
    assert is_legal(lines(text)) is expected


ARTICLE = """제7조(완료보고)
① 보고에는 다음을 적는다.
  1. 개요
    가. 기간
      1) 시작
      2) 끝
    나. 장소
  2의2. 결과
② 보고는 7일 이내에 한다."""


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("완료보고", "제7조"),
        ("보고에는", "제7조제1항"),
        ("개요", "제7조제1항제1호"),
        ("기간", "제7조제1항제1호가목"),
        ("시작", "제7조제1항제1호가목"),
        ("장소", "제7조제1항제1호나목"),
        ("결과", "제7조제1항제2호의2"),
        ("7일", "제7조제2항"),
    ],
)
def test_each_place_in_an_article_has_its_name(words: str, label: str) -> None:
    assert part_label("제7조", parse_parts(ARTICLE), ARTICLE.index(words)) == label


def test_an_article_without_paragraphs_has_its_subparagraphs_at_once() -> None:
    text = "제2조(정의)\n말은 다음과 같다.\n1. 가\n2. 나"
    assert part_label("제2조", parse_parts(text), text.index("나")) == "제2조제2호"


@pytest.mark.parametrize("line", ["2026.1.2. 고시", "10.5퍼센트", "가.나다", "1.5배"])
def test_dates_and_decimals_open_no_part(line: str) -> None:
    assert parse_parts(f"제1조(목적)\n{line}") == ()


def test_marks_above_twenty_are_paragraphs_too() -> None:
    text = "제1조(목적)\n" + "\n".join(f"{mark} 항" for mark in PARAGRAPH_MARKS)
    assert [part.number for part in parse_parts(text)] == [str(n) for n in range(1, 31)]


@given(st.lists(st.sampled_from(["① 가", "② 나", "1. 다", "  2. 라", "    가. 마", "1) 바", "사"])))
def test_parts_nest_or_stand_apart(body: list[str]) -> None:
    text = "\n".join(["제1조(목적)", *body])
    parts = parse_parts(text)
    for one in parts:
        assert 0 < one.start < one.end <= len(text)
        inside = [p for p in parts if one.start < p.start < one.end]
        assert all(p.depth > one.depth and p.end <= one.end for p in inside)
