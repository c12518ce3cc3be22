"""The report for the deliberation meeting: a paper that officials work on and sign.

Everything but the opinion is computed from the rows and can be changed there alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.applications import SelectionRow, groups
from assistant.domain import (
    OPEN_MARK,
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
_SHOWN = ("company", "product", "item_name", "price", "trl", "track")
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
    columns = [column for column in job.columns.columns if column.name in _SHOWN]
    head = tuple(_cell(text, bold=True) for text in ("번호", *(c.label for c in columns)))
    rows = []
    for item in items:
        values = []
        for column in columns:
            correction, cell = item.correction(column.name), cell_of(item, column)
            shown = correction.display if correction else cell.display if cell else ""
            values.append(_cell(shown or "-"))
        rows.append((_cell(str(item.position + 1)), *values))
    return Table(rows=(head, *rows), header_rows=1)


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
    for row in selection.missing_papers:
        parts = []
        if row.missing:
            parts.append("빠짐: " + ", ".join(labels.get(p.paper, p.paper) for p in row.missing))
        if row.unclear:
            parts.append("말 없음: " + ", ".join(labels.get(p.paper, p.paper) for p in row.unclear))
        yield _line(f"{names[row.item_id]}: {' / '.join(parts)}")


def _limits(selection: Selection, names: dict[str, str]) -> Iterator[PaperBlock]:
    for one in selection.limits:
        told = limit_text(one.code, value=one.value, limit=one.limit, is_known=one.is_known)
        yield _line(f"{names[one.item_id]}: {told} ({one.basis})")


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
