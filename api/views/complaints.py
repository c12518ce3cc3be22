"""Complaints as the page gets them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from api.schemas.complaints import (
    AlternativeView,
    CaseEventView,
    ComplaintItem,
    ComplaintView,
    DraftingView,
    DueView,
    GuessView,
    LetterView,
    MaskDecisionView,
    MasksState,
    MaskView,
    OfficerView,
    OriginalView,
    PointCount,
    PointView,
    RowErrorView,
    RowTaken,
    Segment,
    SignView,
    SpanView,
    TableView,
)
from api.schemas.deadlines import RemainingView
from assistant.deadlines import Clock, rule_of
from assistant.domain.complaints import KindGuess, Point, PointStatus, Sign
from assistant.flows.complaint.casework import Original
from assistant.flows.complaint.masking import MaskedCase, original_span
from assistant.flows.complaint.receiving import TableTaken
from assistant.privacy import LABELS, Mask
from assistant.store import StoredCase
from assistant.wording import Language, error_text, row_error_text


def complaint_item(case: StoredCase, clock: Clock | None, language: Language) -> ComplaintItem:
    """Return a case as the queue shows it."""
    return ComplaintItem(
        complaint_id=case.complaint_id,
        number=case.number,
        title=case.title,
        kind=case.kind,
        kind_name=rule_of(case.kind.value).name,
        kind_by=case.kind_by,
        channel=case.channel,
        received_at=case.received_at,
        due=_due(clock),
        points=_counts(case.points),
        masks=masks_state(case),
        drafting=_drafting(case, language),
        letters=[
            LetterView(
                paper_id=one.paper_id,
                letter=one.letter,
                decision=one.decision,
                created_at=one.created_at,
            )
            for one in case.letters
        ],
        group_id=case.group_id or None,
        revision=case.revision,
    )


def complaint_view(
    case: StoredCase, clock: Clock | None, masked: MaskedCase, language: Language
) -> ComplaintView:
    """Return a case as its page shows it."""
    item = complaint_item(case, clock, language)
    return ComplaintView(
        **dict(item),
        text=case.text,
        title_length=case.title_length,
        attachments=list(case.attachments),
        reply_form=case.reply_form,
        applicants=case.applicants,
        period=case.period or None,
        officer=OfficerView(
            department=case.officer.department,
            name=case.officer.name,
            contact=case.officer.contact,
        ),
        guess=_guess(case.guess),
        case_points=[_point(one, masked) for one in case.points],
        events=[
            CaseEventView(
                event_id=one.event_id,
                type=one.name,
                at=one.at,
                facts=dict(one.facts),
                by=one.by,
                recorded_at=one.recorded_at,
            )
            for one in case.events
        ],
        created_at=case.created_at,
        updated_at=case.updated_at,
    )


def _due(clock: Clock | None) -> DueView:
    if clock is None:
        return DueView(
            on=None,
            at=None,
            state=None,
            remaining=None,
            is_provisional=False,
            needs_period=True,
        )
    left = clock.remaining
    return DueView(
        on=clock.due_on,
        at=clock.due_at,
        state=clock.state,
        remaining=RemainingView(days=left.days, minutes=left.minutes, is_late=left.is_late),
        is_provisional=clock.is_provisional,
        needs_period=False,
    )


def _counts(points: Sequence[Point]) -> list[PointCount]:
    counted = Counter(point.status for point in points)
    return [
        PointCount(status=status, count=counted[status])
        for status in PointStatus
        if counted[status]
    ]


def _drafting(case: StoredCase, language: Language) -> DraftingView:
    code = case.drafting_error or None
    return DraftingView(
        state=case.drafting,
        done=case.drafting_done,
        total=len(case.points),
        error_code=code,
        error=error_text(code, {}, language) if code else None,
    )


def masks_state(case: StoredCase) -> MasksState:
    """Return whether the masks of a case are checked."""
    return MasksState(
        is_checked=case.masks_checked_at is not None,
        checked_by=case.masks_checked_by,
        checked_at=case.masks_checked_at,
        candidates=case.candidates,
    )


def _guess(guess: KindGuess) -> GuessView:
    return GuessView(
        kind=guess.kind,
        kind_name=rule_of(guess.kind.value).name,
        share=guess.share,
        signs=_signs(guess.signs),
        alternatives=[
            AlternativeView(
                kind=one.kind,
                kind_name=rule_of(one.kind.value).name,
                share=one.share,
                signs=_signs(one.signs),
            )
            for one in guess.alternatives
        ],
    )


def _signs(signs: Iterable[Sign]) -> list[SignView]:
    return [
        SignView(
            start=one.span.start,
            end=one.span.end,
            text=one.text,
            reason=one.reason,
            weight=one.weight,
        )
        for one in signs
    ]


def _point(point: Point, masked: MaskedCase) -> PointView:
    back = [original_span(masked.masked, span) for span in point.spans]
    return PointView(
        point_id=point.point_id,
        text=point.text,
        question=point.question,
        spans=[SpanView(start=one.start, end=one.end) for one in point.spans],
        original_spans=[SpanView(start=one.start, end=one.end) for one in back],
        status=point.status,
        other_body=point.other_body,
        by=point.by,
    )


def original_view(original: Original, case: StoredCase) -> OriginalView:
    """Return the text as it came, cut where it is masked."""
    found = original.case
    candidates = {one.mask_id for one in found.candidates}
    body = original_span(found.masked, found.body_span)
    return OriginalView(
        segments=list(_segments(found, candidates)),
        title_length=found.title_length,
        body_start=body.start,
        body_end=body.end,
        masks=masks_state(case),
        decisions=[
            MaskDecisionView(
                action=one.action,
                kind=one.kind,
                start=one.start,
                end=one.end,
                by=one.by,
                decided_at=one.decided_at,
            )
            for one in original.decisions
        ],
    )


def _segments(found: MaskedCase, candidates: set[str]) -> Iterable[Segment]:
    text, at = found.masked.original, 0
    for mask in found.masked.masks:
        if mask.start > at:
            yield Segment(start=at, text=text[at : mask.start], mask=None)
        yield Segment(
            start=mask.start,
            text=text[mask.start : mask.end],
            mask=_mask(mask, is_candidate=mask.mask_id in candidates),
        )
        at = mask.end
    if at < len(text):
        yield Segment(start=at, text=text[at:], mask=None)


def _mask(mask: Mask, *, is_candidate: bool) -> MaskView:
    return MaskView(
        mask_id=mask.mask_id,
        kind=mask.kind,
        label=LABELS[mask.kind],
        placeholder=mask.placeholder,
        reason=mask.reason,
        confidence=mask.confidence,
        is_candidate=is_candidate,
    )


def table_view(taken: TableTaken, language: Language) -> TableView:
    """Return what came of a table."""
    return TableView(
        taken=[RowTaken(row=row, complaint_id=one) for row, one in taken.taken],
        errors=[
            RowErrorView(
                row=one.row,
                code=one.code,
                column=one.column,
                detail=row_error_text(one.code, one.column, language),
            )
            for one in taken.errors
        ],
        columns=taken.columns,
        unknown_columns=list(taken.unknown),
    )
