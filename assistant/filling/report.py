"""What checking a template finds: its fields, row loops and conditions, and its faults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

TemplateKind: TypeAlias = Literal["hwpx", "docx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands, as the author of the template finds it."""

    part: str
    nearby: str = ""
    table: int | None = None
    row: int | None = None
    cell: int | None = None

    def words(self) -> str:
        """Say it in one phrase.

        >>> Place(part="본문", table=2, row=3, cell=1, nearby="품명").words()
        '본문 표 2의 3번째 줄 1번째 칸 ‘품명’'
        """
        found = self.part
        if self.table is not None:
            found += f" 표 {self.table}의 {self.row}번째 줄 {self.cell}번째 칸"
        return f"{found} ‘{self.nearby}’" if self.nearby else found


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldUse:
    """A value that the template asks for, and one place where it goes."""

    name: str
    place: Place
    is_required: bool
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLoop:
    """A part that is repeated for each entry of a list."""

    list_name: str
    variable: str
    repeats: Literal["rows", "paragraphs", "text"]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A part that stands only when its condition holds."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that keeps the template from being filled, and what to do about it."""

    code: str
    message: str
    place: Place

    def words(self) -> str:
        """Say where and what in one sentence or two."""
        return f"{self.place.words()}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateReport:
    """All that a template holds, in the order of the document."""

    kind: TemplateKind
    fields: tuple[FieldUse, ...]
    loops: tuple[RowLoop, ...]
    conditions: tuple[Condition, ...]
    faults: tuple[Fault, ...]

    @property
    def is_usable(self) -> bool:
        """Return whether the template can be filled."""
        return not self.faults

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields, each once, in the order of the document."""
        return tuple(dict.fromkeys(field.name for field in self.fields))
