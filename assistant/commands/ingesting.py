"""`gongmun ingest`: files in, through the running server or into a data folder that is idle."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import click

from assistant.assembly import Assistant
from assistant.commands.common import (
    EXIT_FAILED,
    bar,
    bring_up_to_date,
    load_settings,
    own_assistant,
    plain_errors,
    print_json,
    running_server,
)
from assistant.domain import DEFAULT_INSTITUTION, Grade
from assistant.errors import AssistantError, NotFoundError
from assistant.flows.ingest import FileResult
from assistant.remote import RemoteAssistant, RemoteError
from assistant.sources import files_below
from assistant.store import Collection
from assistant.wording import describe, error_text

_LOOK_EVERY_S = 0.3
_UNREAD = -1
_WORDS = {"added": "새로 넣음", "changed": "판 바뀜", "duplicate": "같은 파일 있음"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of one file; `detail` says what to do about a failure."""

    file: str
    outcome: str
    document_id: str = ""
    chunks: int = 0
    code: str = ""
    detail: str = ""


def ingest_files(
    paths: Sequence[Path], *, collection: str | None, grade: str | None, as_json: bool
) -> None:
    """Put the files under `paths` in and print what became of each."""
    settings = load_settings()
    with plain_errors():
        server = running_server(settings)
        if server is not None:
            rows = _into_server(server, paths, collection, grade, quiet=as_json)
        else:
            with own_assistant(settings) as assistant:
                rows = _into_folder(assistant, paths, collection, grade, quiet=as_json)
    _report(rows, as_json=as_json)
    if not rows or any(row.outcome == "failed" for row in rows):
        raise SystemExit(EXIT_FAILED)


def _into_folder(
    assistant: Assistant,
    paths: Sequence[Path],
    collection: str | None,
    grade: str | None,
    *,
    quiet: bool,
) -> list[Row]:
    chosen = _collection(assistant, collection)
    with bar("읽기", quiet=quiet) as advance:
        results = assistant.ingest.ingest_paths(
            paths,
            institution_id=DEFAULT_INSTITUTION,
            collection_id=chosen.collection_id,
            grade=Grade(grade) if grade else chosen.grade,
            progress=lambda _, number, total: advance(number, total),
        )
    bring_up_to_date(assistant, quiet=quiet)
    return [_row(result) for result in results]


def _collection(assistant: Assistant, name: str | None) -> Collection:
    own = assistant.store.collections.list(institution_ids=(DEFAULT_INSTITUTION,))
    if name is None:
        return own[0]
    for collection in own:
        if name in (collection.collection_id, collection.name):
            return collection
    raise NotFoundError(what="collection")


def _row(result: FileResult) -> Row:
    failed = result.outcome == "failed"
    return Row(
        file=str(result.path),
        outcome=result.outcome,
        document_id=result.document_id,
        chunks=result.chunks,
        code=result.code,
        detail=error_text(result.code, {"reason": result.reason}) if failed else "",
    )


def _into_server(
    server: RemoteAssistant,
    paths: Sequence[Path],
    collection: str | None,
    grade: str | None,
    *,
    quiet: bool,
) -> list[Row]:
    collection_id = server.collection_id(collection) if collection else None
    files = list(files_below(paths))
    rows: list[Row] = []
    with bar("보내기", quiet=quiet) as advance:
        for number, (path, name) in enumerate(files, start=1):
            try:
                result = server.upload(
                    path, file_name=name, collection_id=collection_id, grade=grade
                )
                rows.append(_sent(path, result))
            except (AssistantError, OSError) as error:
                rows.append(_refused(path, error))
            advance(number, len(files))
    with bar("읽기", quiet=quiet) as advance:
        while waiting := [row for row in rows if row.chunks == _UNREAD]:
            rows = [_looked_at(server, row) if row in waiting else row for row in rows]
            left = sum(row.chunks == _UNREAD for row in rows)
            advance(len(rows) - left, len(rows))
            time.sleep(_LOOK_EVERY_S)
    return rows


def _sent(path: Path, result: dict[str, Any]) -> Row:
    """Return the row of a file that the server has taken; -1 chunks while it is unread."""
    document_id = str(result["document"]["document_id"])
    if result["duplicate"]:
        return Row(file=str(path), outcome="duplicate", document_id=document_id)
    outcome = "changed" if result["changed"] else "added"
    return Row(file=str(path), outcome=outcome, document_id=document_id, chunks=_UNREAD)


def _refused(path: Path, error: AssistantError | OSError) -> Row:
    code = error.code if isinstance(error, AssistantError) else "unreadable_path"
    detail = describe(error) if isinstance(error, AssistantError) else error_text(code)
    if isinstance(error, RemoteError):
        code, detail = error.remote_code, error.detail or detail
    return Row(file=str(path), outcome="failed", code=code, detail=detail)


def _looked_at(server: RemoteAssistant, row: Row) -> Row:
    """Return `row` with what became of its file, unchanged while it is being read."""
    found = server.document(row.document_id)
    error = found["error"]
    if error:
        return replace(row, outcome="failed", chunks=0, code=error["code"], detail=error["detail"])
    if found["state"] in ("waiting", "reading"):
        return row
    return replace(row, document_id=found["document_id"], chunks=found["chunk_count"])


def _report(rows: Sequence[Row], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    for row in rows:
        if row.outcome == "failed":
            click.echo(f"{row.file}: {row.detail}", err=True)
    counts = {words: sum(r.outcome == key for r in rows) for key, words in _WORDS.items()}
    counts["읽지 못함"] = sum(row.outcome == "failed" for row in rows)
    click.echo(" · ".join(f"{words} {count}" for words, count in counts.items()))
