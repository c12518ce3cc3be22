"""The whole road with the network cut off: the server starts, reads, embeds, answers and cites."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.embedding import make_embedder
from assistant.settings import Settings

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
WITHIN_S = 240
RULE = """---
title: 가나군 시험구매 운영 규정
kind: notice
effective_from: 2026-01-01
---
# 가나군 시험구매 운영 규정

## 제1조(목적)
이 규정은 지어낸 가나군의 시험구매에 필요한 사항을 정한다.

## 제2조(완료보고서의 제출기한)
① 시험기관은 시험구매가 끝난 날부터 14일 이내에 완료보고서를 담당 부서에 제출하여야 한다.
"""
SOURCES = """sources:
  - {id: rule, path: rule.md, title: 가나군 시험구매 운영 규정, kind: notice, collection: rules}
"""
# Run inside a network of its own, in which only loopback is up. Prints what it saw as JSON.
VISIT = r"""
import json, re, socket, subprocess, sys, time, urllib.request

def ask_for(path, body=None):
    request = urllib.request.Request(address + path, data=body)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.status, response.read().decode()

try:
    socket.create_connection(("192.0.2.1", 80), timeout=3).close()
    reachable = True
except OSError:
    reachable = False
server = subprocess.Popen(
    [sys.executable, "-m", "assistant.cli", "run", "--port", "0"],
    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
)
try:
    for line in server.stdout:
        found = re.search("http" + r"://[0-9.]+:\d+", line)
        if found:
            break
    address = found[0]
    until = time.monotonic() + 200
    while time.monotonic() < until:
        health = json.loads(ask_for("/api/health")[1])
        done = health["embedding"]["done"], health["embedding"]["total"]
        words_only = json.loads(ask_for("/api/me")[1])["words_only"]
        dense = [check["state"] for check in health["checks"] if check["name"] == "dense"]
        is_done = done[0] == done[1] > 0 and dense == ["fine"]
        if health["documents"] and not words_only and is_done:
            break
        time.sleep(0.2)
    question = "시험이 다 되면 완료보고서는 며칠 안에 내야 하나요?"
    text = ask_for("/api/chat", json.dumps({"question": question}).encode())[1]
    answer = json.loads(text.rpartition("event: answer")[2].split("data: ", 1)[1].split("\n")[0])
    page = ask_for("/")[0]
finally:
    server.terminate()
    _, log = server.communicate(timeout=30)
print(json.dumps({
    "reachable": reachable, "answer": answer, "health": health, "page": page, "log": log,
}))
"""


def _cut_off() -> list[str]:
    """Return the words that run a command in a network of its own, or skip."""
    shell = ["sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        pytest.skip("needs `unshare` and `ip` (util-linux, iproute2)")
    for flags in ("-n", "-rn"):
        prefix = ["unshare", flags, *shell]
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            return prefix
    pytest.skip("this system does not let a test make a network of its own")


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what was seen of a server that has no network, from its start to its end."""
    prefix = _cut_off()
    if (
        make_embedder(Settings(data_dir=tmp_path_factory.mktemp("probe"), _env_file=None))[0]
        is None
    ):
        pytest.skip("no built-in embedding model for this system")
    folder = tmp_path_factory.mktemp("offline")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "rule.md").write_text(RULE, encoding="utf-8")
    (folder / "corpus" / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
    settings = {
        "ASSISTANT_DATA_DIR": str(folder / "var"),
        "ASSISTANT_CORPUS_DIR": str(folder / "corpus"),
        "ASSISTANT_MIN_FREE_BYTES": "0",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    seen = subprocess.run(
        [*prefix, sys.executable, "-c", VISIT],
        cwd=folder,
        env=kept | settings,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )
    assert seen.returncode == 0, seen.stderr
    return dict(json.loads(seen.stdout.splitlines()[-1]))


def test_nothing_can_be_reached_there(visit: dict[str, Any]) -> None:
    assert visit["reachable"] is False


def test_the_server_answers_with_a_citation_and_serves_its_page(visit: dict[str, Any]) -> None:
    answer = visit["answer"]
    assert answer["outcome"] == "answered"
    assert "14일 이내" in answer["text"]
    assert answer["citations"][0]["label"].startswith("제2조")
    assert visit["page"] == 200


def test_meaning_is_searched_with_the_model_that_came_along(visit: dict[str, Any]) -> None:
    assert "words_only" not in visit["answer"]["notices"]
    states = {check["name"]: check["state"] for check in visit["health"]["checks"]}
    assert states["dense"] == "fine"
    assert states["embedding"] == "fine"


def test_nothing_complained_of_the_missing_network(visit: dict[str, Any]) -> None:
    assert [line for line in visit["log"].splitlines() if " ERROR " in line] == []
    assert "Traceback" not in visit["log"]
