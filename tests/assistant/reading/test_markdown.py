from __future__ import annotations

import pytest

from assistant.domain import Block, BlockKind
from tests.assistant.reading.conftest import Reader, texts, warning

ANCHORS = "\n".join(
    ["a: &a [x,x,x,x,x,x,x,x,x]"]
    + [
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
)


def kinds(blocks: tuple[Block, ...]) -> list[tuple[str, int]]:
    return [(block.kind.value, block.level) for block in blocks]


def test_a_rule_keeps_headings_marks_and_lines(read_here: Reader) -> None:
    document = read_here("rule.md")
    found = texts(document)
    assert kinds(document.blocks)[:3] == [("heading", 1), ("heading", 2), ("heading", 5)]
    assert found[6] == (
        '1. "제품"이란 다음 각 목의 것을 말한다.\n가. 안내기\n나. 측정기ㆍ계량기\n'
        '1의2. "담당자"란 제품을 관리하는 사람을 말한다.'
    )
    assert found[8:10] == ["① 담당자는 매월 점검한다.", "② 점검표는 별표와 같다."]


def test_deep_indents_are_text_and_dashes_make_no_heading(read_here: Reader) -> None:
    document = read_here("rule.md")
    assert "1) 깊이 들여쓴 줄" in texts(document)
    assert document.blocks[-3].kind is BlockKind.PARAGRAPH
    assert document.blocks[-3].text == "다음 줄"


def test_amendment_marks_are_not_taken_for_html(read_here: Reader) -> None:
    assert texts(read_here("rule.md"))[3].endswith("<개정 2026.1.2>")


def test_front_matter_becomes_strings_as_written(read_here: Reader) -> None:
    document = read_here("rule.md")
    assert document.title == "가나시 시범구매 관리 규칙(예시)"
    assert document.metadata == {
        "제목": "가나시 시범구매 관리 규칙(예시)",
        "법령MST": "900001",
        "소관부처": "가나시, 다라군",
        "시행일자": "2026-03-01",
        "첨부파일": "점검표(제3조 관련)",
    }


@pytest.mark.parametrize(
    "matter",
    [
        pytest.param("[열린 괄호\n그냥 글", id="broken"),
        pytest.param("- 목록\n- 뿐", id="no mapping"),
        pytest.param("a: " + "[" * 60_000, id="nested without end"),
        pytest.param("제목: " + "가" * 70_000, id="huge"),
    ],
)
def test_unusable_front_matter_stays_text(read_here: Reader, matter: str) -> None:
    document = read_here(f"---\n{matter}\n---\n\n본문\n".encode(), "a.md")
    assert document.metadata == {}
    assert "본문" in "\n".join(texts(document))


def test_front_matter_with_colons_inside_a_value_is_read_line_by_line(read_here: Reader) -> None:
    matter = "비고: 생략한 조: 제8조\n소관부처:\n- 가나시\n- 다라군\n시행일자: 2026-02-03"
    document = read_here(f"---\n{matter}\n---\n\n본문\n".encode(), "a.md")
    assert document.metadata["비고"] == "생략한 조: 제8조"
    assert document.metadata["소관부처"] == "가나시, 다라군"
    assert document.metadata["시행일자"] == "2026-02-03"


def test_aliases_in_front_matter_are_not_expanded(read_here: Reader) -> None:
    document = read_here(f"---\n{ANCHORS}\n---\n\n본문".encode(), "a.md")
    assert sum(map(len, document.metadata.values())) < 1_000


def test_links_and_images_are_reduced_to_words(read_here: Reader) -> None:
    source = (
        "![그림 설명](http://x.invalid/a.png) [규칙](http://x.invalid) <b>굵게</b> `코드`\n\n"
        "[비고]: 남는 글"
    )
    assert texts(read_here(source.encode(), "a.md")) == [
        "그림 설명 규칙 <b>굵게</b> 코드",
        "[비고]: 남는 글",
    ]


def test_lists_keep_their_numbers_and_depth(read_here: Reader) -> None:
    document = read_here("3. 셋\n   - 안쪽\n4. 넷\n\n   이어짐\n\n- 점".encode(), "a.md")
    assert texts(document) == ["3. 셋", "안쪽", "4. 넷", "이어짐", "점"]
    assert kinds(document.blocks) == [
        ("list_item", 1),
        ("list_item", 2),
        ("list_item", 1),
        ("paragraph", 0),
        ("list_item", 1),
    ]


def test_a_day_at_the_start_of_a_line_is_text_and_no_list(read_here: Reader) -> None:
    text = "2026. 8. 18. ~ 8. 21.에 물었다.\n\n- 2026. 9. 1. 회의\n\n1. 첫째"
    document = read_here(text.encode(), "a.md")
    assert texts(document) == ["2026. 8. 18. ~ 8. 21.에 물었다.", "2026. 9. 1. 회의", "1. 첫째"]
    assert kinds(document.blocks) == [("paragraph", 0), ("list_item", 1), ("list_item", 1)]


def test_tables_keep_rows_and_header(read_here: Reader) -> None:
    (table,) = read_here("| 구분 | 기한 |\n|---|---|\n| 신청 | 7**일** |".encode(), "a.md").blocks
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["구분", "기한"],
        ["신청", "7일"],
    ]
    assert table.header_rows == 1


def test_a_table_over_the_limit_keeps_its_first_rows(read_here: Reader) -> None:
    source = "|가|나|\n|-|-|\n" + "|다|라|\n" * 10
    document = read_here(source.encode(), "a.md", max_chars=7)
    assert len(document.blocks[0].rows) == 3
    assert warning(document, "truncated") == 0


def test_text_nested_beyond_the_parser_is_not_lost(read_here: Reader) -> None:
    assert texts(read_here(b"> " * 5_000 + b"x", "a.md"))[0].endswith("x")


def test_a_title_with_markup_stays_plain_text(read_here: Reader) -> None:
    document = read_here("---\ntitle: <b onclick=alert(1)>제목\n---\n본문".encode(), "a.md")
    assert document.title == "<b onclick=alert(1)>제목"
