"""Jobs, their rows and tables for the page."""

from __future__ import annotations

from typing import Any

from api.schemas.documents import FailureView
from api.schemas.jobs import (
    CellBrief,
    CellView,
    ChoiceView,
    ColumnView,
    ConfirmationView,
    CorrectionView,
    EvidenceView,
    ItemBrief,
    ItemFileView,
    ItemView,
    JobBrief,
    JobCountsView,
    JobView,
    NoticeView,
    PaperView,
    RequiredPaperView,
    SummaryLine,
    TableBrief,
    TableView,
    ValueView,
)
from assistant.applications import as_data, editable_copy
from assistant.domain import (
    CellCorrection,
    CellEvidence,
    CellValue,
    Column,
    ColumnSet,
    ItemCell,
    Job,
    JobItem,
    LedgerSentence,
    PaperNeed,
    PaperPresence,
    UserColumnSet,
)
from assistant.wording import Language
from assistant.wording.rows import item_error_text, notice_text, reason_text


def table_view(found: ColumnSet | UserColumnSet) -> TableView:
    """Return a column set, with who saved it when it is of the institution's own."""
    own = found if isinstance(found, UserColumnSet) else None
    columns = found.columns if isinstance(found, UserColumnSet) else found
    return TableView(
        name=columns.name,
        version=columns.version,
        reference=columns.reference,
        title=columns.title,
        purpose=columns.purpose,
        is_shipped=columns.is_shipped,
        columns=[_column_view(column) for column in columns.columns],
        papers=[
            RequiredPaperView(name=paper.name, label=paper.label, need=paper.need)
            for paper in columns.papers
        ],
        data=_editable(columns),
        by=own.by if own else "",
        saved_at=own.saved_at if own else None,
    )


def _editable(columns: ColumnSet) -> dict[str, object]:
    if columns.is_shipped:
        return editable_copy(columns, name=columns.name, title=columns.title)
    return as_data(columns)


def _column_view(column: Column) -> ColumnView:
    return ColumnView(
        name=column.name,
        label=column.label,
        meaning=column.meaning,
        type=column.type,
        unit=column.unit,
        choices=[
            ChoiceView(value=choice.value, synonyms=list(choice.synonyms))
            for choice in column.choices
        ],
        labels=list(column.labels),
        group=column.group,
        required=column.required,
        many=column.many,
        low=column.low,
        high=column.high,
    )


def job_view(job: Job) -> JobView:
    """Return a job with its columns."""
    return JobView(**_facts(job), table=table_view(job.columns))


def job_brief(job: Job) -> JobBrief:
    """Return a job as a list shows it."""
    columns = job.columns
    table = TableBrief(
        name=columns.name,
        version=columns.version,
        reference=columns.reference,
        title=columns.title,
        is_shipped=columns.is_shipped,
    )
    return JobBrief(**_facts(job), table=table)


def _facts(job: Job) -> dict[str, Any]:
    counts = job.counts
    return {
        "job_id": job.job_id,
        "title": job.title,
        "state": job.state,
        "grade": job.grade,
        "counts": JobCountsView(
            total=counts.total,
            waiting=counts.waiting,
            running=counts.running,
            done=counts.done,
            failed=counts.failed,
            cancelled=counts.cancelled,
            conflicting=counts.conflicting,
            confirmed=counts.confirmed,
        ),
        "left_s": None if job.left_s is None else round(job.left_s, 1),
        "calls": job.use.calls,
        "reused": job.reused,
        "prompt_tokens": job.use.prompt_tokens,
        "completion_tokens": job.use.completion_tokens,
        "cost_won": None if job.cost_won is None else round(job.cost_won, 1),
        "by": job.by,
        "created_at": job.created_at,
        "updated_at": job.updated_at,
        "finished_at": job.finished_at,
        "changed": job.changed,
    }


def item_brief(item: JobItem, columns: ColumnSet, language: Language) -> ItemBrief:
    """Return a row as the table shows it."""
    labels = {paper.name: paper.label for paper in columns.papers}
    result = item.result
    papers = result.papers if result else ()
    return ItemBrief(
        item_id=item.item_id,
        position=item.position,
        file=_file_view(item),
        state=item.state,
        error=_failure(item, language),
        title=result.title if result else "",
        cells={} if result is None else _briefs(item, columns),
        missing_papers=[
            labels.get(found.paper, found.paper)
            for found in papers
            if found.presence is PaperPresence.MISSING
        ],
        papers_present=sum(found.presence is PaperPresence.PRESENT for found in papers),
        papers_expected=sum(
            found.need is PaperNeed.ALWAYS or found.presence is not PaperPresence.NOT_MENTIONED
            for found in papers
        ),
        notices=_notices(item, language),
        confirmation=_confirmation(item),
        changed=item.changed,
    )


def item_view(item: JobItem, columns: ColumnSet, language: Language) -> ItemView:
    """Return a row with everything about it."""
    result = item.result
    cells = [
        cell_view(
            result.cell(column.name) if result else None,
            item.correction(column.name),
            column.name,
            language,
        )
        for column in (columns.columns if result or item.corrections else ())
    ]
    return ItemView(
        item_id=item.item_id,
        job_id=item.job_id,
        position=item.position,
        file=_file_view(item),
        state=item.state,
        attempts=item.attempts,
        error=_failure(item, language),
        title=result.title if result else "",
        cells=[cell for cell in cells if cell is not None],
        papers=_papers(item, columns),
        summary=[_line(sentence) for sentence in (result.summary if result else ())],
        notices=_notices(item, language),
        model=result.model if result else None,
        page_count=result.page_count if result else None,
        confirmation=_confirmation(item),
        changed=item.changed,
        started_at=item.started_at,
        finished_at=item.finished_at,
    )


def cell_view(
    cell: ItemCell | None, correction: CellCorrection | None, column: str, language: Language
) -> CellView | None:
    """Return a cell with everything that was found; None when there is nothing to show."""
    if cell is None:
        return None
    brief = _brief(cell, correction)
    return CellView(
        status=brief.status,
        value=brief.value,
        display=brief.display,
        is_corrected=brief.is_corrected,
        is_outdated=brief.is_outdated,
        column=column,
        found=cell.display,
        reason=cell.reason,
        reason_text=reason_text(cell.reason, language),
        note=cell.note,
        values=[_value_view(value) for value in cell.values],
        correction=None if correction is None else _correction_view(cell, correction),
    )


def _briefs(item: JobItem, columns: ColumnSet) -> dict[str, CellBrief]:
    result = item.result
    if result is None:
        return {}
    return {
        column.name: _brief(result.cell(column.name), item.correction(column.name))
        for column in columns.columns
    }


def _brief(cell: ItemCell, correction: CellCorrection | None) -> CellBrief:
    return CellBrief(
        status=cell.status,
        value=cell.value if correction is None else correction.value,
        display=cell.display if correction is None else correction.display,
        is_corrected=correction is not None,
        is_outdated=correction is not None and correction.replaced != cell.value,
    )


def _correction_view(cell: ItemCell, correction: CellCorrection) -> CorrectionView:
    return CorrectionView(
        value=correction.value,
        display=correction.display,
        by=correction.by,
        at=correction.at,
        reason=correction.reason,
        replaced=correction.replaced,
        is_outdated=correction.replaced != cell.value,
    )


def _value_view(value: CellValue) -> ValueView:
    return ValueView(
        value=value.value,
        display=value.display,
        raw=value.raw,
        qualifier=value.qualifier,
        by=value.by,
        evidence=_evidence_view(value.evidence),
    )


def _evidence_view(evidence: CellEvidence) -> EvidenceView:
    return EvidenceView(
        quote=evidence.quote,
        block=evidence.block,
        start=evidence.start,
        end=evidence.end,
        row=evidence.row,
        column=evidence.column,
        page=evidence.page,
        label=evidence.label,
        is_ocr=evidence.is_ocr,
        section=evidence.section,
        section_start=evidence.section_start,
        section_end=evidence.section_end,
    )


def _papers(item: JobItem, columns: ColumnSet) -> list[PaperView]:
    labels = {paper.name: paper.label for paper in columns.papers}
    return [
        PaperView(
            name=found.paper,
            label=labels.get(found.paper, found.paper),
            need=found.need,
            presence=found.presence,
            evidence=None if found.evidence is None else _evidence_view(found.evidence),
        )
        for found in (item.result.papers if item.result else ())
    ]


def _line(sentence: LedgerSentence) -> SummaryLine:
    first = sentence.citations[0] if sentence.citations else None
    return SummaryLine(
        text=sentence.text,
        status=sentence.status,
        section=first.section_ordinal if first else None,
        start=first.start if first else None,
        end=first.end if first else None,
        quote=first.quote if first else "",
    )


def _notices(item: JobItem, language: Language) -> list[NoticeView]:
    codes = item.result.notices if item.result else ()
    return [NoticeView(code=code, text=notice_text(code, language)) for code in codes]


def _confirmation(item: JobItem) -> ConfirmationView | None:
    found = item.confirmation
    return None if found is None else ConfirmationView(by=found.by, at=found.at)


def _failure(item: JobItem, language: Language) -> FailureView | None:
    if item.error_code is None:
        return None
    reason = item.error_reason or ""
    detail = item_error_text(item.error_code, reason, language)
    return FailureView(code=item.error_code, detail=detail, reason=reason)


def _file_view(item: JobItem) -> ItemFileView:
    file = item.file
    return ItemFileView(
        file_name=file.file_name,
        size_bytes=file.size_bytes,
        grade=file.grade,
        document_id=file.document_id,
        version_id=file.version_id,
    )
