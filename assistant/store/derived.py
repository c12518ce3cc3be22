"""Costly results kept by content hash, so that no text is embedded or tokenised twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import and_, delete, exists, func, insert, or_, select

from assistant.store.database import Database
from assistant.store.models import ChunkRow, TokensRow, VectorRow
from assistant.store.rows import batches

_STORED = np.dtype("<f2")


class StoredVectors:
    """Vectors of chunk texts, as float16 inside and float32 outside."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get_many(
        self, content_hashes: Sequence[str], *, institution_id: str, model_id: str
    ) -> dict[str, npt.NDArray[np.float32]]:
        """Return the vectors that are there, by content hash."""
        found: dict[str, npt.NDArray[np.float32]] = {}
        with self._database.read() as connection:
            for batch in batches(dict.fromkeys(content_hashes)):
                query = select(VectorRow.content_hash, VectorRow.vector).where(
                    VectorRow.institution_id == institution_id,
                    VectorRow.model_id == model_id,
                    VectorRow.content_hash.in_(batch),
                )
                for row in connection.execute(query):
                    vector = np.frombuffer(row.vector, dtype=_STORED)
                    found[row.content_hash] = vector.astype(np.float32)
        return found

    def put_many(
        self,
        vectors: Mapping[str, npt.NDArray[np.floating]],
        *,
        institution_id: str,
        model_id: str,
    ) -> None:
        """Keep vectors, replacing those that are there."""
        rows = [
            {
                "institution_id": institution_id,
                "content_hash": content_hash,
                "model_id": model_id,
                "vector": np.asarray(vector).astype(_STORED).tobytes(),
            }
            for content_hash, vector in vectors.items()
        ]
        if not rows:
            return
        with self._database.write(serial=f"vectors:{institution_id}") as connection:
            for batch in batches(vectors):
                connection.execute(
                    delete(VectorRow).where(
                        VectorRow.institution_id == institution_id,
                        VectorRow.model_id == model_id,
                        VectorRow.content_hash.in_(batch),
                    )
                )
            connection.execute(insert(VectorRow), rows)

    def count(self, *, model_id: str) -> int:
        """Return how many vectors of a model there are."""
        query = select(func.count()).where(VectorRow.model_id == model_id)
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def collect_garbage(self, *, model_id: str) -> int:
        """Drop vectors of other models and of texts that no chunk has; return how many."""
        used = exists().where(
            and_(
                ChunkRow.institution_id == VectorRow.institution_id,
                ChunkRow.content_hash == VectorRow.content_hash,
            )
        )
        with self._database.write() as connection:
            return connection.execute(
                delete(VectorRow).where(or_(VectorRow.model_id != model_id, ~used))
            ).rowcount


class StoredTokens:
    """Tokens of chunk texts, as the text that the lexical index wrote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get_many(
        self, content_hashes: Sequence[str], *, institution_id: str, tokenizer_id: str
    ) -> dict[str, str]:
        """Return the payloads that are there, by content hash."""
        found: dict[str, str] = {}
        with self._database.read() as connection:
            for batch in batches(dict.fromkeys(content_hashes)):
                query = select(TokensRow.content_hash, TokensRow.payload).where(
                    TokensRow.institution_id == institution_id,
                    TokensRow.tokenizer_id == tokenizer_id,
                    TokensRow.content_hash.in_(batch),
                )
                for row in connection.execute(query):
                    found[row.content_hash] = row.payload
        return found

    def put_many(
        self, payloads: Mapping[str, str], *, institution_id: str, tokenizer_id: str
    ) -> None:
        """Keep payloads, replacing those that are there."""
        rows = [
            {
                "institution_id": institution_id,
                "content_hash": content_hash,
                "tokenizer_id": tokenizer_id,
                "payload": payload,
            }
            for content_hash, payload in payloads.items()
        ]
        if not rows:
            return
        with self._database.write(serial=f"tokens:{institution_id}") as connection:
            for batch in batches(payloads):
                connection.execute(
                    delete(TokensRow).where(
                        TokensRow.institution_id == institution_id,
                        TokensRow.tokenizer_id == tokenizer_id,
                        TokensRow.content_hash.in_(batch),
                    )
                )
            connection.execute(insert(TokensRow), rows)

    def collect_garbage(self, *, tokenizer_id: str) -> int:
        """Drop tokens of other tokenisers and of texts that no chunk has; return how many."""
        used = exists().where(
            and_(
                ChunkRow.institution_id == TokensRow.institution_id,
                ChunkRow.content_hash == TokensRow.content_hash,
            )
        )
        with self._database.write() as connection:
            return connection.execute(
                delete(TokensRow).where(or_(TokensRow.tokenizer_id != tokenizer_id, ~used))
            ).rowcount
