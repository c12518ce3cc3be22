"""Which articles govern the reply to a complaint, by its kind, its decision and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.complaints.shelf import shelf
from assistant.domain import ComplaintKind, Decision, LawPlace

_FILE = "governing.yaml"
_ARTICLE = re.compile(r"제\d+조(?:의\d+)?")
_SENTENCE = re.compile(r"[^.?!\n…]+(?:[.?!…]+|\n|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Governing:
    """An article that bears on a letter; `open` is what the official has to add to it, or ""."""

    place: LawPlace
    open: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    place: LawPlace
    kinds: frozenset[ComplaintKind]
    decisions: frozenset[Decision]
    says: tuple[re.Pattern[str], ...]
    about: re.Pattern[str] | None
    is_whole: bool
    open: str
    said: re.Pattern[str] | None

    def applies(self, kind: ComplaintKind, decision: Decision) -> bool:
        return kind in self.kinds and decision in self.decisions

    def is_said_in(self, sentences: Sequence[str]) -> bool:
        return any(all(one.search(sentence) for one in self.says) for sentence in sentences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A complaint as it is read for what governs its reply.

    Args:
        kind: what it is.
        decision: what the reply says to what was asked for.
        text: title and body, masked.
        reason: why it is refused, as the official says it.
    """

    kind: ComplaintKind
    decision: Decision
    text: str
    reason: str = ""


def governs_letter(reading: Reading) -> tuple[Governing, ...]:
    """Return the articles that bear on a letter as a whole, those of its kind first.

    >>> text = "자료를 엑셀로 공개해 주십시오."
    >>> reading = Reading(kind=ComplaintKind.DISCLOSURE, decision=Decision.ANSWER, text=text)
    >>> [one.place.label for one in governs_letter(reading)]
    ['제11조제1항', '제15조제1항']
    """
    sentences = list(_sentences(reading.text))
    found = [
        *_of_kind(reading, sentences),
        *_said(reading, sentences, lambda rule: rule.is_whole),
    ]
    first: dict[LawPlace, Governing] = {}
    for one in found:
        first.setdefault(one.place, one)
    return tuple(first.values())


def governs_point(reading: Reading, point: str) -> tuple[Governing, ...]:
    """Return the articles that bear on what one point says.

    >>> text = "과태료를 나누어 낼 수 있나요?"
    >>> reading = Reading(kind=ComplaintKind.QUERY_LAW, decision=Decision.ANSWER, text=text)
    >>> [str(one.place) for one in governs_point(reading, text)]
    ['「질서위반행위규제법」 제24조의3제1항']
    """
    return tuple(_said(reading, list(_sentences(point)), lambda _: True))


def is_out_of_matter(law: str, text: str, *, label: str = "") -> bool:
    """Return whether a law or article is about a matter that a complaint does not speak of.

    Args:
        law: its title; a decree, a regulation and a digest go with their law.
        text: title and body of the complaint.
        label: the article: some have a matter of their own.

    >>> is_out_of_matter("국민 제안 규정(요약)", "가로등이 고장 났어요")
    True
    """
    article = _base(law) + "".join(_ARTICLE.findall(label)[:1])
    matters = (_matters().get(key) for key in (_base(law), article))
    return any(matter is not None and not matter.search(text) for matter in matters)


def _of_kind(reading: Reading, sentences: Sequence[str]) -> Iterator[Governing]:
    for rule in _rules("letters"):
        if not rule.applies(reading.kind, reading.decision):
            continue
        if rule.says and not rule.is_said_in(sentences):
            continue
        is_open = rule.open and not (rule.said and rule.said.search(reading.reason))
        yield Governing(place=rule.place, open=rule.open if is_open else "")


def _said(
    reading: Reading, sentences: Sequence[str], is_wanted: Callable[[_Rule], bool]
) -> Iterator[Governing]:
    for rule in _rules("sayings"):
        if not (is_wanted(rule) and rule.applies(reading.kind, reading.decision)):
            continue
        if (rule.about is None or rule.about.search(reading.text)) and rule.is_said_in(sentences):
            yield Governing(place=rule.place)


def _sentences(text: str) -> Iterator[str]:
    return (match.group() for match in _SENTENCE.finditer(text))


def _base(law: str) -> str:
    plain = re.sub(r"\s*\(?요약\)?\s*$", "", law)
    return "".join(re.sub(r"\s*시행(?:령|규칙)$", "", plain).split())


@cache
def _rules(part: str) -> tuple[_Rule, ...]:
    held = shelf(_FILE)
    return tuple(_rule(row, held["laws"]) for row in held[part])


def _rule(row: Mapping[str, Any], laws: Mapping[str, str]) -> _Rule:
    law, label = row["place"]
    return _Rule(
        place=LawPlace(law=laws[law], label=label),
        kinds=frozenset(map(ComplaintKind, row["kinds"])),
        decisions=frozenset(map(Decision, row.get("decisions", Decision))),
        says=tuple(re.compile(one, re.I) for one in row.get("says", ())),
        about=re.compile(row["about"], re.I) if "about" in row else None,
        is_whole=bool(row.get("whole", False)),
        open=row.get("open", ""),
        said=re.compile(row["said"]) if "said" in row else None,
    )


@cache
def _matters() -> Mapping[str, re.Pattern[str]]:
    return {_base(law): re.compile(one, re.I) for law, one in shelf(_FILE)["matters"].items()}
