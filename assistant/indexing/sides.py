"""What differs between the two indexes: how they are opened, checked and brought up to date."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.domain import Chunk, Embedder, Grade, Vectors
from assistant.embedding import EmbeddingStatus
from assistant.errors import IndexUnavailableError
from assistant.indexing.checksums import damaged_files
from assistant.lexical import TOKENIZER_ID, LexicalEntry, LexicalIndex, TokenText, tokenise
from assistant.store import IndexName, OutboxEntry, Store
from assistant.vectors import VectorEntry, VectorIndex

_EMBED_BATCH = 32
_Item = TypeVar("_Item")


class Stopped(Exception):  # noqa: N818 (not an error)
    """The keeper is being stopped; what was done so far is kept."""


class Side(Protocol):
    """One of the two indexes."""

    name: IndexName
    batch: int

    def open(self, folder: Path) -> None:
        """Open and probe; raise `IndexUnavailableError` when damaged."""
        ...

    def close(self) -> None:
        """Release the files; harmless when not open."""
        ...

    def count(self) -> int:
        """Return the number of chunks in the index."""
        ...

    def expected(self) -> int:
        """Return the number of chunks that should be in the index."""
        ...

    def matches(self) -> bool:
        """Tell whether the index holds just what it should."""
        ...

    def apply(self, entries: Sequence[OutboxEntry], stop: threading.Event) -> None:
        """Make these changes durable; doing so twice does no harm."""
        ...


class LexicalSide:
    """The index of words."""

    name: IndexName = "lexical"
    batch = 4_000

    def __init__(self, store: Store, *, workers: int) -> None:
        self._store = store
        self._workers = workers
        self.index: LexicalIndex | None = None

    def open(self, folder: Path) -> None:
        """Open the index and compare the checksums of its files."""
        if damaged_files(folder):
            raise IndexUnavailableError(index=self.name)
        self.index = LexicalIndex(folder)

    def close(self) -> None:
        """Let go of the index: its files are closed when the last search in it has ended."""
        self.index = None

    def count(self) -> int:
        """Return the number of chunks in the index."""
        return self.index.count() if self.index else 0

    def expected(self) -> int:
        """Return the number of current chunks."""
        return self._store.chunks.count()

    def matches(self) -> bool:
        """Tell whether the number is right; the content has checksums."""
        return self.count() == self.expected()

    def apply(self, entries: Sequence[OutboxEntry], stop: threading.Event) -> None:
        """Tokenise what is new, then commit once."""
        if self.index is None:
            raise IndexUnavailableError(index=self.name)
        deletes, adds = _changes(entries, self._store)
        new: list[LexicalEntry] = []
        for institution_id, chunks in _by_institution(adds).items():
            tokens = self._tokens(institution_id, chunks)
            new.extend(
                LexicalEntry(
                    chunk_id=chunk.chunk_id,
                    document_id=chunk.document_id,
                    institution_id=institution_id,
                    tokens=tokens[chunk.content_hash],
                )
                for chunk in chunks
            )
            if stop.is_set():
                raise Stopped
        self.index.apply(deletes=deletes, adds=new)

    def _tokens(self, institution_id: str, chunks: Sequence[Chunk]) -> dict[str, TokenText]:
        """Return tokens by content hash, from the store where they are."""
        by_hash = {chunk.content_hash: chunk for chunk in chunks}
        payloads = self._store.tokens.get_many(
            list(by_hash), institution_id=institution_id, tokenizer_id=TOKENIZER_ID
        )
        found = {content_hash: _unpack(payload) for content_hash, payload in payloads.items()}
        missing = [chunk for content_hash, chunk in by_hash.items() if content_hash not in found]
        made = tokenise([(c.context, c.search_text) for c in missing], workers=self._workers)
        new = {chunk.content_hash: text for chunk, text in zip(missing, made, strict=True)}
        self._store.tokens.put_many(
            {content_hash: _pack(text) for content_hash, text in new.items()},
            institution_id=institution_id,
            tokenizer_id=TOKENIZER_ID,
        )
        return found | new


class DenseSide:
    """The index of vectors; off while there is no embedder."""

    name: IndexName = "dense"
    batch = 256

    def __init__(self, store: Store, *, grades: frozenset[Grade]) -> None:
        self._store = store
        self._grades = grades
        self.embedder: Embedder | None = None
        self.status = EmbeddingStatus(state="off", reason="loading")
        self.index: VectorIndex | None = None

    def open(self, folder: Path) -> None:
        """Open the index and ask for known vectors."""
        if self.embedder is None:
            raise IndexUnavailableError(index=self.name)
        index = VectorIndex(
            folder, dimension=self.embedder.dimension, model_id=self.embedder.model_id
        )
        try:
            index.probe()
        except IndexUnavailableError:
            index.close()
            raise
        self.index = index

    def close(self) -> None:
        """Release the files."""
        index, self.index = self.index, None
        if index is not None:
            index.close()

    def count(self) -> int:
        """Return the number of chunks in the index."""
        return self.index.count() if self.index else 0

    def expected(self) -> int:
        """Return the number of current chunks whose grade the embedder may see."""
        return sum(
            record.chunk_count
            for record in self._store.documents.catalog().values()
            if record.grade in self._grades
        )

    def matches(self) -> bool:
        """Tell whether the ids are right, which are stored without checksums."""
        if self.index is None or self.count() != self.expected():
            return False
        owners = {*self._store.outbox.institutions(), *self.index.institutions()}
        return all(self.index.chunk_ids(owner) == self._wanted(owner) for owner in owners)

    def _wanted(self, institution_id: str) -> set[str]:
        catalog = self._store.documents.catalog()
        seen = {id_ for id_, record in catalog.items() if record.grade in self._grades}
        return {
            chunk_id
            for batch in self._store.chunks.ids(institution_id)
            for chunk_id in batch
            if chunk_id.rpartition("#")[0] in seen
        }

    def apply(self, entries: Sequence[OutboxEntry], stop: threading.Event) -> None:
        """Embed what is new, keep the vectors, then write them to the index."""
        if self.index is None or self.embedder is None:
            raise IndexUnavailableError(index=self.name)
        deletes, adds = _changes(entries, self._store)
        catalog = self._store.documents.catalog()
        visible = [
            chunk
            for chunk in adds
            if (record := catalog.get(chunk.document_id)) and record.grade in self._grades
        ]
        owners = {entry.chunk_id: entry.institution_id for entry in entries}
        new = _by_institution(visible)
        for institution_id in dict.fromkeys(owners.values()):
            chunks = new.get(institution_id, [])
            vectors = self._vectors(institution_id, chunks, self.embedder, stop)
            self.index.apply(
                institution_id=institution_id,
                deletes=[id_ for id_ in deletes if owners[id_] == institution_id],
                adds=[
                    VectorEntry(
                        chunk_id=chunk.chunk_id,
                        document_id=chunk.document_id,
                        vector=vectors[chunk.content_hash],
                    )
                    for chunk in chunks
                ],
            )

    def _vectors(
        self,
        institution_id: str,
        chunks: Sequence[Chunk],
        embedder: Embedder,
        stop: threading.Event,
    ) -> Mapping[str, Vectors]:
        """Return vectors by content hash, from the store where they are."""
        by_hash = {chunk.content_hash: chunk for chunk in chunks}
        found: dict[str, Vectors] = self._store.vectors.get_many(
            list(by_hash), institution_id=institution_id, model_id=embedder.model_id
        )
        missing = [chunk for content_hash, chunk in by_hash.items() if content_hash not in found]
        for part in _parts(missing, _EMBED_BATCH):
            if stop.is_set():
                raise Stopped
            made = embedder.embed_passages([f"{c.context}\n{c.search_text}" for c in part])
            new = {chunk.content_hash: row for chunk, row in zip(part, made, strict=True)}
            self._store.vectors.put_many(
                new, institution_id=institution_id, model_id=embedder.model_id
            )
            found |= new
        return found


def _changes(entries: Sequence[OutboxEntry], store: Store) -> tuple[list[str], list[Chunk]]:
    """Return the ids to delete and the chunks to add; of several changes to one chunk the last."""
    last = {entry.chunk_id: entry.operation for entry in entries}
    chunks = store.chunks.by_ids(
        [chunk_id for chunk_id, operation in last.items() if operation == "add"],
        institution_ids=tuple(dict.fromkeys(entry.institution_id for entry in entries)),
    )
    return [chunk_id for chunk_id in last if chunk_id not in chunks], list(chunks.values())


def _by_institution(chunks: Sequence[Chunk]) -> dict[str, list[Chunk]]:
    groups: dict[str, list[Chunk]] = defaultdict(list)
    for chunk in chunks:
        groups[chunk.institution_id].append(chunk)
    return dict(groups)


def _parts(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _pack(tokens: TokenText) -> str:
    parts = [tokens.head, tokens.head_bigrams, tokens.body, tokens.body_bigrams]
    return json.dumps(parts, ensure_ascii=False)


def _unpack(payload: str) -> TokenText:
    head, head_bigrams, body, body_bigrams = json.loads(payload)
    return TokenText(head=head, head_bigrams=head_bigrams, body=body, body_bigrams=body_bigrams)


EmbedderFactory = Callable[[], tuple[Embedder | None, EmbeddingStatus]]
