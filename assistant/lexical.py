"""Search by words: Kiwi morphemes and character bigrams in tantivy (home of both libraries).

A derived index: everything in it can be rebuilt from the store at any time. BM25 weights are
tantivy's (k1 1.2, b 0.75; Robertson & Zaragoza 2009); the weights of the four fields were fitted
with `python -m evals fusion`.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from assistant.domain import Hit
from assistant.errors import IndexUnavailableError
from assistant.text import normalise

if TYPE_CHECKING:
    import kiwipiepy  # type: ignore[import-untyped] # ships no types
    import tantivy

TOKENIZER_ID = "kiwi-0.24-plain+bigram-1"
FIELDS = ("head", "head_bigrams", "body", "body_bigrams")
FIELD_WEIGHTS = {"head": 0.45, "head_bigrams": 0.45, "body": 1.0, "body_bigrams": 1.0}
_SCHEMA_VERSION = "1"
_CONTENT_TAGS = ("N", "VV", "VA", "XR", "SL", "SN", "SH", "MAG", "XPN", "W_")
_NOUN_TAGS = ("NNG", "NNP", "SL", "XR")
_UNKNOWN_TAG = "?"
_EMPTY_NOUNS = frozenset({"것", "수", "등", "때", "바", "중", "데", "거", "뿐", "줄", "점", "때문"})
_WORD = re.compile(r"[0-9A-Za-z가-힣一-鿿]+")
_WRITER_HEAP_BYTES = 64_000_000
_QUESTION_CHARS = 600

Field: TypeAlias = str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenText:
    """Tokens of one chunk, joined by spaces: of its context line (head) and its text (body)."""

    head: str
    head_bigrams: str
    body: str
    body_bigrams: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalEntry:
    """A chunk as the index takes it."""

    chunk_id: str
    document_id: str
    institution_id: str
    tokens: TokenText


def bigrams(text: str) -> list[str]:
    """Return the character bigrams within words; a word of one character stands for itself.

    >>> bigrams("시범구매 비")
    ['시범', '범구', '구매', '비']
    """
    found: list[str] = []
    for word in _WORD.findall(normalise(text).lower()):
        found.extend([word] if len(word) < 2 else (word[i : i + 2] for i in range(len(word) - 1)))
    return found


@cache
def _kiwi() -> kiwipiepy.Kiwi:
    from kiwipiepy import Kiwi

    # The dictionary of multi-word names triples load time and memory and gains no hit.
    return Kiwi(num_workers=1, load_multi_dict=False)


_kiwi_lock = threading.Lock()


def morphemes(text: str) -> list[str]:
    """Return the content morphemes (nouns, verb and adjective stems, numbers, foreign words)."""
    return morphemes_of([text])[0]


def morphemes_of(texts: Iterable[str]) -> list[list[str]]:
    """Return `morphemes` for many texts; one analyser is shared by all threads."""
    return [
        [
            form.lower()
            for form, tag in _analysed(normalise(text))
            if tag.startswith(_CONTENT_TAGS) and form not in _EMPTY_NOUNS
        ]
        for text in texts
    ]


def _analysed(text: str) -> tuple[tuple[str, str], ...]:
    """Return form and tag of each morpheme; a question is looked at from several sides."""
    return _analysed_again(text) if len(text) <= _QUESTION_CHARS else _analyse(text)


def _analyse(text: str) -> tuple[tuple[str, str], ...]:
    with _kiwi_lock:
        return tuple((token.form, token.tag) for token in _kiwi().tokenize(text))


_analysed_again = lru_cache(maxsize=64)(_analyse)


def nouns(text: str) -> list[str]:
    """Return the nouns and foreign words of two characters or more, each once, in order."""
    analysed = _analysed(normalise(text))
    found = (form.lower() for form, tag in analysed if tag.startswith(_NOUN_TAGS))
    return list(dict.fromkeys(word for word in found if len(word) > 1))


def tagged(text: str) -> list[tuple[int, int, str]]:
    """Return start, end and tag of each morpheme of `text`; the tag is `?` for an unknown word.

    The text is taken as it is, so that the offsets are those of the caller.
    """
    with _kiwi_lock:
        tokens = _kiwi().tokenize(text)
    return [
        (token.start, token.end, token.tag if token.base_form else _UNKNOWN_TAG) for token in tokens
    ]


def warm_up() -> None:
    """Load the analyser (about a second), so that the first question does not wait for it."""
    morphemes("민원 처리")


def tokenise(pairs: Sequence[tuple[str, str]], *, workers: int = 1) -> list[TokenText]:
    """Return the tokens of (context, search_text) pairs, in order.

    Args:
        pairs: context line and text of each chunk.
        workers: processes to use; more than one pays from a few hundred chunks on.
    """
    if workers <= 1 or len(pairs) < 400:
        return _tokenise_here(pairs)
    size = 200
    slices = [pairs[i : i + size] for i in range(0, len(pairs), size)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return [tokens for part in pool.map(_tokenise_here, slices) for tokens in part]


def _tokenise_here(pairs: Sequence[tuple[str, str]]) -> list[TokenText]:
    # The context lines of one article are equal: analyse each once.
    contexts = list(dict.fromkeys(context for context, _ in pairs))
    heads = dict(zip(contexts, morphemes_of(contexts), strict=True))
    bodies = morphemes_of([text for _, text in pairs])
    return [
        TokenText(
            head=" ".join(heads[context]),
            head_bigrams=" ".join(bigrams(context)),
            body=" ".join(body),
            body_bigrams=" ".join(bigrams(text)),
        )
        for (context, text), body in zip(pairs, bodies, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordQuery:
    """The words of a question, each with its weight, for morphemes and for bigrams."""

    morphemes: dict[str, float]
    bigrams: dict[str, float]


def word_query(question: str, *, extra: Sequence[tuple[str, float]] = ()) -> WordQuery:
    """Return the weighted words of a question; `extra` adds (text, weight) such as synonyms."""
    words: dict[str, float] = {}
    pairs: dict[str, float] = {}
    texts = [(question, 1.0), *extra]
    for (text, weight), found in zip(texts, morphemes_of([t for t, _ in texts]), strict=True):
        for word in found:
            words[word] = max(words.get(word, 0.0), weight)
        for pair in bigrams(text):
            pairs[pair] = max(pairs.get(pair, 0.0), weight)
    return WordQuery(morphemes=words, bigrams=pairs)


class LexicalIndex:
    """The tantivy index of one data folder; one process writes, any thread reads.

    Args:
        folder: opened when it holds an index of this schema, created otherwise.

    Raises:
        IndexUnavailableError: the files are damaged.
    """

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._folder = folder
        self._lock = threading.Lock()
        self._schema = _schema()
        stamp = folder / "gongmun-schema"
        expected = f"{TOKENIZER_ID}/{_SCHEMA_VERSION}"
        if folder.exists() and (not stamp.exists() or stamp.read_text("utf-8") != expected):
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
            # Opening is lazy about segments: a first search shows whether they can be read.
            self._index.reload()
            self._index.searcher().search(tantivy.Query.all_query(), limit=1)
        except (ValueError, OSError, RuntimeError) as error:
            raise IndexUnavailableError(index="lexical") from error
        except BaseException as error:  # a Rust panic is no Exception
            if type(error).__name__ == "PanicException":
                raise IndexUnavailableError(index="lexical") from error
            raise
        stamp.write_text(expected, "utf-8")

    def apply(self, *, deletes: Sequence[str], adds: Sequence[LexicalEntry]) -> None:
        """Delete and add chunks in one durable commit; an added chunk replaces its earlier self."""
        import tantivy

        with self._lock:
            try:
                writer = self._index.writer(heap_size=_WRITER_HEAP_BYTES, num_threads=1)
                for chunk_id in [*deletes, *(entry.chunk_id for entry in adds)]:
                    writer.delete_documents_by_term("chunk_id", chunk_id)
                for entry in adds:
                    document = tantivy.Document()
                    document.add_text("chunk_id", entry.chunk_id)
                    document.add_text("document_id", entry.document_id)
                    document.add_text("institution_id", entry.institution_id)
                    for name in FIELDS:
                        document.add_text(name, getattr(entry.tokens, name))
                    writer.add_document(document)
                writer.commit()
                writer.wait_merging_threads()
                self._index.reload()
            except (ValueError, OSError, RuntimeError) as error:
                raise IndexUnavailableError(index="lexical") from error

    def search(
        self,
        question: str | WordQuery,
        *,
        institution_ids: Sequence[str],
        document_ids: Collection[str] | None,
        limit: int,
    ) -> list[Hit]:
        """Return the best chunks by weighted BM25, filters applied before ranking."""
        query = question if isinstance(question, WordQuery) else word_query(question)
        return self._run(self._ranked(query), institution_ids, document_ids, limit)

    def search_fields(
        self,
        query: WordQuery,
        *,
        institution_ids: Sequence[str],
        document_ids: Collection[str] | None,
        limit: int,
    ) -> dict[Field, list[Hit]]:
        """Return one ranking for each field, for fitting their weights."""
        return {
            name: self._run(self._field(name, query), institution_ids, document_ids, limit)
            for name in FIELDS
        }

    def _run(
        self,
        ranked: tantivy.Query | None,
        institution_ids: Sequence[str],
        document_ids: Collection[str] | None,
        limit: int,
    ) -> list[Hit]:
        import tantivy

        if ranked is None or not institution_ids or (document_ids is not None and not document_ids):
            return []
        term_set, const = tantivy.Query.term_set_query, tantivy.Query.const_score_query
        must = tantivy.Occur.Must
        clauses = [
            (must, ranked),
            (must, const(term_set(self._schema, "institution_id", list(institution_ids)), 0.0)),
        ]
        if document_ids is not None:
            clauses.append(
                (must, const(term_set(self._schema, "document_id", list(document_ids)), 0.0))
            )
        try:
            searcher = self._index.searcher()
            found = searcher.search(tantivy.Query.boolean_query(clauses), limit=limit, count=False)
            return [
                Hit(chunk_id=str(searcher.doc(address).get_first("chunk_id")), score=float(score))
                for score, address in found.hits
            ]
        except (ValueError, OSError, RuntimeError) as error:
            raise IndexUnavailableError(index="lexical") from error

    def _field(self, name: Field, query: WordQuery) -> tantivy.Query | None:
        import tantivy

        words = query.bigrams if name.endswith("bigrams") else query.morphemes
        if not words:
            return None
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Should,
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(self._schema, name, word, "freq"), weight
                    ),
                )
                for word, weight in words.items()
            ]
        )

    def _ranked(self, query: WordQuery) -> tantivy.Query | None:
        import tantivy

        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(field, FIELD_WEIGHTS[name]))
            for name in FIELDS
            if (field := self._field(name, query)) is not None
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def frequency(self, words: Iterable[str]) -> dict[str, int]:
        """Return in how many chunks each morpheme occurs (all institutions together)."""
        import tantivy

        counts = {}
        try:
            searcher = self._index.searcher()
            for word in words:
                query = tantivy.Query.term_query(self._schema, "body", word, "basic")
                found = searcher.search(query, limit=1, count=True)
                counts[word] = int(found.count or 0)  # type: ignore[attr-defined] # not in its stubs
        except (ValueError, OSError, RuntimeError) as error:
            raise IndexUnavailableError(index="lexical") from error
        return counts

    def count(self) -> int:
        """Return the number of chunks in the index."""
        return int(self._index.searcher().num_docs)

    def chunk_ids(self) -> set[str]:
        """Return the ids of all chunks in the index."""
        import tantivy

        searcher = self._index.searcher()
        total = max(int(searcher.num_docs), 1)
        found = searcher.search(tantivy.Query.all_query(), limit=total, count=False)
        return {str(searcher.doc(address).get_first("chunk_id")) for _, address in found.hits}

    def close(self) -> None:
        """Release the files; the index object is not used after this."""
        with self._lock:
            del self._index


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("chunk_id", "document_id", "institution_id"):
        builder.add_text_field(name, stored=name == "chunk_id", tokenizer_name="raw", fast=False)
    for name in FIELDS:
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
    return builder.build()
