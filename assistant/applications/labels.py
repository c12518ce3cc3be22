"""The words that stand beside values on forms: known, folded, and told apart from other labels."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

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
_SIGNS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a text is the label of; no columns for a label that none asks for."""

    text: str
    columns: tuple[Column, ...]
    unit: str = ""


class Labels:
    """The labels of a column set, and those of forms in general."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns: dict[str, list[Column]] = defaultdict(list)
        words: dict[str, str] = {}
        for column in columns:
            for text in (column.label, *column.labels):
                key = label_key(text)
                words[key] = text
                if key and column not in self._columns[key]:
                    self._columns[key].append(column)
        others = {label_key(text): text for text in OTHER_LABELS}
        self._others = set(others) - set(self._columns)
        self._pattern = _running(
            [*words.values(), *(text for key, text in others.items() if len(key) >= _TOLD_CHARS)]
        )

    def match(self, text: str) -> Label | None:
        """Return what label the whole of a short text is, or None."""
        folded = fold(text).strip()
        if not folded or len(folded) > MAX_LABEL_CHARS:
            return None
        if framed := _FRAME.match(folded):
            folded = framed[1]
        bare = _LEADING.sub("", folded).rstrip(" :=*")
        insides = _BRACKETS.findall(bare)
        if any(_FOREIGN.search(inside) for inside in insides):
            return Label(text=bare, columns=())
        found = self._found(bare, insides)
        if found is None:
            return None
        return Label(text=bare, columns=tuple(found), unit=unit_in(bare))

    def _found(self, bare: str, insides: Sequence[str]) -> list[Column] | None:
        outside = _BRACKETS.sub(" ", bare).strip()
        keys = [label_key(bare), label_key(outside)]
        keys += [label_key(f"{outside}{inside}") for inside in insides]
        if self._of(label_key(outside)) is not None:
            keys += [label_key(inside) for inside in insides]
        keys += [label_key(outside.rpartition("의 ")[2])]
        parts = _PARTS.split(outside)
        if len(parts) > 1:
            keys += [label_key(part) for part in parts]
        columns: dict[str, Column] = {}
        is_known = False
        for key in keys:
            held = self._of(key)
            is_known = is_known or held is not None
            columns |= {column.name: column for column in held or ()}
        return list(columns.values()) if is_known else None

    def _of(self, key: str) -> Sequence[Column] | None:
        for candidate in _unaffixed(key):
            if candidate in self._columns:
                return self._columns[candidate]
            if candidate in self._others:
                return ()
        return None

    def running(self, folded: str) -> Iterator[tuple[int, int, Label]]:
        """Yield the labels that stand in running text, with their places."""
        for match in self._pattern.finditer(folded):
            held = self._of(label_key(match["label"]))
            if held is not None:
                text = match.group()
                label = Label(text=match["label"], columns=tuple(held), unit=unit_in(text))
                yield match.start("label"), match.end(), label


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


def _running(words: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for the labels in running text; letters may be spaced out."""
    keys = sorted({label_key(word) for word in words} - {""}, key=len, reverse=True)
    spaced = (r"[\s()·ㆍ/]?".join(re.escape(sign) for sign in key) for key in keys)
    prefixes = "|".join(FRAMES_BEFORE)
    return re.compile(
        rf"(?<![가-힣A-Za-z0-9])(?P<label>(?:(?:{prefixes})\s?)?(?:{'|'.join(spaced)}))"
        r"(?:\s?[(\[](?![^()\[\]]*\d{4})[^()\[\]]{0,20}[)\]])?",
        re.I,
    )


@lru_cache(maxsize=32)
def labels_of(columns: ColumnSet) -> Labels:
    """Return the labels of a column set, made once."""
    return Labels(columns.columns)
