from __future__ import annotations

import io
import re
import time

import openpyxl
import pytest
import xlsxwriter

from assistant.domain import AsideKind, BlockKind, Document
from assistant.errors import AssistantError, DocumentUnreadableError
from assistant.reading import Limits, ReaderPool
from tests.assistant.reading.builders import make_ole, make_zip
from tests.assistant.reading.conftest import Reader, texts, warning
from tests.assistant.reading.office_builders import changed, sample_book, saved_book

SHEET = "xl/worksheets/sheet1.xml"
BOOK = saved_book(sample_book)


def tables(document: Document) -> list[list[list[tuple[str, int, int]]]]:
    return [
        [[(c.text, c.row_span, c.col_span) for c in row] for row in block.rows]
        for block in document.blocks
        if block.kind is BlockKind.TABLE
    ]


def words(document: Document) -> list[list[str]]:
    return [[cell[0] for cell in row] for row in tables(document)[0]]


def test_a_sheet_is_a_table_with_spans_and_sensible_texts(read_here: Reader) -> None:
    document = read_here(BOOK, "현황.xlsx")
    assert (document.title, texts(document)) == ("현황", ["구매 현황", ""])
    assert tables(document) == [
        [
            [("시범구매 현황", 1, 4)],
            [("품명", 1, 1), ("구매일", 1, 1), ("금액(원)", 1, 1), ("집행률", 1, 1)],
            [
                *(("무인 안내기", 2, 1), ("2026-05-06", 1, 1)),
                *(("12000000", 1, 1), ("12.5%", 1, 1)),
            ],
            [("2026-05-07 09:30", 1, 1), ("3500000", 1, 1), ("100%", 1, 1)],
            [("안내 의자", 1, 1), ("2026-06-01", 1, 1), ("1234.5", 1, 1), ("50%", 1, 1)],
        ]
    ]
    assert document.blocks[1].header_rows == 2


def test_hidden_sheets_and_comments_stand_apart(read_here: Reader) -> None:
    document = read_here(BOOK, "a.xlsx")
    assert [(a.kind, a.text) for a in document.asides] == [
        (AsideKind.MEMO, "C3: 부가세 확인"),
        (AsideKind.HIDDEN, "숨긴 시트: 내부 단가"),
    ]
    assert (warning(document, "memos"), warning(document, "hidden_text")) == (1, 1)


def test_hidden_rows_and_columns_stand_apart(read_here: Reader) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        for row in (("품명", "단가", "비고"), ("안내기", 10, "가"), ("의자", 20, "나")):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True

    document = read_here(saved_book(fill), "a.xlsx")
    assert words(document) == [["품명", "단가"], ["안내기", "10"]]
    assert [a.text for a in document.asides] == [
        "숨긴 행: 의자 | 20 | 나",
        "숨긴 열: 비고 | 가 | 나",
    ]


def test_a_merged_cell_over_a_hidden_row_keeps_its_text(read_here: Reader) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        sheet = book.active
        for row in (("구분", 1), (None, 2), (None, 3)):
            sheet.append(row)
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[1].hidden = True

    document = read_here(saved_book(fill), "a.xlsx")
    assert tables(document) == [[[("구분", 2, 1), ("2", 1, 1)], [("3", 1, 1)]]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("품명", "수량"), ("안내기", 2)], 1, id="names over figures"),
        pytest.param([("단위: 원", None), ("품명", "수량"), ("안내기", 2)], 2, id="unit above"),
        pytest.param([("가", "나"), ("다", "라"), ("마", "바")], 1, id="names over words"),
        pytest.param([(1, 2), (3, 4)], 0, id="figures only"),
        pytest.param([("가", 1), ("나", 2)], 0, id="figures in the first row"),
        pytest.param([("가", "가"), ("다", "라")], 0, id="the same name twice"),
        pytest.param([("가",), ("나",)], 1, id="one column"),
    ],
)
def test_the_head_is_found(read_here: Reader, rows: list[tuple[object]], expected: int) -> None:
    document = read_here(saved_book(lambda book: [book.active.append(r) for r in rows]), "a.xlsx")
    assert document.blocks[1].header_rows == expected


def test_numbers_that_are_texts_and_signs_stay_as_they_are(read_here: Reader) -> None:
    row = ("007", "=1+1", True, 1e-7, 12345678901234567890, "줄\n바꿈")
    document = read_here(saved_book(lambda book: book.active.append(row)), "a.xlsx")
    (cells,) = words(document)
    assert cells[0] == "007"
    assert cells[-4:] == ["TRUE", "1e-07", "1.23456789012346e+19", "줄\n바꿈"]


def far_apart(*, is_filled: bool) -> bytes:
    """A workbook with a cell in the last corner that a sheet can have."""
    value = "<v>1</v>" if is_filled else ""
    row = f'<row r="1048576"><c r="XFD1048576" s="0">{value}</c></row></sheetData>'
    return changed(BOOK, {SHEET: lambda xml: xml.replace(b"</sheetData>", row.encode())})


def repeated(rows: int, columns: int, *, spaces: str = "urn:oasis:names:tc:opendocument") -> bytes:
    """An ODS file with one value repeated, and the empty cells that programs put at the ends."""
    names = " ".join(
        f'xmlns:{name}="{spaces}:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    xml = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        '<table:table table:name="표"><table:table-row>'
        '<table:table-cell office:value-type="string" table:number-columns-spanned="2">'
        "<text:p>머리</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell '
        f'office:value-type="float" office:value="7" table:number-columns-repeated="{columns}">'
        "<text:p>7</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"content.xml": xml.encode(), "META-INF/manifest.xml": manifest}
    return make_zip({"mimetype": mimetype.encode(), **parts})


def unplaced(last_row: int) -> bytes:
    """A workbook whose cells do not say where they are; only the last row does."""
    rows = f'<row>{"<c><v>1</v></c>" * 300}</row><row r="{last_row}"><c><v>2</v></c></row>'
    sheet = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
    body = f"<sheetData>{rows}</sheetData>".encode()
    return changed(BOOK, {SHEET: lambda xml: sheet.sub(body, xml)})


def test_cells_that_do_not_say_where_they_are_are_read(read_here: Reader) -> None:
    assert len(words(read_here(unplaced(3), "a.xlsx"))) == 2


def test_an_ods_file_keeps_its_merged_cells(read_here: Reader) -> None:
    document = read_here(repeated(2, 2), "a.ods")
    assert document.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    assert tables(document) == [
        [[("머리", 1, 2)], [("7", 1, 1), ("7", 1, 1)], [("7", 1, 1), ("7", 1, 1)]]
    ]


@pytest.mark.parametrize("name", ["purchases.xls", "purchases.ods"])
def test_files_of_other_programs_give_the_same_table(read_here: Reader, name: str) -> None:
    document = read_here(name)
    shares = {"0.125": "12.5%", "1": "100%", "0.5": "50%"}  # only XLSX tells shares
    expected = tables(read_here(BOOK, "a.xlsx"))[0]
    found = [[(shares.get(t, t), r, c) for t, r, c in row] for row in tables(document)[0]]
    assert found == expected
    assert "내부 단가" in [aside.text for aside in document.asides][-1]


def test_an_empty_cell_far_away_costs_nothing(read_here: Reader) -> None:
    assert len(words(read_here(far_apart(is_filled=False), "a.xlsx"))) == 5


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        pytest.param(far_apart(is_filled=True), "a.xlsx", "hostile", id="cell in the last corner"),
        pytest.param(
            changed(BOOK, {SHEET: lambda xml: re.sub(rb'r="A1"', b'r="ZZZZZZ99999999999"', xml)}),
            "a.xlsx",
            "hostile",
            id="a place that cannot be",
        ),
        pytest.param(
            changed(
                BOOK,
                {"xl/sharedStrings.xml": b'<sst uniqueCount="99999999999"><si><t>a</t></si></sst>'},
            ),
            "a.xlsx",
            "hostile",
            id="promised strings",
        ),
        pytest.param(changed(BOOK, {SHEET: LAUGHS}), "a.xlsx", "hostile", id="laughs"),
        pytest.param(changed(BOOK, {SHEET: bytes(50_000_000)}), "a.xlsx", "hostile", id="bomb"),
        pytest.param(repeated(1_000_000, 10_000), "a.ods", "hostile", id="repeated cells"),
        pytest.param(
            repeated(1_000_000, 10_000, spaces="urn:other"), "a.ods", "hostile", id="other names"
        ),
        pytest.param(unplaced(1_048_576), "a.xlsx", "hostile", id="cells without a place"),
        pytest.param(BOOK[:3000], "a.xlsx", "damaged", id="cut short"),
        pytest.param(changed(BOOK, {SHEET: b"<worksheet"}), "a.xlsx", "damaged", id="broken sheet"),
        pytest.param(make_ole("Workbook"), "a.xls", "damaged", id="broken old sheet"),
    ],
)
def test_hostile_and_broken_files_are_refused_by_name(
    pool: ReaderPool, data: bytes, name: str, reason: str
) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        pool.read(data, file_name=name, limits=Limits(wall_s=10, memory_bytes=500_000_000))
    assert caught.value.reason == reason


def test_a_forged_dimension_is_not_believed(pool: ReaderPool) -> None:
    forged = changed(
        BOOK, {SHEET: lambda xml: re.sub(rb'ref="A1:D\d+"', b'ref="A1:XFD1048576"', xml, count=1)}
    )
    limits = Limits(memory_bytes=500_000_000)
    assert words(pool.read(forged, file_name="a.xlsx", limits=limits))[0] == ["시범구매 현황"]


def test_a_locked_workbook_is_named(pool: ReaderPool) -> None:
    with pytest.raises(AssistantError) as caught:
        pool.read(make_ole("EncryptedPackage"), file_name="a.xlsx", limits=Limits())
    assert caught.value.facts() == {"detected": "office_encrypted"}


def listing(rows: int, columns: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("목록")
    for row in range(rows):
        for column in range(columns):
            sheet.write(row, column, f"값 {row} {column}" if column % 2 else row * column)
    book.close()
    return out.getvalue()


def test_what_is_beyond_the_limits_is_cut_and_said_so(read_here: Reader) -> None:
    document = read_here(listing(2_100, 100), "a.xlsx")
    assert warning(document, "truncated") == 0
    assert 1_990 <= len(document.blocks[1].rows) <= 2_010


def test_a_thousand_rows_take_a_moment(read_here: Reader) -> None:
    data = listing(1_000, 10)
    started = time.perf_counter()
    read_here(data, "a.xlsx")
    assert time.perf_counter() - started < 2  # 0.1 s on an idle machine
