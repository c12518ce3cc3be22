from __future__ import annotations

from assistant.domain import (
    Block,
    BlockKind,
    Cell,
    Document,
    Heading,
    Locator,
    Paragraph,
    Table,
)
from assistant.writing import write
from assistant.writing.from_document import to_draft
from assistant.writing.numbering import AI_LINE


def block(kind: BlockKind, text: str, *, level: int = 0, **more: object) -> Block:
    return Block(kind=kind, text=text, level=level, locator=Locator(ordinal=0), **more)  # type: ignore[arg-type]


def document(*blocks: Block, title: str = "계획") -> Document:
    return Document(title=title, media_type="text/plain", blocks=blocks)


def test_numbers_of_the_source_are_kept_and_none_added() -> None:
    source = document(
        block(BlockKind.HEADING, "1. 목적", level=2),
        block(BlockKind.LIST_ITEM, "가. 첫째", level=2),
        block(BlockKind.NOTE, "※ 참고"),
    )
    lines = write(to_draft(source), "txt").decode().split("\n")
    assert [line for line in lines if line][:4] == ["계획", "1. 목적", "가. 첫째", "※ 참고"]


def test_a_title_that_opens_the_document_is_not_said_twice() -> None:
    source = document(
        block(BlockKind.PARAGRAPH, "가온시"), block(BlockKind.HEADING, "계 획", level=1)
    )
    draft = to_draft(source)
    assert draft.title == "계 획"
    assert [type(found) for found in draft.blocks] == [Paragraph]


def test_a_heading_without_a_level_is_one_of_the_first() -> None:
    (heading,) = to_draft(document(block(BlockKind.HEADING, "목적"))).blocks
    assert isinstance(heading, Heading)
    assert heading.level == 1


def test_a_caption_with_its_own_number_keeps_it() -> None:
    rows = ((Cell(text="가", col_span=2),),)
    source = document(block(BlockKind.TABLE, "", rows=rows, caption="<표 2-1> 현황"))
    line, table = to_draft(source).blocks
    assert isinstance(line, Paragraph)
    assert isinstance(table, Table)
    assert (line.runs[0].text, table.caption) == ("<표 2-1> 현황", "")
    assert table.rows[0][0].col_span == 2


def test_what_was_read_is_no_ai_draft() -> None:
    draft = to_draft(document(block(BlockKind.PARAGRAPH, "글")))
    assert AI_LINE not in write(draft, "html").decode()


def test_a_column_of_longer_texts_is_the_wider_one() -> None:
    rows = ((Cell(text="1"), Cell(text="공공부문 마이데이터를 쓰는 방법")),) * 2
    (table,) = to_draft(document(block(BlockKind.TABLE, "", rows=rows))).blocks
    assert isinstance(table, Table)
    assert table.widths[1] > 3 * table.widths[0]
