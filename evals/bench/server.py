"""The real server: its second start, its memory, and files put in while it runs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ServiceError
from assistant.remote import RemoteAssistant
from assistant.sources import files_below
from evals.bench.gauges import Stopwatch, memory_mb, milliseconds, spread

QUESTION = "시범사용이 끝나면 완료보고서를 언제까지 내야 하나요?"
_PATIENCE_S = 600.0
_UNFINISHED = ("waiting", "reading")


def serve(folder: Path, *, rules: Path | None) -> dict[str, object]:
    """Start the server twice on the sample corpus, put the rules in, and return the figures.

    Raises:
        ServiceError: the server does not come up, or does not finish.
    """
    port = _free_port()
    with _running(folder, port) as (server, _, started):
        _ask_until_answered(server)
        first_s = time.monotonic() - started
        _wait_until_embedded(server)
        indexed_s = time.monotonic() - started
    with _running(folder, port) as (server, process_id, started):
        _ask_until_answered(server)
        figures: dict[str, object] = {
            "first_start_to_answer_s": round(first_s, 2),
            "first_start_to_indexed_s": round(indexed_s, 1),
            "second_start_to_answer_s": round(time.monotonic() - started, 2),
        }
        _wait_until_embedded(server)
        figures["answer"] = spread([milliseconds(lambda: server.ask(QUESTION)) for _ in range(20)])
        figures |= _size(server, process_id)
        if rules is not None:
            figures["with_rules"] = _put_in(server, rules) | _size(server, process_id)
    return figures


def _put_in(server: RemoteAssistant, rules: Path) -> dict[str, object]:
    """Upload every file and wait until all can be found by words."""
    watch = Stopwatch()
    sent = [
        server.upload(path, file_name=name, collection_id=None, grade="O")
        for path, name in files_below([rules])
    ]
    waiting = {str(one["document"]["document_id"]) for one in sent}
    count, sent_s = len(waiting), watch.lap()
    deadline = time.monotonic() + _PATIENCE_S
    while waiting:
        if time.monotonic() > deadline:
            raise ServiceError("the server did not read all files in time")
        waiting = {one for one in waiting if server.document(one)["state"] in _UNFINISHED}
        time.sleep(0.1)
    return {
        "files": count,
        "sent_s": round(sent_s, 1),
        "searchable_by_words_s": round(sent_s + watch.lap(), 1),
    }


def _size(server: RemoteAssistant, process_id: int) -> dict[str, object]:
    health = server.health()
    return {
        "documents": health["documents"],
        "chunks": health["chunks"],
        "rss_mb": memory_mb(process_id),
        "peak_rss_mb": memory_mb(process_id, peak=True),
    }


@contextmanager
def _running(folder: Path, port: int) -> Iterator[tuple[RemoteAssistant, int, float]]:
    """Yield the server, its process id and when it was started; stop it at the end."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("ASSISTANT_")}
    command = [sys.executable, "-m", "assistant.cli", "run", "--port", str(port)]
    started = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        command,
        env={**kept, "ASSISTANT_DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield RemoteAssistant(f"http://127.0.0.1:{port}"), process.pid, started
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _ask_until_answered(server: RemoteAssistant) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        try:
            if server.ask(QUESTION)["outcome"] == "answered":
                return
        except ServiceError:  # not listening yet
            time.sleep(0.02)
    raise ServiceError("the server did not answer in time")


def _wait_until_embedded(server: RemoteAssistant) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        progress = server.health()["embedding"]
        if progress["total"] and progress["done"] == progress["total"]:
            return
        time.sleep(0.2)
    raise ServiceError("the server did not embed all chunks in time")
