"""Opening and finding at a size, in a process that does nothing else."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.domain import Scope
from assistant.indexing import IndexKeeper
from assistant.retrieval import HybridRetriever, Searchers
from assistant.store import Store
from evals.bench.filters import FILTERS, is_allowed
from evals.bench.gauges import Stopwatch, memory_mb, milliseconds, spread
from evals.bench.shelf import Site, opened

LIMIT = 8


def find(site: Site, questions: Sequence[str]) -> dict[str, object]:
    """Open the folder, ask every question under every filter, and return the times.

    The filters take turns, as the questions of several officials do.
    """
    watch = Stopwatch()
    with opened(site) as (store, keeper):
        store_s = watch.lap()
        keeper.drain_lexical()
        words_s = watch.lap()
        keeper.drain_dense()
        meaning_s = watch.lap()
        retriever = retriever_over(store, keeper)
        retriever.retrieve(questions[0], scope=Scope(), limit=LIMIT)
        first_s = watch.lap()
        figures: dict[str, object] = {
            "open": {
                "store_s": round(store_s, 2),
                "words_s": round(words_s, 2),
                "meaning_s": round(meaning_s, 2),
                "first_question_s": round(first_s, 2),
                "total_s": round(store_s + words_s + meaning_s + first_s, 2),
            },
        }
        cpu_before = time.process_time()
        figures["filters"] = _under_filters(store, retriever, questions)
        cpu_s = time.process_time() - cpu_before
        figures["cpu_ms_per_question"] = round(1000 * cpu_s / len(questions) / len(FILTERS), 1)
        figures["rss_mb"] = memory_mb()
        figures["peak_rss_mb"] = memory_mb(peak=True)
    return figures


def retriever_over(store: Store, keeper: IndexKeeper) -> HybridRetriever:
    """Return the retriever over a store and its indexes."""
    return HybridRetriever(
        store=store,
        searchers=lambda: Searchers(
            words=keeper.lexical, meaning=keeper.vectors, embedder=keeper.embedder
        ),
        today=lambda: datetime.now(UTC).date(),
    )


def _under_filters(
    store: Store, retriever: HybridRetriever, questions: Sequence[str]
) -> dict[str, object]:
    times: dict[str, list[float]] = {name: [] for name in FILTERS}
    for question in questions:
        for name, scope in FILTERS.items():
            ask = retriever.retrieve
            times[name].append(milliseconds(lambda: ask(question, scope=scope, limit=LIMIT)))  # noqa: B023 (called at once)
    records = store.documents.catalog().values()
    return {
        name: {
            "chunks_allowed": sum(r.chunk_count for r in records if is_allowed(r, FILTERS[name])),
            **spread(values),
        }
        for name, values in times.items()
    }
