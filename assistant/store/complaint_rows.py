"""Rows of complaints turned into what callers get, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from assistant.domain.complaints import (
    Channel,
    ComplaintKind,
    Decision,
    KindGuess,
    LetterKind,
    Officer,
    Point,
    ReplyForm,
)
from assistant.store.complaint_records import (
    CaseEvent,
    DraftingState,
    Due,
    Letter,
    StoredCase,
)
from assistant.store.rows import AnyRow


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def points_json(points: tuple[Point, ...]) -> str:
    """Return points as stored."""
    text: str = _adapter(tuple[Point, ...]).dump_json(points).decode()
    return text


def guess_json(guess: KindGuess) -> str:
    """Return a guess as stored."""
    text: str = _adapter(KindGuess).dump_json(guess).decode()
    return text


def officer_json(officer: Officer) -> str:
    """Return an officer as stored."""
    text: str = _adapter(Officer).dump_json(officer).decode()
    return text


def facts_json(facts: Mapping[str, object]) -> str:
    """Return the values of an event as stored."""
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True)


def due_values(due: Due) -> dict[str, object]:
    """Return the columns of a date due."""
    return {
        "due_on": due.on,
        "due_at": due.at,
        "due_moment": due.moment,
        "is_over": due.is_over,
        "is_provisional": due.is_provisional,
    }


def case_of(
    row: AnyRow, *, events: tuple[CaseEvent, ...] = (), letters: tuple[Letter, ...] = ()
) -> StoredCase:
    """Return a complaint from its row."""
    return StoredCase(
        complaint_id=row.complaint_id,
        institution_id=row.institution_id,
        number=row.number,
        received_at=row.received_at,
        channel=Channel(row.channel),
        reply_form=ReplyForm(row.reply_form),
        applicants=row.applicants,
        applicant_key=row.applicant_key,
        title=row.title,
        text=row.text,
        title_length=row.title_length,
        attachments=row.attachments,
        kind=ComplaintKind(row.kind),
        kind_by=row.kind_by,
        guess=_adapter(KindGuess).validate_json(row.guess),
        period=row.period,
        officer=_adapter(Officer).validate_json(row.officer),
        points=_adapter(tuple[Point, ...]).validate_json(row.points),
        due=Due(
            on=row.due_on,
            at=row.due_at,
            moment=row.due_moment,
            is_over=row.is_over,
            is_provisional=row.is_provisional,
        ),
        masks_checked_by=row.masks_checked_by,
        masks_checked_at=row.masks_checked_at,
        candidates=row.candidates,
        drafting=DraftingState(row.drafting),
        drafting_done=row.drafting_done,
        drafting_error=row.drafting_error,
        wanted=row.wanted,
        group_id=row.group_id,
        revision=row.revision,
        created_at=row.created_at,
        updated_at=row.updated_at,
        events=events,
        letters=letters,
    )


def event_of(row: AnyRow) -> CaseEvent:
    """Return an event from its row."""
    return CaseEvent(
        event_id=row.event_id,
        name=row.name,
        at=row.at,
        facts=json.loads(row.facts),
        by=row.by,
        recorded_at=row.recorded_at,
    )


def letter_of(row: AnyRow) -> Letter:
    """Return a letter from its row."""
    return Letter(
        paper_id=row.paper_id,
        letter=LetterKind(row.letter),
        decision=Decision(row.decision),
        created_at=row.created_at,
        is_disposition=row.is_disposition,
    )
