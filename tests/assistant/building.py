"""A store with both indexes and a way in, around a small but real embedder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np

from assistant.domain import Embedder, Grade, Vectors
from assistant.embedding import EmbeddingStatus
from assistant.flows.ingest import IngestFlow
from assistant.indexing import IndexKeeper
from assistant.originals import Originals
from assistant.reading import Limits
from assistant.store import Store

INBOX = "inbox"
OWN = "default"


class BigramEmbedder:
    """Character bigrams hashed into 64 components: texts with like words have like vectors."""

    dimension = 64

    def __init__(self, model_id: str = "bigrams-1") -> None:
        self.model_id = model_id
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        vector = np.full(self.dimension, 0.01, np.float32)
        for pair in pairwise(text):
            digest = hashlib.blake2b("".join(pair).encode("utf-8", "replace"), digest_size=2)
            vector[int.from_bytes(digest.digest(), "little") % self.dimension] += 1
        return vector / np.linalg.norm(vector)


@dataclass
class Office:
    """What a test works with."""

    folder: Path
    store: Store
    keeper: IndexKeeper
    flow: IngestFlow
    embedder: Embedder | None
    files: Path = field(init=False)

    def __post_init__(self) -> None:
        self.files = self.folder / "files"
        self.files.mkdir(exist_ok=True)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.files / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def put(self, name: str, text: str | bytes, *, grade: Grade = Grade.OPEN) -> str:
        """Take and read a file in this thread; return the id of its document."""
        (result,) = self.flow.ingest_paths(
            [self.write(name, text)], institution_id=OWN, collection_id=INBOX, grade=grade
        )
        assert result.code == "", result
        return result.document_id

    def indexed(self) -> tuple[set[str], set[str], set[str]]:
        """Return the chunk ids of the store, of the words and of the vectors."""
        ids = {
            i for inst in (OWN, "public") for batch in self.store.chunks.ids(inst) for i in batch
        }
        words = self.keeper.lexical.chunk_ids() if self.keeper.lexical else set()
        vectors = self.keeper.vectors
        dense = (
            {i for inst in (OWN, "public") for i in vectors.chunk_ids(inst)} if vectors else set()
        )
        return ids, words, dense

    def words(self, question: str) -> list[str]:
        assert self.keeper.lexical is not None
        hits = self.keeper.lexical.search(
            question, institution_ids=(OWN, "public"), document_ids=None, limit=20
        )
        return [hit.chunk_id for hit in hits]

    def meaning(self, question: str) -> list[str]:
        assert self.keeper.vectors is not None
        assert self.embedder is not None
        hits = self.keeper.vectors.search(
            self.embedder.embed_query(question),
            institution_ids=(OWN, "public"),
            document_ids=None,
            limit=20,
        )
        return [hit.chunk_id for hit in hits]


@contextmanager
def open_office(
    folder: Path,
    *,
    embedder: Embedder | None = None,
    status: EmbeddingStatus | None = None,
    grades: Iterable[Grade] = (Grade.OPEN, Grade.SENSITIVE),
    min_free_bytes: int = 0,
    wall_s: float = 60.0,
) -> Iterator[Office]:
    """Open, or open again, what lies in `folder`; nothing runs in the background yet."""
    stated = status or EmbeddingStatus(state="ready" if embedder else "off")
    store = Store.open(f"sqlite:///{folder / 'gongmun.db'}")
    keeper = IndexKeeper(
        store,
        folder / "indexes",
        make_embedder=lambda: (embedder, stated),
        grades=grades,
        workers=1,
        min_free_bytes=min_free_bytes,
    )
    flow = IngestFlow(
        store,
        keeper,
        Originals(folder / "blobs"),
        limits=Limits(wall_s=wall_s, max_bytes=3_000_000),
    )
    try:
        yield Office(folder=folder, store=store, keeper=keeper, flow=flow, embedder=embedder)
    finally:
        flow.stop()
        keeper.stop()
        store.close()


def rule_text(name: str, articles: int, *, days: int = 7) -> str:
    """Return an invented rule in Markdown with numbered articles of different wording."""
    topics = (
        "시험구매 신청",
        "완료보고서 제출",
        "대금 지급",
        "하자 보수",
        "평가위원 위촉",
        "자료 보존",
    )
    lines = [f"# {name}", ""]
    for number in range(1, articles + 1):
        topic = topics[number % len(topics)]
        lines += [
            f"##### 제{number}조 ({topic} {number})",
            f"담당 부서는 {topic} {number}차 업무를 접수한 날부터 {days + number}일 이내에 "
            f"{name}에서 정한 서식 {number}호로 처리하고 그 결과를 {topic} 대장에 적어야 한다.",
            "",
        ]
    return "\n".join(lines)
