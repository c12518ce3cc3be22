"""Whether a token of a source is what a token of a sentence claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.domain import TokenKind
from assistant.grounding.references import names_same_law
from assistant.grounding.sources import Found, Source, address, is_named_by
from assistant.grounding.tokens import Token, same_value
from assistant.grounding.weighing import NEAR_BEST, Place, Weighed

_DURATIONS = frozenset({"일", "개월", "시간", "근무시간", "근무일", "분", "초"})
FIGURES = frozenset({TokenKind.NUMBER, TokenKind.AMOUNT})


def dimension(token: Token) -> str:
    """Return what a figure measures: durations are one thing, whatever their unit."""
    return "duration" if token.unit in _DURATIONS else token.unit


def is_rival(token: Token, found: Found) -> bool:
    """Return whether a token of a source could stand where the claimed one does."""
    other = found.token
    if found.unit < 0:
        return False
    return other.kind is token.kind or (token.kind in FIGURES and other.kind in FIGURES)


def matches(token: Token, found: Found, source: Source, aliases: Mapping[str, str]) -> bool:
    """Return whether a token of a source is the claimed one, of the same law and article."""
    other = found.token
    if token.kind is TokenKind.LAW:
        return _matches_law(token, other, source, aliases)
    if token.kind is not TokenKind.ARTICLE:
        return other.kind not in (TokenKind.LAW, TokenKind.ARTICLE) and same_value(token, other)
    if other.kind is not TokenKind.ARTICLE or found.address is None or _lacks_article(token):
        return False
    claimed, written = address(token.canonical), address(other.canonical)
    if not (claimed[0] or claimed[1]) and not (
        written[1] in ("", source.own_article) and is_named_by(claimed, written)
    ):
        return False  # 제1항 alone is one of this article, and must be written so
    law = aliases.get(token.law, token.law)
    return source.means(law, other.law) and is_named_by(claimed, found.address)


def names_own_part(token: Token, source: Source, *, at_least: int = 2) -> bool:
    """Return whether a token says `제36조제2항` of the article 제36조 itself.

    `at_least` is the number of parts it must name: 1 takes `제36조` as well.
    """
    named = address(token.canonical)
    is_own = bool(named[1]) and named[1] == source.own_article
    return is_own and sum(map(bool, named)) >= at_least


def _lacks_article(token: Token) -> bool:
    """Return whether a law is named and then only a 항 or 호, which names nothing."""
    named = address(token.canonical)
    return bool(token.law) and not (named[0] or named[1])


def _matches_law(token: Token, other: Token, source: Source, aliases: Mapping[str, str]) -> bool:
    claimed = aliases.get(token.canonical, token.canonical)
    if other.kind is TokenKind.LAW:
        return names_same_law(claimed, aliases.get(other.canonical, other.canonical))
    return (
        other.kind is TokenKind.ARTICLE
        and bool(other.law)
        and names_same_law(claimed, source.law_of(other.law))
    )


def own_provisions(token: Token, sources: Sequence[Source], weighed: Weighed) -> Iterator[Place]:
    """Yield the places that the token names by their own 조, 항, 호 and that fit the sentence."""
    if token.kind is not TokenKind.ARTICLE or _lacks_article(token):
        return
    claimed = address(token.canonical)
    floor = NEAR_BEST * weighed.best()
    for place, likeness in weighed.likeness.items():  # the sentence must stand there as well
        source = sources[place.source]
        if (
            likeness >= floor
            and is_named_by(claimed, source.units[place.unit].address)
            and source.means(token.law, "")
        ):
            yield place
