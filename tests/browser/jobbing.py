"""Tables over many files in a running server: real files, and rows as a long job leaves them."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlsplit

from assistant.applications import shipped_sets
from assistant.domain import CellStatus, Grade, ItemResult, JobFile
from assistant.store import Store
from assistant.store.job_codec import RESULTS
from tests.assistant.applications.making import extracted, table
from tests.browser.conftest import READ_WITHIN_S, Site

APPLICATION = "product_application"
BY = "주무관 김가상"
FORM = """# 혁신제품 신청서

이 신청서의 기업과 제품은 지어낸 것이다.

| 기업명 | {company} |
|---|---|
| 제품명 | {product} |
| 세부품명번호 | {item} |
| 적용기술 | 초음파 누수 음향 분석 |
| 기술성숙도(TRL) | {trl}단계 |
| 특허 등록번호 | {patent} |
| 제품 단가 | {price} |
"""
LEAK = {
    "company": "가상정밀",
    "product": "누수 감지기",
    "item": "4111249901",
    "trl": "8",
    "patent": "10-2100001",
    "price": "1,250,000원",
}
FILES = {
    "가상정밀.md": FORM.format(**LEAK),
    "가상전자.md": FORM.format(**LEAK | {"company": "가상전자", "product": "누수 탐지기"})
    + "\n가격 제안\n- 제품 단가: 1,310,000원\n",
    "가상소재.md": FORM.format(
        **LEAK
        | {"company": "가상소재", "product": "단열재", "item": "3014150901", "trl": "5"}
        | {"patent": "10-2200002", "price": "18,700원"}
    ),
    "깨진 파일.pdf": "%PDF-1.7 broken",
}


def put_job(site: Site, title: str, names: Sequence[str] = tuple(FILES)) -> str:
    """Run a job over invented applications, and return its id once it has ended."""
    body = {"table": APPLICATION, "title": title, "by": BY}
    job_id = str(_post(site, "/api/jobs", json.dumps(body).encode())["job_id"])
    for name in names:
        _post(site, f"/api/jobs/{job_id}/files?file_name={quote(name)}", FILES[name].encode())
    until = time.monotonic() + READ_WITHIN_S
    while site.get(f"/api/jobs/{job_id}")["state"] != "done" and time.monotonic() < until:
        time.sleep(0.1)
    return job_id


def _post(site: Site, path: str, body: bytes) -> Any:
    kind = "application/json" if path == "/api/jobs" else "application/octet-stream"
    connection = HTTPConnection(urlsplit(site.address).netloc, timeout=READ_WITHIN_S)
    try:
        connection.request("POST", path, body, {"Content-Type": kind})
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def put_long_job(site: Site, count: int) -> str:
    """Store a job of many rows that has ended, without reading as many files; return its id."""
    files = [
        JobFile(
            file_name=f"신청서 {number}.hwpx",
            sha256=f"{number:064d}",
            size_bytes=1,
            blob_id=f"none{number}",
            grade=Grade.OPEN,
        )
        for number in range(count)
    ]
    address = f"sqlite:///{site.data_dir / 'gongmun.db'}"
    with Store.open(address, check=False) as store:
        job = store.jobs.create(
            institution_id="default",
            title=f"신청서 {count}건",
            columns=shipped_sets()[APPLICATION],
            files=files,
            by=BY,
        )
        store.jobs.cancel(job.job_id, institution_id="default")
    _fill(site, job.job_id)
    return job.job_id


def _fill(site: Site, job_id: str) -> None:
    rows = [
        [label, ""]
        for label in ("기업명", "제품명", "세부품명번호", "제품 단가", "기술성숙도(TRL)")
    ]
    values = ("가상정밀", "누수 감지기", "4111249901", "1,250,000원", "8단계")
    found = extracted(
        table(*([label, value] for (label, _), value in zip(rows, values, strict=True)))
    )
    with sqlite3.connect(site.data_dir / "gongmun.db", timeout=30) as connection:
        query = "SELECT item_id, position FROM job_items WHERE job_id = ? ORDER BY position"
        items = connection.execute(query, (job_id,)).fetchall()
        connection.executemany(
            "INSERT INTO job_results (item_id, job_id, institution_id, payload, written_at)"
            " VALUES (?, ?, 'default', ?, '2026-11-23 00:00:00.000000')",
            [(item, job_id, RESULTS.pack(_result(found, number))) for item, number in items],
        )
        connection.execute("UPDATE job_items SET state = 'done' WHERE job_id = ?", (job_id,))
        connection.execute("UPDATE jobs SET state = 'done' WHERE job_id = ?", (job_id,))


def _result(found: Any, number: int) -> ItemResult:
    cells = tuple(_numbered(cell, number) for cell in found.cells)
    return ItemResult(
        file_name=f"신청서 {number}.hwpx",
        title="",
        sha256="",
        columns="",
        columns_fingerprint="",
        cells=cells,
        papers=found.papers,
    )


def _numbered(cell: Any, number: int) -> Any:
    if cell.column == "product":
        value = replace(cell.values[0], display=f"누수 감지기 {number}")
        return replace(cell, values=(value,))
    if cell.column == "price":
        won = (number * 7919) % 2000 * 1000
        value = replace(cell.values[0], value=str(won), display=f"{won:,}원")
        status = CellStatus.INFERRED if number % 5 == 0 else CellStatus.FOUND
        return replace(cell, values=(value,), status=status)
    return cell
