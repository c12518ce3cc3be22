"""Odd values in every place of every route: a problem at most, never a crash."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import RULE

ROUNDS = 12
ODD = ["", "a", "0", "-1", "9" * 20, "null", "\x00", "가" * 300, "../..", "%", '"', "\u202e", "é"]
ODD += [
    "'; drop table x;--",
    "(",
    '"열린 따옴표',
    "AND OR NOT",
    "2026-11-23",
    "C",
    "law",
    "\\",
    "*",
]
VALUES: list[Any] = [*ODD, None, 0, -1, 1.5, True, [], {}, ["a"], [None], [["x"]], {"a": 1}]


def operations(description: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the method, path and description of every route that answers at once."""
    return [
        (method.upper(), path, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
        if not path.endswith("/events")
    ]


def body_of(operation: dict[str, Any], schemas: dict[str, Any], pick: random.Random) -> Any:
    """Return what to send: odd JSON of the right names, or odd bytes."""
    content = operation["requestBody"]["content"]
    if "application/json" not in content:
        return {"content": pick.choice(ODD).encode()}
    name = content["application/json"]["schema"]["$ref"].rpartition("/")[2]
    known = schemas[name]["properties"]
    return {"json": {key: pick.choice(VALUES) for key in known if pick.random() < 0.5}}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_route_crashes_and_every_answer_is_described(client: TestClient, seed: int) -> None:
    pick = random.Random(seed)  # noqa: S311 (a test that can be repeated)
    put = client.post("/api/documents", params={"file_name": "a.md"}, content=RULE.encode())
    real = {"document_id": put.json()["document"]["document_id"], "ordinal": "0"}
    description = client.get("/api/openapi.json").json()
    for method, path, operation in operations(description) * (ROUNDS // 3):
        named = operation.get("parameters", [])
        address = path
        for name in (one["name"] for one in named if one["in"] == "path"):
            value = real.get(name) if pick.random() < 0.5 else pick.choice(ODD)
            safe = quote((value or "x").replace("..", "x"), safe="")
            address = address.replace("{" + name + "}", safe)
        query = [one["name"] for one in named if one["in"] == "query" and pick.random() < 0.6]
        sent = (
            body_of(operation, description["components"]["schemas"], pick)
            if "requestBody" in operation
            else {}
        )
        params = {name: pick.choice(ODD) for name in query}
        response = client.request(method, address, params=params, **sent)
        case = (method, address, params, sent, response.text[:200])
        assert response.status_code < 500, case
        assert str(response.status_code) in operation["responses"], case
