"""Two versions of a paper side by side: what was put in, what was taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from assistant.domain import Note, PageBreak, Paper, PaperBlock, PaperParagraph, Picture, Table
from assistant.papers.items import shown

_WORD = re.compile(r"\s+|[^\s]+")
_ALIKE = 0.3  # below this share of equal words two paragraphs are not one that was changed


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffSpan:
    """A stretch of text that both versions have, or only one of them."""

    kind: Literal["equal", "inserted", "removed"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRow:
    """A block of either version or of both.

    `change` numbers what differs from 1, neighbours of one part together; 0 is unchanged. `old`
    and `new` are the whole texts, empty where a version lacks the block; `spans` is both in one.
    """

    part_id: str
    kind: Literal["equal", "changed", "inserted", "removed"]
    spans: tuple[DiffSpan, ...]
    old: str = ""
    new: str = ""
    change: int = 0
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All blocks of two versions in reading order, and how many changes there are."""

    rows: tuple[DiffRow, ...]
    changes: int


@dataclass(frozen=True, slots=True)
class _Unit:
    text: str
    is_heading: bool = False


def compare(old: Paper, new: Paper) -> Comparison:
    """Return what differs between two versions of a paper, block by block and word by word."""
    rows = list(_title(old, new))
    before = {part.part_id: list(_units(part.heading, part.blocks)) for part in old.parts}
    after = {part.part_id: list(_units(part.heading, part.blocks)) for part in new.parts}
    for part_id in _order(list(before), list(after)):
        rows += _rows(part_id, before.get(part_id, []), after.get(part_id, []))
    return _numbered(rows)


def words(old: str, new: str) -> tuple[DiffSpan, ...]:
    """Return two texts in one, word by word.

    >>> [(span.kind, span.text) for span in words("7일 이내", "14일 이내")]
    [('removed', '7일'), ('inserted', '14일'), ('equal', ' 이내')]
    """
    a, b = _WORD.findall(old), _WORD.findall(new)
    spans: list[DiffSpan] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(DiffSpan(kind="equal", text="".join(a[i1:i2])))
            continue
        if i2 > i1:
            spans.append(DiffSpan(kind="removed", text="".join(a[i1:i2])))
        if j2 > j1:
            spans.append(DiffSpan(kind="inserted", text="".join(b[j1:j2])))
    return tuple(spans)


def _title(old: Paper, new: Paper) -> Iterator[DiffRow]:
    yield from _pair("", _Unit(old.title, is_heading=True), _Unit(new.title, is_heading=True))


def _order(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return all part ids in the order of the new version, removed ones after what they followed.

    >>> _order(["a", "b", "c"], ["a", "c", "d"])
    ['a', 'b', 'c', 'd']
    """
    order = list(after)
    for index, part_id in enumerate(before):
        if part_id in order:
            continue
        earlier = [other for other in before[:index] if other in order]
        order.insert(order.index(earlier[-1]) + 1 if earlier else 0, part_id)
    return order


def _units(heading: str, blocks: Sequence[PaperBlock]) -> Iterator[_Unit]:
    if heading:
        yield _Unit(heading, is_heading=True)
    for block in blocks:
        match block:
            case PaperParagraph():
                yield _Unit(block.text)
            case Table():
                rows = (" | ".join(shown(cell.runs) for cell in row) for row in block.rows)
                yield _Unit("\n".join(filter(None, (block.caption, *rows))))
            case Picture():
                yield _Unit(f"[{block.alt}]\n{block.caption}".strip())
            case Note():
                yield _Unit(f"※ {shown(block.runs)}")
            case PageBreak():
                pass


def _rows(part_id: str, old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[DiffRow]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            yield from _replaced(part_id, old[i1:i2], new[j1:j2])
            continue
        if tag == "equal":
            for unit in new[j1:j2]:
                yield from _pair(part_id, unit, unit)
        else:
            for unit in old[i1:i2]:
                yield from _pair(part_id, unit, None)
            for unit in new[j1:j2]:
                yield from _pair(part_id, None, unit)


def _replaced(part_id: str, old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[DiffRow]:
    """Pair each put-in block with the first taken-out one that is like it, in order.

    What pairs with nothing is told as taken out first, then as put in.
    """
    waiting, held = list(old), list[_Unit]()
    for unit in new:
        scored = [(_likeness(other, unit), -at) for at, other in enumerate(waiting)]
        likeness, at = max(scored, default=(0.0, 0))
        if likeness < _ALIKE:
            held.append(unit)
            continue
        yield from _apart(part_id, waiting[:-at], held)
        yield from _pair(part_id, waiting[-at], unit)
        waiting, held = waiting[1 - at :], []
    yield from _apart(part_id, waiting, held)


def _apart(part_id: str, old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[DiffRow]:
    for unit in old:
        yield from _pair(part_id, unit, None)
    for unit in new:
        yield from _pair(part_id, None, unit)


def _likeness(old: _Unit, new: _Unit) -> float:
    if old.is_heading != new.is_heading:
        return 0.0
    a, b = old.text.split(), new.text.split()
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _pair(part_id: str, old: _Unit | None, new: _Unit | None) -> Iterator[DiffRow]:
    before, after = old.text if old else "", new.text if new else ""
    if not before and not after:
        return
    is_heading = bool((new or old) and (new or old).is_heading)  # type: ignore[union-attr] # one is there
    row = DiffRow(
        part_id=part_id,
        kind="equal",
        spans=words(before, after),
        old=before,
        new=after,
        is_heading=is_heading,
    )
    if before == after:
        yield row
    elif not before:
        yield replace(row, kind="inserted")
    else:
        yield replace(row, kind="changed" if after else "removed")


def _numbered(rows: Sequence[DiffRow]) -> Comparison:
    numbered: list[DiffRow] = []
    count = 0
    before: DiffRow | None = None
    for row in rows:
        if row.kind != "equal":
            is_further = before and before.kind != "equal" and before.part_id == row.part_id
            count += 0 if is_further else 1
            row = replace(row, change=count)
        numbered.append(row)
        before = row
    return Comparison(rows=tuple(numbered), changes=count)
