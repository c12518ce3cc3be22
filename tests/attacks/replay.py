"""Carries out one attack against the target and notes what came of it."""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from logging import LogRecord
from pathlib import Path

import psutil

from assistant.eventlog import EventFormatter
from tests.attacks.carriers import document_of, zip_bomb
from tests.attacks.cases import Attack
from tests.attacks.judge import Observed
from tests.attacks.papers import answer_complaint, fill_templates, report_of_document
from tests.attacks.target import Target
from tests.attacks.trap import Trap

_BEGINS = re.compile(r"\[(자료-[0-9a-f]{12}) 시작 S\d+\]")


def carry_out(attack: Attack, target: Target, trap: Trap) -> Observed:
    """Try an attack without a browser."""
    observed = Observed()
    target.endpoint.requests.clear()
    target.endpoint.mode = attack.fault or "ok"
    before = _names(target.data_dir.parent)
    _ATTEMPTS[attack.placement](attack, target, observed)
    target.endpoint.mode = "ok"
    observed.outbound = target.sent()
    _count_fences(target, observed)
    observed.strays = _strays(attack, before, target.data_dir.parent)
    observed.caught = list(trap.caught)
    return observed


def _ask(attack: Attack, target: Target, observed: Observed) -> None:
    observed.answered = target.ask(attack.payload, reply=attack.reply)


def _upload_bomb(attack: Attack, target: Target, observed: Observed) -> None:
    assert attack.carrier.get("builder") == "zip_bomb"
    with _measured(observed):
        observed.statuses = [target.upload("자료.zip", zip_bomb()).status_code]


def _use_document(attack: Attack, target: Target, observed: Observed) -> None:
    """Ask of the document, or have the report of a pilot drafted from it."""
    if attack.wants_report:
        report_of_document(attack, target, observed)
    else:
        _ask_of_document(attack, target, observed)


def _ask_of_document(attack: Attack, target: Target, observed: Observed) -> None:
    document = target.put(*document_of(attack))
    assert document["state"] == "ready", document["error"]
    document_id = document["document_id"]
    observed.answered = target.ask(
        attack.user_request, reply=attack.reply, document_ids=[document_id]
    )
    if not target.endpoint.requests:  # nothing found by the words: the model must see the payload
        target.ask(f"시험 자료 {attack.id}의 목적과 내용은?", document_ids=[document_id])
    observed.answered.warnings = [one["code"] for one in document["warnings"]]
    preview = target.client.get(f"/api/documents/{document_id}/preview").json()
    observed.chunks = json.dumps(preview["blocks"], ensure_ascii=False)


def _fetch_theirs(attack: Attack, target: Target, observed: Observed) -> None:
    """Open another institution's document by every route that takes its id."""
    assert "{B id}" in attack.payload
    theirs = target.others_id
    for address in ("", "/events", "/preview", "/file"):
        response = target.client.get(f"/api/documents/{theirs}{address}")
        observed.statuses.append(response.status_code)
    observed.statuses.append(target.client.delete(f"/api/documents/{theirs}").status_code)
    observed.statuses.append(target.client.get(f"/api/sections/{theirs}/v/0").status_code)


def _put_named(attack: Attack, target: Target, observed: Observed) -> None:
    is_name = attack.placement == "filename"
    name = attack.payload if is_name else f"{attack.id}.md"
    title = attack.id if is_name else attack.payload
    text = f"---\ntitle: {title!r}\n---\n# {title}\n\n{attack.id}의 시험 자료이다.\n"
    document = target.put(name, text.encode())
    observed.chunks = document["file_name"]
    response = target.client.get(f"/api/documents/{document['document_id']}/file")
    assert response.status_code == 200
    assert response.headers["content-disposition"].startswith("attachment")
    assert "x-injected" not in response.headers


_ATTEMPTS: Mapping[str, Callable[[Attack, Target, Observed], None]] = {
    "question": _ask,
    "document": _use_document,
    "filename": _put_named,
    "metadata": _put_named,
    "upload": _upload_bomb,
    "api": _fetch_theirs,
    "complaint": answer_complaint,
    "template_field": fill_templates,
}


def _count_fences(target: Target, observed: Observed) -> None:
    """Count the passages of the last request and the lines that end one."""
    if not target.endpoint.requests:
        return
    message = str(target.endpoint.requests[-1]["messages"][-1]["content"])
    begins = _BEGINS.findall(message)
    own = max(set(begins), key=begins.count) if begins else "-"
    observed.documents_sent = begins.count(own)
    observed.fence_ends = message.count(f"[{own} 끝]")


def _names(folder: Path) -> set[str]:
    """Return what lies in the folder of the server and one above it."""
    found = {str(path) for path in folder.rglob("*")}
    with suppress(OSError):
        found |= {str(path) for path in folder.parent.iterdir()}
    return found


def _strays(attack: Attack, before: set[str], folder: Path) -> list[str]:
    """Return files that came from the attack and bear a name of the attacker's choice."""
    if attack.placement not in {"filename", "upload", "metadata"}:
        return []
    parts = [part for part in re.split(r"[\\/\0\r\n]", attack.payload) if len(part) > 3]
    return [
        name
        for name in _names(folder) - before
        if any(part[:40] in Path(name).name for part in parts)
    ]


@contextmanager
def _measured(observed: Observed) -> Iterator[None]:
    """Note by how much this process and its children grew at most."""
    me = psutil.Process(os.getpid())
    started, done = _rss_mb(me), threading.Event()

    def watch() -> None:
        while not done.is_set():
            observed.most_rss_mb = max(observed.most_rss_mb, _rss_mb(me) - started)
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _rss_mb(process: psutil.Process) -> float:
    total = process.memory_info().rss
    for child in process.children(recursive=True):
        with suppress(psutil.Error):
            total += child.memory_info().rss
    return float(total) / 1e6


def log_text(records: Sequence[LogRecord]) -> str:
    """Return log records as the server would write them."""
    formatter = EventFormatter()
    return "\n".join(formatter.format(record) for record in records)
