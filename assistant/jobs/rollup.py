"""The report for the deliberation meeting: a paper that officials work on and sign.

Everything but the opinion is computed from the rows and can be changed there alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.applications import SelectionRow, groups
from assistant.domain import (
    OPEN_MARK,
    Column,
    DraftStyle,
    Job,
    JobItem,
    JobItemState,
    Origin,
    Paper,
    PaperBlock,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.flows.batch_book import name_of
from assistant.flows.batch_sheets import cell_of
from assistant.flows.selection import Selection
from assistant.wording.rows import item_error_text
from assistant.wording.selection import likeness_text, limit_text

TEMPLATE = "selection_rollup@1"
_WIDTHS = {
    "company": 0.18,
    "product": 0.24,
    "item_name": 0.18,
    "price": 0.18,
    "trl": 0.1,
    "track": 0.12,
}
_SHOWN = frozenset(_WIDTHS)
_COUNTED = ("track", "product_type")
_NONE = "해당하는 신청이 없습니다."


def roll_up(job: Job, items: Sequence[JobItem], selection: Selection) -> Paper:
    """Return the report over all rows of a job, as it stands now."""
    models = dict.fromkeys(i.result.model for i in items if i.result and i.result.model)
    return Paper(
        title=f"{job.title} 검토 보고",
        template=TEMPLATE,
        parts=tuple(_parts(job, items, selection)),
        style=DraftStyle.REPORT,
        grade=job.grade,
        summary=f"{job.columns.title} {job.counts.total}건의 검토 자료",
        keywords=(job.columns.title,),
        models=tuple(models),
        prompts=tuple(dict.fromkeys(name for i in items if i.result for name in i.result.prompts)),
    )


def _parts(job: Job, items: Sequence[JobItem], selection: Selection) -> Iterator[PaperPart]:
    names = {item.item_id: f"{item.position + 1}번 {name_of(job, item)}" for item in items}
    yield _computed("overview", "개요", _overview(job, items, selection))
    yield _computed("table", "신청 현황", [_table(job, items)])
    yield _computed("groups", "분야별 건수", _groups(job, items))
    yield _computed("duplicates", "중복이 의심되는 신청", _duplicates(selection, names))
    yield _computed("papers", "빠진 서류", _papers(job, selection, names))
    yield _computed("limits", "자격과 제한", _limits(selection, names))
    yield _computed("failures", "읽지 못한 파일", _failures(items))
    opinion = PaperSentence(text=f"{OPEN_MARK} 검토 의견을 적어 주십시오.", origin=Origin.TEMPLATE)
    yield PaperPart(
        part_id="opinion",
        kind=PartKind.RESERVED,
        heading="검토 의견",
        blocks=(PaperParagraph(sentences=(opinion,), depth=1),),
    )


def _computed(part_id: str, heading: str, blocks: Iterable[PaperBlock]) -> PaperPart:
    found = tuple(blocks) or (_line(_NONE),)
    return PaperPart(part_id=part_id, kind=PartKind.COMPUTED, heading=heading, blocks=found)


def _overview(job: Job, items: Sequence[JobItem], selection: Selection) -> Iterator[PaperBlock]:
    counts = job.counts
    read = sum(item.result is not None for item in items)
    day = selection.on
    yield _line(f"신청 {counts.total}건 가운데 {read}건을 읽었습니다.")
    yield _line(
        f"서로 다른 값이 있는 신청 {counts.conflicting}건, 사람이 확정한 신청 "
        f"{counts.confirmed}건입니다."
    )
    yield _line(f"기간은 {day.year}. {day.month}. {day.day}. 기준으로 셌습니다.")


def _table(job: Job, items: Sequence[JobItem]) -> Table:
    columns = [
        column
        for column in job.columns.columns
        if column.name in _SHOWN and any(_shown(item, column) for item in items)
    ]
    head = tuple(_cell(text, bold=True) for text in ("번호", *(c.label for c in columns)))
    rows = []
    for item in items:
        values = [_shown(item, column) or "-" for column in columns]
        if item.result is None and values:
            values[0] = f"읽지 못함: {item.file.file_name}"
        rows.append((_cell(str(item.position + 1)), *(_cell(value) for value in values)))
    return Table(
        rows=(head, *rows), header_rows=1, widths=(0.08, *(_WIDTHS[c.name] for c in columns))
    )


def _shown(item: JobItem, column: Column) -> str:
    correction, cell = item.correction(column.name), cell_of(item, column)
    return correction.display if correction else cell.display if cell else ""


def _groups(job: Job, items: Sequence[JobItem]) -> Iterator[PaperBlock]:
    rows = [
        SelectionRow(item_id=item.item_id, result=item.result, corrections=item.corrections)
        for item in items
        if item.result is not None
    ]
    for column in job.columns.columns:
        if column.name in _COUNTED:
            head = (_cell(column.label, bold=True), _cell("건수", bold=True))
            found = [
                (_cell(group.label or "기재 없음"), _cell(str(len(group.item_ids))))
                for group in groups(rows, column.name)
            ]
            yield Table(rows=(head, *found), header_rows=1, widths=(0.8, 0.2))


def _duplicates(selection: Selection, names: dict[str, str]) -> Iterator[PaperBlock]:
    for pair in selection.duplicates:
        reasons = " ".join(
            likeness_text(reason.code, reason.detail).rstrip(".") + "." for reason in pair.reasons
        )
        yield _line(f"{names[pair.first]} / {names[pair.second]}: {reasons}")


def _papers(job: Job, selection: Selection, names: dict[str, str]) -> Iterator[PaperBlock]:
    labels = {paper.name: paper.label for paper in job.columns.papers}
    unclear: dict[str, list[str]] = {}
    for row in selection.missing_papers:
        if row.missing:
            missing = ", ".join(labels.get(one.paper, one.paper) for one in row.missing)
            yield _line(f"{names[row.item_id]}: 빠진 서류 - {missing}")
        for one in row.unclear:
            unclear.setdefault(labels.get(one.paper, one.paper), []).append(row.item_id)
    for label, item_ids in unclear.items():
        yield _line(f"{label}: 파일에 말이 없어 확인할 신청 {_listed(item_ids, names)}")


def _limits(selection: Selection, names: dict[str, str]) -> Iterator[PaperBlock]:
    unknown: dict[tuple[str, str], list[str]] = {}
    for one in selection.limits:
        if one.is_known:
            told = limit_text(one.code, value=one.value, limit=one.limit, is_known=True)
            yield _line(f"{names[one.item_id]}: {told} ({one.basis})")
        else:
            unknown.setdefault((one.code, one.basis), []).append(one.item_id)
    for (code, basis), item_ids in unknown.items():
        listed = _listed(list(dict.fromkeys(item_ids)), names)
        yield _line(limit_text(code, value=listed, limit="", is_known=False) + f" ({basis})")


def _listed(item_ids: Sequence[str], names: dict[str, str]) -> str:
    """Return how many rows there are, and their numbers."""
    numbers = ", ".join(names[item_id].partition("번 ")[0] for item_id in item_ids)
    return f"{len(item_ids)}건({numbers}번)"


def _failures(items: Sequence[JobItem]) -> Iterator[PaperBlock]:
    for item in items:
        if item.state is JobItemState.FAILED and item.error_code:
            told = item_error_text(item.error_code, item.error_reason or "")
            yield _line(f"{item.position + 1}번 {item.file.file_name}: {told}")


def _line(text: str) -> PaperParagraph:
    sentence = PaperSentence(text=text, origin=Origin.CODE, status=SentenceStatus.COMPUTED)
    return PaperParagraph(sentences=(sentence,), depth=1)


def _cell(text: str, *, bold: bool = False) -> TableCell:
    return TableCell(runs=(Run(text=text, is_bold=bold),))
