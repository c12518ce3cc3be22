from __future__ import annotations

import re

import pytest

from assistant.domain import AsideKind, BlockKind
from assistant.errors import DocumentUnreadableError
from assistant.reading import Limits, ReaderPool
from tests.assistant.reading.conftest import Reader, texts, warning
from tests.assistant.reading.office_builders import changed, saved_slides

SLIDES = saved_slides()
SECOND = "ppt/slides/slide2.xml"


def test_slides_are_read_from_top_to_bottom_with_their_notes(read_here: Reader) -> None:
    document = read_here(SLIDES, "a.pptx")
    assert (document.title, document.page_count) == ("시범구매 결과(예시)", 3)
    assert [(b.kind, b.locator.page, b.text) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "1. 시범구매 결과(예시)"),
        (BlockKind.PARAGRAPH, 1, "위 글"),
        (BlockKind.PARAGRAPH, 1, "아래 글"),
        (BlockKind.PARAGRAPH, 1, "묶인 글"),
        (BlockKind.NOTE, 1, "발표할 때 강조"),
        (BlockKind.HEADING, 2, "2. 예산"),
        (BlockKind.TABLE, 2, ""),
    ]


def test_tables_keep_merged_cells_and_their_head(read_here: Reader) -> None:
    table = read_here(SLIDES, "a.pptx").blocks[-1]
    assert [[(c.text, c.row_span, c.col_span) for c in row] for row in table.rows] == [
        [("합친 칸", 1, 2)],
        [("금액", 1, 1), ("10", 1, 1)],
    ]
    assert table.header_rows == 1


def test_hidden_slides_stand_apart(read_here: Reader) -> None:
    document = read_here(SLIDES, "a.pptx")
    assert [(a.kind, a.page, a.text) for a in document.asides] == [
        (AsideKind.HIDDEN, 3, "3. 숨긴 장")
    ]
    assert warning(document, "hidden_text") == 1


def test_slides_beyond_the_limit_are_left_out_and_said_so(read_here: Reader) -> None:
    document = read_here(SLIDES, "a.pptx", max_pages=1)
    assert texts(document)[0] == "1. 시범구매 결과(예시)"
    assert {block.locator.page for block in document.blocks} == {1}
    assert warning(document, "truncated") == 0


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(changed(SLIDES, {SECOND: LAUGHS}), "hostile", id="laughs"),
        pytest.param(
            changed(
                SLIDES, {SECOND: lambda xml: re.sub(rb'gridSpan="2"', b'gridSpan="99999999"', xml)}
            ),
            "hostile",
            id="span",
        ),
        pytest.param(changed(SLIDES, {SECOND: bytes(20_000_000)}), "hostile", id="bomb"),
        pytest.param(SLIDES[:5000], "damaged", id="cut short"),
    ],
)
def test_hostile_and_broken_files_are_refused_by_name(
    pool: ReaderPool, data: bytes, reason: str
) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        pool.read(data, file_name="a.pptx", limits=Limits(wall_s=10, memory_bytes=500_000_000))
    assert caught.value.reason == reason
