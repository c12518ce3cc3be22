"""Pairs the markers among sibling elements: what is repeated, and what stands under a condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from assistant.errors import DocumentUnreadableError
from assistant.filling.marking import BLOCK, Marked, PlacedTag
from assistant.filling.package import Element
from assistant.filling.tags import Level, Tag, Word

MAX_NESTED = 20


@dataclass(slots=True)
class Loop:
    """Siblings that are repeated."""

    placed: PlacedTag
    body: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Branch:
    """Siblings that stand when a condition holds, or, without one, when none before did."""

    placed: PlacedTag
    body: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Choice:
    """Branches of which at most one stands."""

    branches: list[Branch]


Item: TypeAlias = Element | Loop | Choice


def is_block_parent(parent: Element) -> bool:
    """Return whether there are markers of blocks among the children."""
    return next(parent.iterchildren(BLOCK), None) is not None


def arrange(children: Iterable[Element], found: Marked) -> list[Item]:
    """Return siblings with what the markers among them enclose; faults are kept in `found`."""
    arranging = _Arranging(found)
    for child in children:
        if child.tag == BLOCK:
            arranging.take(found.of(child))
        else:
            arranging.current().append(child)
    arranging.close()
    return arranging.top


def elements_of(items: Iterable[Item]) -> Iterator[Element]:
    """Yield all elements under some items, whatever encloses them."""
    for item in items:
        match item:
            case Loop():
                yield from elements_of(item.body)
            case Choice():
                for branch in item.branches:
                    yield from elements_of(branch.body)
            case _:
                yield item


class _Arranging:
    """The blocks that are open while siblings are read in their order."""

    def __init__(self, found: Marked) -> None:
        self.top: list[Item] = []
        self._found = found
        self._open: list[Loop | Choice] = []

    def current(self) -> list[Item]:
        if not self._open:
            return self.top
        innermost = self._open[-1]
        return innermost.body if isinstance(innermost, Loop) else innermost.branches[-1].body

    def take(self, placed: PlacedTag) -> None:
        match placed.tag.word:
            case Word.FOR:
                self._enter(Loop(placed))
            case Word.IF:
                self._enter(Choice([Branch(placed)]))
            case Word.ELIF | Word.ELSE:
                self._go_on(placed)
            case Word.ENDFOR:
                self._leave(placed, Loop)
            case _:
                self._leave(placed, Choice)

    def close(self) -> None:
        for block in self._open:
            placed = block.placed if isinstance(block, Loop) else block.branches[0].placed
            self._found.fault("unclosed_block", _unclosed(placed.tag), placed.place)

    def _enter(self, block: Loop | Choice) -> None:
        if len(self._open) >= MAX_NESTED:
            raise DocumentUnreadableError(reason="hostile")
        self.current().append(block)
        self._open.append(block)

    def _go_on(self, placed: PlacedTag) -> None:
        innermost = self._open[-1] if self._open else None
        if not isinstance(innermost, Choice) or innermost.branches[-1].placed.tag.word is Word.ELSE:
            self._stray(placed)
        else:
            innermost.branches.append(Branch(placed))

    def _leave(self, placed: PlacedTag, kind: type[Loop] | type[Choice]) -> None:
        if self._open and isinstance(self._open[-1], kind):
            self._open.pop()
        else:
            self._stray(placed)

    def _stray(self, placed: PlacedTag) -> None:
        self._found.fault(
            "stray_tag",
            f"{placed.tag.text}: 앞에 이 태그와 짝이 되는 여는 태그가 없습니다."
            + _hint(placed.tag),
            placed.place,
        )


def _unclosed(tag: Tag) -> str:
    prefix = tag.level.value
    end = "endfor" if tag.word is Word.FOR else "endif"
    return f"{tag.text}: 짝이 되는 {{%{prefix} {end} %}} 태그가 없습니다." + _hint(tag)


def _hint(tag: Tag) -> str:
    if tag.level is Level.TEXT:
        return (
            " 한 문단 안에서 열고 닫아야 합니다. 여러 문단에 걸치면 {%p … %}를,"
            " 표의 줄을 되풀이하려면 {%tr … %}를 쓰십시오."
        )
    if tag.level is Level.ROW:
        return " 같은 표 안에서 열고 닫으십시오."
    return " 같은 본문이나 같은 칸 안에서 열고 닫으십시오."
