"""One reviewed reply for complaints of the same content, with what differs in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.domain import PaperRecord
from assistant.domain.complaints import LetterKind, Point
from assistant.errors import ComplaintInputError, ConflictError
from assistant.flows.complaint.casework import required_person
from assistant.flows.complaint.drafting import Letters
from assistant.store import ComplaintGroup, Store, StoredCase

_ALIKE = 0.5  # share of equal characters from which two points ask the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A complaint of a group, and the points that the lead's reply does not answer."""

    case: StoredCase
    own_points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupState:
    """A group as it stands, its lead first; `is_reviewed` once a person has approved its reply."""

    group: ComplaintGroup
    members: tuple[Member, ...]
    is_reviewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """A reply made from the group's; `open_points` are left to a person."""

    complaint_id: str
    paper_id: str
    open_points: int


class Groups:
    """The flow behind groups of complaints.

    Args:
        store: the truth.
        letters: writes the replies.
    """

    def __init__(self, store: Store, letters: Letters) -> None:
        self._store = store
        self._letters = letters

    def make(
        self,
        complaint_ids: Sequence[str],
        *,
        lead_id: str,
        title: str,
        by: str,
        institution_id: str,
    ) -> GroupState:
        """Make a group; a person decides that its complaints ask the same.

        Raises:
            ComplaintInputError: Nobody decided it.
            NotFoundError: One of the complaints is none of the institution.
        """
        group = self._store.complaint_groups.add(
            complaint_ids,
            title=" ".join(title.split()),
            lead_id=lead_id,
            by=required_person(by),
            institution_id=institution_id,
        )
        return self.get(group.group_id, institution_id=institution_id)

    def get(self, group_id: str, *, institution_id: str) -> GroupState:
        """Return a group with what differs in each of its complaints.

        Raises:
            NotFoundError: The institution has no such group.
        """
        group = self._store.complaint_groups.get(group_id, institution_id=institution_id)
        lead = self._store.complaints.get(group.lead_id, institution_id=institution_id)
        members = []
        others = (one for one in group.complaint_ids if one != group.lead_id)
        for complaint_id in (group.lead_id, *others):
            case = self._store.complaints.get(complaint_id, institution_id=institution_id)
            pairs = counterparts(case.points, lead.points)
            own = tuple(point for point in case.points if point.point_id not in pairs)
            members.append(Member(case=case, own_points=own))
        return GroupState(
            group=group,
            members=tuple(members),
            is_reviewed=self._reviewed(group, institution_id) is not None,
        )

    def list(self, *, institution_id: str) -> tuple[ComplaintGroup, ...]:
        """Return the groups, newest first."""
        return self._store.complaint_groups.list(institution_id=institution_id)

    def set_master(self, group_id: str, paper_id: str, *, institution_id: str) -> GroupState:
        """Choose the lead's reply that is to answer the whole group.

        Raises:
            ComplaintInputError: The paper is no reply to the lead of the group.
            NotFoundError: There is no such group or paper.
        """
        group = self._store.complaint_groups.get(group_id, institution_id=institution_id)
        complaint_id, letter = self._store.complaints.case_of_paper(
            paper_id, institution_id=institution_id
        )
        if complaint_id != group.lead_id or letter.letter is not LetterKind.REPLY:
            raise ComplaintInputError(reason="master")
        self._store.complaint_groups.set_paper(group_id, paper_id, institution_id=institution_id)
        return self.get(group_id, institution_id=institution_id)

    def take_over(
        self, group_id: str, complaint_ids: Sequence[str], *, institution_id: str
    ) -> tuple[TakenOver, ...]:
        """Write a reply for each complaint from the reviewed one; each is approved by itself.

        Raises:
            ComplaintInputError: A complaint is none of the group.
            ConflictError: No person has approved the reply of the group.
            NotFoundError: The institution has no such group.
        """
        group = self._store.complaint_groups.get(group_id, institution_id=institution_id)
        master = self._reviewed(group, institution_id)
        if master is None:
            raise ConflictError(reason="master_not_approved")
        if set(complaint_ids) - set(group.complaint_ids):
            raise ComplaintInputError(reason="master")
        lead = self._store.complaints.get(group.lead_id, institution_id=institution_id)
        done = []
        for complaint_id in dict.fromkeys(complaint_ids):
            if complaint_id == group.lead_id:
                continue
            case = self._store.complaints.get(complaint_id, institution_id=institution_id)
            pairs = counterparts(case.points, lead.points)
            paper_id = self._letters.take_over(case, master, pairs)
            done.append(
                TakenOver(
                    complaint_id=complaint_id,
                    paper_id=paper_id,
                    open_points=len(case.points) - len(pairs),
                )
            )
        return tuple(done)

    def _reviewed(self, group: ComplaintGroup, institution_id: str) -> PaperRecord | None:
        if not group.paper_id:
            return None
        record = self._store.papers.get(group.paper_id, institution_id=institution_id)
        return record if record.approval is not None else None


def counterparts(points: Sequence[Point], of_lead: Sequence[Point]) -> dict[str, str]:
    """Return for each point the lead's point that asks the same, best match first.

    Two complaints that each ask one thing and were grouped by a person ask the same thing.
    """
    if len(points) == 1 and len(of_lead) == 1:
        return {points[0].point_id: of_lead[0].point_id}
    scored = sorted(
        (
            (_likeness(mine, theirs), mine.point_id, theirs.point_id)
            for mine in points
            for theirs in of_lead
        ),
        reverse=True,
    )
    pairs: dict[str, str] = {}
    for score, mine_id, their_id in scored:
        if score >= _ALIKE and mine_id not in pairs and their_id not in pairs.values():
            pairs[mine_id] = their_id
    return pairs


def _likeness(mine: Point, theirs: Point) -> float:
    return SequenceMatcher(None, mine.question, theirs.question, autojunk=False).ratio()
