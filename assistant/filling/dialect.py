"""What the engine must know of a format: the names of its elements, and what only it can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.filling.package import Element, Package
from assistant.filling.report import TemplateKind


class Numbers:
    """Gives out numbers that no part of the package uses yet."""

    def __init__(self, used: set[int]) -> None:
        self._used = used
        self._last = 1_000

    def next(self) -> str:
        """Return a number that was never given."""
        self._last += 1
        while self._last in self._used:
            self._last += 1
        return str(self._last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A format of templates.

    Attributes:
        inside: Elements of a paragraph that hold runs.
        silent: Elements of a run that a tag may run over and that count for nothing.
        spaces: Elements that stand for a space.
        frames: Elements that name the place of what is in them, with its words.
        homes: Elements that must not be without a paragraph.
        settings: The element that holds the page settings of a section.
    """

    kind: TemplateKind
    paragraph: str
    run: str
    text: str
    table: str
    row: str
    cell: str
    run_style: str | None
    settings: str
    inside: frozenset[str]
    silent: frozenset[str]
    spaces: frozenset[str]
    frames: dict[str, str]
    homes: frozenset[str]
    parts: Callable[[Package], Iterator[tuple[str, str]]]
    prepare: Callable[[Element], None]
    line_break: Callable[[], Element]
    tab: Callable[[], Element]
    settle: Callable[[Element], None]
    renew: Callable[[Element, Numbers], None]
    finish: Callable[[Element, Numbers], None]
    numbers: Callable[[Package], Numbers]
    leftovers: Callable[[Package], dict[str, bytes]]
    blank: Callable[[Element | None], Element]
    repeat_faults: Callable[[Sequence[Element]], Iterator[str]]
    removal_faults: Callable[[Element], Iterator[str]]


def words_around(paragraph: Element, dialect: Dialect, limit: int = 24) -> str:
    """Return the beginning of a paragraph's own text."""
    pieces = []
    for run in runs_of(paragraph, dialect):
        for text in run.iterchildren(dialect.text):
            pieces += [text.text or "", *(child.tail or "" for child in text)]
    shown = " ".join("".join(pieces).split())
    return shown if len(shown) <= limit else shown[:limit] + "…"


def runs_of(paragraph: Element, dialect: Dialect) -> Iterator[Element]:
    """Yield the runs of a paragraph itself, not those of what floats in it."""
    for child in paragraph:
        if child.tag == dialect.run:
            yield child
        elif child.tag in dialect.inside:
            yield from runs_of(child, dialect)
