"""What a letter of a complaint case must hold before a person may sign it, and must not hold.

The gates read the letter as it stands, whoever wrote it: an official's edit is checked like a
model's. They report; the official decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from assistant.complaints.letters import Line, finding, lines_of
from assistant.complaints.remedies import is_shut_out, limits_of, named_in, remedy_of
from assistant.complaints.shelf import pattern
from assistant.complaints.voice import impolite_end
from assistant.domain import (
    OPEN_PLACE,
    ComplaintKind,
    Decision,
    GateFinding,
    LetterKind,
    Officer,
    Origin,
    Paper,
    Point,
    PointStatus,
    Remedy,
    RemedyKind,
    Span,
)

_FILE = "gates.yaml"
_MARK = "⟦"
_NOTICES_MIN = 2
_QUOTED = re.compile(r"[‘“][^‘’“”\n]{1,400}[’”]")  # what others said is not the office's wording
_WORDS_IN_MESSAGE = 60
# The wording that code or a source wrote is not searched for promises and hedges of a writer.
_WRITTEN = frozenset((Origin.MODEL, Origin.PERSON))


def _nobody(_: str) -> Sequence[Span]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What is known of the case whose letter is checked.

    Args:
        letter: what kind of letter it is.
        kind: the kind of the complaint.
        decision: what the reply says; it matters for replies alone.
        points: the points with their status.
        remedies: what a refusal has to name (`remedies_for`).
        officer: who is in charge; what is empty is looked for by its form.
        find_personal: gives the places of personal data in a sentence.
        allowed: values that may stand in the letter: the complainant's own name, the officer's.
    """

    letter: LetterKind
    kind: ComplaintKind
    decision: Decision = Decision.ANSWER
    points: tuple[Point, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    officer: Officer = field(default_factory=Officer)
    find_personal: Callable[[str], Sequence[Span]] = _nobody
    allowed: tuple[str, ...] = ()


def check_letter(paper: Paper, facts: LetterFacts) -> tuple[GateFinding, ...]:
    """Return what is wrong with a letter, in the order of the text, what is missing last."""
    lines = lines_of(paper)
    return tuple(
        chain(
            chain.from_iterable(_in_sentence(line, facts) for line in lines),
            _officer(lines, facts),
            _of_letter(lines, facts),
        )
    )


# -- sentence by sentence ---------------------------------------------------------------------


def _in_sentence(line: Line, facts: LetterFacts) -> Iterator[GateFinding]:
    yield from _personal(line, facts)
    for rule in ("machine", "blame", "address"):
        yield from _worded(rule, line)
    if line.origin in _WRITTEN:
        for rule in ("guarantee", "commitment", "hedge"):
            yield from _worded(rule, line)
    if line.origin is Origin.EVIDENCE or _repeats_a_point(line.text, facts.points):
        return
    if end := impolite_end(line.text):
        yield finding("voice", line, span=end, found=line.text[slice(*end)])


def _repeats_a_point(text: str, points: Sequence[Point]) -> bool:
    """Whether a line only says again what was asked, in the complainant's own words."""
    said = _letters(text)
    return bool(said) and any(
        said in _letters(asked) for point in points for asked in (point.text, point.question)
    )


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _worded(rule: str, line: Line) -> Iterator[GateFinding]:
    bare = _QUOTED.sub(lambda match: " " * len(match.group()), line.text)
    for match in pattern(_FILE, rule).finditer(bare):
        yield finding(rule, line, span=match.span(), found=match.group().strip())


def _personal(line: Line, facts: LetterFacts) -> Iterator[GateFinding]:
    if (at := line.text.find(_MARK)) >= 0:
        yield finding("placeholder", line, span=(at, len(line.text)))
    own = [value for value in (*facts.allowed, *_officer_values(facts.officer)) if value]
    for span in facts.find_personal(line.text):
        value = line.text[span.start : span.end]
        if not any(value in each or each in value for each in own):
            yield finding("personal", line, span=(span.start, span.end))


def _officer_values(officer: Officer) -> tuple[str, ...]:
    return officer.department, officer.name, officer.contact


# -- what every letter holds ------------------------------------------------------------------


def _officer(lines: Sequence[Line], facts: LetterFacts) -> Iterator[GateFinding]:
    """Every notice names department, name and contact (시행령 제31조)."""
    text = "\n".join(line.text for line in lines)
    officer = facts.officer
    held = {
        "소속": _stands(officer.department, "department", text),
        "성명": bool(officer.name) and officer.name in text,
        "연락처": _stands(officer.contact, "phone", text),
    }
    if missing := [name for name, stands in held.items() if not stands]:
        yield finding("officer-missing", missing="ㆍ".join(missing))


def _stands(value: str, form: str, text: str) -> bool:
    return value in text if value else bool(pattern(_FILE, form).search(text))


# -- letter by letter -------------------------------------------------------------------------


def _of_letter(lines: Sequence[Line], facts: LetterFacts) -> Iterator[GateFinding]:
    if facts.letter is LetterKind.REPLY:
        return chain(_points(lines, facts), _referral(lines, facts), _refusal(lines, facts))
    checks: dict[LetterKind, Callable[[Sequence[Line], LetterFacts], Iterator[GateFinding]]] = {
        LetterKind.EXTENSION: _extension,
        LetterKind.SUPPLEMENT: _supplement,
        LetterKind.TRANSFER: _referral,
        LetterKind.PROGRESS: _progress,
        LetterKind.CLOSING: _closing,
    }
    return checks[facts.letter](lines, facts)


def _points(lines: Sequence[Line], facts: LetterFacts) -> Iterator[GateFinding]:
    """Each point is answered somewhere, or the official knows that it is not."""
    for point in facts.points:
        answer = [line.text for line in lines if line.subject_id == point.point_id]
        name = point.question[:_WORDS_IN_MESSAGE]
        is_empty = not any(text.strip() and OPEN_PLACE.search(text) is None for text in answer)
        if point.status in {PointStatus.UNTOUCHED, PointStatus.NO_BASIS} or is_empty:
            yield finding("point-unanswered", point_id=point.point_id, name=name)
        elif point.status is PointStatus.PARTLY or any(OPEN_PLACE.search(text) for text in answer):
            yield finding("point-partly", point_id=point.point_id, name=name)


def _referral(lines: Sequence[Line], facts: LetterFacts) -> Iterator[GateFinding]:
    text = "".join("".join(line.text.split()) for line in lines)
    sent = [point for point in facts.points if point.status is PointStatus.OTHER_BODY]
    for point in sent:
        body = "".join(point.other_body.split())
        if not body or body not in text:
            name = point.other_body or "소관 기관"
            yield finding("referral-missing", point_id=point.point_id, name=name)


def _refusal(lines: Sequence[Line], facts: LetterFacts) -> Iterator[GateFinding]:
    """A refusal names its reason and every remedy with its limits (제27조제3항)."""
    if not facts.decision.refuses:
        return
    for remedy in facts.remedies:
        yield from _remedy(lines, remedy)
    yield from _shut_out(lines, facts.remedies)
    core = [line.text for line in lines if not _names_one(line, facts.remedies)]
    if not any(pattern(_FILE, "reason").search(text) for text in core):
        yield finding("reason-missing")


def _names_one(line: Line, remedies: Sequence[Remedy]) -> bool:
    return any(True for remedy in remedies for _ in named_in(line.text, remedy.kind))


def _shut_out(lines: Sequence[Line], remedies: Sequence[Remedy]) -> Iterator[GateFinding]:
    """A way that the law closes is not offered: a fine is contested before the court alone."""
    for kind in (RemedyKind.APPEAL, RemedyKind.LAWSUIT):
        if not is_shut_out(kind, remedies):
            continue
        for line in lines:
            for named in named_in(line.text, kind):
                if pattern(_FILE, "offered").match(line.text, named.end):
                    span = (named.start, named.end)
                    yield finding("remedy-shut-out", line, span=span, name=remedy_of(kind).name)


def _remedy(lines: Sequence[Line], remedy: Remedy) -> Iterator[GateFinding]:
    wanted = limits_of(remedy.kind)
    places = [(line, named) for line in lines for named in named_in(line.text, remedy.kind)]
    said = {limit for _, named in places for limit in named.limits}
    shown = "ㆍ".join(sorted(wanted, key=lambda limit: (limit[-1] == "년", len(limit), limit)))
    if not places:
        yield finding("remedy-missing", name=remedy.name, basis=remedy.basis[0])
        return
    for line, named in places:
        for limit in named.limits:
            if wanted and limit not in wanted:
                span = (named.start, named.end)
                facts = {"name": remedy.name, "found": limit, "wanted": shown}
                yield finding("remedy-wrong", line, span=span, basis=remedy.basis[0], **facts)
    if not wanted <= said:
        yield finding("remedy-limit", name=remedy.name, wanted=shown, basis=remedy.basis[0])


def _extension(lines: Sequence[Line], facts: LetterFacts) -> Iterator[GateFinding]:
    """The grounds of the decree bind complaints alone; a claim to information has its own."""
    if facts.kind.is_complaint:
        yield from _ground(lines)
    yield from _progress(lines, facts)


def _ground(lines: Sequence[Line]) -> Iterator[GateFinding]:
    forbidden = False
    for line in lines:
        for match in pattern(_FILE, "forbidden_ground").finditer(line.text):
            forbidden = True
            yield finding("extension-forbidden", line, span=match.span(), found=match.group())
    if not forbidden and not _holds(lines, "extension_ground"):
        yield finding("extension-reason")


def _progress(lines: Sequence[Line], _: LetterFacts) -> Iterator[GateFinding]:
    if not _holds(lines, "date"):
        yield finding("date-missing")


def _supplement(lines: Sequence[Line], _: LetterFacts) -> Iterator[GateFinding]:
    if not _holds(lines, "date") or not any("보완" in line.text for line in lines):
        yield finding("supplement-period")


def _closing(lines: Sequence[Line], facts: LetterFacts) -> Iterator[GateFinding]:
    """Only complaints that are not statutory are closed, after two notices (제23조제1항)."""
    if facts.kind is ComplaintKind.STATUTORY or not facts.kind.is_complaint:
        yield finding("closing-statutory")
    dates = {match.group() for line in lines for match in _dates(line)}
    if len(dates) < _NOTICES_MIN:
        yield finding("closing-facts")


def _dates(line: Line) -> Iterator[re.Match[str]]:
    return pattern(_FILE, "date").finditer(line.text)


def _holds(lines: Sequence[Line], form: str) -> bool:
    wanted = pattern(_FILE, form)
    return any(wanted.search(line.text) and not OPEN_PLACE.search(line.text) for line in lines)
