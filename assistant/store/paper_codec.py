"""Papers as JSON: what was saved is shown again exactly; pictures lie apart under their hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.domain import (
    Acknowledgement,
    Note,
    PageBreak,
    Paper,
    PaperBlock,
    PaperParagraph,
    PaperPart,
    Picture,
    Table,
)
from assistant.errors import ConfigurationError

FORMAT = 1
_BLOCKS: Mapping[str, type[PaperBlock]] = {
    "paragraph": PaperParagraph,
    "table": Table,
    "picture": Picture,
    "note": Note,
    "page_break": PageBreak,
}
_KINDS = {kind: name for name, kind in _BLOCKS.items()}
_KNOWN: Mapping[str, Any] = {
    **_BLOCKS,
    "paper": Paper,
    "part": PaperPart,
    "acknowledgements": tuple[Acknowledgement, ...],
}


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KNOWN[name])


def encode(paper: Paper) -> tuple[str, dict[str, bytes]]:
    """Return a paper as JSON text, and its pictures by the hash that stands in their place."""
    pictures: dict[str, bytes] = {}
    body = _adapter("paper").dump_python(replace(paper, parts=()), mode="json")
    body["parts"] = [_part(part, pictures) for part in paper.parts]
    return json.dumps({"format": FORMAT, "paper": body}, ensure_ascii=False), pictures


def decode(stored: str, pictures: Mapping[str, bytes]) -> Paper:
    """Return the paper that `encode` was given.

    Raises:
        ConfigurationError: A newer Gongmun wrote it, or a picture is missing.
    """
    parsed: dict[str, Any] = json.loads(stored)
    if parsed["format"] > FORMAT:
        raise ConfigurationError(f"stored paper has format {parsed['format']}, known: {FORMAT}")
    body = parsed["paper"]
    try:
        parts = tuple(_read_part(part, pictures) for part in body["parts"])
        paper: Paper = _adapter("paper").validate_python({**body, "parts": ()}, strict=False)
    except (ValidationError, KeyError) as error:
        raise ConfigurationError("a stored paper has an unknown shape") from error
    return replace(paper, parts=parts)


def encode_acknowledgements(taken: tuple[Acknowledgement, ...]) -> str:
    """Return what a person took over, as JSON text."""
    body = _adapter("acknowledgements").dump_python(taken, mode="json")
    return json.dumps(body, ensure_ascii=False)


def decode_acknowledgements(stored: str) -> tuple[Acknowledgement, ...]:
    """Return what `encode_acknowledgements` was given."""
    found: tuple[Acknowledgement, ...] = _adapter("acknowledgements").validate_python(
        json.loads(stored), strict=False
    )
    return found


def _part(part: PaperPart, pictures: dict[str, bytes]) -> dict[str, Any]:
    body: dict[str, Any] = _adapter("part").dump_python(replace(part, blocks=()), mode="json")
    body["blocks"] = [[_KINDS[type(block)], _block(block, pictures)] for block in part.blocks]
    return body


def _block(block: PaperBlock, pictures: dict[str, bytes]) -> dict[str, Any]:
    if isinstance(block, Picture):
        digest = hashlib.sha256(block.data).hexdigest()
        pictures[digest] = block.data
        facts = {one.name: getattr(block, one.name) for one in fields(block)}
        return {**facts, "data": digest}
    found: dict[str, Any] = _adapter(_KINDS[type(block)]).dump_python(block, mode="json")
    return found


def _read_part(body: dict[str, Any], pictures: Mapping[str, bytes]) -> PaperPart:
    blocks = tuple(_read_block(kind, block, pictures) for kind, block in body["blocks"])
    part: PaperPart = _adapter("part").validate_python({**body, "blocks": ()}, strict=False)
    return replace(part, blocks=blocks)


def _read_block(kind: str, body: dict[str, Any], pictures: Mapping[str, bytes]) -> PaperBlock:
    if kind == "picture":
        body = {**body, "data": pictures[body["data"]]}
    block: PaperBlock = _adapter(kind).validate_python(body, strict=False)
    return block
