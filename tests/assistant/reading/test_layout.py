from __future__ import annotations

import pytest

from assistant.reading.layout import to_blocks


def lines(*pages: str) -> list[str]:
    return [block.text for block in to_blocks(pages)]


@pytest.mark.parametrize(
    "mark",
    [
        "제2조(정의) 뜻",
        "② 다음",
        "1. 신청",
        "가. 서류",
        "1) 사본",
        "(가) 원본",
        "○ 대상",
        "※ 참고",
        "- 항목",
        "Ⅱ. 계획",
        "[별표 1] 기준",
        "부칙",
        "❷ 둘째",
    ],
)
def test_a_marked_line_begins_a_paragraph(mark: str) -> None:
    assert lines(f"이 지침은 시범구매한 제품의 관리에 관한 사항으로서\n{mark}") == [
        "이 지침은 시범구매한 제품의 관리에 관한 사항으로서",
        mark,
    ]


def test_the_end_of_a_short_line_ends_a_paragraph() -> None:
    page = """담당자는 시범구매한 제품을 매월 한 번 이상 점검한
다.
설치 장소는 따로 정한다.
운영 기간은 세 달로 한다."""
    assert lines(page) == [
        "담당자는 시범구매한 제품을 매월 한 번 이상 점검한다.",
        "설치 장소는 따로 정한다.",
        "운영 기간은 세 달로 한다.",
    ]


def test_a_trailing_space_tells_words_from_syllables() -> None:
    page = "가나시는 안내기의 점검 결과를 \n모든 시민에게 알리고 그 뒤에 의\n견을 듣는다."
    assert lines(page) == [
        "가나시는 안내기의 점검 결과를 모든 시민에게 알리고 그 뒤에 의견을 듣는다."
    ]


def test_a_word_known_from_elsewhere_is_put_together() -> None:
    page = """이번 혁신제품 시범구매 계획은 모두 공개한다.
가나시는 올해 새로운 안내기를 사는 시범구
매 계획을 세웠다."""
    assert lines(page)[-1].endswith("시범구매 계획을 세웠다.")


def test_a_hyphen_at_a_line_end_is_taken_back() -> None:
    page = "The pilot purchase programme is admin-\nistered by the city."
    assert lines(page) == ["The pilot purchase programme is administered by the city."]


def test_a_paragraph_runs_on_over_the_page_and_keeps_its_first_page() -> None:
    (block,) = to_blocks(
        ["가나시는 제품의 점검 결과를 관리하고 이를", "다음 해의 계획에 반영한다."]
    )
    assert block.locator.page == 1
    assert block.text.endswith("이를 다음 해의 계획에 반영한다.")


def test_repeated_heads_and_page_numbers_go_and_amounts_stay() -> None:
    bodies = ["○ 첫째 쪽의 글", "○ 둘째 쪽의 글", "300"]
    pages = [f"가나시 계획서\n{body}\n{number}" for number, body in enumerate(bodies, 1)]
    assert lines(*pages) == bodies


@pytest.mark.parametrize(
    ("page", "level"),
    [
        pytest.param("제1장 총칙\n본문이 여기에서 길게 이어지고 끝난다", 2, id="chapter"),
        pytest.param("Ⅱ. 추진 계획\n본문이 여기에서 길게 이어지고 끝난다", 2, id="roman"),
        pytest.param("3. 성과목표\n본문이 여기에서 길게 이어지고 끝난다", 3, id="arabic"),
        pytest.param("1. 성명\n2. 주소", 0, id="list of two"),
        pytest.param("1. 제품을 점검한다\n본문", 0, id="sentence"),
        pytest.param("Ⅰ. 개요 1\nⅡ. 계획 2", 0, id="table of contents"),
        pytest.param(
            "제1조(목적) 가\n제2조(정의) 나\n3. 성과목표\n본문", 0, id="numbers in a rule"
        ),
    ],
)
def test_only_safe_numbers_make_headings(page: str, level: int) -> None:
    levels = [block.level for block in to_blocks([page])]
    assert max(levels) == level
