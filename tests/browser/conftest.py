"""A real server on loopback and a real Chromium in front of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
)

from tests.fakes import FakeEndpoint, fake_endpoint

RULE_NAME = "가나군 시험구매 운영 규정.md"
QUOTE = "시험기관은 시험구매가 끝난 날부터 14일 이내에 완료보고서를 담당 부서에 제출하여야 한다."
RULE = f"""---
title: 가나군 시험구매 운영 규정
kind: notice
effective_from: 2026-01-01
---
# 가나군 시험구매 운영 규정

## 제1조(목적)
이 규정은 지어낸 가나군의 시험구매에 필요한 사항을 정한다.

## 제2조(완료보고서의 제출기한)
① {QUOTE}
② 제1항의 기한은 한 번만 7일의 범위에서 늘릴 수 있다.

## 제3조(기록의 보존)
시험기관은 시험구매의 기록을 5년 동안 보존한다.
"""
PLAN = """# 가나군 설치 계획

## 1. 일정
설치는 2026년 4월에 한다.

## 2. 성과목표
| 항목 | 시험방법 | 목표 |
| --- | --- | --- |
| 처리시간 단축률 | 업무시간 측정 | 30% 이상 |
| 인용 정확도 | 전문가 검토 | 95% 이상 |
"""
ASKED = "완료보고서는 언제까지 제출하나요?"
FOLLOWED = "그 기한은 늘릴 수 있나요?"
REPLY = f"{QUOTE} [S1]"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
START_WITHIN_S = 60.0
READ_WITHIN_S = 30.0
STOP_WITHIN_S = 60.0  # it ends what it does first, and the machine may be busy


def _call(method: str, address: str, body: bytes | None = None) -> tuple[int, bytes]:
    place = urlsplit(address)
    connection = HTTPConnection(place.netloc, timeout=START_WITHIN_S)
    try:
        connection.request(method, f"{place.path}?{place.query}", body)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@dataclass(frozen=True)
class Site:
    """A running server and the model endpoint it asks, if any."""

    address: str
    endpoint: FakeEndpoint | None = None
    data_dir: Path = Path()

    def get(self, path: str) -> Any:
        """Return what the server says at `path`."""
        return json.loads(_call("GET", self.address + path)[1])

    def put(self, name: str, content: str | bytes) -> str:
        """Upload a file, wait until it can be found, and return its document id."""
        path = f"/api/documents?file_name={quote(name)}"
        body = content.encode() if isinstance(content, str) else content
        _, answer = _call("POST", self.address + path, body)
        document_id = str(json.loads(answer)["document"]["document_id"])
        until = time.monotonic() + READ_WITHIN_S
        while time.monotonic() < until:
            state = self.get(f"/api/documents/{document_id}")["state"]
            if state in {"searchable", "ready", "failed"}:
                break
            time.sleep(0.1)
        return document_id

    def delete(self, document_id: str) -> None:
        """Delete a document."""
        _call("DELETE", f"{self.address}/api/documents/{document_id}")


def _await_address(process: subprocess.Popen[str]) -> str:
    """Return the address that the server prints, once it can answer questions."""
    assert process.stdout is not None
    found = None
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            break
    assert found, "the server ended before it printed its address"
    until = time.monotonic() + START_WITHIN_S
    while time.monotonic() < until:
        if _call("GET", f"{found[0]}/api/ready")[0] == 204:
            return found[0]
        time.sleep(0.1)
    raise AssertionError("the server did not get ready in time")


@contextmanager
def serve(folder: Path, endpoint: FakeEndpoint | None = None) -> Iterator[Site]:
    """Run the server in a folder of its own, by words only, and stop it."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
    settings = {
        "ASSISTANT_DATA_DIR": str(folder / "var"),
        "ASSISTANT_CORPUS_DIR": str(folder / "corpus"),
        "ASSISTANT_EMBEDDING_BACKEND": "none",
        "ASSISTANT_MIN_FREE_BYTES": "0",
    }
    if endpoint is not None:
        settings |= {
            "ASSISTANT_LLM_BASE_URL": endpoint.base_url,
            "ASSISTANT_LLM_API_KEY": "test",
            "ASSISTANT_LLM_MODEL": "test-model",
            "ASSISTANT_LLM_INTERNAL": "true",
        }
    root = Path(__file__).parents[2]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", "run", "--port", "0"],
            cwd=folder,
            env={**inherited, **settings, "PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield Site(_await_address(process), endpoint, folder / "var")
        finally:
            process.terminate()
            process.communicate(timeout=STOP_WITHIN_S)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a server with an invented rule in it and a scripted model."""
    with (
        fake_endpoint(reply=REPLY) as endpoint,
        serve(tmp_path_factory.mktemp("site"), endpoint) as running,
    ):
        running.put(RULE_NAME, RULE)
        yield running


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a server with the invented rule and no model."""
    with serve(tmp_path_factory.mktemp("plain")) as running:
        running.put(RULE_NAME, RULE)
        yield running


@dataclass
class Visit:
    """One person's browser window, and what went wrong in it."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def go(self, place: str = "") -> Page:
        """Open a place of the page, such as `#/documents`."""
        self.page.goto(f"{self.site.address}/{place}")
        self.page.locator("h1").first.wait_for()
        return self.page

    def ask(self, question: str) -> Page:
        """Ask and wait for the finished answer."""
        answered = self.page.locator("chat-answer[data-state=final]").count()
        self.page.locator("#question").fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator("chat-answer[data-state=final]").nth(answered).wait_for()
        return self.page


def violations(page: Page) -> list[str]:
    """Return what axe finds, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['impact']} {one['id']} {one['nodes'][0]['target']}" for one in found]


def in_theme(page: Page, theme: str) -> None:
    """Show a page in a theme, all colours changed."""
    page.evaluate(
        "async (theme) => { document.documentElement.dataset.theme = theme;"
        " await new Promise(requestAnimationFrame);"
        " await Promise.allSettled(document.getAnimations().map((one) => one.finished)); }",
        theme,
    )


@contextmanager
def visiting(context: BrowserContext, site: Site) -> Iterator[Visit]:
    """Open a window that notes console errors, violations of the policy and foreign hosts."""
    context.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    visit = Visit(page=context.new_page(), site=site)

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            visit.complaints.append(message.text)

    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on("console", note)
    visit.page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).netloc))
    yield visit
    context.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Return a fresh window at 1440 x 900; the test fails if the page complained of anything."""
    size = ViewportSize(width=1440, height=900)
    context = browser.new_context(viewport=size, locale="ko-KR", reduced_motion="reduce")
    with visiting(context, site) as opened:
        yield opened
    assert opened.complaints == []
    assert {urlsplit(site.address).netloc} >= opened.hosts
