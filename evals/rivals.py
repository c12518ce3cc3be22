"""The two pipelines that Gongmun is measured against, over the same folder in the same run."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import accumulate

import numpy as np

from assistant.domain import DEFAULT_INSTITUTION, SectionKind
from evals.cases import Place
from evals.workbench import Workbench

Ranker = Callable[[str, str], list[Place]]  # question, the one before it
K1, B = 1.2, 0.75


def _articles(bench: Workbench) -> Iterator[tuple[str, list[tuple[Place, str]]]]:
    """Yield each file's name with its articles as (place, text)."""
    institutions = (DEFAULT_INSTITUTION,)
    for document_id, record in bench.store.documents.catalog().items():
        name = bench.files[document_id]
        sections = bench.store.sections.list(record.version_id, institution_ids=institutions)
        kept = [s for s in sections if s.kind is not SectionKind.ADDENDA and not s.deleted]
        yield name, [((name, s.label), s.text) for s in kept]


def plain_langchain(bench: Workbench) -> Ranker:
    """The tutorial pipeline: recursive splitter 1000/200, the same embedder, nearest chunks."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    embedder = bench.embedder
    if embedder is None:
        return lambda _, _earlier: []
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=1000, chunk_overlap=200, add_start_index=True
    )
    texts: list[str] = []
    places: list[Place] = []
    for _, articles in _articles(bench):
        whole = "\n\n".join(text for _, text in articles)
        ends = list(accumulate(len(text) + 2 for _, text in articles))
        for piece in splitter.create_documents([whole]):
            middle = int(piece.metadata["start_index"]) + len(piece.page_content) // 2
            places.append(articles[next(i for i, end in enumerate(ends) if middle < end)][0])
            texts.append(piece.page_content)
    vectors = embedder.embed_passages(texts)

    def rank(question: str, _earlier: str) -> list[Place]:
        order = np.argsort(-(vectors @ embedder.embed_query(question)))[:100]
        return [places[index] for index in order]

    return rank


def whitespace_bm25(bench: Workbench) -> Ranker:
    """BM25 (Robertson & Zaragoza 2009) over whole articles, words split at white space."""
    places: list[Place] = []
    counts: list[Counter[str]] = []
    for _, articles in _articles(bench):
        for place, text in articles:
            places.append(place)
            counts.append(Counter(text.split()))
    lengths = [count.total() for count in counts]
    mean = sum(lengths) / max(len(lengths), 1)
    postings: dict[str, list[tuple[int, int]]] = {}
    for index, count in enumerate(counts):
        for word, times in count.items():
            postings.setdefault(word, []).append((index, times))

    def rank(question: str, _earlier: str) -> list[Place]:
        scores: Counter[int] = Counter()
        for word in question.split():
            found = postings.get(word, [])
            rarity = math.log(1 + (len(places) - len(found) + 0.5) / (len(found) + 0.5))
            for index, times in found:
                norm = K1 * (1 - B + B * lengths[index] / mean)
                scores[index] += rarity * times * (K1 + 1) / (times + norm)  # type: ignore[assignment] # Counter of floats
        return [places[index] for index, _ in scores.most_common(100)]

    return rank
