"""Index a folder of rules afresh with the real parts, as every suite needs it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.chunking import chunk
from assistant.datafolder import claim
from assistant.domain import DEFAULT_INSTITUTION, ChunkedDocument, Document, Embedder, Grade
from assistant.embedding import make_embedder
from assistant.indexing import IndexKeeper
from assistant.reading import Limits, read_in_process
from assistant.retrieval import HybridRetriever, Searchers
from assistant.settings import Settings
from assistant.sources import Source, read_sources
from assistant.store import NewUpload, NewVersion, Store

SUFFIXES = (".md", ".txt", ".html", ".pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbench:
    """An indexed folder: the store, its indexes and the retriever over them.

    `files` maps document ids to paths relative to the folder.
    """

    settings: Settings
    store: Store
    keeper: IndexKeeper
    retriever: HybridRetriever
    files: dict[str, str]
    chunk_count: int
    words_s: float
    index_s: float

    @property
    def embedder(self) -> Embedder | None:
        """The embedder in use."""
        return self.keeper.embedder


@contextmanager
def indexed(rules: Path, *, folder: Path | None = None, dense: bool = True) -> Iterator[Workbench]:
    """Index every readable file below `rules` and yield the workbench.

    Args:
        rules: folder of rule files.
        folder: where to keep the index and find it again; a temporary place when None.
        dense: embed as well; words only when false.

    Raises:
        AlreadyRunningError: another run has the kept folder; two over one would harm its indexes.
    """
    with TemporaryDirectory() as temporary, _held(folder or Path(temporary)) as data_dir:
        settings = Settings(
            data_dir=data_dir,
            embedding_backend="builtin" if dense else "none",
            _env_file=None,  # type: ignore[call-arg] # of BaseSettings, hidden by its fields
        )
        store = Store.open(settings.resolved_database_url)
        keeper = IndexKeeper(
            store, data_dir / "indexes", make_embedder=lambda: make_embedder(settings)
        )
        started = time.perf_counter()
        files = _load(store, rules)
        keeper.drain_lexical()
        words_s = time.perf_counter() - started
        if dense:
            keeper.drain_dense()
        index_s = time.perf_counter() - started
        try:
            yield Workbench(
                settings=settings,
                store=store,
                keeper=keeper,
                retriever=HybridRetriever(
                    store=store,
                    searchers=_searchers(keeper),
                    today=lambda: datetime.now(UTC).date(),
                ),
                files=files,
                chunk_count=store.chunks.count(),
                words_s=words_s,
                index_s=index_s,
            )
        finally:
            keeper.stop()
            store.close()


@contextmanager
def _held(folder: Path) -> Iterator[Path]:
    """Hold a data folder until the block ends."""
    taken = claim(folder)
    try:
        yield folder
    finally:
        taken.release()


def _searchers(keeper: IndexKeeper) -> Callable[[], Searchers]:
    return lambda: Searchers(words=keeper.lexical, meaning=keeper.vectors, embedder=keeper.embedder)


def _cut(document: Document, source: Source | None) -> ChunkedDocument:
    if source is None:
        return chunk(document)
    return chunk(document, kind=source.kind, title=source.title)


def _load(store: Store, rules: Path) -> dict[str, str]:
    files: dict[str, str] = {}
    told = {source.path: source for source in read_sources(rules)}
    for path in sorted(p for p in rules.rglob("*") if p.suffix.lower() in SUFFIXES):
        if path.name.lower().startswith(("readme", "manifest")):
            continue
        name = path.relative_to(rules).as_posix()
        if name in told and not told[name].is_searched:
            continue
        data = path.read_bytes()
        received = store.uploads.receive(
            NewUpload(
                institution_id=DEFAULT_INSTITUTION,
                collection_id="inbox",
                file_name=path.name,
                sha256=hashlib.sha256(data).hexdigest(),
                size_bytes=len(data),
                grade=Grade.OPEN,
                blob_id="",
            )
        )
        document_id = received.document_id
        if received.upload_id is not None and store.uploads.claim(received.upload_id):
            document = read_in_process(data, file_name=path.name, limits=Limits())
            added = store.documents.add_version(
                received.upload_id,
                NewVersion(chunked=_cut(document, told.get(name)), media_type=document.media_type),
            )
            document_id = added.document_id
        files[document_id] = name
    return files
