"""Weigh a sentence against the units of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.grounding.folding import fold
from assistant.grounding.overlap import Grams, containment, grams
from assistant.grounding.sources import Source
from assistant.grounding.tokens import blank_tokens, extract_tokens

MIN_OVERLAP = 0.5  # share of a sentence's content bigrams that its sources must hold
MIN_GAIN = 0.1  # a further unit counts when it adds this share
MAX_UNITS = 4
NEAR_BEST = 0.6  # units this near to the best one may lend their 항/호 number


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit of a source that carries something of a sentence."""

    source: int
    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A sentence weighed against its sources: coverage and the units that give it."""

    coverage: float
    places: tuple[Place, ...]
    likeness: Mapping[Place, float]

    def best(self) -> float:
        """Return the likeness of the best unit."""
        return max(self.likeness.values(), default=0.0)


def weigh(sentence: Grams, sources: Sequence[Source]) -> Weighed:
    """Choose the units that together hold the sentence's content, best first."""
    likeness = {
        Place(source=s, unit=u): containment(sentence, unit.grams)
        for s, source in enumerate(sources)
        for u, unit in enumerate(source.units)
    }
    titles: Grams = frozenset().union(*(source.meta_grams for source in sources))
    rest = sentence - titles
    chosen: list[Place] = []
    held: set[str] = set()
    while len(chosen) < MAX_UNITS and likeness:
        remaining = (rest or sentence) - held
        best = max(
            likeness,
            key=lambda place: (
                len(remaining & sources[place.source].units[place.unit].grams),
                likeness[place],
                -len(sources[place.source].units[place.unit].grams),
            ),
        )
        gain = len(remaining & sources[best.source].units[best.unit].grams)
        if chosen and gain < MIN_GAIN * len(sentence):
            break
        chosen.append(best)
        held |= sources[best.source].units[best.unit].grams
    coverage = containment(sentence, frozenset(held) | titles)
    if rest:
        coverage = min(coverage, 0.25 + containment(rest, frozenset(held)))
    return Weighed(coverage=coverage, places=tuple(chosen), likeness=likeness)


def sentence_grams(text: str, names: Sequence[str] = ()) -> Grams:
    """Return the content bigrams of a sentence, without its checkable tokens.

    >>> sorted(sentence_grams("제36조에 따라 보고서를 7일 이내에 낸다."))
    ['고서', '낸다', '보고']
    """
    folded = fold(text)
    return grams(blank_tokens(folded, extract_tokens(folded, names)))
