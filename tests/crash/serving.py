"""A real server in a process of its own, what it promised to many people, and its death."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.api.events import parse

ROOT = Path(__file__).parents[2]
BY = "주무관 보기"
RULE = """---
title: 가나군 시험구매 운영 규정
kind: notice
effective_from: 2026-01-01
---
# 가나군 시험구매 운영 규정

## 제2조(완료보고서의 제출기한)
① 시험기관은 시험구매가 끝난 날부터 14일 이내에 완료보고서를 담당 부서에 제출하여야 한다.
"""
ASKED = "가나군 시험구매 완료보고서는 며칠 이내에 제출하나요?"
MEASURED = "항목,결과치,단위\n응답시간,2.5,초\n"
ROWS = 8


class Serving:
    """A server process over a folder."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        (folder / "corpus").mkdir(parents=True, exist_ok=True)
        (folder / "tmp").mkdir(exist_ok=True)
        own = {
            "ASSISTANT_DATA_DIR": str(folder / "var"),
            "ASSISTANT_CORPUS_DIR": str(folder / "corpus"),
            "ASSISTANT_EMBEDDING_BACKEND": "none",
            "ASSISTANT_MIN_FREE_BYTES": "0",
            "TMPDIR": str(folder / "tmp"),
            "PYTHONPATH": str(ROOT),
        }
        if database_url:
            own["ASSISTANT_DATABASE_URL"] = database_url
        others = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", "run", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=others | own,
            cwd=folder,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert "http://" in line, f"the server did not start: {line!r}"
        self.address = line.split("): ")[1].split()[0]

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.address, timeout=60.0)

    def kill(self) -> None:
        """End it as a power cut would; it must not have died before."""
        self._process.kill()
        assert self._process.wait(20) == -9, "the server died of a fault"
        self._close()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._close()

    def _close(self) -> None:
        if self._process.stdout is not None:
            self._process.stdout.close()


@contextmanager
def serving(folder: Path, database_url: str = "") -> Iterator[Serving]:
    """Start a server; stop it however the block ends."""
    server = Serving(folder, database_url)
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Promised:
    """What the server acknowledged before it died."""

    complaints: dict[str, str] = field(default_factory=dict)  # number -> text
    rows: dict[str, str] = field(default_factory=dict)  # number -> text
    events: dict[str, str] = field(default_factory=dict)  # complaint -> type
    drafting: set[str] = field(default_factory=set)  # complaints
    versions: dict[tuple[str, int], str] = field(default_factory=dict)  # paper, number -> text
    redrafted: dict[str, int] = field(default_factory=dict)  # paper -> version
    approved: dict[str, tuple[int, str]] = field(default_factory=dict)  # paper -> version, hash
    records: dict[str, tuple[int, str]] = field(default_factory=dict)  # pilot -> version, code
    accepted: set[str] = field(default_factory=set)  # pilots
    reports: set[str] = field(default_factory=set)  # papers

    def __len__(self) -> int:
        return sum(map(len, vars(self).values()))


class Callers:
    """Several people at work at once, each in a thread, until the server is gone."""

    def __init__(self, server: Serving, seed: int) -> None:
        self.promised = Promised()
        self.faults: list[str] = []
        self._server, self._seed = server, seed
        work = (self._file, self._table, self._write, self._record, self._take_over)
        self._threads = [
            threading.Thread(target=self._until_gone, args=(one, f"{seed}-{one.__name__}"))
            for one in work
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()

    def _until_gone(self, work: Callable[[httpx2.Client, str], None], name: str) -> None:
        with self._server.client() as client:
            try:
                for number in range(10_000):
                    work(client, f"{name}-{number}")
            except httpx2.TransportError:
                return  # killed
            except AssertionError as error:
                self.faults.append(str(error))

    # -- complaints -----------------------------------------------------------------------------

    def _file(self, client: httpx2.Client, name: str) -> None:
        """File a complaint, record an event of it, and put it into the line of drafts."""
        text = f"{ASKED} {name}번째로 묻습니다."
        case = post(client, "/api/complaints", {"text": text, "number": name})
        self.promised.complaints[name] = text
        complaint_id = case["complaint_id"]
        event = {"type": "extended", "at": "2026-11-29T10:00:00+09:00"}
        post(client, f"/api/complaints/{complaint_id}/events", {"event": event, "by": BY})
        self.promised.events[complaint_id] = "extended"
        post(client, "/api/complaints/drafts", {"complaint_ids": [complaint_id]})
        self.promised.drafting.add(complaint_id)

    def _table(self, client: httpx2.Client, name: str) -> None:
        rows = {f"{name}-{row}": f"{ASKED} 표의 {name} {row}행입니다." for row in range(ROWS)}
        body = "접수번호,내용\n" + "".join(f"{n},{text}\n" for n, text in rows.items())
        sent = client.post(
            "/api/complaints/table", params={"file_name": "민원.csv"}, content=body.encode()
        )
        assert sent.status_code == 200, sent.text
        assert len(sent.json()["taken"]) == ROWS, sent.text
        self.promised.rows |= rows
        time.sleep(0.3)

    # -- a letter -------------------------------------------------------------------------------

    def _write(self, client: httpx2.Client, name: str) -> None:
        """Write a letter, edit it, answer a point anew, approve it, export it, edit it again."""
        case = post(client, "/api/complaints", {"text": ASKED, "number": name})
        base = f"/api/complaints/{case['complaint_id']}"
        post(client, f"{base}/masks/check", {"by": BY})
        written = parse(client.post(f"{base}/letters", json={}).text)
        assert written[-1].name == "written", written
        paper_id = str(written[-1].data["paper_id"])
        point = case["case_points"][0]["point_id"]
        self._edit(client, paper_id, f"{name} 첫 글입니다.")
        again = post(client, f"{base}/points/{point}/answer", {"paper_id": paper_id, "parent": 2})
        self.promised.redrafted[paper_id] = again["version"]
        self._approve(client, paper_id)
        client.get(f"/api/drafts/{paper_id}/export", params={"format": "hwpx"})
        if hash(name) % 2:
            self._edit(client, paper_id, f"{name} 고친 글입니다.")

    def _edit(self, client: httpx2.Client, paper_id: str, text: str) -> None:
        draft = client.get(f"/api/drafts/{paper_id}")
        part = draft.json()["parts"][0]["part_id"]
        saved = client.patch(
            f"/api/drafts/{paper_id}/parts/{part}",
            json={"lines": [{"text": text}], "by": BY},
            headers={"If-Match": draft.headers["etag"]},
        )
        assert saved.status_code == 200, saved.text
        self.promised.approved.pop(paper_id, None)
        self.promised.versions[paper_id, saved.json()["version"]["number"]] = text

    def _approve(self, client: httpx2.Client, paper_id: str) -> None:
        draft = client.get(f"/api/drafts/{paper_id}").json()
        taken = [{"item_id": one["item_id"], "reason": "확인함"} for one in draft["items"]]
        content_hash = draft["version"]["content_hash"]
        body = {"content_hash": content_hash, "by": "과장 보기", "acknowledgements": taken}
        post(client, f"/api/drafts/{paper_id}/approve", body)
        self.promised.approved[paper_id] = (draft["version"]["number"], content_hash)

    # -- pilots ---------------------------------------------------------------------------------

    def _record(self, client: httpx2.Client, name: str) -> None:
        """Edit the record of a pilot a few times, then have a report made of it."""
        pilot_id = post(client, "/api/pilots", {"title": name, "by": BY})["pilot_id"]
        for number in range(1, 4):
            code = f"{name}-{number}"
            changed = client.patch(
                f"/api/pilots/{pilot_id}",
                json={"changes": [{"place": "code", "value": code}], "by": BY},
                headers={"If-Match": f'"{number}"'},
            )
            assert changed.status_code == 200, changed.text
            self.promised.records[pilot_id] = (number + 1, code)
        made = post(client, f"/api/pilots/{pilot_id}/report", {"by": BY})
        self.promised.reports.add(made["paper_id"])

    def _take_over(self, client: httpx2.Client, name: str) -> None:
        """Give a pilot a file and take over the values that it proposes."""
        pilot_id = post(client, "/api/pilots", {"title": name, "by": BY})["pilot_id"]
        sent = client.post(
            f"/api/pilots/{pilot_id}/files",
            params={"file_name": f"{name} 측정값.csv", "by": BY},
            content=MEASURED.encode(),
        )
        assert sent.status_code == 201, sent.text
        post(client, f"/api/pilots/{pilot_id}/proposals/accept", {"by": BY})
        self.promised.accepted.add(pilot_id)


def post(client: httpx2.Client, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    response = client.post(path, json=dict(body))
    assert response.status_code in {200, 201, 202}, f"{path}: {response.text}"
    return dict(response.json())


def put_rule(client: httpx2.Client) -> None:
    """Give the server the rule that replies rest on, and wait until it can be found."""
    sent = client.post("/api/documents", params={"file_name": "규정.md"}, content=RULE.encode())
    assert sent.status_code in {200, 202}, sent.text
    document_id = sent.json()["document"]["document_id"]
    parse(client.get(f"/api/documents/{document_id}/events").text)


def promises_until_killed(
    folder: Path, seed: int, *, longest_s: float, database_url: str = ""
) -> Promised:
    """Let many people work on a server and kill it at a seeded moment; return what it promised."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    server = Serving(folder, database_url)
    with server.client() as client:
        put_rule(client)
    callers = Callers(server, seed)
    callers.start()
    until = time.monotonic() + 30
    while not len(callers.promised) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(chance.uniform(0.1, longest_s))
    server.kill()
    callers.join()
    assert callers.faults == []
    return callers.promised
