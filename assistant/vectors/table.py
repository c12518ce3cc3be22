"""Unit vectors in memory, with exact scoring of the rows a request may see."""

from __future__ import annotations

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.domain import Hit, Vectors

Mask: TypeAlias = npt.NDArray[np.bool_]

_COMPACT_ROWS = 1_024


def products(rows: Vectors, vector: Vectors) -> Vectors:
    """Return the product of each row with `vector`.

    Not `@`: the threads of the linear algebra library go on spinning after each product, which
    took half of all processor time of a question (96 ms, without them 50 ms, at 20,000 chunks).
    """
    found: Vectors = np.einsum("ij,j->i", rows, vector)
    return found


class Table:
    """The vectors of one collection in memory.

    Rows are only ever appended; a removed row loses its document code. So a `view` that a reader
    has taken stays right while a writer goes on, without a lock between them.
    """

    def __init__(self, dimension: int, *, room: int = 0) -> None:
        self._swap_lock = threading.Lock()
        self._vectors: Vectors = np.zeros((room, dimension), np.float32)
        self._codes = np.full(room, -1, np.int32)
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._document_codes: dict[str, int] = {}

    def __contains__(self, chunk_id: str) -> bool:
        return chunk_id in self._rows

    def chunk_ids(self) -> set[str]:
        """Return the ids of the rows that count."""
        return set(self._rows)

    def view(self) -> View:
        """Return the rows as they stand now."""
        with self._swap_lock:
            used = len(self._ids)
            return View(
                vectors=self._vectors[:used],
                codes=self._codes[:used],
                ids=self._ids,
                rows=self._rows,
                document_codes=self._document_codes,
            )

    def add(self, chunk_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Append rows; a chunk that has one already loses the earlier row."""
        self.remove([chunk_id for chunk_id in chunk_ids if chunk_id in self._rows])
        start, end = len(self._ids), len(self._ids) + len(chunk_ids)
        if end > len(self._codes):
            self._grow(max(end, start + start // 4, 1024))
        self._vectors[start:end] = vectors
        self._codes[start:end] = [
            self._document_codes.setdefault(document_id, len(self._document_codes))
            for document_id in document_ids
        ]
        self._ids.extend(chunk_ids)
        self._rows.update({chunk_id: start + at for at, chunk_id in enumerate(chunk_ids)})

    def remove(self, chunk_ids: Sequence[str]) -> None:
        """Take rows out; the space is won back once a quarter of all rows is gone."""
        for chunk_id in chunk_ids:
            self._codes[self._rows.pop(chunk_id)] = -1
        if len(self._ids) > _COMPACT_ROWS and len(self._rows) < 0.75 * len(self._ids):
            self._compact()

    def _grow(self, capacity: int) -> None:
        used = len(self._ids)
        vectors = np.zeros((capacity, self._vectors.shape[1]), np.float32)
        codes = np.full(capacity, -1, np.int32)
        vectors[:used], codes[:used] = self._vectors[:used], self._codes[:used]
        with self._swap_lock:
            self._vectors, self._codes = vectors, codes

    def _compact(self) -> None:
        kept = np.fromiter(self._rows.values(), np.int64, len(self._rows))
        ids = list(self._rows)
        rows = {chunk_id: row for row, chunk_id in enumerate(ids)}
        vectors, codes = self._vectors[kept], self._codes[kept]
        with self._swap_lock:
            self._vectors, self._codes, self._ids, self._rows = vectors, codes, ids, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The rows of a table at one moment; `ids` and `rows` may have grown since."""

    vectors: Vectors
    codes: npt.NDArray[np.int32]
    ids: Sequence[str]
    rows: Mapping[str, int]
    document_codes: Mapping[str, int]

    def allowed(self, document_ids: Collection[str] | None) -> Mask:
        """Return which rows count and belong to one of these documents."""
        if document_ids is None:
            return self.codes >= 0
        is_wanted = np.zeros(len(self.document_codes) + 1, np.bool_)  # the last one is code -1
        known = self.document_codes
        is_wanted[[known[id_] for id_ in document_ids if id_ in known]] = True
        mask: Mask = is_wanted[self.codes]
        return mask

    def is_allowed(self, chunk_id: str, allowed: Mask) -> bool:
        """Tell whether this chunk has a row here that counts."""
        row = self.rows.get(chunk_id, len(allowed))
        return row < len(allowed) and bool(allowed[row])

    def best(self, vector: Vectors, allowed: Mask, limit: int) -> list[Hit]:
        """Score the allowed rows exactly and return the best."""
        rows = np.flatnonzero(allowed)
        # Copying a row costs about five times its product.
        is_dense = 6 * len(rows) > len(allowed)
        if is_dense:
            scores = products(self.vectors, vector)[rows]
        else:
            scores = products(self.vectors[rows], vector)
        if len(rows) > limit:
            top = np.argpartition(-scores, limit - 1)[:limit]
            rows, scores = rows[top], scores[top]
        order = np.argsort(-scores, kind="stable")
        pairs = zip(rows[order].tolist(), scores[order].tolist(), strict=True)
        return [Hit(chunk_id=self.ids[row], score=score) for row, score in pairs]

    def scores(self, vector: Vectors, chunk_ids: Collection[str]) -> dict[str, float]:
        """Score these chunks exactly, as far as they have rows."""
        found = {
            chunk_id: row
            for chunk_id in chunk_ids
            if (row := self.rows.get(chunk_id, len(self.codes))) < len(self.codes)
        }
        scores = products(self.vectors[list(found.values())], vector) if found else np.zeros(0)
        return dict(zip(found, scores.tolist(), strict=True))

    def sample(self, size: int) -> list[int]:
        """Return rows that count, spread evenly."""
        alive = np.flatnonzero(self.codes >= 0)
        places = np.linspace(0, len(alive) - 1, min(size, len(alive)), dtype=int)
        return [int(row) for row in alive[places]]
