"""Papers under work: their hash, edits by people, open items, comparison, and the way to a file."""

from assistant.papers.comparing import Comparison, DiffRow, DiffSpan, compare
from assistant.papers.composing import from_ledger, from_text, open_paragraph
from assistant.papers.editing import Line, edit_part, part_lines, replace_part
from assistant.papers.hashing import content_hash
from assistant.papers.items import open_items, unmet
from assistant.papers.layout import cited, is_generated, to_draft

__all__ = [
    "Comparison",
    "DiffRow",
    "DiffSpan",
    "Line",
    "cited",
    "compare",
    "content_hash",
    "edit_part",
    "from_ledger",
    "from_text",
    "is_generated",
    "open_items",
    "open_paragraph",
    "part_lines",
    "replace_part",
    "to_draft",
    "unmet",
]
