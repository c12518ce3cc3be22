"""What came of a question: sentences with what carries them, and the talk they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from assistant.domain.documents import SourceKind
from assistant.domain.retrieval import Passage


class Outcome(StrEnum):
    """What came of a question; each value has fixed wording on the page."""

    ANSWERED = "answered"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_CLARIFICATION = "needs_clarification"
    BLOCKED_PRIVACY = "blocked_privacy"


class SentenceStatus(StrEnum):
    """What carries a sentence."""

    SUPPORTED = "supported"
    COMPUTED = "computed"
    GIVEN = "given"
    UNCHECKED = "unchecked"  # carried, but its figures by text read off a picture alone
    UNSUPPORTED = "unsupported"
    DIFFERS = "differs"


class TokenKind(StrEnum):
    """Kinds of token that the evidence must carry."""

    NUMBER = "number"
    DATE = "date"
    AMOUNT = "amount"
    ARTICLE = "article"
    LAW = "law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a sentence is not supported, or a warning on one that is.

    `code` is one of: token_missing (with `token`, `token_kind`), quote_missing, no_citation,
    unknown_key, superseded, not_yet_in_force, repealed, weak_overlap, truncated,
    polarity (with `token`: the figure, verb or kind of contract that the sentence turns round),
    ocr_figure (with `token`: a figure that only text read off a picture carries).
    """

    code: str
    token: str = ""
    token_kind: TokenKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A claim tied to the passage that backs it; only built by `grounding.verify`.

    `section.text[start:end] == quote` for the section that `document_id`, `version_id` and
    `section_ordinal` name.
    """

    number: int
    key: str
    chunk_id: str
    document_id: str
    version_id: str
    section_ordinal: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSentence:
    """One sentence of an answer with what carries it."""

    text: str
    status: SentenceStatus
    citations: tuple[Citation, ...] = ()
    problems: tuple[Problem, ...] = ()
    paragraph_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSide:
    """One of two figures that sources give for the same thing."""

    figure: str
    quote: str
    key: str
    kind: SourceKind
    effective_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sources that disagree on a figure, higher rank first."""

    subject: str
    sides: tuple[ConflictSide, ...]


Ledger: TypeAlias = tuple[LedgerSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a question: outcome, checked sentences and the passages they rest on.

    `notices` are codes with fixed wording: corpus_loading (asked before the corpus was read to the
    end), words_only, no_model, model_failed:<reason>,
    incomplete, stopped, removed_sentences, suspicious_instruction, reply_differs (the model
    misreported its sources and was not used), quote_mismatch, truncated.
    """

    outcome: Outcome
    ledger: Ledger
    passages: tuple[Passage, ...]
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[str, ...] = ()
    complete: bool = True
    model: str | None = None
    prompt: str | None = None
    elapsed_ms: float = 0.0
    choices: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The answer as plain text, a blank line between paragraphs."""
        parts: list[str] = []
        for sentence in self.ledger:
            if parts:
                parts.append("\n\n" if sentence.paragraph_start else " ")
            parts.append(sentence.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A stored question with its answer; siblings share `parent_turn_id`."""

    turn_id: str
    conversation_id: str
    parent_turn_id: str | None
    question: str
    answer: Answer | None
    state: Literal["running", "final", "stopped", "failed"]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A thread of turns."""

    conversation_id: str
    title: str
    created_at: datetime
    updated_at: datetime
