"""What may be sent to the model's endpoint; every text that goes to it passes here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.domain import PUBLIC_INSTITUTION, Embedder, Grade, Passage, Vectors
from assistant.grades import may_send
from assistant.lexical import tagged
from assistant.privacy import Kind, Known, find_identifiers, mask

Split = tuple[tuple[Passage, ...], tuple[Passage, ...]]


def sendable(passages: Sequence[Passage], *, grade: Grade, is_internal: bool) -> Split:
    """Split passages into those the endpoint may see and those it may not.

    `grade` is that of the question or task itself: where that may not be sent, nothing may.
    """
    if not may_send(grade, internal=is_internal):
        return (), tuple(passages)
    sent = tuple(p for p in passages if may_send(p.grade, internal=is_internal))
    return sent, tuple(p for p in passages if p not in sent)


def impersonal(passages: Sequence[Passage], *, people: Sequence[str] = ()) -> Split:
    """Split passages into those that an endpoint outside may see and those with personal data.

    A grade is given by people, and an open paper may still hold a name or a number by mistake.
    Whoever is named where it shows (`people`, or one of the passages) is looked for in all of
    them: a list of those present tells that the bare word in another paper is a name. Whom the
    public corpus names has been published.
    """
    own = [p for p in passages if p.institution_id != PUBLIC_INSTITUTION]
    known = dict.fromkeys((*people, *people_in(text for p in own for text in _said(p))))
    kept = tuple(p for p in passages if not _holds_persons(p, tuple(known)))
    return kept, tuple(p for p in passages if p not in kept)


def people_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the names of persons that show as such in these texts."""
    found: dict[str, None] = {}
    for text in dict.fromkeys(texts):
        masks = mask(text, names=tagged).masks if text else ()
        found |= {text[m.start : m.end]: None for m in masks if m.kind is Kind.PERSON}
    return tuple(found)


def is_personal(text: str, people: Sequence[str] = ()) -> bool:
    """Whether an identifier, somebody's name or one of `people` stands in a text.

    >>> is_personal("완료보고서는 며칠 이내에 제출하나요?"), is_personal("남궁보기 과장의 보고서")
    (False, True)
    """
    if find_identifiers(text):
        return True
    known = [Known(value=name, kind=Kind.PERSON) for name in people]
    return bool(mask(text, known=known, names=tagged).masks)


class MaskingEmbedder:
    """An embedder outside the institution, which gets no personal data; satisfies `Embedder`.

    Vectors are only looked up by, never shown, so that masks in the text cost little.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.model_id = embedder.model_id
        self.dimension = embedder.dimension

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order; raise as the embedder does."""
        return self._embedder.embed_passages([_masked(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question; raise as the embedder does."""
        return self._embedder.embed_query(_masked(text))


def _masked(text: str) -> str:
    """Return a text with general words in the place of people and their numbers."""
    pieces: list[str] = []
    at = 0
    for one in mask(text, names=tagged).masks:
        pieces += (text[at : one.start], "○○○")
        at = one.end
    return "".join((*pieces, text[at:]))


def _said(passage: Passage) -> tuple[str, ...]:
    """Return all that a model is told of a passage."""
    said = (passage.document_title, passage.label, passage.heading, *passage.path, passage.text)
    return tuple(dict.fromkeys(text for text in said if text))


def _holds_persons(passage: Passage, people: Sequence[str]) -> bool:
    """Whether a person shows in a passage, or in what tells the model where it is from."""
    if passage.institution_id == PUBLIC_INSTITUTION:
        return any(find_identifiers(text) for text in _said(passage))
    return any(is_personal(text, people) for text in _said(passage))
