"""The remedies that a refusal names, with their limits, and whether a text names them rightly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.complaints.shelf import pattern, shelf
from assistant.domain import ComplaintKind, LawPlace, Remedy, RemedyKind

_FILE = "remedies.yaml"
_LAST = "{last}"
_LIMIT = re.compile(r"(?P<number>\d{1,4})\s*(?P<unit>일|년)\s*(?:이내|안에|내에|까지|동안)")
_BRACKET = re.compile(r"\s*\([^()]{0,80}\)")
_REACH = 90  # characters between a limit and the remedy that it belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Where a text names a remedy, and the limits that stand with it: `90일`, `1년`."""

    start: int
    end: int
    limits: tuple[str, ...]


def remedies_for(
    kind: ComplaintKind, *, is_disposition: bool = False, points: Sequence[str] = ()
) -> tuple[Remedy, ...]:
    """Return what a refusal of a complaint of `kind` has to name (제27조제3항).

    Args:
        kind: a statutory complaint and a disclosure are refused by a disposition anyway.
        is_disposition: whether the refusal of another kind is a disposition as well.
        points: what is asked for; a law of its own may regulate how that is contested.

    >>> [remedy.name for remedy in remedies_for(ComplaintKind.STATUTORY)]
    ['이의신청', '행정심판', '행정소송']
    >>> fine = ("과태료를 취소해 주세요",)
    >>> [remedy.name for remedy in remedies_for(ComplaintKind.GRIEVANCE, points=fine)]
    ['이의제기', '고충민원']
    """
    names = list(shelf(_FILE)["refusals"][kind])
    special = [row for row in shelf(_FILE)["special"] if kind in row["kinds"]]
    met = [(row, [point for point in points if _is_met(row, point)]) for row in special]
    met = [(row, said) for row, said in met if said]
    others = [point for point in points if not any(point in said for _, said in met)]
    contests_more = not met or any(_contests(point) for point in others)
    if is_disposition and contests_more:  # what contests the disposition itself stands first
        added = [name for name in shelf(_FILE)["disposition"] if _is_new(name, names)]
        names = _put_before(names, added)
    for row, _ in met:
        shut_out = () if is_disposition and contests_more else row["instead"]
        names = [*row["remedies"], *(name for name in names if name not in shut_out)]
        names = list(dict.fromkeys(names))
    return tuple(remedy_of(RemedyKind(name)) for name in names)


def is_shut_out(kind: RemedyKind, remedies: Sequence[Remedy]) -> bool:
    """Return whether a remedy is none here, because the law gives another in its place."""
    named = {remedy.kind for remedy in remedies}
    return kind not in named and any(
        kind in row["instead"] and not named.isdisjoint(row["remedies"])
        for row in shelf(_FILE)["special"]
    )


def _is_met(row: Mapping[str, Any], point: str) -> bool:
    return all(re.search(one, point) for one in row["says"])


def _contests(point: str) -> bool:
    return bool(pattern(_FILE, "other_disposition").search(point))


def _put_before(names: Sequence[str], added: Sequence[str]) -> list[str]:
    """Return remedies with others put in, before the one that is no remedy against an act."""
    own = [name for name in names if name != RemedyKind.OMBUDSMAN]
    return [*own, *added, *(name for name in names if name not in own)]


def _is_new(name: str, names: Sequence[str]) -> bool:
    """Whether a remedy adds one: a special objection takes the place of the general one."""
    taken = {_row(RemedyKind(each))["naming"] for each in names}
    return _row(RemedyKind(name))["naming"] not in taken


def told_until(remedy: Remedy, last_day: str) -> str:
    """Return the wording of a remedy with the last day for it, where one is known.

    >>> told = told_until(remedy_of(RemedyKind.FINE_OBJECTION), "2027. 1. 4.")
    >>> "60일 이내(2027. 1. 4.까지)에" in told
    True
    """
    text = str(_row(remedy.kind)["text"])
    return text.replace(_LAST, f"({last_day}까지)" if last_day else "")


def clock_of(remedy: Remedy) -> str:
    """Return the rule that counts the last day from the notice of what is contested, or ""."""
    return str(_row(remedy.kind).get("clock", ""))


@cache
def remedy_of(kind: RemedyKind) -> Remedy:
    """Return a remedy with its limits and wording."""
    row = _row(kind)
    laws = shelf(_FILE)["laws"]
    return Remedy(
        kind=kind,
        name=row["name"],
        limits_days=tuple(row["limits"]),
        text=str(row["text"]).replace(_LAST, ""),
        basis=tuple(LawPlace(law=laws[law], label=label) for law, label in row["basis"]),
    )


def limits_of(kind: RemedyKind) -> frozenset[str]:
    """Return the limits of a remedy as they are written.

    >>> sorted(limits_of(RemedyKind.LAWSUIT))
    ['1년', '90일']
    """
    row = _row(kind)
    days = (f"{number}일" for number in row["limits"])
    return frozenset((*days, *(f"{number}년" for number in row.get("years", ()))))


def named_in(text: str, kind: RemedyKind) -> Iterator[Named]:
    """Yield where `text` names a remedy, each with the limits nearest to it.

    A limit stands before the remedy that it belongs to (`90일 이내에 행정심판을`), or in brackets
    behind it.

    >>> text = "60일 이내에 이의신청, 90일 이내에 행정심판을 청구하실 수 있습니다."
    >>> [named.limits for named in named_in(text, RemedyKind.APPEAL)]
    [('90일',)]
    """
    own = re.compile(_row(kind)["naming"])
    others = sorted({_reach(text, match.end()) for match in _all_namings().finditer(text)})
    for match in own.finditer(text):
        before = [end for end in others if end <= match.start()]
        first = max(before[-1] if before else 0, match.start() - _REACH)
        found = [*_LIMIT.finditer(text, first, match.start())]
        found += _LIMIT.finditer(text, match.end(), _reach(text, match.end()))
        limits = tuple(f"{each['number']}{each['unit']}" for each in found)
        yield Named(start=match.start(), end=match.end(), limits=limits)


def _reach(text: str, end: int) -> int:
    """Return how far a remedy reaches that is named up to `end`: over a bracket behind it."""
    bracket = _BRACKET.match(text, end)
    return bracket.end() if bracket else end


@cache
def _all_namings() -> re.Pattern[str]:
    rows = shelf(_FILE)["remedies"].values()
    return re.compile("|".join(sorted({f"(?:{row['naming']})" for row in rows})))


def _row(kind: RemedyKind) -> dict[str, Any]:
    row: dict[str, Any] = shelf(_FILE)["remedies"][kind]
    return row
