"""What is searched and what is found: scopes, hits, passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.domain.documents import (
    DEFAULT_INSTITUTION,
    Grade,
    SectionKind,
    SourceKind,
    Standing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A chunk found by one index; a higher score is better, scales differ between indexes."""

    chunk_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which texts a request may see; applied before ranking.

    `institution_id` sees its own documents and the public corpus. Empty tuples mean all;
    `in_force_on` leaves out what is not in force on that date; `grades` lists what may be seen.
    """

    institution_id: str = DEFAULT_INSTITUTION
    collection_ids: tuple[str, ...] = ()
    kinds: tuple[SourceKind, ...] = ()
    document_ids: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = (Grade.OPEN, Grade.SENSITIVE)
    in_force_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open range of code points in a section's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A section retrieved for one question, with the chunks in it that matched.

    `key` is what the model sees (`S1`); `text` is the whole section; `hits` are the matching
    spans, best first; `score` is the fused score in [0, ...); `via` tells how it was found:
    `search`, `reference` (named in the question), `hop` (named by another passage) or `opening`
    (the first sections of a chosen document, when the question names nothing to look for).
    `is_ocr`: the text was read off a picture, its figures are not to be relied on.
    """

    key: str
    chunk_id: str
    document_id: str
    version_id: str
    section_ordinal: int
    institution_id: str
    collection_id: str
    document_title: str
    label: str
    heading: str
    path: tuple[str, ...]
    text: str
    kind: SourceKind
    section_kind: SectionKind
    grade: Grade
    effective_from: date | None
    standing: Standing
    hits: tuple[Span, ...]
    score: float
    via: Literal["search", "reference", "hop", "opening"] = "search"
    is_ocr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """What one retrieval gave: passages in rank order, and how good the evidence looks.

    `sufficiency` is the estimated probability, 0 to 1, that the passages hold an answer; `terms`
    are the words of the question and their legal counterparts with their weights, which choose
    the sentences of an answer made without a model.
    """

    passages: tuple[Passage, ...]
    words_only: bool
    sufficiency: float
    terms: Mapping[str, float] = field(default_factory=dict)
    elapsed_ms: float
    searched: tuple[str, ...] = ()
