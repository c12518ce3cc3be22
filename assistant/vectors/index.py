"""Search by meaning: unit vectors in ChromaDB (home of that library).

A derived index: everything in it can be rebuilt from the store at any time. Each institution has
a collection of its own, so that no filter stands between one office's texts and another's.

Chroma keeps the vectors. Its metadata filter costs 17 to 57 ms at 20,000 chunks and 90 to 500 ms
at 200,000, and of the 300 nearest its graph finds 87 and 69 percent. So the vectors are also held
in memory (1.5 kB a chunk), where scoring the allowed ones exactly takes 2 and 30 ms: filters come
before ranking and nothing is missed. Only beyond `GRAPH_ROWS` is the graph asked, and only while
it finds what exact scoring finds.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from assistant.domain import Hit, Vectors
from assistant.errors import IndexUnavailableError
from assistant.vectors import soundness
from assistant.vectors.table import Mask, Table, View

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection

_Item = TypeVar("_Item")

GRAPH_ROWS = 500_000
_GRAPH_SHARE = 0.8  # of the rows that must be allowed for the graph to be asked
_GRAPH_RECALL = 0.95  # below this the graph is not asked at all
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 128,
    "ef_search": 400,
    "max_neighbors": 16,
    "batch_size": 100,
    "sync_threshold": 1_000,
}
_BATCH = 5_000  # Chroma refuses more than 5,461 rows in one call
_PROBE_NEIGHBOURS = 100
_NORM_ERROR = 0.01
_PROBE_SELF = 0.7  # a sound graph misses up to one in ten known vectors
_DAMAGE = (OSError, ValueError, KeyError, TypeError, RuntimeError)
_SAFE_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorEntry:
    """A chunk as the index takes it; `vector` has unit length."""

    chunk_id: str
    document_id: str
    vector: Vectors


class VectorIndex:
    """The Chroma index in one folder; one process writes, any thread reads.

    Args:
        folder: opened when it holds an index, created otherwise. A folder that was closed or
            set aside must not be used again in the same process.
        dimension: of the vectors.
        model_id: of the embedder that made them.
        graph_rows: size of a collection from which on Chroma's graph is asked.

    Raises:
        IndexUnavailableError: the files are damaged, or hold vectors of another model.
    """

    def __init__(
        self, folder: Path, *, dimension: int, model_id: str, graph_rows: int = GRAPH_ROWS
    ) -> None:
        self._dimension = dimension
        self._graph_rows = graph_rows
        self._model_id = model_id
        self._write_lock = threading.Lock()
        self._collections: dict[str, ChromaCollection] = {}
        self._tables: dict[str, Table] = {}
        self._graph_trusted = True
        self._folder = folder
        with _translated():
            _check_database(folder / "chroma.sqlite3")
            soundness.break_seal(folder)
            self._client = _connect(folder)
            try:
                self._load()
            except BaseException:
                self._client.close()
                raise

    def apply(
        self, *, institution_id: str, deletes: Sequence[str], adds: Sequence[VectorEntry]
    ) -> None:
        """Delete and add chunks of one institution; an added chunk replaces its earlier self.

        Raises:
            IndexUnavailableError: Chroma could not write.
        """
        added = {entry.chunk_id: entry for entry in adds}
        gone = [chunk_id for chunk_id in dict.fromkeys(deletes) if chunk_id not in added]
        with self._write_lock, _translated():
            collection = self._collection(institution_id)
            table = self._tables[institution_id]
            known = [chunk_id for chunk_id in gone if chunk_id in table]
            for part in _parts(known):
                collection.delete(ids=list(part))
            table.remove(known)
            for entries in _parts(list(added.values())):
                vectors = np.stack([entry.vector for entry in entries]).astype(np.float32)
                collection.upsert(
                    ids=[entry.chunk_id for entry in entries],
                    embeddings=vectors,
                    metadatas=[{"document_id": entry.document_id} for entry in entries],
                )
                table.add([e.chunk_id for e in entries], [e.document_id for e in entries], vectors)

    def search(
        self,
        vector: Vectors,
        *,
        institution_ids: Sequence[str],
        document_ids: Collection[str] | None,
        limit: int,
    ) -> list[Hit]:
        """Return the `limit` allowed chunks with the highest cosine, best first.

        Args:
            vector: of the question, of unit length.
            institution_ids: whose chunks may be seen.
            document_ids: of the documents that may be seen, or `None` for all; applied before
                ranking, so `limit` hits come back whenever that many are allowed.
            limit: most hits wanted.
        """
        found: list[Hit] = []
        for institution_id in dict.fromkeys(institution_ids):
            table = self._tables.get(institution_id)
            if table is None:
                continue
            view = table.view()
            allowed = view.allowed(document_ids)
            if self._suits_graph(allowed):
                found += self._walk(institution_id, view, vector, allowed, limit)
            else:
                found += view.best(vector, allowed, limit)
        return sorted(found, key=lambda hit: (-hit.score, hit.chunk_id))[:limit]

    def similarities(
        self, vector: Vectors, chunk_ids: Collection[str], *, institution_ids: Sequence[str]
    ) -> dict[str, float]:
        """Return the cosine of each of these chunks that is in the index."""
        scores: dict[str, float] = {}
        for institution_id in dict.fromkeys(institution_ids):
            if institution_id in self._tables:
                scores |= self._tables[institution_id].view().scores(vector, chunk_ids)
        return scores

    def count(self, institution_id: str | None = None) -> int:
        """Return the number of chunks that Chroma holds, of one institution or of all."""
        with _translated():
            return sum(
                collection.count()
                for name, collection in list(self._collections.items())
                if institution_id in (None, name)
            )

    def chunk_ids(self, institution_id: str) -> set[str]:
        """Return the ids of all chunks of an institution."""
        table = self._tables.get(institution_id)
        return table.chunk_ids() if table else set()

    def institutions(self) -> list[str]:
        """Return the institutions that have a collection."""
        return sorted(self._tables)

    def probe(self, *, samples: int = 8) -> float:
        """Ask Chroma for known vectors and return the share of right neighbours it gave.

        Below 0.95 even large collections are searched exactly from then on.

        Raises:
            IndexUnavailableError: Chroma does not answer, or finds hardly any vector itself.
        """
        recalls, own = [], []
        for institution_id, table in list(self._tables.items()):
            view = table.view()
            allowed = view.allowed(None)
            for row in view.sample(samples):
                vector = view.vectors[row]
                exact = {hit.chunk_id for hit in view.best(vector, allowed, _PROBE_NEIGHBOURS)}
                given = self._neighbours(institution_id, vector, len(exact))
                recalls.append(len(exact & given.keys()) / len(exact))
                own.append(view.ids[row] in given)
        if own and float(np.mean(own)) < _PROBE_SELF:
            raise IndexUnavailableError(index="dense")
        recall = float(np.mean(recalls)) if recalls else 1.0
        self._graph_trusted = recall >= _GRAPH_RECALL
        return recall

    def close(self) -> None:
        """Release the files; the index object is not used after this."""
        with self._write_lock, _translated():
            self._collections.clear()
            self._tables.clear()
            self._client.close()
            soundness.seal(self._folder)

    def _suits_graph(self, allowed: Mask) -> bool:
        is_large = self._graph_trusted and len(allowed) >= self._graph_rows
        return is_large and bool(allowed.mean() >= _GRAPH_SHARE)

    def _walk(
        self,
        institution_id: str,
        view: View,
        vector: Vectors,
        allowed: Mask,
        limit: int,
    ) -> list[Hit]:
        """Let Chroma walk its graph, asking for more than needed when some are not allowed."""
        wanted = int(limit / max(float(allowed.mean()), _GRAPH_SHARE) * 1.2) + 10
        given = self._neighbours(institution_id, vector, min(wanted, len(allowed)))
        hits = [
            Hit(chunk_id=chunk_id, score=score)
            for chunk_id, score in given.items()
            if view.is_allowed(chunk_id, allowed)
        ][:limit]
        return hits if len(hits) == limit else view.best(vector, allowed, limit)

    def _neighbours(self, institution_id: str, vector: Vectors, count: int) -> dict[str, float]:
        """Return what Chroma gives as the nearest chunks, with their cosine."""
        with _translated():
            reply = self._collections[institution_id].query(
                query_embeddings=vector[None, :], n_results=count, include=["distances"]
            )
            distances = (reply["distances"] or [[]])[0]
            return {
                chunk_id: 1.0 - float(distance)
                for chunk_id, distance in zip(reply["ids"][0], distances, strict=True)
            }

    def _load(self) -> None:
        for collection in self._client.list_collections():
            facts: Any = collection.metadata or {}
            if facts.get("model_id") != self._model_id:
                raise IndexUnavailableError(index="dense")
            institution_id = str(facts["institution_id"])
            opened = self._client.get_collection(collection.name, embedding_function=None)
            total = opened.count()
            table = Table(self._dimension, room=total)
            for offset in range(0, total, _BATCH):
                rows = opened.get(limit=_BATCH, offset=offset, include=["embeddings", "metadatas"])
                documents = [str(facts["document_id"]) for facts in rows["metadatas"] or []]
                vectors = np.asarray(rows["embeddings"], np.float32)
                if not _are_sound(rows["ids"], documents, vectors):
                    raise IndexUnavailableError(index="dense")
                table.add(rows["ids"], documents, vectors)
            if len(table.chunk_ids()) != total:
                raise IndexUnavailableError(index="dense")
            self._collections[institution_id] = opened
            self._tables[institution_id] = table

    def _collection(self, institution_id: str) -> ChromaCollection:
        if institution_id not in self._collections:
            self._collections[institution_id] = self._client.get_or_create_collection(
                collection_name(institution_id),
                embedding_function=None,
                configuration={"hnsw": _HNSW},
                metadata={"institution_id": institution_id, "model_id": self._model_id},
            )
            self._tables[institution_id] = Table(self._dimension)
        return self._collections[institution_id]


def collection_name(institution_id: str) -> str:
    """Return a name that Chroma takes; ids with other characters than a-z, 0-9, - are hashed.

    >>> collection_name("public")
    'own-public'
    >>> collection_name("성남시")
    'hash-689b86274f229e30'
    """
    if _SAFE_NAME.fullmatch(institution_id):
        return f"own-{institution_id}"
    return f"hash-{hashlib.sha256(institution_id.encode()).hexdigest()[:16]}"


def _are_sound(chunk_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> bool:
    """Tell whether rows are as they were written: Chroma has no checksums."""
    is_unit = bool((np.abs(np.linalg.norm(vectors, axis=1) - 1) < _NORM_ERROR).all())
    pairs = zip(chunk_ids, document_ids, strict=True)
    return is_unit and all(chunk_id.rpartition("#")[0] == owner for chunk_id, owner in pairs)


def _parts(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _connect(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    folder.mkdir(parents=True, exist_ok=True)
    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    return cast("Client", client)  # declared as its interface, which lacks close()


def _check_database(path: Path) -> None:
    """Find torn pages before Chroma trips over them much later."""
    if not path.exists():
        return
    with closing(sqlite3.connect(path)) as connection:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise IndexUnavailableError(index="dense")


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever Chroma raises on damaged files into our own error."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, sqlite3.Error, *_DAMAGE) as error:
        raise IndexUnavailableError(index="dense") from error
    except BaseException as error:  # a panic of the Rust part is no Exception
        if type(error).__name__ == "PanicException":
            raise IndexUnavailableError(index="dense") from error
        raise
