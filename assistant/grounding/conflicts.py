"""Sources that disagree on a figure for the same thing. Precise rather than eager.

Two sentences of different documents are held against each other when they speak of the same thing
and give different figures in the same part: where something started (`310억원에서`), what it comes
to (`839억원으로`), or the only figure of that measure in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.domain import Conflict, ConflictSide, Passage, SourceKind, TokenKind
from assistant.grounding.folding import blank_amendments, fold, tidy
from assistant.grounding.overlap import Grams, words
from assistant.grounding.overlap import grams as grams_of
from assistant.grounding.polarity import bound_after
from assistant.grounding.references import squeeze_name
from assistant.grounding.sentences import source_units
from assistant.grounding.tokens import Token, blank_tokens, extract_tokens

MIN_SHARED = 5  # content bigrams that both sentences hold
MIN_OVERLAP_CHANGE = 0.55  # of the shorter sentence, when both tell of a change with one end equal
MIN_OVERLAP_SINGLE = 0.8  # of either sentence, when only the figure differs
MAX_CONFLICTS = 5
SUBJECT_WORDS = 4
_STATUTES = frozenset({SourceKind.LAW, SourceKind.DECREE, SourceKind.RULE})
_ONE_OFF = frozenset({SourceKind.DOSSIER, SourceKind.PILOT})  # each speaks of its own product
_FROM = re.compile(r"^\s?(?:에서|이던|이었던|에 그쳤던|보다)")
_TO = re.compile(r"^\s?(?:으로|로)(?!서)")
_BY = re.compile(
    r"^\s?(?:이|가|을|를|만큼|씩|원)?\s?(?:이\s)?(?:더 )?(?:늘|증|감|줄|확대|축소|커|많|적)"
)
_HANGUL = re.compile(r"[가-힣]+")
_PART_NAMES = {"from": "(바뀌기 전)", "to": "(바뀐 뒤)"}

Part = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    passage: Passage
    text: str
    grams: Grams
    figures: Mapping[Part, Token]
    years: frozenset[str]


def _part_of(text: str, token: Token) -> str:
    rest = text[token.end : token.end + 40]
    for part, pattern in (("from", _FROM), ("by", _BY), ("to", _TO)):
        if pattern.match(rest):
            return part
    return "only"


def _figures(text: str, tokens: Sequence[Token]) -> dict[Part, Token]:
    """Return the measured figures of a sentence by unit and part, where there is one of each."""
    found: dict[Part, list[Token]] = {}
    for token in tokens:
        if token.value is not None and token.unit:
            found.setdefault((token.unit, _part_of(text, token)), []).append(token)
    return {part: held[0] for part, held in found.items() if len({t.canonical for t in held}) == 1}


def _statements(passage: Passage) -> Iterator[_Statement]:
    """Yield the sentences of a passage that hold a measured figure."""
    text = fold(blank_amendments(passage.text))
    for unit in source_units(text):
        piece = text[unit.start : unit.end]
        tokens = extract_tokens(piece)
        figures = _figures(piece, tokens)
        if not figures:
            continue
        yield _Statement(
            passage=passage,
            text=piece,
            grams=grams_of(blank_tokens(piece, tokens)),
            figures=figures,
            years=frozenset(t.canonical[:4] for t in tokens if t.kind is TokenKind.DATE),
        )


def _may_disagree(one: Passage, other: Passage) -> bool:
    """Return whether the two can be held against each other at all."""
    if one.document_id == other.document_id:
        return False
    if one.kind in _ONE_OFF or other.kind in _ONE_OFF:
        return False
    if one.kind in _STATUTES and other.kind in _STATUTES:
        return squeeze_name(one.document_title) == squeeze_name(other.document_title)
    return True


def _disagreeing(one: _Statement, other: _Statement) -> Part | None:
    """Return the part in which two statements differ, or None when they do not."""
    shared = len(one.grams & other.grams)
    if shared < MIN_SHARED or (one.years and other.years and not one.years & other.years):
        return None
    sizes = sorted((len(one.grams), len(other.grams)))
    common = set(one.figures) & set(other.figures)
    equal = {p for p in common if one.figures[p].canonical == other.figures[p].canonical}
    for part in sorted(common - equal):
        unit, role = part
        if role == "only":
            if shared >= MIN_OVERLAP_SINGLE * sizes[1] and _is_only_difference(one, other, part):
                return part
        elif (unit, "to" if role == "from" else "from") in equal and (
            shared >= MIN_OVERLAP_CHANGE * sizes[0]
        ):
            return part
    return None


def _is_only_difference(one: _Statement, other: _Statement, part: Part) -> bool:
    if set(one.figures) != set(other.figures):
        return False
    if any(
        one.figures[p].canonical != other.figures[p].canonical for p in one.figures if p != part
    ):
        return False
    ends = one.figures[part].end, other.figures[part].end
    return bound_after(one.text, ends[0]) == bound_after(other.text, ends[1])


def _side(statement: _Statement, part: Part) -> ConflictSide:
    return ConflictSide(
        figure=statement.figures[part].text,
        quote=tidy(statement.text),
        key=statement.passage.key,
        kind=statement.passage.kind,
        effective_from=statement.passage.effective_from,
    )


def _subject(one: _Statement, other: _Statement, part: Part) -> str:
    """Return what both statements speak of: the year and the words that lead to the figure."""
    plain = one.text
    for token in extract_tokens(plain):
        if token.kind is not TokenKind.LAW:  # with its particle: "839억원으로" leaves nothing
            particle = _HANGUL.match(plain, token.end)
            end = particle.end() if particle else token.end
            plain = plain[: token.start] + " " * (end - token.start) + plain[end:]
    before = _shared_words(plain[: one.figures[part].start], other)
    shared = before or _shared_words(plain, other)
    years = sorted(one.years & other.years)
    lead = [f"{years[-1]}년"] if years else []
    return " ".join([*lead, *shared[-SUBJECT_WORDS:]]) + _PART_NAMES.get(part[1], "")


def _shared_words(text: str, other: _Statement) -> list[str]:
    """Return the words of a text that the other statement holds too; a lone syllable is none."""
    shared = (word for word in words(text) if len(word) > 1 and grams_of(word) <= other.grams)
    return list(dict.fromkeys(shared))


def _rank(side: ConflictSide) -> tuple[int, int]:
    return side.kind.rank, -(side.effective_from or date.min).toordinal()


def find_conflicts(passages: Sequence[Passage]) -> tuple[Conflict, ...]:
    """Return the figures on which passages of different documents disagree, higher rank first.

    Text that was read off a picture takes no part: its figures may be misread.
    """
    passages = [passage for passage in passages if not passage.is_ocr]
    statements = {passage.key: list(_statements(passage)) for passage in passages}
    found: dict[frozenset[tuple[str, str]], Conflict] = {}
    for one, other in combinations(passages, 2):
        if not _may_disagree(one, other):
            continue
        for here in statements[one.key]:
            for there in statements[other.key]:
                part = _disagreeing(here, there)
                if part is None:
                    continue
                sides = sorted((_side(here, part), _side(there, part)), key=_rank)
                figures = frozenset(
                    (s.passage.document_id, s.figures[part].canonical) for s in (here, there)
                )
                subject = _subject(here, there, part)
                found.setdefault(figures, Conflict(subject=subject, sides=tuple(sides)))
    return tuple(list(found.values())[:MAX_CONFLICTS])
