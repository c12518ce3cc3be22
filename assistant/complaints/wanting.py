"""What a person has to find out where no rule answers a point, said where the letter leaves it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.complaints.naming import name_of
from assistant.complaints.shelf import pattern, shelf
from assistant.domain import ComplaintKind, Decision

_FILE = "wanting.yaml"
_QUERIES = frozenset({ComplaintKind.QUERY_LAW, ComplaintKind.QUERY_PROCEDURE})
_ON_SITE = frozenset({ComplaintKind.OTHER, ComplaintKind.GRIEVANCE})
_NAMED = 2


def wanted_of(question: str, kind: ComplaintKind, decision: Decision = Decision.ANSWER) -> str:
    """Return what the answer to a point has to hold that no source gave.

    >>> wanted_of("수수료는 얼마인가요?", ComplaintKind.QUERY_PROCEDURE)
    '금액과 그 근거'
    >>> wanted_of("가로등을 고쳐 주세요", ComplaintKind.OTHER)
    '현장을 확인하고 조치한 결과'
    """
    held, by_kind = shelf(_FILE), str(shelf(_FILE)["kinds"][kind])
    if decision.refuses:
        return _refused(kind, decision)
    name = name_of(question)
    if name.is_wish:
        by_words = _first(held["wishes"], name.label) if kind in _QUERIES | _ON_SITE else ""
        return by_words or (str(held["wished"]) if kind in _QUERIES else by_kind)
    is_noun = kind is ComplaintKind.OTHER and not name.noun  # 담당자 전화번호, 구비서류
    if kind in _QUERIES or is_noun or name.label.endswith(("지", "여부")):
        return _asked(name.label) or by_kind
    return by_kind


def _refused(kind: ComplaintKind, decision: Decision) -> str:
    held = shelf(_FILE)
    if decision is Decision.PARTIAL:
        is_claim = kind is ComplaintKind.DISCLOSURE
        return str(held["kinds"][kind] if is_claim else held["partly_refused"])
    return str(held.get(f"refused_{kind}", held["refused"]))


def _asked(label: str) -> str:
    """Return what a question is after: one or two things, or whether something is so."""
    held = shelf(_FILE)
    is_closed = label.endswith(("지", "여부")) and not pattern(_FILE, "asking_words").search(label)
    if is_closed:
        key = "is_possible" if pattern(_FILE, "possible").search(label) else "is_so"
        return str(held[key])
    found = [
        (match.start(), str(row["what"]))
        for row in held["questions"]
        if (match := re.search(row["pattern"], label))
    ]
    return ", ".join(dict.fromkeys(what for _, what in sorted(found)[:_NAMED]))


def _first(rows: Sequence[Mapping[str, str]], text: str) -> str:
    return next((row["what"] for row in rows if re.search(row["pattern"], text)), "")
