"""Shapes of the linter for official documents."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from api.schemas.base import WHOLE, Body, Id, View
from assistant.officialdoc import DocumentKind, Severity

TEXT_CHARS = 50_000
FixableText = Annotated[str, StringConstraints(max_length=TEXT_CHARS), WHOLE]


class LintRequest(Body):
    """A text, or the id of a stored document, and what it is where that is known."""

    text: FixableText | None = None
    document_id: Id | None = None
    kind: DocumentKind | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.text is None) == (self.document_id is None):
            raise ValueError("either text or document_id")
        return self


class FixPick(Body):
    """One finding to put right, as named in the answer to the same text."""

    rule: Annotated[str, StringConstraints(max_length=60)]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class FixRequest(Body):
    """A text and the findings to put right; every certain one when none is named."""

    text: FixableText
    kind: DocumentKind | None = None
    picks: Annotated[list[FixPick], Field(max_length=1_000)] | None = None


class FixView(View):
    """What to write over the characters from `start` to `end`; uncertain ones need an eye."""

    start: int
    end: int
    replacement: str
    is_certain: bool


class FindingView(View):
    """One thing to put right; offsets count Unicode characters of `text`."""

    rule: str
    title: str
    severity: Severity
    message: str
    law: str
    article: str
    start: int
    end: int
    line: int
    block: int | None
    page: int | None
    fix: FixView | None


class LintView(View):
    """The text that was checked and what was found; `omitted` counts what a long list left out."""

    text: str
    findings: list[FindingView]
    omitted: int
