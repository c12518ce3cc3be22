"""Rules on numbered items: order, depth, a single item, blanks and indent (시행규칙 제2조제1항)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.officialdoc.findings import Found, correction
from assistant.officialdoc.marks import LEVELS, Mark, read_mark, width, write_mark
from assistant.officialdoc.script import HIDDEN, Line, Script

STEP_CELLS = 2
_LATE_STARTS = {1: 3, 2: 2, 3: 3}
_MOST_ITEMS = 2_000  # beyond this it is a table of contents or a list of data, not a document


@dataclass(slots=True)
class _Item:
    """One item with its mark and what it should carry.

    `running` is the number that the next one counts on: a list that begins at 1 again inside
    another one is one finding, not one for each of its items. `outer` is where it began.
    """

    line: Line
    mark: Mark
    level: int
    wanted: int
    parent: _Item | None = None
    siblings: list[_Item] = field(default_factory=list)
    children: int = 0
    margin: int = 0
    running: int = 1
    outer: _Item | None = None

    @property
    def sort(self) -> str:
        """What items of one list have in common: headings count apart from the lists below."""
        return f"{'#' if self.line.is_heading else ''}{self.mark.sort}"


def numbering(script: Script) -> Iterator[Found]:
    """Yield what is wrong with the marks of items; a rule has an order of its own."""
    if script.is_rule:
        return
    items = _items(script)
    if len(items) > _MOST_ITEMS:
        return
    for item in items:
        if item.mark.level:
            yield from _mark_findings(item, script)


def _mark_findings(item: _Item, script: Script) -> Iterator[Found]:
    mark, line = item.mark, item.line
    written = line.text[mark.start : mark.end]
    is_alone = len(item.siblings) == 1 and mark.number == 1 and not line.is_heading
    level = mark.level if script.is_report else item.level
    if is_alone and not script.is_report:
        if not item.children:
            found = line.text[mark.start : mark.text_at]
            yield correction("numbering-single", line.start + mark.start, found, "")
        else:
            yield _told("numbering-single", item, written)
    elif level != mark.level and level <= LEVELS:
        wanted = write_mark(level, item.wanted)
        yield correction("numbering-depth", line.start + mark.start, written, wanted)
    elif item.wanted != mark.number:
        wanted = write_mark(mark.level, item.wanted)
        # A list that begins again at 1 may be meant for the level below.
        yield correction(
            "numbering-order",
            line.start + mark.start,
            written,
            wanted,
            is_certain=mark.number != 1,
        )
    if is_alone and not script.is_report:
        return
    yield from _blank_findings(item, script)


def _told(rule: str, item: _Item, written: str) -> Found:
    start = item.line.start + item.mark.start
    return Found(rule=rule, start=start, end=start + len(written), facts={"found": written})


def _blank_findings(item: _Item, script: Script) -> Iterator[Found]:
    mark, line = item.mark, item.line
    gap = line.text[mark.end : mark.text_at]
    is_empty = mark.text_at >= len(line.text.rstrip())
    # A circled sign has its own frame, which many write close to the text.
    is_framed = mark.level >= LEVELS - 1 and not gap
    if gap != " " and not is_empty and not is_framed and (script.is_exact or not gap):
        yield correction("numbering-blank", line.start + mark.end, gap, " ")
    if script.is_exact and not script.is_report and _keeps_indent(script):
        margin = line.text[: mark.start]
        if margin != " " * item.margin:
            found = correction("numbering-indent", line.start, margin, " " * item.margin)
            yield Found(
                rule=found.rule,
                start=found.start,
                end=line.start + mark.end,
                fix=found.fix,
                facts={"wanted": str(item.margin)},
            )


def _keeps_indent(script: Script) -> bool:
    """Return whether the indent of a line is in the text: office files keep it in their styles."""
    return script.lines[0].block is None


def _items(script: Script) -> list[_Item]:
    """Return the items in order, each with the level, number and margin that it should have."""
    items: list[_Item] = []
    stack: list[_Item] = []
    has_break = False
    for index, line in _lines(script):
        if index in script.attachments:
            stack, has_break = [], True
            continue
        mark = read_mark(line.text)
        if mark is None or not _is_item(line, mark, stack):
            # A line at the margin that is no item ends a list, so that the next may begin at 1.
            has_break = has_break or not line.text.startswith((" ", "\u3000", "\t"))
            continue
        item = _placed(line, mark, stack, has_break=has_break)
        has_break = False
        stack.append(item)
        items.append(item)
    return items


def _is_item(line: Line, mark: Mark, stack: list[_Item]) -> bool:
    """Return whether a mark begins an item, and is not the rest of a wrapped line.

    A list that begins with something else than its first mark is believed only where the mark is
    near the first, so that `소)` or `(17)` at the beginning of a line stays text.
    """
    if mark.number <= 1 or any(item.sort == _sort(line, mark) for item in stack):
        return True
    return not line.is_heading and mark.number <= _LATE_STARTS.get(mark.level, 0)


def _sort(line: Line, mark: Mark) -> str:
    return _Item(line=line, mark=mark, level=0, wanted=0).sort


def _lines(script: Script) -> Iterator[tuple[int, Line]]:
    for index, line in script.body():
        if not line.text.lstrip().startswith(HIDDEN):
            yield index, line


def _placed(line: Line, mark: Mark, stack: list[_Item], *, has_break: bool) -> _Item:
    """Take what the new item closes off the stack and return it in its place."""
    sort = _sort(line, mark)
    same = next((open_ for open_ in reversed(stack) if open_.sort == sort), None)
    if same is not None:
        while stack[-1] is not same:
            stack.pop()
        stack.pop()
        if not (mark.level and has_break and mark.number == 1):
            return _sibling(line, mark, same)
    else:
        while stack and _is_closed(stack[-1], line, mark):
            stack.pop()
    parent = stack[-1] if stack else None
    return _first(line, mark, parent)


def _is_closed(open_: _Item, line: Line, mark: Mark) -> bool:
    """Return whether a mark of a new sort ends the list that `open_` belongs to."""
    if open_.line.is_heading:
        return False
    return line.is_heading or (mark.level > 0 and open_.mark.level > mark.level)


def _sibling(line: Line, mark: Mark, before: _Item) -> _Item:
    is_return = before.outer is not None and mark.number == before.outer.running + 1
    if before.outer is not None and is_return and mark.number != before.running + 1:
        before = before.outer
    is_restart = mark.level > 0 and mark.number == 1
    item = _Item(
        line=line,
        mark=mark,
        level=before.level,
        wanted=before.running + 1,
        parent=before.parent,
        siblings=before.siblings,
        margin=before.margin,
        running=1 if is_restart else before.running + 1,
        outer=before if is_restart else before.outer,
    )
    item.siblings.append(item)
    return item


def _first(line: Line, mark: Mark, parent: _Item | None) -> _Item:
    level, margin = mark.level, width(line.text[: mark.start])
    if parent is not None:
        parent.children += 1
        if parent.mark.level and mark.level and not parent.line.is_heading:
            level, margin = parent.level + 1, parent.margin + STEP_CELLS
    if parent is None and mark.level == 1:
        margin = 0
    item = _Item(line=line, mark=mark, level=level, wanted=1, parent=parent, margin=margin)
    item.siblings.append(item)
    return item
