"""Names of persons: a shape of a name counts only with something that speaks for it.

A surname with two syllables is found a hundred times in ten thousand characters of statute; with a
label, a title, a table or a neighbour as witness about once. Found names are then looked for in
the whole text. Without a tagger the word lists decide alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.privacy.kinds import Finding, Reason, Tagger
from assistant.privacy.patterns import LATIN_WORD, read_foreign, read_patterns
from assistant.privacy.shapes import (
    HANGUL,
    PARTICLE_SET,
    ROLE_ENDINGS,
    Reader,
    is_listed,
    longest_first,
    shapes_in,
)
from assistant.privacy.vocabulary import PERSON_LABELS, SURNAMES, TABLE_HEADS
from assistant.privacy.witnesses import verdict_on

_LABEL_HEAD = re.compile(rf"(?P<label>{longest_first([x for x in PERSON_LABELS if len(x) > 2])})")

_LIST_GAP = re.compile(r"[ \t]{0,2}[,·/、][ \t]{0,2}|[ \t]{1,2}(?:및|와|과)[ \t]")


def find_names(
    text: str, *, tagger: Tagger | None, identifiers: Sequence[tuple[int, int]]
) -> list[Finding]:
    """Return the names of persons in a folded text.

    Args:
        text: the folded text.
        tagger: gives the morphemes of a word; the word lists alone decide when absent.
        identifiers: where other personal data stands; a name beside it is likelier one.

    >>> [(one.start, one.end) for one in find_names("이도윤 씨", tagger=None, identifiers=())]
    [(0, 3)]
    """
    reader = Reader(text, tagger, identifiers)
    words = list(HANGUL.finditer(text))
    for index, match in enumerate(words):
        _read_word(reader, words, index, match)
    read_patterns(reader)
    _read_tables(reader)
    _read_lists(reader, words)
    return sorted(reader.found.values(), key=lambda one: one.start)


def _read_word(
    reader: Reader, words: Sequence[re.Match[str]], index: int, match: re.Match[str]
) -> None:
    word, start = match.group(), match.start()
    before = words[index - 1] if index else None
    after = words[index + 1] if index + 1 < len(words) else None
    read_foreign(reader, words, index)
    head = _LABEL_HEAD.match(word)
    if head and len(word) > head.end() + 1:
        _read_glued(reader, word[head.end() :], start + head.end())
    for shape in shapes_in(word, start):
        verdict = verdict_on(reader, shape, before, after)
        if verdict is not None:
            reader.add(shape.start, shape.end, *verdict)
            return


def _read_glued(reader: Reader, rest: str, start: int) -> None:
    for shape in shapes_in(rest, start):
        if len(shape.name) < 3 or (shape.tail and shape.tail not in PARTICLE_SET):
            continue
        if reader.sounds_like_a_name(shape.name) and not reader.is_ordinary(shape.name):
            reader.add(shape.start, shape.end, Reason.LABEL, 0.75)
            return


def _read_tables(reader: Reader) -> None:
    """Read the cells under a head that says 성명, in lines cut by bars, tabs or commas."""
    columns: dict[int, str] = {}
    mark, at = "", 0
    for line in reader.text.split("\n"):
        mark_here = next((one for one in "|\t," if one in line), "")
        cells = _cells(line, mark_here, at) if mark_here else []
        heads = {
            index: text
            for index, (_, text) in enumerate(cells)
            if text.replace(" ", "").lower() in TABLE_HEADS
            and not _has_its_name(reader, cells, index)
        }
        if heads and len(cells) > 1:
            columns, mark = heads, mark_here
        elif not cells or mark_here != mark:
            columns = {}
        else:
            for index in columns:
                if index < len(cells):
                    _read_cell(reader, *cells[index])
        at += len(line) + 1


def _has_its_name(reader: Reader, cells: Sequence[tuple[int, str]], index: int) -> bool:
    """Tell whether a name stands beside a cell that labels it: a form, and no head of a column."""
    if index + 1 >= len(cells):
        return False
    start, text = cells[index + 1]
    return any(start <= found < start + len(text) for found, _ in reader.found)


def _cells(line: str, mark: str, at: int) -> list[tuple[int, str]]:
    found = []
    for cell in line.split(mark):
        inner = cell.strip()
        found.append((at + (cell.find(inner) if inner else 0), inner))
        at += len(cell) + 1
    return found


def _read_cell(reader: Reader, start: int, cell: str) -> None:
    if re.fullmatch(rf"[가-힣](?: ?[가-힣]){{1,4}}|{LATIN_WORD}(?: {LATIN_WORD}){{0,4}}", cell):
        name = cell.replace(" ", "")
        if not is_listed(name) and (
            name[0] in SURNAMES or " " in cell or not reader.is_ordinary(name)
        ):
            reader.add(start, start + len(cell), Reason.TABLE, 0.9)


def _read_lists(reader: Reader, words: Sequence[re.Match[str]]) -> None:
    """Let a name speak for its neighbours in an enumeration, in both directions."""
    for order in (words, list(reversed(words))):
        for one, other in pairwise(order):
            first, second = (one, other) if one.start() < other.start() else (other, one)
            if not _LIST_GAP.fullmatch(reader.text[first.end() : second.start()]):
                continue
            if any(one.start() <= start < one.end() for start, _ in list(reader.found)):
                _read_neighbour(reader, other, is_last=other is second)


def _read_neighbour(reader: Reader, word: re.Match[str], *, is_last: bool) -> None:
    for shape in shapes_in(word.group(), word.start()):
        is_whole = not shape.tail or (is_last and shape.tail in PARTICLE_SET)
        if is_whole and not reader.is_ordinary(shape.name) and not _is_role(reader, shape.name):
            reader.add(shape.start, shape.end, Reason.LIST, 0.8)
            return


def _is_role(reader: Reader, name: str) -> bool:
    stem = reader.tags(name[:-1])
    return name.endswith(ROLE_ENDINGS) and len(stem) == 1 and stem[0][2] == "NNG"
