"""`gongmun documents`, `reindex` and `backup`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from assistant import __version__
from assistant.commands.common import (
    EXIT_FAILED,
    bar,
    fail,
    load_settings,
    own_assistant,
    plain_errors,
    print_json,
)
from assistant.domain import DEFAULT_INSTITUTION, DocumentState
from assistant.store import DocumentDetail, DocumentFilter, IndexName, Store, visible_to
from assistant.wording import kind_label

_PAGE = 200
_INDEXES: tuple[IndexName, ...] = ("lexical", "dense")
_STATES = {
    DocumentState.WAITING: "대기",
    DocumentState.READING: "읽는 중",
    DocumentState.SEARCHABLE: "단어 검색 가능",
    DocumentState.READY: "사용 중",
    DocumentState.FAILED: "읽지 못함",
}


def list_documents(*, as_json: bool) -> None:
    """Print all documents; works while a server runs."""
    settings = load_settings()
    with plain_errors(), Store.open(settings.resolved_database_url, check=False) as store:
        found = _all(store)
    if as_json:
        print_json([_fields(detail) for detail in found])
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("상태", "종류", "제목", "판", "조각", "시행일"):
        table.add_column(heading, overflow="fold")
    for detail in found:
        record = detail.record
        table.add_row(
            _STATES[record.state],
            kind_label(record.kind),
            record.title,
            str(record.version_number),
            str(record.chunk_count),
            str(record.effective_from or ""),
        )
    Console().print(table)


def _all(store: Store) -> list[DocumentDetail]:
    found: list[DocumentDetail] = []
    cursor: str | None = None
    while True:
        page = store.documents.list(
            institution_ids=visible_to(DEFAULT_INSTITUTION),
            filters=DocumentFilter(limit=_PAGE, cursor=cursor),
        )
        found += page.documents
        cursor = page.next_cursor
        if cursor is None:
            return found


def _fields(detail: DocumentDetail) -> dict[str, object]:
    record = detail.record
    return {
        "document_id": record.document_id,
        "collection_id": record.collection_id,
        "title": record.title,
        "file_name": record.file_name,
        "kind": record.kind.value,
        "grade": record.grade.value,
        "state": record.state.value,
        "version_number": record.version_number,
        "sections": record.section_count,
        "chunks": record.chunk_count,
        "effective_from": record.effective_from,
        "error": record.error_code,
    }


def rebuild_indexes(which: str) -> None:
    """Build one index or both anew, with a bar for each."""
    settings = load_settings()
    names = [name for name in _INDEXES if which in (name, "all")]
    with plain_errors(), own_assistant(settings) as assistant:
        for name in names:
            with bar("단어 색인" if name == "lexical" else "의미 색인") as advance:
                assistant.keeper.rebuild(name, advance)
    click.echo("색인을 다시 만들었습니다.")


def back_up(target: Path) -> None:
    """Copy the database and every stored file to `target`, which must not exist yet."""
    settings = load_settings()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        fail(f"{target}: 이미 있습니다. 없는 폴더 이름을 적어 주십시오.", EXIT_FAILED)
    with plain_errors(), Store.open(settings.resolved_database_url, check=False) as store:
        try:
            target.mkdir(parents=True, exist_ok=True)
            store.backup(target / "gongmun.db")
            blobs = settings.data_dir / "blobs"
            if blobs.is_dir():
                shutil.copytree(blobs, target / "blobs", ignore=shutil.ignore_patterns("*.part"))
            counts = store.documents.counts(institution_ids=visible_to(DEFAULT_INSTITUTION))
        except OSError as error:
            fail(f"{target}: 복사하지 못했습니다. 공간과 권한을 확인하십시오. ({error.strerror})")
    about = {"version": __version__, "documents": counts.documents, "chunks": counts.chunks}
    (target / "backup.json").write_text(json.dumps(about, indent=2), encoding="utf-8")
    click.echo(f"{target}: 자료 {counts.documents}건을 복사했습니다.")
