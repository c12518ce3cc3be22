"""A store with real indexes and a retriever over it, filled in this process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.chunking import chunk
from assistant.domain import (
    DEFAULT_INSTITUTION,
    ChunkedDocument,
    Embedder,
    Grade,
    Passage,
    Retrieval,
    Scope,
    SourceKind,
)
from assistant.embedding import EmbeddingStatus
from assistant.indexing import IndexKeeper
from assistant.reading import Limits, read_in_process
from assistant.retrieval import HybridRetriever, Searchers
from assistant.store import NewUpload, NewVersion, Store

TODAY = date(2026, 6, 1)


def cut(text: str, *, kind: SourceKind | None = None, name: str = "규정.md") -> ChunkedDocument:
    """Read and cut a text as ingest does."""
    return chunk(read_in_process(text.encode(), file_name=name, limits=Limits()), kind=kind)


def rule(title: str, *articles: str, **facts: str) -> str:
    """Return an invented rule in Markdown; `facts` join the front matter.

    An article begins with its label and title, `제7조 (완료보고)`, its text follows on new lines.
    """
    front = "".join(f"{key}: {value}\n" for key, value in {"제목": title, **facts}.items())
    body = "\n\n".join(
        article if article.startswith("#") else f"##### {article}" for article in articles
    )
    return f"---\n{front}---\n\n# {title}\n\n{body}\n"


@dataclass
class Shelf:
    """What a test asks."""

    store: Store
    keeper: IndexKeeper
    embedder: Embedder | None
    today: date = TODAY

    def add(
        self,
        text: str,
        *,
        institution_id: str = DEFAULT_INSTITUTION,
        collection_id: str = "",
        grade: Grade = Grade.OPEN,
        kind: SourceKind | None = None,
        name: str = "",
    ) -> str:
        """Bring a text in up to current version; return the id of its document."""
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        received = self.store.uploads.receive(
            NewUpload(
                institution_id=institution_id,
                collection_id=collection_id or self._home(institution_id),
                file_name=name or f"{digest[:8]}.md",
                sha256=digest,
                size_bytes=len(data),
                grade=grade,
                blob_id="",
            )
        )
        assert received.upload_id is not None
        self.store.uploads.claim(received.upload_id)
        version = NewVersion(chunked=cut(text, kind=kind), media_type="text/markdown")
        return self.store.documents.add_version(received.upload_id, version).document_id

    def _home(self, institution_id: str) -> str:
        """Make the institution if need be; return its first collection."""
        self.store.collections.ensure_institution(institution_id, institution_id)
        return self.store.collections.list(institution_ids=(institution_id,))[0].collection_id

    def collection(self, name: str, *, institution_id: str = DEFAULT_INSTITUTION) -> str:
        """Make a collection; return its id."""
        made = self.store.collections.create(name, institution_id=institution_id, grade=Grade.OPEN)
        return made.collection_id

    def index(self) -> Shelf:
        """Bring both indexes up to date."""
        self.keeper.drain_once()
        return self

    def searchers(self) -> Searchers:
        return Searchers(
            words=self.keeper.lexical, meaning=self.keeper.vectors, embedder=self.keeper.embedder
        )

    def retriever(self, searchers: Searchers | None = None) -> HybridRetriever:
        return HybridRetriever(
            store=self.store,
            searchers=lambda: searchers or self.searchers(),
            today=lambda: self.today,
        )

    def ask(
        self,
        question: str,
        *,
        limit: int = 5,
        context: str | None = None,
        searchers: Searchers | None = None,
        **scope: object,
    ) -> Retrieval:
        """Retrieve; `scope` are the fields of a `Scope`."""
        return self.retriever(searchers).retrieve(
            question,
            scope=replace(Scope(), **scope),  # type: ignore[arg-type]
            limit=limit,
            context=context,
        )

    def words_only(self) -> Searchers:
        return replace(self.searchers(), meaning=None, embedder=None)


@contextmanager
def open_shelf(folder: Path, *, embedder: Embedder | None = None) -> Iterator[Shelf]:
    """Open an empty shelf in `folder`; without an embedder words are all there is."""
    status = EmbeddingStatus(state="ready" if embedder else "off")
    with Store.open(f"sqlite:///{folder / 'gongmun.db'}", check=False) as store:
        keeper = IndexKeeper(
            store, folder / "indexes", make_embedder=lambda: (embedder, status), workers=1
        )
        try:
            yield Shelf(store=store, keeper=keeper, embedder=embedder)
        finally:
            keeper.stop()


def places(found: Retrieval | tuple[Passage, ...]) -> list[tuple[str, str]]:
    """Return (document title, label) of the passages in rank order."""
    passages = found.passages if isinstance(found, Retrieval) else found
    return [(passage.document_title, passage.label) for passage in passages]
