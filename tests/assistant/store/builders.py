"""Builders for the store tests; only what a test names matters to it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from assistant.domain import (
    ChunkDraft,
    ChunkedDocument,
    Grade,
    Section,
    SectionKind,
    SourceKind,
)
from assistant.store import NewUpload, NewVersion, Store, VersionAdded

_blobs = itertools.count(1)


class FrozenClock:
    """A clock that moves only when told, plus a microsecond a call to keep an order."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def advance(self, **units: float) -> None:
        self.now += timedelta(**units)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def make_chunked(
    texts: Sequence[str],
    *,
    title: str = "가나다 관리 규정",
    identity: str = "",
    kind: SourceKind = SourceKind.RULE,
    effective_from: date | None = date(2026, 1, 1),
    label: str = "제{}조",
) -> ChunkedDocument:
    """One section and one chunk for each text; a hash ignores what stands in <angle brackets>."""
    sections, chunks = [], []
    for ordinal, text in enumerate(texts):
        name = label.format(ordinal + 1)
        sections.append(
            Section(
                ordinal=ordinal,
                kind=SectionKind.ARTICLE,
                label=name,
                title="목적",
                path=("제1장 총칙",),
                text=text,
            )
        )
        search_text = text.split(" <")[0]
        chunks.append(
            ChunkDraft(
                section_ordinal=ordinal,
                start=0,
                end=len(text),
                label=name,
                text=text,
                context=title,
                search_text=search_text,
                content_hash=sha256(title + "\n" + search_text),
            )
        )
    return ChunkedDocument(
        title=title,
        kind=kind,
        sections=tuple(sections),
        chunks=tuple(chunks),
        effective_from=effective_from,
        identity=identity,
    )


def make_upload(
    content: str = "본문",
    *,
    file_name: str = "규정.md",
    institution_id: str = "default",
    collection_id: str | None = None,
    grade: Grade = Grade.OPEN,
) -> NewUpload:
    own = {"default": "inbox", "public": "rules"}.get(institution_id, f"{institution_id}-inbox")
    return NewUpload(
        institution_id=institution_id,
        collection_id=collection_id or own,
        file_name=file_name,
        sha256=sha256(content),
        size_bytes=len(content.encode("utf-8", "surrogatepass")),
        grade=grade,
        blob_id=f"blob{next(_blobs)}",
    )


def make_version(texts: Sequence[str], **overrides: object) -> NewVersion:
    return NewVersion(
        chunked=make_chunked(texts, **overrides),  # type: ignore[arg-type]
        media_type="text/markdown",
    )


def add(
    store: Store,
    texts: Sequence[str],
    *,
    file_name: str = "규정.md",
    institution_id: str = "default",
    **overrides: object,
) -> VersionAdded:
    """Bring a document in from receipt to current version; no two files have the same bytes."""
    content = "\n".join([*texts, str(next(_blobs))])
    upload = make_upload(content, file_name=file_name, institution_id=institution_id)
    received = store.uploads.receive(upload)
    assert received.upload_id is not None
    store.uploads.claim(received.upload_id)
    return store.documents.add_version(received.upload_id, make_version(texts, **overrides))


def drain(store: Store, *index_names: str) -> list[tuple[str, str]]:
    """Act as the indexes: take everything and say that it is done."""
    taken = []
    for index_name in index_names or ("lexical", "dense"):
        while batch := store.outbox.peek(index_name):  # type: ignore[arg-type]
            taken += [(entry.operation, entry.chunk_id) for entry in batch]
            store.outbox.done([entry.seq for entry in batch])
    return taken
