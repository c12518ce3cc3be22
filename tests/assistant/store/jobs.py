"""Builders of jobs and of what is found in their files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.domain import (
    CellCorrection,
    CellEvidence,
    CellStatus,
    CellValue,
    Column,
    ColumnSet,
    ColumnType,
    Grade,
    ItemCell,
    ItemResult,
    ItemTask,
    Job,
    JobFile,
    ModelUse,
)
from assistant.store import Store

OURS = "default"
COLUMNS = ColumnSet(
    name="sample",
    version=1,
    title="시험 표",
    purpose="시험",
    columns=(
        Column(name="company", label="업체명", meaning="신청 업체", type=ColumnType.TEXT),
        Column(name="price", label="가격", meaning="제시 가격", type=ColumnType.WON, unit="원"),
    ),
)


def make_file(number: int = 0, **overrides: object) -> JobFile:
    made = JobFile(
        file_name=f"신청서 {number}.hwpx",
        sha256=f"{number:064x}",
        size_bytes=100,
        blob_id=f"{number:032x}",
        grade=Grade.OPEN,
    )
    return replace(made, **overrides)  # type: ignore[arg-type]


def make_job(store: Store, count: int = 3, *, institution_id: str = OURS) -> Job:
    return store.jobs.create(
        institution_id=institution_id,
        title="7월 신청서",
        columns=COLUMNS,
        files=[make_file(number) for number in range(count)],
        by="주무관 김가상",
    )


def make_value(value: str) -> CellValue:
    evidence = CellEvidence(file_name="신청서.hwpx", block=1, start=0, end=len(value), quote=value)
    return CellValue(value=value, display=value, raw=value, evidence=evidence)


def make_result(company: str = "가상정밀", *prices: str) -> ItemResult:
    status = CellStatus.CONFLICTING if len(prices) > 1 else CellStatus.FOUND
    price = ItemCell(column="price", status=CellStatus.NOT_STATED, reason="absent")
    if prices:
        price = ItemCell(
            column="price", status=status, values=tuple(make_value(found) for found in prices)
        )
    company_cell = ItemCell(
        column="company", status=CellStatus.FOUND, values=(make_value(company),), reason="label"
    )
    return ItemResult(
        file_name="신청서.hwpx",
        title="신청서",
        sha256="0" * 64,
        columns=COLUMNS.reference,
        columns_fingerprint=COLUMNS.fingerprint,
        cells=(company_cell, price),
    )


def claim_next(store: Store) -> ItemTask:
    [first, *_] = store.job_work.due(is_queue_new=True)
    task = store.job_work.claim(first.item_id, first.run)
    assert task is not None
    return task


def finish_next(store: Store, result: ItemResult | None = None) -> ItemTask:
    task = claim_next(store)
    use = ModelUse(calls=1, prompt_tokens=100, completion_tokens=10)
    assert store.job_work.finish(task, result or make_result(), use=use, reused=0)
    return task


def correction(column: str = "price", value: str = "1000") -> CellCorrection:
    return CellCorrection(
        column=column,
        value=value,
        display=value,
        replaced="",
        by="주무관 김가상",
        at=datetime(2026, 6, 2, tzinfo=UTC),
        reason="유선 확인",
    )
