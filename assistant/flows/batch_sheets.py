"""A job as tables for other programs: values, evidence, failures, and what each column means."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.domain import (
    CellCorrection,
    CellEvidence,
    CellStatus,
    Column,
    ColumnType,
    ItemCell,
    Job,
    JobItem,
    JobItemState,
    PaperPresence,
)
from assistant.wording.rows import (
    CELL_STATUSES,
    ITEM_STATES,
    JOB_STATES,
    item_error_text,
    notice_text,
    reason_text,
)
from assistant.writing.tables import CellValue, NamedTable, write_tables

_SEOUL = timezone(timedelta(hours=9), "Asia/Seoul")
_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.WON, ColumnType.PERCENT})
_DOUBTFUL = (CellStatus.CONFLICTING, CellStatus.INFERRED)


def sheets(job: Job, items: Sequence[JobItem]) -> list[NamedTable]:
    """Return the sheets of a workbook: 표, 근거, 실패, 열 설명, 작업."""
    return [
        values_table(job, items),
        evidence_table(job, items),
        failures_table(items),
        _columns_table(job),
        _facts_table(job, items),
    ]


def as_xlsx(job: Job, items: Sequence[JobItem]) -> bytes:
    """Return a workbook with everything."""
    return write_tables(sheets(job, items), "xlsx")


def as_csv(job: Job, items: Sequence[JobItem]) -> bytes:
    """Return the values alone."""
    return write_tables([values_table(job, items)], "csv")


def as_json(job: Job, items: Sequence[JobItem]) -> bytes:
    """Return everything, cell by cell with its evidence, for another program."""
    counts = job.counts
    told = {
        "job": {
            "job_id": job.job_id,
            "title": job.title,
            "table": job.columns.reference,
            "state": job.state.value,
            "created_at": job.created_at.isoformat(),
            "by": job.by,
            "total": counts.total,
            "done": counts.done,
            "failed": counts.failed,
        },
        "columns": [
            {"name": c.name, "label": c.label, "type": c.type.value, "unit": c.unit}
            for c in job.columns.columns
        ],
        "rows": [_row_data(job, item) for item in items],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


# -- values -----------------------------------------------------------------------------------


def values_table(job: Job, items: Sequence[JobItem]) -> NamedTable:
    """Return one row for each file: a corrected value stands in the place of the machine's."""
    columns = job.columns.columns
    header = (
        "번호",
        "파일",
        "상태",
        *(f"{c.label} ({c.unit})" if c.unit else c.label for c in columns),
        "확인할 칸",
        "고친 칸",
        "빠진 서류",
        "확정",
    )
    rows = [_value_row(job, item) for item in items]
    return NamedTable(name="표", header=header, rows=rows, fixed_columns=2)


def _value_row(job: Job, item: JobItem) -> list[CellValue]:
    columns = job.columns.columns
    return [
        item.position + 1,
        item.file.file_name,
        ITEM_STATES[item.state][0],
        *(shown(column, cell_of(item, column), item.correction(column.name)) for column in columns),
        "; ".join(_doubts(item, columns)) or None,
        ", ".join(c.label for c in columns if item.correction(c.name)) or None,
        ", ".join(missing_papers(job, item)) or None,
        f"{item.confirmation.by} {_day(item.confirmation.at)}" if item.confirmation else None,
    ]


def cell_of(item: JobItem, column: Column) -> ItemCell | None:
    """Return what the machine found for a column, None before anything was found."""
    return None if item.result is None else item.result.cell(column.name)


def shown(column: Column, cell: ItemCell | None, correction: CellCorrection | None) -> CellValue:
    """Return the value that holds: a number as a number, a whole date as a date, else text."""
    if correction is not None:
        return _typed(column, correction.value, correction.display) if correction.value else None
    if cell is None or not cell.values:
        return None
    if cell.status is CellStatus.CONFLICTING or len(cell.values) > 1:
        return cell.display
    [value] = cell.values
    return cell.display if value.qualifier else _typed(column, value.value, value.display)


def _typed(column: Column, value: str, display: str) -> CellValue:
    if column.type in _NUMBERS:
        try:
            return Decimal(value)
        except InvalidOperation:
            return display
    if column.type is ColumnType.DATE and len(value) == len("2031-05-12"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return display
    return display or value


def _doubts(item: JobItem, columns: Sequence[Column]) -> Iterator[str]:
    if item.state is JobItemState.FAILED and item.error_code:
        yield item_error_text(item.error_code, item.error_reason or "")
    for status in _DOUBTFUL:
        labels = [
            column.label
            for column in columns
            if (cell := cell_of(item, column)) is not None
            and cell.status is status
            and item.correction(column.name) is None
        ]
        if labels:
            yield f"{CELL_STATUSES[status][0]}: {', '.join(labels)}"


def missing_papers(job: Job, item: JobItem) -> list[str]:
    """Return the labels of required papers that the file says are not with it."""
    labels = {paper.name: paper.label for paper in job.columns.papers}
    return [
        labels.get(found.paper, found.paper)
        for found in (item.result.papers if item.result else ())
        if found.presence is PaperPresence.MISSING
    ]


# -- evidence ---------------------------------------------------------------------------------

_EVIDENCE_HEAD = (
    "번호", "파일", "열", "값", "상태", "인용", "쪽", "자리", "찾은 방법", "이유",
    "고친 값", "고친 사람", "고친 때", "고친 이유",
)  # fmt: skip
_METHODS = {"rule": "규칙", "model": "언어 모델"}


def evidence_table(job: Job, items: Sequence[JobItem]) -> NamedTable:
    """Return one row for each value that was found: the words that carry it, file and page."""
    rows = [
        row for item in items for column in job.columns.columns for row in _proofs(item, column)
    ]
    return NamedTable(name="근거", header=_EVIDENCE_HEAD, rows=rows, fixed_columns=3)


def _proofs(item: JobItem, column: Column) -> Iterator[list[CellValue]]:
    cell, correction = cell_of(item, column), item.correction(column.name)
    if cell is None and correction is None:
        return
    status = CELL_STATUSES[cell.status][0] if cell else ""
    reason = reason_text(cell.reason) if cell else ""
    fixed: list[CellValue] = [None, None, None, None]
    if correction is not None:
        fixed = [
            correction.display or "기재 없음",
            correction.by,
            correction.at.astimezone(_SEOUL),
            correction.reason or None,
        ]
    head: list[CellValue] = [item.position + 1, item.file.file_name, column.label]
    for value in cell.values if cell else ():
        place = value.evidence
        yield [
            *head,
            f"{value.display} ({value.qualifier})" if value.qualifier else value.display,
            status,
            place.quote,
            place.page,
            where(place),
            _METHODS[value.by],
            reason,
            *fixed,
        ]
    note = cell.note if cell else ""
    if (cell is None or not cell.values) and (note or correction or column.required):
        yield [*head, None, status, note or None, None, None, None, reason, *fixed]


def where(place: CellEvidence) -> str:
    """Return the place of a quote in words, as far as the file tells."""
    found = f"문단 {place.block + 1}"
    if place.row is not None and place.column is not None:
        found = f"표 {place.block + 1}의 {place.row + 1}행 {place.column + 1}열"
    return f"{found} ‘{place.label}’" if place.label else found


# -- failures, columns, the job -----------------------------------------------------------------


def failures_table(items: Sequence[JobItem]) -> NamedTable:
    """Return the files without a full row, with what happened and what to do."""
    rows: list[list[CellValue]] = []
    for item in items:
        if item.state is JobItemState.FAILED and item.error_code:
            told = item_error_text(item.error_code, item.error_reason or "")
            rows.append([item.position + 1, item.file.file_name, told, item.error_code])
        elif item.state is not JobItemState.DONE:
            rows.append([item.position + 1, item.file.file_name, ITEM_STATES[item.state][0], None])
    return NamedTable(name="실패", header=("번호", "파일", "까닭과 할 일", "코드"), rows=rows)


def _columns_table(job: Job) -> NamedTable:
    rows = [
        [
            column.label,
            column.name,
            column.meaning,
            column.type.value,
            column.unit or None,
            ", ".join(choice.value for choice in column.choices) or None,
            "필수" if column.required else None,
        ]
        for column in job.columns.columns
    ]
    header = ("열", "열쇠말", "뜻", "종류", "단위", "고를 값", "필수")
    return NamedTable(name="열 설명", header=header, rows=rows)


def _facts_table(job: Job, items: Sequence[JobItem]) -> NamedTable:
    counts = job.counts
    models = sorted({item.result.model for item in items if item.result and item.result.model})
    facts: list[tuple[str, CellValue]] = [
        ("작업", job.title),
        ("표", f"{job.columns.title} ({job.columns.reference})"),
        ("상태", JOB_STATES[job.state][0]),
        ("만든 사람", job.by),
        ("만든 때", job.created_at.astimezone(_SEOUL)),
        ("끝난 때", job.finished_at.astimezone(_SEOUL) if job.finished_at else None),
        ("파일", counts.total),
        ("완료", counts.done),
        ("실패", counts.failed),
        ("상충이 있는 줄", counts.conflicting),
        ("확정한 줄", counts.confirmed),
        ("언어 모델", ", ".join(models) or "쓰지 않음"),
        ("알림", "사람이 확정하지 않은 값은 AI가 찾은 초안입니다. 근거를 열어 확인하십시오."),
    ]
    return NamedTable(name="작업", header=("항목", "내용"), rows=facts)


# -- for other programs -------------------------------------------------------------------------


def _row_data(job: Job, item: JobItem) -> dict[str, Any]:
    error = None
    if item.error_code:
        detail = item_error_text(item.error_code, item.error_reason or "")
        error = {"code": item.error_code, "detail": detail}
    return {
        "position": item.position,
        "file": item.file.file_name,
        "sha256": item.file.sha256,
        "state": item.state.value,
        "error": error,
        "cells": {
            column.name: _cell_data(item, column)
            for column in job.columns.columns
            if item.result is not None
        },
        "summary": [sentence.text for sentence in (item.result.summary if item.result else ())],
        "missing_papers": missing_papers(job, item),
        "notices": [notice_text(code) for code in (item.result.notices if item.result else ())],
        "confirmed_by": item.confirmation.by if item.confirmation else None,
    }


def _cell_data(item: JobItem, column: Column) -> dict[str, Any]:
    cell, correction = cell_of(item, column), item.correction(column.name)
    if cell is None:
        return {}
    told: dict[str, Any] = {
        "status": cell.status.value,
        "value": cell.value,
        "display": cell.display,
        "reason": cell.reason,
        "evidence": [
            {
                "value": value.value,
                "quote": value.evidence.quote,
                "page": value.evidence.page,
                "block": value.evidence.block,
                "row": value.evidence.row,
                "column": value.evidence.column,
                "start": value.evidence.start,
                "end": value.evidence.end,
            }
            for value in cell.values
        ],
    }
    if correction is not None:
        told["correction"] = {
            "value": correction.value,
            "by": correction.by,
            "at": correction.at.isoformat(),
            "reason": correction.reason,
        }
    return told


def _day(at: datetime) -> str:
    here = at.astimezone(_SEOUL)
    return f"{here.year}. {here.month}. {here.day}."
