"""Puts values where the markers stand: lists repeat, conditions choose, fields become text.

Values enter the tree as text and are never read again, so nothing in them can be markup or a tag.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from assistant.errors import TemplateInputError
from assistant.filling.blocks import Branch, Choice, Item, Loop, arrange, is_block_parent
from assistant.filling.dialect import Dialect, Numbers
from assistant.filling.expressions import (
    UNKNOWN,
    AbsentValueError,
    Expression,
    UnfitValueError,
    unknown_value,
)
from assistant.filling.filters import shown
from assistant.filling.marking import BLOCK, FIELD, Marked, PlacedTag
from assistant.filling.package import Element
from assistant.filling.values import Listing, Record

MAX_ROUNDS = 5_000
MAX_COPIED = 400_000
MAX_CHARS = 10_000_000

Scope: TypeAlias = Mapping[str, object]

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INDEX = re.compile(r"\[\d+\]")


class Renderer:
    """Fills the parts of one template and gathers what is missing on the way."""

    def __init__(self, marked: Marked, dialect: Dialect, numbers: Numbers) -> None:
        self._marked = marked
        self._dialect = dialect
        self._numbers = numbers
        self._missing: dict[str, str] = {}
        self._unfit: dict[str, str] = {}
        self._rounds = 0
        self._copied = 0
        self._chars = 0

    def fill(self, parent: Element, scope: Scope) -> None:
        """Resolve all markers under `parent`."""
        if parent.tag == self._dialect.text:
            self._write(parent, scope)
        elif is_block_parent(parent):
            items = arrange(parent, self._marked)
            shell = _shell(parent)
            parent[:] = self._rendered(items, scope)
            self._keep_home(parent, shell)
        else:
            for child in list(parent):
                if next(child.iter(FIELD, BLOCK), None) is not None:
                    self.fill(child, scope)

    def raise_faults(self) -> None:
        """Raise when a value was missing or did not fit.

        Raises:
            TemplateInputError: With the names of all of them.
        """
        if self._missing or self._unfit:
            raise TemplateInputError(
                missing=tuple(self._missing.values()), unfit=tuple(self._unfit.values())
            )

    # -- blocks -------------------------------------------------------------------------------

    def _rendered(self, items: Iterable[Item], scope: Scope) -> list[Element]:
        found: list[Element] = []
        for item in items:
            match item:
                case Loop():
                    found += self._loop(item, scope)
                case Choice():
                    found += self._choice(item, scope)
                case _:
                    self.fill(item, scope)
                    found.append(item)
        return found

    def _loop(self, loop: Loop, scope: Scope) -> list[Element]:
        tag = loop.placed.tag
        rows = self._value(tag.expression, scope)
        if rows is None:
            # Nothing is written any more; the body is gone through for what else is missing.
            self._rendered(loop.body, {**scope, tag.variable: unknown_value()})
            return []
        if not isinstance(rows, Listing):
            self._note(self._unfit, tag.expression.subject if tag.expression else tag.text)
            return []
        self._count_rounds(rows)
        found: list[Element] = []
        for number, row in enumerate(rows, start=1):
            inner = {**scope, tag.variable: row, "loop": _progress(number, len(rows))}
            found += self._rendered(self._copies(loop.body, is_first=number == 1), inner)
        return found

    def _choice(self, choice: Choice, scope: Scope) -> list[Element]:
        for branch in choice.branches:
            if self._holds(branch, scope):
                return self._rendered(branch.body, scope)
        return []

    def _holds(self, branch: Branch, scope: Scope) -> bool:
        condition = branch.placed.tag.expression
        return condition is None or bool(self._value(condition, scope))

    def _copies(self, items: Iterable[Item], *, is_first: bool) -> list[Item]:
        found: list[Item] = []
        for item in items:
            match item:
                case Loop(placed=placed, body=body):
                    found.append(Loop(placed, self._copies(body, is_first=is_first)))
                case Choice(branches=branches):
                    copied = [
                        Branch(b.placed, self._copies(b.body, is_first=is_first)) for b in branches
                    ]
                    found.append(Choice(copied))
                case _:
                    found.append(self._copy(item, is_first=is_first))
        return found

    def _copy(self, element: Element, *, is_first: bool) -> Element:
        self._copied += sum(1 for _ in element.iter())
        if self._copied > MAX_COPIED:
            raise TemplateInputError(unfit=tuple(self._unfit.values()) or ("values",))
        found = copy.deepcopy(element)
        if not is_first:
            self._dialect.renew(found, self._numbers)
        return found

    def _count_rounds(self, rows: Listing) -> None:
        self._rounds += len(rows)
        if self._rounds > MAX_ROUNDS:
            raise TemplateInputError(unfit=(rows.path,))

    def _keep_home(self, parent: Element, shell: Element | None) -> None:
        if parent.tag not in self._dialect.homes:
            return
        last = parent[-1] if len(parent) else None
        is_short = last is not None and last.tag == self._dialect.table
        if is_short or next(parent.iterchildren(self._dialect.paragraph), None) is None:
            parent.append(shell if shell is not None else self._dialect.blank(None))

    # -- text ---------------------------------------------------------------------------------

    def _write(self, text: Element, scope: Scope) -> None:
        for marker in list(text.iterchildren(FIELD)):
            value = self._shown(self._marked.of(marker), scope)
            self._chars += len(value)
            if self._chars > MAX_CHARS:
                raise TemplateInputError(unfit=(self._marked.of(marker).tag.text,))
            self._exchange(marker, value)
        self._dialect.settle(text)

    def _shown(self, placed: PlacedTag, scope: Scope) -> str:
        value = self._value(placed.tag.expression, scope)
        if value is None:
            return ""
        try:
            return _printable(shown(value))
        except ValueError:
            subject = placed.tag.expression.subject if placed.tag.expression else placed.tag.text
            self._note(self._unfit, subject)
            return ""

    def _exchange(self, marker: Element, value: str) -> None:
        """Put text in the place of a marker; line ends and tabs become what the format has."""
        pieces = re.split(r"([\n\t])", value)
        makers: dict[str, Callable[[], Element]] = {
            "\n": self._dialect.line_break,
            "\t": self._dialect.tab,
        }
        parent = marker.getparent()
        if parent is None:
            return
        at = parent.index(marker)
        last: Element | None = parent[at - 1] if at else None
        rest, marker.tail = marker.tail or "", None
        parent.remove(marker)
        for piece in (*pieces, rest):
            if piece in makers:
                last = makers[piece]()
                parent.insert(at, last)
                at += 1
            elif last is None:
                parent.text = (parent.text or "") + piece
            else:
                last.tail = (last.tail or "") + piece

    def _value(self, wanted: Expression | None, scope: Scope) -> object:
        """Return what an expression comes to, or nothing after noting what is wrong."""
        if wanted is None:
            return None
        try:
            return wanted.value(scope)
        except AbsentValueError as error:
            self._note(self._missing, error.name)
        except UnfitValueError as error:
            self._note(self._unfit, error.name)
        return None

    def _note(self, noted: dict[str, str], name: str) -> None:
        """Keep a name, once for all rows of a list; an unknown value was noted with its list."""
        if name and not name.startswith(UNKNOWN):
            noted.setdefault(_INDEX.sub("", name), name)


def _shell(parent: Element) -> Element | None:
    """Return the empty paragraph that a marker carries."""
    return next((marker[0] for marker in parent.iterchildren(BLOCK) if len(marker)), None)


def _progress(number: int, count: int) -> Record:
    record = Record("loop")
    record.update(index=number, first=number == 1, last=number == count, length=count)
    return record


def _printable(text: str) -> str:
    r"""Keep what XML can hold.

    >>> _printable("가\r\n나\x00\ud800")
    '가\n나'
    """
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
