"""Rows of a table over files: they survive storage, and a column set is told apart by its text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter

from assistant.domain import (
    CellCorrection,
    CellEvidence,
    CellStatus,
    CellValue,
    Column,
    ColumnSet,
    ColumnType,
    ItemCell,
    ItemResult,
    LedgerSentence,
    ModelUse,
    SentenceStatus,
)


def value(text: str, *, qualifier: str = "") -> CellValue:
    evidence = CellEvidence(file_name="가.hwpx", block=3, start=0, end=len(text), quote=text)
    return CellValue(value=text, display=text, raw=text, evidence=evidence, qualifier=qualifier)


def result(*cells: ItemCell) -> ItemResult:
    return ItemResult(
        file_name="가.hwpx",
        title="가",
        sha256="0" * 64,
        columns="product_application@1",
        columns_fingerprint="f",
        cells=cells,
        summary=(LedgerSentence(text="○ 보기", status=SentenceStatus.SUPPORTED),),
        use=ModelUse(calls=1, prompt_tokens=900),
    )


def test_a_row_comes_back_from_json_as_it_was() -> None:
    row = result(
        ItemCell(column="trl", status=CellStatus.FOUND, values=(value("8"),), reason="label")
    )
    adapter = TypeAdapter(ItemResult)
    assert adapter.validate_json(adapter.dump_json(row)) == row


def test_a_correction_comes_back_from_json_as_it_was() -> None:
    correction = CellCorrection(
        column="trl", value="9", display="9", replaced="8", by="김담당", at=datetime.now(UTC)
    )
    adapter = TypeAdapter(CellCorrection)
    assert adapter.validate_json(adapter.dump_json(correction)) == correction


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        pytest.param(ItemCell(column="c", status=CellStatus.NOT_STATED), "", id="empty"),
        pytest.param(
            ItemCell(column="c", status=CellStatus.CONFLICTING, values=(value("7"), value("8"))),
            "7 ≠ 8",
            id="two that disagree",
        ),
        pytest.param(
            ItemCell(
                column="c",
                status=CellStatus.FOUND,
                values=(value("7", qualifier="2024"), value("8", qualifier="2025")),
            ),
            "7 (2024), 8 (2025)",
            id="several that belong together",
        ),
    ],
)
def test_a_cell_shows_its_values(cell: ItemCell, shown: str) -> None:
    assert cell.display == shown


def test_a_column_that_the_row_lacks_is_an_empty_cell() -> None:
    assert result().cell("price").status is CellStatus.NOT_STATED


def test_the_fingerprint_follows_what_is_asked_and_not_the_title() -> None:
    column = Column(name="trl", label="TRL", meaning="기술성숙도", type=ColumnType.NUMBER)
    columns = ColumnSet(name="a", version=1, title="가", purpose="나", columns=(column,))
    retitled = replace(columns, title="다", version=2)
    relabelled = replace(columns, columns=(replace(column, labels=("기술성숙도",)),))
    assert columns.fingerprint == retitled.fingerprint != relabelled.fingerprint
    assert columns.reference == "a@1"


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [(None, None, None), (3, None, 3), (None, 4, 4), (3, 4, 7)],
    ids=["unknown", "first", "second", "both"],
)
def test_tokens_add_up_where_they_are_counted(
    one: int | None, other: int | None, both: int | None
) -> None:
    total = ModelUse(calls=1, prompt_tokens=one) + ModelUse(calls=1, prompt_tokens=other)
    assert (total.calls, total.prompt_tokens) == (2, both)
