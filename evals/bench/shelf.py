"""A store and its indexes in one folder, grown by made-up rules to a wanted number of chunks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.chunking import chunk
from assistant.domain import DEFAULT_INSTITUTION, PUBLIC_INSTITUTION, Embedder, Vectors
from assistant.embedding import make_embedder
from assistant.indexing import IndexKeeper
from assistant.reading import Limits, read_in_process
from assistant.settings import Settings
from assistant.store import NewUpload, NewVersion, Store
from evals.bench.corpus import OFFICES, SEED, RuleFile, rule_file, sentences_of
from evals.bench.gauges import Stopwatch, memory_mb

CENTRES = 2_000
_SPREAD = 0.35  # length of the noise beside a unit vector: a cosine of about 0.94 to its centre
_ALL = (PUBLIC_INSTITUTION, DEFAULT_INSTITUTION, *OFFICES)
_CHANGED = 7  # a rule of the default institution


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where a run keeps its data, and of what sentences its rules are made."""

    folder: Path
    sources: Path
    dense: bool = True

    @property
    def settings(self) -> Settings:
        """Settings that keep everything in the folder."""
        return Settings(
            data_dir=self.folder,
            embedding_backend="builtin" if self.dense else "none",
            _env_file=None,  # type: ignore[call-arg] # of BaseSettings, hidden by its fields
        )


@contextmanager
def opened(site: Site) -> Iterator[tuple[Store, IndexKeeper]]:
    """Open the store; the indexes are opened by the first drain."""
    settings = site.settings
    store = Store.open(settings.resolved_database_url)
    keeper = IndexKeeper(
        store, site.folder / "indexes", make_embedder=lambda: make_embedder(settings)
    )
    try:
        yield store, keeper
    finally:
        keeper.stop()
        store.close()


def grow(site: Site, chunks: int) -> dict[str, object]:
    """Add rules until there are `chunks` chunks, replace one rule, and return the times."""
    sentences = sentences_of(site.sources)
    with opened(site) as (store, keeper):
        for office in OFFICES:
            store.collections.ensure_institution(office, office)
        before = store.chunks.count()
        watch = Stopwatch()
        added = _fill(store, sentences, chunks)
        store_s = watch.lap()
        keeper.drain_lexical()
        words_s = watch.lap()
        new = store.chunks.count() - before
        figures: dict[str, object] = {
            "chunks": before + new,
            "documents": len(store.documents.catalog()),
            "chunks_added": new,
            "read_and_store_s": round(store_s, 1),
            "words_index_s": round(words_s, 1),
            "words_chunks_per_s": round(new / (store_s + words_s), 1) if new else None,
        }
        figures |= _add_meaning(site, store, keeper, added, new)
        figures["replace"] = _replace(store, keeper, sentences)
        figures["peak_rss_mb"] = memory_mb(peak=True)
    return figures


def put(store: Store, file: RuleFile) -> tuple[str, str, int]:
    """Read, cut and store one rule; return ids of document and version, and its chunks."""
    received = store.uploads.receive(
        NewUpload(
            institution_id=file.institution_id,
            collection_id=file.collection_id,
            file_name=file.name,
            sha256=hashlib.sha256(file.data).hexdigest(),
            size_bytes=len(file.data),
            grade=file.grade,
            blob_id="",
        )
    )
    upload_id = received.upload_id or ""
    store.uploads.claim(upload_id)
    document = read_in_process(file.data, file_name=file.name, limits=Limits())
    chunked = chunk(document)
    added = store.documents.add_version(
        upload_id, NewVersion(chunked=chunked, media_type=document.media_type)
    )
    return added.document_id, added.version_id, len(chunked.chunks)


def _fill(store: Store, sentences: Sequence[str], chunks: int) -> list[tuple[int, str]]:
    """Add rules until there are enough; return their numbers and versions."""
    number, count = len(store.documents.catalog()), store.chunks.count()
    added: list[tuple[int, str]] = []
    while count < chunks:
        _, version_id, size = put(store, rule_file(sentences, number))
        added.append((number, version_id))
        count += size
        number += 1
    return added


def _add_meaning(
    site: Site, store: Store, keeper: IndexKeeper, added: Sequence[tuple[int, str]], new: int
) -> dict[str, object]:
    """Give the new chunks made-up vectors and have them indexed."""
    embedder, _ = make_embedder(site.settings)
    if embedder is None:
        keeper.drain_dense()
        return {"vectors": "none"}
    centres = _centres(site, store, embedder)
    watch = Stopwatch()
    for number, version_id in added:
        _put_vectors(store, version_id, np.random.default_rng([SEED, number]), centres, embedder)
    put_s = watch.lap()
    keeper.drain_dense()
    index_s = watch.lap()
    return {
        "vectors": f"made up around {len(centres)} real ones; embedding is not in these times",
        "store_vectors_s": round(put_s, 1),
        "meaning_index_s": round(index_s, 1),
        "meaning_chunks_per_s": round(new / index_s, 1) if new else None,
    }


def _centres(site: Site, store: Store, embedder: Embedder) -> Vectors:
    """Return the vectors of some chunks, embedded once for all sizes."""
    path = site.folder / "centres.npy"
    if not path.exists():
        texts: list[str] = []
        wanted = min(CENTRES, max(store.chunks.count() // 10, 10))
        for record in store.documents.catalog().values():
            if len(texts) < wanted:
                chunks = store.chunks.of_version(record.version_id, institution_ids=_ALL)
                texts += [f"{one.context}\n{one.search_text}" for one in chunks]
        np.save(path, embedder.embed_passages(texts[:wanted]))
    centres: Vectors = np.load(path)
    return centres


def near(centres: Vectors, random: np.random.Generator, count: int) -> Vectors:
    """Return unit vectors, each in the neighbourhood of one of the centres."""
    noise = random.standard_normal((count, centres.shape[1]), np.float32)
    noise *= _SPREAD / np.linalg.norm(noise, axis=1, keepdims=True)
    vectors = centres[random.integers(0, len(centres), count)] + noise
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def _put_vectors(
    store: Store,
    version_id: str,
    random: np.random.Generator,
    centres: Vectors,
    embedder: Embedder,
) -> None:
    chunks = store.chunks.of_version(version_id, institution_ids=_ALL)
    vectors = near(centres, random, len(chunks))
    store.vectors.put_many(
        {one.content_hash: vector for one, vector in zip(chunks, vectors, strict=True)},
        institution_id=chunks[0].institution_id,
        model_id=embedder.model_id,
    )


def _replace(store: Store, keeper: IndexKeeper, sentences: Sequence[str]) -> dict[str, object]:
    """Replace one rule by a version with one changed article; its new chunks are embedded."""
    records = store.documents.catalog().values()
    number = min(_CHANGED, len(records) - 1)
    name = rule_file(sentences, number).name
    revision = next(r.version_number for r in records if r.file_name == name)
    watch = Stopwatch()
    _, _, chunks = put(store, rule_file(sentences, number, revision=revision))
    words = keeper.drain_lexical()
    words_s = watch.lap()
    keeper.drain_dense()
    return {
        "chunks": chunks,
        "changes": words,
        "words_s": round(words_s, 2),
        "all_s": round(words_s + watch.lap(), 2),
    }
