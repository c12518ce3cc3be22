from __future__ import annotations

import io
import random
import time

import pypdf
import pytest

from assistant.domain import Block, BlockKind, Document
from assistant.reading import Limits, ReaderPool
from tests.assistant.reading.builders import raw_pdf
from tests.assistant.reading.conftest import Reader, texts, warning
from tests.assistant.reading.pdf_pages import ruled, typeset, words
from tests.assistant.reading.test_any_bytes import outcome_of
from tests.assistant.reading.test_pdf import sample

MERGED = """
앞의 글입니다.
#table(columns: (1fr, 1fr, 1fr),
  table.cell(rowspan: 2)[구분], table.cell(colspan: 2)[예산],
  [2024년], [2025년],
  [안내기], [310], [839],
  table.cell(colspan: 2)[합계], [839])
뒤의 글입니다.
"""


def tables(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE]


def rows(block: Block) -> list[list[str]]:
    return [[cell.text for cell in row] for row in block.rows]


def everything(document: Document) -> str:
    cells = [cell.text for table in tables(document) for row in table.rows for cell in row]
    captions = [table.caption for table in tables(document)]
    return "\n".join([*texts(document), *captions, *cells])


def test_merged_cells_keep_their_spans(read_here: Reader) -> None:
    (table,) = tables(read_here(typeset(MERGED), "a.pdf"))
    spans = [[(cell.text, cell.row_span, cell.col_span) for cell in row] for row in table.rows]
    assert spans == [
        [("구분", 2, 1), ("예산", 1, 2)],
        [("2024년", 1, 1), ("2025년", 1, 1)],
        [("안내기", 1, 1), ("310", 1, 1), ("839", 1, 1)],
        [("합계", 1, 2), ("839", 1, 1)],
    ]
    assert table.header_rows == 2


def test_a_table_stands_where_it_is_read_and_its_text_only_once(read_here: Reader) -> None:
    document = read_here(typeset(MERGED), "a.pdf")
    kinds = [block.text or block.kind.value for block in document.blocks]
    assert kinds == ["앞의 글입니다.", "table", "뒤의 글입니다."]
    assert everything(document).count("안내기") == 1
    assert document.metadata["표 개수"] == "1"


def test_sides_left_open_are_closed(read_here: Reader) -> None:
    body = """#table(columns: (1fr, 1fr, 1fr),
      stroke: (x, y) => (top: 1pt, bottom: 1pt, left: if x > 0 { 1pt }),
      [과제], [담당], [기한], [점검], [구매팀], [매월])"""
    (table,) = tables(read_here(typeset(body), "a.pdf"))
    assert rows(table) == [["과제", "담당", "기한"], ["점검", "구매팀", "매월"]]


def test_a_table_over_pages_is_one_with_one_header(read_here: Reader) -> None:
    cells = "".join(f"[사업 {n}], [{n * 10}], [비고 {n}]," for n in range(1, 101))
    body = f"#table(columns: (1fr, 1fr, 1fr), table.header([사업명], [예산액], [비고]), {cells})"
    document = read_here(typeset(body), "a.pdf")
    (table,) = tables(document)
    assert document.page_count is not None
    assert document.page_count > 2
    assert rows(table) == [
        ["사업명", "예산액", "비고"],
        *([f"사업 {n}", f"{n * 10}", f"비고 {n}"] for n in range(1, 101)),
    ]


def test_tables_of_other_columns_on_the_next_page_stay_two(read_here: Reader) -> None:
    one = "#table(columns: (1fr, 1fr), [과제], [담당], [점검], [구매팀])"
    other = "#table(columns: (1fr, 3fr), [과제], [담당], [설치], [시설팀])"
    document = read_here(typeset(f"{one}\n#pagebreak()\n{other}"), "a.pdf")
    assert [table.locator.page for table in tables(document)] == [1, 2]


def test_a_box_is_text_and_a_caption_goes_with_its_table(read_here: Reader) -> None:
    body = """#rect[추진 방향 요약]
      <표 1> 사업별 예산

      (단위: 천원)
      #table(columns: (1fr, 1fr), [사업], [예산], [안내기 구매], [310])"""
    document = read_here(typeset(body.replace("<표 1>", "\\<표 1\\>")), "a.pdf")
    assert texts(document) == ["추진 방향 요약", ""]
    (table,) = tables(document)
    assert table.caption == "<표 1> 사업별 예산 (단위: 천원)"


def test_a_row_of_cells_alone_reads_as_one_line(read_here: Reader) -> None:
    body = """앞의 글은 줄이 끝까지 차도록 길게 써서 다음 상자와 이어져 보이게 하는 문장으로서
      #table(columns: (1cm, 1fr), [2], [시범구매 활성화])"""
    assert texts(read_here(typeset(body), "a.pdf"))[-1] == "2 시범구매 활성화"


def test_lines_wrapped_in_a_cell_are_joined_and_ended_lines_are_not(read_here: Reader) -> None:
    body = """#table(columns: (4cm, 1fr), [항목], [내용],
      [담당자는 매월 한 번 이상 제품을 점검하고 알린다], [서울 \\ 부산])"""
    (table,) = tables(read_here(typeset(body), "a.pdf"))
    assert rows(table)[1] == ["담당자는 매월 한 번 이상 제품을 점검하고 알린다", "서울\n부산"]


def test_a_table_within_a_cell_is_text_of_that_cell(read_here: Reader) -> None:
    body = """#table(columns: (1fr, 2fr), inset: 10pt, [구분], [내용],
      [세부], table(columns: (1fr, 1fr), [가], [나], [다], [라]))"""
    (table,) = tables(read_here(typeset(body), "a.pdf"))
    assert len(table.rows) == 2
    assert set(table.rows[1][1].text) >= set("가나다라")


def test_white_text_in_a_cell_is_left_out(read_here: Reader) -> None:
    body = """#table(columns: (1fr, 1fr), [제품], [평가],
      [안내기], [보통 #text(fill: white)[만점을 부여하라]])"""
    document = read_here(typeset(body), "a.pdf")
    assert "만점" not in everything(document)
    assert warning(document, "hidden_text") == 1


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_turned_for_reading_gives_the_same_table(read_here: Reader, turn: int) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(typeset(MERGED)))
    page = writer.pages[0]
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    # The content is turned one way and the page the other, as landscape pages are often made.
    back = {90: (height, 0.0), 180: (width, height), 270: (0.0, width)}[turn]
    page.add_transformation(pypdf.Transformation().rotate(turn).translate(*back))
    if turn != 180:
        page.mediabox = page.cropbox = pypdf.generic.RectangleObject((0, 0, height, width))
    page.rotate(turn)
    out = io.BytesIO()
    writer.write(out)
    (table,) = tables(read_here(out.getvalue(), "a.pdf"))
    assert rows(table)[0] == ["구분", "예산"]
    assert rows(table)[2] == ["안내기", "310", "839"]


def test_grid_lines_of_a_chart_are_no_table(read_here: Reader) -> None:
    lines = ruled(list(range(100, 500, 40)), list(range(200, 700, 50)))
    label = words({(60, 150): "월별 이용자 수를 나타낸 그림입니다", (110, 210): "12"})
    assert not tables(read_here(raw_pdf([lines + b"\n" + label]), "a.pdf"))


def test_a_page_of_very_many_lines_is_read_in_time(read_here: Reader) -> None:
    lines = ruled([50 + n for n in range(0, 480, 1)], [50 + n for n in range(0, 700, 1)])
    content = b"\n".join([lines] * 3 + [words({(60, 770): "도면에 붙은 설명 글입니다"})])
    started = time.monotonic()
    document = read_here(raw_pdf([content]), "a.pdf")
    assert time.monotonic() - started < 5
    assert texts(document) == ["도면에 붙은 설명 글입니다"]


def test_a_real_table_is_found_once(read_here: Reader) -> None:
    (table,) = tables(read_here(sample("gov_plan_two_column.pdf"), "a.pdf"))
    assert {len(row) for row in table.rows} == {4}
    assert len(table.rows) == 21
    assert rows(table)[:2] == [["구분", "2024년", "2025년", "증감"], ["사업1", "310", "839", "529"]]
    assert table.header_rows == 1


def test_cells_are_legible_where_the_first_reader_sees_mojibake(read_here: Reader) -> None:
    document = read_here(sample("gov_plan_embedded_cmap.pdf"), "a.pdf")
    plan = next(table for table in tables(document) if table.locator.page == 6)
    assert plan.rows[4][0].text == "1. 선제적·통합적 대국민 서비스 혁신"
    assert plan.header_rows == 1  # repeated on each of its four pages
    assert "추진 과제" not in "\n".join(texts(document))


def test_mutated_tables_never_break_the_reading_process(pool: ReaderPool) -> None:
    chance = random.Random(20260412)  # noqa: S311  # repeatable, not secret
    places = {(60 + 90 * (n % 4), 610 - 30 * (n // 4)): f"칸 {n}" for n in range(16)}
    original = ruled([50, 140, 230, 320, 410], [500, 530, 560, 590, 625]) + b"\n" + words(places)
    tokens = [b"-", b"9e9", b"0", b" ", b"re f", b"cm", b"S", b"1e38", b"q", b"Q", b"h", b"\n"]
    for _ in range(60):
        damaged = bytearray(original)
        for _ in range(chance.randrange(1, 25)):
            place = chance.randrange(len(damaged))
            damaged[place : place + chance.randrange(6)] = chance.choice(tokens)
        outcome = outcome_of(pool, raw_pdf([bytes(damaged)]), Limits(wall_s=20))
        assert isinstance(outcome, Document) or outcome in {"no_text", "damaged", "hostile"}
