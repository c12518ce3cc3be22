"""Find the place in the sources where a token stands in the sense the sentence gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.grounding.matching import (
    FIGURES,
    dimension,
    is_rival,
    matches,
    names_own_part,
    own_provisions,
)
from assistant.grounding.overlap import closeness, grams, surroundings
from assistant.grounding.sources import Found, Source, figure_marks
from assistant.grounding.tokens import Token, blank_tokens
from assistant.grounding.weighing import NEAR_BEST, Place, Weighed

OTHER_FITS = 0.5  # surroundings this alike name another figure ...
OTHER_SHARES = 0.4  # ... or the rest of a place is this much nearer ...
OTHER_MARGIN = 0.15  # ... and in all beats the claimed figure's place by this much
OWN_PROVISION = 0.45  # the provision's own number fits, without any surroundings
SURE_FIT = 0.8
TIE = 0.1  # a figure used twice gives way to an unused one that fits this nearly as well


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A token of a source beside one of the sentence.

    `fit` is for what touches both, `share` for the rest of the place; `is_akin` when both measure
    the same thing (durations, amounts).
    """

    place: Place
    at: int
    fit: float
    share: float
    plain: float
    score: float
    is_akin: bool = True
    is_own: bool = False


class Search:
    """Look for the tokens of one sentence, remembering which places are taken."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        sources: Sequence[Source],
        weighed: Weighed,
        aliases: Mapping[str, str],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._sources = sources
        self._weighed = weighed
        self._aliases = aliases
        self._taken: set[tuple[int, int]] = set()

    def find(self, token: Token) -> Place | None:
        """Return where the token stands; None when nowhere, or where the text has another one."""
        around = surroundings(self._text, token.start, token.end)
        shares = self._shares(token)
        held: list[_Spot] = []
        rivals: list[_Spot] = []
        for index, source in enumerate(self._sources):
            for found in source.found:
                is_match = matches(token, found, source, self._aliases) and not (
                    names_own_part(token, source) and self._is_far(index, found.unit)
                )
                if not is_match and not is_rival(token, found):
                    continue
                place = Place(source=index, unit=found.unit)
                spot = self._spot(token, place, closeness(around, found.around), shares, found)
                (held if is_match else rivals).append(spot)
        if any(own_provisions(token, self._sources, self._weighed)):
            place = next(own_provisions(token, self._sources, self._weighed))
            own = OWN_PROVISION
            held.append(
                _Spot(place=place, at=-1, fit=0.0, share=0.0, plain=own, score=own, is_own=True)
            )
        best = max(held, key=lambda spot: spot.score, default=None)
        if best is None or self._gives_way(best, rivals):
            return None
        self._taken.add((best.place.source, best.at))
        return best.place

    def _is_far(self, source: int, unit: int) -> bool:
        likeness = self._weighed.likeness.get(Place(source=source, unit=unit), 0.0)
        return likeness < NEAR_BEST * self._weighed.best()

    def _spot(
        self,
        token: Token,
        place: Place,
        fit: float,
        shares: Mapping[Place, float],
        found: Found,
    ) -> _Spot:
        at = found.token.start if place.unit >= 0 else -1
        plain = 0.6 * fit + 0.4 * _relative(self._weighed, place)
        if token.kind not in FIGURES:
            return _Spot(
                place=place,
                at=at,
                fit=fit,
                share=0.0,
                plain=plain,
                score=plain,
                is_own=place.unit < 0,
            )
        share = shares.get(place, 0.5)
        return _Spot(
            place=place,
            at=at,
            fit=fit,
            share=share,
            plain=plain,
            score=0.5 * fit + 0.5 * share,
            is_akin=dimension(token) == dimension(found.token),
        )

    def _gives_way(self, best: _Spot, rivals: Sequence[_Spot]) -> bool:
        """Return whether the text has another figure where the sentence has this one."""
        for rival in rivals:
            if best.is_own and rival.fit < SURE_FIT:
                continue  # 「이 법 제7조에 따라」 itself: such words stand everywhere
            is_elsewhere = rival.is_akin and rival.share - best.share >= OTHER_SHARES
            if rival.fit < OTHER_FITS and not is_elsewhere:
                continue
            ahead = rival.score - best.score if rival.is_akin else rival.plain - best.plain
            if ahead > OTHER_MARGIN:
                return True
            is_taken = best.at >= 0 and (best.place.source, best.at) in self._taken
            is_free = (rival.place.source, rival.at) not in self._taken
            if is_taken and is_free and rival.score > best.score - TIE:
                return True
        return False

    def _shares(self, token: Token) -> dict[Place, float]:
        """Return for each unit with a figure of this dimension how well its other marks fit.

        Only marks that tell these units apart count: in 「10억원 미만 7일, 10억원 이상 15일」 the
        bound says which of the two is meant.
        """
        if token.kind not in FIGURES:
            return {}
        places = {
            Place(source=index, unit=found.unit)
            for index, source in enumerate(self._sources)
            for found in source.found
            if found.unit >= 0 and dimension(found.token) == dimension(token)
        }
        marks = {place: self._sources[place.source].units[place.unit].marks for place in places}
        if not marks:
            return {}
        everywhere = frozenset.intersection(*marks.values())
        telling = (self._marks_near(token) & frozenset().union(*marks.values())) - everywhere
        total = _weight(telling)
        return {
            place: _weight(telling & own) / total if total else 1.0 for place, own in marks.items()
        }

    def _marks_near(self, token: Token) -> frozenset[str]:
        """Return the marks of the part of the sentence that speaks of this figure."""
        same = [t for t in self._tokens if dimension(t) == dimension(token) and t.value is not None]
        start, end = 0, len(self._text)
        if token in same and len({t.canonical for t in same}) > 1:
            position = same.index(token)
            if position:
                start = _next_comma(self._text, same[position - 1].end, token.start)
            if position + 1 < len(same):
                end = _next_comma(self._text, token.end, same[position + 1].start)
        others = [t for t in self._tokens if start <= t.start and t.end <= end and t is not token]
        bare = blank_tokens(self._text, self._tokens)[start:end]
        return grams(bare) | figure_marks(self._text, others)


def _next_comma(text: str, start: int, end: int) -> int:
    comma = text.find(",", start, end)
    return comma if comma >= 0 else end


def _weight(marks: frozenset[str]) -> int:
    """Return how telling marks are: a figure with its bound (#7일 at most) counts most."""
    return sum(4 if mark.startswith("#") and " " in mark else 1 for mark in marks)


def _relative(weighed: Weighed, place: Place) -> float:
    top = weighed.best()
    return weighed.likeness.get(place, 0.0) / top if top and place.unit >= 0 else 0.5
