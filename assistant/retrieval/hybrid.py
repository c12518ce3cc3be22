"""From a question to passages: words, meaning and named articles fused into one ranking.

The road of one retrieval: scope (which documents may be seen) -> named articles -> search by
words and by meaning -> fusion of scores -> sections -> features -> order -> one hop along
references. No language model is called.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from assistant.domain import (
    Chunk,
    Embedder,
    Grade,
    Hit,
    Passage,
    Reranker,
    Retrieval,
    Scope,
    Vectors,
)
from assistant.errors import IndexUnavailableError, ModelUnavailableError
from assistant.grades import may_send, question_grade
from assistant.law.question import asks_for_overview, shape
from assistant.lexical import LexicalIndex, WordQuery, morphemes_of, nouns, word_query
from assistant.privacy import find_identifiers
from assistant.ranking import (
    FUSION_DEPTH,
    Asked,
    QuestionWords,
    ScoredChunk,
    fuse,
    is_aside,
    score,
    sufficiency,
)
from assistant.retrieval.earlier import earlier_sections, version_on
from assistant.retrieval.found import Found, found_in, to_passage
from assistant.retrieval.naming import NamedArticles, SectionPlace
from assistant.retrieval.openings import opening_passages
from assistant.retrieval.parts import led_by, parts
from assistant.retrieval.phrasing import CONTEXT_WEIGHT, context_weight, wordings
from assistant.retrieval.scoping import Scoped, Scopes
from assistant.store import IndexName, Store
from assistant.text import normalise
from assistant.vectors import VectorIndex

SECTIONS_RANKED = 40
THREADS = 4
ASIDE_MARGIN = 4.0  # of scores that lie between 5 and 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchers:
    """The indexes and the embedder as they stand now; a missing one is being rebuilt or absent.

    `embeds_inside` is false when a question would leave the institution to be embedded.
    """

    words: LexicalIndex | None
    meaning: VectorIndex | None
    embedder: Embedder | None
    embeds_inside: bool = True

    def may_embed(self, texts: Sequence[str], *, open_only: bool) -> bool:
        """Return whether these texts may go to the embedder: outside only open, impersonal ones."""
        if self.embeds_inside:
            return True
        grade = question_grade(Grade.OPEN if open_only else None)
        return may_send(grade, internal=False) and not any(map(find_identifiers, texts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Sections in rank order; `nearest` is the highest cosine, absent in search by words."""

    found: list[Found] = field(default_factory=list)
    asked: Asked | None = None
    words_only: bool = False
    nearest: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fused:
    chunks: list[ScoredChunk]
    words_only: bool
    nearest: float | None


class HybridRetriever:
    """Gongmun's retrieval.

    Args:
        store: the truth; every read names the institutions that may see it.
        searchers: returns the indexes as they stand at the moment of a question.
        today: the date on which standing is judged when the scope names none.
        suspect: told which index could not be searched, so that its keeper looks after it.
        reranker: an optional second opinion on the order; off unless it wins on the own eval set.
    """

    def __init__(
        self,
        *,
        store: Store,
        searchers: Callable[[], Searchers],
        today: Callable[[], date],
        suspect: Callable[[IndexName], None] | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._store = store
        self._searchers = searchers
        self._today = today
        self._suspect = suspect or (lambda _: None)
        self._reranker = reranker
        self._named = NamedArticles(store)
        self._scopes = Scopes()
        self._rarity: dict[tuple[str, int], float] = {}
        # Several pools: what waits for another's work must not take its place.
        self._embedding = ThreadPoolExecutor(THREADS, thread_name_prefix="embed-question")
        self._searching = ThreadPoolExecutor(THREADS, thread_name_prefix="search-by-meaning")
        self._parts = ThreadPoolExecutor(THREADS, thread_name_prefix="parts-of-question")

    def retrieve(
        self, question: str, *, scope: Scope, limit: int, context: str | None = None
    ) -> Retrieval:
        """Return up to `limit` passages in rank order, and up to two more along references.

        `context` is the earlier question of a follow-up; it is fused with the question, more when
        the question reads like a follow-up. An unavailable index is done without.

        Raises:
            IndexUnavailableError: neither index can be searched.
        """
        started = time.perf_counter()
        scoped = self._scope(scope)
        if scope.document_ids and asks_for_overview(question):
            day = scope.in_force_on or self._today()
            return opening_passages(self._store, scoped, limit=limit, reference_date=day)
        searchers = self._searchers()
        asked_too = () if context else parts(question)
        leads = [
            self._parts.submit(self._best, part, scoped, searchers, question) for part in asked_too
        ]
        ranking = self.rank(question, scoped=scoped, searchers=searchers, context=context)
        # Within a conversation the earlier question may have named the case: it is looked at
        # only where this one leans on it.
        stands_alone = bool(context) and context_weight(normalise(question)) < CONTEXT_WEIGHT
        found = self._reranked(question, ranking.found if stands_alone else _cases_behind(ranking))
        found = led_by([item for lead in leads for item in lead.result()], found)
        found = self._named.pinned(question, found, scoped)
        top = found[:limit]
        hops = self._named.hops(top, found, scoped) if top else []
        earlier_versions = {record.version_id for record in scoped.earlier.values()}
        passages = tuple(
            to_passage(
                f"S{number}", item, scope.in_force_on or self._today(), earlier=earlier_versions
            )
            for number, item in enumerate([*top, *hops], start=1)
        )
        return Retrieval(
            passages=passages,
            words_only=ranking.words_only,
            sufficiency=_sufficiency(ranking, passages),
            terms=ranking.asked.all_weights if ranking.asked else {},
            elapsed_ms=(time.perf_counter() - started) * 1000,
            searched=tuple(dict.fromkeys(d.collection_id for d in scoped.all_documents())),
        )

    def _best(self, part: str, scoped: Scoped, searchers: Searchers, question: str) -> list[Found]:
        """Return the best section, if any, for one of the things that a question asks."""
        ranking = self.rank(part, scoped=scoped, searchers=searchers, context=question)
        return _cases_behind(ranking)[:1]

    def _scope(self, scope: Scope) -> Scoped:
        scoped = self._scopes.resolve(scope, self._store.documents.catalog())
        if scope.in_force_on is None or not scoped.later:
            return scoped
        found = {
            key: version_on(self._store, record, scope.in_force_on, scoped.institution_ids)
            for key, record in scoped.later.items()
            if record.version_number > 1
        }
        return replace(scoped, earlier={key: old for key, old in found.items() if old})

    # -- candidates ----------------------------------------------------------------------------

    def candidates(self, question: str, *, scope: Scope, context: str | None = None) -> Ranking:
        """Return the ranking alone, with the features' inputs, for fitting and inspection."""
        searchers = self._searchers()
        return self.rank(question, scoped=self._scope(scope), searchers=searchers, context=context)

    def rank(
        self,
        question: str,
        *,
        scoped: Scoped,
        searchers: Searchers,
        context: str | None = None,
    ) -> Ranking:
        """Rank the sections in scope for a question."""
        if scoped.is_empty:
            return Ranking(words_only=searchers.meaning is None)
        text = normalise(question)
        weight = context_weight(text) if context else 0.0
        whole = f"{normalise(context)} {text}" if context and weight >= CONTEXT_WEIGHT else text
        asked_shape = shape(whole)
        texts, extra = wordings(text, context, weight, asked_shape, inside=searchers.embeds_inside)
        # Both searches work outside Python's lock: by meaning starts first and is awaited last.
        vectors = self._start_embedding(texts, scoped, searchers)
        meaning = self._searching.submit(self._by_meaning, vectors, scoped, searchers)
        names = scoped.names
        words = self._by_words(word_query(text, extra=extra), scoped, searchers)
        own, legal = morphemes_of([whole, " ".join(asked_shape.legal_terms)])
        asked = Asked.of(
            whole,
            asked_shape,
            names.mentions(whole),
            words=QuestionWords(own=own, legal=legal, nouns=nouns(whole)),
            rarity=lambda words: self._rarities(words, searchers.words),
        )
        fused = _fused(words, meaning.result())
        grouped = self._grouped(fused.chunks, scoped)
        if scoped.earlier:
            grouped += earlier_sections(self._store, asked, scoped)
        referenced = self._named.referenced(grouped[:10], names, scoped)
        ranked: list[Found] = []
        for item in grouped:
            place = (item.document.document_id, item.section.label)
            candidate = item.candidate
            if place in referenced:
                candidate = replace(candidate, referenced_by=referenced[place])
            ranked.append(replace(item, candidate=candidate, score=score(asked, candidate)))
        return Ranking(
            found=sorted(ranked, key=lambda item: -item.score),
            asked=asked,
            words_only=fused.words_only,
            nearest=fused.nearest,
        )

    def _start_embedding(
        self, texts: Sequence[str], scoped: Scoped, searchers: Searchers
    ) -> list[Future[Vectors]]:
        """Embed the wordings of a question side by side; empty when that may or can not be."""
        if searchers.meaning is None or searchers.embedder is None:
            return []
        if not searchers.may_embed(texts, open_only=scoped.open_only):
            return []
        return [self._embedding.submit(searchers.embedder.embed_query, text) for text in texts]

    def _by_words(self, query: WordQuery, scoped: Scoped, searchers: Searchers) -> list[Hit] | None:
        if searchers.words is None:
            return None
        try:
            return searchers.words.search(
                query,
                institution_ids=scoped.institution_ids,
                document_ids=scoped.document_ids,
                limit=FUSION_DEPTH,
            )
        except IndexUnavailableError:
            self._suspect("lexical")
            return None

    def _by_meaning(
        self, vectors: Sequence[Future[Vectors]], scoped: Scoped, searchers: Searchers
    ) -> list[Hit] | None:
        if searchers.meaning is None or not vectors:
            return None
        try:
            vector = np.mean([future.result() for future in vectors], axis=0)
            vector = (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(np.float32)
            hits = searchers.meaning.search(
                vector,
                institution_ids=scoped.institution_ids,
                document_ids=scoped.document_ids,
                limit=FUSION_DEPTH,
            )
        except ModelUnavailableError:
            return None
        except IndexUnavailableError:
            self._suspect("dense")
            return None
        return hits or None

    def _rarities(self, words: Sequence[str], index: LexicalIndex | None) -> dict[str, float]:
        """Return the inverse document frequency of each word (Robertson & Zaragoza 2009, eq. 3).

        Scaled so that a word nobody has weighs 1, whatever the size of the index.
        """
        if index is None:
            return dict.fromkeys(words, 1.0)
        total = index.count()
        if len(self._rarity) > 50_000:
            self._rarity.clear()
        missing = [word for word in words if (word, total) not in self._rarity]
        try:
            counts = index.frequency(missing)
        except IndexUnavailableError:
            return dict.fromkeys(words, 1.0)
        rarest = math.log(1 + (total + 0.5) / 0.5)
        for word, count in counts.items():
            rarity = math.log(1 + (total - count + 0.5) / (count + 0.5))
            self._rarity[word, total] = rarity / rarest
        return {word: self._rarity[word, total] for word in words}

    def _grouped(self, fused: Sequence[ScoredChunk], scoped: Scoped) -> list[Found]:
        """Group chunks by section, best section first; read their texts from the store."""
        taken = fused[: SECTIONS_RANKED * 4]
        chunks = self._store.chunks.by_ids(
            [c.chunk_id for c in taken], institution_ids=scoped.institution_ids
        )
        by_place: dict[SectionPlace, list[tuple[ScoredChunk, Chunk]]] = {}
        for scored in taken:
            chunk = chunks.get(scored.chunk_id)
            # The store decides: a hit that it does not show to this scope does not exist.
            if chunk is None or chunk.document_id not in scoped.documents:
                continue
            by_place.setdefault((chunk.document_id, chunk.section_ordinal), []).append(
                (scored, chunk)
            )
        places = list(by_place)[:SECTIONS_RANKED]
        keys = {place: (scoped.documents[place[0]].version_id, place[1]) for place in places}
        sections = self._store.sections.many(
            list(keys.values()), institution_ids=scoped.institution_ids
        )
        found: list[Found] = []
        for place in places:
            section = sections.get(keys[place])
            if section is not None:
                found.append(found_in(scoped.documents[place[0]], section, by_place[place]))
        return found

    def _reranked(self, question: str, found: list[Found]) -> list[Found]:
        if self._reranker is None or not found:
            return found
        head, tail = found[:20], found[20:]
        passages = [to_passage(f"S{n}", f, self._today()) for n, f in enumerate(head, start=1)]
        scores = self._reranker.rerank(question, passages)
        order = sorted(range(len(head)), key=lambda index: -scores[index])
        return [*(head[index] for index in order), *tail]


def _fused(words: list[Hit] | None, meaning: list[Hit] | None) -> _Fused:
    if words is None and meaning is None:
        raise IndexUnavailableError(index="all")
    return _Fused(
        chunks=fuse(words or [], meaning or []),
        words_only=meaning is None,
        nearest=meaning[0].score if meaning else None,
    )


def _cases_behind(ranking: Ranking) -> list[Found]:
    """Order rules before single pilots and products that come out only a little better.

    Whether the question can be answered is judged before, on the order of the scores alone.
    """
    asked = ranking.asked
    if asked is None:
        return ranking.found

    def rank(item: Found) -> float:
        return ASIDE_MARGIN * is_aside(asked, item.candidate) - item.score

    return sorted(ranking.found, key=rank)


def _sufficiency(ranking: Ranking, passages: Sequence[Passage]) -> float:
    """An article that the question names is there or not; else the features decide."""
    if any(passage.via == "reference" for passage in passages):
        return 1.0
    if ranking.asked is None or not ranking.found:
        return 0.0
    best = [item.candidate for item in ranking.found[:5]]
    return sufficiency(
        ranking.asked, best, top_score=ranking.found[0].score, nearest=ranking.nearest
    )
