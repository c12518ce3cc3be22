"""Files inside a file: each is read as if it had come alone, and stands under its name."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import cast

from assistant.domain import Aside, Block, BlockKind, Document, Locator, ReadWarning
from assistant.errors import InputError, UnsupportedFormatError
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed, text_block
from assistant.reading.sniff import sniff

MAX_DEPTH = 2
_NAME_CHARS = 200
_MAX_LEVEL = 9
_HOLDERS = {"zip": "archive", "eml": "mail"}
# What libraries let out on broken files; here it must not take the other files with it.
_FAULTS = (
    *(InputError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError),
    *(OSError, RuntimeError, SyntaxError, TypeError, ValueError, zlib.error, struct.error),
)


@dataclass(slots=True)
class Shelf:
    """What was read of the files inside; `unread` counts those that no reader took."""

    limits: Limits
    blocks: list[Block]
    asides: list[Aside]
    warnings: dict[str, int]
    holder: str
    depth: int
    unread: int = 0
    read: int = 0
    _chars: int = 0

    @classmethod
    def empty(cls, limits: Limits, *, holder: str, depth: int) -> Shelf:
        """Return a shelf with nothing on it, for a file of the kind `holder` at this depth."""
        return cls(limits=limits, blocks=[], asides=[], warnings={}, holder=holder, depth=depth)

    def add(self, name: str, data: bytes) -> None:
        """Read one file and put it under a heading with its name, or count it as unread."""
        try:
            document = self._read(name, data)
        except _FAULTS:
            self.unread += 1
            return
        self.read += 1
        self.blocks.append(text_block(BlockKind.HEADING, name[:_NAME_CHARS], level=1))
        self.blocks.extend(map(_below, document.blocks))
        self._chars += sum(map(_length, document.blocks))
        labelled = (replace(a, text=f"{name}: {a.text}", page=None) for a in document.asides)
        self.asides.extend(labelled)
        for warning in document.warnings:
            if warning.code != "suspicious_instruction":  # counted again over everything
                self.warnings[warning.code] = self.warnings.get(warning.code, 0) + warning.count

    def all_warnings(self) -> tuple[ReadWarning, ...]:
        """Return what an official should know about the files inside."""
        counts = dict(self.warnings)
        if self.unread:
            counts["parts_unread"] = counts.get("parts_unread", 0) + self.unread
        return tuple(ReadWarning(code=code, count=count) for code, count in counts.items())

    def _read(self, name: str, data: bytes) -> Document | Parsed:
        kind = sniff(data, file_name=name)
        limits = self._limits_left()
        if kind not in _HOLDERS:
            # Loaded by name: `formats` in its turn loads the readers that call this.
            module = import_module("assistant.reading.formats")
            read = cast("Callable[..., Document]", module.read_in_process)
            return read(data, file_name=name, limits=limits)
        if self.depth >= MAX_DEPTH or kind == self.holder == "zip":
            raise UnsupportedFormatError(detected=kind)
        module = import_module(f"assistant.reading.{_HOLDERS[kind]}")
        parse = cast("Callable[..., Parsed]", module.parse)
        return parse(data, limits=limits, depth=self.depth + 1)

    def _limits_left(self) -> Limits:
        """Return the limits without the characters that are already taken."""
        return replace(self.limits, max_chars=max(self.limits.max_chars - self._chars, 1))


def _below(block: Block) -> Block:
    """Return a block as it stands inside another document: one level down, without its page."""
    level = min(block.level + 1, _MAX_LEVEL) if block.kind is BlockKind.HEADING else block.level
    return replace(block, level=level, locator=Locator(ordinal=0))


def _length(block: Block) -> int:
    return len(block.text) + sum(len(cell.text) for row in block.rows for cell in row)
