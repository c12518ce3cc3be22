"""A job as a book: a page for each file, with its summary, its values and what is to be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from assistant.domain import (
    CellStatus,
    Column,
    Draft,
    DraftBlock,
    DraftFacts,
    DraftStyle,
    Heading,
    Job,
    JobItem,
    JobItemState,
    Note,
    PageBreak,
    Paragraph,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.text import truncate
from assistant.wording.rows import CELL_STATUSES, ITEM_STATES, item_error_text, notice_text
from assistant.writing import write

_QUOTE_CHARS = 60
_WIDTHS = (0.24, 0.40, 0.36)
_MARKERS = "□○◦-·ㆍ* "  # the book sets its own
_CARRIED = frozenset({SentenceStatus.SUPPORTED, SentenceStatus.COMPUTED, SentenceStatus.GIVEN})


def as_book(
    job: Job, items: Sequence[JobItem], fmt: str, *, institution: str, at: datetime
) -> bytes:
    """Return the book in a format of `assistant.writing`.

    Raises:
        DraftUnwritableError: it is too large for the format.
        UnsupportedFormatError: there is no writer for the format.
    """
    return write(book(job, items, institution=institution, at=at), fmt)


def book(job: Job, items: Sequence[JobItem], *, institution: str, at: datetime) -> Draft:
    """Return the book as a draft: an overview, then a page for each file in their order."""
    blocks: list[DraftBlock] = [*_overview(job, items)]
    for item in items:
        if item.result is not None:
            blocks += [PageBreak(), *_page(job, item)]
    blocks += _failures(items)
    confirmed = [item.confirmation for item in items if item.confirmation]
    is_whole = len(confirmed) == len(items) > 0
    return Draft(
        title=f"{job.title} 요약집",
        blocks=tuple(blocks),
        style=DraftStyle.REPORT,
        facts=DraftFacts(
            summary=f"{job.columns.title} {job.counts.total}건",
            keywords=(job.columns.title,),
            created_at=at,
            institution=institution,
            reviewer=confirmed[-1].by if is_whole else "",
            confirmed_at=max(one.at for one in confirmed) if is_whole else None,
            grade=job.grade,
        ),
    )


def name_of(job: Job, item: JobItem) -> str:
    """Return what a file is called in the book: its first two short values, else its name."""
    values = [
        text
        for column in job.columns.columns[:3]
        if column.name in ("company", "product", "item_name") and (text := _holding(item, column))
    ]
    return " · ".join(values) or (item.result.title if item.result else "") or item.file.file_name


def _overview(job: Job, items: Sequence[JobItem]) -> Iterator[DraftBlock]:
    counts = job.counts
    yield Heading(runs=(Run(text="개요"),))
    yield _point(
        f"파일 {counts.total}건 가운데 {counts.done}건 완료, {counts.failed}건 실패, "
        f"상충이 있는 줄 {counts.conflicting}건, 사람이 확정한 줄 {counts.confirmed}건"
    )
    head = tuple(_cell(text, bold=True) for text in ("번호", "이름", "상태", "확인할 칸"))
    rows = [
        (
            _cell(str(item.position + 1)),
            _cell(name_of(job, item)),
            _cell("확정" if item.confirmation else ITEM_STATES[item.state][0]),
            _cell(", ".join(_doubtful(job, item))),
        )
        for item in items
    ]
    yield Table(rows=(head, *rows), header_rows=1, widths=(0.1, 0.44, 0.12, 0.34))


def _page(job: Job, item: JobItem) -> Iterator[DraftBlock]:
    result = item.result
    if result is None:
        return
    yield Heading(runs=(Run(text=f"{item.position + 1}번 {name_of(job, item)}"),))
    yield Paragraph(runs=(Run(text=f"파일: {item.file.file_name}"),))
    for sentence in result.summary:
        is_open = sentence.status not in _CARRIED
        text = sentence.text.lstrip(_MARKERS)
        yield Paragraph(runs=(Run(text=text, is_open=is_open),), depth=2)
    head = tuple(_cell(text, bold=True) for text in ("항목", "값", "근거"))
    columns = job.columns.columns
    stated = [column for column in columns if _is_stated(item, column)]
    rows = [_value_row(item, column) for column in stated]
    if rows:
        yield Table(rows=(head, *rows), header_rows=1, widths=_WIDTHS)
    absent = [column.label for column in columns if column not in stated]
    if absent:
        yield Paragraph(runs=(Run(text=f"기재 없음: {', '.join(absent)}"),))
    for code in result.notices:
        if text := notice_text(code):
            yield Note(runs=(Run(text=text),))


def _is_stated(item: JobItem, column: Column) -> bool:
    has_value = item.result is not None and bool(item.result.cell(column.name).values)
    return has_value or item.correction(column.name) is not None


def _value_row(item: JobItem, column: Column) -> tuple[TableCell, ...]:
    correction = item.correction(column.name)
    cell = item.result.cell(column.name) if item.result else None
    if correction is not None:
        carried = f"{correction.by}이(가) 고침" + (
            f" ({correction.reason})" if correction.reason else ""
        )
        return _cell(column.label), _cell(correction.display or "기재 없음"), _cell(carried)
    if cell is None or not cell.values:
        return _cell(column.label), _cell(""), _cell("")
    quotes = "\n".join(
        truncate(value.evidence.quote, _QUOTE_CHARS)
        + (f" ({value.evidence.page}쪽)" if value.evidence.page else "")
        for value in cell.values[:4]
    )
    is_doubtful = cell.status in (CellStatus.INFERRED, CellStatus.CONFLICTING)
    mark = f" 〔{CELL_STATUSES[cell.status][0]}〕" if is_doubtful else ""
    shown = TableCell(runs=(Run(text=cell.display + mark, is_open=is_doubtful),))
    return _cell(column.label), shown, _cell(quotes)


def _failures(items: Sequence[JobItem]) -> Iterator[DraftBlock]:
    failed = [item for item in items if item.state is JobItemState.FAILED and item.error_code]
    if not failed:
        return
    yield PageBreak()
    yield Heading(runs=(Run(text="실패한 파일"),))
    for item in failed:
        told = item_error_text(item.error_code or "", item.error_reason or "")
        yield _point(f"{item.position + 1}번 {item.file.file_name}: {told}")


def _doubtful(job: Job, item: JobItem) -> Iterator[str]:
    for column in job.columns.columns:
        cell = item.result.cell(column.name) if item.result else None
        doubts = (CellStatus.INFERRED, CellStatus.CONFLICTING)
        if cell and cell.status in doubts and item.correction(column.name) is None:
            yield column.label


def _holding(item: JobItem, column: Column) -> str:
    correction = item.correction(column.name)
    if correction is not None:
        return correction.display
    return item.result.cell(column.name).display if item.result else ""


def _point(text: str) -> Paragraph:
    return Paragraph(runs=(Run(text=text),), depth=1)


def _cell(text: str, *, bold: bool = False) -> TableCell:
    return TableCell(runs=(Run(text=text, is_bold=bold),))
