"""Invented complaints with what is right about them: kind, due date, points, remedies, secrets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import yaml

from assistant.deadlines import SEOUL, Period, Unit
from assistant.domain import ComplaintKind, Decision, RemedyKind, Span
from assistant.errors import ConfigurationError
from evals.cases import Secret

Split = Literal["seen", "blind_rules", "blind_everyday"]
FOLDER = Path(__file__).parent / "cases" / "complaints"
WORDINGS = Path(__file__).parent / "cases" / "kinds.yaml"
# Files of cases written after the rules stood: those of what governs a reply, or those of points
# and kinds, in the words that citizens use.
_BLIND: Mapping[str, Split] = {
    "blind_rules": "blind_rules",
    "everyday_blind": "blind_everyday",
}
_MARK = re.compile(r"⟨(?P<point>\d)\||⟩|\{(?P<kind>[A-Z_]{2,16}):(?P<value>[^{}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintCase:
    """A complaint and its gold.

    `points` holds, for each point, the passages of the body that ask for it; `due` is a date, or a
    date and time where hours are counted; `period` is the period of a statutory complaint.
    `remedies` are what a reply of this `decision` has to name. `articles` are those that a reply is
    expected to rest on, `accepted` others that bear on the case as well.
    """

    case_id: str
    kind: ComplaintKind
    received_at: datetime
    due: str
    title: str
    body: str
    points: tuple[tuple[Span, ...], ...]
    secrets: tuple[Secret, ...]
    articles: tuple[str, ...]
    accepted: tuple[str, ...]
    decision: Decision
    remedies: tuple[RemedyKind, ...]
    is_disposition: bool
    period: Period | None
    split: Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A complaint and its kind, no more."""

    kind: ComplaintKind
    title: str
    body: str


def wording_of(case: ComplaintCase) -> Wording:
    """Return what of a case tells its kind."""
    return Wording(kind=case.kind, title=case.title, body=case.body)


def load_wordings(file: Path = WORDINGS) -> tuple[Wording, ...]:
    """Return the short complaints that are there to learn from alone.

    Raises:
        ConfigurationError: the file is not of the expected form.
    """
    try:
        rows = yaml.safe_load(file.read_text("utf-8")).items()
        return tuple(_short(ComplaintKind(kind), text) for kind, texts in rows for text in texts)
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{file.name}: not a file of wordings: {error}") from error


def _short(kind: ComplaintKind, text: str) -> Wording:
    title, body = text.split("\n", 1)
    return Wording(kind=kind, title=title, body=body)


def load_complaints(folder: Path = FOLDER) -> tuple[ComplaintCase, ...]:
    """Read every case file of `folder`, in the order of their numbers.

    Raises:
        ConfigurationError: a file is not of the expected form.
    """
    cases: list[ComplaintCase] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            rows = yaml.safe_load(path.read_text("utf-8"))["cases"]
            cases += [_case(row, _BLIND.get(path.stem, "seen")) for row in rows]
        except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(f"{path.name}: not a file of complaints: {error}") from error
    return tuple(sorted(cases, key=lambda case: case.case_id))


def _case(row: Mapping[str, object], split: Split) -> ComplaintCase:
    body, points, secrets = unmark(str(row["body"]))
    articles, accepted = row.get("articles") or [], row.get("accepts") or []
    remedies = row.get("remedies") or []
    if not (
        isinstance(articles, list) and isinstance(accepted, list) and isinstance(remedies, list)
    ):
        raise TypeError("articles, accepts and remedies are lists")
    return ComplaintCase(
        case_id=f"C{int(str(row['id'])):03}",
        kind=ComplaintKind(str(row["kind"])),
        received_at=datetime.fromisoformat(str(row["received_at"])).replace(tzinfo=SEOUL),
        due=str(row["due"]),
        title=str(row["title"]),
        body=body,
        points=points,
        secrets=secrets,
        articles=tuple(map(str, articles)),
        accepted=tuple(map(str, accepted)),
        decision=Decision(str(row.get("decision", Decision.ANSWER))),
        remedies=tuple(map(RemedyKind, remedies)),
        is_disposition=bool(row.get("disposition", False)),
        period=_period(row.get("period")),
        split=split,
    )


def unmark(marked: str) -> tuple[str, tuple[tuple[Span, ...], ...], tuple[Secret, ...]]:
    """Return a body without its marks, the passages of its points, and the secrets in it.

    >>> unmark("⟨1|{PERSON:김하나}에게 물었나요?⟩")[:2]
    ('김하나에게 물었나요?', ((Span(start=0, end=11),),))
    """
    pieces: list[str] = []
    length, at = 0, 0
    opened: list[tuple[str, int]] = []
    passages: dict[str, list[Span]] = defaultdict(list)
    secrets: list[Secret] = []
    for match in _MARK.finditer(marked):
        plain = marked[at : match.start()] + (match["value"] or "")
        pieces.append(plain)
        length += len(plain)
        at = match.end()
        if match["point"]:
            opened.append((match["point"], length))
        elif match["kind"]:
            secrets.append(Secret(kind=match["kind"], text=match["value"]))
        else:
            point, start = opened.pop()
            passages[point].append(Span(start=start, end=length))
    if opened:
        raise ValueError("a mark is not closed")
    pieces.append(marked[at:])
    points = tuple(tuple(passages[point]) for point in sorted(passages))
    return "".join(pieces), points, tuple(secrets)


def _period(value: object) -> Period | None:
    if value is None:
        return None
    number, unit = str(value).split()
    return Period(number=int(number), unit=Unit(unit))
