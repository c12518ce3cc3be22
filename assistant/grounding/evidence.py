"""Find in the cited passages what carries the tokens and quotations of a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Problem, TokenKind
from assistant.grounding.folding import fold
from assistant.grounding.matching import FIGURES, matches, names_own_part
from assistant.grounding.overlap import Grams, containment
from assistant.grounding.placing import Search
from assistant.grounding.sources import Source
from assistant.grounding.tokens import Token, extract_tokens, same_value
from assistant.grounding.weighing import Place, Weighed, sentence_grams, weigh
from assistant.text import squeeze

COPY = 0.9  # a sentence and a unit that hold this much of each other are copies ...
MIN_COPY = 8  # ... when there is enough of them
_QUOTED = re.compile(r'"([^"\n]{1,600})"|\'([^\'\n]{1,600})\'')
_MIN_QUOTE = 8
READ_OFF = FIGURES | {TokenKind.DATE}  # what recognition of letters gets wrong unnoticed
_GIVEN_AFTER = re.compile(
    r"^\s?(?:인 |이면|라면|이라면|일 때|의 경우|인 경우|짜리|이므로|이라|규모의|에 해당하)"
)
_GIVEN_BEFORE = re.compile(r"(?:질문|문의|말씀|제시|언급)하신[^.]{0,30}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCheck:
    """What became of a sentence's tokens: what is missing, and the places of what is not."""

    problems: tuple[Problem, ...]
    places: tuple[Place, ...]


def check_tokens(
    text: str,
    sources: Sequence[Source],
    weighed: Weighed,
    *,
    names: Sequence[str],
    given: Sequence[Token],
    aliases: Mapping[str, str],
) -> TokenCheck:
    """Check that each token of a sentence stands in its sources where the sentence says."""
    folded = fold(text)
    tokens = extract_tokens(text, names)
    search = Search(folded, tokens, sources, weighed, aliases)
    matches = [(token, search.find(token)) for token in tokens]
    held = [token for token, match in matches if match is not None]
    problems = tuple(
        Problem(code="token_missing", token=token.text, token_kind=token.kind)
        for token, match in matches
        if match is None and not _is_condition(token, folded, given, held)
    )
    if not problems:
        problems = _miscopied(tokens, sentence_grams(text, names), sources, weighed, aliases)
    places = (place for _, place in matches if place is not None and place.unit >= 0)
    return TokenCheck(problems=problems, places=tuple(dict.fromkeys(places)))


def unread_figures(
    text: str,
    sources: Sequence[Source],
    *,
    names: Sequence[str],
    given: Sequence[Token],
    aliases: Mapping[str, str],
) -> tuple[Problem, ...]:
    """Return a problem for each figure or date that only text read off a picture carries."""
    scans = [source for source in sources if source.passage.is_ocr]
    figures = [
        token
        for token in extract_tokens(text, names)
        if token.kind in READ_OFF and _stands_in(token, scans)
    ]
    sure = [source for source in sources if not source.passage.is_ocr]
    if figures and sure:
        weighed = weigh(sentence_grams(text, names), sure)
        checked = check_tokens(text, sure, weighed, names=names, given=given, aliases=aliases)
        missing = {problem.token for problem in checked.problems}
        figures = [token for token in figures if token.text in missing]
    return tuple(
        Problem(code="ocr_figure", token=token.text, token_kind=token.kind) for token in figures
    )


def _stands_in(token: Token, sources: Sequence[Source]) -> bool:
    return any(
        found.unit >= 0 and matches(token, found, source, {})
        for source in sources
        for found in source.found
    )


def _miscopied(
    tokens: Sequence[Token],
    sentence: Grams,
    sources: Sequence[Source],
    weighed: Weighed,
    aliases: Mapping[str, str],
) -> tuple[Problem, ...]:
    """Return problems of a sentence that copies a unit word for word, but not all its tokens."""
    if len(sentence) < MIN_COPY:
        return ()
    likeness = {
        place: min(share, containment(sources[place.source].units[place.unit].grams, sentence))
        for place, share in weighed.likeness.items()
        if share >= COPY
    }
    best = max(likeness.values(), default=0.0)
    missing = [
        _not_in_unit(tokens, sources[place.source], place.unit, aliases)
        for place, share in likeness.items()
        if share == best >= COPY
    ]
    return tuple(
        Problem(code="token_missing", token=token.text, token_kind=token.kind)
        for token in min(missing, key=len, default=[])
    )


def _not_in_unit(
    tokens: Sequence[Token], source: Source, unit: int, aliases: Mapping[str, str]
) -> list[Token]:
    """Return the tokens that a unit does not hold, each token of it used once."""
    left = [found for found in source.found if found.unit == unit]
    missing: list[Token] = []
    for token in tokens:
        match = next((f for f in left if matches(token, f, source, aliases)), None)
        if match is not None:
            left.remove(match)
        elif token.kind is not TokenKind.LAW and not names_own_part(token, source, at_least=1):
            missing.append(token)
    return missing


def _is_condition(token: Token, text: str, given: Sequence[Token], held: Sequence[Token]) -> bool:
    """Return whether a figure of the question is only repeated as the case at hand."""
    if token.kind not in FIGURES or not any(same_value(token, other) for other in given):
        return False
    if not any(other.unit == token.unit for other in held):
        return False
    return bool(_GIVEN_AFTER.match(text[token.end :]) or _GIVEN_BEFORE.search(text[: token.start]))


def missing_quotes(text: str, sources: Sequence[Source]) -> tuple[Problem, ...]:
    """Return a problem for each quotation of eight characters or more that no source holds."""
    haystacks = [squeeze(fold(source.passage.text)) for source in sources]
    haystacks += [squeeze(source.text) for source in sources]
    problems: list[Problem] = []
    for match in _QUOTED.finditer(fold(text)):
        quote = (match[1] or match[2]).strip(" .")
        needle = squeeze(quote)
        if len(quote) >= _MIN_QUOTE and not any(needle in haystack for haystack in haystacks):
            problems.append(Problem(code="quote_missing", token=quote[:80]))
    return tuple(problems)
