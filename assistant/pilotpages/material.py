"""What the pages of a pilot are made of, and the small shapes that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from assistant.domain import (
    OPEN_MARK,
    Note,
    Origin,
    PaperBlock,
    PaperParagraph,
    PaperSentence,
    Picture,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.domain.pilots import PilotRecord
from assistant.figures import PilotFigures
from assistant.pilots import Course, Examined, Thresholds

Align: TypeAlias = Literal["left", "center", "right"]
Blocks: TypeAlias = tuple[PaperBlock, ...]
NOTHING = "해당 없음"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A pilot with what follows from it; `pictures` are charts by name, where they were drawn."""

    record: PilotRecord
    figures: PilotFigures
    course: Course
    today: date
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    thresholds: Thresholds | None = None

    @property
    def examined(self) -> Examined:
        """The pilot as its checks look at it."""
        return Examined(
            record=self.record,
            figures=self.figures,
            course=self.course,
            today=self.today,
            thresholds=self.thresholds,
        )


Page: TypeAlias = Callable[[Material], Blocks]


def cell(text: str, align: Align = "left", *, is_bold: bool = False) -> TableCell:
    """Return a cell; empty text stays empty, an open mark is shown as one."""
    if text.startswith(OPEN_MARK):
        rest = text.removeprefix(OPEN_MARK).strip()
        runs = (Run(text=OPEN_MARK, is_open=True), *((Run(text=f" {rest}"),) if rest else ()))
        return TableCell(runs=runs, align=align)
    return TableCell(runs=(Run(text=text, is_bold=is_bold),), align=align)


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str = "",
    widths: Sequence[float] = (),
    aligns: Sequence[Align] = (),
) -> Table:
    """Return a table with one header row; columns are aligned as `aligns` says, left else."""
    places = [aligns[n] if n < len(aligns) else "left" for n in range(len(header))]
    head = tuple(cell(text, "center", is_bold=True) for text in header)
    body = tuple(
        tuple(cell(text, align) for text, align in zip(row, places, strict=True)) for row in rows
    )
    return Table(rows=(head, *body), header_rows=1, caption=caption, widths=tuple(widths))


def pairs(
    rows: Sequence[Sequence[str]], *, caption: str = "", widths: Sequence[float] = ()
) -> Table:
    """Return a form: labels and values side by side, two or four in a row."""
    body = tuple(
        tuple(
            cell(text, "center" if column % 2 == 0 else "left", is_bold=column % 2 == 0)
            for column, text in enumerate(row)
        )
        for row in rows
    )
    return Table(rows=body, caption=caption, widths=tuple(widths))


def computed(text: str, *, depth: int = 0) -> PaperParagraph:
    """Return a sentence that code has made from figures."""
    return PaperParagraph(
        sentences=(PaperSentence(text=text, origin=Origin.CODE, status=SentenceStatus.COMPUTED),),
        depth=depth,
    )


def recorded(text: str, *, depth: int = 0) -> PaperParagraph:
    """Return a sentence that is copied from the record."""
    return PaperParagraph(
        sentences=(PaperSentence(text=text, origin=Origin.RECORD, status=SentenceStatus.GIVEN),),
        depth=depth,
    )


def asked(what: str) -> PaperParagraph:
    """Return a place that a person has to fill in."""
    return PaperParagraph(
        sentences=(PaperSentence(text=f"{OPEN_MARK} {what}", origin=Origin.TEMPLATE),)
    )


def remark(text: str) -> Note:
    """Return a remark set apart from the text."""
    return Note(runs=(Run(text=text),))


def missing(what: str = "") -> str:
    """Return the mark for a value that the record lacks.

    >>> missing("측정일")
    '【확인 필요】 측정일'
    """
    return f"{OPEN_MARK} {what}".strip()


def picture(material: Material, name: str) -> Blocks:
    """Return a chart where it was drawn."""
    found = material.pictures.get(name)
    return (found,) if found is not None else ()
