"""Shapes of what complaints share: similar cases, facts of repeated ones, groups with one reply."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from api.schemas.base import Body, Id, View
from api.schemas.complaints import Line, Person
from api.schemas.deadlines import ArticleView
from assistant.domain.complaints import Likeness


class GroupRequest(Body):
    """Complaints that a person takes for the same; `lead_id` is the one whose reply is reviewed."""

    by: Person
    lead_id: Id
    complaint_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=2_000)]
    title: Line = ""


class MasterRequest(Body):
    """The reply to the lead that is to answer the group."""

    paper_id: Id


class TakeOverRequest(Body):
    """Members that are to get the reviewed reply; all but the lead when none is named."""

    complaint_ids: Annotated[tuple[Id, ...], Field(max_length=2_000)] = ()


class ReasonView(View):
    """One reason why two complaints resemble each other; `text` names what they share."""

    kind: Likeness
    text: str
    weight: float


class SimilarView(View):
    """An earlier complaint that resembles this one; `score` is 0 to 1."""

    complaint_id: str
    number: str
    title: str
    score: float
    reasons: list[ReasonView]
    received_on: date
    answered_on: list[date]
    paper_ids: list[str]


class RepeatFactView(View):
    """One condition of closing a repeated complaint; `holds` null where a person must judge."""

    text: str
    holds: bool | None
    article: ArticleView | None


class RepeatsView(View):
    """What 제23조 asks; the official decides. `count` includes this complaint."""

    count: int
    received_on: list[date]
    answered_on: list[date]
    earlier_ids: list[str]
    may_be_closed: bool
    facts: list[RepeatFactView]


class RemitView(View):
    """A sign that a point is another body's affair, with the words that tell."""

    point_id: str
    body: str
    subject: str
    words: list[str]
    basis: str


class ResemblanceView(View):
    """What is found beside a case."""

    similar: list[SimilarView]
    repeats: RepeatsView
    remit: list[RemitView]


class SuggestedGroup(View):
    """Complaints that one reply may answer, as a suggestion."""

    lead_id: str
    complaint_ids: list[str]
    reasons: list[ReasonView]


class GroupItem(View):
    """A group in the list."""

    group_id: str
    title: str
    lead_id: str
    paper_id: str | None
    by: str
    complaint_ids: list[str]
    created_at: datetime


class GroupList(View):
    """The groups there are, and those that could be made."""

    groups: list[GroupItem]
    suggested: list[SuggestedGroup]


class MemberView(View):
    """A complaint of a group; `own_points` are those that the group's reply does not answer."""

    complaint_id: str
    number: str
    title: str
    own_points: list[str]
    paper_ids: list[str]


class GroupView(GroupItem):
    """A group; `is_reviewed` once a person has approved its reply."""

    is_reviewed: bool
    members: list[MemberView]


class TakenOverView(View):
    """A reply made from that of the group; each is approved by itself."""

    complaint_id: str
    paper_id: str
    open_points: int


class TakenOverList(View):
    """What was made."""

    replies: list[TakenOverView]
