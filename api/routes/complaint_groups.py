"""What complaints share: similar ones, repeated ones, and groups with one reviewed reply."""

from __future__ import annotations

from fastapi import APIRouter, status

from api.deps import ContextDep
from api.openapi import problems
from api.routes.deadlines import openings_of
from api.schemas.complaint_groups import (
    GroupList,
    GroupRequest,
    GroupView,
    MasterRequest,
    ResemblanceView,
    TakenOverList,
    TakeOverRequest,
)
from api.views.complaint_groups import (
    article_of,
    group_list,
    group_view,
    resemblance_view,
    taken_over_list,
)

router = APIRouter(prefix="/complaints", tags=["complaints"])


@router.get("/groups")
def list_groups(context: ContextDep) -> GroupList:
    """Return the groups there are, and complaints that could make one."""
    desk, institution_id = context.assistant.complaints, context.principal.institution_id
    return group_list(
        desk.groups.list(institution_id=institution_id),
        desk.similar.groups(institution_id=institution_id),
    )


@router.post("/groups", status_code=status.HTTP_201_CREATED, responses=problems(403, 404, 422))
def make_group(body: GroupRequest, context: ContextDep) -> GroupView:
    """Make a group of complaints that a person takes for the same."""
    state = context.assistant.complaints.groups.make(
        body.complaint_ids,
        lead_id=body.lead_id,
        title=body.title,
        by=body.by,
        institution_id=context.principal.institution_id,
    )
    return group_view(state)


@router.get("/groups/{group_id}", responses=problems(404))
def get_group(group_id: str, context: ContextDep) -> GroupView:
    """Return a group with what differs in each of its complaints."""
    groups = context.assistant.complaints.groups
    return group_view(groups.get(group_id, institution_id=context.principal.institution_id))


@router.put("/groups/{group_id}/master", responses=problems(403, 404, 422))
def set_master(group_id: str, body: MasterRequest, context: ContextDep) -> GroupView:
    """Choose the reply to the lead that is to answer the group."""
    state = context.assistant.complaints.groups.set_master(
        group_id, body.paper_id, institution_id=context.principal.institution_id
    )
    return group_view(state)


@router.post("/groups/{group_id}/replies", responses=problems(403, 404, 409, 422))
def take_over(group_id: str, body: TakeOverRequest, context: ContextDep) -> TakenOverList:
    """Write a reply for each member from the reviewed one; each is approved by itself."""
    groups, institution_id = context.assistant.complaints.groups, context.principal.institution_id
    state = groups.get(group_id, institution_id=institution_id)
    wanted = body.complaint_ids or state.group.complaint_ids
    return taken_over_list(groups.take_over(group_id, wanted, institution_id=institution_id))


@router.get("/{complaint_id}/similar", responses=problems(404))
def get_similar(complaint_id: str, context: ContextDep) -> ResemblanceView:
    """Return similar complaints with reasons, the facts of 제23조, and signs of another's remit."""
    desk, institution_id = context.assistant.complaints, context.principal.institution_id
    case = desk.cases.get(complaint_id, institution_id=institution_id)
    found = desk.similar.of(case)
    cases = {
        one.complaint_id: desk.cases.get(one.complaint_id, institution_id=institution_id)
        for one in found.similar
    }
    articles = [article for one in found.repeats.facts if (article := article_of(one.basis))]
    return resemblance_view(found, cases, openings_of(context, articles))
