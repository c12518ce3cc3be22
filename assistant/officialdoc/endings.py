"""붙임 and the end mark (시행규칙 제4조제4항ㆍ제5항)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.officialdoc.findings import DocumentKind, Fix, Found, correction
from assistant.officialdoc.marks import read_mark, width, write_mark
from assistant.officialdoc.script import (
    QUANTITY,
    EndMark,
    Line,
    Script,
    attachment_head,
)

WORD = "붙임"
GAP = "  "
END = "끝."
_WORD_CELLS = 6  # 붙임 takes four cells, the gap two
_SENTENCE = re.compile(r"(?:다|까|오|요)\s*[.?!]\s*$")
_NUMBER = re.compile(r"\d{1,2}\s?[.)](?!\d)\s{0,4}")
_QUANTITY = re.compile(
    rf"(?P<gap>\s*)(?P<quantity>{QUANTITY})(?P<dot>\s?\.?)(?=\s*(?:$|끝|[-–<〈(\[]\s?끝))"
)
_INNER_BLANK = re.compile(r"(?<=\d)\s(?=부|매|권|장|건|점|식|통|개|면|종|쪽|책|세트)")
_BLANK_CELLS = "이하 빈칸"


# -- attachments --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One attachment: where its text begins, and the lines it runs over."""

    line: Line
    at: int
    last: Line
    last_at: int


def attachments(script: Script) -> Iterator[Found]:
    """Yield what is wrong with the lines of 붙임."""
    span = script.attachments
    if not span:
        return
    first = script.lines[span.start]
    head = attachment_head(first.text)
    if head is None:
        return
    written = head.word + head.gap
    is_loose = script.is_exact or head.word != WORD or head.gap.strip() or not head.gap
    has_name = not re.match(QUANTITY, head.rest)
    if written != WORD + GAP and head.rest and is_loose and has_name:
        yield correction("attachment-form", first.start + head.margin, written, WORD + GAP)
    entries = _entries(script, head.margin + len(written))
    for number, entry in enumerate(entries, 1):
        yield from _entry_findings(entry, number if len(entries) > 1 else 0)
        if number > 1 and script.is_exact and entry.line.block is None:
            yield from _entry_indent(entry, head.margin + _WORD_CELLS)


def _entries(script: Script, first_at: int) -> list[_Entry]:
    """Return the entries; a line that lacks a quantity goes on in the next one."""
    entries: list[_Entry] = []
    open_entry: tuple[Line, int] | None = None
    last = (script.lines[script.attachments.start], first_at)
    for index in script.attachments:
        line = script.lines[index]
        at = first_at if index == script.attachments.start else _text_at(line)
        if not line.text[at:].strip():
            continue
        has_number = bool(_number_of(line.text[at:]))
        if open_entry is not None and has_number:
            entries.append(_closed(open_entry, last))
            open_entry = None
        open_entry = open_entry or (line, at)
        last = (line, at)
        if _QUANTITY.search(line.text, at):
            entries.append(_closed(open_entry, last))
            open_entry = None
    if open_entry is not None:
        entries.append(_closed(open_entry, last))
    return entries


def _closed(opened: tuple[Line, int], last: tuple[Line, int]) -> _Entry:
    return _Entry(line=opened[0], at=opened[1], last=last[0], last_at=last[1])


def _text_at(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def _number_of(text: str) -> str:
    match = _NUMBER.match(text)
    return match.group() if match else ""


def _entry_findings(entry: _Entry, number: int) -> Iterator[Found]:
    written = _number_of(entry.line.text[entry.at :])
    wanted = f"{write_mark(1, number)} " if number else ""
    if written != wanted:
        start = entry.line.start + entry.at
        name = entry.line.text[entry.at + len(written) :].strip()
        found = correction("attachment-number", start, written, wanted)
        yield Found(
            rule=found.rule,
            start=start,
            end=max(found.end, start + 1),
            fix=found.fix,
            facts={"wanted": wanted + name},
        )
    yield from _quantity_findings(entry)


def _quantity_findings(entry: _Entry) -> Iterator[Found]:
    line = entry.last
    match = _QUANTITY.search(line.text, entry.last_at)
    if match is None:
        end = line.end - line.start
        mark = next(_marks_in(line.text), None)
        at = mark.start() if mark else end
        at = len(line.text[:at].rstrip(" ."))
        yield Found(
            rule="attachment-quantity",
            start=line.start + entry.last_at,
            end=line.start + max(at, entry.last_at + 1),
            fix=Fix(
                start=line.start + at, end=line.start + at, replacement=" 1부.", is_certain=False
            ),
        )
        return
    quantity = _INNER_BLANK.sub("", match["quantity"])
    wanted = f" {quantity}."
    if match.group() != wanted and match.start() > entry.last_at:
        yield correction("attachment-unit", line.start + match.start(), match.group(), wanted)


def _marks_in(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"\s*[-–<〈(\[]?\s?끝\s?\.?\s?[-–>〉)\]]?\s*$", text)


def _entry_indent(entry: _Entry, cells: int) -> Iterator[Found]:
    margin = entry.line.text[: entry.at]
    if width(margin) == cells and "\t" not in margin:
        return
    found = correction("attachment-indent", entry.line.start, margin, " " * cells)
    yield Found(
        rule=found.rule,
        start=found.start,
        end=entry.line.start + entry.at + 1,
        fix=found.fix,
        facts={"wanted": str(cells)},
    )


# -- the end mark -------------------------------------------------------------------------------


def end_marks(script: Script) -> Iterator[Found]:
    """Yield what is wrong with the end mark: missing, doubled, in the wrong place or form."""
    last = last_line(script)
    if last is None or script.is_rule:
        return
    if _has_blank_cells(script):
        yield from _blank_cells(script, last)
        return
    for mark in script.marks[:-1]:
        yield _removed("end-twice", mark)
    kept = script.marks[-1] if script.marks else None
    if kept is None:
        if script.expects_end:
            yield _missing(last)
    elif _is_followed(script, kept):
        yield _moved(kept, last, script)
    else:
        yield from _mark_form(script, kept)


def _blank_cells(script: Script, last: Line) -> Iterator[Found]:
    """A table that was not filled to its end says so, and takes no end mark."""
    for mark in script.marks:
        yield _removed("end-blank-cells", mark)
    if not script.marks and _BLANK_CELLS not in last.text and script.expects_end:
        yield Found(rule="end-blank-cells", start=last.start, end=last.end)


def last_line(script: Script) -> Line | None:
    """Return the last line of the body that shows something."""
    for line in reversed(script.lines[script.head_end : script.foot_start]):
        if not line.is_blank:
            return line
    return None


def _has_blank_cells(script: Script) -> bool:
    """Return whether the body ends with a table that was not filled to its last cell."""
    alone = {mark.index for mark in script.marks if _is_alone(script, mark)}
    lines = [
        line
        for index, line in enumerate(script.lines[: script.foot_start])
        if index >= script.head_end and not line.is_blank and index not in alone
    ]
    if not lines or not lines[-1].is_table:
        return False
    is_memo = script.kind is DocumentKind.MEMO or (script.kind is None and script.expects_end)
    return _BLANK_CELLS in lines[-1].text or (is_memo and lines[-1].is_unfilled)


def _is_alone(script: Script, mark: EndMark) -> bool:
    line = script.lines[mark.index]
    return not line.text[: mark.gap - line.start].strip()


def _is_followed(script: Script, mark: EndMark) -> bool:
    """Return whether body or attachments stand behind the mark; pages of an annex may."""
    for line in script.lines[mark.index + 1 : script.foot_start]:
        if line.is_blank:
            continue
        if line.is_heading:
            return False
        head = attachment_head(line.text)
        if head is not None:
            return bool(re.search(QUANTITY, line.text))
        item = read_mark(line.text)
        return bool(_SENTENCE.search(line.text)) or (item is not None and item.level > 0)
    return False


def _removed(rule: str, mark: EndMark) -> Found:
    return Found(
        rule=rule,
        start=mark.start,
        end=mark.end,
        fix=Fix(start=mark.gap, end=mark.end, replacement=""),
    )


def _moved(mark: EndMark, last: Line, script: Script) -> Found:
    between = script.text[mark.end : last.end]
    moved = Fix(start=mark.gap, end=last.end, replacement=between + end_for(last))
    return Found(rule="end-misplaced", start=mark.start, end=mark.end, fix=moved)


def end_for(last: Line) -> str:
    """Return the end mark as it follows the last line of a body."""
    return f"\n{GAP}{END}" if last.is_table else f"{GAP}{END}"


def _missing(last: Line) -> Found:
    return Found(
        rule="end-missing",
        start=max(last.end - 1, last.start),
        end=last.end,
        fix=Fix(start=last.end, end=last.end, replacement=end_for(last)),
    )


def _mark_form(script: Script, mark: EndMark) -> Iterator[Found]:
    line = script.lines[mark.index]
    gap = line.text[mark.gap - line.start : mark.start - line.start]
    is_alone = _is_alone(script, mark)
    is_right = gap in (GAP, "\u3000") or (gap.strip() == "" and gap and not script.is_exact)
    if is_alone and (line.block is not None or not script.is_exact):
        is_right = True  # the indent of a paragraph is in its style
    if is_right and mark.text == END:
        return
    above = next((one for one in reversed(script.lines[: mark.index]) if not one.is_blank), None)
    rule = "end-table" if is_alone and above is not None and above.is_table else "end-form"
    written = script.text[mark.gap : mark.end]
    wanted = f"{gap if is_right else GAP}{END}"
    found = correction(rule, mark.gap, written, wanted)
    yield Found(rule=rule, start=mark.start, end=mark.end, fix=found.fix)
