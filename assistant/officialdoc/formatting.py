"""Pieces of a document in their official form, for whatever writes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.officialdoc.endings import GAP, WORD, end_for, last_line
from assistant.officialdoc.marks import LEVELS, write_mark
from assistant.officialdoc.numbering import STEP_CELLS
from assistant.officialdoc.script import compose


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A text and the items below it."""

    text: str
    children: tuple[Item, ...] = ()


def numbered(items: Sequence[Item | str], *, level: int = 1) -> str:
    r"""Write items with their marks and indents; a single one takes no mark.

    >>> schedule = Item(text="일정", children=(Item(text="접수"), Item(text="심사")))
    >>> print(numbered(["관련 규정", schedule]))
    1. 관련 규정
    2. 일정
      가. 접수
      나. 심사
    >>> numbered(["하나뿐인 내용"])
    '하나뿐인 내용'

    Raises:
        ValueError: There are more levels than marks.
    """
    return "\n".join(_lines(items, level=level, depth=0))


def _lines(items: Sequence[Item | str], *, level: int, depth: int) -> list[str]:
    if level > LEVELS:
        raise ValueError("more levels than marks")
    lines: list[str] = []
    for number, entry in enumerate(items, 1):
        item = Item(text=entry) if isinstance(entry, str) else entry
        mark = f"{write_mark(level, number)} " if len(items) > 1 else ""
        lines.append(f"{' ' * STEP_CELLS * depth}{mark}{item.text}")
        # Below a text without a mark its own items begin at the same level.
        step = 1 if mark else 0
        if item.children:
            lines += _lines(item.children, level=level + step, depth=depth + step)
    return lines


def attachment_lines(names: Sequence[str]) -> str:
    """Write 붙임 with the names and quantities given; nothing where there are none.

    >>> print(attachment_lines(["계획서 1부.", "명단 1부."]))
    붙임  1. 계획서 1부.
          2. 명단 1부.
    """
    if len(names) < 2:
        return f"{WORD}{GAP}{names[0]}" if names else ""
    first, *rest = (f"{write_mark(1, number)} {name}" for number, name in enumerate(names, 1))
    return "\n".join((f"{WORD}{GAP}{first}", *(f"{' ' * 6}{line}" for line in rest)))


def end_mark(text: str) -> str:
    """Return `text` with exactly one end mark, behind the last letter or table of its body.

    >>> end_mark("알려 드립니다."), end_mark("알려 드립니다.  끝.")
    ('알려 드립니다.  끝.', '알려 드립니다.  끝.')
    """
    bare = text.rstrip()
    while marks := compose(bare).marks:
        bare = f"{bare[: marks[-1].gap]}{bare[marks[-1].end :]}".rstrip()
    last = last_line(compose(bare))
    if last is None:
        return text
    return f"{bare[: last.end]}{end_for(last)}{bare[last.end :]}"
