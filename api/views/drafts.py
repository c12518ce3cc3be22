"""Papers under work for the page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from api.schemas.chat import CitationView, ProblemView
from api.schemas.drafts import (
    AcknowledgementView,
    ApprovalView,
    BreakView,
    CommentView,
    ComparisonView,
    DiffRowView,
    DiffSpanView,
    DraftBlockView,
    DraftVersionView,
    DraftView,
    ItemView,
    NoteView,
    ParagraphView,
    PartView,
    PictureView,
    SentenceMark,
    TableView,
)
from api.schemas.preview import CellView
from assistant.domain import (
    Approval,
    Citation,
    Draft,
    DraftBlock,
    Heading,
    Note,
    OpenItem,
    PageBreak,
    PaperBlock,
    PaperComment,
    PaperHead,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PaperVersion,
    Paragraph,
    Picture,
    Table,
)
from assistant.drafting import PaperState, cited_label, place_of
from assistant.papers import Comparison, is_generated, to_draft
from assistant.store import SectionView
from assistant.wording import Language, kind_label
from assistant.writing.numbering import numbered, shown

_HASH_SHOWN = 16


def etag_of(version: PaperVersion) -> str:
    """Return what names a version of a text in `ETag` and `If-Match`."""
    return f'"{version.number}-{version.content_hash[:_HASH_SHOWN]}"'


def draft_view(state: PaperState, *, today: date, language: Language) -> DraftView:
    """Return a paper for the page."""
    record = state.record
    paper = record.current.paper
    numbering = _Numbering(state, today=today, language=language)
    markers = _markers(state)
    return DraftView(
        paper_id=record.paper_id,
        subject=record.subject,
        subject_id=record.subject_id,
        template=paper.template,
        title=paper.title,
        summary=paper.summary,
        style=paper.style,
        grade=paper.grade,
        is_generated=is_generated(paper),
        version=version_view(record.current, current=record.current.number),
        etag=etag_of(record.current),
        parts=[_part(part, numbering, markers) for part in paper.parts],
        citations=numbering.views,
        items=[_item(item) for item in state.items],
        approval=_approval(record.approval),
        lapsed=_approval(record.lapsed),
        asides=[version_view(head, current=record.current.number) for head in record.asides],
        comments=[comment_view(comment) for comment in record.comments],
        models=list(paper.models),
        created_at=record.created_at,
        updated_at=record.updated_at,
    )


def version_view(found: PaperVersion | PaperHead, *, current: int) -> DraftVersionView:
    """Return a version for the page, without its text."""
    return DraftVersionView(
        number=found.number,
        parent=found.parent,
        content_hash=found.content_hash,
        by=found.by,
        reason=found.reason,
        created_at=found.created_at,
        is_aside=found.is_aside,
        is_current=found.number == current,
    )


def comment_view(comment: PaperComment) -> CommentView:
    """Return a remark for the page."""
    return CommentView(
        comment_id=comment.comment_id,
        part_id=comment.part_id,
        version_number=comment.version_number,
        text=comment.text,
        by=comment.by,
        created_at=comment.created_at,
        resolved_at=comment.resolved_at,
        resolved_by=comment.resolved_by,
    )


def comparison_view(
    found: Comparison, old: PaperVersion, new: PaperVersion, *, current: int
) -> ComparisonView:
    """Return two versions side by side for the page."""
    before, after = _row_markers(old), _row_markers(new)
    rows: list[DiffRowView] = []
    for row in found.rows:
        was = next(before, "") if row.old else ""
        marker = next(after, "") if row.new else was
        rows.append(
            DiffRowView(
                part_id=row.part_id,
                kind=row.kind,
                spans=[DiffSpanView(kind=span.kind, text=span.text) for span in row.spans],
                old=row.old,
                new=row.new,
                change=row.change,
                is_heading=row.is_heading,
                marker=marker,
            )
        )
    return ComparisonView(
        old=version_view(old, current=current),
        new=version_view(new, current=current),
        changes=found.changes,
        rows=rows,
    )


def _row_markers(version: PaperVersion) -> Iterator[str]:
    """Yield the marks of what a comparison has a row for: the title, headings, blocks with text."""
    yield ""
    for block in numbered(_draft(version)):
        if not isinstance(block.block, PageBreak) and _says_something(block.block):
            yield block.marker


def _says_something(block: DraftBlock) -> bool:
    return not isinstance(block, Heading | Paragraph) or bool(shown(block.runs))


class _Numbering:
    """Citations of a paper, one number for each span, in order of first use."""

    def __init__(self, state: PaperState, *, today: date, language: Language) -> None:
        self._sections = state.sections
        self._today = today
        self._language = language
        self._numbers: dict[tuple[str, str, int, int, int], int] = {}
        self.views: list[CitationView] = []

    def of(self, citation: Citation) -> int | None:
        """Return the number of a citation; None when its section cannot be opened."""
        found = self._sections.get(place_of(citation))
        if found is None:
            return None
        span = (*place_of(citation), citation.start, citation.end)
        if span not in self._numbers:
            self._numbers[span] = len(self._numbers) + 1
            self.views.append(self._view(citation, found))
        return self._numbers[span]

    def _view(self, citation: Citation, found: SectionView) -> CitationView:
        section = found.section
        return CitationView(
            number=len(self._numbers),
            document_id=found.document_id,
            version_id=found.version_id,
            section_ordinal=section.ordinal,
            start=citation.start,
            end=citation.end,
            quote=citation.quote,
            title=found.document_title,
            label=cited_label(found, citation.start),
            heading=section.title,
            path=list(section.path),
            kind=found.kind,
            kind_label=kind_label(found.kind, self._language),
            effective_from=found.effective_from,
            standing=found.standing_on(self._today),
            grade=found.grade,
            is_ocr=section.is_ocr,
        )


def _markers(state: PaperState) -> Iterator[str]:
    """Yield the marks of headings and blocks in the order in which a file shows them."""
    return (block.marker for block in numbered(_draft(state.record.current)))


def _draft(version: PaperVersion) -> Draft:
    return to_draft(
        version.paper,
        approval=None,
        institution="",
        created_at=version.created_at,
        sources=lambda _: None,
        is_plain=True,
    )


def _part(part: PaperPart, numbering: _Numbering, markers: Iterator[str]) -> PartView:
    return PartView(
        part_id=part.part_id,
        kind=part.kind,
        heading=part.heading,
        marker=next(markers) if part.heading else "",
        level=part.level,
        subject_id=part.subject_id,
        is_locked=part.is_locked,
        blocks=[_block(block, next(markers), numbering) for block in part.blocks],
    )


def _block(block: PaperBlock, marker: str, numbering: _Numbering) -> DraftBlockView:
    match block:
        case PaperParagraph():
            return ParagraphView(
                depth=block.depth,
                align=block.align,
                marker=marker,
                sentences=[_sentence(sentence, numbering) for sentence in block.sentences],
            )
        case Table():
            rows = [
                [
                    CellView(text=shown(cell.runs), row_span=cell.row_span, col_span=cell.col_span)
                    for cell in row
                ]
                for row in block.rows
            ]
            return TableView(caption=block.caption, header_rows=block.header_rows, rows=rows)
        case Picture():
            return PictureView(
                digest=hashlib.sha256(block.data).hexdigest(),
                alt=block.alt,
                caption=block.caption,
                width_mm=block.width_mm,
            )
        case Note():
            return NoteView(text=shown(block.runs))
        case _:
            return BreakView()


def _sentence(sentence: PaperSentence, numbering: _Numbering) -> SentenceMark:
    numbers = (numbering.of(citation) for citation in sentence.citations)
    return SentenceMark(
        text=sentence.text,
        origin=sentence.origin,
        status=sentence.status,
        citation_numbers=list(dict.fromkeys(n for n in numbers if n is not None)),
        problems=_problems(sentence),
        is_open=sentence.is_open,
    )


def _problems(sentence: PaperSentence) -> list[ProblemView]:
    return [
        ProblemView(code=found.code, token=found.token, token_kind=found.token_kind)
        for found in sentence.problems
    ]


def _item(item: OpenItem) -> ItemView:
    return ItemView(
        item_id=item.item_id,
        kind=item.kind,
        part_id=item.part_id,
        text=item.text,
        block=item.block,
        sentence=item.sentence,
        code=item.code,
    )


def _approval(approval: Approval | None) -> ApprovalView | None:
    if approval is None:
        return None
    return ApprovalView(
        version_number=approval.version_number,
        content_hash=approval.content_hash,
        by=approval.by,
        at=approval.at,
        acknowledgements=_acknowledgements(approval),
    )


def _acknowledgements(approval: Approval) -> list[AcknowledgementView]:
    return [
        AcknowledgementView(item_id=one.item_id, kind=one.kind, text=one.text, reason=one.reason)
        for one in approval.acknowledgements
    ]


def version_views(heads: Sequence[PaperHead], *, current: int) -> list[DraftVersionView]:
    """Return versions for the page."""
    return [version_view(head, current=current) for head in heads]
