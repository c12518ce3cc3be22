"""Papers under work: their hash, edits by people, open items, comparison, and the way to a file."""

from assistant.papers.answers import AskedQuestion, answer_paper
from assistant.papers.comparing import Comparison, DiffRow, DiffSpan, compare
from assistant.papers.composing import from_ledger, from_text, open_paragraph, with_makers
from assistant.papers.editing import (
    CellText,
    Line,
    edit_cells,
    edit_part,
    part_lines,
    rename,
    replace_part,
)
from assistant.papers.hashing import content_hash
from assistant.papers.items import acknowledged, open_items, unmet
from assistant.papers.layout import MARKS, cited, is_generated, to_draft

__all__ = [
    "MARKS",
    "AskedQuestion",
    "CellText",
    "Comparison",
    "DiffRow",
    "DiffSpan",
    "Line",
    "acknowledged",
    "answer_paper",
    "cited",
    "compare",
    "content_hash",
    "edit_cells",
    "edit_part",
    "from_ledger",
    "from_text",
    "is_generated",
    "open_items",
    "open_paragraph",
    "part_lines",
    "rename",
    "replace_part",
    "to_draft",
    "unmet",
    "with_makers",
]
