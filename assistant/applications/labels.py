"""The words that stand beside values on forms: known, folded, and told apart from other labels."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.applications.amounts import unit_in
from assistant.applications.folding import fold
from assistant.applications.formwords import FRAMES_AFTER, FRAMES_BEFORE, OTHER_LABELS
from assistant.domain import Column, ColumnSet

MAX_LABEL_CHARS = 40
_LEADING = re.compile(
    r"^(?:[\s\-·•▪▶▷◆◇■□○●ㅇ※*>☞❍◦✓#]|[①-⑳❶-❿]|[IVXⅠ-Ⅻ]{1,4}[.)]|"
    r"\d{1,2}(?:[.-]\d{1,2}){0,2}[.)]?(?=[\s가-힣A-Z])|[가-하][.)]|\(\d{1,2}\)|\([가-하]\))+\s*"
)
_BRACKETS = re.compile(r"[(\[【〔<]([^()\[\]【】〔〕<>]*)[)\]】〕>]")
_FRAME = re.compile(r"^[(\[【〔<「『](.{1,30})[)\]】〕>」』]\s*[:=]?$")
_PARTS = re.compile(r"\s*(?:[/·ㆍ,&\n+]|\s및\s|및(?=\s)|\s또는\s)\s*")
_FOREIGN = re.compile(r"영문|영어|english|^eng\.?$", re.I)
_TOLD_CHARS = 3  # a shorter label of forms in general is a common word in running text
_HINT = re.compile(r"\s?[(\[](?![^()\[\]]*\d{4})[^()\[\]]{0,20}[)\]]")
_YEAR = re.compile(r"((?:19|20)\d{2})\s?년(?:도)?\s?(?=\S)")
_BETWEEN = frozenset(" \t()·ㆍ/")
_WIDEST_GAP = 2
_SPREAD_GAP = 8
_MOST_IN_A_LINE = 60
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a text is the label of; no columns for a label that none asks for.

    `unit` and `year` are named in it: 2024년 매출액(천원).
    """

    text: str
    columns: tuple[Column, ...]
    unit: str = ""
    year: str = ""


class Labels:
    """The labels of a column set, and those of forms in general."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns: dict[str, list[Column]] = defaultdict(list)
        for column in columns:
            for text in (column.label, *column.labels):
                key = label_key(text)
                if key and column not in self._columns[key]:
                    self._columns[key].append(column)
        self._others = {label_key(text) for text in OTHER_LABELS} - set(self._columns)
        told = {key for key in self._others if len(key) >= _TOLD_CHARS}
        self._running = frozenset(key for key in self._columns if len(key) > 1) | told
        self._longest = max(map(len, self._running), default=0)

    def match(self, text: str) -> Label | None:
        """Return what label the whole of a short text is, or None."""
        folded = fold(text).strip()
        if not folded or len(folded) > MAX_LABEL_CHARS:
            return None
        if framed := _FRAME.match(folded):
            folded = framed[1]
        bare = _LEADING.sub("", folded).rstrip(" :=*")
        year = _YEAR.match(bare)
        bare = bare[year.end() :] if year else bare
        insides = _BRACKETS.findall(bare)
        if any(_FOREIGN.search(inside) for inside in insides):
            return Label(text=bare, columns=())
        found = self._found(bare, insides)
        if found is None:
            return None
        return Label(
            text=bare,
            columns=tuple(found),
            unit=unit_in(bare),
            year=year[1] if year else "",
        )

    def _found(self, bare: str, insides: Sequence[str]) -> list[Column] | None:
        """Return the columns that a label names, the whole of it first, its parts only then."""
        outside = _BRACKETS.sub(" ", bare).strip()
        keys = [label_key(bare), label_key(outside)]
        keys += [label_key(f"{outside}{inside}") for inside in insides]
        if self._of(label_key(outside)) is not None:
            keys += [label_key(inside) for inside in insides]
        found = self._named(keys)
        if found is None:
            parts = [label_key(part) for part in _PARTS.split(outside)]
            is_joint = len(parts) > 1 and all(self._of(part) is not None for part in parts)
            found = self._named(parts) if is_joint else None
        if found is None:  # 신청 기업의 상호
            found = self._named([label_key(outside.rpartition("의 ")[2])])
        return found

    def _named(self, keys: Sequence[str]) -> list[Column] | None:
        held = [columns for key in keys if (columns := self._of(key)) is not None]
        if not held:
            return None
        return list({column.name: column for columns in held for column in columns}.values())

    def _of(self, key: str) -> Sequence[Column] | None:
        for candidate in _unaffixed(key):
            if candidate in self._columns:
                return self._columns[candidate]
            if candidate in self._others:
                return ()
        return None

    def running(self, folded: str) -> Iterator[tuple[int, int, Label]]:
        """Yield the labels that stand in running text, with their places.

        Letters may be spaced out, and a hint in brackets belongs to its label: 단 가(원).
        """
        places = [at for at, sign in enumerate(folded) if sign not in _BETWEEN]
        bare = "".join(folded[at] for at in places).casefold()
        if len(bare) != len(places):  # a sign whose small form is longer
            bare = "".join(folded[at] for at in places)
        at = count = 0
        while at < len(bare) and count < _MOST_IN_A_LINE:
            length = self._length(bare, places, at) if _begins(folded, places[at]) else 0
            if not length:
                at += 1
                continue
            start, end = places[at], _with_hint(folded, places[at], places[at + length - 1] + 1)
            label = self._label(folded[start:end], bare[at : at + length])
            if label is not None:
                count += 1
                yield start, end, label
            at = max(at + length, bisect_left(places, end))

    def _label(self, text: str, key: str) -> Label | None:
        """Return the label of a stretch; its hint may name a column as well: 세부품명(번호)."""
        if (matched := self.match(text)) is not None:
            return replace(matched, text=text)
        held = self._of(key)
        return None if held is None else Label(text=text, columns=tuple(held), unit=unit_in(text))

    def _length(self, bare: str, places: Sequence[int], at: int) -> int:
        """Return how many letters of a label stand at a place, 0 for none; longest first."""
        for lead in ("", *FRAMES_BEFORE):
            if not bare.startswith(lead, at):
                continue
            start = at + len(lead)
            for length in range(min(self._longest, len(bare) - start), 1, -1):
                if bare[start : start + length] in self._running:
                    end = start + length
                    gaps = (b - a for a, b in pairwise(places[at:end]))
                    # 상      호: the first label of a line may be spread over its column
                    if all(gap <= (_WIDEST_GAP if at else _SPREAD_GAP) for gap in gaps):
                        return end - at
        return 0


def _begins(folded: str, at: int) -> bool:
    return at == 0 or not folded[at - 1].isalnum()


def _with_hint(folded: str, start: int, end: int) -> int:
    """Return the end of a label with the bracket that closes it or the hint that follows it."""
    text = folded[start:end]
    if text.count("(") > text.count(")") and folded[end : end + 1] == ")":
        end += 1
    hint = _HINT.match(folded, end)
    return hint.end() if hint else end


def label_key(text: str) -> str:
    """Return the form in which two spellings of a label are equal.

    >>> label_key("① 사업자 등록 번호 *") == label_key("사업자등록번호")
    True
    """
    return _SIGNS.sub("", _LEADING.sub("", fold(text))).casefold()


def _unaffixed(key: str) -> Iterator[str]:
    """Yield a key, and what is left of it without the words that only frame a label."""
    yield key
    stems = [key, *(key.removesuffix(suffix) for suffix in FRAMES_AFTER if key.endswith(suffix))]
    yield from stems[1:]
    for stem in stems:
        for prefix in FRAMES_BEFORE:
            if stem.startswith(prefix) and len(stem) > len(prefix) + 1:
                yield stem.removeprefix(prefix)


@lru_cache(maxsize=32)
def labels_of(columns: ColumnSet) -> Labels:
    """Return the labels of a column set, made once."""
    return Labels(columns.columns)
