"""Find in a document the words that a model quotes; what is not there word for word is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.applications.folding import fold
from assistant.applications.layout import Piece, Place


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a place."""

    place: Place
    start: int
    end: int


class Places:
    """The places of one document, folded for searching without regard to white space."""

    def __init__(self, found: Sequence[Piece]) -> None:
        self._places = [_Bare(place) for place in all_places(found)]

    def find(self, quote: str, value: str) -> Found | None:
        """Return where the value stands, within the quote where both stand together.

        A quote that runs over several cells of a row stands in no single place; its value then
        counts only where it stands in one place of the whole document.
        """
        bare_quote, bare_value = _squeezed(quote), _squeezed(value)
        if not bare_value or bare_value not in bare_quote:
            return None
        for place in self._places:
            at = place.text.find(bare_quote)
            if at >= 0:
                within = at + bare_quote.index(bare_value)
                return place.stretch(within, within + len(bare_value))
        holders = [place for place in self._places if bare_value in place.text]
        if len(holders) != 1 or holders[0].text.count(bare_value) != 1:
            return None
        at = holders[0].text.index(bare_value)
        return holders[0].stretch(at, at + len(bare_value))


class _Bare:
    def __init__(self, place: Place) -> None:
        folded = fold(place.text)
        self._place = place
        self._places = [at for at, sign in enumerate(folded) if not sign.isspace()]
        self.text = "".join(folded[at] for at in self._places)

    def stretch(self, start: int, end: int) -> Found:
        """Return a stretch of the bare text as one of the place."""
        return Found(self._place, self._places[start], self._places[end - 1] + 1)


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def all_places(found: Sequence[Piece]) -> Iterator[Place]:
    """Yield every place of a document once: blocks, and the cells of tables."""
    for piece in found:
        if isinstance(piece, Place):
            if piece.text.strip():
                yield piece
            continue
        seen: set[tuple[int | None, int | None]] = set()
        for row in range(len(piece.places)):
            for place in piece.cells(row):
                if (place.row, place.column) not in seen and place.text.strip():
                    seen.add((place.row, place.column))
                    yield place
