"""What two complaints share, put in words: wording, articles, places, things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.complaints.asking import content_words
from assistant.domain import EarlierComplaint, Likeness, LikenessReason
from assistant.law.references import parse_references
from assistant.text import normalise

_PLACE = re.compile(
    r"[가-힣]{2,8}(?:공원|초등학교|중학교|고등학교|사거리|삼거리|교차로|터널|아파트|정류장|광장|놀이터|"
    r"도서관|체육관|저수지|마을회관|(?<![구영용지권광내해])역)(?=[\s,.)]|[은는이가을를에의도과와로]|$)|"
    r"[가-힣]{1,6}(?:대로|로|길)(?=\s\d)|"
    r"[가-힣]{2,4}(?:시|군)\s[가-힣]{1,4}(?:구|읍|면)(?=\s)|[가-힣]{1,4}(?:읍|면)\s[가-힣]{1,6}(?:리|길)"
)
_PARTICLES = re.compile(
    r"(?:에서는|으로서|으로써|에게서|이라고|라고|에서|에게|까지|부터|처럼|보다|으로|하고|이나|마다|조차|밖에|"
    r"한테|께서|에는|에도|들이|들은|들을|은|는|이|가|을|를|에|의|로|도|만|와|과|들|요)$"
)
_MASKED = re.compile(r"⟦[^⟦⟧]{0,40}⟧")  # a placeholder differs from case to case
_RUN_MIN = 3  # words in a row, from which wording counts as shared
_SHOWN_MAX = 60
_OBJECTS_MAX = 4
_STEM_MIN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What a complaint is compared by: its words, their pairs of letters, its places, articles."""

    stems: tuple[str, ...]
    pairs: Mapping[str, int]
    places: frozenset[str]
    articles: frozenset[str]
    title: str


def features_of(complaint: EarlierComplaint) -> Features:
    """Return what `complaint` is compared by; title and text count alike."""
    text = _MASKED.sub(" ", f"{complaint.title}\n{complaint.text}")
    stems = tuple(stem(word) for word in content_words(text))
    return Features(
        stems=stems,
        pairs=_pairs(stems),
        places=frozenset(match.group() for match in _PLACE.finditer(text)),
        articles=frozenset(_articles(text)),
        title=normalise(complaint.title),
    )


def stem(word: str) -> str:
    """Return a word without its particles, as far as an ending tells.

    >>> stem("처리기간이"), stem("시청에서는")
    ('처리기간', '시청')
    """
    bare = _PARTICLES.sub("", word)
    return bare if len(bare) >= _STEM_MIN else word


def _pairs(stems: tuple[str, ...]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for word in stems:
        for at in range(max(1, len(word) - 1)):
            pair = word[at : at + 2]
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def _articles(text: str) -> Iterator[str]:
    for reference in parse_references(text):
        name = "" if reference.law.startswith("#") else reference.law
        yield f"{name} {reference.label}".strip()


def reasons_between(
    one: Features, other: Features, *, rarity: Mapping[str, float], same_applicant: bool
) -> Iterator[LikenessReason]:
    """Yield what the two share, what says most first.

    Args:
        one: the complaint at hand.
        other: the earlier one.
        rarity: how rare a word is among all complaints, 0 to 1.
        same_applicant: whether the same person filed both.
    """
    if run := _shared_run(one.stems, other.stems):
        yield LikenessReason(kind=Likeness.WORDING, text=_shown(" ".join(run)), weight=0.6)
    for article in sorted(one.articles & other.articles):
        yield LikenessReason(kind=Likeness.ARTICLE, text=article, weight=0.5)
    for place in sorted(one.places & other.places):
        yield LikenessReason(kind=Likeness.PLACE, text=place, weight=0.5)
    if one.title and one.title == other.title:
        yield LikenessReason(kind=Likeness.TITLE, text=_shown(one.title), weight=0.4)
    shared = sorted(set(one.stems) & set(other.stems), key=lambda word: -rarity.get(word, 0.0))
    if objects := [word for word in shared if word not in one.places][:_OBJECTS_MAX]:
        yield LikenessReason(kind=Likeness.OBJECT, text=", ".join(objects), weight=0.3)
    if same_applicant:
        yield LikenessReason(kind=Likeness.APPLICANT, text="같은 민원인", weight=0.3)


def _shared_run(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Return the longest run of words in a row that both have."""
    best_length, best_end = 0, 0
    lengths = [0] * (len(other) + 1)
    for at, word in enumerate(one, start=1):
        previous = 0
        for number, held in enumerate(other, start=1):
            previous, lengths[number] = lengths[number], previous + 1 if held == word else 0
            if lengths[number] > best_length:
                best_length, best_end = lengths[number], at
    return one[best_end - best_length : best_end] if best_length >= _RUN_MIN else ()


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN_MAX else text[: _SHOWN_MAX - 1] + "…"
