"""Tables: the columns that jobs fill, those of the product and those of officials."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from api.deps import Context, ContextDep
from api.openapi import problems
from api.schemas.jobs import ItemView, Name, TableList, TableSave, TableTrial, TableView
from api.views.jobs import item_view, table_view
from assistant.domain import ColumnSet, JobItem
from assistant.errors import ConflictError, NotFoundError

router = APIRouter(prefix="/tables", tags=["jobs"])


@router.get("")
def list_tables(context: ContextDep) -> TableList:
    """Return the tables of the product, then those of the institution."""
    found = context.assistant.jobs.tables.list(institution_id=context.principal.institution_id)
    return TableList(tables=[table_view(one) for one in found])


@router.get("/{name}", responses=problems(404, 422))
def get_table(name: Name, context: ContextDep) -> TableView:
    """Return a table."""
    own = context.principal.institution_id
    return table_view(context.assistant.jobs.tables.get(name, institution_id=own))


@router.put("/{name}", responses=problems(403, 404, 409, 422))
def save_table(name: Name, body: TableSave, context: ContextDep) -> TableView:
    """Keep a table that an official made; each saving is a version."""
    if body.data.get("name") != name:
        raise ConflictError(reason="column_set_changed")
    saved = context.assistant.jobs.tables.save(
        body.data,
        institution_id=context.principal.institution_id,
        by=body.by,
        based_on=body.based_on,
    )
    return table_view(saved)


@router.delete("/{name}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(403, 404, 422))
def remove_table(
    name: Name, context: ContextDep, by: Annotated[str, Query(min_length=1, max_length=100)]
) -> Response:
    """Take a table of the institution off the list; jobs that used it keep it."""
    context.assistant.store.column_sets.remove(
        name, institution_id=context.principal.institution_id, by=by
    )
    return Response(status_code=status.HTTP_204_NO_CONTENT)


@router.post("/try", responses=problems(403, 404, 409, 422, 503))
async def try_table(body: TableTrial, context: ContextDep) -> ItemView:
    """Fill one row from one file, keeping nothing: to see whether a table fits."""
    tables, own = context.assistant.jobs.tables, context.principal.institution_id
    if body.data is None and body.table is None:
        raise NotFoundError(what="column_set")
    columns = (
        tables.checked(body.data)
        if body.data is not None
        else tables.columns(body.table or "", institution_id=own)
    )
    return item_view(await _trial(body, columns, context), columns, context.language)


async def _trial(body: TableTrial, columns: ColumnSet, context: Context) -> JobItem:
    files, own = context.assistant.jobs.files, context.principal.institution_id
    if body.row is not None:
        row = body.row
        return await files.trial_again(row.job_id, row.item_id, columns, institution_id=own)
    if body.document_id is None:
        raise NotFoundError(what="document")
    return await files.trial(body.document_id, columns, institution_id=own)
