"""What has the shape of a name, and whether it is a word of the language instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.privacy.kinds import Finding, Kind, Morpheme, Reason, Tagger
from assistant.privacy.vocabulary import (
    COMPOUND_SURNAMES,
    ELDERS_FIRST,
    ELDERS_LAST,
    GIVEN_SYLLABLES,
    INSTITUTION_ENDINGS,
    NOT_NAMES,
    PARTICLES,
    PERSON_LABELS,
    PLACE_ENDINGS,
    PUBLIC_FIGURES,
    SURNAMES,
    TITLES,
)

HANGUL = re.compile(r"[가-힣]+")

_GRAMMATICAL = frozenset("는를에의로고며게면여할된될던")

_ONE_SYLLABLE_PARTICLES = frozenset("은는이가을를의도만과와로에나인하")

USUAL_LENGTH = 3

_TAGGED_LENGTH_MAX = 24

VERBAL = frozenset({"XSV", "XSA"})

ROLE_ENDINGS = ("자", "인", "원", "관", "사", "장", "생", "주", "후보")


def longest_first(words: Sequence[str] | frozenset[str]) -> str:
    """Return an alternation that prefers longer words."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


PARTICLE_SET = frozenset(PARTICLES)

TITLE_TAIL = re.compile(rf"(?P<title>{longest_first(TITLES)})(?P<tail>[가-힣]{{0,4}})")

LABEL_AND_PARTICLE = re.compile(
    rf"(?:[가-힣]{{0,6}})(?P<label>{longest_first(PERSON_LABELS)})(?:은|는|이|의|인|명)?$"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A stretch that has the shape of a name: surname and given name, and what follows it."""

    start: int
    end: int
    name: str
    tail: str


@dataclass(slots=True)
class Reader:
    """One text under reading, with what was learnt of its words."""

    text: str
    tagger: Tagger | None
    spots: Sequence[tuple[int, int]]
    found: dict[tuple[int, int], Finding] = field(default_factory=dict)
    _tags: dict[str, Sequence[Morpheme]] = field(default_factory=dict)

    def tags(self, word: str) -> Sequence[Morpheme]:
        """Return the morphemes of a word; none without a tagger."""
        if self.tagger is None or len(word) > _TAGGED_LENGTH_MAX:
            return ()
        if word not in self._tags:
            self._tags[word] = self.tagger(word)
        return self._tags[word]

    def add(self, start: int, end: int, reason: Reason, confidence: float) -> None:
        """Take a stretch for a name, unless it is of public knowledge or better evidence stands."""
        name = self.text[start:end]
        if name in PUBLIC_FIGURES:
            return
        known = self.found.get((start, end))
        if known is None or known.confidence < confidence:
            self.found[start, end] = Finding(
                kind=Kind.PERSON, start=start, end=end, reason=reason, confidence=confidence
            )

    def is_unknown(self, word: str) -> bool:
        """Return whether the dictionary has no such word, or has it as a proper noun."""
        tags = self.tags(word)
        return len(tags) == 1 and tags[0][2] in {"NNP", "?"}

    def is_ordinary(self, name: str) -> bool:
        """Return whether `name` is a word of the language rather than a name."""
        if is_listed(name):
            return True
        tags = self.tags(name)
        if len(tags) == 1:
            is_place = tags[0][2] == "NNP" and name.endswith(PLACE_ENDINGS)
            return is_place or not self.is_unknown(name)
        is_verb = any(tag in VERBAL for _, _, tag in tags)
        if is_verb or name[-1] in _GRAMMATICAL or self.is_inflected(name):
            return True
        return not (_begins_as_names_do(tags) or self.sounds_like_a_name(name))

    def is_inflected(self, name: str) -> bool:
        """Return whether `name` is a known noun of two syllables with a particle."""
        if len(name) != USUAL_LENGTH or name[2] not in _ONE_SYLLABLE_PARTICLES:
            return False
        stem = self.tags(name[:2])
        return is_listed(name[:2]) or (len(stem) == 1 and stem[0][2] == "NNG")

    def is_cut(self, shape: Shape) -> bool:
        """Return whether a known word stands across the end of the name."""
        if not shape.tail:
            return False
        return any(
            start < len(shape.name) < end and tag != "?"
            for start, end, tag in self.tags(shape.name + shape.tail)
        )

    def sounds_like_a_name(self, name: str) -> bool:
        """Return whether every syllable after the surname occurs in given names."""
        return len(name) >= 3 and all(syllable in GIVEN_SYLLABLES for syllable in given_name(name))


def _begins_as_names_do(tags: Sequence[Morpheme]) -> bool:
    """Return whether the morphemes are a surname and a noun, or no known word."""
    if not tags:
        return False
    if _starts_with_surname(tags) or any(tag == "?" for _, _, tag in tags):
        return True
    return tags[0][1] == 1 and tags[0][2] in {"NNG", "MAG"} and tags[1][2].startswith("NN")


def _starts_with_surname(tags: Sequence[Morpheme]) -> bool:
    return tags[0][1] - tags[0][0] == 1 and tags[0][2] == "NNP"


def is_listed(name: str) -> bool:
    """Return whether `name` is a word of the lists, or ends as institutions do."""
    return name in NOT_NAMES or name in PERSON_LABELS or name in TITLES or _is_institution(name)


def _is_institution(name: str) -> bool:
    return len(name) > 2 and name.endswith(INSTITUTION_ENDINGS)


def is_elders_name(name: str) -> bool:
    """Return whether a name is one of an older generation: `곽순임`, `최말순`, `이끝분`."""
    given = given_name(name)
    return len(given) == 2 and given[0] in ELDERS_FIRST and given[1] in ELDERS_LAST


def given_name(name: str) -> str:
    """Return a name without its surname."""
    return name[2:] if name.startswith(COMPOUND_SURNAMES) and len(name) > 2 else name[1:]


def shapes_in(word: str, start: int) -> Iterator[Shape]:
    """Yield the readings of a word as name and tail, the likeliest first."""
    if word[0] not in SURNAMES and not word.startswith(COMPOUND_SURNAMES):
        return
    lengths = (4, 3) if word.startswith(COMPOUND_SURNAMES) else (3, 2, 4)
    for length in lengths:
        if len(word) >= length:
            name, tail = word[:length], word[length:]
            if length > lengths[0] and name[lengths[0] :] + tail in PARTICLE_SET:
                continue
            yield Shape(start, start + length, name, tail)


def is_long(name: str) -> bool:
    """Return whether a name is longer than names with such a surname usually are."""
    return len(name) > USUAL_LENGTH and not name.startswith(COMPOUND_SURNAMES)


def is_proper(reader: Reader, shape: Shape) -> bool:
    """Return whether the shape is no word of the language but may be a proper noun."""
    tags = reader.tags(shape.name)
    if len(tags) == 1:
        place = shape.name.endswith(PLACE_ENDINGS) and tags[0][2] == "NNP"
        return tags[0][2] in {"NNP", "?"} and not place
    return _starts_with_surname(tags) and all(
        tag.startswith(("N", "M", "X", "?")) for _, _, tag in tags
    )
