"""A real application over a real store and real indexes, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from assistant import assembly
from assistant.settings import Settings
from tests.api.opened import bare_settings

RULE = """---
제목: 시험용 물품 규정
법령구분: 고시
시행일자: 2026-01-01
---
# 시험용 물품 규정

##### 제1조 (목적)

이 규정은 시험용 물품의 구매에 필요한 사항을 정한다.

##### 제2조 (완료보고서의 제출)

① 계약상대자는 시범사용이 끝난 날부터 14일 이내에 완료보고서를 제출하여야 한다.

② 제1항의 기한은 한 번만 7일의 범위에서 늘릴 수 있다.

##### 제3조 (보관)

완료보고서는 5년 동안 보관한다.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings for an empty data folder, words only, without a model."""
    return bare_settings(tmp_path)


@pytest.fixture
def open_client(settings: Settings) -> Iterator[Callable[..., TestClient]]:
    """Return a function that opens a client of a freshly built application."""
    opened: list[TestClient] = []

    def make(**changes: object) -> TestClient:
        chosen = settings.model_copy(update=changes)
        app = create_app(assembly.build(chosen), chosen)
        client = TestClient(app, base_url="http://127.0.0.1")
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(open_client: Callable[..., TestClient]) -> TestClient:
    """Return a client of an empty installation."""
    return open_client()
