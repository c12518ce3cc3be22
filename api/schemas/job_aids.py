"""Shapes of the aids to a selection over the rows of a job."""

from __future__ import annotations

from datetime import date
from typing import Literal

from api.schemas.base import View

LimitCode = Literal["patent_age", "utility_age", "trl", "foreign_parts"]
ReasonCode = Literal["same_item_and_technology", "similar_text", "same_patents", "same_product"]


class ReasonView(View):
    """What two rows have in common; `share` is 1 for what is equal."""

    code: ReasonCode
    text: str
    share: float


class DuplicateView(View):
    """Two rows to be looked at together."""

    first: str
    second: str
    reasons: list[ReasonView]


class LimitView(View):
    """A limit that a row is beyond; `is_known` False where the row does not say it for sure."""

    item_id: str
    code: LimitCode
    column: str
    text: str
    value: str
    basis: str
    is_known: bool


class LackView(View):
    """Papers marked as not handed in, and required ones that the row does not mention."""

    item_id: str
    missing: list[str]
    unclear: list[str]


class GroupView(View):
    """Rows that share a value of a column; `label` is "" for those that do not state it."""

    column: str
    column_label: str
    label: str
    item_ids: list[str]


class CountView(View):
    """How the cells of a column stand over all rows."""

    column: str
    label: str
    found: int
    inferred: int
    not_stated: int
    conflicting: int


class JobAids(View):
    """All aids of a job, looked at on a day; see `assistant.flows.selection`."""

    on: date
    row_count: int
    duplicates: list[DuplicateView]
    limits: list[LimitView]
    missing_papers: list[LackView]
    groups: list[GroupView]
    counts: list[CountView]
