"""Edits of a paper: a part replaced by code, or rewritten by a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from assistant.domain import (
    Origin,
    Paper,
    PaperBlock,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    Run,
    SentenceStatus,
    Table,
)
from assistant.errors import NotFoundError, PartLockedError
from assistant.papers.composing import Split
from assistant.papers.hashing import content_hash

Recheck = Callable[[PaperSentence, Sequence[PaperSentence]], PaperSentence]
_ALIKE = 0.35  # below this share of equal characters a sentence is new, not a changed one


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph as a person types it; `depth` None leaves its place in the numbering."""

    text: str
    depth: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellText:
    """What a person writes into a cell of a table: which block, row and cell of the part."""

    block: int
    row: int
    cell: int
    text: str


def part_lines(part: PaperPart) -> tuple[Line, ...]:
    """Return the paragraphs of a part as a person edits them, one line each."""
    return tuple(
        Line(text=_folded(block.text), depth=block.depth)
        for block in part.blocks
        if isinstance(block, PaperParagraph)
    )


def part_of(paper: Paper, part_id: str) -> PaperPart:
    """Return a part of a paper.

    Raises:
        NotFoundError: The paper has no such part.
    """
    for part in paper.parts:
        if part.part_id == part_id:
            return part
    raise NotFoundError(what="part")


def replace_part(paper: Paper, part: PaperPart) -> Paper:
    """Return the paper with a part in the place of the one with the same id.

    Raises:
        NotFoundError: The paper has no such part.
    """
    part_of(paper, part.part_id)
    parts = tuple(part if old.part_id == part.part_id else old for old in paper.parts)
    return replace(paper, parts=parts)


def edit_part(
    paper: Paper,
    part_id: str,
    lines: Sequence[Line],
    *,
    split: Split,
    recheck: Recheck | None = None,
) -> Paper:
    """Return the paper with the paragraphs of a part as a person wrote them.

    Sentences that stay keep what carries them, also when they move; new and changed ones become
    the person's (`Origin.PERSON`, given). Tables, pictures and notes stay after the paragraph that
    they followed. When nothing that a reader sees has changed, the paper itself is given back.

    Args:
        paper: The text under work.
        part_id: Which part.
        lines: Its paragraphs, in order; empty ones are left out.
        split: Cuts a paragraph into sentences.
        recheck: Looks at a sentence of the person's; gets the old sentences it stands for, best
            first, and gives it back with the status that it has earned.

    Raises:
        NotFoundError: The paper has no such part.
        PartLockedError: The part is computed; it is changed in the record.
    """
    part = part_of(paper, part_id)
    if part.is_locked:
        raise PartLockedError(part_id=part_id)
    kept = [line for line in lines if line.text.strip()]
    edit = _Edit(part=part, split=split, recheck=recheck or _as_given)
    edited = replace_part(paper, replace(part, blocks=edit.blocks(kept)))
    return paper if content_hash(edited) == content_hash(paper) else edited


def edit_cells(paper: Paper, part_id: str, cells: Sequence[CellText]) -> Paper:
    """Return the paper with these cells of a part's tables as a person wrote them.

    Raises:
        NotFoundError: The paper has no such part, or it no such cell.
        PartLockedError: The part is computed; it is changed in the record.
    """
    part = part_of(paper, part_id)
    if part.is_locked:
        raise PartLockedError(part_id=part_id)
    blocks = list(part.blocks)
    for typed in cells:
        block = blocks[typed.block] if typed.block < len(blocks) else None
        if not isinstance(block, Table):
            raise NotFoundError(what="part")
        blocks[typed.block] = _with_cell(block, typed)
    edited = replace_part(paper, replace(part, blocks=tuple(blocks)))
    return paper if content_hash(edited) == content_hash(paper) else edited


def rename(paper: Paper, names: Mapping[str, str]) -> Paper:
    """Return the paper with the title and headings that a person gave.

    Args:
        paper: The text under work.
        names: The heading of a part by its id; "" stands for the title of the paper.

    Raises:
        NotFoundError: The paper has no such part, or it no heading.
    """
    edited = paper
    for part_id, name in names.items():
        words = _folded(name)
        if not part_id:
            edited = replace(edited, title=words)
        else:
            part = part_of(edited, part_id)
            if not part.heading:
                raise NotFoundError(what="part")
            edited = replace_part(edited, replace(part, heading=words))
    if content_hash(edited) == content_hash(paper):
        return paper
    return replace(edited, renamed=tuple(dict.fromkeys((*paper.renamed, *names))))


def _with_cell(table: Table, typed: CellText) -> Table:
    if typed.row >= len(table.rows) or typed.cell >= len(table.rows[typed.row]):
        raise NotFoundError(what="part")
    row = list(table.rows[typed.row])
    cell = row[typed.cell]
    is_bold = any(run.is_bold for run in cell.runs)
    row[typed.cell] = replace(cell, runs=(Run(text=typed.text.strip(), is_bold=is_bold),))
    rows = (*table.rows[: typed.row], tuple(row), *table.rows[typed.row + 1 :])
    return replace(table, rows=rows)


def _as_given(sentence: PaperSentence, _before: Sequence[PaperSentence]) -> PaperSentence:
    return sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """One edit of one part; `left` are the old sentences not yet found again."""

    part: PaperPart
    split: Split
    recheck: Recheck
    left: list[PaperSentence] = field(default_factory=list)

    def blocks(self, lines: Sequence[Line]) -> tuple[PaperBlock, ...]:
        """Return the blocks of the part with these lines as its paragraphs."""
        old = [block for block in self.part.blocks if isinstance(block, PaperParagraph)]
        homes = _homes([block.text for block in old], [line.text for line in lines])
        self.left.extend(sentence for block in old for sentence in block.sentences)
        pieces = [list(self._known(line.text)) for line in lines]
        paragraphs: list[PaperParagraph] = []
        for line, home, found in zip(lines, homes, pieces, strict=True):
            before = old[home] if home is not None else None
            likely = before or (old[min(len(paragraphs), len(old) - 1)] if old else None)
            sentences = tuple(self._sentences(found, before))
            paragraphs.append(_paragraph(line, likely, sentences))
        return tuple(self._with_others(paragraphs, homes))

    def _known(self, text: str) -> Iterator[PaperSentence | str]:
        """Cut a line into old sentences that stand in it as they were, and new text between."""
        rest = _folded(text)
        while rest:
            found = self._first(rest)
            if found is None:
                yield rest
                return
            start, sentence = found
            if before := rest[:start].strip():
                yield before
            self.left.remove(sentence)
            yield sentence
            rest = rest[start + len(_folded(sentence.text)) :].strip()

    def _first(self, text: str) -> tuple[int, PaperSentence] | None:
        """Return the old sentence that comes first in a text, the longest of those."""
        places = [
            (start, -len(sentence.text), number)
            for number, sentence in enumerate(self.left)
            if (start := _stands(_folded(sentence.text), text)) >= 0
        ]
        if not places:
            return None
        start, _, number = min(places)
        return start, self.left[number]

    def _sentences(
        self, pieces: Sequence[PaperSentence | str], before: PaperParagraph | None
    ) -> Iterator[PaperSentence]:
        for piece in pieces:
            if isinstance(piece, PaperSentence):
                yield piece
                continue
            for span in self.split(piece):
                yield self._written(piece[span.start : span.end], before)

    def _written(self, text: str, before: PaperParagraph | None) -> PaperSentence:
        """Return a sentence of the person's, looked at again against what stood there before."""
        near = sorted(
            ((_likeness(text, old.text), old) for old in self.left),
            key=lambda found: -found[0],
        )
        stood = [old for likeness, old in near if likeness >= _ALIKE]
        stood += [old for old in (before.sentences if before else ()) if old not in stood]
        mine = PaperSentence(text=text, origin=Origin.PERSON, status=SentenceStatus.GIVEN)
        return self.recheck(mine, stood)

    def _with_others(
        self, paragraphs: Sequence[PaperParagraph], homes: Sequence[int | None]
    ) -> Iterator[PaperBlock]:
        """Put tables, pictures and notes back behind the paragraph that they followed."""
        waiting = list(_others(self.part.blocks))
        reached = -1
        for paragraph, home in zip(paragraphs, homes, strict=True):
            if home is not None and home > reached:
                while waiting and waiting[0][0] < home:
                    yield waiting.pop(0)[1]
                reached = home
            yield paragraph
        for _, block in waiting:
            yield block


def _others(blocks: Sequence[PaperBlock]) -> Iterator[tuple[int, PaperBlock]]:
    """Yield the blocks that are no paragraphs with the number of the paragraph before them."""
    number = -1
    for block in blocks:
        if isinstance(block, PaperParagraph):
            number += 1
        else:
            yield number, block


def _paragraph(
    line: Line, like: PaperParagraph | None, sentences: tuple[PaperSentence, ...]
) -> PaperParagraph:
    depth = line.depth if line.depth is not None else (like.depth if like else 0)
    return PaperParagraph(sentences=sentences, depth=depth, align=like.align if like else "left")


def _homes(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """Return for each new line the old paragraph that it was, None for a new one.

    >>> _homes(["가 나 다", "라"], ["가 나 다 마", "새 줄", "라"])
    [0, None, 1]
    """
    before, after = [_folded(text) for text in old], [_folded(text) for text in new]
    homes: list[int | None] = [None] * len(after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            homes[j1:j2] = range(i1, i2)
        elif tag == "replace":
            free = i1
            for j in range(j1, j2):
                scored = [(_likeness(before[i], after[j]), -i) for i in range(free, i2)]
                best = max(scored, default=(0.0, 0))
                if best[0] >= _ALIKE:
                    homes[j] = -best[1]
                    free = -best[1] + 1
    return homes


def _stands(needle: str, text: str) -> int:
    """Return where a sentence stands in a text, between spaces or at its ends; -1 if nowhere.

    >>> _stands("낸다.", "보완해 낸다. 끝."), _stands("낸다.", "보낸다.")
    (4, -1)
    """
    start = text.find(needle) if needle else -1
    while start >= 0:
        end = start + len(needle)
        if (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " "):
            return start
        start = text.find(needle, start + 1)
    return -1


def _likeness(old: str, new: str) -> float:
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _folded(text: str) -> str:
    return " ".join(text.split())
