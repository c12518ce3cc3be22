"""Length-preserving folds, so that a match in the folded text has the same offsets in the text."""

from __future__ import annotations

import re

from assistant.text import AMENDMENT_MARK

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DOTS = dict.fromkeys(map(ord, "ㆍ·•・‧∙･⋅"), "·")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2005\u2007\u2009\u202f\u3000\t"), " ")
_LINES = dict.fromkeys(map(ord, "–—−‐‑‒"), "-") | dict.fromkeys(map(ord, "∼〜"), "~")
_QUOTES = dict.fromkeys(map(ord, "“”„‟〝〞"), '"') | dict.fromkeys(map(ord, "‘’‛"), "'")
_TABLE = _WIDE | _DOTS | _SPACES | _LINES | _QUOTES
_MARKS = re.compile(r"(?<=\d)\\(?=\.)|(?<=[가-힣])\\(?=\.)|\*\*(?=[①-⑳㉑-㉟])|(?<=[①-⑳㉑-㉟])\*\*")


_EMPTY_HEADS = frozenset({"내용", "값", "설명", "답", "답변"})  # say nothing of what is under them


def fold(text: str) -> str:
    """Fold widths, dots, dashes and quotes one for one.

    >>> fold("제１２조　ㆍ “가”")
    '제12조 · "가"'
    """
    return text.translate(_TABLE)


def blank_amendments(text: str) -> str:
    """Overwrite `<개정 2024.1.2>` and the like by spaces: their dates carry no rule.

    >>> blank_amendments("낸다.<삭제>끝")
    '낸다.    끝'
    """
    return AMENDMENT_MARK.sub(lambda match: " " * len(match[0]), text)


def tidy(text: str) -> str:
    """Make one line of source text fit to be read as a sentence.

    >>> tidy("**①** 제출한다.  <개정 2024.1.2>")
    '① 제출한다.'
    """
    plain = _MARKS.sub("", AMENDMENT_MARK.sub("", text))
    return re.sub(r"\s+", " ", plain).strip()


def readable_row(text: str, start: int, end: int) -> str:
    r"""Return a table row of a section with the heads of its columns, or nothing for other text.

    >>> table = "| 항목 | 2025년 | 2026년 |\n| --- | --- | --- |\n| 예산 | 529억원 | 839억원 |"
    >>> readable_row(table, table.index("| 예산"), len(table))
    '예산: 2025년 529억원, 2026년 839억원'
    >>> form = "| 항목 | 내용 |\n| --- | --- |\n| 장소 | 민원실 |"
    >>> readable_row(form, form.index("| 장소"), len(form))
    '장소: 민원실'
    """
    row = text[start:end].strip()
    if not (row.startswith("|") and row.endswith("|")) or "\n" in row:
        return ""
    cells = _cells(row)
    heads = _heads(text[:start])
    if len(heads) != len(cells):
        return tidy(", ".join(cell for cell in cells if cell))
    heads = [head if head not in _EMPTY_HEADS else "" for head in heads]
    named = [f"{head} {cell}".strip() for head, cell in zip(heads, cells, strict=True) if cell]
    if len(named) < 2 or not cells[0]:
        return tidy(", ".join(named))
    return tidy(f"{cells[0]}: {', '.join(named[1:])}")


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _heads(before: str) -> list[str]:
    """Return the heads of the table that a row belongs to: the line over its `| --- |` rule."""
    lines = before.rstrip("\n").split("\n")
    for index in range(len(lines) - 1, 0, -1):
        if not lines[index].startswith("|"):
            return []
        if lines[index].startswith("| ---"):
            return _cells(lines[index - 1])
    return []
