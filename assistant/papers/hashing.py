"""The fingerprint of a paper: of what a reader sees, never of where it came from."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from assistant.domain import (
    Note,
    PageBreak,
    Paper,
    PaperBlock,
    PaperParagraph,
    Picture,
    Runs,
    Table,
)


def content_hash(paper: Paper) -> str:
    """Return the SHA-256 of everything of a paper that a reader sees, in hexadecimal.

    Two papers whose files would say the same have the same hash, whatever carries their sentences.
    """
    seen = {
        "title": paper.title,
        "summary": paper.summary,
        "keywords": list(paper.keywords),
        "style": paper.style.value,
        "parts": [
            [part.heading, part.level if part.heading else 0, [_block(b) for b in part.blocks]]
            for part in paper.parts
        ],
    }
    packed = json.dumps(seen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Half a surrogate pair can come from a hostile file; it must not stop a save.
    return hashlib.sha256(packed.encode(errors="surrogatepass")).hexdigest()


def _block(block: PaperBlock) -> list[Any]:
    match block:
        case PaperParagraph():
            return ["p", block.text, block.depth, block.align]
        case Table():
            rows = [
                [[_runs(cell.runs), cell.row_span, cell.col_span, cell.align] for cell in row]
                for row in block.rows
            ]
            return ["t", rows, block.header_rows, block.caption]
        case Picture():
            digest = hashlib.sha256(block.data).hexdigest()
            return ["i", digest, block.alt, block.caption, block.width_mm]
        case Note():
            return ["n", _runs(block.runs)]
        case PageBreak():
            return ["b"]


def _runs(runs: Runs) -> list[list[Any]]:
    return [[run.text, run.is_bold, run.is_open] for run in runs]
