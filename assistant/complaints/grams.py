"""How the letters of a complaint speak for a kind: weights learned from invented complaints.

Words that no rule knows still tell: their pairs and triples of letters, how words end, and what is
asked for. `python -m evals kinds` makes the weights; the rules' scores are part of them.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.complaints.asking import Act
from assistant.domain import ComplaintKind

_FILE = "kind_weights.json"
_MASKED = re.compile(r"⟦[^⟦⟧]{0,40}⟧")
_WORD = re.compile(r"[가-힣]+")
_LENGTHS = (2, 3)
_END_CHARS, _LAST_CHARS, _LAST_WORDS, _ACT_COUNT = 3, 4, 2, 3
_SCALE = 1000  # weights are kept as whole numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each letter group weighs for each kind, in the order of `ComplaintKind`.

    `rarity` is by how much a group counts, the rarer the more; `rules` weighs the rules' scores.
    """

    grams: Mapping[str, tuple[float, ...]]
    rarity: Mapping[str, float]
    rules: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]


def grams_of(title: str, body: str, asked: Sequence[tuple[str, Act]]) -> Counter[str]:
    """Return the letter groups of a complaint; those of the title count once more.

    Args:
        title: the title, masked or not.
        body: the body.
        asked: what is asked for, and the act.

    >>> sorted(grams_of("", "고장", ()))
    ['E고장', '고장']
    """
    found: Counter[str] = Counter()
    for word in _words(title):
        for gram in _grams(word):
            found[gram] += 1
            found[f"T{gram}"] += 1
    for word in _words(body):
        found.update(_grams(word))
        if len(word) > 1:
            found[f"E{word[-_END_CHARS:]}"] += 1
    for wording, act in asked:
        found[f"A{act}"] += _ACT_COUNT
        found.update(f"L{word[-_LAST_CHARS:]}" for word in _words(wording)[-_LAST_WORDS:])
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(_MASKED.sub(" ", text))


def _grams(word: str) -> Iterator[str]:
    for length in _LENGTHS:
        for at in range(len(word) - length + 1):
            yield word[at : at + length]


def logits(found: Mapping[str, int], rule_scores: Sequence[float]) -> list[float]:
    """Return how much a complaint speaks for each kind, in the order of `ComplaintKind`.

    Args:
        found: the letter groups, as `grams_of` gives them.
        rule_scores: what the rules give for each kind.
    """
    weights = load_weights()
    vector = normed(found, weights.rarity)
    totals = list(weights.bias)
    for gram, value in vector.items():
        for number, weight in enumerate(weights.grams[gram]):
            totals[number] += value * weight
    for score, row in zip(rule_scores, weights.rules, strict=True):
        for number, weight in enumerate(row):
            totals[number] += score * weight
    return totals


def normed(found: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """Return the groups with a weight, damped by how often they stand, as a vector of length 1."""
    vector = {
        gram: (1 + math.log(count)) * rarity[gram]
        for gram, count in found.items()
        if gram in rarity
    }
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {gram: value / length for gram, value in vector.items()} if length else {}


def telling_words(text: str, kind: ComplaintKind) -> list[tuple[float, int, int]]:
    """Return the words of `text` that speak for `kind`, the strongest first, with their places."""
    weights = load_weights()
    at = list(ComplaintKind).index(kind)
    found: dict[str, tuple[float, int, int]] = {}
    for match in _WORD.finditer(_MASKED.sub(lambda mask: " " * len(mask.group()), text)):
        rows = [weights.grams[gram] for gram in _grams(match.group()) if gram in weights.grams]
        gain = sum(row[at] - sum(row) / len(row) for row in rows)
        if gain > 0:
            found.setdefault(match.group(), (gain, match.start(), match.end()))
    return sorted(found.values(), key=lambda one: (-one[0], one[1]))


@cache
def load_weights() -> Weights:
    """Return the weights of the data file."""
    raw = json.loads((files("assistant.complaints") / _FILE).read_text(encoding="utf-8"))
    return Weights(
        grams={gram: _scaled(row[1:]) for gram, row in raw["grams"].items()},
        rarity={gram: row[0] / _SCALE for gram, row in raw["grams"].items()},
        rules=tuple(_scaled(row) for row in raw["rules"]),
        bias=_scaled(raw["bias"]),
    )


def _scaled(row: Sequence[int]) -> tuple[float, ...]:
    return tuple(value / _SCALE for value in row)
