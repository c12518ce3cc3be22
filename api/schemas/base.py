"""What all shapes share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

EnteredGrade = Literal["O", "S"]


def _only_text(value: object) -> object:
    if not isinstance(value, str) or len(value) != len("2026-11-23"):
        raise ValueError("a date is written YYYY-MM-DD")
    return value


def _whole_characters(value: str) -> str:
    """Refuse half a surrogate pair: JSON can carry one, UTF-8 and the database cannot."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("half a character") from error
    return value


CalendarDate = Annotated[date, BeforeValidator(_only_text)]
WHOLE = AfterValidator(_whole_characters)
Text = Annotated[str, WHOLE]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200), WHOLE]


class Body(BaseModel):
    """What comes in: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class View(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True)


class Problem(BaseModel):
    """An error (RFC 9457); further members are the facts of that error."""

    model_config = ConfigDict(frozen=True, extra="allow")

    status: int
    code: str
    detail: str
    request_id: str
    fields: list[str] | None = None
