"""Aids to a selection over HTTP: what looks alike, what is beyond a limit, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.opened import opened
from tests.api.test_jobs import begin, events, items, send

FORM = """# 혁신제품 신청서

| 기업명 | {company} |
|---|---|
| 제품명 | {product} |
| 세부품명번호 | {item} |
| 적용기술 | 초음파 누수 음향 분석 |
| 기술성숙도(TRL) | {trl}단계 |
| 특허 등록번호 | {patent} |
| 특허 등록일 | {registered} |
"""
FIRST = {
    "company": "가상정밀",
    "product": "누수 감지기",
    "item": "4111249901",
    "trl": "8",
    "patent": "10-2100001",
    "registered": "2024. 3. 4.",
}
SECOND = FIRST | {"company": "가상전자", "product": "누수 탐지기", "trl": "5"}
THIRD = FIRST | {
    "company": "가상소재",
    "product": "단열재",
    "item": "3014150901",
    "patent": "10-1500002",
    "registered": "2015. 1. 2.",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with opened(tmp_path_factory.mktemp("aids")) as client:
        yield client


@pytest.fixture(scope="module")
def aids(client: TestClient) -> dict[str, Any]:
    """Return the aids of three applications, with `ids` of their rows in order."""
    job_id = begin(client)["job_id"]
    for number, facts in enumerate((FIRST, SECOND, THIRD)):
        send(client, job_id, f"{number}.md", FORM.format(**facts).encode())
    events(client, job_id)
    found = client.get(f"/api/jobs/{job_id}/aids", params={"on": "2026-11-23"}).json()
    return {**found, "ids": [row["item_id"] for row in items(client, job_id)], "job_id": job_id}


def test_two_that_share_a_patent_and_an_item_are_named_with_reasons(aids: dict[str, Any]) -> None:
    first, second, _ = aids["ids"]
    [pair] = [one for one in aids["duplicates"] if {one["first"], one["second"]} == {first, second}]
    texts = {reason["code"]: reason["text"] for reason in pair["reasons"]}
    assert texts["same_patents"] == "특허가 같습니다: 10-2100001"
    assert "4111249901" in texts["same_item_and_technology"]


def test_limits_are_those_of_the_day_asked_for(client: TestClient, aids: dict[str, Any]) -> None:
    _, second, third = aids["ids"]
    known = {(one["item_id"], one["code"]) for one in aids["limits"] if one["is_known"]}
    assert known == {(second, "trl"), (third, "patent_age")}
    [trl] = [one for one in aids["limits"] if one["code"] == "trl"]
    assert (trl["column"], trl["text"]) == ("trl", "기술성숙도(TRL)가 7~9단계 밖입니다: 5")
    earlier = client.get(f"/api/jobs/{aids['job_id']}/aids", params={"on": "2020-01-01"}).json()
    assert [one for one in earlier["limits"] if one["code"] == "patent_age"] == []


def test_rows_that_share_a_value_are_a_group_and_columns_are_counted(aids: dict[str, Any]) -> None:
    [technology] = [one for one in aids["groups"] if one["column"] == "technology"]
    assert technology["item_ids"] == aids["ids"]
    assert technology["column_label"] == "적용기술"
    [product] = [one for one in aids["counts"] if one["column"] == "product"]
    assert (product["found"], product["not_stated"], aids["row_count"]) == (3, 0, 3)


def test_papers_that_no_row_mentions_are_named_by_label(aids: dict[str, Any]) -> None:
    assert [one["item_id"] for one in aids["missing_papers"]] == aids["ids"]
    assert "특허등록원부" in aids["missing_papers"][0]["unclear"]


def test_a_table_without_those_columns_has_no_such_limits(client: TestClient) -> None:
    job_id = begin(client, table="pilot_results")["job_id"]
    send(client, job_id, "가.md", FORM.format(**FIRST).encode())
    events(client, job_id)
    assert client.get(f"/api/jobs/{job_id}/aids").json()["limits"] == []


def test_a_job_that_nobody_knows_has_no_aids(client: TestClient) -> None:
    assert client.get("/api/jobs/unknown/aids").status_code == 404
