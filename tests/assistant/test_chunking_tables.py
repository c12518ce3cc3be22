"""Tables, notes and recognised text are cut so that each row can be found and understood."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chunking import chunk
from assistant.domain import Block, BlockKind, Cell, Document, Locator
from tests.assistant.test_chunking import TITLE, blocks, heading, paragraph, table


def rows_of(*rows: Sequence[Cell], head: int = 1, is_ocr: bool = False) -> Block:
    return Block(
        kind=BlockKind.TABLE,
        text="",
        locator=Locator(ordinal=0),
        rows=tuple(tuple(row) for row in rows),
        header_rows=head,
        is_ocr=is_ocr,
    )


def test_a_merged_label_is_told_in_each_row_it_covers() -> None:
    document = blocks(
        heading("1. 물품"),
        rows_of(
            [Cell(text="구분", row_span=2), Cell(text="금액", col_span=2)],
            [Cell(text="국비"), Cell(text="지방비")],
            [Cell(text="장비", row_span=2), Cell(text="10"), Cell(text="20")],
            [Cell(text="30"), Cell(text="40")],
            head=2,
        ),
    )
    assert document.sections[0].text.split("\n")[1:] == [
        "| 구분 | 금액 > 국비 | 금액 > 지방비 |",
        "| --- | --- | --- |",
        "| 장비 | 10 | 20 |",
        "| 장비 | 30 | 40 |",
    ]


def test_each_row_of_some_length_is_found_by_itself() -> None:
    rows = [["품목", "설명"], *([f"물품 {n}", "가" * 100] for n in range(4))]
    document = blocks(heading("1. 물품"), table(rows))
    found = [one.text.count("물품 ") for one in document.chunks]
    assert found == [1, 1, 1, 1]
    assert document.chunks[0].text.startswith("1. 물품\n| 품목 | 설명 |")


def test_a_form_is_told_as_labels_and_values() -> None:
    form = table([["사업 이름", "민원 안내 시범사용"], ["기간", "2026. 4. 1. ~ 10. 30."]], head=0)
    document = blocks(heading("1. 개요"), form)
    assert document.sections[0].text == (
        "1. 개요\n사업 이름: 민원 안내 시범사용\n기간: 2026. 4. 1. ~ 10. 30."
    )


def test_a_table_of_one_cell_is_text() -> None:
    document = blocks(heading("1. 개요"), table([["한 칸짜리 틀에\n담은 글"]], head=0))
    assert document.sections[0].text == "1. 개요\n한 칸짜리 틀에\n담은 글"


def test_a_note_under_a_table_stays_with_its_rows() -> None:
    note = Block(kind=BlockKind.NOTE, text="※ 부가세 포함", locator=Locator(ordinal=0))
    (one,) = blocks(table([["품목", "값"], ["가", "1"]]), note).chunks
    assert one.text.endswith("| 가 | 1 |\n※ 부가세 포함")
    assert one.context.endswith("품목 | 값")


def test_text_read_off_a_picture_is_a_section_of_its_own() -> None:
    scan = Block(
        kind=BlockKind.PARAGRAPH, text="설치비 100원", locator=Locator(ordinal=0), is_ocr=True
    )
    document = blocks(heading("1. 설치"), paragraph("본문이다."), scan, paragraph("이어진다."))
    assert [(s.label, s.is_ocr) for s in document.sections] == [
        ("1. 설치", False),
        ("1. 설치", True),
        ("1. 설치", False),
    ]


def test_an_article_with_a_line_read_off_a_picture_says_so() -> None:
    lines = [f"제{n}조 (제목 {n})\n{n}일 안에 낸다." for n in range(1, 4)]
    read = Document(
        title=TITLE,
        media_type="application/pdf",
        blocks=tuple(
            Block(kind=BlockKind.PARAGRAPH, text=text, locator=Locator(ordinal=n), is_ocr=n == 1)
            for n, text in enumerate(lines)
        ),
    )
    assert [section.is_ocr for section in chunk(read).sections] == [False, True, False]


spans = st.tuples(
    st.integers(1, 4), st.integers(1, 4), st.sampled_from(["", "가", "나|다", "1\n2"])
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(spans, max_size=5), max_size=8), st.integers(0, 9))
def test_any_table_gives_chunks_that_hold_all_its_words(
    cells: list[list[tuple[int, int, str]]], heads: int
) -> None:
    rows = [[Cell(text=t, row_span=r, col_span=c) for r, c, t in row] for row in cells]
    document = blocks(heading("1. 표"), rows_of(*rows, head=heads), paragraph("끝"))
    (section,) = document.sections
    pieces = [one.text for one in document.chunks]
    assert "".join("".join(pieces).split()) == "".join(section.text.split())
    folded = " ".join(section.text.replace("|", "/").split())
    for row in cells:
        for _, _, text in row:
            assert " ".join(text.replace("|", "/").split()) in folded
