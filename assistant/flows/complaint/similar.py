"""What a complaint resembles, and whose affair its points may be: offered, never decided."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.complaints import SimilarityIndex, remit_signs, repeat_facts
from assistant.deadlines import SEOUL
from assistant.domain.complaints import (
    EarlierComplaint,
    RemitSign,
    RepeatFacts,
    SimilarComplaint,
    SimilarGroup,
)
from assistant.store import Store, StoredCase

_LIMIT = 10
_FOR_REPEATS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """What is found beside a case."""

    similar: tuple[SimilarComplaint, ...]
    repeats: RepeatFacts
    remit: tuple[RemitSign, ...]


class SimilarCases:
    """The flow behind similar complaints; only masked text of one institution is compared.

    The index of an institution is kept until one of its complaints changes.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, tuple[str, SimilarityIndex]] = {}
        self._lock = threading.Lock()

    def of(self, case: StoredCase, *, own_bodies: Sequence[str] = ()) -> Resemblance:
        """Return what a case resembles, the facts of 제23조, and signs of another body's affair."""
        return Resemblance(
            similar=self._found(case, _LIMIT),
            repeats=self.repeats(case),
            remit=remit_signs(case.text, case.points, own=own_bodies),
        )

    def repeats(self, case: StoredCase) -> RepeatFacts:
        """Return how often the same person asked the same before, and what was told when."""
        today = case.received_at.astimezone(SEOUL).date()
        before = [one for one in self._found(case, _FOR_REPEATS) if one.received_on <= today]
        return repeat_facts(case.kind, before, applicants=case.applicants)

    def groups(self, *, institution_id: str) -> tuple[SimilarGroup, ...]:
        """Return the complaints that one reviewed reply may answer, largest group first."""
        return self._index(institution_id).groups()

    def _found(self, case: StoredCase, limit: int) -> tuple[SimilarComplaint, ...]:
        asked = EarlierComplaint(
            complaint_id=case.complaint_id,
            received_on=case.received_at.astimezone(SEOUL).date(),
            title=case.title,
            text=case.body,
            applicant_key=case.applicant_key,
        )
        return self._index(case.institution_id).similar(asked, limit=limit)

    def _index(self, institution_id: str) -> SimilarityIndex:
        stamp = self._store.complaints.stamp(institution_id=institution_id)
        with self._lock:
            kept = self._kept.get(institution_id)
            if kept is not None and kept[0] == stamp:
                return kept[1]
            index = SimilarityIndex(self._store.complaints.earlier(institution_id=institution_id))
            self._kept[institution_id] = (stamp, index)
            return index
