from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.writing.tables import MAX_ROWS, NamedTable, write_tables

RISKY = ["=1+1", "+82-2", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1+1", '=HYPERLINK("x")']


def table(*rows: list[object], name: str = "신청 목록") -> NamedTable:
    header = ("=번호", "업체")
    return NamedTable(name=name, header=header, rows=rows)  # type: ignore[arg-type]


def workbook(*tables: NamedTable) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_tables(tables, "xlsx")))


@pytest.mark.parametrize("text", RISKY)
def test_a_cell_is_never_a_formula(text: str) -> None:
    sheet = workbook(table([text, "https://example.invalid"])).active
    assert sheet is not None
    assert [cell.data_type for row in sheet.iter_rows() for cell in row] == ["s"] * 4
    assert sheet["A2"].quotePrefix
    assert not sheet._hyperlinks


@pytest.mark.parametrize("text", RISKY)
def test_a_risky_text_in_csv_begins_with_an_apostrophe(text: str) -> None:
    data = write_tables([table([text, "-"])], "csv")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][0] == "'=번호"
    assert rows[1][0].startswith("'")
    assert rows[1][1] == "-"


def test_numbers_and_days_keep_their_kind() -> None:
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    values = [3, -1.5, Decimal("12.50"), date(2026, 11, 23), moment, None]
    sheet = workbook(table(values)).active  # type: ignore[arg-type]
    assert sheet is not None
    found = [cell.value for cell in sheet[2]]
    assert found[:3] == [3, -1.5, 12.5]
    assert found[3:] == [datetime(2026, 11, 23), datetime(2026, 11, 23, 9, 30)]  # noqa: DTZ001


@pytest.mark.parametrize("value", [2**60, float("inf"), float("nan"), Decimal("1." + "3" * 20)])
def test_a_number_that_a_cell_cannot_hold_is_kept_as_text(value: float) -> None:
    sheet = workbook(table([value, ""])).active
    assert sheet is not None
    assert sheet["A2"].value == str(value)


def test_the_header_stays_in_sight_and_filters() -> None:
    sheet = workbook(table(["1", "가상업체"])).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet["A1"].font.name == "맑은 고딕"


def test_sheets_get_names_that_excel_allows() -> None:
    names = ["가/나:다", "가 나 다", "'", "x" * 40, "History", ""]
    found = workbook(*(table(["1", "2"], name=name) for name in names)).sheetnames
    assert found == ["가 나 다", "가 나 다 2", "표", "x" * 31, "History 2", "표 2"]


def test_a_workbook_reaches_for_nothing_outside() -> None:
    data = write_tables([table(["http://example.invalid", "=1"])], "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = b"".join(package.read(name) for name in package.namelist() if ".rels" in name)
    assert b"External" not in text


def test_json_keeps_values_and_names() -> None:
    data = write_tables([table([1, float("nan")], ["=1", Decimal("1.50")])], "json")
    assert json.loads(data) == [
        {"name": "신청 목록", "header": ["=번호", "업체"], "rows": [[1, "nan"], ["=1", "1.50"]]}
    ]


def test_control_characters_and_long_texts_are_held() -> None:
    sheet = workbook(table(["가\x00\x01나\ud800", "라" * 40_000])).active
    assert sheet is not None
    assert sheet["A2"].value == "가나"
    assert len(str(sheet["B2"].value)) == 32_767


def test_no_tables_and_too_many_rows() -> None:
    assert workbook().sheetnames
    with pytest.raises(ValueError, match="rows"):
        write_tables([NamedTable(name="", header=(), rows=[[]] * (MAX_ROWS + 1))], "csv")


@pytest.mark.slow
def test_a_thousand_rows_go_out_and_come_in_within_a_second() -> None:
    rows = [[n, f"가상업체 {n}", "=1+1", "설명 " * 10, n * 1.5] for n in range(1000)]
    wanted = NamedTable(name="목록", header=("번호", "업체", "식", "설명", "점수"), rows=rows)
    write_tables([wanted], "xlsx")  # the library is loaded
    start = time.process_time()  # a busy machine says nothing of the product
    data = write_tables([wanted], "xlsx")
    document = read_in_process(data, file_name="a.xlsx", limits=DEFAULT_LIMITS)
    assert time.process_time() - start <= 1
    assert sum(len(block.rows) for block in document.blocks) == 1001
