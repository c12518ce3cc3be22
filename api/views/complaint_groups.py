"""What complaints share, as the page gets it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.schemas.complaint_groups import (
    GroupItem,
    GroupList,
    GroupView,
    MemberView,
    ReasonView,
    RemitView,
    RepeatFactView,
    RepeatsView,
    ResemblanceView,
    SimilarView,
    SuggestedGroup,
    TakenOverList,
    TakenOverView,
)
from api.views.deadlines import article_view
from assistant.deadlines import Article
from assistant.domain.complaints import LawPlace, LikenessReason, RepeatFacts, SimilarGroup
from assistant.flows.complaint.grouping import GroupState, TakenOver
from assistant.flows.complaint.similar import Resemblance
from assistant.flows.deadline import Openings
from assistant.store import ComplaintGroup, StoredCase


def resemblance_view(
    found: Resemblance, cases: Mapping[str, StoredCase], openings: Openings
) -> ResemblanceView:
    """Return what is found beside a case."""
    return ResemblanceView(
        similar=[
            SimilarView(
                complaint_id=one.complaint_id,
                number=cases[one.complaint_id].number,
                title=cases[one.complaint_id].title,
                score=one.score,
                reasons=_reasons(one.reasons),
                received_on=one.received_on,
                answered_on=list(one.answered_on),
                paper_ids=[letter.paper_id for letter in cases[one.complaint_id].letters],
            )
            for one in found.similar
            if one.complaint_id in cases
        ],
        repeats=_repeats(found.repeats, openings),
        remit=[
            RemitView(
                point_id=one.point_id,
                body=one.body,
                subject=one.subject,
                words=[sign.text for sign in one.signs],
                basis=str(one.basis),
            )
            for one in found.remit
        ],
    )


def article_of(place: LawPlace) -> Article | None:
    """Return a place in a law as deadlines name it; None where the whole law is meant."""
    head, _, rest = place.label.partition("조")
    branch = ""
    if rest.startswith("의"):
        number = rest[1:].split("제")[0]
        branch, rest = f"의{number}", rest[1 + len(number) :]
    if not head:
        return None
    return Article(law=place.law, article=f"{head}조{branch}", paragraph=rest)


def _repeats(found: RepeatFacts, openings: Openings) -> RepeatsView:
    return RepeatsView(
        count=found.count,
        received_on=list(found.received_on),
        answered_on=list(found.answered_on),
        earlier_ids=list(found.earlier_ids),
        may_be_closed=found.may_be_closed,
        facts=[
            RepeatFactView(
                text=one.text,
                holds=one.holds,
                article=article_view(article, openings)
                if (article := article_of(one.basis))
                else None,
            )
            for one in found.facts
        ],
    )


def _reasons(reasons: Iterable[LikenessReason]) -> list[ReasonView]:
    return [ReasonView(kind=one.kind, text=one.text, weight=one.weight) for one in reasons]


def group_list(groups: Iterable[ComplaintGroup], suggested: Iterable[SimilarGroup]) -> GroupList:
    """Return the groups there are, and those that could be made."""
    return GroupList(
        groups=[group_item(one) for one in groups],
        suggested=[
            SuggestedGroup(
                lead_id=one.lead_id,
                complaint_ids=list(one.complaint_ids),
                reasons=_reasons(one.reasons),
            )
            for one in suggested
        ],
    )


def group_item(group: ComplaintGroup) -> GroupItem:
    """Return a group as a list shows it."""
    return GroupItem(
        group_id=group.group_id,
        title=group.title,
        lead_id=group.lead_id,
        paper_id=group.paper_id or None,
        by=group.by,
        complaint_ids=list(group.complaint_ids),
        created_at=group.created_at,
    )


def group_view(state: GroupState) -> GroupView:
    """Return a group with what differs in each of its complaints."""
    return GroupView(
        **dict(group_item(state.group)),
        is_reviewed=state.is_reviewed,
        members=[
            MemberView(
                complaint_id=one.case.complaint_id,
                number=one.case.number,
                title=one.case.title,
                own_points=[point.text for point in one.own_points],
                paper_ids=[letter.paper_id for letter in one.case.letters],
            )
            for one in state.members
        ],
    )


def taken_over_list(done: Iterable[TakenOver]) -> TakenOverList:
    """Return the replies that were made."""
    return TakenOverList(
        replies=[
            TakenOverView(
                complaint_id=one.complaint_id,
                paper_id=one.paper_id,
                open_points=one.open_points,
            )
            for one in done
        ]
    )
