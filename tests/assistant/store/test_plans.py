"""Reads that answer a question look rows up; none walks through all rows of an institution."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, event

from assistant.store import Store, VersionAdded, visible_to
from tests.assistant.store.builders import add

OURS = visible_to("default")
Statement = tuple[str, tuple[object, ...]]

READS: dict[str, Callable[[Store, VersionAdded], object]] = {
    "chunks.by_ids": lambda store, added: store.chunks.by_ids(
        [f"{added.document_id}#0", f"{added.document_id}#1"], institution_ids=OURS
    ),
    "chunks.of_sections": lambda store, added: store.chunks.of_sections(
        [(added.version_id, 0), (added.version_id, 1)], institution_ids=OURS
    ),
    "chunks.of_version": lambda store, added: store.chunks.of_version(
        added.version_id, institution_ids=OURS
    ),
    "sections.many": lambda store, added: store.sections.many(
        [(added.version_id, 0), (added.version_id, 1)], institution_ids=OURS
    ),
    "sections.by_labels": lambda store, added: store.sections.by_labels(
        [(added.version_id, "제1조"), (added.version_id, "제2조")], institution_ids=OURS
    ),
    "sections.view": lambda store, added: store.sections.view(
        added.document_id, added.version_id, 0, institution_ids=OURS
    ),
    "sections.list": lambda store, added: store.sections.list(
        added.version_id, institution_ids=OURS
    ),
    "sections.outline": lambda store, added: store.sections.outline(
        added.version_id, institution_ids=OURS
    ),
    "documents.get": lambda store, added: store.documents.get(
        added.document_id, institution_ids=OURS
    ),
    "documents.versions": lambda store, added: store.documents.versions(
        added.document_id, institution_ids=OURS
    ),
    "outbox.peek": lambda store, _: store.outbox.peek("dense"),
    "vectors.get_many": lambda store, _: store.vectors.get_many(
        ["a", "b"], institution_id="default", model_id="m"
    ),
}


@pytest.fixture
def statements() -> Iterator[list[Statement]]:
    seen: list[Statement] = []

    def note(*arguments: object) -> None:
        _, _, statement, parameters, *_ = arguments
        if isinstance(statement, str) and isinstance(parameters, tuple):
            seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("name", READS)
def test_a_read_uses_the_index_of_what_it_asks_for(
    sqlite_store: Store, sqlite_url: str, statements: list[Statement], name: str
) -> None:
    added = add(sqlite_store, ["가", "나"])
    statements.clear()
    READS[name](sqlite_store, added)
    connection = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    plans = [
        row[3]
        for statement, parameters in statements
        if statement.startswith("SELECT")
        for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]
    connection.close()
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
    walks = ("_institution_id (", "chunks_hash (")
    assert [plan for plan in plans if any(walk in plan for walk in walks)] == []
