"""Find the identifiers of a question, so that it is not sent outside with them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.privacy.forms import fold
from assistant.privacy.numbers import find_numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A personal identifier: what it is and where it stands in the text as given."""

    kind: str
    start: int
    end: int


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers with a form of their own in `text`; names and addresses are not asked.

    >>> [found.kind for found in find_identifiers("연락처 ０１０－1234－5678")]
    ['mobile_phone']
    """
    form = fold(text)
    found = {(*form.source(one.start, one.end), one.kind.value) for one in find_numbers(form)}
    return tuple(Identifier(kind=kind, start=start, end=end) for start, end, kind in sorted(found))
